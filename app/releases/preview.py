"""Previews: states of dossiers that are not published, each a release in a store of their own."""

from dataclasses import replace
from datetime import timedelta

from app.query.reader import Published
from app.releases.build import Plan, Progress
from app.releases.pruning import prune
from app.releases.publish import publish_unadmitted
from app.releases.sqlite import SqliteStore

KEPT = 3  # states whose files are kept, so that walks and pages that began on one go on


def preview_release(store: SqliteStore, release: Plan, progress: Progress = lambda *_: None) -> Published:
    """Build a release of a state of dossiers, make it the current one of the store, and return it.

    Its label says that it is a preview, and which one: `2026.1-preview.3`. Its id is that of the release that
    would be published. A state that was current before is not built again as long as its file is kept.
    """
    releases = store.catalogue().releases
    known = releases.get(release.id)
    label = known.info.label if known else f"{release.label}-preview.{len(releases) + 1}"
    shown = publish_unadmitted(store, replace(release, label=label), progress)
    prune(store, KEPT, timedelta())
    return shown
