"""What entries make of what is written: labels with their voice, times beside days, main names."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.entries.actors import ActorEntry
from app.entries.claims import Figure
from app.entries.sources import SourceEntry
from derive.tiny import actors, claim, corpus, entry


@pytest.mark.parametrize(
    ("members", "speaker", "label"),
    [
        ({}, "ana", "ana: Something is so."),
        ({"evidence": [{"source": "paper"}]}, None, "The Times, in its own voice: Something is so."),
        ({"evidence": [{"source": "note"}]}, None, "A note, in its own voice: Something is so."),
        ({}, None, "Something is so."),
    ],
)
def test_a_claim_is_called_by_its_voice_and_its_text(members: Any, speaker: str | None, label: str) -> None:
    sources = [entry(SourceEntry, "paper", publisher="times"), entry(SourceEntry, "note", title="A note")]
    times = entry(ActorEntry, "times", name="The Times")
    one = claim("one", speaker, **members)
    assert corpus(*actors("ana"), times, *sources, one).label("one") == label


@pytest.mark.parametrize(
    ("given", "edtf", "time", "basis"),
    [
        ("2019-05-28", "2019-05-28", None, "stated"),
        ("2019-05-28T17:09+02:00", "2019-05-28", "17:09+02:00", "stated"),
        ({"edtf": "2019-05-28T17:09Z", "basis": "inferred"}, "2019-05-28", "17:09Z", "inferred"),
        ({"edtf": "2019-05-28", "time": "17:09Z"}, "2019-05-28", "17:09Z", "stated"),
        ("2019-05/2019-06", "2019-05/2019-06", None, "stated"),
    ],
)
def test_a_figure_holds_for_a_day_or_an_hour(given: Any, edtf: str, time: str | None, basis: str) -> None:
    as_of = Figure.model_validate({"measure": "arrested", "as_of": given}).as_of
    assert as_of is not None
    assert (as_of.edtf, as_of.time, as_of.basis) == (edtf, time, basis)


@pytest.mark.parametrize("given", ["2019-05T17:09Z", "2019-05-28~T17:09Z", "2019-05-28T17:09", "2019-05-28T", 2019])
def test_an_hour_is_of_one_day(given: Any) -> None:
    with pytest.raises(ValidationError):
        Figure.model_validate({"measure": "arrested", "as_of": given})


def test_the_main_name_may_say_its_language_and_no_other_name_is_it() -> None:
    main = {"value": "Ana", "lang": "sr-Latn", "type": "main", "layer": "background"}
    assert entry(ActorEntry, "ana", name="Ana", names=[main]).names[0].lang == "sr-Latn"
    for names in ([main | {"value": "Anna"}], [main, main]):
        with pytest.raises(ValidationError, match="main name"):
            entry(ActorEntry, "ana", name="Ana", names=names)
