"""Invented pages of about 3 KB, like those an office writes; the same at every run."""

from collections.abc import Mapping

HEADINGS = {
    "duties": "（一）职责分工",
    "learning": "（二）学习安排",
    "service": "（三）服务落实",
    "checks": "（四）督促检查",
    "records": "（五）资料归档",
}
SENTENCES = (
    "各科室按照分工抓好本项工作，主要负责人亲自部署，分管负责人具体督办，遇到问题及时会商、限期解决。",
    "坚持把创建工作同业务工作一起谋划、一起推进、一起检查，做到任务到岗、责任到人，不搞形式、不走过场。",
    "资料由经办人随办随收，内容须写明时间、地点、参加人员和结果，经科室负责人复核后交办公室统一归档。",
    "学习采取集中研讨、专题辅导和个人自学相结合的办法，结合岗位实际谈体会、找差距、提建议，注重学以致用。",
    "面向社会各界开展统计服务，认真答复来电来访，用通俗易懂的图表解读统计数据，提高统计工作的透明度。",
    "组织业务骨干深入企业和社区，讲解报表制度和统计法律法规，帮助基层健全台账，从源头上保证数据真实准确。",
    "对检查中发现的问题建立清单，逐项明确整改措施和完成时限，整改结果在一定范围内通报，接受干部职工监督。",
    "鼓励青年干部参加志愿服务和岗位练兵，在急难险重任务中锻炼本领，形成比学赶超、团结协作的良好氛围。",
    "办公场所保持整洁有序，公共区域落实卫生责任，倡导节约用水用电、减少纸张消耗，养成绿色办公的习惯。",
    "严格执行请销假、外出报备和值班制度，关键时段安排专人在岗，重要事项按程序请示报告，确保工作衔接顺畅。",
    "注重发挥先进典型的示范作用，通过宣传栏和内部简报介绍好经验、好做法，引导干部职工见贤思齐、崇德向善。",
    "年终对照工作要求逐条自查，总结成效，分析不足，提出下一步改进的思路，形成书面材料报领导小组审定。",
    "群团组织围绕中心工作开展健康向上的文体活动，关心干部职工身心健康，努力营造温暖和谐的机关环境。",
)
SENTENCES_EACH = 3


def page(number: int, following: str, figures: Mapping[str, str]) -> str:
    """The Markdown of page `number`, with a link to page `following`; `figures` is id → name."""
    sections = [_section(number, index, figures) for index in range(len(HEADINGS))]
    head = f"---\ntitle: 工作资料第{number}号\ndescription: 示例市统计局工作资料，内容均为虚构。\n---\n"
    return "\n".join(
        [head, f"# 工作资料第{number}号\n", *sections, f"下一份见[资料]({following}#duties)。\n"]
    )


def _section(number: int, index: int, figures: Mapping[str, str]) -> str:
    anchor, title = list(HEADINGS.items())[index]
    first = number * 5 + index * SENTENCES_EACH
    sentences = [SENTENCES[(first + n) % len(SENTENCES)] for n in range(SENTENCES_EACH)]
    id_, name = list(figures.items())[(number * 3 + index) % len(figures)]
    shown = f'{{{{ name("bureau") }}}}统计局登记的“{name}”为{{{{ fig("{id_}") }}}}。'
    return f"## {title} {{ #{anchor} }}\n\n{''.join(sentences)}\n\n{shown}\n"
