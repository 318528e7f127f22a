"""What actors hold and belong to: the posts of a person, and the larger bodies of an organisation."""

from app.derive.links import Links
from app.entries.actors import ActorEntry
from app.entries.base import Ref
from app.entries.relations import RelationEntry
from app.resources.actors import Office
from app.resources.dates import date_value


def offices(actor: ActorEntry, links: Links) -> list[Office]:
    """One for each relation of type office whose subject the actor is: latest start first, undated last, then by id."""
    return [_office(relation, links) for relation in _relations(actor, "office", links)]


def part_of(actor: ActorEntry, links: Links) -> list[Ref]:
    """The objects of its relations of type part-of, each once, in the same order; ended ones too, as offices are."""
    return links.corpus.refs(dict.fromkeys(relation.object for relation in _relations(actor, "part-of", links)))


def _office(relation: RelationEntry, links: Links) -> Office:
    period = {"from": date_value(relation.from_), "to": date_value(relation.to)}  # `from` is no name in Python
    return Office.model_validate(
        {
            "post": relation.post,
            "organisation": links.corpus.ref(relation.object),
            "relation": links.corpus.ref(relation.id),
            **period,
        }
    )


def _relations(actor: ActorEntry, type: str, links: Links) -> list[RelationEntry]:
    related = links.relations_of_actor[actor.id]
    return sorted(
        (relation for relation in related if relation.type == type and relation.subject == actor.id), key=_latest_first
    )


def _latest_first(relation: RelationEntry) -> tuple[bool, int, int, str]:
    if relation.from_ is None:
        return True, 0, 0, relation.id
    bounds = relation.from_.bounds
    return False, -bounds.earliest, -bounds.latest, relation.id
