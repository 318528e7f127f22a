"""A release is named by its curated input alone: how it is written, and where and when it is built, changes nothing."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from unicodedata import normalize

import pytest

from app.releases.build import plan
from app.releases.sqlite import SqliteStore
from releases.publishing import BUNDLED, DOSSIERS, ODD, SMALL, corpus_of, edit, edition, published
from releases.turning import turned


def documents_of(folder: Path) -> list[tuple[int, str, str]]:
    """Number, id and text of every stored document in order, read past our own code."""
    store = SqliteStore(folder)
    path = store.database(store.catalogue().needed().info.id)
    assert path is not None
    statement = "SELECT number, id, document FROM record JOIN document USING (number) ORDER BY number"
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize(
    "dossier", [pytest.param(BUNDLED, marks=pytest.mark.thorough), SMALL, ODD], ids=lambda dossier: dossier.name
)
def test_another_way_of_writing_is_the_same_input(tmp_path: Path, dossier: Path) -> None:
    other = turned(dossier, tmp_path)
    assert {path.name for path in other.rglob("*.yaml")} != {path.name for path in dossier.rglob("*.yaml")}
    assert plan(corpus_of(other)).id == plan(corpus_of(dossier)).id


@pytest.mark.thorough
def test_two_builds_in_two_folders_are_one_release(tmp_path: Path) -> None:
    one = published(tmp_path / "one", *DOSSIERS)
    other = published(tmp_path / "other", *(turned(each, tmp_path) for each in reversed(DOSSIERS)))
    assert (other.info, other.documents, other.about) == (one.info, one.documents, one.about)
    assert documents_of(tmp_path / "one") == documents_of(tmp_path / "other")


def test_letters_written_in_pieces_are_the_same_release(tmp_path: Path) -> None:
    pieces = Path(shutil.copytree(BUNDLED, tmp_path / "pieces"))
    for file in pieces.glob("*.yaml"):
        file.write_text(normalize("NFD", file.read_text("utf-8")), "utf-8")
    one, other = published(tmp_path / "one", BUNDLED), published(tmp_path / "other", pieces)
    assert (other.info, other.documents) == (one.info, one.documents)


def test_the_digest_is_that_of_all_documents_in_order(tmp_path: Path) -> None:
    made = published(tmp_path, SMALL, ODD)
    lines = "".join(f"{document}\n" for _, _, document in documents_of(tmp_path))
    assert hashlib.sha256(lines.encode()).hexdigest() == made.documents


def test_the_id_is_the_hash_of_the_canonical_lines(tmp_path: Path) -> None:
    made = published(tmp_path, SMALL, ODD)
    with closing(SqliteStore(tmp_path)) as store:
        lines = [line for lines in store.current().entries() for line in lines[:-1].split("\n")]
    assert hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest() == made.info.id
    kinds = [json.loads(line)["kind"] for line in lines]
    assert kinds == sorted(kinds)
    assert {"dossier", "removed", "vocabulary"} < set(kinds)
    assert all(
        line == json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        for line in lines
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events.yaml", "A rope closes the ramp", "A rope closes the ramp again"),
        ("people.yaml", "Knut Årnesen", "Knut Arnesen"),
        ("removed.yaml", "a plan that nobody", "an idea that nobody"),
        ("dossier.yaml", "hallvik-2", "hallvik-3"),
        ("claims.yaml", "value: 300", "value: 301"),
    ],
)
def test_any_change_of_the_input_is_another_release(tmp_path: Path, file: str, old: str, new: str) -> None:
    changed = edition(tmp_path, "hallvik-2", "2021-05-01")
    assert plan(corpus_of(changed)).id == plan(corpus_of(SMALL)).id
    edit(changed / file, old, new)
    assert plan(corpus_of(changed)).id != plan(corpus_of(SMALL)).id


def test_unicode_forms_of_one_text_are_one_input(tmp_path: Path) -> None:
    changed = edition(tmp_path, "hallvik-2", "2021-05-01")
    edit(changed / "people.yaml", "Årnesen", "A\u030arnesen")
    assert plan(corpus_of(changed)).id == plan(corpus_of(SMALL)).id


def test_label_and_date_are_those_of_the_dossiers(tmp_path: Path) -> None:
    alone = plan(corpus_of(SMALL))
    assert (alone.label, alone.issued) == ("hallvik-2", "2021-05-01")
    together = plan(corpus_of(ODD, SMALL))
    assert together.label == "hallvik-2~odd-1"
    assert together.issued == "2021-05-01"
    assert plan(corpus_of(BUNDLED)).about["counts"]["claims"] >= 20
