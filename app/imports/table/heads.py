"""The heads of a sheet as columns; a head may lead through a reference to what it describes: `source:language`."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.imports.cells import cell
from app.imports.record import NOWHERE, finding
from app.imports.table.columns import Ambiguous, Column, column_of, columns, names
from app.imports.table.rows import Given, Row
from app.imports.table.sheet import UNREAD, Sheet
from app.values.nearest import nearest

THROUGH = ":"  # between a reference and a member of what it refers to


class NoColumn(ValueError):
    """A head that is none; its slug is that of the finding, and `near` the head that was probably meant."""

    def __init__(self, slug: str, message: str, near: str | None = None) -> None:
        self.slug = slug
        self.near = near
        super().__init__(message)


@dataclass
class Heads:
    """The columns of a sheet by their number; `absent` are members that every record has and no column gives."""

    sheet: Sheet
    steps: dict[int, tuple[Column, ...]] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        misspelt = set()  # a member is not told to be absent as well
        for number, head in enumerate(self.sheet.heads):
            if head is None:
                continue
            try:
                self._take(number, str(head))
            except NoColumn as error:
                self.unread.add(number)
                misspelt.add(error.near)
                self._fault(error.slug, number, str(error))
        for name in self.absent:
            if name not in misspelt:
                self._fault("missing-column", 0, f"every {self.sheet.kind} has a '{name}', and no column gives it")

    @property
    def absent(self) -> list[str]:
        given = {steps[0].path[0] for steps in self.steps.values() if len(steps) == 1}
        needed = [column.path[0] for column in columns(self.sheet.kind) if column.required]
        return [name for name in needed if name not in given and name != "id"]

    def rows(self) -> Iterator[Row]:
        """Each row of the sheet, filled."""
        absent: dict[Location, int] = {(name,): NOWHERE for name in self.absent}
        for number, cells in self.sheet.rows:
            row = Row(self.sheet.kind, self.sheet.shown, cell(number, 0), spots=dict(absent))
            given = [
                Given(steps, cells[column] if column < len(cells) else None, cell(number, column))
                for column, steps in self.steps.items()
            ]
            row.faults.extend(self._without_head(number, cells))
            yield row.fill(given)

    def _take(self, number: int, head: str) -> None:
        if head.startswith(UNREAD):
            self.unread.add(number)
            return
        steps = tuple(_steps(self.sheet.kind, head))
        if steps in self.steps.values():
            raise NoColumn("column-twice", f"'{head}' is given by another column too")
        self.steps[number] = steps

    def _without_head(self, row: int, cells: list[object]) -> Iterator[Finding]:
        for number, value in enumerate(cells):
            if value is not None and number not in self.steps and number not in self.unread:
                yield finding(
                    "cell-without-head", self.sheet.shown, cell(row, number), f"'{value}' stands in no column"
                )

    def _fault(self, slug: str, column: int, message: str) -> None:
        self.faults.append(finding(slug, self.sheet.shown, cell(self.sheet.head_row, column), message))


def _steps(kind: str, head: str) -> Iterator[Column]:
    """The columns that a head leads through."""
    first, *others = head.split(THROUGH)
    while True:
        column = _column(kind, first)
        yield column
        if not others:
            return
        if not column.kinds:
            raise NoColumn("unknown-column", f"'{first}' refers to no record that '{head}' could describe")
        kind, first, others = column.kinds[0], others[0], others[1:]


def _column(kind: str, name: str) -> Column:
    try:
        found = column_of(kind, name)
    except Ambiguous as error:
        raise NoColumn("ambiguous-column", str(error)) from error
    if found is None:
        near = nearest(name, names(kind))
        hint = f"; did you mean '{near}'?" if near else ""
        raise NoColumn("unknown-column", f"no {kind} has a '{name}'{hint}", near)
    return found
