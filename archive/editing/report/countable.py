"""Whether what a phrase ends with can be counted or measured by a unit: persons in 人, roads in 公里, deeds in 次.

No money in persons, no containers in tons, no lone verb in anything: where the phrase does not prove it, no name
is made of it.
"""

import re

from archive.editing.report.phrases import tagged
from archive.editing.report.proper import lacks_head

_MONEY_HEAD = re.compile(
    "(?:金|款|(?<![缴消])费|补贴|补助|津贴|经费|收入|投资|税|成本|工资|资产|债券|贷款?|信贷|赃|钱|(?<!高)消费|出口|进口)$"
)
_PERSON = re.compile(
    "(?:(?<!法)人|员|者|(?<!卫)生|师|工|手|民|兵|士|长|干部|群众|患者|子女|儿童|幼儿|妇女|青年|少年|孤儿|代表|骨干|人才|能手|模范|标兵|先锋|对象|分子|专家"
    "|学者|客|众|主任|书记|班子|力量|警力?|医|贤|英|婴|孕妇|母亲|父亲|家属|亲属|遗属|子弟|罪犯|嫌疑犯|被告|股东|助理|教练|裁判|导游|司机|粉丝|大使|管家"
    "|月嫂|头雁|新秀|明星|之星|领导|负责人|执委|名家|大师|传人|楷模|榜样|得主|残疾|低保|特困|五保|竿长|公婆|媳妇|硕士|博士|教授|[法检察]官|家政|老|考生|职工"
    "|孩子|师资|户|家长|家庭|乡亲|伤员|病[号例]|学子|同志|名单|使者|团长|[兄姐]妹|兄弟|网红|主播)$"
)
_OF_PERSONS = re.compile(
    "(?:职称|学历|学位|以上|以下|队伍?|讲师团|团队|编制|[红金银]牌|一等奖|二等奖|三等奖|典型|最高)$"
)
_BY_PERSONS = re.compile(
    "(?:就业|培训|参训|受训|参加|参与|参保|缴费|签约|献血|死亡|受伤|失踪|伤亡|负伤|轮岗|调离|失业|创业|入学|入园|毕业|结业|升学|录取|上线|就诊|出院|住院"
    "|接种|筛查|检查|体检|管理|持证|办证|入库|入住|就餐|进厅|月活|日活|观看|参观|处理|处分|拘留|逮捕|刑事责任|问责|救助|资助|补助|帮扶|接收|安置|转移|识别"
    "|风险|招聘|招录|招募|引进|寻亲|发展|转正|覆盖|报名|获奖|奖章|奖|登记|注册|认证|调查|高血压|糖尿病|意向|证书|驾驶|受益|受教育|教育|批评教育和处理|机关|回访"
    "|慰问|谈话|约谈|上岗|考核|考试|测试|活动|转岗|康复|照护|托管|助学|疏散|返乡|创收|入伍|分流|退休|辞职|纠正|劝返|戒毒|矫正)$"
)
_HOUSEHOLDS = re.compile(
    "(?:户|家庭|家|主体|企业|单位|小区|店|房|终端|合作社|经营|脱贫|搬迁|改造|登记|识别|风险|救助|发放|补贴|资格|并网|替代|庭院|企”?|新装|储户|入社|因[残病学灾]"
    "|公积金|摊贩|客|居民|群众|对象|低保|人|员|创成|配租|免罚|不罚|推送|走访|慰问|核查|签约|减免|返贫)[”》]?$"
)
_CASES = re.compile(
    "结案|立案|办件|签约|办结|审结|执结|调成|复查|火灾|事故|投诉|举报|信访|备案|检查|抽检|手术|会诊|活动|讲座|会议|报警|违停|演练|自查|培训"
)
"""Verbs and the like that are counted by themselves as cases."""
_DOINGS = re.compile(
    "死亡|受伤|失踪|培训|参训|参加|参与|调离|结业|毕业|就业|出院|住院|就诊|入院|到馆|助餐|献血|报警|调用|点击|阅读|播放|活动|巡演|演出|督导|复查|服务|开馆|停电"
    "|签约|赔偿|捐赠|垫付|花费|罚没|驾驶|脱贫|新装|获奖|报名|登记|咨询|来访|来电|投诉|信访|求助|事故|故障|注册|演练|检查|抽检|讲座|会议|筹资|讲课|听课|出动|出车"
    "|筛查|接种|体检|转诊|会诊|手术|诊疗|门诊|急诊|门急诊|救援|救助|慰问|走访|宣讲|上岗|寻亲|收运|观看|自查|例会|谈话|约谈|学习|调研|研讨|讨论|观摩|考察|督查|巡查|检修|维修|执法|巡逻|家访|探访|义诊|比赛|竞赛|轮训|交流|座谈|造林|抚育|绿化|种植|收获|灌溉|施工|竣工"
)
"""Verbs that persons, times, hours or money are counted of."""
_DOES = re.compile(
    "[入开销结立发上下出到回助办送签授获得参受进转退增减写收查处整调审执监督巡走访拆修补完落推促惠护赋对帮扶引带打抓涉覆支提加做干搞建改扩新清治管排摸聚聘派抽征制定编印刊投播放售租借还交缴付拨划捐募筹续核验]"
)
"""What lone words that are no nouns begin with: 入库, 助力, 整治."""
_JUDGED = "合格 优秀 良好 达标 及格 优良 中等 满意 成功 有效 正常 其他 其余 节约 节省"
_GRADES = frozenset(_JUDGED.split())
_NOUNS = """
设备 国道 省道 县道 乡道 村道 例会 善本 初中 高中 成员 发票 发明 建议 建筑 处方 收入 支出 进口 出口 新生 新书 提案 支部 支队 制度 编制
刊物 征文 管道 管网 护士 护工 对象 干部 干警 交警 播种 受众 结业 办件 监控 处室 送书 入口 发电 售电 出泥 清单
"""
_NOUNS_ALL_THE_SAME = frozenset(_NOUNS.split())
"""Lone words that are names though a verb's sign begins them, or though the dictionary has them for none."""
_OBJECTS = """
诉求 需求 要求 请求 坐席 座席 承诺 报道 来信 来电 求助 预算 决算 决定 通知 批示 裁定 判决 说明 申请 指示 提示 展览 展演 发言
认证 预约 合同 审计 失误 采购 举措 补助 推荐 疑问 留言 鉴定 赔偿 处罚 表彰 募捐 改造
"""
_NOUNS_AFTER_VERBS = frozenset(_OBJECTS.split())
"""The same where something is done with them: 解决诉求, 阅览坐席."""
_BEFORE_DOING = re.compile(
    "(?:有效|积极|精准|全面|深入|扎实|稳步|大力|持续|及时|主动|努力|切实|着力|高效|快速|顺利|圆满|就地|妥善|依法|严格|认真|广泛|充分|科学|有序|稳妥"
    "|加快|加大|强化|深化|推动|推进|促进|助力|帮助|协助|完成|实现|首次|新|[上下]午|现场|当场|线[上下]|当[天日晚])+(?=.)"
)
"""What adds nothing to the verb after it: 推动化解 is as lone as 化解."""
_GIVING = re.compile("(?:[给准免]予|予以|不予|准予|给以)[^、和与]{1,2}")
"""What is given to somebody by a deed, and is not itself counted: 给予警告5件."""
_UTMOST = re.compile("(?:最[高低多少大小长短]|以[上下])$")
_BODY = re.compile(
    "(?:(?<!节)省|市|县|区|镇|(?<!下)乡|街道|社区|(?<!进)村|局|委|政府|法院|检察院|党组|党委|集团|公司|医院|学校|中心|支队|大队|机关|企业|单位|部门|科室|窗口|央视|[省市县]台)$"
)
_ONE_BODY = re.compile("(?:局|政府|法院|检察院|党组|纪委|管委会|指挥部|(?<![企作专物])业)$")
_ONE_PLACE = re.compile(
    "[一-龥]{1,3}(?:省|(?<![城门超菜])市|县|(?<![社小园灾景城郊校库牧林矿老片街辖])区|(?<![乡集])镇|(?<!下)乡)"
)
_ONE_BY_ONE = re.compile(
    "(?:箱|车|(?<!卸)船|列|机|楼|桥|证|书|件|案|卡|票|次|家|班列|户|[房厅]间)$"
)
_ABSTRACT = re.compile(
    "(?:品质|质量|水平|能力|效率|效能|效果|形象|意识|作用|氛围|成效|力度|优势|活力|动能|素质|秩序|面貌|印象|压力|进度|速度)$"
)
"""What is raised or made better, and not counted."""
_LONG = re.compile(
    "(?:[路道线网管渠沟河江溪堤坝桥隧廊带墙缆栏岸轨壁石坡防篱]|隧洞|河流|水系|工程|路基|行驶|运行|骑行|徒步|巡[护查线逻河]|行程|全程|全长|行走|航行|改造|铺设|铺轨|修复|清淤|硬化)$"
)
"""What has a length; other things are high or deep by the metre."""
_ITEMS = re.compile("件|支|篇|期|份|册|本|部|张|幅|座|间|栋|辆|艘|盏|台|套|处|条|起|项|节|所|枚|株")
_GROUPS = ("组", "类", "届", "种")
_HANDED = re.compile("移[送交]|转[送交]|[上呈]?报送?|提[交请]|通报|[抄函]送|交由?|送")
"""Before those to whom something is handed."""
_CLASS = re.compile(
    "[规限][上下](?:工业|商业|服务业|商贸业?|批零|住餐|餐饮|住宿|零售|批发)|民事|刑事|行政|商事|治安|执行|民商事|公益|一般|简易|重大|较大|普通|其他类?|省级|市级|县级|国家级|区级"
)
"""Classes that are none without what they are classes of."""
_SINGLE = re.compile(
    "(?<!法)(?:人|人员|员|者)$|(?:干部|群众|患者|党员|儿童|妇女|学生|居民|村民|市民|职工)$"
)


def counted(phrase: str, suffix: str, unit: str) -> bool:
    """Return whether the quantity that a unit counts is one of what the phrase ends with."""
    bare = phrase.rstrip("”》」』")
    if lacks_head(bare) or not stands(phrase, suffix):
        return False
    if suffix == "批次":
        return not _BODY.search(bare)
    if suffix == "数" and unit in _GROUPS and _PERSON.search(bare):
        return False  # 志愿者3组
    if suffix in ("数", "金额") and _UTMOST.search(bare):
        return False
    if _MONEY_HEAD.search(bare) and suffix != "金额" and unit not in ("笔", "张", "份"):
        return False
    if _SINGLE.search(bare) and _ITEMS.fullmatch(unit):
        return False
    if suffix == "数" and _ABSTRACT.search(bare):
        return False
    if suffix == "数" and (
        _CLASS.fullmatch(phrase) or (_HANDED.match(phrase) and _BODY.search(bare))
    ):
        return False  # 移送公安机关6件
    if suffix == "数" and (_GIVING.fullmatch(bare) or _is_deed(bare)):
        return False
    if suffix == "长度":
        return bool(_LONG.search(bare))
    if suffix == "人数":
        return any(one.search(bare) for one in (_PERSON, _OF_PERSONS, _BY_PERSONS))
    if suffix == "户数":
        return bool(_HOUSEHOLDS.search(phrase))
    if suffix[0] in "户家" or any(tag[0] == "v" for _, tag in tagged(phrase)):
        return True  # 检查学校36次: what is counted is the doing
    if suffix == "数":
        return not (_ONE_BODY.search(bare) or _ONE_PLACE.fullmatch(bare))
    if suffix == "量" and _ONE_BY_ONE.search(bare):
        return False
    if suffix == "人次":
        return not _BODY.search(bare)
    return suffix == "面积" or not (_BODY.search(bare) or _SINGLE.search(bare))


def _is_deed(phrase: str) -> bool:
    """Return whether a phrase only tells what is done, with what else and how: 废止修订, 调处成功."""
    rest = _HOW.sub("", phrase, count=1)
    words = tagged(rest)
    last = words[-1][0]
    if _CASES.fullmatch(last) or _DOINGS.fullmatch(last):
        return False
    if last in _NOUNS_ALL_THE_SAME or last in _NOUNS_AFTER_VERBS:
        return False
    several = len(words) > 1 or rest != phrase
    return last == "成功" or (several and all(tag in _OF_DEEDS for _, tag in words))


_OF_DEEDS = frozenset(("v", "vd", "d", "a", "ad", "c", "p", "x"))
_HOW = re.compile("^(?:实际|依法|依规|按期|如期|责令|限期)+(?=.)")
"""How something is done, though the dictionary has some of it for nouns."""


def stands(phrase: str, suffix: str) -> bool:
    """Return whether a phrase is more than a lone verb, with or without an adverb."""
    if "每" in phrase or (suffix in ("量", "面积") and len(tagged(phrase + suffix)) == 1):
        return True  # 播种面积 is a word
    rest = _BEFORE_DOING.sub("", phrase, count=1) if _BEFORE_DOING.match(phrase) else phrase
    words = tagged(rest)
    if len(rest) > _SHORT and (len(words) > 1 or len(rest) > 3 or words[0][1] != "v"):
        return True
    alone = _CASES if suffix == "数" else _DOINGS
    if alone.fullmatch(rest) or rest in _NOUNS_ALL_THE_SAME:
        return True
    if rest in _GRADES:
        return False
    return words[-1][1][0] in "nljzbx" and not _DOES.match(rest)


_SHORT = 2
