"""Tables by Alembic: its head creates every build, on either database."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config() -> Config:
    """Alembic's configuration for the migrations that ship with the app."""
    made = Config()
    made.set_main_option("script_location", str(files("migrations")))
    made.set_main_option("path_separator", "os")
    return made


def create_tables(connection: Connection, schema: str | None = None) -> None:
    """Bring an empty database (on PostgreSQL: an empty schema) to the head."""
    made = config()
    made.attributes["connection"] = connection
    made.attributes["schema"] = schema
    command.upgrade(made, "head")
