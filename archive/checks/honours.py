"""Rules for the honours and for the pages that name them."""

from collections.abc import Iterator
from itertools import pairwise

from archive.facts.honours import State, state, written
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Loc, Problem
from archive.schema.honours import Honour


def dates_follow_each_other(site: Site) -> Iterator[Problem]:
    """Award, re-inspections in their order and withdrawal follow each other, none after today."""
    as_of = site.archive.project.as_of
    for record in site.archive.records["honours"]:
        honour: Honour = record.data
        for place, message in _disorder(honour):
            yield site.archive.record_problem(record, message, *place)
        for index, review in enumerate(honour.reviews):
            if review.date and review.date > as_of:
                message = f"（复查日期）须不晚于今天（{as_of}），现为 {review.date}"
                loc = ("reviews", index, "date")
                yield site.archive.record_problem(
                    record, f"reviews.{index + 1}.date{message}", *loc
                )
        if honour.withdrawn and honour.withdrawn.date and honour.withdrawn.date > as_of:
            message = (
                f"withdrawn.date（撤销日期）须不晚于今天（{as_of}），现为 {honour.withdrawn.date}"
            )
            yield site.archive.record_problem(record, message, "withdrawn", "date")


def _disorder(honour: Honour) -> Iterator[tuple[Loc, str]]:
    date, end, withdrawn = honour.date, honour.term_end, honour.withdrawn
    if date and end and end < date:
        yield ("term_end",), f"term_end（有效期至）须不早于授予日期 {date}，现为 {end}"
    for index, review in enumerate(honour.reviews):
        if date and review.date and review.date < date:
            message = f"（复查日期）须不早于授予日期 {date}，现为 {review.date}"
            yield ("reviews", index, "date"), f"reviews.{index + 1}.date{message}"
        if review.date and review.until and review.until < review.date:
            message = f"（保留至）须不早于复查日期 {review.date}，现为 {review.until}"
            yield ("reviews", index, "until"), f"reviews.{index + 1}.until{message}"
    for index, (before, after) in enumerate(pairwise(honour.reviews), 2):
        if before.date and after.date and after.date < before.date:
            message = f"（复查日期）须不早于上一次复查 {before.date}，现为 {after.date}"
            yield ("reviews", index - 1, "date"), f"reviews.{index}.date{message}"
    if date and withdrawn and withdrawn.date and withdrawn.date < date:
        message = f"withdrawn.date（撤销日期）须不早于授予日期 {date}，现为 {withdrawn.date}"
        yield ("withdrawn", "date"), message


def terms_fit_their_kind(site: Site) -> Iterator[Problem]:
    """A one-time honour has no end; only one kept by re-inspection is re-inspected."""
    for record in site.archive.records["honours"]:
        honour: Honour = record.data
        if honour.term == "一次性" and honour.term_end:
            yield site.archive.record_problem(
                record,
                f"一次性荣誉没有有效期，term_end（有效期至）须空着，现为 {honour.term_end}",
                "term_end",
            )
        if honour.reviews and honour.term != "届满复查":
            yield site.archive.record_problem(
                record,
                f"记有复查的，term（期限方式）须为届满复查，现为{honour.term or '空'}",
                "term",
            )


def prefixes_are_known(site: Site) -> Iterator[Problem]:
    """The name before a title is one of data/unit.yml, and no person's."""
    names = site.archive.unit.names if site.archive.unit else {}
    for record in site.archive.records["honours"]:
        prefix = record.data.prefix
        if prefix is None or not names:
            continue
        if prefix not in names:
            hint = suggestion(prefix, names)
            message = f"prefix（名称前缀）须是 data/unit.yml 中的名称，没有 {prefix}{hint}"
            yield site.archive.record_problem(record, message, "prefix")
        elif names[prefix].person:
            message = f"prefix（名称前缀）须不是人名，{prefix} 是人名"
            yield site.archive.record_problem(record, message, "prefix")


def certificates_are_there(site: Site) -> Iterator[Problem]:
    """The scan of a certificate is a file of docs/files/."""
    docs = site.archive.project.docs
    files = (docs / "files").resolve()
    for record in site.archive.records["honours"]:
        scan = record.data.certificate
        if scan is None:
            continue
        path = (docs / scan).resolve()
        if not (path.is_file() and path.is_relative_to(files)):
            message = f"certificate（证书扫描件）须在 docs/files/ 下，没有 {scan}"
            yield site.archive.record_problem(record, message, "certificate")


def honours_are_recorded_once(site: Site) -> Iterator[Problem]:
    """A collective honour stands once: of one title there are several only if all are dated apart."""
    names = site.archive.unit.names if site.archive.unit else {}
    seen: dict[str, dict[object, str]] = {}
    for record in site.archive.records["honours"]:
        honour: Honour = record.data
        if honour.recipient == "个人":
            continue  # without names, two people with one honour cannot be told apart
        title = written(honour, names)
        dates = seen.setdefault(title, {})
        if dates and (None in dates or honour.date is None or honour.date in dates):
            first = dates.get(honour.date) or next(iter(dates.values()))
            message = (
                f"同一荣誉须只记一次，{first} 已记“{title}”；"
                "复查确认保留写在原记录的 reviews（复查）里，另一次授予须写明不同的日期"
            )
            yield site.archive.record_problem(record, message, "title")
        dates.setdefault(honour.date, record.id)


def withdrawn_honours_are_not_claimed(site: Site) -> Iterator[Problem]:
    """An honour that was withdrawn is not named in running text."""
    as_of = site.archive.project.as_of
    withdrawn = {
        record.id
        for record in site.archive.records["honours"]
        if state(record.data, as_of) is State.WITHDRAWN
    }
    for page in site.archive.pages.values():
        for call in page.calls:
            for id_ in call.args if call.name == "honours" else ():
                if id_ in withdrawn:
                    message = f"正文列举的荣誉须未被撤销，{id_} 已撤销，请从 honours(…) 中删去"
                    yield page.problem(call.start, message)
