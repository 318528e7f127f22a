"""One edit of the small dossier for each kind of finding; it spoils exactly one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Edit:
    """In `file`, `old` becomes `new`; with no `old`, `new` is added at the end. The finding is on that line."""

    file: str
    line: int
    old: str
    new: str | bytes
    before: Mapping[str, str] = field(default_factory=dict)  # the ids of the predecessor
    also: str = ""  # the sound entry of a person that the faulty one needs
    link: str = ""  # where the file leads, which then is a symbolic link

    def make(self, folder: Path) -> None:
        path = folder / self.file
        path.parent.mkdir(exist_ok=True)
        if self.link:
            path.symlink_to(self.link)
            return
        raw = path.read_bytes() if path.exists() else b""
        old, new = self.old.encode(), self.new.encode() if isinstance(self.new, str) else self.new
        assert old in raw, f"{self.file} has no {self.old!r}"
        path.write_bytes(raw.replace(old, new, 1) if old else raw + new)
        if self.also:
            (folder / NEW).write_text(self.also, encoding="utf-8")


NEW = "actors.yaml"  # a file that the small dossier has not
ACTOR = "- id: somebody\n  type: group\n  name: somebody\n"
WIKIDATA = "- {id: somebody, type: group, name: somebody,\n   identifiers: {\n    wikidata: Q42}}\n"
SHA = "0" * 64
CLAIM = "- {id: another, text: Another., type: report, narrated: true, "
WRITTEN = "evidence: [{source: hallvik-harbour-minutes}]}\n"
DENIED = """medium: unspecified
  events: [hallvik-ferry-strike]
  aspect: attendance
  figures:
    - {measure: attendance, high: 80}
  relations:
    - {relation: disputes"""
ROPE = """  origin: observer-on-the-quay
  evidence:
    - source: hallvik-observer-note
      paragraph: 1
      start: 90"""
ANCHOR = f"paragraph: 1, start: 0, end: 9, sha256: {SHA}, match: {{length: 9, sha256: {SHA}}}"


def actor(old: str, new: str) -> str:
    """An actor of its own, spoilt."""
    return ACTOR.replace(old, new, 1)


TERM = "measures:\n- id: leaked\n  label: Leaked\n  unit: t\n  definition: What ran out.\n"


def term(old: str, new: str) -> Edit:
    """A term of its own, spoilt; the finding is on the line of what was spoilt."""
    text = TERM.replace(old, new, 1)
    return Edit("vocabularies.yaml", text.partition(new)[0].count("\n") + 1, "", text)


TERMS = {
    "closed-vocabulary": Edit(
        "vocabularies.yaml", 2, "", TERM.replace("measures", "layers").replace("  unit: t\n", "")
    ),
    "term-defined-twice": term("id: leaked", "id: killed"),
    "broader-circle": term("unit: t", "broader: leaked\n  unit: t"),
    "member-of-other-vocabulary": term("unit: t", "inverse: ran in\n  unit: t"),
    "bad-unit": term("unit: t", "unit: tonnes"),
}

FILES = {
    "yaml-syntax": Edit(NEW, 3, "", actor("name: ", "name: some: ")),
    "tab-indent": Edit(NEW, 3, "", actor("  name", "\tname")),
    "json-syntax": Edit("actors.ndjson", 2, "", '{"id": "somebody", "type": "group", "name": "somebody"}\n{\n'),
    "byte-order-mark": Edit(NEW, 1, "", "\ufeff" + ACTOR),
    "not-utf-8": Edit(NEW, 3, "", actor("name: somebody", "name: René").encode("latin-1")),
    "control-character": Edit(NEW, 3, "", actor("name: somebody", r'name: "some\0body"')),
    "bidi-control": Edit(NEW, 3, "", actor("name: somebody", "name: some\u202ebody")),
    "invisible-character": Edit(NEW, 3, "", actor("name: somebody", "name: some\u200bbody")),
    "padded-text": Edit(NEW, 3, "", actor("name: somebody", 'name: "somebody "')),
    "merge-marker": Edit(NEW, 4, "", ACTOR + "<<<<<<< HEAD\n"),
    "duplicate-key": Edit(NEW, 4, "", ACTOR + "  type: person\n"),
    "alias-used": Edit(NEW, 3, "", actor("name: ", "name: &name ")),
    "tag-used": Edit(NEW, 3, "", actor("name: ", "name: !!str ")),
    "unexpected-file": Edit("actor.yaml", 1, "", ACTOR),
    "file-outside": Edit(NEW, 1, "", "", link=__file__),
    "empty-file": Edit(NEW, 1, "", "[]\n"),
    "not-a-list": Edit(NEW, 1, "", actor("- ", "  ")),
    "not-a-mapping": Edit(NEW, 4, "", ACTOR + "- somebody else\n"),
}

FIELDS = {
    "unknown-field": Edit("events.yaml", 12, "side: side-a", "sides: side-a"),
    "missing-field": Edit("events.yaml", 12, "role: target, ", ""),
    "wrong-type": Edit("events.yaml", 7, "date: 2021-03-14", "date: 2021"),
    "invalid-value": Edit("places.yaml", 12, "lon: 5.25", "lon: 200"),
    "bad-date": Edit("events.yaml", 7, "date: 2021-03-14", "date: 2021-13"),
    "issued-not-a-day": Edit("dossier.yaml", 3, "2021-05-01", "2021-02-29"),
    "bad-id": Edit(NEW, 1, "", actor("somebody", "some_body")),
    "unknown-term": Edit("events.yaml", 11, "role: supporter", "role: suporter"),
    "bad-link": Edit("sources.yaml", 7, "https://example.org", "example.org"),
    "unsafe-link": Edit("sources.yaml", 7, "https://example.org", "data://example.org"),
    "identifier-malformed": Edit(NEW, 5, "", ACTOR + "  identifiers:\n    wikidata: q42\n"),
    "listed-twice": Edit("events.yaml", 6, "[strike, demo]", "[strike, demo, strike]"),
    "licence-not-spdx": Edit("dossier.yaml", 4, "CC-BY-4.0", "Creative Commons Attribution"),
    "same-identifier": Edit(NEW, 6, "", WIKIDATA + WIKIDATA.replace("somebody", "nobody")),
    "citation-of-other-edition": Edit("dossier.yaml", 5, "edition hallvik-2.", "edition 2019.1."),
}

IDS = {
    "duplicate-id": Edit("removed.yaml", 1, "id: hallvik-overtime-ban", "id: hallvik"),
    "dangling-reference": Edit("events.yaml", 8, "place: hallvik", "place: halvik"),
    "outdated-reference": Edit("claims.yaml", 7, "[hallvik-ferry-strike]", "[hallvik-ferry-walkout]"),
    "wrong-kind-of-reference": Edit("events.yaml", 8, "place: hallvik", "place: ingrid-solem"),
    "id-like-a-number": Edit(NEW, 1, "", actor("somebody", '"007"')),
    "vanished-id": Edit("dossier.yaml", 1, "", "", {"hallvik-lost": "place", "hallvik-ferry-walkout": "event"}),
    "changed-kind": Edit("events.yaml", 2, "", "", {"hallvik-ferry-walkout": "claim"}),
}

CLAIMS = {
    "no-evidence": Edit("claims.yaml", 87, "  evidence:\n    - source: hallvik-harbour-minutes\n", ""),
    "nobody-speaks": Edit("claims.yaml", 1, "  narrated: true\n", ""),
    "narrated-with-speaker": Edit("claims.yaml", 5, "narrated: true\n", "narrated: true\n  speaker: ingrid-solem\n"),
    "unknown-aspect": Edit("claims.yaml", 9, "aspect: attendance", "aspect: weather"),
    "no-count": Edit("claims.yaml", 11, "value: 300", "value: 1.200"),
    "bad-currency": Edit("claims.yaml", 11, "value: 300", "value: 300, currency: NOK"),
    "figure-reversed": Edit("claims.yaml", 11, "value: 300", "low: 301, value: 300"),
    "measure-mismatch": Edit("claims.yaml", 11, "measure: attendance", "measure: troops"),
    "unit-mismatch": Edit("claims.yaml", 11, "measure: attendance", "measure: tariff-rate"),
    "time-without-day": Edit("claims.yaml", 11, "value: 300", 'value: 300, as_of: "2021-03T09:30+01:00"'),
    "correction-backward": Edit(
        "claims.yaml",
        31,
        DENIED,
        DENIED.replace("medium: unspecified", "said: 2021-03-13").replace("disputes", "updates"),
    ),
    "correction-circle": Edit(
        "claims.yaml",
        95,
        "",
        CLAIM
        + "relations: [{relation: updates, claim: further}], "
        + WRITTEN
        + CLAIM.replace("another", "further")
        + "relations: [{relation: corrects, claim: another}], "
        + WRITTEN,
    ),
    "said-after-published": Edit("claims.yaml", 6, "said: 2021-03-15", "said: 2021-03-16"),
    "figure-undated": Edit("claims.yaml", 29, "type: denial", "type: assertion"),
    "origin-once": Edit("claims.yaml", 12, ROPE, ROPE.partition("\n")[2]),
    "answer-not-joined": Edit(
        "claims.yaml",
        95,
        "",
        CLAIM.replace("report", "accusation")
        + "events: [hallvik-ferry-strike], actors: [ingrid-solem], aspect: purpose, "
        + WRITTEN,
    ),
}

ANCHORS = {
    "no-anchor": Edit("claims.yaml", 95, "", CLAIM + "evidence: [{source: hallvik-observer-note}]}\n"),
    "words-not-anchored": Edit(
        "claims.yaml", 95, "", CLAIM + 'evidence: [{source: hallvik-observer-note, words: "on the quay"}]}\n'
    ),
    "anchor-without-text": Edit(
        "claims.yaml", 94, "source: hallvik-harbour-minutes", "{source: hallvik-harbour-minutes, " + ANCHOR + "}"
    ),
    "incomplete-anchor": Edit("claims.yaml", 14, "      paragraph: 1\n", ""),
    "anchor-reversed": Edit("claims.yaml", 17, "end: 84", "end: 50"),
    "anchor-outside-text": Edit("claims.yaml", 71, "end: 372", "end: 500"),
    "anchor-outside-paragraph": Edit("claims.yaml", 15, "paragraph: 1", "paragraph: 2"),
    "anchor-inside-word": Edit("claims.yaml", 16, "start: 50", "start: 52"),
    "anchor-too-long": Edit("claims.yaml", 36, "start: 191\n      end: 215", "start: 153\n      end: 397"),
    "incomplete-text": Edit("sources.yaml", 1, "  length: ", "  # length: "),
    "paragraphs-overlap": Edit("sources.yaml", 12, "start: 153", "start: 150"),
    "paragraph-outside-text": Edit("sources.yaml", 13, "end: 466}\n  furniture", "end: 468}\n  furniture"),
    "furniture-outside-text": Edit("sources.yaml", 15, "end: 466, reason", "end: 468, reason"),
}

RECORDS = {
    "event-without-claim": Edit("events.yaml", 39, "", "- {id: hallvik-silence, title: Silence, type: protest}\n"),
    "mode-of-other-type": Edit("events.yaml", 6, "[strike, demo]", "[strike, firearms]"),
    "other-without-note": Edit("sources.yaml", 18, "type: transcript", "type: other"),
    "gap-without-aspect": Edit("events.yaml", 20, "{aspect: duration", "{aspect: length"),
    "part-of-cycle": Edit("events.yaml", 27, "part_of: hallvik-ferry-strike", "part_of: hallvik-ramp-blockade"),
    "part-at-other-time": Edit("events.yaml", 25, "edtf: 2021-03-14", "edtf: 2021-04"),
    "relation-to-itself": Edit("events.yaml", 14, "event: hallvik-wage-talks", "event: hallvik-ferry-strike"),
    "relation-reversed": Edit("relations.yaml", 15, "to: 2023-09", "to: 2013-09"),
    "office-without-post": Edit("relations.yaml", 4, "  post: Chair", "  # post: Chair"),
    "class-of-no-organisation": Edit("people.yaml", 16, "", "  classification: state\n"),
    "main-name": Edit("people.yaml", 5, "type: short", "type: main"),
    "person-on-one-source": Edit(
        "claims.yaml",
        95,
        "",
        CLAIM + "layer: background, actors: [somebody], evidence: [{source: hallvik-observer-note}]}\n",
        also=ACTOR.replace("group", "person"),
    ),
    "post-without-words": Edit("relations.yaml", 6, "Chair of the Dockers' Union of Vestmark", "“…”"),
    "null-point": Edit("places.yaml", 11, "lat: 61.5\n  lon: 5.25", "lat: 0\n  lon: 0"),
    "point-far-away": Edit(
        "places.yaml", 15, "", "- {id: moss, name: Moss, country: NO, precision: town,\n   lat: 5.5, lon: 61.25}\n"
    ),
    "place-cycle": Edit("places.yaml", 10, "within: vestmark", "within: hallvik"),
    "half-a-point": Edit("places.yaml", 11, "  lon: 5.25\n", ""),
    "point-for-region": Edit("places.yaml", 11, "precision: town", "precision: district"),
    "radius-without-point": Edit("places.yaml", 5, "precision: region", "precision: region\n  uncertainty_km: 40"),
    "point-missing": Edit("places.yaml", 11, "  lat: 61.5\n  lon: 5.25\n", ""),
}

EDITS = FILES | FIELDS | TERMS | IDS | CLAIMS | ANCHORS | RECORDS
