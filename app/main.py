"""Assembly: the settings, the store and the web put together into one application."""

from pathlib import Path

from app.releases.memory import share_heaps
from app.releases.stores import open_store
from app.settings import Settings, from_environment
from app.web.api.guard import Guard
from app.web.application import application
from app.web.exports import Exports
from app.web.site import Site

MEBIBYTE = 2**20


def create_app(settings: Settings | None = None, stopping: Path | None = None) -> Guard:
    """The application for these settings, or for those of the environment (`uvicorn --factory app.main:create_app`).

    Where there is a file `stopping`, the server was told to stop, and `/readyz` says so.
    """
    share_heaps()  # before there are threads
    chosen = settings or from_environment()
    store = open_store(chosen.location, chosen.query_seconds, chosen.prepare)
    site = Site(
        store,
        chosen.public_url,
        chosen.hosts,
        chosen.cache * MEBIBYTE,
        Exports(chosen.exports),
        metrics=chosen.metrics,
        access_log=chosen.access_log,
        security_contact=chosen.security_contact,
        is_stopping=stopping.exists if stopping is not None else lambda: False,
    )
    return application(site)
