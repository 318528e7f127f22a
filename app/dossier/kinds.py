"""Every kind of finding that a check can report, each with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class FindingKind:
    """`slug` names it for good, `cure` tells the curator what to do; a warning does not stop a release."""

    slug: str
    title: str
    cure: str
    severity: Severity = "error"


_FILES = (
    FindingKind(
        "yaml-syntax",
        "No valid YAML",
        "mend this line or the one before it; a text with a colon and a blank needs quotes",
    ),
    FindingKind("tab-indent", "Tab before a line", "indent with blanks"),
    FindingKind("json-syntax", "No valid JSON", "write one JSON object a line"),
    FindingKind("byte-order-mark", "Byte order mark", "save the file as UTF-8 without a byte order mark"),
    FindingKind("not-utf-8", "Not UTF-8", "save the file as UTF-8"),
    FindingKind("control-character", "Control character in a text", "take the character out"),
    FindingKind(
        "bidi-control", "Control of direction", "take the character out: what is read differs from what is written"
    ),
    FindingKind(
        "invisible-character", "Invisible character", "take the character out, or write the text again by hand"
    ),
    FindingKind("padded-text", "Blank at the end of a text", "take the blank out"),
    FindingKind("merge-marker", "Unfinished merge", "choose one of the two versions, and take the marks out"),
    FindingKind("duplicate-key", "Field given twice", "keep one of the two"),
    FindingKind("alias-used", "Anchor, alias or merge key", "write the values out, so that each entry reads by itself"),
    FindingKind("tag-used", "YAML tag", "take the tag out; put a text that looks like a number between quotes"),
    FindingKind("unexpected-file", "File that nobody reads", "rename it, or take it out of the dossier"),
    FindingKind(
        "file-outside", "Link out of the dossier", "put the file itself into the dossier, or take the link out"
    ),
    FindingKind("empty-file", "File without entries", "add entries, or delete the file"),
    FindingKind("not-a-list", "No list of entries", "begin each entry with a hyphen and a blank"),
    FindingKind("not-a-mapping", "No fields", "write fields, as in id: some-id"),
)

_FIELDS = (
    FindingKind("unknown-field", "Unknown field", "correct the name, or take the field out"),
    FindingKind("missing-field", "Missing field", "add the field"),
    FindingKind("wrong-type", "Value of another type", "give what is expected; a text like 2019 or true needs quotes"),
    FindingKind("invalid-value", "Value out of bounds", "give a value that is allowed"),
    FindingKind("bad-date", "Not a date", "write the date in one of the accepted forms"),
    FindingKind("issued-not-a-day", "Edition not issued on a day", "write a day of the calendar as YYYY-MM-DD"),
    FindingKind("bad-id", "Malformed id", "write lower-case words of a to z and 0 to 9 joined by single hyphens"),
    FindingKind("unknown-term", "Unknown term", "choose a term of the vocabulary"),
    FindingKind("bad-link", "Malformed link", "copy the address again, or take it out"),
    FindingKind("unsafe-link", "Unsafe link", "give a web address that begins with https:// or http://"),
    FindingKind("identifier-malformed", "Malformed identifier", "copy the identifier again, without its address"),
    FindingKind("listed-twice", "Listed twice", "take one of the two out"),
    FindingKind(
        "licence-not-spdx", "No SPDX identifier", "write an identifier of spdx.org/licenses, such as CC-BY-4.0"
    ),
    FindingKind(
        "same-identifier", "Identifier of two records", "correct one of the two, or merge the records", "warning"
    ),
    FindingKind(
        "citation-of-other-edition", "Citation of another edition", "name this edition, or none", severity="warning"
    ),
)

_TERMS = (
    FindingKind(
        "closed-vocabulary", "No vocabulary for own terms", "take the term out, or add it to a vocabulary that is open"
    ),
    FindingKind("term-defined-twice", "Term defined already", "use the one that is there, or give this one another id"),
    FindingKind("broader-circle", "Term broader than itself", "take out one broader of the circle"),
    FindingKind("member-of-other-vocabulary", "Member of other terms", "take the member out"),
    FindingKind(
        "bad-unit",
        "No unit",
        "give a code of UCUM, such as kg, or in braces what is counted, as {person}",
    ),
)

_IDS = (
    FindingKind("duplicate-id", "Id used twice", "give one of the two another id"),
    FindingKind(
        "dangling-reference",
        "Reference to nothing",
        "correct the id, add the entry, or check it with the dossier that has it",
    ),
    FindingKind("outdated-reference", "Reference to a former id", "refer to a record that is there"),
    FindingKind("wrong-kind-of-reference", "Reference to another kind", "refer to a record of the kind expected"),
    FindingKind(
        "id-like-a-number",
        "Id like a number or date",
        "add a word, as in flight-007, if it is not published yet",
        "warning",
    ),
    FindingKind("vanished-id", "Published id gone", "list it in formerly of its successor, or in removed.yaml"),
    FindingKind("changed-kind", "Id of another kind before", "choose a new id: a published one keeps its meaning"),
)

_CLAIMS = (
    FindingKind("no-evidence", "Claim without evidence", "say where it is written, or take the claim out"),
    FindingKind(
        "nobody-speaks", "Claim without speaker", "name the speaker, if only as an unnamed actor, or set narrated"
    ),
    FindingKind("narrated-with-speaker", "Narrated claim with a speaker", "take out narrated or speaker"),
    FindingKind("unknown-aspect", "Aspect that no event declares", "add it to the aspects of the event, or correct it"),
    FindingKind("no-count", "Figure that is no count", "write a whole number, nought or more"),
    FindingKind(
        "bad-currency",
        "Currency missing or out of place",
        "give a figure of money a currency of ISO 4217, such as EUR, and no other figure one",
    ),
    FindingKind("figure-reversed", "Figure out of order", "swap the numbers: low <= value <= high"),
    FindingKind("unit-mismatch", "Figure in another unit", "correct the aspect, or the measure of the figure"),
    FindingKind("time-without-day", "Time of no day", "give the day that the time is of, or take the time out"),
    FindingKind("correction-backward", "Replaces what was said later", "put the relation on the later claim"),
    FindingKind("correction-circle", "Claims that replace each other", "take out one relation of the circle"),
    FindingKind("said-after-published", "Said after the report of it", "correct the day, or name the right source"),
    FindingKind(
        "figure-undated", "Figure of no time beside others", "say as of when, or when it was said", severity="warning"
    ),
    FindingKind(
        "origin-once",
        "Origin of one claim alone",
        "give it to all claims of that origin, or take it out",
        severity="warning",
    ),
    FindingKind(
        "answer-not-joined",
        "Accusation without the answer",
        "say how the two claims stand to each other",
        severity="warning",
    ),
    FindingKind(
        "measure-mismatch", "Figure of another measure", "check that the claim answers this aspect", severity="warning"
    ),
)

_ANCHORS = (
    FindingKind("no-anchor", "No passage named", "anchor it: the text of this source is at hand"),
    FindingKind(
        "words-not-anchored",
        "Words in place of an anchor",
        "run: onrecord anchor --write DOSSIER --texts FOLDER, with the text of the source in FOLDER",
    ),
    FindingKind("anchor-without-text", "Passage of no text", "describe the text in its source, or take the anchor out"),
    FindingKind("incomplete-anchor", "Half an anchor", "give paragraph, start, end, sha256 and match, or none of them"),
    FindingKind("anchor-reversed", "Passage ends before it starts", "swap start and end"),
    FindingKind("anchor-outside-text", "Passage beyond the text", "anchor the claim in the text again"),
    FindingKind("anchor-outside-paragraph", "Passage not in its paragraph", "name the paragraph that holds all of it"),
    FindingKind(
        "anchor-inside-word", "Passage cut inside a word", "anchor whole words: onrecord anchor prints the offsets"
    ),
    FindingKind("anchor-too-long", "Long passage", "choose the shortest passage that carries it, or say why in whole"),
    FindingKind("incomplete-text", "Text half described", "give sha256, length and paragraphs, or none of them"),
    FindingKind("paragraphs-overlap", "Paragraphs out of order", "list them as they follow each other in the text"),
    FindingKind("paragraph-outside-text", "Paragraph beyond the text", "describe the paragraphs of the text again"),
    FindingKind("furniture-outside-text", "Furniture beyond the text", "give a stretch of the text, start before end"),
)

_RECORDS = (
    FindingKind("event-without-claim", "Event without claim", "add a claim about it, or take the event out"),
    FindingKind("mode-of-other-type", "Mode of another type", "choose a mode of the event's type, or change the type"),
    FindingKind("other-without-note", "Other, and no word on it", "say in note what it is, or choose a term that fits"),
    FindingKind("gap-without-aspect", "Gap without aspect", "add the question to the aspects of the event"),
    FindingKind("part-of-cycle", "Event part of itself", "take out one part_of of the circle"),
    FindingKind(
        "part-at-other-time",
        "Part of an event at another time",
        "correct one of the two dates, or link the events by follows",
        severity="warning",
    ),
    FindingKind("relation-to-itself", "Relation to itself", "name another record, or take the relation out"),
    FindingKind("relation-reversed", "Relation ends before it starts", "swap from and to"),
    FindingKind("office-without-post", "Post and office apart", "an office, and only an office, has a post"),
    FindingKind("post-without-words", "Post without words", "write what the post is called"),
    FindingKind("null-point", "Point 0, 0", "give the point of the place, or take lat and lon out", severity="warning"),
    FindingKind("point-far-away", "Point far away", "check lat, lon and country", severity="warning"),
    FindingKind(
        "class-of-no-organisation", "Classified person or group", "take out classification, or change the type"
    ),
    FindingKind("main-name", "Another main name", "give the type main to one name, the same as in name"),
    FindingKind(
        "person-on-one-source",
        "Person named by one page",
        "name a second source or an official one, or leave the name out",
        severity="warning",
    ),
    FindingKind("place-cycle", "Place within itself", "take out one within of the circle"),
    FindingKind("half-a-point", "Half a point", "give lat and lon, or neither"),
    FindingKind(
        "point-for-region",
        "Point for a region",
        "take out lat and lon, say in uncertainty_km how far from them it may be, or give the precision they have",
    ),
    FindingKind("radius-without-point", "Radius around no point", "give lat and lon, or take out uncertainty_km"),
    FindingKind("point-missing", "Precision without point", "give lat and lon, or the precision district or region"),
)

KINDS: Final[Mapping[str, FindingKind]] = {
    kind.slug: kind for kind in (*_FILES, *_FIELDS, *_TERMS, *_IDS, *_CLAIMS, *_ANCHORS, *_RECORDS)
}
