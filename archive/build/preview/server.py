"""The HTTP server of the preview: the last good site, and events that tell pages of changes."""

import html
import json
import mimetypes
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import unquote, urlsplit

LIVE_JS = Path(__file__).with_name("live.js")
SCRIPT, EVENTS = "/_live/live.js", "/_live/events"
REVIEW = "/_live/review/"
"""The address of the pages on which the finds of reports are reviewed, each by the id of its report."""
DESIGN = "assets"
"""The folder of a site whose files its pages are shown with."""
PING_SECONDS = 15

# Without the machine's own list, so that the preview is the same everywhere.
MEDIA_TYPES = mimetypes.MimeTypes()
MEDIA_TYPES.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class PreviewState:
    """What browsers are shown: the folder of the last good site, and the problems since then.

    While a newer site is built, its pages come one by one from `page`: address from the site's root → the
    page, None for what only the whole site has.
    """

    site: Path | None = None
    problems: tuple[str, ...] = ()
    page: Callable[[str], bytes | None] | None = None
    version: str = ""
    """By which a browser knows whether it shows this; by default the name of the folder."""

    @property
    def shown(self) -> str:
        """The version of what is shown; empty if nothing can be."""
        return self.version or (self.site.name if self.site else "")

    @property
    def heading(self) -> str:
        """One line: how many problems there are, and what the pages show meanwhile."""
        rest = "页面仍是上一次的内容" if self.site else "还没有可看的页面"
        return f"有 {len(self.problems)} 处问题，{rest}"

    def update_message(self, seen: "PreviewState | None") -> str:
        """Server-sent events for a page that has seen `seen`; a comment if nothing is new."""
        if seen is self:
            return ": nothing new\n\n"
        news = ""
        if self.shown and (seen is None or seen.shown != self.shown):
            news += f"event: reload\ndata: {self.shown}\n\n"
        if self.problems:
            news += f"event: problems\ndata: {json.dumps(self.problems)}\n\n"
        return news or ": nothing new\n\n"


class Server(ThreadingTCPServer):
    """Serves the site to any number of browsers, and sends an event to each at every change."""

    # Not HTTPServer, which looks up the host name of its address and may wait for a network.
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int) -> None:
        super().__init__((host, port), PreviewRequest)
        self.showing = PreviewState()
        self.late: Callable[[Path], Sequence[str]] = lambda _: ()
        """Makes the file that is still empty; returns the problems."""
        self.review: Callable[[str], str | None] = lambda _: None
        """Makes the page that reviews a report, or lists those there are; None if there is none."""
        self._changed = threading.Condition()
        self._open = True

    @property
    def url(self) -> str:
        """The address for a browser."""
        host, port = self.socket.getsockname()
        return f"http://{host}:{port}/"

    def show(self, showing: PreviewState) -> None:
        """Serve this state from now on, and wake every waiting browser."""
        with self._changed:
            self.showing = showing
            self._changed.notify_all()

    def after(self, seen: PreviewState | None) -> PreviewState | None:
        """Wait `PING_SECONDS` for a state other than `seen`; the state, or None once closed."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.showing is not seen or not self._open, timeout=PING_SECONDS
            )
            return self.showing if self._open else None

    def settled(self) -> PreviewState:
        """The state once no newer site is being built."""
        with self._changed:
            self._changed.wait_for(lambda: self.showing.page is None or not self._open)
            return self.showing

    def close(self) -> None:
        """Stop serving, and end every open event stream."""
        self.shutdown()
        with self._changed:
            self._open = False
            self._changed.notify_all()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report an error, unless it is only a browser that closed the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class PreviewRequest(BaseHTTPRequestHandler):
    """One request to the preview and its answer."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the event stream, its script, or the file of the site."""
        path, mark, query = self.path.partition("?")
        showing = self.server.showing
        if not is_own_host(self.headers.get("Host", "")):
            self._send(
                421, plain_page("预览的网址须用 IP 地址、localhost 或本机的名称"), "421.html"
            )
        elif path == EVENTS:
            self._send_events()
        elif path == SCRIPT:
            self._send(200, LIVE_JS.read_bytes(), LIVE_JS.name)
        elif f"{path}/" == REVIEW:
            self._start(302, {"Location": REVIEW, "Content-Length": "0"})
        elif path.startswith(REVIEW):
            page = self.server.review(unquote(path.removeprefix(REVIEW)))
            body = page.encode() if page else plain_page("没有这个页面")
            self._send(200 if page else 404, with_script(body, showing.shown), "review.html")
        elif not showing.site:
            self._send(503, with_script(waiting_page(showing), ""), "503.html")
        elif fresh := live_page(showing, path):
            self._send(200, with_script(fresh, showing.shown), "index.html")
        elif not (showing := self._whole(path)).site:
            self._send(503, with_script(waiting_page(showing), ""), "503.html")
        elif (found := find(showing.site, path)) and found.is_dir():
            here = f"/{path.strip('/')}/"  # with two slashes it would be another host
            self._start(302, {"Location": f"{here}{mark}{query}", "Content-Length": "0"})
        else:
            self._send_file(showing, found)

    def _whole(self, path: str) -> PreviewState:
        """The state whose folder has the file for a URL path: of the design what is there, else what comes."""
        showing = self.server.showing
        found = find(showing.site, path) if showing.site else None
        is_design = (
            showing.site
            and found
            and found.is_file()
            and found.is_relative_to(showing.site / DESIGN)
        )
        return showing if is_design else self.server.settled()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the terminal is for the results of builds."""

    def _send_file(self, showing: PreviewState, found: Path | None) -> None:
        assert showing.site
        problems = self.server.late(found) if found and not found.stat().st_size else ()
        if problems:
            self._send(500, plain_page("这个文件还生成不了", problems), "500.html")
            return
        file = found or showing.site / "404.html"
        body = file.read_bytes() if file.is_file() else plain_page("没有这个页面")
        if file.suffix == ".html":
            body = with_script(body, showing.shown)
        self._send(200 if found else 404, body, file.name)

    def _send(self, status: int, body: bytes, name: str) -> None:
        self._start(status, {"Content-Type": media_type(name), "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_events(self) -> None:
        self._start(200, {"Content-Type": "text/event-stream; charset=utf-8"})
        seen = None
        while self.command != "HEAD" and (showing := self.server.after(seen)):
            self.wfile.write(f"retry: 500\n{showing.update_message(seen)}".encode())
            seen = showing

    def _start(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        # Another site that is open in the same browser must not read the internal edition by a script,
        # a picture or a frame of its own.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()


def is_own_host(stated: str) -> bool:
    """Whether a request's Host is an IP address or a name of this machine.

    A name of somebody else's that leads here (DNS rebinding) would make their pages of one origin with
    the preview.
    """
    try:
        name = urlsplit(f"//{stated}").hostname or ""
        own = socket.gethostname().lower()
        return name in ("localhost", own, own.partition(".")[0]) or bool(ip_address(name))
    except ValueError:  # brackets that are not in pairs, no address
        return False


def find(site: Path, path: str) -> Path | None:
    """The file for the URL path, or a folder asked for without its slash; None if absent.

    Names that begin with a dot are the program's own, and are not served.
    """
    asked = unquote(path).lstrip("/")
    if not asked or asked.endswith("/"):
        asked += "index.html"
    try:
        found = (site / asked).resolve(strict=True)
    except (OSError, ValueError):  # no such file, or not a valid name of one
        return None
    if not found.is_relative_to(site):
        return None
    return None if any(part[0] == "." for part in found.relative_to(site).parts) else found


def live_page(showing: PreviewState, path: str) -> bytes | None:
    """The page for the URL path of the site that is being built; None if it has none, or none is being built."""
    if showing.page is None or not path.startswith("/"):
        return None
    at = unquote(path).removeprefix("/").removesuffix("index.html")
    return showing.page(at)


def media_type(name: str) -> str:
    """The Content-Type for a file of this name."""
    kind, packed = MEDIA_TYPES.guess_type(name)
    if not kind or packed:
        return "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if text else kind


def with_script(page: bytes, version: str) -> bytes:
    """The HTML page with the script that follows the events of the preview."""
    script = f'<script src="{SCRIPT}" data-version="{version}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def waiting_page(showing: PreviewState) -> bytes:
    """The page shown in place of the site until the first good build."""
    if showing.problems:
        return plain_page(showing.heading, showing.problems)
    return plain_page("正在生成网站，好了会自己显示")


def plain_page(heading: str, lines: Sequence[str] = ()) -> bytes:
    """A page of the preview itself, as HTML; live.js replaces its text by the panel of problems."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"""<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{heading}</title></head>
<body><main data-live-problems><h1>{heading}</h1><ol>{items}</ol></main></body>
</html>
""".encode()
