"""A dossier written into tables and brought in again is the same dossier."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.dossier.check import check
from app.entries import ENTRIES
from app.entries.corpus import Corpus
from app.imports.table.columns import Column, columns
from cli.terminal import RIGHT, run
from imports.importing import table
from releases.publishing import BUNDLED, SMALL, corpus_of


def cell(column: Column, value: Any) -> str:
    """What a member is in a table."""
    if column.listed:
        items = at(value, column.root) or []
        return " | ".join(written(at(item, column.path[column.listed :])) for item in items)
    return written(at(value, column.path))


def at(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def written(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "true" if value is True else str(value)


def tables(corpus: Corpus, folder: Path) -> Iterator[Path]:
    """A table of each kind."""
    for kind, entries in corpus.by_kind.items():
        if kind != "dossier":
            values = [entry.model_dump(by_alias=True, exclude_defaults=True) for entry in entries]
            used = [column for column in columns(kind) if any(cell(column, value).strip(" |") for value in values)]
            rows = [{column.name: cell(column, value) for column in used} for value in values]
            yield table(folder / f"{ENTRIES[kind].collection}.csv", *rows)


@pytest.mark.parametrize("dossier", [SMALL, BUNDLED], ids=lambda each: each.name)
def test_a_dossier_as_tables_and_back_is_the_same(dossier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    for name in ("dossier.yaml", "removed.yaml", "vocabularies.yaml"):
        if (dossier / name).exists():
            shutil.copy(dossier / name, folder)
    before = corpus_of(dossier)

    ran = run("import", "csv", *tables(before, tmp_path), "--to", folder)

    assert ran.code == RIGHT, ran.out
    after = check([folder]).corpus
    assert after is not None
    assert after.curated == before.curated
