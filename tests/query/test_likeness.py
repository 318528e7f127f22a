"""A name, a part of one or a mistyped id finds the record that was meant, in one statement that is bounded."""

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
    assert len(rows) <= 5 * likeness.MOST


def test_every_live_record_with_a_name_is_found_by_it(connection: Connection) -> None:
    names = REGISTER.names
    for name, kind in connection.execute(names.select().with_only_columns(names.c.value, names.c.kind).limit(60)):
        if any(char.isalnum() for char in name):
            rows = connection.execute(likeness.candidates(REGISTER, [kind], name)).all()
            assert likeness.best(name, rows) is not None, name
