"""Frames in which a numeral counts nothing: dates, editions, periods, names, articles, structure.

A frame is read from its first numeral on; some are frames only after certain words (过去|五年, 附件|3).
Every pattern is bounded, so that a frame is found in constant time.
"""

import re
from collections.abc import Iterable

from archive.checks.number_words import MEASURES, NOUNS_OF_PARTS, NOUNS_OF_POINTS
from archive.files.patterns import late

PLACES = "十百千万亿"
SMALL = "一二两三四五六七八九"
CHINESE = f"零〇{SMALL}{PLACES}廿卅卌"
END = r"(?=\s*(?:[,。;、:!?)\]|\n」”》…—]|$))"
"""The end of a clause, of a cell or of a line."""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda word: -len(word))) + ")"


MEASURE = any_of(MEASURES.split())
UNIT_LETTERS = (
    r"(?:[kcdmμn]?m[²³23]?|[kmμ]?g|[tT]|m?[lL]|h|min|s|ms|[kKMG]?[wW]h?|[MGTKk]?B|[MGk]?Hz|[MGK]bps"
    r"|℃|°C?|ha|d[Bb]|k?V|A|[kM]VA|[kM]?Pa)(?![A-Za-z0-9])"
)
_ORDINAL = SMALL.replace("两", "")
"""Numerals that can tell which one; 两 only tells how many."""
_N = rf"(?:\d{{1,15}}+|[{CHINESE}]{{1,15}}+)"
_OWN_MEASURE = "(?:个新?|大|项|条|种|类|点|重|方|道|步|件)?"
_NOTHING_COUNTED = rf"(?:(?:工作|任务|领域|方面|环节|问题|内容|要求|举措)?(?:{END}|(?=[“\"‘'(（的]|成效|效果|持续|开展|推进|发力|入手|落实|落地|抓|上下|同步|齐|并|是|为|不|坚|守)))"
"""After what a text counts of itself: the end of its clause, or what is done about it."""
_FEW = rf"(?:[2-9](?!\d)|[{SMALL}]|十(?![{SMALL}]))"
_TO = "(?:[-—–~～]{1,2}|至|到)"
_AND = r" ?(?:[-—–~～、/]|——|至|到|和|与|及) ?"

_WORDS = rf"[^{CHINESE}\d,。;、\n]{{2,16}}+(?:[、,][^{CHINESE}\d,。;、\n]{{0,6}}+)?"
"""What stands between two counts of a slogan that counts upwards."""

_YEAR = f"(?:(?:1[89]|20)\\d\\d|[一二][〇零九八][〇零{SMALL}]{{2}})(?!\\d)"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?!\d)"
_DAY = f"(?:3[01]|[12]\\d|0?[1-9]|三十一?|廿[{SMALL}]?|二?十[{SMALL}]?|[{SMALL}])(?!\\d)"
_DAYS = rf" ?{_DAY}(?: ?[日号])?(?:{_AND}{_DAY}(?: ?[日号])?){{0,6}}(?<=[日号])"
_MONTHS = (
    rf" ?{_MONTH}(?: ?月份?)?(?:{_AND}(?:{_YEAR} ?年)?{_MONTH}(?: ?月份?)?){{0,6}}(?<=[月份])"
    "(?:初|中旬|下旬|上旬|底|末|中|间)?"
)
_HOUR = rf"(?:[01]?\d|2[0-4]|[{SMALL}]|二?十[{SMALL}]?)"

_NOT_COUNTED = rf"(?! ?(?:{MEASURE}|[%‰余多几来\d{CHINESE}]|[.,]\d))"
"""After the digits of a name or a label: neither a unit nor a word of approximation."""

_TABLE = r"\d{3}(?:-\d{1,2})?"
"""The code of a table: 101-1表."""

_DATES = (
    rf"{_YEAR}(?: ?年?{_AND}(?:\d\d(?= ?年)|{_YEAR})){{0,6}} ?年(?:度|初|底|末|中|春|夏|秋|冬|版|级)?(?!历史)",
    rf"{_YEAR}年?{_TO}{_YEAR}(?:年度?|{_NOT_COUNTED})",
    rf"{_YEAR} ?[-./] ?(?:1[0-2]|0?[1-9])(?: ?[-./] ?(?:3[01]|[12]\d|0?[1-9]))?(?![\d%‰万亿.])(?! ?{MEASURE})",
    rf"{_YEAR} ?(?=版|全年|上半年|下半年|年度|第[一二三四]季度)|{_MONTH}\.{_DAY}日",
    rf"{_MONTHS}(?:{_DAYS})?(?:{_AND}{_MONTH}月(?:{_DAYS})?){{0,4}}",
    rf"{_DAYS}(?!内|之内|以内)",
    r"(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:]|\.\d)|(?<=[\d日] )(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?!\d)",
    rf"{_HOUR}(?:{_TO}{_HOUR})?时(?:{_N}分|半|整|许)?(?![间期代段长限效节常光令候而])",
    rf"{_N}点(?:钟|半(?!分)|整)|{_HOUR}点(?=[前后许左]|至|到)",
    rf"{_N}世纪(?:{_N}年代)?|(?:\d、)?{_N}年代",
    rf"[一二三四1-4](?:{_AND}[一二三四1-4]){{0,3}}季度",
    rf"\d{{1,2}}\.\d{{1,2}}(?! ?{MEASURE})(?=[^{CHINESE}\d\s,。;、]{{2,10}}日)",
    rf"\d{{1,2}}·\d{{1,2}}{_NOT_COUNTED}|[一二三五六七八九十]{{1,3}}·[一二三四五六七八九十]{{1,3}}",
)
_EDITIONS = (
    rf"{_N}周年(?:庆|华诞)?",
    rf"{_N}届[{SMALL}]中|{_N}届(?:历次|{_N}次(?:[、和及]{_N}次){{0,4}}|[{SMALL}])?(?:中?全会|全国|全体|会议|人大|人代|人民|政府|政协|省|市|县|区|州|党|委员|常委)",
    rf"[二三]?十[{SMALL}]?届|[{SMALL}]次全会(?!议)",
    f"(?:十[{SMALL}]?|二十[一二]?|[七八九])大(?![类项型中小])",
    rf"{_N}(?:经普|农普|人普|普法)|[{SMALL}十]普(?![查及法通遍惠降照])|[{SMALL}]五普法|十[一二三四五六]五|[五六七八十]一(?=[、等节假期前长黄国路街]|广场|大道|来临|到来|座谈|慰问|表彰|讲话)",
)
_PERIODS = (
    rf"[几数]?{_N}[多余几]?年多?(?:以来|来|间|里|规划|行动|计划|攻坚|倍增(?!{END})|滚动|禁渔|改革|制|期|级|一贯|如一日|一遇|磨一剑|前|后|之前|之后)",
    rf"{_N}个?[多余几]?月(?:以来|来)|{_N}[多余几]?(?:天|周|个月)来(?!自)",
    rf"{_N}(?:年|个月|季度|月|周|天|日)一(?:次|届|场|评|调|考|检)",
    rf"{_N}日(?:游|捐|谈|报(?!送|告))|\d0[后前](?!续|期|来)",
)
_LABELS = (
    rf"{_N}(?:千伏(?!安)|kV)(?!{END})|{_N}号(?!人)|{_N}路(?:公交|车)|\d{{1,3}}路(?!{END})",
    rf"(?:[{SMALL}十]{{1,3}}[道里马元]|[{SMALL}][门台](?!社区|区|街道|乡镇))(?:街|路(?!灯|口)|巷|沟|桥(?!梁)|河|口|庄|屯|铺|店|堡|坡|坪|湾|塘|营|岭|泉|镇|村|乡|区|社区|子村)|{_N}家(?:堡|渠|寨|坪|坡|庄|屯|岭|湾|沟)",
    rf"(?:{_N}(?:{_TO}|[、和])){{0,4}}{_N}楼|[{_ORDINAL}1-9]单元|(?:\d{{3,4}}|[{SMALL}〇零]{{3}})室|[二三四五六七]环",
    f"[{_ORDINAL}1-9]期(?:工程|项目|建设|改造|投产|竣工|投入|启动|开工|完工|基金|厂房|安置|园|工厂|平台|系统|[至到、和](?=[{_ORDINAL}1-9]期))",
    r"0\d{2,3}-?\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|400-?\d{3}-?\d{4}(?!\d)",
    rf"\d{{4}}(?: \d{{4}}){{2,4}}(?: \d{{1,4}})?(?!\d)|{_TABLE}(?:[、和与至]{_TABLE}){{0,6}} ?表(?![格态决彰示现达明演率扬白述面])",
    rf"\d{{1,6}}(?:[-—–]\d{{1,6}}){{2,5}}{_NOT_COUNTED}",
    r"\d{3,5}部队(?![伍列员])|\d[%‰](?=人口(?:抽样|变动)|抽样)|\d{3,6}(?=(?:工作|管理|服务|治理|监督|执法)?(?:制度|机制|模式|体系|思路|工作法|行动|工程|战略|计划))",
    rf"[{SMALL}](?:、[{SMALL}]){{1,9}}(?![{CHINESE}]|{MEASURE})|0\d{{1,9}}(?![\d.%‰])",
    rf"{_N}维|(?:{_N}{_TO})?{_N}星(?![级期])|{_N}星级(?!党|支部|服务)|[{SMALL}]审|{_N}位数(?!据)",
    rf"(?:{_N}多?分钟|{_N}小时|{_N}公里|{_N}刻钟|{_N}里|半小时)[^,。;、:!?\n{CHINESE}\d]{{0,8}}圈",
    rf"24小时(?!内|之内|以内|以上|{END})|{_N}小时(?:值班|值守|在线|不间断|待命|轮值|服务|热线|自助|开放|响应|监测|便利|书|全天候|营业|城市书|智慧|备勤|巡)",
    r"7[×x*]24小?时?|\d{1,3}(?:\+(?:\d{1,3}|[A-Zn])){1,4}",
    rf"{_N}字(?:方针|诀|经|令|箴言|守则|口诀|工作法|家训)",
    rf"(?:{_N}{_AND})?{_N}级(?!台阶)",
    rf"百(?P<each>[名人户场企校村件家]){_WORDS}千(?P=each){_WORDS}万(?P=each)",
    f"一{_WORDS}[两二]{_WORDS}三{_WORDS}四{_WORDS}(?:五{_WORDS})?",
    rf"\d{{1,3}}[国省县乡]道|(?:[{SMALL}{PLACES}]{{1,4}}|\d{{2,4}})(?<![四八六])强(?![化调于大])",
    r"\d\.0(?![\d%‰万亿])",
    rf"(?:11[0249]|12[02]|12[23]\d\d|96\d{{3}})(?!\d)(?:(?=平台|热线|政务|回[应复访])|(?!,){_NOT_COUNTED})",
    f"(?:[特{SMALL}1-5]、?){{1,3}}等[奖功次级品]",
    rf"{_N}(?:县区|区县|县市|[省市县区镇乡村])(?:\([省市县区镇乡]\))?(?=第|前|首|中(?:排|列|居)|之首)",
    r"\d{4,5}(?=”?(?:热线|平台|专线|诉求|工单|投诉|举报|(?:供电|政务|供水|燃气|客户)服务|客服))|(?:985|211)(?=高校|工程|大学|院校|、)",
    rf"(?:95\d{{3}}|123\d\d)(?=”?[\u4e00-\u9fff])(?!以|左右|上下){_NOT_COUNTED}",
    r"(?:[2-6]G|[48]K|[23]D|[1-5]A级?)(?![A-Za-z])|\d[a-z]?[A-Z][A-Za-z]{0,9}\d{0,9}[A-Za-z]{0,9}",
    rf"[Ⅰ-Ⅻ](?:{_AND}[Ⅰ-Ⅻ])?[类级期型度区]",
    rf"[{PLACES}]{{1,4}}元(?:及?以上|以下)",
    rf"{_N}(?:位一体|[^{CHINESE}\d\s,。;、]{{1,3}}合一)",
    rf"{_N}个(?:阶段|步骤|环节|方面|层面|维度)(?!\d)",
    f"(?<![成了结过]){_FEW}项(?:重点|主要|具体|中心)?(?:工作|任务)(?=:)",
    f"[{SMALL}](?:、[{SMALL}]){{1,9}}(?:类|档|等|线|期)",
    f"{_FEW}个(?!处于|进入)[^{CHINESE}\\d\\s,。;、]{{0,4}}?(?:环节|方面|层面|维度|阶段|步骤|部分|领域(?={END}))(?!\\d)",
    rf"{_FEW}{_OWN_MEASURE}{any_of(NOUNS_OF_PARTS.split())}(?!\d)",
    f"{_FEW}{_OWN_MEASURE}{any_of(NOUNS_OF_POINTS.split())}{_NOTHING_COUNTED}",
    f"{_FEW}(?:点|[条项个](?=[意建][见议]:))(?:意见|建议|要求|希望|体会|启示|思考)",
    f"[{SMALL}][轮组批类](?=合计|共计|总计|均|都)|[{SMALL}]件[大要急]?事(?!项)|[{SMALL}]点{END}|{_FEW}点(?=:)",
    f"[二三四五六七八九十]大(?![类小型中项箱袋包盒桶瓶摞捆沓筐]|本(?![领色事])|车(?!间))[^{CHINESE}\\d\\s,。;、]",
    f"[{SMALL}十]个(?=[一不有好“])|[{SMALL}]支部(?![队门件])|[{SMALL}]方(?!面?[,。;、])(?!公里)",
)
_ROUND = late(
    f"[{PLACES}]{{1,4}}(?:元|亩|吨|方|千瓦)?(?:级|产业|项目|工程|园区|集群|俱乐部|台阶|大关|斤[^,。;、\n]{{0,8}}(?:基地|工程|行动))"
)
"""Round amounts that name a class (百亿级, 千亿产业), unless they are reached (突破百亿元大关)."""

_REACHED = tuple("破过超达越上近满逾足")
_FRAME = late("|".join((*_DATES, *_EDITIONS, *_PERIODS, *_LABELS)))
_TIME_SPAN = late(rf"{_N}[月日时]")
_TERM = late(rf"{_N}年之?后")
_DOTTED = late(r"\d{1,2}\.\d{1,2}日")
_HOW_LONG = late("(?:平均|人均|住院日|用时|时长|时间|天数|缩短|压缩|延长|提前)[^,。;\\d]{0,8}$")
"""Before days that are no date: 平均住院日7.5日."""
_ORDINAL_OF_HELD = late(rf"{_N}届")
_HELD = late("(?:连续|举办|已|共|历经|累计|成功|开展|历|办|了|过)$")
DURATION = late(
    "(?:历时|为期|用时|耗时|用了|花了|办了|干了|当了|做了|持续|长达|提前|推迟|延长|延期|不足|超过?|逾|近|约|满|仅用?|签订?了?|(?<![费信使引启])用|逾期|缩短了?|压缩至?|连续|需|限|法定|不[少多低高]于|至[少多]|最[长短多少]"
    "|共|达到?|降至|减至|控制在|其中|从业|工作|服务|坚守|坚持|驻村|任职|任教|蝉联|扎根|奋战|保持|入党|党龄|工龄|累计|学制|之内"
    rf"|(?<![{SMALL}日时星学分初长早近同到定后前中末按逾延汛火花渔])期限?(?:定?为|是)?)$"
)
"""Words after which days, months and years are a duration and no date or period."""

_LONG = "的?[^,。;、\\n]{0,4}(?:历史|历程|经历|经验|[党工教驾军]龄)"
"""After years that are a duration and no period: 近60年的办学历史."""

# Endings of what stands before → what is no number then.
_AFTER_WORDS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (tuple(endings.split()), late(body))
    for endings, body in (
        (
            "新中国 建党 建国 建市 建区 建县 建局 建校 成立 诞辰 逝世 国庆 改革开放 胜利 颁布 实施 纪念 庆祝 设立 回归 建军",
            rf"{_N}[多余]?(?:周年|年)",
        ),
        (
            "过去 过去的 时隔 近 最近 前 这 头 今后 未来 此后 接下来 接下来的 往后 以往 随后 后 上 下 那 以来的",
            rf"(?:\d{{1,2}}|[{SMALL}十百]{{1,3}})[多余几]?(?:年|个?季度|个月|个年度|天|周|日(?!常))[多余]?(?!{_LONG})(?:来|间|里|中)?",
        ),
        (
            "以下 如下 下列 上述 这 那 此 前述 该",
            f"[{SMALL}十](?:个|项|点|条|种|类|方面|大|步|件|次)",
        ),
        (
            "图 附表 附件 附图 专栏 附录 序号 编号 表 注 版本",
            rf"\d{{1,2}}-\d{{1,2}}(?=\s)|\d{{1,2}}(?!\d)(?:{_NOT_COUNTED}|(?=列[出示明]))|[{SMALL}十]{{1,3}}+{_NOT_COUNTED}",
        ),
        (
            "上午 下午 早上 早 夜里 半夜 深夜 夜晚 晚上 晚 凌晨 中午 清晨 傍晚 夜间 当晚 次日",
            rf"{_N}[时点](?:半|整|{_N}分|许)?(?:{_TO}{_N}[时点](?:半|整|{_N}分)?)?",
        ),
        (
            "周 星期 礼拜",
            f"[一二三四五六](?:[至到、和][一二三四五六日天]){{0,4}}(?![年次人名回场个期余多几来{CHINESE}])",
        ),
        ("上下 左右 正反 内外 东西 南北 城乡 早晚 男女", f"两[^{CHINESE}\\d\\s次]"),
        ("正月 腊月 冬月 农历 初", rf"{_DAY}{_NOT_COUNTED}"),
        (
            "国道 省道 县道",
            rf"[\d-]{{3,20}}+{_NOT_COUNTED}",
        ),
        (
            "项目 工程 园 园区 小区 平台 系统 改造 基地 建设 广场 公园 厂 院区 学校 家园 花园 新村 新城 高铁 号线 环线 铁路 高速 机场 地铁 大桥 水库 灌区 电站 医院",
            f"[{_ORDINAL}1-6]期(?!间|次)",
        ),
        ("审核 执法", "三项制度"),
        ("逢", f"[{SMALL}0-9](?![\\d{CHINESE}])年?份?"),
        ("每", rf"(?:{_N}[多余]?[{PLACES}]?(?:{MEASURE}|人口)|[{PLACES}]{{1,4}})"),
        (
            "分 分了 分成 分为 分做",
            f"[{SMALL}十](?:步|类|级|期|段|层|块|档|线|头|色|路)",
        ),
        ("人大 政协 党代会 全会 常委会 届", rf"{_N}次(?:全体|代表|常务|全会|会议)"),
        ("' ’", r"\d\d(?:年|(?:[-—~]|至)['’]?\d\d年)"),
    )
)
_OTHER_WORDS = (
    *("提前", "之前", "以前", "先前", "到期前", "期满前", "届满前", "截止前", "开始前", "会前"),
    *("召开前", "举行前", "实施前", "开工前", "施工前", "代表", "关注"),
)
"""Words that end like one of these, and after which a number counts: 提前三天, 到期前30天."""
_BY_LAST: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _endings, _body in _AFTER_WORDS:
    for _word in _endings:
        _BY_LAST.setdefault(_word[-1], []).append((_word, _body))
_LABEL = rf"(?:(?<![称符信口括引挂众阅频明\d{CHINESE}])号码?|(?<![起扫亮筹赋验数])码)[:为是]?\s?$"
_CALL = r"(?:邮编|电话|传真|手机|座机|[总分]机|热线|请拨|拨打|致电|QQ群?|微信)[:为是]?\s?$"
_LABELLED = rf"\d{{1,20}}+(?:[ -]\d{{1,20}}+){{0,8}}(?:[、/和]\d{{1,20}}+(?:-\d{{1,20}}+)?){{0,4}}{_NOT_COUNTED}"
"""A number that names one thing of many: 案卷号15, 账号6200 1234, 电话2038866、2038867."""
# The same, where what stands before is more than a word.
_AFTER_PATTERNS = tuple(
    (late(before), late(body))
    for before, body in (
        (r"(?:[〔\[(]|发)(?:19|20)\d\d[〕\])]\s{0,2}第?$", r"\d{1,5}号?"),
        (_LABEL, _LABELLED),
        (r"联系(?:人|方式)[^,。;\n\d]{0,20}[\s:(]$", rf"\d{{7,11}}+{_NOT_COUNTED}"),
        (_CALL, rf"(?=[\d-]{{3}}){_LABELLED}"),
        (r"\d{4}转$|\d号-$", rf"\d{{1,6}}+{_NOT_COUNTED}"),
        (
            rf"(?:[\d{CHINESE}]号|位于|[设迁搬]在|设于|地[址点])[^,。;、\n共高有上下建盖至到加增是为总层]{{0,16}}$",
            rf"{_N}层(?!楼)",
        ),
        (r"\d年?(?:-|—|至|到|、|和|与)\d{4}年?这?$", rf"{_FEW}个?年度?"),
        (r"[〔\[(]$", rf"(?:19|20)\d\d[〕\])]|[{SMALL}十]{{1,3}}\)|\d{{1,2}}\]"),
        (r"(?:^|[,。;:\n])\s{0,4}\($", r"\d{1,2}\)"),
        (
            r"(?:^|[,。;:!?)\n])\s{0,4}$",
            f"[{SMALL}十]{{1,3}}[是要看抓靠](?!否)|[①-⒛❶-➓㈠-㈩](?![,。;、)])",
        ),
        (
            r"(?:^|\n|[。;:])\s{0,4}$",
            rf"\d{{1,2}}[、.)](?=[^\d\s{CHINESE}]|{_YEAR}年|\s\D)|\d{{1,2}}\.(?={_YEAR}年|[{CHINESE}])|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s|[(\[]?\d{{1,2}}[)\]]"
            f"|[{SMALL}十]{{1,3}}、(?![{CHINESE}])",
        ),
        (r"(?:^|[,。;:\n])\s{0,4}$", rf"[{SMALL}]期{END}|20[0-3]\d(?![年\d]){_NOT_COUNTED}(?=\w)"),
        (r"(?:^|\n)\s{0,8}附?[表图]\s?$", r"\d{1,2}(?=\s)"),
        (r"\($", r"\d{1,2}\)班"),
        (r"[早朝]$", rf"(?:\d{{1,2}}|[{SMALL}十])(?=晚[\d{SMALL}十])"),
        (rf"[早朝](?:\d{{1,2}}|[{SMALL}十])晚$", rf"(?:\d{{1,2}}|[{SMALL}十]){_NOT_COUNTED}"),
        (r"(?:[一二三四五六七八九]年级|[初高小][一二三四五六])$", r"\d{1,2}班"),
        (r"[报刊]》?$|日\s{0,2}$", rf"(?:[{SMALL}十]{{1,3}}|\d{{1,2}})版"),
        (
            r"(?<!平均)每[0-9一两二三四五六七八九十半]?(?:个?季度|个?月|年|周|天|日|学期)[^,。;\n]{0,4}$",
            rf"(?:[2-9]|[{SMALL}])次",
        ),
        (r"\s$", rf"\d{{1,2}}\.(?=[^\d\s{CHINESE}A-Za-z])"),
        ("”$", f"[{SMALL}十]个?大?字"),
        (r"(?:^|[,。;:\n])\s{0,4}以上$", f"[{SMALL}十][个项点条种类]"),
        (r"一期[^。\n]{0,24}$", f"[{SMALL}]期"),
        (r"1期[、和与至到]$", "[2-6]期"),
    )
)
_AFTER_LETTERS = late(r"[A-Za-z](?:/[A-Z])?[-. ]?$")
_NUMBER_OF_NAME = late(r"\d{1,9}(?:[.—-]\d{1,9}){0,4}")
_PLAINLY_COUNTED = late(" ?(?:次(?!列车)|[%‰人名家户个件项元万亿倍场篇箱台套份亩吨]|十[万亿])")
_BEFORE_LETTERS = late(r"\d{1,9}(?:\.\d{1,9})?(?=[A-Za-z])")
_UNIT_LETTERS = late(UNIT_LETTERS)
_REST_OF_NAME = late(r"[A-Za-z0-9]{0,20}")
_LEFT = 32
"""How much of what stands before is looked at."""


def frame_end(text: str, at: int) -> int:
    """Return the end of the frame that begins at `at` of a folded text; 0 if there is none."""
    before = text[max(0, at - _LEFT) : at]
    for word, body in _BY_LAST.get(before[-1:], ()):
        found = body.match(text, at) if before.endswith(word) else None
        if found and not before.endswith(_OTHER_WORDS):
            return found.end()
    for left, body in _AFTER_PATTERNS:
        if (found := body.match(text, at)) and left.search(before):
            return found.end()
    found = _FRAME.match(text, at)
    if found is None and not before.endswith(_REACHED):
        found = _ROUND.match(text, at)
    if found and not (
        (_DOTTED.fullmatch(found[0]) and _HOW_LONG.search(before))
        or (_TIME_SPAN.fullmatch(found[0]) and DURATION.search(before))
        or (_TERM.fullmatch(found[0]) and before.endswith("满"))
        or (_ORDINAL_OF_HELD.fullmatch(found[0]) and _HELD.search(before))
    ):
        return found.end()
    return _name_end(text, at, before)


def _name_end(text: str, at: int, before: str) -> int:
    """Return the end of the digits of a name with letters (G60, PM2.5, 5G); 0 if there is none."""
    if before[-1:].isascii() and _AFTER_LETTERS.search(before) and not before.endswith("RMB"):
        number = _NUMBER_OF_NAME.match(text, at)
        if number and not _PLAINLY_COUNTED.match(text, number.end()):
            return number.end()
    letters = _BEFORE_LETTERS.match(text, at)
    if letters and not _UNIT_LETTERS.match(text, letters.end()):
        rest = _REST_OF_NAME.match(text, letters.end())
        return rest.end() if rest else 0
    return 0
