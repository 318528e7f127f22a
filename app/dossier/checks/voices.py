"""Whose words: an origin is shared, an accusation has its answer, and nobody is named on one page alone."""

from collections import Counter
from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.entries.claims import ClaimEntry

OFFICIAL = frozenset({"official-statement", "press-release", "transcript", "legal-document"})
PUBLIC = frozenset({"office", "spokesperson-for"})  # relations of people who act in public


def origins(draft: Draft) -> Iterator[Finding]:
    """An origin joins claims that repeat one report: named by one claim alone it joins nothing."""
    claims = [written for written in draft.written if written.kind == "claim"]  # faulty ones name origins too
    named = Counter(written.given("origin") for written in claims if isinstance(written.given("origin"), str | None))
    if named.total() < len(claims):
        return
    for written in draft.of("claim"):
        origin = written.entry.origin
        if origin is not None and named[origin] == 1 and not _mentioned(origin, draft):
            yield written.finding("origin-once", ("origin",), f"no other claim has the origin '{origin}'")


def _mentioned(origin: str, draft: Draft) -> bool:
    """Whether it is a record, or stands where nothing could be read."""
    return origin in draft.by_id or any(origin in lost.words for lost in draft.lost)


def answers(draft: Draft) -> Iterator[Finding]:
    """Where a person who is accused speaks to the same question, one of both claims says how they stand."""
    spoken = _spoken(draft)
    for written in draft.of("claim"):
        claim = written.entry
        for i, actor in enumerate(claim.actors if claim.type == "accusation" else ()):
            replies = [reply for reply in spoken.get((actor, claim.aspect or ""), ()) if _same_matter(reply, claim)]
            if replies and not any(_joined(reply, claim) for reply in replies):
                message = f"'{actor}' speaks to the same question in '{replies[0].id}', and no relation joins the two"
                yield written.finding("answer-not-joined", ("actors", i), message)


def people(draft: Draft) -> Iterator[Finding]:
    """A person who does not act in public is named by two sources, or by an official one."""
    speakers = {written.entry.speaker.actor for written in draft.of("claim") if written.entry.speaker}
    public = speakers | {written.entry.subject for written in draft.of("relation") if written.entry.type in PUBLIC}
    naming: dict[str, list[Written]] = {}
    for written in draft.of("claim"):
        for actor in set(written.entry.actors) - public:
            naming.setdefault(actor, []).append(written)
    for actor, claims in naming.items():
        sources = {evidence.source for written in claims for evidence in written.entry.evidence}
        if _is_person(actor, draft) and len(sources) == 1 and not _official(min(sources), draft):
            message = f"only '{min(sources)}' names '{actor}', who holds no office and does not speak"
            yield claims[0].finding("person-on-one-source", ("actors", claims[0].entry.actors.index(actor)), message)


def _official(source: str, draft: Draft) -> bool:
    return getattr(draft.entry(source), "type", None) in OFFICIAL


def _spoken(draft: Draft) -> dict[tuple[str, str], list[ClaimEntry]]:
    """The claims that each actor makes to each question."""
    found: dict[tuple[str, str], list[ClaimEntry]] = {}
    for written in draft.of("claim"):
        claim = written.entry
        if claim.speaker and claim.aspect and _is_person(claim.speaker.actor, draft):
            found.setdefault((claim.speaker.actor, claim.aspect), []).append(claim)
    return found


def _is_person(actor: str, draft: Draft) -> bool:
    return getattr(draft.entry(actor), "type", None) == "person"


def _same_matter(one: ClaimEntry, other: ClaimEntry) -> bool:
    return one.id != other.id and one.speaker != other.speaker and not set(one.events).isdisjoint(other.events)


def _joined(one: ClaimEntry, other: ClaimEntry) -> bool:
    return any(relation.claim == other.id for relation in one.relations) or any(
        relation.claim == one.id for relation in other.relations
    )
