"""Settings are read from the environment alone, mended where that is safe, and refused in one line where not."""

from pathlib import Path

import pytest

from app.settings import Settings, from_environment


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONRECORD_{name.upper()}", raising=False)


def test_without_any_there_are_defaults() -> None:
    assert from_environment() == Settings(store=Path("onrecord-data"), public_url=None, hosts=())


def test_a_store_is_a_folder_or_a_database_whose_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_STORE", "some/folder")
    assert from_environment().location == Path("some/folder")
    for dsn in ("postgresql://me:secret@a,b:5433/onrecord?target_session_attrs=any", "postgres://me:secret@a/x"):
        monkeypatch.setenv("ONRECORD_STORE", dsn)
        monkeypatch.setenv("ONRECORD_ADMIN_STORE", dsn)
        assert from_environment().location == dsn
        assert "secret" not in f"{from_environment()!r} {from_environment()}"


def test_who_writes_into_a_database_is_a_dsn_and_is_not_told_if_it_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ADMIN_STORE", "me:secret@a")
    with pytest.raises(ValueError, match="ONRECORD_ADMIN_STORE") as raised:
        from_environment()
    assert str(raised.value) == "ONRECORD_ADMIN_STORE: it does not begin with postgresql://"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("", "it is blank: name a folder, or leave the setting out"),
        (" ", "it is blank: name a folder, or leave the setting out"),
        ("postgresql://me:secret@a/x\n", "it is no folder, and no postgresql:// without blanks or line ends in it"),
        ("postgresql://me:sec ret@a/x", "it is no folder, and no postgresql:// without blanks or line ends in it"),
        ("mysql://me:secret@a/x", "it is no folder, and no postgresql:// without blanks or line ends in it"),
    ],
)
def test_a_store_that_is_neither_is_refused_and_no_password_told(
    monkeypatch: pytest.MonkeyPatch, given: str, told: str
) -> None:
    monkeypatch.setenv("ONRECORD_STORE", given)
    with pytest.raises(ValueError, match="ONRECORD_STORE") as raised:
        from_environment()
    assert str(raised.value) == f"ONRECORD_STORE: {told}"


def test_every_fault_of_the_settings_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "STOER": "x",
        "CASHE": "1",
        "CACHE": "-1",
        "QUERY_SECONDS": "inf",
        "DRAIN_SECONDS": "inf",
        "ADMIN_STORE": "postgresql://a/x\n",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"ONRECORD_{name}", value)
    with pytest.raises(ValueError, match="is no setting") as raised:
        from_environment()
    told = str(raised.value)
    assert all(f"ONRECORD_{name}" in told for name in given)
    assert told.count(": known are ") == 1
    assert "ONRECORD_ADMIN_STORE: a blank or line end stands in it" in told


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://data.example.org", "https://data.example.org"),
        ("https://data.example.org/", "https://data.example.org"),
        ("http://[::1]:8000/api//", "http://[::1]:8000/api"),
    ],
)
def test_a_public_url_has_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch, given: str, kept: str) -> None:
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", given)
    assert from_environment().public_url == kept


@pytest.mark.parametrize(
    "given", ["", "data.example.org", "ftp://a.example", "https://", "https://a.example/?x=1", "https://me@a.example"]
)
def test_a_bad_public_url_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", given)
    with pytest.raises(ValueError, match="ONRECORD_PUBLIC_URL") as raised:
        from_environment()
    assert str(raised.value) == f"ONRECORD_PUBLIC_URL: '{given}' is not http:// or https:// with a host and no query"


def test_hosts_are_names_and_addresses_in_lower_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_HOSTS", " Data.example.org,127.0.0.1,, [::1] ,a_b.example")
    assert from_environment().hosts == ("data.example.org", "127.0.0.1", "[::1]", "a_b.example")


@pytest.mark.parametrize("given", ["a.example:8000", "[::1]:8000", "::1", "*.example.org", "https://a.example", "-a"])
def test_what_no_host_header_could_match_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ONRECORD_HOSTS", f"good.example,{given}")
    with pytest.raises(ValueError, match="write names without ports") as raised:
        from_environment()
    assert str(raised.value).startswith(f"ONRECORD_HOSTS: '{given}' is not the name of a host: ")


@pytest.mark.parametrize("given", ["https://example.org/security", "mailto:security@example.org", "tel:+47-800-1"])
def test_a_contact_is_an_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ONRECORD_SECURITY_CONTACT", given)
    assert from_environment().security_contact == given


@pytest.mark.parametrize(
    "given", ["", "security@example.org", "http://example.org", "mailto:", "https://a b", "tel:no"]
)
def test_a_bad_contact_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ONRECORD_SECURITY_CONTACT", given)
    with pytest.raises(ValueError, match="is no address that begins with") as raised:
        from_environment()
    assert str(raised.value).startswith(f"ONRECORD_SECURITY_CONTACT: '{given}'")
