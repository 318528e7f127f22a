"""A name, a part of one or a mistyped id finds the record that was meant, in one statement that is bounded."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from app.query import likeness
from app.releases.sqlite import SqliteStore
from app.resources.register import NameRow, RecordRow, WordRow

REGISTER = likeness.Register(
    RecordRow.__table__,  # type: ignore[attr-defined]  # SQLModel adds it
    NameRow.__table__,  # type: ignore[attr-defined]  # as above
    WordRow.__table__,  # type: ignore[attr-defined]  # as above
)


@pytest.fixture
def connection(store: SqliteStore) -> Iterator[Connection]:
    """The release, read past the store."""
    engine = create_engine(f"sqlite:///{store.database(store.current().stamp.id)}")
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize(
    ("kinds", "text", "id"),
    [
        ("actor", "aleksandar-vucic", "aleksandar-vucic"),
        ("actor", "aleksandar_vucic", "aleksandar-vucic"),
        ("actor", "Aleksandar Vučić", "aleksandar-vucic"),
        ("actor", "Александар Вучић", "aleksandar-vucic"),
        ("actor", "vucic", "aleksandar-vucic"),
        ("actor", "Vučić", "aleksandar-vucic"),
        ("actor", "Vucic Aleksandar", "aleksandar-vucic"),
        ("actor", "thaci", "hashim-thaci"),
        ("actor", "Serbia", "republic-of-serbia"),
        ("actor", "kosovo-polise", "kosovo-police"),
        ("actor", "police", "kosovo-police"),
        ("actor", "dindic", "djindjic-in-latin"),  # a former id
        ("place", "Kosovo", "kosovo"),
        ("place", "Mitrovica", "mitrovica"),
        ("place", "Косовска Митровица", "mitrovica"),
        ("source", "time", "time-2019-05-28"),
        ("event", "NORTH-KOSOVO-arrests-2019-05-28", "north-kosovo-arrests-2019-05-28"),
        ("event", "hallvik-fery-strike", "hallvik-ferry-strike"),
        ("actor event", "kosovo", "republic-of-kosovo"),
        ("event", "vucic-saw-video", None),  # a claim
        ("event", "hallvik-overtime-ban", None),  # removed
        ("actor", "mitrovica", None),
        ("event", "zzzz-nothing-like-it", None),
        ("actor", "!!", None),
        ("actor", "", None),
        ("actor", "x" * 5000, None),
        ("actor", "a b " * 2000, None),
        ("actor", "FR' OR '1'='1", None),
    ],
)
def test_what_was_meant(connection: Connection, kinds: str, text: str, id: str | None) -> None:
    rows = connection.execute(likeness.candidates(REGISTER, kinds.split(), text)).all()
    assert likeness.best(text, rows) == id


def test_every_live_record_with_a_name_is_found_by_it(connection: Connection) -> None:
    names = REGISTER.names
    for name, kind in connection.execute(names.select().with_only_columns(names.c.value, names.c.kind).limit(60)):
        if any(char.isalnum() for char in name):
            rows = connection.execute(likeness.candidates(REGISTER, [kind], name)).all()
            assert likeness.best(name, rows) is not None, name


def test_of_many_alike_only_so_many_are_fetched() -> None:
    alike = [f"same-{number:04}" for number in range(3 * likeness.MOST)]
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        for table in (REGISTER.records, REGISTER.names, REGISTER.words):
            table.create(connection)
        connection.execute(REGISTER.records.insert(), [{"id": id, "kind": "actor", "state": "live"} for id in alike])
        names = [{"record": id, "value": "Same", "key": "same", "kind": "actor"} for id in alike]
        connection.execute(REGISTER.names.insert(), names)
        words = [{"record": id, "position": 0, "kind": "actor", "field": "name", "word": "same"} for id in alike]
        connection.execute(REGISTER.words.insert(), words)
        rows = connection.execute(likeness.candidates(REGISTER, ["actor"], "Same")).all()
    engine.dispose()
    found = Counter(row.likeness for row in rows)
    assert found == {likeness.Like.NAME: 200, likeness.Like.WORDS: 400, likeness.Like.LETTERS: 400}


@pytest.mark.parametrize("kinds", [["actor"], ["actor", "event"]])
def test_no_table_is_read_from_end_to_end(connection: Connection, kinds: list[str]) -> None:
    asked = likeness.candidates(REGISTER, kinds, "kosovo police chief").compile(
        connection, compile_kwargs={"literal_binds": True}
    )
    steps = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert [step for step in steps if re.match(r"SCAN (record|name|word)\b", step)] == []
    ranges = [step for step in steps if "id>? AND id<?" in step]
    assert ranges == ["SEARCH record USING INDEX ix_record_kind_id (kind=? AND id>? AND id<?)"] * 3 * len(kinds)
