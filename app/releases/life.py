"""Going back to an earlier release, and withdrawing one: steps that add a line to the catalogue and build nothing."""

from pathlib import Path

from app.query.base import Refused
from app.query.reader import Published
from app.releases.catalogue import Catalogue, StoreError
from app.releases.files import file_digest, locked, now
from app.releases.line import add_line
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore, schema_mismatch


def roll_back(store: SqliteStore, reference: str) -> Published:
    """Make an earlier release the current one, and return it; nothing changes if it is current already.

    Raise StoreError if there is no such release, it was withdrawn, or its file cannot be served.
    """
    with locked(store.folder):
        catalogue = store.catalogue_file.whole()
        release = known(catalogue, reference)
        refuse_withdrawn(release)
        _check_file(store.path(release), release)
        if not release.current:
            add_line(store.folder, catalogue.then("roll-back", release.info.id, now(), {}))
    return release


def withdraw(store: SqliteStore, reference: str, reason: str) -> tuple[Published, Published | None]:
    """Withdraw a release for a reason, which its addresses tell from now on.

    Return the release, and the one that is current then, if there is one. Raise StoreError if there is no such
    release, or it was withdrawn before.
    """
    with locked(store.folder):
        catalogue = store.catalogue_file.whole()
        release = known(catalogue, reference)
        refuse_withdrawn(release, " before")
        after = catalogue.then("withdraw", release.info.id, now(), {"reason": reason})
        add_line(store.folder, after)
    return release, after.current


def known(catalogue: Catalogue, reference: str) -> Published:
    """Return the release that a command names; raise StoreError if there is none."""
    try:
        return catalogue.known(reference)
    except Refused as refused:
        near = refused.did_you_mean
        message = refused.message.replace("/releases lists them", "onrecord releases lists them")
        raise StoreError(f"{message}{f' Did you mean {near}?' if near else ''}") from refused


def refuse_withdrawn(release: Published, when: str = "") -> None:
    """Raise StoreError, with the reason, if a release was withdrawn."""
    if release.withdrawn is not None:
        raise StoreError(f"release {release.info.label} was withdrawn{when}: {release.withdrawn}")


def _check_file(path: Path, release: Published) -> None:
    """Refuse a file that a server could not serve: going back to it would take everything offline."""
    label = release.info.label
    if not path.exists():
        raise StoreError(f"release {label} is not kept here any more: run onrecord build with its dossiers")
    if release.schema_version != HEAD:
        raise StoreError(f"release {label} {schema_mismatch(release)}: run onrecord upgrade")
    if file_digest(path) != release.sha256:
        raise StoreError(f"release file {path} is damaged: copy it back, or run onrecord build with its dossiers")
