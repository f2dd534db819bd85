"""What browsers get: the last good site, and at once whatever changes."""

import html
import json
import mimetypes
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import unquote

LIVE_JS = Path(__file__).with_name("live.js")
SCRIPT, EVENTS = "/_live/live.js", "/_live/events"
PING_SECONDS = 15

# Not the machine's own list: the preview is the same everywhere.
MEDIA_TYPES = mimetypes.MimeTypes()
MEDIA_TYPES.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class Showing:
    """What visitors are shown: the last good site, and what has been wrong since."""

    site: Path | None = None
    problems: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """How many problems there are, and what is to be seen meanwhile."""
        rest = "页面仍是上一次的内容" if self.site else "还没有可看的页面"
        return f"有 {len(self.problems)} 处问题，{rest}"

    def news(self, seen: "Showing | None") -> str:
        """What a page that has `seen` the other must hear, as server-sent events."""
        if seen is self:
            return ": nothing new\n\n"
        news = ""
        if self.site and (seen is None or seen.site != self.site):
            news += f"event: reload\ndata: {self.site.name}\n\n"
        if self.problems:
            news += f"event: problems\ndata: {json.dumps(self.problems)}\n\n"
        return news


class Server(ThreadingTCPServer):
    """Shows the site to any number of browsers, and tells those connected of each change."""

    # Not HTTPServer: that one looks up the name of its own address, which may wait for a network.
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int) -> None:
        super().__init__((host, port), Visit)
        self.showing = Showing()
        self.late: Callable[[Path], Sequence[str]] = lambda _: ()
        """Makes a file that is empty yet; what is wrong with it."""
        self._changed = threading.Condition()
        self._open = True

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        host, port = self.socket.getsockname()
        return f"http://{host}:{port}/"

    def show(self, showing: Showing) -> None:
        """Show this from now on."""
        with self._changed:
            self.showing = showing
            self._changed.notify_all()

    def after(self, seen: Showing | None) -> Showing | None:
        """What is shown once it is not `seen`, or still after a while; None at the end."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.showing is not seen or not self._open, timeout=PING_SECONDS
            )
            return self.showing if self._open else None

    def close(self) -> None:
        """Send everybody home."""
        self.shutdown()
        with self._changed:
            self._open = False
            self._changed.notify_all()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that does not wait for the answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Visit(BaseHTTPRequestHandler):
    """One request and its answer."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the events, their script, or what the site has there."""
        path, mark, query = self.path.partition("?")
        showing = self.server.showing
        if path == EVENTS:
            self._send_events()
        elif path == SCRIPT:
            self._send(200, LIVE_JS.read_bytes(), LIVE_JS.name)
        elif not showing.site:
            self._send(503, with_script(waiting_page(showing), ""), "503.html")
        elif (found := find(showing.site, path)) and found.is_dir():
            self._start(302, {"Location": f"{path}/{mark}{query}", "Content-Length": "0"})
        else:
            self._send_file(showing.site, found)

    def do_HEAD(self) -> None:
        """Answer as to GET; the body stays behind."""
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for builds."""

    def _send_file(self, site: Path, found: Path | None) -> None:
        problems = self.server.late(found) if found and not found.stat().st_size else ()
        if problems:
            self._send(500, plain_page("这个文件还生成不了", problems), "500.html")
            return
        file = found or site / "404.html"
        body = file.read_bytes() if file.is_file() else plain_page("没有这个页面")
        if file.suffix == ".html":
            body = with_script(body, site.name)
        self._send(200 if found else 404, body, file.name)

    def _send(self, status: int, body: bytes, name: str) -> None:
        self._start(status, {"Content-Type": media_type(name), "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_events(self) -> None:
        self._start(200, {"Content-Type": "text/event-stream; charset=utf-8"})
        seen = None
        while self.command != "HEAD" and (showing := self.server.after(seen)):
            self.wfile.write(f"retry: 500\n{showing.news(seen)}".encode())
            seen = showing

    def _start(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()


def find(site: Path, path: str) -> Path | None:
    """The file that `path` asks for, or a folder named without its slash; None if not in `site`."""
    asked = unquote(path).lstrip("/")
    if not asked or asked.endswith("/"):
        asked += "index.html"
    try:
        found = (site / asked).resolve(strict=True)
    except (OSError, ValueError):  # not there; or no name that a file can have
        return None
    return found if found.is_relative_to(site) else None


def media_type(name: str) -> str:
    """What to declare a file of this name to be."""
    kind, packed = MEDIA_TYPES.guess_type(name)
    if not kind or packed:
        return "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if text else kind


def with_script(page: bytes, version: str) -> bytes:
    """The page, following the preview by itself."""
    script = f'<script src="{SCRIPT}" data-version="{version}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def waiting_page(showing: Showing) -> bytes:
    """What stands in for the site until there has been a good build."""
    if showing.problems:
        return plain_page(showing.heading, showing.problems)
    return plain_page("正在生成网站，好了会自己显示")


def plain_page(heading: str, lines: Sequence[str] = ()) -> bytes:
    """A page of the preview's own; live.js puts its panel in place of what the page says."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"""<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{heading}</title></head>
<body><main id="live-problems"><h1>{heading}</h1><ol>{items}</ol></main></body>
</html>
""".encode()
