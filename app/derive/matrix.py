"""Who says what about an event: a row for each question, a column for each voice, disagreement marked."""

from collections.abc import Iterable

from app.derive.contested import contested, contesting, superseded, voice
from app.derive.disputed import disputed
from app.derive.gaps import gaps
from app.derive.links import Links, index
from app.derive.stated import stated, when_said
from app.entries.claims import ClaimEntry
from app.entries.events import Aspect, EventEntry
from app.resources.claims.document import figure_claimed
from app.resources.dates import date_value
from app.resources.events.matrix import AspectValue, Matrix, MatrixCell, MatrixClaim, MatrixRow, MatrixSpeaker

NO_ASPECT = ""


def matrix(event: EventEntry, links: Links) -> Matrix:
    """A row for each aspect of the event; then, if there are any, one of the claims that name none of its aspects.

    A claim about several events may answer a question of another one of them: here it answers none.
    """
    asked = {aspect.id: aspect for aspect in event.aspects}
    claims = sorted(links.claims_of_event[event.id], key=when_said)
    answers = index((claim.aspect if claim.aspect in asked else NO_ASPECT, claim) for claim in claims)
    open_because = {gap.aspect: gap.reason for gap in gaps(event, links)}
    rows = [_row(aspect, answers[id], open_because.get(id), links) for id, aspect in asked.items()]
    if NO_ASPECT in answers:
        rows.append(_row(None, answers[NO_ASPECT], None, links))
    speakers = [_speaker(voice, links) for voice in _in_order({voice(claim) for claim in claims})]
    return Matrix(event=links.corpus.ref(event.id), speakers=speakers, rows=rows)


def _in_order(voices: Iterable[str]) -> list[str]:
    """Actors by id, then sources by id."""
    return sorted(voices, key=lambda name: (":" in name, name))


def _speaker(key: str, links: Links) -> MatrixSpeaker:
    prefix, _, id = key.rpartition(":")
    return MatrixSpeaker(id=id, label=links.corpus.label(id), voice=key, narrated=bool(prefix))


def _row(aspect: Aspect | None, claims: list[ClaimEntry], gap: str | None, links: Links) -> MatrixRow:
    said = index((voice(claim), _claim(claim, links)) for claim in claims)
    return MatrixRow(
        aspect=AspectValue(**aspect.members("id", "question", "measure")) if aspect else None,
        gap=gap,
        disagreement=_contest(claims, links) or _miscount(aspect, claims, links),
        cells=[MatrixCell(voice=voice, claims=said[voice]) for voice in _in_order(said)],
    )


def _contest(claims: list[ClaimEntry], links: Links) -> bool:
    """Whether two of the claims contest each other."""
    ids = {claim.id for claim in claims}
    return any(ids & contesting(claim, links) for claim in claims)


def _miscount(aspect: Aspect | None, claims: list[ClaimEntry], links: Links) -> bool:
    """Whether the figures of these claims for what the aspect counts cannot all be true."""
    if aspect is None or aspect.measure is None:
        return False
    found = stated(claims, links).items()
    return any(disputed(values, links) for (measure, _), values in found if measure == aspect.measure)


def _claim(claim: ClaimEntry, links: Links) -> MatrixClaim:
    return MatrixClaim(
        claim=links.corpus.ref(claim.id),
        text=claim.text,
        layer=claim.layer,
        pinned=claim.pinned,
        type=claim.type,
        modality=claim.modality,
        quote=claim.quote,
        said=date_value(claim.said),
        figures=[figure_claimed(figure) for figure in claim.figures],
        contested=contested(claim, links),
        superseded=superseded(claim, links),
    )
