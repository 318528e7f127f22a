"""The contents: every collection of the API, in the order that the docs show them."""

from typing_extensions import TypeAliasType

from app.resources.actors import Group, Organisation, Person, actors, groups, organisations, people
from app.resources.base import Resource
from app.resources.claims import ClaimDocument, claims
from app.resources.dossiers import DossierDocument, dossiers
from app.resources.events import EventDocument, events
from app.resources.places import PlaceDocument, places
from app.resources.relations import RelationDocument, relations
from app.resources.sources import SourceDocument, sources

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
AnyRecord = TypeAliasType(
    "AnyRecord",
    Person
    | Organisation
    | Group
    | EventDocument
    | ClaimDocument
    | SourceDocument
    | PlaceDocument
    | RelationDocument
    | DossierDocument,
)


_BY_NAME = {resource.name: resource for resource in RESOURCES}
_BY_KIND = {resource.kind: resource for resource in MAIN}


def by_name(name: str) -> Resource:
    """The collection of that name; raises KeyError."""
    return _BY_NAME[name]


def by_kind(kind: str) -> Resource:
    """The main collection of that kind of record; raises KeyError."""
    return _BY_KIND[kind]
