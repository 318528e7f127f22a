"""The catalogue as a table: what was known stays while copies are behind, and goes when the database has lost it."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from app.errors import Unavailable
from app.releases.build import plan
from app.releases.postgres.catalogue import CatalogueTable
from app.releases.postgres.publish import publish_release, roll_back, withdraw
from app.releases.postgres.server import Server
from releases.publishing import ODD, SMALL, corpus_of

pytestmark = pytest.mark.thorough
REPLICA = "CREATE FUNCTION public.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'"


@pytest.fixture
def two(emptied: str) -> str:
    """A database of two releases, of which the first is current again."""
    publish_release(emptied, plan(corpus_of(SMALL)))
    publish_release(emptied, plan(corpus_of(SMALL, ODD)))
    roll_back(emptied, "hallvik-2")
    return emptied


@pytest.fixture
def server(two: str) -> Iterator[Server]:
    """Connections to it."""
    with closing(Server(two)) as opened:
        yield opened


def lose(url: str, number: int) -> None:
    """Take the lines from that one on out of the catalogue, as a failover to a copy that was behind does."""
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM onrecord.catalogue WHERE number >= %s", (number,))


def as_replica(url: str) -> None:
    """Have the database say that it is a replica."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT current_database()").fetchone()
        assert row is not None
        connection.execute(f"ALTER DATABASE {row[0]} SET search_path = public, pg_catalog")
        connection.execute(REPLICA)


def test_what_the_primary_has_lost_is_known_no_more(two: str, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    table = CatalogueTable(server)
    before = table.look()
    assert before.catalogue.position == 3
    lose(two, 3)
    after = table.look()
    assert (after.lines, after.catalogue.position) == (before.lines[:2], 2)
    assert after.catalogue.current != before.catalogue.current
    assert "has lost the catalogue as it was from line 3 on" in caplog.text
    assert table.look() == after
    assert caplog.text.count("has lost") == 1


def test_a_line_in_place_of_another_makes_another_catalogue(two: str, server: Server) -> None:
    table = CatalogueTable(server)
    before = table.look()
    lose(two, 2)
    withdraw(two, "hallvik-2", "a mistake")
    publish_release(two, plan(corpus_of(ODD)), without=["hallvik-quay"])
    after = table.look()
    assert after.catalogue.position == before.catalogue.position
    assert after.lines[0] == before.lines[0]
    assert [event.op for event in after.catalogue.events] == ["publish", "withdraw", "publish"]
    assert after.catalogue.version != before.catalogue.version


def test_what_a_replica_lacks_stays_for_a_while(two: str) -> None:
    as_replica(two)
    with closing(Server(two)) as server:
        patient, impatient = CatalogueTable(server, 3600), CatalogueTable(server, 0)
        known = patient.look()
        assert impatient.look() == known
        lose(two, 3)
        assert patient.look() is known
        assert impatient.look().lines == known.lines[:2]
        with psycopg.connect(two) as connection:
            connection.execute("INSERT INTO onrecord.catalogue VALUES (3, %s)", (known.lines[2],))
        assert patient.look().lines == known.lines
        assert impatient.look().lines == known.lines


def test_a_line_that_differs_on_a_replica_is_another_history(two: str) -> None:
    as_replica(two)
    with closing(Server(two)) as server:
        table = CatalogueTable(server, 3600)
        known = table.look()
        lose(two, 3)
        withdraw(two, "hallvik-2", "a mistake")
        assert table.look().lines[:2] == known.lines[:2]
        assert table.look().catalogue.events[-1].op == "withdraw"


def test_who_has_no_catalogue_at_all_keeps_what_is_known(two: str, server: Server) -> None:
    table = CatalogueTable(server)
    known = table.look()
    with psycopg.connect(two) as connection:
        connection.execute("DROP SCHEMA onrecord CASCADE")
    assert table.look() is known


def test_only_who_asks_first_waits_for_a_database_that_is_not_there() -> None:
    with closing(Server("postgresql://127.0.0.1:1/none", wait=0.2)) as server:
        table = CatalogueTable(server)
        with pytest.raises(Unavailable, match="cannot be reached"):
            table.read()
        with pytest.raises(Unavailable, match="cannot be read at the moment"):
            table.read()
        table.close()
