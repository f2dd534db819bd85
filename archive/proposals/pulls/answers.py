"""The texts for a form's author and its pull request: fixed wording, with filed text escaped."""

from collections.abc import Sequence

from archive.editing.headings import by_heading, calls_in_entry
from archive.editing.merging import ValueChange
from archive.editing.questions import Form
from archive.files.validation import show
from archive.proposals.diff.as_markdown import fitting, safe

FAILED = "程序处理不了这份表，没有登记。请维护人员看“表单”一项的运行记录；改好以前，请把内容直接告诉维护人员。\n"
"""The answer where the program fails."""


def title(form: Form, number: int) -> str:
    """The title of the pull request and its commit, without filed text: a forge acts on titles."""
    return f"{form.title}（议题 #{number}）"


def body(form: Form, number: int) -> str:
    """The description of the pull request, as Markdown; merging it closes the issue."""
    return (
        f"由议题 #{number} 填写的“{form.title}”表生成。填表人编辑议题，这里随之更新；"
        "审核人也可以直接在这个分支上改，两边的改动都会保留。\n\n"
        "- [ ] 已与原始资料核对\n- [ ] 没有个人信息，可以公开\n\n"
        f"Closes #{number}\n"
    )


def accepted(pull: str, notes: Sequence[str] = (), *, started: bool) -> str:
    """The answer that the form has become the pull request named; `started` is whether its checks run.

    `notes` are lines of what it changes.
    """
    checks = (
        "检查和预览稍后出现在那里。"
        if started
        else "检查没有自动开始，请维护人员在那里手动运行“检查”。"
    )
    listed = "".join(f"- {safe(one)}\n" for one in notes)
    return fitting(
        f"已生成{pull}，审核合并以后生效。{checks}\n\n"
        "要改，直接编辑本议题，保存后那里随之更新；不要另填一份。"
        + (f"\n\n改动如下：\n\n{listed}" if notes else "")
    )


def ways(forms: Sequence[Form]) -> str:
    """The answer to an issue that is no form: what there is instead; people may go on talking in it."""
    listed = "\n".join(f"- {safe(form.title)}：{safe(form.about)}" for form in forms)
    return (
        "这个议题不是按表单填的，程序不处理，留给同事看。要登记、要改的，请点“新建议题”，选一种表单：\n\n"
        f"{listed}\n\n"
        "网站上每条记录后面的“改”、指标页面的“填报”，打开的是已经填好的表单；"
        "改一句话，点那一页题目右边的“编辑此页”。\n"
    )


def unopened(branch: str, right: str) -> str:
    """The answer that the branch exists but the forge refused to open a pull request from it.

    `right` is what to do so that it does.
    """
    return (
        f"登记的内容已在分支 {branch} 上，平台没有准许自动由它开出请求。请维护人员由这个分支手动开一个；"
        f"要以后自动开，{right}。\n"
    )


def refused(form: Form, faults: Sequence[str], pull: str | None) -> str:
    """The answer that lists everything wrong with the form; `pull` names its pull request, if any."""
    labels = {one.field: one.label for one in form.questions}
    named = {f"{name}（{label}）": label for name, label in labels.items()}
    named |= calls_in_entry(form.where, labels)
    lines = "\n".join(f"- {safe(by_heading(one, named))}" for one in faults)
    kept = f"\n\n{pull} 还是上一次的内容。" if pull else ""
    return fitting(
        f"还有 {len(faults)} 处要改，改好以前没有登记。请编辑本议题，改好后保存，会自动重新处理：\n\n{lines}{kept}"
    )


def conflict(form: Form, clash: ValueChange) -> str:
    """The message for a field that the reviewer and the form have changed differently."""
    labels = {one.field: one.label for one in form.questions}
    label = labels.get(clash.field, ".".join(clash.at))
    rule = f"“{label}”审核人已在分支上改为{show(clash.now)}，表中改为{show(clash.new)}"
    return f"{rule}，没有写入；请与审核人商定，把表中这一栏改成与它相同，或者请审核人直接改"


def finished(pull: str, *, merged: bool) -> str:
    """The answer that the pull request is closed, so editing the issue has no effect."""
    if merged:
        return f"{pull} 已经合并，编辑本议题不再起作用。要再改，请在网站上点那条记录的“改”。\n"
    return f"{pull} 已经关闭，没有合并，编辑本议题不再起作用。要重新登记，请另填一份。\n"
