"""Creating tables: Alembic's migrations up to the head create the tables of every build, on either database."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config() -> Config:
    """Return Alembic's configuration for the migrations that ship with the app."""
    configuration = Config()
    configuration.set_main_option("script_location", str(files("migrations")))
    configuration.set_main_option("path_separator", "os")
    return configuration


def create_tables(connection: Connection, schema: str | None = None) -> None:
    """Create the tables in an empty database; on PostgreSQL in an empty schema, if one is given."""
    configuration = config()
    configuration.attributes["connection"] = connection
    configuration.attributes["schema"] = schema
    command.upgrade(configuration, "head")
