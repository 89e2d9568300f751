"""The tables of models.py, in SQL. Apart, because models need Django to be set up."""

TABLES = """
CREATE TABLE bench_room (id uuid PRIMARY KEY, last_text text NOT NULL, last_at timestamptz NOT NULL,
    message_count int NOT NULL);
CREATE TABLE bench_line (id uuid PRIMARY KEY, room_id uuid NOT NULL REFERENCES bench_room (id),
    author varchar(20) NOT NULL, text text NOT NULL, created_at timestamptz NOT NULL);
CREATE INDEX ON bench_line (room_id, created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON bench_room, bench_line TO parley_app;
"""
