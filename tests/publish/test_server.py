"""The published site behind a real nginx, with the configuration that comes with it."""

import gzip
import http.client
import random
import re
import socket
import ssl
import subprocess
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import pytest

from archive.publish import publish
from tests.conftest import ROOT
from tests.samples.published import CONFIG, NGINX, behind, made_up, sealed, served

NOW = datetime(2026, 6, 30, tzinfo=UTC)
HTML, PDF = "text/html; charset=utf-8", "application/pdf"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'none'"
)
PDF_POLICY = (
    "default-src 'self'; script-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none';"
    " base-uri 'none'; form-action 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Server": "nginx",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
VARYING = ("Date", "ETag", "Last-Modified", "Content-Length", "Connection", "Accept-Ranges",
           "Transfer-Encoding")  # fmt: skip

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("server")
    site = made_up(folder / "site", "甲")
    (site / "files").mkdir()
    (site / "files" / "SCAN.PDF").write_text("%PDF 甲", "utf-8")
    publish(sealed(site), folder / "www", NOW)
    return folder / "www"


@pytest.fixture(scope="module")
def port(target: Path) -> Iterator[int]:
    with served(target) as port:
        yield port


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def fetch(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """The answer to a whole address, without following it."""
    parts = urlsplit(address)
    path = urlunsplit(("", "", parts.path, parts.query, ""))
    status, answered, body = ask(parts.port or 80, path, **headers)
    return status, answered, body.decode()


def steady(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in VARYING}


@pytest.mark.parametrize(
    ("path", "status", "more"),
    [
        ("/", 200, {"Content-Type": HTML, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}),
        ("/report/", 200, {"Content-Type": HTML, "Cache-Control": "no-cache"}),
        (
            "/assets/app.12345678.min.js", 200,
            {
                "Content-Type": "text/javascript; charset=utf-8",
                "Cache-Control": "no-cache",
                "Vary": "Accept-Encoding",
            },
        ),
        (
            "/print/full.pdf", 200,
            {"Content-Type": PDF, "Cache-Control": "no-cache", "Content-Security-Policy": PDF_POLICY},
        ),
        (
            "/files/SCAN.PDF", 200,
            {"Content-Type": PDF, "Cache-Control": "no-cache", "Content-Security-Policy": PDF_POLICY},
        ),
        (
            "/download/a.csv", 200,
            {
                "Content-Type": "text/csv; charset=utf-8",
                "Cache-Control": "no-cache",
                "Vary": "Accept-Encoding",
            },
        ),
        ("/report", 301, {"Content-Type": "text/html", "Cache-Control": "no-store", "Location": "./report/"}),
        ("/none", 404, {"Content-Type": HTML, "Cache-Control": "no-store"}),
        ("/assets/none.12345678.js", 404, {"Content-Type": HTML, "Cache-Control": "no-store"}),
        ("/assets/", 404, {"Content-Type": HTML, "Cache-Control": "no-store"}),
    ],
)  # fmt: skip
def test_headers(port: int, path: str, status: int, more: dict[str, str]) -> None:
    got, headers, _ = ask(port, path)
    assert (got, steady(headers)) == (status, SECURITY | more)


def test_the_policy_lets_no_script_of_the_page_run() -> None:
    scripts = [*re.findall(r"(?:script|default)-src ([^;\"]*)", CONFIG)]
    assert scripts == ["'self'", "'none'", "'none'", "'self'"]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """A site with links on its page for what is missing, and the one below a prefix of another server."""
    folder = tmp_path_factory.mktemp("prefix")
    site = made_up(folder / "site", "甲")
    (site / "404.html").write_text('<a href="/report/">a</a>{"base": "/"}<br a="b"/>' * 2, "utf-8")
    (site / "报告: 一" / "甲").mkdir(parents=True)
    (site / "报告: 一" / "甲" / "index.html").write_text("一", "utf-8")
    publish(sealed(site), folder / "www", NOW)
    with served(folder / "www") as port, behind(folder / "www", port) as below:
        yield [f"http://127.0.0.1:{port}/", below]


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize(
    "path",
    [
        "none", "none/", "none/such", "a/b/c/d/e/f/g", "none?from=/a/b", "assets/", "无/此/页",
        "report/none.html", "none//such/", "a%20b/c",
    ],
)  # fmt: skip
def test_what_is_missing_is_answered_with_links_to_the_same_site(
    addresses: list[str], below: bool, path: str
) -> None:
    address = addresses[below]
    asked = address + quote(path, safe="/?=%")
    status, _, body = fetch(asked, Accept_Encoding="gzip")
    (link, base), again = re.findall(r'href="(.*?)">a</a>{"base": "(.*?)"}<br a="b"/>', body)
    shown = [urljoin(asked, link), urljoin(asked, base)]
    expected = [f"{address}report/", address]
    assert (status, shown, again) == (404, expected, (link, base))


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("report", "report/"),
        ("report?q=a/b", "report/?q=a/b"),
        ("报告: 一", "报告: 一/"),
        ("报告: 一/甲", "报告: 一/甲/"),
    ],
)
def test_a_folder_without_its_slash_is_found_below_any_prefix(
    addresses: list[str], below: bool, path: str, target: str
) -> None:
    asked = addresses[below] + quote(path, safe="/?=")
    status, headers, _ = fetch(asked)
    there = unquote(urljoin(asked, headers["Location"]))
    assert (status, there) == (301, addresses[below] + target)


def test_what_is_packed_is_sent_packed(port: int, target: Path) -> None:
    plain = (target / "current" / "download" / "a.csv").read_bytes()
    _, headers, body = ask(port, "/download/a.csv")
    assert (headers.get("Content-Encoding"), body) == (None, plain)
    _, headers, body = ask(port, "/download/a.csv", Accept_Encoding="gzip, deflate")
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < len(plain) / 10
    assert gzip.decompress(body) == plain
    _, headers, body = ask(port, "/download/a.csv", "HEAD", Accept_Encoding="gzip")
    assert (headers["Content-Encoding"], body) == ("gzip", b"")


def test_part_of_a_file(port: int) -> None:
    status, headers, body = ask(port, "/print/full.pdf", Range="bytes=1-3")
    assert (status, headers["Content-Range"], body) == (206, "bytes 1-3/8", b"PDF")


@pytest.mark.parametrize(
    "path",
    [
        "/none", "/404.html", "/assets/", "/report/index.html/", "/refused",
        "/.manifest.json", "/.lock", "/report/.x", "/.server/nginx.pid", "/%2emanifest.json",
        "/report/..%5c..%5c.lock", "/current/", "/releases/",
    ],
)  # fmt: skip
def test_what_is_not_there_or_not_shown(port: int, path: str) -> None:
    status, headers, body = ask(port, path)
    assert (status, body.decode()) == (404, "<h1>没有</h1>")
    assert headers["Content-Security-Policy"] == POLICY


def raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)  # else the rest of a body is waited for
        answer = b""
        with suppress(ConnectionResetError):  # of one that does not stop sending
            while part := connection.recv(65536):
                answer += part
        return answer


HOST = b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /../../../../etc/passwd" + HOST, 400),
        (b"GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd" + HOST, 400),
        (b"GET /report/..%2f..%2f..%2f..%2fetc/passwd" + HOST, 400),
        (b"GET /%00" + HOST, 400),
        (b"GET /\0" + HOST, 400),
        (b"GET /" + b"a" * 40_000 + HOST, 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 10_000 + b"\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505),
        (b"\x16\x03\x01\x02\x00\x01\x00", 400),
        (b"hello\r\n\r\n", 400),
        (b"POST" + b" /" + HOST, 405),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", 405),
        (b"PUT /new.html" + HOST, 405),
        (b"DELETE /" + HOST, 405),
        (b"OPTIONS /" + HOST, 405),
        (b"TRACE /" + HOST, 405),
        (b"PROPFIND /" + HOST, 405),
        (b"get /" + HOST, 400),
    ],
)  # fmt: skip
def test_requests_that_are_refused(port: int, request_: bytes, status: int) -> None:
    head, _, body = raw(port, request_).partition(b"\r\n\r\n")
    assert int(head.split()[1]) == status
    assert body.decode() == "无法答复这个请求。\n"
    allowed = [line for line in head.split(b"\r\n") if line.startswith(b"Allow")]
    assert allowed == ([b"Allow: GET, HEAD"] if status == 405 else [])
    assert ask(port, "/")[0] == 200


def test_slow_clients_keep_nobody_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(600)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX: "[: number % 30])
        assert {ask(port, "/")[0] for _ in range(50)} == {200}
    finally:
        for connection in slow:
            connection.close()


def test_a_browser_keeps_what_has_not_changed(tmp_path: Path) -> None:
    sites = [made_up(tmp_path / mark, mark) for mark in "甲乙"]
    target = tmp_path / "www"
    publish(sites[0], target, NOW)
    with served(target) as port:

        def again(path: str) -> list[int]:
            _, headers, _ = ask(port, path)
            publish(sites[1], target, NOW)
            return [
                ask(port, path, If_None_Match=headers["ETag"])[0],
                ask(port, path, If_Modified_Since=headers["Last-Modified"])[0],
            ]

        assert again("/assets/app.12345678.min.js") == [304, 304]
        publish(sites[0], target, NOW)
        # As long as before, published within the same second, and still known to be another.
        assert again("/") == [200, 200]
        assert again("/") == [304, 304]


def test_published_fifty_times_while_readers_read(tmp_path: Path) -> None:
    sites = {mark: made_up(tmp_path / mark, mark) for mark in "甲乙"}
    target = tmp_path / "www"
    publish(sites["甲"], target, NOW)
    paths = {"/": "index.html", "/report/": "report/index.html", "/download/a.csv": "download/a.csv",
             "/none": "404.html", "/assets/app.12345678.min.js": "assets/app.12345678.min.js"}  # fmt: skip
    whole = {
        path: {(site / name).read_bytes() for site in sites.values()}
        for path, name in paths.items()
    }
    done = threading.Event()
    wrong: list[object] = []
    seen: set[tuple[str, bytes]] = set()

    def read(seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", live, timeout=60)
        try:
            while not done.is_set():
                path = chance.choice([*paths])
                packed = {"Accept-Encoding": "gzip"} if chance.random() < 0.5 else {}
                connection.request("GET", path, headers=packed)
                response = connection.getresponse()
                body = response.read()
                if response.getheader("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                status = 404 if path == "/none" else 200
                policy = response.getheader("Content-Security-Policy")
                if (response.status, policy) != (status, POLICY) or body not in whole[path]:
                    wrong.append((path, response.status, policy, body))
                seen.add((path, body))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    with served(target) as live:
        readers = [threading.Thread(target=read, args=(seed,)) for seed in range(6)]
        for reader in readers:
            reader.start()
        try:
            for number in range(50):
                publish(sites["乙甲"[number % 2]], target, NOW)
        finally:
            done.set()
            for reader in readers:
                reader.join()
    assert wrong == []
    assert seen == {(path, body) for path, bodies in whole.items() for body in bodies}


def test_with_a_password(tmp_path: Path, target: Path) -> None:
    passwords = tmp_path / "passwords"
    packed = subprocess.run(
        ["openssl", "passwd", "-6", "示例"], capture_output=True, encoding="utf-8", check=True
    )
    passwords.write_text(f"reader:{packed.stdout}", "utf-8")
    passwords.chmod(0o644)
    config = CONFIG.replace("#auth_basic ", "auth_basic ").replace(
        "/etc/nginx/passwords", str(passwords)
    )
    with served(target, config) as port:
        # Nor is anybody told which folders there are, whose names may be those of what is not public.
        for path in (
            "/",
            "/report/",
            "/report",
            "/print/full.pdf",
            "/none",
            "/assets/app.12345678.min.js",
        ):
            status, headers, body = ask(port, path)
            assert (status, headers["WWW-Authenticate"]) == (401, 'Basic realm="archive"')
            assert "甲".encode() not in body
            wrong = b64encode("reader:错".encode()).decode()
            assert ask(port, path, Authorization=f"Basic {wrong}")[0] == 401
            right = b64encode("reader:示例".encode()).decode()
            expected = {"/none": 404, "/report": 301}.get(path, 200)
            assert ask(port, path, Authorization=f"Basic {right}")[0] == expected


def test_over_https(target: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "site.key", tmp_path / "site.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        capture_output=True, check=True,
    )  # fmt: skip
    (line,) = re.findall(r"#listen 8443 ssl;(.*)", CONFIG)
    paths = line.replace("/etc/ssl/certs/site.pem", str(certificate))
    paths = paths.replace("/etc/ssl/private/site.key", str(key))
    config = CONFIG.replace(f"#listen 8443 ssl;{line}", paths)
    with served(target, config, listen="ssl") as port:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", port, context=ssl.create_default_context(cafile=str(certificate))
        )
        connection.request("GET", "/")
        response = connection.getresponse()
        body = response.read()
        connection.close()
    assert (response.status, response.getheader("Content-Security-Policy")) == (200, POLICY)
    assert body == (target / "current" / "index.html").read_bytes()


def test_only_for_a_network(target: Path) -> None:
    with served(target, CONFIG.replace("#allow ", "allow ")) as port:
        assert [ask(port, path)[0] for path in ("/", "/none", "/report", "/print/full.pdf")] == [
            403
        ] * 4


def test_the_configuration_has_no_faults(target: Path, tmp_path: Path) -> None:
    (tmp_path / ".server").mkdir()
    done = subprocess.run(
        [NGINX, "-t", "-q", "-p", f"{tmp_path}/", "-c", str(ROOT / "archive" / "setup" / "nginx.conf")],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_nothing_published_nothing_served(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", str(ROOT / "archive" / "setup" / "site-server"), str(tmp_path)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{tmp_path} 里须有发布过的网站，现在没有；先运行 .venv/bin/archive publish {tmp_path}\n"
    )


def test_only_text_is_packed(target: Path) -> None:
    packed = {path.name for path in (target / "current").rglob("*.gz")}
    assert packed == {"index.html.gz", "a.csv.gz", "app.12345678.min.js.gz"}
