"""The commands `new` and `schema`: start a dossier, and write the JSON Schemas that editors use for completion."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from shutil import rmtree

from app.cli.console import out, stop, writing
from app.dossier.layout import DOSSIER, SHEETS
from app.dossier.schemas import schemas
from app.dossier.starter import example, starter
from app.values.nearest import nearest
from app.values.slugs import slugify


def new_dossier(folder: Path, form: str | None) -> None:
    """Write a dossier that passes `check` into a new folder; end the command if the folder exists.

    With a form, csv or xlsx, its records are in tables to import.
    """
    with _new(folder):
        for name, text in starter(slugify(folder.resolve().name)).items():
            if form is None or name == f"{DOSSIER}.yaml":
                (folder / name).write_text(text, encoding="utf-8")
        _write_schemas(folder / "schemas")
        files = _write_sheets(folder / SHEETS, form) if form else ""
    then = (
        f"onrecord import {form} {files} --to {quote(str(folder))}" if form else f"onrecord check {quote(str(folder))}"
    )
    out().print(f"{folder} is a dossier. Change {files or 'it'}, then: {then}", markup=False)


def copy_example(folder: Path) -> None:
    """Write the example dossier, with its texts, into a new folder; end the command if the folder exists."""
    with _new(folder):
        for name, text in example().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        _write_schemas(folder / "schemas")
    here = quote(str(folder))
    out().print(f"{folder} is an invented dossier. Prove it: onrecord verify {here} --texts {here}/texts", markup=False)
    out().print(f"Look at it: onrecord preview {here}", markup=False)


def print_schema(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one kind of file, or write all of them into a folder.

    End the command for a kind that does not exist.
    """
    if folder is not None:
        with writing():
            _write_schemas(folder)
    elif kind is None or kind not in schemas():
        near = nearest(kind, schemas()) if kind else None
        hint = f"; did you mean {near}?" if near else ""
        raise stop(f"name one of {', '.join(schemas())}, or a folder with --dir{hint}")
    else:
        out().print(json.dumps(schemas()[kind], indent=2, ensure_ascii=False), markup=False)


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """Write into a folder that is not there yet, which is whole or gone afterwards; end the command if it is there."""
    if folder.exists():
        raise stop(f"{folder} exists already; name a folder that does not")
    with writing():
        folder.mkdir(parents=True)
        try:
            yield
        except BaseException:
            rmtree(folder, ignore_errors=True)
            raise


def _write_sheets(folder: Path, form: str) -> str:
    """Write the tables to begin with; return their files as a shell takes them."""
    from app.imports.starter import as_csv, as_workbook, explanation, tables

    folder.mkdir()
    if form == "xlsx":
        (folder / f"{SHEETS}.xlsx").write_bytes(as_workbook())
        return quote(str(folder / f"{SHEETS}.xlsx"))
    (folder / "README.md").write_text(explanation(), encoding="utf-8")
    for name, rows in tables().items():
        (folder / f"{name}.csv").write_bytes(as_csv(rows))
    return f"{quote(str(folder))}/*.csv"


def _write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")
