"""A name, a part of one or a mistyped id finds the record that was meant, by looking at a bounded number of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.entries.actors import ActorEntry
from app.entries.dossiers import DossierEntry
from app.query import fuzzy_match
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.reader import SqlReader
from app.releases.sqlite import SqliteStore
from derive.tiny import corpus, entry


@pytest.fixture(scope="module")
def reader(store: SqliteStore) -> SqlReader:
    """The release."""
    return store.current()


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
def test_what_was_meant(reader: SqlReader, kinds: str, text: str, id: str | None) -> None:
    assert reader.nearest(kinds.split(), text) == id


def test_every_live_record_with_a_name_is_found_by_it(folder: Path, reader: SqlReader) -> None:
    statement = "SELECT value, kind FROM name JOIN record ON record.number = name.record"
    with closing(sqlite3.connect(next(folder.glob("*.sqlite")))) as connection:
        names = connection.execute(statement).fetchall()
    assert len(names) > 60
    for name, kind in names:
        if any(char.isalnum() for char in name):
            assert reader.nearest([kind], name) is not None, name


def test_of_many_alike_only_so_many_are_looked_at(tmp_path: Path) -> None:
    alike = [entry(ActorEntry, f"same-{number:04}", name="Same") for number in range(2 * fuzzy_match.MOST)]
    with closing(SqliteStore(tmp_path)) as store:
        publish_release(store, plan(corpus(entry(DossierEntry, "dossier"), *alike)))
        reader = store.current()
        assert len(reader.beginning("actor", "same", fuzzy_match.MOST)) == fuzzy_match.MOST
        assert reader.beginning("actor", "same-0399", fuzzy_match.MOST) == ["same-0399"]
        assert reader.beginning("actor", "samf", fuzzy_match.MOST) == []
        assert reader.nearest(["actor"], "Same") == "same-0000"
