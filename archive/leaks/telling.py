"""What is said of a finding: what must hold, what was found, and the way out."""

from collections.abc import Mapping

from archive.leaks.finding import Found
from archive.schema.allowed import Kind

RULES: Mapping[Kind, str] = {
    "身份证号": "不得公布身份证号",
    "手机号": "不得公布个人手机号",
    "银行卡号": "不得公布银行卡号",
    "私人邮箱": "不得公布私人邮箱",
    "住址": "不得公布个人住址",
    "姓名": "姓名须经本人同意才能公开",
    "受助人姓名": "不得公布受助人的姓名",
    "草稿标记": "公布前须删去草稿标记",
    "图片信息": "图片须不带拍摄地点、相机和作者的信息",
    "文件属性": "附件须不带作者、修改者和公司的属性",
    "修订批注": "附件里的修订须已接受或拒绝，批注须已删去",
    "无法检查": "附件须能检查内容（另存为 docx、xlsx、pptx 或 PDF，不加密）",
}
"""Kind of finding → what must hold."""


def told(found: Found) -> str:
    """The message for something found in a file, without the file and the line."""
    where = f"（{found.place}）" if found.place else ""
    return f"{RULES[found.kind]}，现有 {found.found}{where}；确可公开的，在 data/allowed.yml 写明"
