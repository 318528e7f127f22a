"""Answering questions about changes from the log of changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson

from app.errors import ReleaseNotHere
from app.query.changes import Change, ChangePage, ChangeQuestion
from app.releases.base import Row
from app.releases.catalogue import Catalogue
from app.values.members import Members

HERE = "(SELECT coalesce(max(number), 0) FROM change WHERE step <= ?)"  # the last change up to a line of the catalogue
# One statement, so that it is answered from one state of the log.
PAGE = f"""
SELECT found.latest, found.total, page.*
FROM (SELECT {HERE} AS latest, (SELECT count(*) FROM change WHERE {{where}}) AS total) AS found
LEFT JOIN (
    SELECT change.number AS number, change.op AS op, kind, id, label, target, reason, correction,
        change.before AS before, change.after AS after,
        step.op AS made_by, step.at AS at, step.before AS release_before, step.after AS release_after
    FROM change JOIN step ON step.number = change.step WHERE {{on_page}} ORDER BY change.number {{order}} LIMIT ?
) AS page ON 1 = 1 ORDER BY page.number {{order}}
"""
CHANGED = """
SELECT id FROM change WHERE id IN {marks} AND step <= ?
UNION SELECT target FROM change WHERE target IN {marks} AND step <= ?
"""
LIVE = ("created", "updated")  # after these a record is there

Condition = tuple[str, Sequence[object]]  # a term of WHERE, and its values


class Log(Protocol):
    """The tables `step` and `change`, which grow with the catalogue. Both methods raise Unavailable."""

    @property
    def version(self) -> str:
        """What another log of the same catalogue has another of."""

    def rows(self, statement: str, values: Sequence[object]) -> list[Row]:
        """Return all rows of a statement; none where there is no log."""


@dataclass(frozen=True)
class StoredChanges:
    """The log of a store, read as a catalogue allows: what a withdrawn release said is not told."""

    log: Log
    catalogue: Catalogue

    def page(self, question: ChangeQuestion) -> ChangePage:
        """Return the page that the question asks for; raise Unavailable or ReleaseNotHere."""
        rows = self._rows(question)
        if not rows:
            return ChangePage((), 0, None, 0)
        here, total = rows[0][:2]
        latest = question.latest
        if latest is None:
            latest = here if question.until is None else min(here, question.until)
        if latest > here:
            raise ReleaseNotHere("The cursor belongs to changes that this server does not have yet.")
        found = [self._change(*row[2:]) for row in rows if row[2] is not None]
        following = None
        if len(found) > question.limit > 0:
            following = question.cursor(latest, total, found[question.limit - 1].number)
        return ChangePage(tuple(found[: question.limit]), total, following, latest)

    def changed(self, ids: Iterable[str]) -> Sequence[str]:
        """Return those of the ids that some change is of, or was merged into."""
        if not (wanted := list(ids)):
            return ()
        values = (*wanted, self.catalogue.position, *wanted, self.catalogue.position)
        return [id for (id,) in self.log.rows(CHANGED.format(marks=_marks(wanted)), values)]

    def _rows(self, question: ChangeQuestion) -> list[Row]:
        """Return the changes of a page, and one more if there is one, each behind the last number and the total."""
        down, position = question.sort == "-number", self.catalogue.position
        bounds = (bound for bound in (question.until, question.latest) if bound is not None)
        where: list[Condition] = [(f"change.number <= {HERE}", (position,)), *_conditions(question)]
        where += [("change.number <= ?", (bound,)) for bound in bounds]
        on_page = where
        if question.after is not None:
            on_page = [*where, (f"change.number {'<' if down else '>'} ?", (question.after,))]
        most = question.limit + 1 if question.limit else 0
        order = "DESC" if down else "ASC"
        statement = PAGE.format(where=_all(where), on_page=_all(on_page), order=order)
        return list(self.log.rows(statement, (position, *_values(where), *_values(on_page), most)))

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
            before=None if withdrawn else _members(op, was),
            after=None if withdrawn else _members(op, now),
            step=str(step),
            published=str(at),
            release=after,
            withdrawn=withdrawn,
        )

    def _withdrawn(self, release: str | None) -> str | None:
        known = None if release is None else self.catalogue.releases.get(release)
        return None if known is None else known.withdrawn


def _members(op: str, text: str | None) -> Members | None:
    """Return the members that differ; None where a log has forgotten them before the catalogue says why."""
    if text is not None:
        members: Members = orjson.loads(text)
        return members
    return None if op == "updated" else {}


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
