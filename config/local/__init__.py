"""What `make run` starts on one machine: PostgreSQL, Valkey, a mail catcher and Parley's own processes."""
