"""A name in place of an id, an id of another kind, a release by a word: each is answered with what was meant."""

from typing import Any

import pytest

from problems import faults, problem
from visitor import Visitor


@pytest.mark.parametrize(
    ("path", "parameters", "meant"),
    [
        ("/claims", {"speaker": "vucic"}, "aleksandar-vucic"),
        ("/claims", {"speaker": "thaci"}, "hashim-thaci"),
        ("/claims", {"speaker": "Vučić"}, "aleksandar-vucic"),
        ("/claims", {"speaker": "kosovo"}, "republic-of-kosovo"),
        ("/claims", {"source": "time"}, "time-2019-05-28"),
        ("/claims", {"about": "Hashim Thaçi"}, "hashim-thaci"),
        ("/events", {"place": "Mitrovica"}, "mitrovica"),
        ("/events", {"participant": "serbia"}, "republic-of-serbia"),
        ("/events", {"participant": "vucic:initiator"}, "aleksandar-vucic:initiator"),
        ("/events", {"filter": "participant = 'vucic'"}, "participant = 'aleksandar-vucic'"),
        ("/places", {"within": "republic-of-kosovo"}, "kosovo"),
        ("/claims", {"speaker": "mitrovica"}, None),
    ],
)
def test_a_value_of_a_filter(visitor: Visitor, path: str, parameters: dict[str, Any], meant: str | None) -> None:
    (fault,) = faults(visitor.get(path, **parameters))
    assert fault["did_you_mean"] == meant
    assert "Look it up: /" in fault["message"]


@pytest.mark.parametrize(
    ("path", "part", "meant"),
    [
        ("/actors/vucic", "actor_id", "aleksandar-vucic"),
        ("/actors/aleksandar_vucic", "actor_id", "aleksandar-vucic"),
        ("/actors/Aleksandar%20Vu%C4%8Di%C4%87", "actor_id", "aleksandar-vucic"),
        ("/actors/vucic/claims", "actor_id", "aleksandar-vucic"),
        ("/events/NORTH-KOSOVO-arrests-2019-05-28", "event_id", "north-kosovo-arrests-2019-05-28"),
        ("/people/police", "person_id", "http://testserver/actors/kosovo-police"),
    ],
)
def test_a_path_of_a_record(visitor: Visitor, path: str, part: str, meant: str) -> None:
    (fault,) = problem(visitor.get(path), 404, "not-found")["errors"]
    assert (fault["parameter"], fault["did_you_mean"]) == (part, meant)


@pytest.mark.parametrize(
    ("reference", "says"),
    [("fd", "at least 4 characters"), ("latest", "leave it out"), ("Current", "leave it out"), ("fdfd", "lists them.")],
)
def test_a_release_that_is_none(visitor: Visitor, reference: str, says: str) -> None:
    (fault,) = faults(visitor.get("/events", release=reference))
    assert says in fault["message"]
    assert problem(visitor.get(f"/releases/{reference}"), 404, "not-found")["detail"] == fault["message"]
