"""Nothing that a database is asked for is waited for on the event loop: what needs none is answered meanwhile."""

import asyncio
from contextlib import closing
from importlib import import_module
from typing import Any

import pytest
from pydantic import SecretStr

from app.main import create_app
from app.releases.build import plan
from app.releases.postgres.store import PostgresStore
from app.settings import Settings
from releases.publishing import SMALL, corpus_of
from web.test_exports import Client, scope

pytestmark = pytest.mark.thorough
TABLES = ("record", "document", "posting", "part", "ordering", "name")
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
PATHS = (
    ("/events/hallvik-ferry-strike", ""),
    ("/events/hallvik-ferry-strick", ""),
    ("/events/hallvik-ferry-strike/matrix", ""),
    ("/events/hallvik-ferry-strike/claims", ""),
    ("/events", "participant=unoin"),
    ("/search", "q=ferry"),
    ("/events", "format=csv"),
    ("/events/hallvik-ferry-strike", "format=html"),
)


def test_what_needs_no_database_is_answered_while_one_is_waited_for(emptied: str) -> None:
    psycopg = import_module("psycopg")
    import_module("app.releases.postgres.publish").publish_release(emptied, plan(corpus_of(SMALL)))
    app = create_app(Settings(store=SecretStr(emptied), query_seconds=60))
    assert isinstance(app.site.library, PostgresStore)

    async def asked(path: str, query: str) -> int:
        client = Client()
        client.reading.set()
        await app(scope(path, query), client.receive, client.send)
        return client.status

    async def run(locked: Any, watch: Any) -> list[int]:
        waiting = [asyncio.create_task(asked(*each)) for each in PATHS]
        while (await asyncio.to_thread(lambda: watch.execute(WAITING).fetchone()))[0] < len(PATHS):
            assert [path for path, task in zip(PATHS, waiting, strict=True) if task.done()] == []
            await asyncio.sleep(0.01)
        assert await asked("/healthz", "") == 200
        assert await asked("/vocabularies", "") == 200
        assert [path for path, task in zip(PATHS, waiting, strict=True) if task.done()] == []
        await asyncio.to_thread(locked.commit)
        return await asyncio.gather(*waiting)

    with closing(app.site.library) as library, psycopg.connect(emptied) as locked:
        library.current()
        schema = f'"r{library.current().info.id[:16]}_{library.current().schema_version}"'
        for table in TABLES:
            locked.execute(f"LOCK TABLE {schema}.{table} IN ACCESS EXCLUSIVE MODE")
        with psycopg.connect(emptied, autocommit=True) as watch:
            assert asyncio.run(run(locked, watch)) == [200, 404, 200, 200, 400, 200, 200, 200]
