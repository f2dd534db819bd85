"""A forge's API as a table of answers, on this machine: path → what it says; all else is not there."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

NAME = "ju/dangan"
TOKEN = "token-of-the-maintainer"


@contextmanager
def answering(answers: Mapping[str, Any]) -> Iterator[str]:
    """The address of an API that answers GET with `answers`, by the path within the repository.

    A list comes on its first page; a number is the status of a refusal.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.partition(f"/repos/{NAME}")[2]
            answer: Any = answers.get(path, 404)
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                answer = 401
            if isinstance(answer, list) and parse_qs(parts.query).get("page", ["1"]) != ["1"]:
                answer = []
            status = answer if isinstance(answer, int) else 200
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(None if status != 200 else answer).encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
