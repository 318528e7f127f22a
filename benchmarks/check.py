"""Checking answers before they are timed: the right events, in the right order, with the right total."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Final

from benchmarks.load import Request
from benchmarks.peers import Answer, Peer
from benchmarks.process import Response, Server
from benchmarks.questions import Everything, Page, Question, Record, Truth, Workload

ADDED_BY_UVICORN: Final = frozenset({"date", "server", "connection", "transfer-encoding"})


class NotAsExpected(Exception):
    """A wrong answer; the message says in a few words what is wrong."""


def check(peer: Peer, server: Server, workload: Workload, truth: Truth) -> Iterator[tuple[Request, Response]]:
    """Ask each question once and yield the request with its answer; raise NotAsExpected for the first wrong one."""
    for question in workload.questions:
        request = Request(_target(peer, server, question))
        response = _answered(server, request)
        if wrong := fault(_read(peer, question, response.body), question, truth):
            raise NotAsExpected(wrong)
        if workload.unchanged:
            request = Request(request.target, 304, dict(response.headers).get("etag", ""))
            if not request.etag:
                raise NotAsExpected("it has no ETag")
            response = _answered(server, request)
        yield request, response


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
    # A server may order the events of one day as it likes; none may come twice, and all must match the question.
    right = len(set(answer.events)) == len(page) and set(answer.events) <= set(matching)
    return None if right else "other events"


class Recording:
    """The answers of onrecord, written into a folder, from which the bare server replays them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.bodies = (folder / "bodies").open("wb")
        self.heads = (folder / "heads").open("w", encoding="utf-8")
        self.digests = dict[Request, bytes]()

    def add(self, request: Request, response: Response) -> None:
        begin = self.bodies.tell()
        self.bodies.write(response.body)
        headers = [pair for pair in response.headers if pair[0] not in ADDED_BY_UVICORN]
        head = {"target": request.target, "status": request.status, "headers": headers}
        self.heads.write(json.dumps(head | {"begin": begin, "end": self.bodies.tell()}) + "\n")
        self.digests[request] = sha256(response.body).digest()

    def replayed(self, server: Server, requests: list[Request]) -> Iterator[tuple[Request, Response]]:
        """Send the same requests to the bare server; raise NotAsExpected unless the bodies are the same bytes."""
        if not requests:
            raise NotAsExpected("there are no answers of onrecord to give")
        for request in requests:
            response = _answered(server, request)
            if sha256(response.body).digest() != self.digests[request]:
                raise NotAsExpected("other bytes")
            yield request, response

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
    """Return the cursor of a page, by following the longest pages up to it as a client would."""
    cursor, left = "", page.skip
    while left:
        step = replace(page, skip=0, limit=min(left, peer.longest_page))
        cursor = peer.read(_answered(server, Request(peer.page(step, cursor))).body).next or ""
        left -= step.limit
    return cursor


def _read(peer: Peer, question: Question, body: bytes) -> Answer:
    try:
        return peer.read_export(body) if isinstance(question, Everything) else peer.read(body)
    except (ValueError, LookupError, TypeError) as error:
        raise NotAsExpected(f"unreadable: {error!r}") from error


def _answered(server: Server, request: Request) -> Response:
    try:
        response = server.ask(request.target, request.etag)
    except (OSError, HTTPException) as error:
        raise NotAsExpected(f"no answer: {error}") from error
    if response.status != request.status:
        raise NotAsExpected(f"status {response.status}")
    return response
