"""Posts that sign: which two are one, and whether a person's name stands where a post should."""

import re
import unicodedata

from archive.leaks.people import is_name

_MORE_SURNAMES = "于方成时文武常尚费项路单左吉柴盛靳米隋"
"""Surnames that are words as well, so that in running text they name nobody."""
_TITLE = re.compile("(?:同志|先生|女士|老师|副?(?:主任|[局处科股队组所站部院]长|书记))$")
_POST = re.compile(
    "(?:[科室处股局部站所队组办委会岗员]|主任|[局处科股队组所站部院区镇乡村]长|书记|领导|干事|专干"
    "|^.长|会计|出纳|文书|秘书|助理|中心|支部|(?:工程|统计|经济|会计|审计)师|(?:负责|经办|承办|责任|联系)人)$"
)
"""How a post ends, and so no name."""
_LONGEST = 8
"""Characters of a name with a title, such as 欧阳小明副主任."""
_AFTER_A_POST = re.compile("(?<=[科室处股局部站所队组办委岗员长])|(?<=主任|书记|领导|会计|中心)")
_NO_NAME = re.compile(
    "(?:史志|安监|安保|高教|高新|江海|文化|文秘|文教|文明|文印|方志|项目|成本|成员|时政|单位|路政|常务|常委|武装)"
)


def same_post(text: str) -> str:
    """What two ways of writing one post have in common: its letters, whatever their width."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def person_in(post: str) -> str:
    """The person's name that stands in the name of a post; empty if none does."""
    whole = "".join(one if one.isalnum() else " " for one in unicodedata.normalize("NFKC", post))
    for piece in (whole.replace(" ", ""), *whole.split()):
        starts = (0, *(found.end() for found in _AFTER_A_POST.finditer(piece)))
        rests = (piece[at:] for at in starts if len(piece) - at <= _LONGEST)
        found = next(filter(_is_person, rests), "")
        if found:
            return found
    return ""


def _is_person(text: str) -> bool:
    """Whether a text is a name, a name with a title, or a surname with one: 张三, 张三同志, 张科长."""
    if _NO_NAME.match(text):
        return False
    bare = _TITLE.sub("", text)
    if bare != text and (_is_full_name(bare) or _is_full_name(f"{bare}某")):
        return True
    return not _POST.search(text) and _is_full_name(text)


def _is_full_name(text: str) -> bool:
    further = text[:1] in _MORE_SURNAMES and re.fullmatch("[\u4e00-\u9fff]{2,3}", text)
    return is_name(text) or bool(further)
