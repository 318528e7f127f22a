"""The rows of the benchmark in PostgreSQL, for the tutorial's app: the tables and the indexes that SQLite has."""

from typing import Final

import psycopg
from psycopg.sql import SQL, Identifier

from benchmarks.data import TABLES, Rows, tables

INDEXES: Final = """
CREATE INDEX event_date ON event (date, id);
CREATE INDEX event_type_date ON event (type, date, id);
CREATE INDEX event_country_date ON event (country, date, id);
CREATE INDEX event_actor_actor ON event_actor (actor, event);
CREATE INDEX claim_event ON claim (event);
CREATE INDEX claim_speaker ON claim (speaker);
ALTER TABLE event ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || summary)) STORED;
CREATE INDEX event_words ON event USING gin (words);
"""


def write_rows(rows: Rows, url: str) -> None:
    """Create the tables in an empty database, fill them by COPY, and make their indexes."""
    with psycopg.connect(url) as connection:
        connection.execute(TABLES.encode())
        for table, values in tables(rows).items():
            found = connection.execute(SQL("SELECT * FROM {} LIMIT 0").format(Identifier(table))).description or ()
            names = [column.name for column in found]
            columns = SQL(", ").join(map(Identifier, names))
            into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), columns)
            with connection.cursor().copy(into) as stream:
                for value in values:
                    stream.write_row([value[name] for name in names])
        connection.execute(INDEXES.encode())
