"""The contents: every collection of the API, in the order that the docs show them."""

from app.resources.actors import actors, groups, organisations, people
from app.resources.base import Resource
from app.resources.claims import claims
from app.resources.dossiers import dossiers
from app.resources.events import events
from app.resources.places import places
from app.resources.relations import relations
from app.resources.sources import sources

RESOURCES: tuple[Resource, ...] = (
    events,
    actors,
    people,
    organisations,
    groups,
    claims,
    sources,
    places,
    relations,
    dossiers,
)

MAIN: tuple[Resource, ...] = tuple(each for each in RESOURCES if not each.view_of)


def by_name(name: str) -> Resource:
    """The collection of that name; raises KeyError."""
    return {each.name: each for each in RESOURCES}[name]


def by_kind(kind: str) -> Resource:
    """The main collection of that kind of record; raises KeyError."""
    return {each.kind: each for each in MAIN}[kind]
