"""Names of people: who was helped, whom a form names, who has a title.

Chinese does not separate words, so text counts as a name only where a word beside it says so, and
only if it begins with a surname and not with a common word.
"""

import re
from collections.abc import Iterator
from itertools import chain

from archive.files.patterns import late
from archive.leaks.leak import TextLeak, masked
from archive.schema.allowed import LeakKind

# The commonest surnames, without those that are more often another word (于, 时, 成, 方 …).
_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎贺赖龚樊兰殷施陶洪翟倪严牛温芦季俞章"
    "鲁葛伍韦申尤毕聂丛焦齐梅庄辛管祝涂詹耿柯骆柏舒屈欧翁闫喻关穆纳哈冶买虎拜妥海沙金白安高"
)
_DOUBLE = "欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|夏侯|东方|慕容|令狐|端木"
_NOT_NAMES = (
    "马上|马路|马力|黄河|黄金|周边|周围|周年|周期|周末|周到|周转|林业|林地|林区|何时|何种|何况|程序|程度|曾经|许多|许可|余额"
    "|余下|余人|任务|任职|任何|任期|任免|任用|任课|石油|石材|康复|毛毯|毛巾|毛衣|江南|江河|史料|顾问|顾虑|龙头|万元|万人|万户"
    "|段落|钱款|钱物|施工|施肥|施行|施策|严格|严重|严肃|严冬|严寒|温暖|温馨|温度|温饱|牛奶|牛羊|牛肉|季节|季度|章程|申请|申报"
    "|申领|关心|关爱|关怀|关系|关于|关注|关键|关切|管理|管护|齐全|海上|海报|沙发|沙地|金额|金融|金秋|白天|白菜|安全|安置|安心"
    "|安排|安装|安康|安度|安居|安家|安慰|高龄|高兴|高温|高校|高效|高中|高考|高血|高质|田间|田地|夏季|夏粮|夏天|秦腔|唐诗|宋词"
    "|陈旧|陈列|张贴|张罗|张开|庄稼|庄重|辛苦|辛勤|梅花|雷雨|汤圆|罗列|贺信|贺卡|孔雀|范围|范例|石化|金属|金奖|白内|黎明|陆续"
    "|姜片|兰花|祝福|祝愿|江苏|金凤|金桥|高原|高山|高层|高级|高压|高额|高位|高度|安抚|安顿|安稳|丁香|胡同|叶片|苏打|杨树|柏树"
    "|梁柱|胡萝|牛棚|毛病|曾任|何处|金银|严管|管好|沙枣|温棚|买房|买菜|买药|买到|买卖|海鲜|海产|关节"
)
_NAME = (
    rf"(?!{_NOT_NAMES})(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SINGLE}][\u4e00-\u9fff]{{1,2}}?)"
)
_HIDDEN = "某*＊×ＸX○〇"
_TITLE = "同志|先生|女士|夫妇|老人|奶奶|爷爷|大爷|大妈|大娘|大叔|阿姨|老师"
_WANT = "困难|贫困|低保|脱贫|建档立卡|受灾|特困|困境|残疾|失独|孤寡|留守|独居|空巢|患病|重病|生病|帮扶|慰问|救助|资助|受助|结对"
_WHOM = "群众|家庭|户|党员|老党员|职工|老人|大学生|学生|儿童|居民|村民|妇女|人员|人|对象"
_OTHERS = "五保户|监测户|烈属|军属|受益人"
_FIRST_OF_NEED = late(f"{_WANT}|{_OTHERS}")
_NEED = f"(?:(?:{_WANT})的?(?:{_WHOM})|{_OTHERS})"
_AFTER = rf"(?=[，,。.；;、）)\s:：（(\]”*]|等|一家|家中|家(?!庭)|的|送|捐|{_TITLE}|户|$)"
_HELPED = late(rf"{_NEED}(?:有|是|为)?\s?[:：“（(*]{{0,2}}\s?(?P<name>{_NAME}){_AFTER}")
_VISITED = late(
    rf"(?:为|看望|慰问|走访|探望|帮扶|资助|救助|照顾|照料)了?\s?(?P<name>(?!{_NOT_NAMES})[{_SINGLE}]"
    r"[^\W\da-zA-Z村社区镇乡县街路院局家户山湖河前后里内的]{2})(?:老人|奶奶|爷爷|大爷|大妈|大娘|大叔|阿姨|夫妇|一家)"
)
_LABELS = r"姓\s{0,4}名|联系人|户主|受助人|受益人|申请人|领取人|签收人|经办人|家长|监护人"
_NO_OFFICE = "(?<![科室处股局部站队组办会党村长员])(?<!主任)(?<!书记)(?<!会计)"
_LABELLED = late(
    rf"(?:{_LABELS})\s?[:：]\s?(?P<name>{_NAME}){_NO_OFFICE}(?![\u4e00-\u9fff{_HIDDEN}])"
)
# Who took part, who spoke, who wrote it down: one name after the other.
_TOOK_PART = late(
    r"[参出列缺请与到陪带领在值随记复审填统制主汇发负组队成志](?:"
    r"(?:(?<=参)[加与会]|(?<=[出列缺])席|(?<=请)假|(?<=[与到])会|(?<=[到在])场|(?<=陪)同|(?<=[带领])队|(?<=值)班|(?<=随)行)"
    r"(?:人员|领导|同志|人|者)?"
    r"|(?:(?<=记)录|(?<=[复审])核|(?<=填)[报表]|(?<=统)计|(?<=制)表|(?<=主)[持讲]|(?<=汇)报|(?<=领)学|(?<=发)言|(?<=负)责)人"
    r"|(?:(?<=[组队成])员|(?<=[组队])长|(?<=志)愿者)(?:名单)?"
    r")\s?[:：]"
)
_LISTED = late(
    rf"\s?(?P<name>{_NAME}){_NO_OFFICE}(?P<end>同志)?(?:[（(][^（）()\n]{{1,12}}[)）])?"
    rf"(?:(?P<more>[、，,；;/和 \t\u3000])|(?![\u4e00-\u9fff{_HIDDEN}A-Za-z0-9])|(?=等))"
)
_MOST_LISTED = 200
# A whole value of a record that says who kept it.
_KEPT_BY = late(
    rf"""^[ ]*(?:- )?(?:recorder|reviewer|people):[ ]+["']?(?P<name>{_NAME}){_NO_OFFICE}["']?[ ]*$""",
    re.MULTILINE,
)
# The head of a column of names, in a Markdown table or in plain text.
_HEAD = late(rf"(?:{_LABELS})[ \"*]*(?:(?P<after>[|,\t])|$)", re.MULTILINE)
_BEFORE_HEAD = late(r"(?:^|([|,\t]))[ \"*]*(?:户主|学生|家长)?$")
_MAX_COLUMNS = 50
"""How many columns may stand left of a column of names."""
_MAX_ROW = 1000
"""How many characters may."""
_TITLES = late("同志|先生|女士")
_WHOLE = late(_NAME)
# Public figures, whom the site may name.
_KNOWN = late(
    "毛泽东|周恩来|刘少奇|朱德|邓小平|陈云|江泽民|胡锦涛|雷锋|孔繁森|焦裕禄|马克思|白求恩|黄大年|张富清"
)


def people(text: str, data: bool = False) -> Iterator[TextLeak]:
    """Yield the names of people helped, of people after a label, of people called 同志, 先生 or 女士.

    With `data` the text is YAML, CSV or JSON, in which fields say who kept a record.
    """
    found: dict[int, TextLeak] = {}
    kept_by = _KEPT_BY.finditer(text) if data else ()
    keepers = (("姓名", one["name"], one.start("name")) for one in kept_by)
    for kind, name, at in chain(_candidates(text), keepers):
        if not _KNOWN.fullmatch(name) and not set(name) & set(_HIDDEN):
            found.setdefault(at, TextLeak(kind, masked(name, 1, 0), at, name))
    yield from found.values()


def is_name(text: str) -> bool:
    """Whether the text as a whole may be a surname and a given name."""
    return bool(_WHOLE.fullmatch(text))


def _candidates(text: str) -> Iterator[tuple[LeakKind, str, int]]:
    for need in _FIRST_OF_NEED.finditer(text):
        helped = _HELPED.match(text, need.start())
        if helped:
            yield "受助人姓名", helped["name"], helped.start("name")
    for visited in _VISITED.finditer(text):
        yield "受助人姓名", visited["name"], visited.start("name")
    for labelled in _LABELLED.finditer(text):
        yield "姓名", labelled["name"], labelled.start("name")
    for label in _TOOK_PART.finditer(text):
        yield from _list(text, label.end())
    for head in _HEAD.finditer(text):
        yield from _column(text, head)
    for title in _TITLES.finditer(text):
        for length in (4, 3, 2):  # the longest first: a given name may contain a surname
            at = title.start() - length
            if at >= 0 and _WHOLE.fullmatch(text, at, title.start()):
                yield "姓名", text[at : title.start()], at
                break


def _list(text: str, at: int) -> Iterator[tuple[LeakKind, str, int]]:
    """Yield the names listed from `at` on, up to the first thing that is none."""
    for _ in range(_MOST_LISTED):
        found = _LISTED.match(text, at)
        if not found:
            return
        yield "姓名", found["name"], found.start("name")
        if not found["more"]:
            return
        at = found.end()


def _column(text: str, head: re.Match[str]) -> Iterator[tuple[LeakKind, str, int]]:
    """Yield the names in the column under `head`, as far as the table or the next head goes."""
    reach = max(0, head.start() - _MAX_ROW)
    start = text.rfind("\n", reach, head.start()) + 1
    if not start and reach:
        return
    before_head = _BEFORE_HEAD.search(text[max(start, head.start() - 20) : head.start()])
    separator = before_head and (head["after"] or before_head[1])
    if not separator or (before := text.count(separator, start, head.start())) > _MAX_COLUMNS:
        return
    cells = rf"(?:[^{separator}]*[{separator}]){{{before}}}"
    cell = re.compile(rf"{cells}[ \"*]*(?P<name>{_NAME}){_NO_OFFICE}[ \"*]*(?:[{separator}]|$)")
    while start := text.find("\n", start) + 1:
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else None]
        if separator not in line or _HEAD.search(line):
            return
        found = cell.match(line)
        if found:
            yield "姓名", found["name"], start + found.start("name")
