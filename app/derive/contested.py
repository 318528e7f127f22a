"""How claims stand to one another, read from both ends: who contests whom, who corroborates whom.

Nothing is inferred from what claims say: only relations that curators recorded count, and only between two voices.
"""

from collections.abc import Iterator

from app.derive.links import Links
from app.entries.claims import SUPERSEDING, ClaimEntry
from app.resources.claims.document import ClaimRelationValue

CONTESTING = frozenset({"contradicts", "disputes", "denies"})
CORROBORATING = frozenset({"confirms", "supports"})


def voice(claim: ClaimEntry) -> str:
    """Whoever says it: the speaker's id, or `source:<id>` of the first evidence where the source itself says it.

    A source is a voice of its own even where its publisher is an actor that speaks elsewhere. A slug has no colon, so a
    source never sounds like an actor. A narrated claim without evidence is a voice of its own.
    """
    if claim.speaker:
        return claim.speaker.actor
    return f"source:{claim.evidence[0].source}" if claim.evidence else f"claim:{claim.id}"


def origin(claim: ClaimEntry) -> str:
    """The report that the claim repeats, else its own id."""
    return claim.origin or claim.id


def contested(claim: ClaimEntry, links: Links) -> bool:
    """Whether it and a claim of another voice stand in contradicts, disputes or denies, either way."""
    return bool(contesting(claim, links))


def contesting(claim: ClaimEntry, links: Links) -> set[str]:
    """The ids of the claims of other voices that stand in contradicts, disputes or denies to it, either way."""
    if not claim.relations and claim.id not in links.relations_to_claim:  # as most claims
        return set()
    return {
        other.id
        for relation, other, _ in _both_ends(claim, links)
        if relation in CONTESTING and voice(other) != voice(claim)
    }


def corroborated(claim: ClaimEntry, links: Links) -> bool:
    """Whether a claim of another voice and of another origin confirms or supports it; its own confirming is no help."""
    return any(
        relation in CORROBORATING and voice(other) != voice(claim) and origin(other) != origin(claim)
        for relation, other in links.relations_to_claim.get(claim.id, ())
    )


def superseded(claim: ClaimEntry, links: Links) -> bool:
    """Whether another claim, of whatever voice, updates, corrects or retracts it."""
    related = links.relations_to_claim.get(claim.id, ())
    return any(relation in SUPERSEDING and other.id != claim.id for relation, other in related)


def relations(claim: ClaimEntry, links: Links) -> list[ClaimRelationValue]:
    """Those that the claim records, as curated, then those that other claims record to it, in order of their ids.

    What both ends record, such as two claims that contradict each other, is listed once each way.
    """
    return [
        ClaimRelationValue(relation=relation, claim=links.corpus.ref(other.id), inverse=inverse)
        for relation, other, inverse in _both_ends(claim, links)
    ]


def _both_ends(claim: ClaimEntry, links: Links) -> Iterator[tuple[str, ClaimEntry, bool]]:
    for relation, id in dict.fromkeys((stated.relation, stated.claim) for stated in claim.relations):
        yield relation, links.corpus.entry(ClaimEntry, id), False
    for relation, other in links.relations_to_claim[claim.id]:
        yield relation, other, True
