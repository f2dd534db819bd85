"""Whether print files can be made: the fonts."""

from archive.facts.conditions import Condition, condition
from archive.facts.project import Project
from archive.files.yaml import Problem
from archive.press.font_files import all_fetched, font_files


def font_condition(project: Project) -> Condition:
    """The fonts of print files. Only own fonts are opened: of the fetched ones it is known what they are."""
    own = [name for name in font_files(project) if name.startswith("fonts/")]
    problems: list[Problem] = []
    if own or not all_fetched():
        from archive.press.faces import faces  # slow to import

        _, problems = faces(project)
    found = [f"本单位的 {len(own)} 个"] if own else []
    found += ["免费的一套"] if all_fetched() else []
    told = str(problems[0].message) if problems else ""
    return condition(
        "字体", not problems, "打印用的字体须齐全",
        f"现在有{'、'.join(found) or '的不够'}" + (f"：{told.partition('；')[0]}" if told else ""),
        "请运行 make fonts，或者把本单位的字体放进 fonts/", needed=True,
    )  # fmt: skip
