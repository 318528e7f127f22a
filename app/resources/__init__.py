"""The contents: every collection of the API, in the order that the docs show them."""

from functools import reduce
from operator import or_
from typing import Any

from typing_extensions import TypeAliasType

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

MAIN: tuple[Resource, ...] = tuple(resource for resource in RESOURCES if not resource.view_of)


# Whatever a list sends along with its page.
AnyRecord: Any = TypeAliasType("AnyRecord", reduce(or_, (resource.document for resource in MAIN)))


_BY_NAME = {resource.name: resource for resource in RESOURCES}
_BY_KIND = {resource.kind: resource for resource in MAIN}


def by_name(name: str) -> Resource:
    """The collection of that name; raises KeyError."""
    return _BY_NAME[name]


def by_kind(kind: str) -> Resource:
    """The main collection of that kind of record; raises KeyError."""
    return _BY_KIND[kind]
