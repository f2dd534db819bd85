"""Files of the invented bureau, made anew each time: photographs and scanned documents, and what each proves."""

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from demo.scanned import certificate, notice
from demo.scenes import drawn
from demo.volunteering import YEARS

FOLDER = "files/"
"""The folder of all attachments, within docs/."""

_CERTIFIED = ("civilised-unit", "shili-women", "shili-youth")
"""Ids of the honours of which there is a scan: one in force, one expired, one revoked."""

# Scene → its title, years, the item it proves, and place, people, subject, background and reason as the caption.
_PICTURES = {
    "planting": ("义务植树", (2023, 2024, 2025), "volunteering", ("示例林场", "示例科室干部职工", "植树造林", "示例植树节", "栽种树苗")),
    "crossing": ("文明劝导", (2023, 2025), "volunteering", ("示例大道路口", "示例志愿者和行人", "文明交通", "示例文明交通行动", "引导行人走斑马线")),
    "cleaning": ("小区整治", (2024, 2025), "volunteering", ("示例小区", "示例志愿者", "爱国卫生", "示例爱国卫生运动", "清扫小区道路")),
    "visiting": ("走访老人", (2024,), "assistance", ("示例社区乙", "示例志愿者和两位老人", "走访慰问", "示例共建活动", "看望独居老人")),
    "village": ("帮销水果", (2023, 2025), "assistance", ("示例村", "示例驻村队员和村民", "定点帮扶", "示例丰收时节", "装箱外运")),
    "lecture": ("道德讲堂", (2023, 2024, 2025), "carriers", ("示例会议室", "示例主讲人和干部职工", "道德讲堂", "示例学习安排", "讲统计人的职业道德")),
    "reading": ("阅览室", (2023, 2024, 2025), "common-effort", ("示例阅览室", "示例干部职工", "书香机关", "示例读书月", "午间读书")),
    "display": ("统计开放日", (2024, 2025), "statistical-service", ("示例展厅", "示例参观群众", "一图读懂", "示例统计开放日", "看展板，了解公报")),
}  # fmt: skip

# Collection and kind of a record → the scene that its last record of a year shows.
_SHOWN = {
    ("volunteering", "植树造林"): "planting",
    ("volunteering", "文明交通"): "crossing",
    ("volunteering", "爱国卫生"): "cleaning",
    ("volunteering", "社区服务"): "visiting",
    ("activities", "道德讲堂"): "lecture",
}

# Name and day of a document → its title, number, text, and what it proves: item, kind of evidence, years.
_NOTICES = {
    ("创建工作领导小组", date(2023, 1, 30)): (
        "关于成立创建工作领导小组的通知", "示例统发〔2023〕2号",
        ("各科室：", "　　为加强文明单位创建工作，成立示例市统计局创建工作", "领导小组，由示例局长任组长，办公室设在示例办公室。", "　　本件供演示用，单位、文号和内容均为虚构。"),
        (("planning", "正式文件", (2023,)),),
    ),
    ("文明创建三年方案", date(2023, 2, 20)): (
        "关于印发文明创建三年方案的通知", "示例统发〔2023〕4号",
        ("各科室：", "　　现将《示例市统计局文明创建三年方案》印发给你们，", "请认真执行。每次活动要有签到表、小结和照片。", "　　本件供演示用，单位、文号和内容均为虚构。"),
        (
            ("common-effort", "正式文件", YEARS),
            ("carriers", "方案", YEARS),
            ("volunteering", "正式文件", YEARS),
            ("volunteering", "方案", YEARS),
        ),
    ),
}  # fmt: skip


def write_files(docs: Path) -> None:
    """Write the photographs and the documents into the pages' folder."""
    for scene, (title, years, *_) in _PICTURES.items():
        for year in years:
            _put(docs, _picture(year, title), _photograph(scene, f"{year}年　{title}", year))
    for (name, day), (title, number, lines, _) in _NOTICES.items():
        _put(docs, _document(day, name), notice(title, number, lines, _said(day), day.day))


def with_certificate(docs: Path, id_: str, record: dict[str, Any]) -> dict[str, Any]:
    """The record of an honour with the scan of its certificate, which is written, if there is one."""
    if id_ not in _CERTIFIED:
        return record
    day, name = record["date"], f"{FOLDER}{record['date'].year}/证书-{id_}.png"
    _put(docs, name, certificate(record["title"], record["body"], _said(day), day.day))
    return {**record, "certificate": name}


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _put(docs: Path, name: str, raw: bytes) -> None:
    path = docs / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def _photograph(scene: str, title: str, turn: int) -> bytes:
    out = io.BytesIO()
    drawn(scene, title, turn).picture().save(out, "JPEG", quality=72)
    return out.getvalue()


def _picture(year: int, title: str) -> str:
    return f"{FOLDER}{year}/{title}.jpg"


def _document(day: date, name: str) -> str:
    return f"{FOLDER}{day.year}/{name}.pdf"


def proofs(item: str) -> Iterator[dict[str, Any]]:
    """Yield what the files prove of an assessment item."""
    for title, years, of, caption in _PICTURES.values():
        for year in years if of == item else ():
            said = dict(
                zip(("place", "people", "theme", "background", "cause"), caption, strict=True)
            )
            to = _picture(year, title)
            said = {"time": f"{year}年，示例时间"} | said
            yield {"kind": "图片", "to": to, "years": [year], "caption": said}
    for (name, day), (*_, proves) in _NOTICES.items():
        for of, kind, proven in proves:
            if of == item:
                yield {"kind": kind, "to": _document(day, name), "years": list(proven)}


def with_pictures(
    collection: str, records: Iterable[tuple[str, dict[str, Any]]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of a collection, the last of a kind in a year with its photograph as evidence."""
    listed = list(records)
    last = {(_shown(collection, one), one["date"].year): id_ for id_, one in listed}
    for id_, record in listed:
        scene, year = _shown(collection, record), record["date"].year
        title, years, *_ = _PICTURES[scene] if scene else ("", ())
        if year in years and last[scene, year] == id_:
            record = {**record, "evidence": [*record["evidence"], _picture(year, title)]}
        yield id_, record


def _shown(collection: str, record: dict[str, Any]) -> str | None:
    return _SHOWN.get((collection, record.get("kind", "")))


def replace_own(docs: Path) -> None:
    """Put a drawn picture or a made-up document in place of each of the bureau's own in docs/files/."""
    for path in sorted((docs / FOLDER).rglob("*")):
        suffix = path.suffix.lower()
        if suffix in _FORMATS:
            drawn("display", "示例", 0).picture().save(path, _FORMATS[suffix])
        elif suffix == _PDF:
            path.write_bytes(
                notice("示例文件", "示例", ("　　本件供演示用，内容均为虚构。",), "", 0)
            )


def is_replaced(file: str) -> bool:
    """Whether a file of the bureau, by its path from the root, has another in its place."""
    suffix = Path(file).suffix.lower()
    return file.startswith(f"docs/{FOLDER}") and suffix in (*_FORMATS, _PDF)


_PDF = ".pdf"
_FORMATS: Mapping[str, str] = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF",
}  # fmt: skip
