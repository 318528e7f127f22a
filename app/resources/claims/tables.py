"""The claim as stored: its own row, and a row for each thing that it has several of."""

from collections.abc import Iterator

from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.resources import columns
from app.resources.base import Row
from app.resources.claims.document import ClaimDocument
from app.resources.columns import Stored, TableRow
from app.resources.dates import date_columns, known_columns
from app.resources.register import text_rows
from app.values.integers import in_digits
from app.values.slugs import slugify
from app.values.units import currency

VERDICTS = ("contested", "corroborated", "differing", "disputed", "agreeing")  # what other claims make of it


class ClaimRow(Row, table=True):
    """The claim."""

    __tablename__ = "claim"

    type: str = columns.text()
    narrated: bool = columns.flag()
    speaker: int | None = columns.reference("actor.number", null=True)
    speaker_role: str | None = columns.text(null=True)
    attribution: str | None = columns.text(null=True)
    on_behalf_of: int | None = columns.reference("actor.number", null=True)
    medium: str | None = columns.text(null=True)
    platform: str | None = columns.text(null=True)
    platform_name: str | None = columns.text(null=True)
    said_edtf: str | None = columns.text(null=True)
    said_earliest: int = columns.day()
    said_latest: int = columns.day()
    said_qualified: bool = columns.flag()
    said_known_start: int | None = columns.number(null=True)
    said_known_end: int | None = columns.number(null=True)
    aspect: str | None = columns.text(null=True)
    quote: str = columns.text()
    modality: str = columns.text()
    origin: str = columns.text()
    contested: bool = columns.flag()
    corroborated: bool = columns.flag()
    differing: bool = columns.flag()
    disputed: bool = columns.flag()
    agreeing: bool = columns.flag()
    pinned: bool = columns.flag()


class ClaimEventRow(TableRow, table=True):
    """An event that a claim is about."""

    __tablename__ = "claim_event"
    __table_args__ = columns.KEYED

    claim: int = columns.owner("claim.number")
    event: int = columns.reference("event.number", primary=True)


class ClaimAboutRow(TableRow, table=True):
    """An actor or event that a claim is about."""

    __tablename__ = "claim_about"
    __table_args__ = columns.KEYED

    claim: int = columns.owner("claim.number")
    target: int = columns.reference("record.number", primary=True)


class ClaimReporterRow(TableRow, table=True):
    """A link of the chain from the source to the speaker, the source's side first."""

    __tablename__ = "claim_reporter"
    __table_args__ = columns.KEYED

    claim: int = columns.owner("claim.number")
    position: int = columns.number(primary=True)
    actor: int = columns.reference("actor.number")


class ClaimAudienceRow(TableRow, table=True):
    """Somebody whom a claim is addressed to."""

    __tablename__ = "claim_audience"
    __table_args__ = columns.KEYED

    claim: int = columns.owner("claim.number")
    actor: int = columns.reference("actor.number", primary=True)


class ClaimFigureRow(TableRow, table=True):
    """One figure of a claim."""

    __tablename__ = "claim_figure"
    __table_args__ = columns.KEYED

    claim: int = columns.owner("claim.number")
    number: int = columns.number(primary=True)
    measure: str = columns.text()
    currency: str | None = columns.text(null=True)
    low: float | None = columns.real()
    value: float | None = columns.real()
    high: float | None = columns.real()
    approximate: bool = columns.flag()
    as_of: str | None = columns.text(null=True)
    as_of_time: str | None = columns.text(null=True)


class ClaimRelationRow(TableRow, table=True):
    """How a claim stands to another one, from either end: `inverse` tells which end recorded it."""

    __tablename__ = "claim_relation"
    __table_args__ = columns.KEYED

    claim_id: int = columns.owner("claim.number")
    relation: str = columns.text(primary=True)
    claim: int = columns.reference("claim.number", primary=True)
    inverse: bool = columns.flag(primary=True)


class EvidenceRow(TableRow, table=True):
    """Where a claim is written."""

    __tablename__ = "evidence"
    __table_args__ = columns.KEYED

    claim: int = columns.owner("claim.number")
    number: int = columns.number(primary=True)
    source: int = columns.reference("source.number")
    role: str = columns.text()
    paragraph: int | None = columns.number(null=True)
    start: int | None = columns.number(null=True)
    end: int | None = columns.number(null=True)
    sha256: str | None = columns.text(null=True)
    match_length: int | None = columns.number(null=True)
    match_sha256: str | None = columns.text(null=True)


def store(entry: ClaimEntry, document: ClaimDocument, corpus: Corpus) -> Iterator[Stored]:
    """The rows of one claim."""
    yield ClaimRow, _values(entry, document)
    for event in dict.fromkeys(entry.events):
        yield ClaimEventRow, {"claim": entry.id, "event": event}
    for target in dict.fromkeys([*entry.events, *entry.actors]):
        yield ClaimAboutRow, {"claim": entry.id, "target": target}
    for position, actor in enumerate(entry.reported_by, 1):
        yield ClaimReporterRow, {"claim": entry.id, "position": position, "actor": actor}
    for actor in dict.fromkeys(entry.audience):
        yield ClaimAudienceRow, {"claim": entry.id, "actor": actor}
    for number, figure in enumerate(document.figures, 1):
        bounds = {"low": figure.low, "value": figure.value, "high": figure.high}
        whose = {"claim": entry.id, "number": number, "measure": figure.measure, "currency": currency(figure.unit)}
        as_of = {"as_of": figure.as_of and figure.as_of.edtf, "as_of_time": figure.as_of and figure.as_of.time}
        yield ClaimFigureRow, {**whose, **bounds, "approximate": figure.approximate, **as_of}
    for relation in document.relations:
        values = {"relation": relation.relation, "claim": relation.claim.id, "inverse": relation.inverse}
        yield ClaimRelationRow, {"claim_id": entry.id, **values}
    yield from _evidence(entry)
    speaker = corpus.names([entry.speaker.actor if entry.speaker else None])
    yield from text_rows(
        entry.id, [], [entry.text, entry.platform, entry.note], [*speaker, entry.voice(corpus), *_digits(document)]
    )


def _values(entry: ClaimEntry, document: ClaimDocument) -> dict[str, object]:
    speaker = entry.speaker
    return {
        "number": entry.id,
        **date_columns("said", entry.said),
        **known_columns("said", entry.said),
        **entry.members("type", "narrated", "on_behalf_of", "medium", "aspect", "quote", "modality"),
        "speaker": speaker.actor if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "attribution": speaker.attribution if speaker else None,
        "origin": document.origin,
        "platform": slugify(entry.platform) if entry.platform else None,
        "platform_name": entry.platform,
        "pinned": entry.pinned,
        **{name: getattr(document, name) for name in VERDICTS},
    }


def _digits(document: ClaimDocument) -> Iterator[str]:
    """The numbers of its figures as `39`, `2.5`, `1000000`, however its text writes them."""
    for figure in document.figures:
        given = dict.fromkeys(number for number in (figure.low, figure.value, figure.high) if number is not None)
        yield from (in_digits(number) for number in given)


def _evidence(entry: ClaimEntry) -> Iterator[Stored]:
    for number, evidence in enumerate(entry.evidence, 1):
        match = evidence.match
        yield (
            EvidenceRow,
            evidence.members("source", "role", "paragraph", "start", "end", "sha256")
            | {"claim": entry.id, "number": number}
            | {"match_length": match.length if match else None, "match_sha256": match.sha256 if match else None},
        )
