-- Triggers would bar the way to a sharded server. Here the right to change is taken from the role the program runs as:
-- docs/how-to/postgresql.md has the REVOKE statements, which need the name of that role.
COMMENT ON TABLE journal_entry IS 'Append only: revoke UPDATE, DELETE and TRUNCATE from the role of the program';
COMMENT ON TABLE journal_leaf IS 'Append only: revoke UPDATE, DELETE and TRUNCATE from the role of the program';
