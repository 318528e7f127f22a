"""The schema of a release's tables, known without running the migrations that make them."""

from importlib.resources import files

VERSIONS = files("migrations") / "versions"  # named by their numbers: 0003_tables.py

HEAD = max(file.name for file in VERSIONS.iterdir() if file.name[0].isdigit()).partition("_")[0]
"""The last of the migrations: the schema version of every build."""
