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


def schema_of(connection: Connection) -> str | None:
    """Return the schema that a table without one is in on this connection; None for the one of the database."""
    translated: dict[str | None, str] = connection.get_execution_options().get("schema_translate_map", {})
    return translated.get(None)


def create_tables(connection: Connection) -> None:
    """Create the tables in an empty database, or in the empty schema that stands for none on this connection."""
    configuration, schema = config(), schema_of(connection)
    configuration.attributes["connection"] = connection
    configuration.attributes["schema"] = schema
    command.upgrade(configuration, "head")
