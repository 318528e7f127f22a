"""The command `diff`: prints what curators changed between two releases."""

from pathlib import Path

import orjson
from rich.markup import escape

from app.cli.console import err, out
from app.cli.publish import opened_any
from app.formats.altered import altered
from app.releases.base import KeptRelease
from app.releases.catalogue import StoreError
from app.releases.comparison import Difference, differences
from app.releases.library import Catalogued
from app.releases.life import known, refuse_withdrawn

SIGNS = {"created": ("+", "green"), "updated": ("~", "yellow"), "removed": ("-", "red"), "merged": (">", "cyan")}
NOTHING = "nothing"  # of a member that is left out


def print_diff(first: str, second: str, store: Path | None, as_json: bool) -> None:
    """Print each difference of the second release from the first; end the command if one cannot be read."""
    with opened_any(store) as releases:
        before, after = (_kept(releases, name) for name in (first, second))
        found = list(differences(before.lines(), after.lines()))
        gone = {one.id for one in found if one.op in ("removed", "merged")}
        labels = before.labels(gone) | after.labels(one.id for one in found if one.id not in gone)
    for one in found:
        label = one.label or labels.get(one.id)
        _print_json(one, label) if as_json else _print(one, label or one.id)
    counted = [f"{sum(one.op == op for one in found)} {op}" for op in SIGNS if any(one.op == op for one in found)]
    err().print(", ".join(counted) or "no differences")


def _kept(store: Catalogued, name: str) -> KeptRelease:
    release = known(store.catalogue(), name)
    refuse_withdrawn(release)
    if not store.keeps(release):
        raise StoreError(f"release {release.info.label} is not kept here any more")
    return store.kept(release)


def _print(one: Difference, label: str) -> None:
    sign, colour = SIGNS[one.op]
    into = f" into {one.target}" if one.target else ""
    out().print(f"[{colour}]{sign} {one.op}[/] {one.kind} {one.id}{into}  [dim]{escape(label)}[/]")
    if one.reason:
        out().print(f"    {one.reason}", markup=False)
    for path in sorted(one.before):
        before, after = altered(one.before.get(path), one.after.get(path))
        out().print(f"    {path}: {_shown(before)} -> {_shown(after)}", markup=False)


def _print_json(one: Difference, label: str | None) -> None:
    fields = [
        {"field": path, "before": one.before.get(path), "after": one.after.get(path)} for path in sorted(one.before)
    ]
    members = {"op": one.op, "kind": one.kind, "id": one.id, "label": label, "target": one.target}
    out().print(orjson.dumps({**members, "fields": fields, "reason": one.reason}).decode(), markup=False)


def _shown(value: object) -> str:
    return NOTHING if value is None else orjson.dumps(value).decode()
