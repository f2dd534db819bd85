"""A forge's API as a table of answers, on this machine: path → what it says; all else is not there.

Each request, and each answer that is a success, is held against the forge's own description
(`tests/samples/forges`): what it does not have fails the test.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.samples.forges import described

NAME = "ju/dangan"
TOKEN = "token-of-the-maintainer"


@contextmanager
def answering(
    answers: Mapping[str, Any], kind: str = "gitea", strict: bool = True
) -> Iterator[str]:
    """The address of an API that answers GET with `answers`, by the path within the repository.

    A list comes on its first page; a number is the status of a refusal. An answer that is no forge's is
    given without `strict`.
    """
    faults: list[str] = []

    def judged(path: str, query: Mapping[str, str], answer: Any) -> Any:
        one = described.call(kind, "GET", f"/repos/{NAME}{path}", "maintainer")
        if one is None:
            faults.append(f"{kind}: GET {path} is not described")
            return 404
        faults.extend(described.request_faults(one, query, None))
        if strict and not isinstance(answer, int):
            faults.extend(described.answer_faults(one, 200, answer))
        return answer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.partition(f"/repos/{NAME}")[2]
            query = {name: found[0] for name, found in parse_qs(parts.query).items()}
            answer = judged(path, query, answers.get(path, 404))
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                answer = 401
            if isinstance(answer, list) and query.get("page", "1") != "1":
                answer = []
            status = answer if isinstance(answer, int) else 200
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(None if status != 200 else answer).encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert faults == [], faults
