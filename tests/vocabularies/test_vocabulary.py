"""Every vocabulary file is well formed, and those that follow a standard follow it."""

import re

import pytest
from pydantic import ValidationError

from app.values.nearest import nearest
from app.values.units import is_unit
from app.vocabularies import Vocabulary, load, names, vocabularies

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RELATIONS = ("actor-relations", "claim-relations", "event-relations")
PLOVER_TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST "
    "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
)
# PLOVER gives modes to these types only, so many each.
PLOVER_MODES = {"consult": 4, "retreat": 6, "request": 4, "accuse": 3, "reject": 4, "threaten": 6, "protest": 7} | {
    "sanction": 4,
    "mobilize": 4,
    "coerce": 10,
    "assault": 15,
}
MEMBERS = {
    "event-modes": {"applies_to"},
    "measures": {"unit", "money"},
    "place-precisions": {"point"},
    "identifier-schemes": {"any_case", "check", "pattern", "url"},
    "countries": {"code", "numeric", "status"},
} | {key: {"inverse", "symmetric"} for key in RELATIONS}
COMMON = {"aliases", "broader", "coded", "id", "label", "definition", "exact_match"}

each_vocabulary = pytest.mark.parametrize("name", names())


def test_there_are_vocabularies_and_an_unknown_name_is_none_of_them() -> None:
    assert len(names()) == 26
    assert list(vocabularies()) == list(names()) == sorted(names())
    with pytest.raises(KeyError):
        load("no-such-vocabulary")


@each_vocabulary
def test_a_file_says_its_own_name_and_has_terms(name: str) -> None:
    vocabulary = load(name)
    assert vocabulary.name == name
    assert vocabulary.terms
    assert re.fullmatch(r"\d+\.\d+", vocabulary.version)
    assert vocabulary.about.endswith(".")
    assert all(work.url.startswith("http") for work in vocabulary.sources)
    assert load(name) is vocabulary


@each_vocabulary
def test_ids_are_keys_and_slugs(name: str) -> None:
    shape = re.compile(r"[A-Z]{2}([A-Z]{2})?") if name == "countries" else SLUG
    for id_, term in load(name).terms.items():
        assert term.id == id_
        assert shape.fullmatch(id_)


@each_vocabulary
def test_labels_are_unique_in_their_vocabulary(name: str) -> None:
    labels = [term.label for term in load(name).terms.values() if term.status != "withdrawn"]
    assert len(set(labels)) == len(labels)


@each_vocabulary
def test_a_definition_is_one_sentence(name: str) -> None:
    for term in load(name).terms.values():
        assert re.fullmatch(r"[A-Z][^.!?]*\.", term.definition), term.id


@each_vocabulary
def test_terms_use_only_the_members_of_their_vocabulary(name: str) -> None:
    allowed = COMMON | MEMBERS.get(name, set())
    for term in load(name).terms.values():
        assert term.model_fields_set <= allowed, term.id


@each_vocabulary
def test_the_document_has_the_shape_of_the_file(name: str) -> None:
    vocabulary = load(name)
    document = vocabulary.document()
    assert Vocabulary.model_validate(document) == vocabulary
    assert isinstance(document["terms"], list)
    assert [term["id"] for term in document["terms"]] == list(vocabulary.terms)


def test_two_terms_of_one_id_and_unknown_members_are_refused() -> None:
    term = {"id": "a", "label": "A", "definition": "It is so."}
    file = {"name": "x", "title": "X", "version": "1.0", "about": "For a test."}
    assert list(Vocabulary.model_validate(file | {"terms": [term]}).terms) == ["a"]
    with pytest.raises(ValidationError, match="two terms share an id"):
        Vocabulary.model_validate(file | {"terms": [term, term]})
    with pytest.raises(ValidationError, match="colour"):
        Vocabulary.model_validate(file | {"terms": [term | {"colour": "red"}]})
    with pytest.raises(ValidationError, match="definition"):
        Vocabulary.model_validate(file | {"terms": [term | {"definition": ""}]})


def test_event_types_have_those_of_plover_among_them() -> None:
    coded = [term.coded["plover"] for term in load("event-types").terms.values() if "plover" in term.coded]
    assert " ".join(coded) == PLOVER_TYPES


@pytest.mark.parametrize("name", ["event-types", "participation-roles", "source-types"])
def test_a_type_that_must_be_there_can_be_another_one(name: str) -> None:
    assert [id for id, term in load(name).terms.items() if "note" in term.definition] == ["other"]


@pytest.mark.parametrize("word", ["author", "Authors", "writer"])
def test_nobody_who_wrote_is_taken_for_one_who_ordered(word: str) -> None:
    roles = load("participation-roles")
    assert (roles.called(word) or nearest(word, roles.terms)) == "author"


@each_vocabulary
def test_a_broader_term_is_one_of_the_same_vocabulary(name: str) -> None:
    terms = load(name).terms
    assert all(term.broader in terms for term in terms.values() if term.broader)


@each_vocabulary
def test_only_an_open_vocabulary_can_grow_and_a_closed_one_never(name: str) -> None:
    assert not (load(name).open and load(name).closed)


def test_codes_have_the_form_of_their_system() -> None:
    coded = [term.coded for term in load("event-types").terms.values()]
    assert {system for codes in coded for system in codes} == {"plover", "acled", "wikidata"}
    assert all(re.fullmatch("Q[1-9][0-9]*", codes["wikidata"]) for codes in coded if "wikidata" in codes)


def test_every_mode_names_types_that_exist_and_plover_has_as_many() -> None:
    modes = load("event-modes").terms.values()
    per_type = {name: sum(name in mode.applies_to for mode in modes) for name in load("event-types").terms}
    assert all(mode.applies_to and set(mode.applies_to) <= set(per_type) for mode in modes)
    assert {name: count for name, count in per_type.items() if count} == PLOVER_MODES


def test_a_mode_writes_its_types_as_for() -> None:
    document = load("event-modes").document()
    assert isinstance(document["terms"], list)
    assert {"coerce", "threaten"} == set(next(term["for"] for term in document["terms"] if term["id"] == "arrest"))


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_reads_from_both_ends(name: str) -> None:
    for term in load(name).terms.values():
        assert term.inverse, term.id
        assert term.symmetric == (term.inverse == term.label), term.id


def test_claim_relations_have_what_contested_and_corroborated_rest_on() -> None:
    assert {"contradicts", "disputes", "denies", "confirms", "supports", "updates", "corrects"} <= set(
        load("claim-relations").terms
    )


def test_a_region_has_no_point() -> None:
    points = {term.id: term.point for term in load("place-precisions").terms.values()}
    assert points.pop("country") == "centroid"
    assert {name for name, point in points.items() if point == "none"} == {"district", "region"}
    assert None not in points.values()


def test_every_measure_has_a_unit_or_is_money() -> None:
    assert all(term.money != is_unit(term.unit or "") for term in load("measures").terms.values())


@pytest.mark.parametrize(
    ("scheme", "good", "bad"),
    [
        ("wikidata", "Q222031", "222031"),
        ("geonames", "792680", "0792680"),
        ("iso-3166-1-alpha-3", "SRB", "srb"),
        ("iso-3166-1-numeric", "008", "8"),
        ("plover", "KOS", "KO"),
        ("isni", "000000012146438X", "0000 0001 2146 438X"),
        ("doi", "10.1177/0022343313494396", "https://doi.org/10.1177/0022343313494396"),
        ("url", "https://example.org/a", "example.org/a"),
        ("orcid", "0000-0002-1825-0097", "0000000218250097"),
        ("ror", "03yrm5c26", "https://ror.org/03yrm5c26"),
        ("lei", "HWUPKR0MPOU8FGXBT394", "hwupkr0mpou8fgxbt394"),
        ("ecli", "ECLI:EU:C:2014:317", "EU:C:2014:317"),
        ("cve", "CVE-2021-44228", "2021-44228"),
        ("imo", "9074729", "IMO 9074729"),
    ],
)
def test_identifier_patterns(scheme: str, good: str, bad: str) -> None:
    pattern = load("identifier-schemes").terms[scheme].pattern
    assert pattern
    assert re.fullmatch(pattern, good)
    assert not re.fullmatch(pattern, bad)


def test_every_identifier_scheme_has_an_anchored_pattern_and_a_fillable_address() -> None:
    for term in load("identifier-schemes").terms.values():
        assert term.pattern
        assert re.compile(term.pattern)
        assert term.pattern[0] + term.pattern[-1] == "^$"
        assert term.url is None or term.url.count("{value}") == 1


def test_a_term_that_is_gone_is_called_by_its_id() -> None:
    terms = load("event-types").terms
    assert (terms["general-strike"].label, "general-strike" in terms) == ("general strike", False)
