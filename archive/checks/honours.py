"""Rules for the honours and for the pages that name them."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from archive.checks.problems import Dated, Fault, out_of_order, still_to_come
from archive.facts.honours import HonourState, honour_state
from archive.facts.site import Site
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.honours import Honour


def dates_follow_each_other(site: Site) -> Iterator[Problem]:
    """The dates of an honour are in order; re-examinations and the withdrawal are not after today.

    Nothing is before the award, and no re-examination before the one ahead of it.
    """
    for record in site.archive.of(Honour):
        for loc, message in _misdated(record.data, site.archive.project.as_of):
            yield site.archive.record_problem(record, message, *loc)


def _misdated(honour: Honour, today: date) -> Iterator[Fault]:
    awarded = Dated(("date",), "授予日期", honour.date)
    reviews = [
        Dated(("reviews", index, "date"), "复查日期", review.date)
        for index, review in enumerate(honour.reviews)
    ]
    withdrawn = Dated(
        ("withdrawn", "date"), "撤销日期", honour.withdrawn.date if honour.withdrawn else None
    )
    yield from still_to_come(today, *reviews, withdrawn)
    yield from out_of_order(awarded, Dated(("term_end",), "有效期至", honour.term_end))
    yield from out_of_order(awarded, withdrawn)
    for index, (step, review) in enumerate(zip(reviews, honour.reviews, strict=True)):
        yield from out_of_order(awarded, step)
        yield from out_of_order(step, Dated(("reviews", index, "until"), "保留至", review.until))
    for before, after in pairwise(reviews):
        yield from out_of_order(before._replace(label="上一次复查"), after)


def terms_fit_their_kind(site: Site) -> Iterator[Problem]:
    """A one-time honour has no end of term; only an honour with term 届满复查 is re-examined."""
    for record in site.archive.of(Honour):
        honour: Honour = record.data
        if honour.term == "一次性" and honour.term_end:
            yield site.archive.record_problem(
                record,
                f"一次性荣誉没有有效期，term_end（有效期至）须空着，现为 {honour.term_end}；请改为：term_end:",
                "term_end",
            )
        if honour.reviews and honour.term != "届满复查":
            yield site.archive.record_problem(
                record,
                f"记有复查的，term（期限方式）须为届满复查，现为{honour.term or '空'}；请改为：term: 届满复查",
                "term",
            )


def prefixes_are_known(site: Site) -> Iterator[Problem]:
    """The prefix of a title is a name in data/unit.yml, and not a person's."""
    names = site.archive.unit.names if site.archive.unit else {}
    for record in site.archive.of(Honour):
        prefix = record.data.prefix
        if prefix is None or not names:
            continue
        if prefix not in names:
            hint = suggestion(prefix, names)
            message = f"prefix（名称前缀）须是 data/unit.yml 中的名称，没有 {prefix}{hint}"
            yield site.archive.record_problem(record, message, "prefix")
        elif names[prefix].person:
            message = (
                f"prefix（名称前缀）须不是人名，{prefix} 是人名；请改用单位的名称，没有的写 prefix:"
            )
            yield site.archive.record_problem(record, message, "prefix")


def certificates_are_there(site: Site) -> Iterator[Problem]:
    """The scan of a certificate is a file in docs/files/."""
    for record in site.archive.of(Honour):
        scan = record.data.certificate
        if scan is None:
            continue
        if not (scan.startswith("files/") and scan in site.archive.docs):
            message = f"certificate（证书扫描件）须在 docs/files/ 下，没有 {scan}；请放进这个文件，或者写 certificate:"
            yield site.archive.record_problem(record, message, "certificate")


def withdrawn_honours_are_not_claimed(site: Site) -> Iterator[Problem]:
    """A page must not name an honour that was withdrawn."""
    as_of = site.archive.project.as_of
    withdrawn = {
        record.id
        for record in site.archive.of(Honour)
        if honour_state(record.data, as_of) is HonourState.WITHDRAWN
    }
    for page in site.archive.written.values():
        for call in page.calls:
            for id_ in call.args if call.name == "honours" else ():
                if id_ in withdrawn:
                    message = f"正文列举的荣誉须未被撤销，{id_} 已撤销，请从 honours(…) 中删去"
                    yield page.problem(call.start, message)
