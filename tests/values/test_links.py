"""Links that a browser may be given, and the many that it may not."""

from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError

from app.values.links import Contact, WebLink

WEB = [
    "https://example.org",
    "http://example.org/",
    "HTTPS://Example.org/a?b=c#d",
    "https://example.org:8443/a%20b?q=(x)&y='z'",
    "https://sr.wikipedia.org/wiki/%D0%9A",
    "http://127.0.0.1:8000/",
    "http://[::1]/",
    "http://localhost",
    "https://xn--e1afmkfd.example",
]


@pytest.mark.parametrize("text", WEB)
def test_web_links_are_kept_as_written(text: str) -> None:
    assert TypeAdapter(WebLink).validate_python(text) == text
    assert TypeAdapter(Contact).validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "blob:https://example.org/x",
    ],
)
def test_other_schemes_are_unsafe(text: str) -> None:
    for kind in (WebLink, Contact):
        assert error_of(kind, text) == "unsafe_link"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org/",
        "/a/b",
        "https:",
        "https://",
        "https:///path",
        "https:example.org",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://@example.org/",
        "https://exa mple.org/",
        " https://example.org/",
        "https://example.org/\n",
        "java\nscript:alert(1)",
        "https://example.org/\x00",
        "https://example.org\\@evil.example/",
        "https://example.org/<b>",
        "https://example.org:99999/",
        "https://[::1/",
        "https://.../",
        "https://exämple.org/",
        "https://example.org/\u202e",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_other_texts_are_no_links(text: str) -> None:
    for kind in (WebLink, Contact):
        assert error_of(kind, text) == "bad_link"


def test_a_contact_may_be_one_mail_address() -> None:
    text = "mailto:o'neil+desk@news.example.org"
    assert TypeAdapter(Contact).validate_python(text) == text
    assert error_of(WebLink, text) == "unsafe_link"
    for bad in ("mailto:", "mailto:a", "mailto:a@b", "mailto:a@b.org?cc=c@d.org", "mailto:a@b.org,c@d.org"):
        assert error_of(Contact, bad) == "bad_link"


def test_links_have_a_schema_for_openapi() -> None:
    api = FastAPI()

    def read(link: WebLink, contact: Contact) -> None: ...

    api.get("/")(read)
    link, contact = (parameter["schema"] for parameter in api.openapi()["paths"]["/"]["get"]["parameters"])
    assert (link["type"], link["format"], link["pattern"]) == ("string", "uri", "^[Hh][Tt][Tt][Pp][Ss]?://")
    assert (contact["type"], contact["format"]) == ("string", "uri")


def error_of(kind: Any, text: str) -> str:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(text)
    return refused.value.errors()[0]["type"]
