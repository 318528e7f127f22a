"""Answering questions about changes from the log of changes."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.errors import ReleaseNotHere, Unavailable
from app.query.changes import Change, ChangePage, ChangeQuestion
from app.releases.catalogue import Catalogue
from app.releases.change_log import files

PAGE = """
SELECT change.number, change.op, kind, id, label, target, reason, correction, change.before, change.after,
    step.op, step.at, step.before, step.after
FROM change JOIN step ON step.number = change.step WHERE {where} ORDER BY change.number {order} LIMIT ?
"""
TOTAL = "SELECT count(*) FROM change WHERE {where}"
LATEST = "SELECT coalesce(max(number), 0) FROM change"
LIVE = ("created", "updated")  # after these a record is there

Condition = tuple[str, Sequence[object]]  # a term of WHERE, and its values


@dataclass(frozen=True)
class StoredChanges:
    """The log in a folder, read as a catalogue allows: what a withdrawn release said is not told."""

    folder: Path
    catalogue: Catalogue

    @property
    def version(self) -> str:
        """What another log has another of; empty where there is none."""
        return next((path.name for path in self._files()), "")

    def page(self, question: ChangeQuestion) -> ChangePage:
        """Return the page that the question asks for; raise Unavailable or ReleaseNotHere."""
        with self._opened() as connection:
            if connection is None:
                return ChangePage((), 0, None, 0)
            ((here,),) = connection.execute(LATEST)
            latest = question.latest
            if latest is None:
                latest = here if question.until is None else min(here, question.until)
            if latest > here:
                raise ReleaseNotHere("The cursor belongs to changes that this server does not have yet.")
            where = [("change.number <= ?", (latest,)), *_conditions(question)]
            ((total,),) = connection.execute(TOTAL.format(where=_all(where)), _values(where))
            found = self._rows(connection, question, where)
        following = None
        if len(found) > question.limit > 0:
            following = question.cursor(latest, total, found[question.limit - 1].number)
        return ChangePage(tuple(found[: question.limit]), total, following, latest)

    def changed(self, ids: Iterable[str]) -> Sequence[str]:
        """Return those of the ids that some change is of, or was merged into."""
        wanted = list(ids)
        with self._opened() as connection:
            if connection is None or not wanted:
                return ()
            marks = _marks(wanted)
            statement = (
                f"SELECT id FROM change WHERE id IN {marks} UNION SELECT target FROM change WHERE target IN {marks}"
            )
            return [id for (id,) in connection.execute(statement, [*wanted, *wanted])]

    def _rows(
        self, connection: sqlite3.Connection, question: ChangeQuestion, where: Sequence[Condition]
    ) -> list[Change]:
        """Return the changes of a page, and one more if there is one."""
        down = question.sort == "-number"
        if question.after is not None:
            where = [*where, (f"change.number {'<' if down else '>'} ?", (question.after,))]
        most = question.limit + 1 if question.limit else 0
        statement = PAGE.format(where=_all(where), order="DESC" if down else "ASC")
        return [self._change(*row) for row in connection.execute(statement, (*_values(where), most))]

    def _change(self, number: int, op: str, kind: str, id: str, *row: str | None) -> Change:
        label, target, reason, correction, was, now, step, at, before, after = row
        withdrawn = self._withdrawn(before) or self._withdrawn(after)
        known_by = after if op in LIVE else before
        return Change(
            number=number,
            op=op,
            kind=kind,
            id=id,
            label=None if self._withdrawn(known_by) else label,
            target=target,
            reason=reason,
            correction=None if withdrawn else correction,
            before=None if withdrawn else orjson.loads(was or "{}"),
            after=None if withdrawn else orjson.loads(now or "{}"),
            step=str(step),
            published=str(at),
            release=after,
            withdrawn=withdrawn,
        )

    def _withdrawn(self, release: str | None) -> str | None:
        known = None if release is None else self.catalogue.releases.get(release)
        return None if known is None else known.withdrawn

    def _files(self) -> list[Path]:
        try:
            return [path for _, path in files(self.folder, self.catalogue.position)]
        except OSError:
            return []

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection | None]:
        """Open the latest log; None where there is none. One that is replaced meanwhile is looked for again."""
        for path in self._files():
            try:
                connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            except sqlite3.OperationalError:
                continue
            with closing(connection):
                try:
                    yield connection
                except sqlite3.DatabaseError as error:
                    raise Unavailable("The list of changes cannot be read at the moment.") from error
            return
        yield None


def _conditions(question: ChangeQuestion) -> Iterator[Condition]:
    since = question.since
    if isinstance(since, int):
        yield "change.number > ?", (since,)
    elif since is not None:
        yield "step IN (SELECT number FROM step WHERE at >= ?)", (since,)
    for column, values in (("kind", question.kinds), ("change.op", question.ops)):
        if values:
            yield f"{column} IN {_marks(values)}", values
    if ids := question.ids:
        yield f"(id IN {_marks(ids)} OR target IN {_marks(ids)})", (*ids, *ids)
    if question.releases:
        yield f"step IN (SELECT number FROM step WHERE after IN {_marks(question.releases)})", question.releases


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"


def _all(where: Sequence[Condition]) -> str:
    return " AND ".join(term for term, _ in where)


def _values(where: Sequence[Condition]) -> list[object]:
    return [value for _, values in where for value in values]
