"""Alembic's environment: runs the steps on the connection it is given, in the schema it is given."""

from alembic import context
from sqlmodel import SQLModel

import app.resources  # noqa: F401  # fills the metadata that autogenerate compares with

connection = context.config.attributes["connection"]
schema = context.config.attributes.get("schema")

context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    version_table_schema=schema,
    transactional_ddl=True,
)
with context.begin_transaction():
    if schema is not None:  # Alembic names the table of an ALTER without the schema that stands for none
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{schema}"')
    context.run_migrations()
    if schema is not None:
        connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
