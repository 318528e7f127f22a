"""The tables of a release, step by step, for SQLite and PostgreSQL; never rows, never indexes of declared filters."""
