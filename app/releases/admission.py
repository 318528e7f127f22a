"""Admission: a store refuses a release that would break a published URL or take a dossier offline unasked."""

from collections.abc import Collection, Iterator
from math import inf

from app.entries.dossiers import DossierEntry
from app.query.reader import Published
from app.releases.build import Plan
from app.releases.catalogue import Catalogue, StoreError
from app.values.members import JsonObject


def admit(catalogue: Catalogue, release: Plan, without: Collection[str]) -> None:
    """Raise StoreError for a release that was withdrawn, has a label that is taken, goes back, or leaves a dossier out.

    `without` are the ids of dossiers of the current release that may be left out.
    """
    known = catalogue.releases.get(release.id)
    if known is not None and known.withdrawn is not None:
        reason = f"release {known.info.label} was withdrawn: {known.withdrawn}"
        raise StoreError(f"{reason}; publish an edition without what was wrong")
    _refuse_taken_label(catalogue, release)
    for dossier in release.dossiers:
        _refuse_taken_edition(catalogue, dossier, release.digests[dossier.id])
        if known is None:
            _refuse_earlier_edition(catalogue, dossier)
    if catalogue.current is not None:
        _refuse_left_out(catalogue.current, release, without)


def _refuse_taken_label(catalogue: Catalogue, release: Plan) -> None:
    for id, other in catalogue.releases.items():
        if other.info.label == release.label and id != release.id:
            where = "dossier.yaml" if len(release.dossiers) == 1 else "a dossier.yaml"
            reason = f"the label {release.label} is already that of release {id[:16]}, which has other content"
            raise StoreError(f"{reason}: raise edition.label in {where}")


def _refuse_taken_edition(catalogue: Catalogue, dossier: DossierEntry, digest: str) -> None:
    """Refuse an edition of a dossier whose label has been that of other content, be it withdrawn now."""
    for release, published in _editions(catalogue, dossier.id):
        is_same_label = published["edition"]["label"] == dossier.edition.label
        if is_same_label and published.get("sha256", digest) != digest:
            edition = f"edition {dossier.edition.label} of {dossier.id}"
            reason = f"{edition} has other content in release {release.info.id[:16]}, which was published"
            raise StoreError(f"{reason}: raise edition.label in its dossier.yaml")


def _refuse_earlier_edition(catalogue: Catalogue, dossier: DossierEntry) -> None:
    """Refuse in a new release an edition that is older than the one served, or than the last one that was."""
    served = [pair for pair in _editions(catalogue, dossier.id) if pair[0].withdrawn is None]
    if not served:
        return
    first = {known["edition"]["label"]: release.number for release, known in served}  # the earliest, which comes last
    last = next((known["edition"] for release, known in served if release.current), served[0][1]["edition"])
    edition = dossier.edition
    came_before = edition.issued == last["issued"] and first.get(edition.label, inf) < first[last["label"]]
    if edition.issued < last["issued"] or came_before:
        reason = f"edition {edition.label} of {dossier.id}, issued {edition.issued}, is older than {last['label']}"
        there = f"issued {last['issued']}, which was published"
        raise StoreError(f"{reason}, {there}: build the newest one, or serve an earlier release by onrecord roll-back")


def _editions(catalogue: Catalogue, dossier: str) -> Iterator[tuple[Published, JsonObject]]:
    """Yield the releases that hold a dossier, latest first, each with what the catalogue says of the dossier."""
    for release in catalogue.listed():
        yield from ((release, known) for known in release.about["dossiers"] if known["id"] == dossier)


def _refuse_left_out(current: Published, release: Plan, without: Collection[str]) -> None:
    built = [dossier.id for dossier in release.dossiers]
    if both := sorted(set(without).intersection(built)):
        raise StoreError(f"{' and '.join(both)} cannot be both built and left out by --without")
    served = [dossier["id"] for dossier in current.about["dossiers"]]
    left_out = [id for id in served if id not in {*built, *without}]
    if left_out:
        options = " ".join(f"--without {id}" for id in left_out)
        reason = f"this would take {' and '.join(left_out)} offline, which release {current.info.label} serves"
        raise StoreError(f"{reason}: name the folders of all dossiers in one build, or say {options}")
