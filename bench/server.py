"""Measure requests per second of the published site, of an empty page, and during publishing."""

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from archive.facts.project import Project
from archive.publish import publish, write_manifest
from bench.measure import PAGE, ROUNDS, free_port, run
from bench.sites import ROOT, own
from bench.table import listed

RECORDS = 2_000
BUILD = "archive build --no-print"
SECONDS, CONNECTIONS = 5, 64
TIMES = 50
"""How often the site is published under load."""
LISTEN = "listen 127.0.0.1:8080;"
ASKED = {PAGE: "报告一页", "figures/": "指标登记", "search/index.js": "搜索索引"}

# Requests the pages by turns, and counts answers that differ from every published file.
WATCH = """
local paths, whole, at = {%s}, {}, 0
for _, name in ipairs({%s}) do
  local file = assert(io.open(name, "rb"))
  whole[file:read("*a")] = true
  file:close()
end
wrong = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function request()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
function response(status, headers, body)
  if status ~= 200 or not whole[body] then wrong = wrong + 1 end
end
function done()
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("wrong") end
  print("Wrong: " .. all)
end
"""


def server(sources: Path, folder: Path) -> str:
    """The results as text, measured with wrk on a site built in `folder`."""
    if shutil.which("wrk") is None:
        return "没有 wrk，没有测量。"
    return listed(f"wrk，{CONNECTIONS} 个连接", _measured(sources, folder))


def _measured(sources: Path, folder: Path) -> Iterator[tuple[str, str]]:
    root = own(sources, folder / "ours", RECORDS)
    run(root, BUILD)
    project = Project(root, root / "data", date.today())
    sites = root / "site", _other(root / "site", folder / "other", project)
    target, empty = folder / "www", folder / "empty"
    for site, to in ((sites[0], target), (_empty(folder / "nothing", project), empty)):
        publish(site, to, datetime.now(UTC), trial=True)
    with _served(target) as ours, _served(empty) as beside:
        addresses = {f"{ours}{path}": label for path, label in ASKED.items()}
        yield from _speeds({**addresses, beside: "空白页"}).items()
        yield from _under_load(ours, target, sites)


def _other(site: Path, copy: Path, project: Project) -> Path:
    """A copy of the site with another text on every page."""
    shutil.copytree(site, copy)
    for page in copy.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace("</body>", "<p>另一次</p></body>"), "utf-8")
    write_manifest(copy, project)
    return copy


def _empty(folder: Path, project: Project) -> Path:
    folder.mkdir()
    (folder / "index.html").write_bytes(b"")
    write_manifest(folder, project)
    return folder


@contextmanager
def _served(target: Path) -> Iterator[str]:
    """Serve the published site with nginx; yields its address."""
    port = free_port()
    config = (ROOT / "archive" / "setup" / "nginx.conf").read_text("utf-8")
    written = target.with_suffix(".conf")
    written.write_text(config.replace(LISTEN, f"listen 127.0.0.1:{port};"), "utf-8")
    process = subprocess.Popen(
        ["sh", ROOT / "setup" / "site-server", target, written], stdout=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def _speeds(addresses: Mapping[str, str]) -> dict[str, str]:
    """Label → requests per second, measured by turns so that other load slows all addresses."""
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for address, label in addresses.items():
            found.setdefault(label, []).append(_rate(_load(address, f"-d{SECONDS}s")))
    return {label: f"{max(rates):,.0f} 次/秒" for label, rates in found.items()}


def _command(address: str, *options: str) -> list[str]:
    packed = ("-H", "Accept-Encoding: gzip")
    return ["wrk", "-t2", f"-c{CONNECTIONS}", *packed, *options, address]


def _load(address: str, *options: str) -> str:
    done = subprocess.run(
        _command(address, *options), capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def _rate(output: str) -> float:
    found = re.search(r"Requests/sec: +([\d.]+)", output)
    assert found, output
    return float(found[1])


def _under_load(address: str, target: Path, sites: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Publish repeatedly under load, and compare every answer with the published files."""
    names = [f"{path}index.html" if path.endswith("/") else path for path in ASKED]
    publish(sites[1], target, datetime.now(UTC), trial=True)
    releases = sorted((target / "releases").iterdir())
    files = [release / f"{name}.gz" for release in releases for name in names]
    kept = [shutil.copy(file, target.with_name(f"{n}.gz")) for n, file in enumerate(files)]
    script = target.with_suffix(".lua")
    script.write_text(WATCH % (_quoted([f"/{path}" for path in ASKED]), _quoted(kept)), "utf-8")
    with subprocess.Popen(
        _command(address, "-d600s", "-s", str(script)), stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        for number in range(TIMES):
            publish(sites[number % 2], target, datetime.now(UTC), trial=True)
        process.send_signal(signal.SIGINT)
        output = process.stdout.read() if process.stdout else ""
    total, wrong = re.search(r"(\d+) requests in", output), re.search(r"Wrong: (\d+)", output)
    assert total, output
    assert wrong, output
    failed = re.search(r"Socket errors: (.*)", output)
    yield f"连续发布 {TIMES} 次，其间的请求", f"{int(total[1]):,} 次"
    yield "　速度（逐个核对内容）", f"{_rate(output):,.0f} 次/秒"
    yield "　不完整、混杂或出错的答复", f"{int(wrong[1]):,} 次"
    yield "　断开的连接", failed[1] if failed else "0 次"


def _quoted(texts: Sequence[object]) -> str:
    return ", ".join(f'"{text}"' for text in texts)
