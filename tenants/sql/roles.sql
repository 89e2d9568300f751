-- The three roles Parley's row-level security rests on, and what each may do in the current database.
-- Run as a superuser (or the administrator of a managed PostgreSQL); running it again changes nothing.
--
--   parley_owner   owns the database and every table; only migrations log in as it
--   parley_app     every running process; owns nothing, cannot bypass row-level security, cannot TRUNCATE
--   parley_search  owns the search functions and nothing else; nobody logs in as it. Row-level security switches
--                  PostgreSQL's text indexes off, so these functions go round it and compare the tenant themselves

DO $$
DECLARE role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['parley_owner', 'parley_app', 'parley_search'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
    END LOOP;
END
$$;

ALTER ROLE parley_owner LOGIN NOCREATEDB NOCREATEROLE;
ALTER ROLE parley_app LOGIN NOCREATEDB NOCREATEROLE;
ALTER ROLE parley_search NOLOGIN NOCREATEDB NOCREATEROLE;

DO $$
BEGIN
    ALTER ROLE parley_owner NOSUPERUSER NOBYPASSRLS;
    ALTER ROLE parley_app NOSUPERUSER NOBYPASSRLS;
    ALTER ROLE parley_search NOSUPERUSER BYPASSRLS;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'parley_search cannot be given BYPASSRLS by this administrator: search stays right but is slower';
END
$$;

GRANT parley_search TO parley_owner;

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO parley_owner', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO parley_app', current_database());
END
$$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER SCHEMA public OWNER TO parley_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO parley_app;
GRANT USAGE, CREATE ON SCHEMA public TO parley_search;

-- What migrations will make ...
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner IN SCHEMA public GRANT SELECT ON TABLES TO parley_search;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO parley_search;
