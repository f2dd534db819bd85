"""The site, served as a plain web server serves it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Served:
    """A folder on the web: its address, with a slash at the end."""

    base: str
    folder: Path


class _Handler(SimpleHTTPRequestHandler):
    """Quiet; what is not there is answered with the site's own page."""

    def log_message(self, format: str, *args: Any) -> None:
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """The folder, served on a port of its own."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Served(f"http://127.0.0.1:{server.server_port}/", folder)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def demo(demo_site: Path) -> Iterator[Served]:
    with serving(demo_site) as served:
        yield served


@pytest.fixture(scope="session")
def real(real_site: Path) -> Iterator[Served]:
    with serving(real_site) as served:
        yield served
