"""Every answer is checked before anything is timed: the right events, in the right order, of the right total."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Final

from benchmarks.load import Asked
from benchmarks.peers import Answer, Peer
from benchmarks.process import Response, Server
from benchmarks.questions import Everything, Page, Question, Record, Truth, Workload

ADDED_BY_UVICORN: Final = frozenset({"date", "server", "connection", "transfer-encoding"})


class NotAsExpected(Exception):
    """What is wrong with an answer, in a few words."""


def check(peer: Peer, server: Server, workload: Workload, truth: Truth) -> Iterator[tuple[Asked, Response]]:
    """Ask each question once and yield the request with its answer; raise NotAsExpected for the first wrong one."""
    for question in workload.questions:
        asked = Asked(_target(peer, server, question))
        response = _answered(server, asked)
        if wrong := fault(_read(peer, question, response.body), question, truth):
            raise NotAsExpected(wrong)
        if workload.unchanged:
            asked = Asked(asked.target, 304, dict(response.headers).get("etag", ""))
            if not asked.etag:
                raise NotAsExpected("it has no ETag")
            response = _answered(server, asked)
        yield asked, response


def fault(answer: Answer, question: Question, truth: Truth) -> str | None:
    """Return what is wrong with an answer, or None."""
    if isinstance(question, Record):
        return None if answer.events == truth.newest_first("id", question.id) else "another event"
    if isinstance(question, Everything):
        return None if sorted(answer.events, reverse=True) == truth.newest_first("", "") else "not all events"
    matching = truth.matching(question)
    page = matching[question.skip :][: question.limit]
    if answer.total not in (None, len(matching)):
        return f"total {answer.total} instead of {len(matching)}"
    if [day for day, _ in answer.events] != [day for day, _ in page]:
        return "other dates, or in another order"
    # Which events of one day come first is up to each server; none comes twice, and all are among those asked for.
    right = len(set(answer.events)) == len(page) and set(answer.events) <= set(matching)
    return None if right else "other events"


class Kept:
    """The answers of onrecord, written into a folder for the bare server to give again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.bodies = (folder / "bodies").open("wb")
        self.heads = (folder / "heads").open("w", encoding="utf-8")
        self.digests = dict[Asked, bytes]()

    def keep(self, asked: Asked, response: Response) -> None:
        begin = self.bodies.tell()
        self.bodies.write(response.body)
        headers = [pair for pair in response.headers if pair[0] not in ADDED_BY_UVICORN]
        head = {"target": asked.target, "status": asked.status, "headers": headers}
        self.heads.write(json.dumps(head | {"begin": begin, "end": self.bodies.tell()}) + "\n")
        self.digests[asked] = sha256(response.body).digest()

    def again(self, server: Server, kept: list[Asked]) -> Iterator[tuple[Asked, Response]]:
        """Ask the bare server the same; raise NotAsExpected unless it gives the very bytes."""
        if not kept:
            raise NotAsExpected("there are no answers of onrecord to give")
        for asked in kept:
            response = _answered(server, asked)
            if sha256(response.body).digest() != self.digests[asked]:
                raise NotAsExpected("other bytes")
            yield asked, response

    def close(self) -> None:
        self.bodies.close()
        self.heads.close()


def _target(peer: Peer, server: Server, question: Question) -> str:
    if isinstance(question, Everything):
        return peer.export
    if isinstance(question, Record):
        return peer.record(question.id)
    return peer.page(question, _cursor(peer, server, question) if peer.longest_page else "")


def _cursor(peer: Peer, server: Server, page: Page) -> str:
    """Walk to where the page begins, as a client would, by the longest pages that there are."""
    cursor, left = "", page.skip
    while left:
        step = replace(page, skip=0, limit=min(left, peer.longest_page))
        cursor = peer.read(_answered(server, Asked(peer.page(step, cursor))).body).next or ""
        left -= step.limit
    return cursor


def _read(peer: Peer, question: Question, body: bytes) -> Answer:
    try:
        return peer.read_export(body) if isinstance(question, Everything) else peer.read(body)
    except (ValueError, LookupError, TypeError) as error:
        raise NotAsExpected(f"unreadable: {error!r}") from error


def _answered(server: Server, asked: Asked) -> Response:
    try:
        response = server.ask(asked.target, asked.etag)
    except (OSError, HTTPException) as error:
        raise NotAsExpected(f"no answer: {error}") from error
    if response.status != asked.status:
        raise NotAsExpected(f"status {response.status}")
    return response
