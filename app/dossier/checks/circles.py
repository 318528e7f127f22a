"""Circles: records that contain themselves by way of others."""

from collections.abc import Iterator, Mapping


def circles(parents: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Each circle once, from its smallest id on; a record that is its own parent is a circle of one."""
    done: set[str] = set()
    for start in sorted(parents):
        path: dict[str, None] = {}
        id: str | None = start
        while id is not None and id not in done and id not in path:
            path[id] = None
            id = parents.get(id)
        if id in path:
            yield _from_smallest([*path][[*path].index(id) :])
        done.update(path)


def _from_smallest(circle: list[str]) -> tuple[str, ...]:
    first = circle.index(min(circle))
    return (*circle[first:], *circle[:first])
