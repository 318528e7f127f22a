"""The live server as it may be some day: events of a type that no client knows yet."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

KNOWN, NEWER = b'"type":"coerce"', b'"type":"a-newer-type"'


@contextmanager
def newer(base: str) -> Iterator[str]:
    """The address of a server that answers what the one at `base` does, with another term in it."""

    class Changed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urllib.request.urlopen(base + self.path) as answer:
                body = answer.read().replace(KNOWN, NEWER)
                self.send_response(200)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Nothing is told."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Changed) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
