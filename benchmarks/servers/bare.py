"""A bare ASGI app: for each path and query it replays the answer recorded in the folder ANSWERS."""

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Message = dict[str, Any]


def _recorded(folder: Path) -> dict[tuple[bytes, bytes, bool], tuple[Message, Message]]:
    bodies, answers = (folder / "bodies").read_bytes(), {}
    for line in (folder / "heads").read_text("utf-8").splitlines():
        head = json.loads(line)
        path, _, query = head["target"].encode().partition(b"?")
        headers = [(name.encode(), value.encode()) for name, value in head["headers"]]
        start = {"type": "http.response.start", "status": head["status"], "headers": headers}
        body = {"type": "http.response.body", "body": bodies[head["begin"] : head["end"]]}
        answers[path, query, head["status"] == 304] = start, body
    return answers


ANSWERS = _recorded(Path(os.environ["ANSWERS"]))


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answer one request."""
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        return await send({"type": "lifespan.shutdown.complete"})
    conditional = any(name == b"if-none-match" for name, _ in scope["headers"])
    start, body = ANSWERS[scope["raw_path"], scope["query_string"], conditional]
    await send(start)
    await send(body)
    return None
