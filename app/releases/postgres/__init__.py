"""The store in PostgreSQL: one schema a release, and the only room that knows what PostgreSQL says differently.

It needs the extra `postgres`. Nothing imports it where releases are SQLite files in a folder.
"""
