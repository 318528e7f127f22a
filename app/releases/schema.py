"""The schema of a release's tables, known without the migrations that make them."""

HEAD = "0003"  # the last of the migrations: the schema version of every build
