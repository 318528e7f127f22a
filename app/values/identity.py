"""The identity of a record: what a release knows of an id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Identity:
    """What a release knows of an id: its kind, and whether it is live, merged (`target`) or removed (`reason`)."""

    id: str
    kind: str
    state: str
    label: str | None = None
    target: str | None = None
    reason: str | None = None
    last_release: str | None = None
