"""Controlled vocabularies, and for each of them the named type of a string that is one of its terms."""

from typing import Annotated

from typing_extensions import TypeAliasType

from app.vocabularies.in_use import CORE, Vocabularies, load, names, own_terms, use, using, vocabularies
from app.vocabularies.term import Term, UnknownTerm
from app.vocabularies.vocabulary import TermEntry, Vocabulary, Work

ActorRelation = TypeAliasType("ActorRelation", Annotated[str, Term("actor-relations")])
ActorType = TypeAliasType("ActorType", Annotated[str, Term("actor-types")])
ClaimRelation = TypeAliasType("ClaimRelation", Annotated[str, Term("claim-relations")])
ClaimType = TypeAliasType("ClaimType", Annotated[str, Term("claim-types")])
Country = TypeAliasType("Country", Annotated[str, Term("countries")])
DateBasis = TypeAliasType("DateBasis", Annotated[str, Term("date-bases")])
DatePrecision = TypeAliasType("DatePrecision", Annotated[str, Term("date-precisions")])
EventContext = TypeAliasType("EventContext", Annotated[str, Term("event-contexts")])
EventMode = TypeAliasType("EventMode", Annotated[str, Term("event-modes")])
EventRelation = TypeAliasType("EventRelation", Annotated[str, Term("event-relations")])
EventType = TypeAliasType("EventType", Annotated[str, Term("event-types")])
EvidenceRole = TypeAliasType("EvidenceRole", Annotated[str, Term("evidence-roles")])
IdentifierScheme = TypeAliasType("IdentifierScheme", Annotated[str, Term("identifier-schemes")])
Layer = TypeAliasType("Layer", Annotated[str, Term("layers")])
Measure = TypeAliasType("Measure", Annotated[str, Term("measures")])
Medium = TypeAliasType("Medium", Annotated[str, Term("media")])
Modality = TypeAliasType("Modality", Annotated[str, Term("modalities")])
NameType = TypeAliasType("NameType", Annotated[str, Term("name-types")])
OrganisationClassification = TypeAliasType(
    "OrganisationClassification", Annotated[str, Term("organisation-classifications")]
)
ParticipationRole = TypeAliasType("ParticipationRole", Annotated[str, Term("participation-roles")])
ParticipationSide = TypeAliasType("ParticipationSide", Annotated[str, Term("participation-sides")])
PlacePrecision = TypeAliasType("PlacePrecision", Annotated[str, Term("place-precisions")])
PlaceStatus = TypeAliasType("PlaceStatus", Annotated[str, Term("place-statuses")])
Quote = TypeAliasType("Quote", Annotated[str, Term("quotes")])
SourceType = TypeAliasType("SourceType", Annotated[str, Term("source-types")])
TitleBasis = TypeAliasType("TitleBasis", Annotated[str, Term("title-bases")])

__all__ = [
    "CORE",
    "ActorRelation",
    "ActorType",
    "ClaimRelation",
    "ClaimType",
    "Country",
    "DateBasis",
    "DatePrecision",
    "EventContext",
    "EventMode",
    "EventRelation",
    "EventType",
    "EvidenceRole",
    "IdentifierScheme",
    "Layer",
    "Measure",
    "Medium",
    "Modality",
    "NameType",
    "OrganisationClassification",
    "ParticipationRole",
    "ParticipationSide",
    "PlacePrecision",
    "PlaceStatus",
    "Quote",
    "SourceType",
    "Term",
    "TermEntry",
    "TitleBasis",
    "UnknownTerm",
    "Vocabularies",
    "Vocabulary",
    "Work",
    "load",
    "names",
    "own_terms",
    "use",
    "using",
    "vocabularies",
]
