"""How sentences about a question put its parameters: what is not here reads `whose NAME is VALUE`."""

from collections.abc import Sequence

PHRASES = {
    "id": "that are “{}”",
    "dossier": "of the dossier “{}”",
    "layer": "of the layer {}",
    "type": "of the type {}",
    "relation.type": "of the type “{}”",
    "mode": "of the mode {}",
    "context": "in the context {}",
    "date": "dated",
    "said": "said",
    "role": "in which somebody takes part as {}",
    "side": "in which somebody is on {}",
    "place": "in or anywhere inside {}",
    "place_precision": "whose place is known as {}",
    "within": "anywhere inside {}",
    "country": "of the country {}",
    "event.country": "at a place of the country {}",
    "part_of": "that are directly part of “{}”",
    "measure": "with a figure for “{}”",
    "currency": "with a figure in {}",
    "min": "with a figure of possibly {} or more",
    "max": "with a figure of possibly {} or less",
    "gap": "that leave “{}” open",
    "speaker": "made by {}",
    "reported_by": "handed on by {}",
    "event": "about “{}”",
    "about": "about “{}”",
    "medium": "made public by “{}”",
    "source": "written in “{}”",
    "platform": "made public at “{}”",
    "aspect": "that answer “{}”",
    "relation": "joined to another claim, from either side, by “{}”",
    "with": "joined to the claim “{}”",
    "quote": "that are “{}”",
    "modality": "of the modality {}",
    "office": "that held the office “{}”",
    "post": "for the office “{}”",
    "on": "that held on {}",
    "office.on": "that held an office on {}",
    "identifier": "identified elsewhere by {}",
    "publisher": "published by {}",
    "language": "in the language {}",
    "licence": "under the licence {}",
    "actor": "with {} at either end",
    "subject": "from {}",
    "object": "to {}",
    "kind": "of the kind {}",
}

# How a parameter goes on after another one about the same row, such as the actor who has the role.
FURTHER = {
    "role": " as {}",
    "side": " on {}",
    "with": ", namely “{}”",
    "currency": " in {}",
    "min": ", possibly {} or more",
    "max": ", possibly {} or less",
    "on": " on {}",
}

WITHOUT = {"said": "without a day of saying"}

FLAGS = {
    "narrated": ("that a source makes in its own voice", "that a source does not make in its own voice"),
    "contested": ("that are at odds with a claim of another voice", "that are at odds with no claim of another voice"),
    "corroborated": (
        "that a claim of another voice and origin confirms or supports",
        "that no claim of another voice and origin confirms or supports",
    ),
    "differing": ("whose figures differ", "whose figures do not differ"),
    "disputed": ("whose figures cannot both be so", "whose figures are not disputed"),
    "agreeing": ("whose exact figure another voice gives too", "whose figure no other voice gives too"),
    "pinned": ("pinned in a text at hand", "pinned in no text"),
    "archived": ("of which an archive keeps a copy", "of which no archive is recorded to keep a copy"),
}


def phrase(table: str, name: str, values: Sequence[str]) -> str:
    """The phrase of a parameter over that table, with what people call its values."""
    return _put(
        PHRASES.get(f"{table}.{name}") or PHRASES.get(name) or f"whose {name.replace('_', ' ')} is {{}}", values
    )


def further(name: str, values: Sequence[str]) -> str:
    """What follows a phrase about the same row."""
    return _put(FURTHER[name], values)


def _put(pattern: str, values: Sequence[str]) -> str:
    return pattern.format(("” or “" if "“{}”" in pattern else " or ").join(values))
