"""Rules for the typical examples, and for naming people on any page."""

from collections.abc import Iterator

from archive.checks.problems import Dated, out_of_order, still_to_come
from archive.facts.people import examples, people_agreed
from archive.facts.site import Site
from archive.files.pages import Page
from archive.files.validation import suggestion
from archive.files.yaml import Problem
from archive.schema.examples import Example
from archive.schema.kinds import anchors

"""The sections of an example in their order: id of the heading → its text."""


def _top(page: Page) -> int:
    return page.headings[0].start if page.headings else 0


def examples_show_their_record(site: Site) -> Iterator[Problem]:
    """An example shows its record with `example()`, once; no other page does."""
    for page in site.archive.written.values():
        calls = [call for call in page.calls if call.name == "example"]
        if isinstance(page.meta, Example):
            if not calls:
                message = "典型事例须在标题下用宏 {{ example() }} 列出概况，现在没有；请加一行 {{ example() }}"
                yield page.problem(_top(page), message)
            for call in calls[1:]:
                yield page.problem(call.start, "宏 example 在一页里须只用一次；请删去这一处")
        elif page.meta is not None:
            for call in calls:
                yield page.problem(
                    call.start, "宏 example 须用在典型事例的页面上（docs/examples/）；请改为链接"
                )


def people_are_named_with_their_consent(site: Site) -> Iterator[Problem]:
    """A person's name that is filled in is shown only if an example records that person's consent."""
    if site.archive.unread_pages("examples/"):
        return
    names = site.archive.unit.names if site.archive.unit else {}
    subjects = {record.person: (page, record) for page, record in examples(site.archive)}
    agreed = people_agreed(site.archive)
    for page in site.archive.written.values():
        for call in page.calls:
            id_ = str(call.args[0]) if call.name == "name" and call.args else ""
            name = names.get(id_)
            if not (name and name.person and name.value) or id_ in agreed:
                continue
            found = "现在没有 person（人物）为此人的典型事例"
            if id_ in subjects:
                example, record = subjects[id_]
                found = f"{example.file} 的 consent.status 现为{record.consent.status}"
            yield page.problem(
                call.start,
                f"姓名须经本人同意才能公开，{id_} 的姓名已经填写，{found}；"
                "未取得同意以前，data/unit.yml 里的姓名须空着，请改为：value:",
            )


def consents_are_whole(site: Site) -> Iterator[Problem]:
    """Consent obtained has a date, consent not needed a reason; a person named must have been asked."""
    as_of = site.archive.project.as_of
    for page, record in examples(site.archive):
        consent = record.consent
        if consent.status == "已取得" and consent.date is None:
            yield page.front_problem(
                "已取得本人同意的，须写明取得日期，现为空；例如：date: 2024-03-05",
                "consent",
                "date",
            )
        if consent.status != "已取得" and consent.date:
            message = f"未取得本人同意的，取得日期须空着，现为 {consent.date}；请改为：date:，已经取得的写 status: 已取得"
            yield page.front_problem(message, "consent", "date")
        obtained = Dated(("consent", "date"), "取得日期", consent.date)
        for loc, message in still_to_come(as_of, obtained):
            yield page.front_problem(message, *loc)
        if consent.status == "不需要" and consent.reason is None:
            yield page.front_problem(
                "不需要本人同意的，须写明理由，现为空；例如：reason: 事例里没有个人",
                "consent",
                "reason",
            )
        if consent.status == "不需要" and record.person:
            message = f"person（人物）为 {record.person}，公开姓名须经本人同意，不得写“不需要”；请改为：status: 未取得"
            yield page.front_problem(message, "consent", "status")


def examples_name_what_is_recorded(site: Site) -> Iterator[Problem]:
    """The person of an example is a person in data/unit.yml, its honour one in data/honours/."""
    names = site.archive.unit.names if site.archive.unit else {}
    people = [id_ for id_, name in names.items() if name.person]
    honours = site.archive.record_ids("honours")
    for page, record in examples(site.archive):
        if record.person and names and record.person not in people:
            found = "不是人名" if record.person in names else "没有"
            message = f"须是 data/unit.yml 中的人名，{found} {record.person}"
            hint = suggestion(record.person, people)
            yield page.front_problem(f"person（人物）{message}{hint}", "person")
        if record.honour and record.honour not in honours:
            hint = suggestion(record.honour, honours)
            message = f"须是 data/honours/ 中的荣誉，没有 {record.honour}{hint}"
            yield page.front_problem(f"honour（所获荣誉）{message}", "honour")


def example_periods_run_forward(site: Site) -> Iterator[Problem]:
    """The period of an example must not end before it starts."""
    for page, record in examples(site.archive):
        start = Dated(("period", "start"), "起始日", record.period.start)
        end = Dated(("period", "end"), "截止日", record.period.end)
        for loc, message in out_of_order(start, end):
            yield page.front_problem(message, *loc)


def examples_tell_background_practice_and_result(site: Site) -> Iterator[Problem]:
    """An example has the sections of data/kinds.yml in their order, with their ids."""
    sections = anchors(site.archive.kinds, "example_sections")
    if not sections:
        return
    wanted = [(anchor, label) for label, anchor in sections.items()]
    for page, _ in examples(site.archive):
        found = [(h.id, h.text.strip()) for h in page.headings if h.level == 2]
        if found != wanted:
            rule = "、".join(f"## {text} {{ #{id_} }}" for id_, text in wanted)
            shown = "、".join(text for _, text in found) or "没有"
            yield page.problem(
                _top(page),
                f"典型事例的二级标题须依次为 {rule}，现为：{shown}；请照样写齐，还没有材料的写“待补”",
            )
