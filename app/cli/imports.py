"""The command `import`: brings records of tables and other files into a dossier, or says all that is wrong."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from app.cli.check import print_findings
from app.cli.commands import ImportForm
from app.cli.console import FINDINGS, err, out, progress, stop, uncollected, why
from app.dossier.check import NotADossier, Report
from app.dossier.layout import dossiers
from app.dossier.read import read
from app.imports.bring import Bringing
from app.imports.names import names_of
from app.imports.popolo.popolo import Popolo
from app.imports.record import Brought
from app.imports.staged import Staged, Taken
from app.imports.table.csv import read_csv
from app.imports.table.tables import Tables
from app.imports.table.xlsx import NoReader, read_xlsx
from app.imports.ucdp.ged import Ged
from app.values.slugs import is_slug

SUFFIXES = {form: ".ndjson" if form == ImportForm.ucdp_ged else ".yaml" for form in ImportForm}
"""The files that are written: YAML to go on with by hand, lines of JSON of what nobody goes on with."""


def import_files(form: ImportForm, files: Sequence[Path], dossier: Path, name: str, replace: bool) -> None:
    """Bring the records of files into a dossier; nothing is written if anything is wrong."""
    if not is_slug(name):
        raise stop(f"--as takes small letters, digits and hyphens, and not '{name}'")
    with _refusals():
        dossiers([dossier])
        staged = Staged(dossier, name, SUFFIXES[form], replace)
        brought = _reader(form, files, staged)
        report, written = _bring(brought, staged)
    if report.corpus is not None and not written:
        raise stop(f"there is no record in {', '.join(path.as_posix() for path in files)}")
    print_findings(report)
    for path in written:
        out().print(f"{path} was written", markup=False)
    if brought.left_out:
        err().print(f"no record says: {', '.join(brought.left_out)}", markup=False)
    if not written:
        err().print("nothing was imported")
        raise typer.Exit(FINDINGS)


@contextmanager
def _refusals() -> Iterator[None]:
    """End the command with one line if it cannot begin."""
    try:
        yield
    except NotADossier as error:
        raise stop(f"{error}; onrecord new starts one") from error
    except Taken as error:
        raise stop(f"{error} would be written anew: --replace does so, --as NAME takes another name") from error
    except NoReader as error:
        raise stop('reading workbooks takes openpyxl: pip install "onrecord[xlsx]"') from error
    except OSError as error:
        raise stop(why(error)) from error


def _bring(brought: Brought, staged: Staged) -> tuple[Report, list[Path]]:
    """What was found, and the files that were written."""
    with staged, uncollected(), progress() as shown:
        bringing = Bringing(brought, staged.folder, staged)
        report = bringing.check(shown)
        return report, staged.publish() if bringing.may_write(report) else []


def _reader(form: ImportForm, files: Sequence[Path], staged: Staged) -> Brought:
    """What the files bring."""
    if form == ImportForm.ucdp_ged:
        return Ged(only(files))
    if form == ImportForm.popolo:
        return Popolo(only(files))
    read_one, joint = (read_xlsx, "!") if form == ImportForm.xlsx else (read_csv, ":")
    sheets = (each for file in files for each in read_one(file))
    return Tables(sheets, joint, names_of(read(staged.folder, staged.replaced)))


def only(files: Sequence[Path]) -> Path:
    """The one file that a form takes."""
    if len(files) != 1:
        raise stop(f"this form takes one file, and {len(files)} are named")
    return files[0]
