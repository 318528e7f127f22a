"""A path that is none of ours is answered with the one that was probably meant."""

import pytest

from problems import problem
from visitor import BASE, Visitor


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/event", "/events"),
        ("/claim", "/claims"),
        ("/person", "/people"),
        ("/organizations", "/organisations"),
        ("/organization/kosovo-police", "/organisations/kosovo-police"),
        ("/vocabulary/measures", "/vocabularies/measures"),
        ("/api/events", "/events"),
        ("/v1/events", "/events"),
        ("/api/v2.0/event/kosovo-war-1998-1999", "/events/kosovo-war-1998-1999"),
        ("/v1/claim.csv", "/claims?format=csv"),
        ("/people/aleksandar-vucic/claims", "/actors/aleksandar-vucic/claims"),
        ("/person/aleksandar-vucic/claim", "/actors/aleksandar-vucic/claims"),
        ("/people/Vu%C4%8Di%C4%87/claims", "/actors/Vu%C4%8Di%C4%87/claims"),
        ("/events/kosovo-war-1998-1999/matrx", "/events/kosovo-war-1998-1999/matrix"),
        ("/evens/kosovo-war-1998-1999/claims/", "/events/kosovo-war-1998-1999/claims"),
        ("/openapi", "/openapi.json"),
        ("/doc", "/docs"),
        ("/swagger-ui", "/docs"),
        ("/documentation", "/docs"),
        ("/swagger.json", "/openapi.json"),
        ("/v3/openapi.yaml", "/openapi.json"),
        ("/history", "/changes"),
        ("/status", "/healthz"),
        ("/dossiers/north-kosovo-2019/events", "/events?dossier=north-kosovo-2019"),
        ("/dossiers/north-kosovo-2019/claims.csv", "/claims?dossier=north-kosovo-2019&format=csv"),
    ],
)
def test_the_path_that_was_meant(visitor: Visitor, path: str, meant: str) -> None:
    (fault,) = problem(visitor.get(path), 404, "not-found")["errors"]
    assert (fault["parameter"], fault["did_you_mean"]) == ("path", BASE + meant)
    assert visitor.get(fault["did_you_mean"]).status_code in (200, 404)
    assert "There is nothing" not in visitor.get(fault["did_you_mean"]).text


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/api", "/v1", "/wp-login.php", "/events/a/b/c/d", "/foo/events", "/" + "event/" * 500, "/.git"],
)
def test_of_anything_else_nothing_is_meant(visitor: Visitor, path: str) -> None:
    body = problem(visitor.get(path), 404, "not-found")
    assert [(fault["parameter"], fault["did_you_mean"]) for fault in body["errors"]] == [("path", None)]
    assert body["detail"] == body["errors"][0]["message"]


def test_a_path_of_ours_with_a_slash_too_many_still_moves(visitor: Visitor) -> None:
    problem(visitor.get("/events/"), 308, "moved")
