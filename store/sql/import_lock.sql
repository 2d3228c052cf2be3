-- Locks the imports of a district until the transaction ends, so that imports
-- and undos wait for each other. A statement that runs for long is cancelled
-- soon after its client has gone, or its machine, and for no other reason.
select set_config('statement_timeout', '0', true),
  set_config('client_connection_check_interval', '1s', true),
  set_config('tcp_keepalives_idle', '5', true),
  set_config('tcp_keepalives_interval', '2', true),
  set_config('tcp_keepalives_count', '3', true),
  set_config('application_name', left('pinezka ' || @purpose, 63), true),
  pg_try_advisory_xact_lock(hashtext('pinezka import'), @district)
