package localpostgres

import (
	"fmt"
	"path/filepath"
	"strings"
)

// settings is the file pinezka.conf, which is written at each start.
// postgresql.conf includes it first, so that settings there, and those of alter
// system, override it. The values are for some 100,000 pins and a machine with
// 1 GB of memory that Pinezka itself uses too.
const settings = `# Written by Pinezka at each start. Put your own settings into postgresql.conf.

# Memory for the indexes of the database. The map is served from the memory of Pinezka.
shared_buffers = '128MB'
effective_cache_size = '512MB'
work_mem = '8MB'
maintenance_work_mem = '64MB'

# The pools of Pinezka, another process that imports, and psql.
max_connections = 60

# Compiling short queries takes longer than it saves. Disks are solid-state disks.
jit = off
random_page_cost = 1.1

# Few checkpoints. pg_basebackup and replication work through the socket.
wal_level = replica
wal_compression = on
max_wal_size = '512MB'
checkpoint_timeout = '15min'

# An open transaction keeps deleted rows from being removed.
idle_in_transaction_session_timeout = '10min'

# The log must not contain texts that residents wrote.
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_line_prefix = '%m [%p] '
lc_messages = 'C'

timezone = 'UTC'
log_timezone = 'UTC'
default_text_search_config = 'pg_catalog.simple'
`

// volatileSettings are added for Config.Volatile.
const volatileSettings = `
# For tests: not durable, with many pools and no background work.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
autovacuum = off
`

// serverArguments returns the settings that cannot be overridden: the server is
// available through its socket only.
func (c *Cluster) serverArguments() []string {
	return []string{
		"-D", c.dir.pgdata,
		"-c", "listen_addresses=",
		"-c", `unix_socket_directories="` + strings.ReplaceAll(c.dir.socketDir, `"`, `""`) + `"`,
		"-c", "unix_socket_permissions=0700",
		"-c", fmt.Sprintf("port=%d", port),
		"-c", "logging_collector=off",
		"-c", "log_destination=stderr",
	}
}

// writeSettings writes pinezka.conf.
func (c *Cluster) writeSettings() error {
	text := settings
	if c.volatile {
		text += volatileSettings
	}
	return c.dir.replaceFile(filepath.Join(c.dir.pgdata, "pinezka.conf"), text)
}
