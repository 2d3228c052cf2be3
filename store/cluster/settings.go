package cluster

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// settings is pinezka.conf, written anew at each start. postgresql.conf includes it first, so that what a person writes
// there, or sets with alter system, wins.
//
// They suit a city of some hundred thousand pins on a machine with 1 GB of memory, shared with Pinezka itself.
const settings = `# Written by Pinezka at each start. Put your own settings in postgresql.conf.

# Memory. The map is served from Pinezka's own memory; the database keeps its indexes here.
shared_buffers = '128MB'
effective_cache_size = '512MB'
work_mem = '8MB'
maintenance_work_mem = '64MB'

# The pools of Pinezka, an import beside it, and a person with psql.
max_connections = 60

# Queries are short; compiling them costs more than it saves. Discs are solid.
jit = off
random_page_cost = 1.1

# Durable, with few checkpoints, and fit for pg_basebackup through the socket.
wal_level = replica
wal_compression = on
max_wal_size = '512MB'
checkpoint_timeout = '15min'

# A forgotten transaction would hold back every follower of the map.
idle_in_transaction_session_timeout = '10min'

# The log says what an operator needs and nothing that residents wrote.
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

// volatileSettings follow for Config.Volatile.
const volatileSettings = `
# Tests: a power cut may lose everything. Many pools at once, no work in the background.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
autovacuum = off
`

// placement is what nobody may change: the server is reached through its socket alone.
func (c *Cluster) placement() []string {
	return []string{
		"-D", c.home.data,
		"-c", "listen_addresses=",
		"-c", "unix_socket_directories=" + quoteList(c.home.run),
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
	path := filepath.Join(c.home.data, "pinezka.conf")
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write settings: %w", err)
	}
	f, err := c.home.open(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	return nil
}

// quoteList quotes the only element of a list of names.
func quoteList(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
