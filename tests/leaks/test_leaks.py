"""What is found in texts and what is not: tables of both, and any number in any spelling."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.files.pages import Page
from archive.leaks.addresses import addresses
from archive.leaks.leak import FileLeak, masked
from archive.leaks.names import named
from archive.leaks.numbers import numbers
from archive.leaks.people import people
from archive.leaks.text import (
    draft_marks,
    find_private,
    in_yaml,
    leaks_in_lines,
    private_search,
    without_private_numbers,
)
from archive.leaks.visible import visible_text
from tests.samples.leaks import CARD, ID, checked, lettered, without_digests

ID_X = next(i for n in range(999) if (i := checked(f"64010219900101{n:03}")).endswith("X"))
PHONE = "13912345678"
WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in private_search(())(text)]


FOUND = [
    # in the column after one of small numbers
    ("序号,手机号\n1,13800138000\n", "手机号"),
    ("1,138 0013 8000,张", "手机号"),
    ("12,13800138000.0", "手机号"),
    ("35,6222021234567890128", "银行卡号"),
    # groups apart
    ("联系人处：138,0013,8000，", "手机号"),
    ("电话138，0013，8000", "手机号"),
    ("手机：13,80,01,38,000。", "手机号"),
    ("打给138\n0013\n8000，", "手机号"),
    ("> 打给138\\\n> 0013<br>\n> 8000，", "手机号"),
    ("电话：\n13\n80013\n80\n00\n", "手机号"),
    (f"他是{ID[:6]},{ID[6:14]},{ID[14:]}。", "身份证号"),
    (f"他是{ID[:6]}\n{ID[6:14]}\n{ID[14:]}。", "身份证号"),
    # any sign, the same one, between the groups
    *((f"打给138{sign}1234{sign}5678。", "手机号") for sign in ("+", "\\|", "；", "？", "x", "=", "转", " × ", "\\+", "！", "……"[:1])),
    *((f"138{sign}1234{sign}5678", "手机号") for sign in ("+", "；", "？", "=")),
    (f"他是{ID[:6]}+{ID[6:14]}+{ID[14:]}。", "身份证号"),
    (f"卡号{CARD[:4]}；{CARD[4:8]}；{CARD[8:12]}；{CARD[12:16]}；{CARD[16:]}", "银行卡号"),
    # one letter beside
    ("13812345678T", "手机号"),
    ("A13812345678", "手机号"),
    ("## 甲 { #p13812345678 }", "手机号"),
    # fixed telephones
    ("电话0951-6012345", "固定电话"),
    ("0951—6012345", "固定电话"),
    ("（0951）6012345", "固定电话"),
    ("(0951) 601 2345", "固定电话"),
    ("０９５１－６０１２３４５", "固定电话"),
    ("座机：6012345", "固定电话"),
    ("联系电话 60123456", "固定电话"),
    ("传真09516012345", "固定电话"),
    ("010-62345678转8001", "固定电话"),
    # accounts
    ("QQ：12345678", "QQ号"),
    ("qq 群 123456789", "QQ号"),
    ("QQ号1234567，", "QQ号"),
    ("扣扣12345678", "QQ号"),
    ("微信号：zhangsan_01", "微信号"),
    ("微信: zhangsan01", "微信号"),
    ("微信号zhangsan", "微信号"),
    ("WeChat: zhang-san1", "微信号"),
    # number plates
    ("由宁A12345接送", "车牌号"),
    ("宁A·D1234F", "车牌号"),
    ("车牌号：宁AD12345", "车牌号"),
    ("京A 12345", "车牌号"),
    ("宁Ａ１２３４５", "车牌号"),
    ("粤B1234学", "车牌号"),
    # people who took part, or kept a record
    ("参加人：张三丰、李四喜、王五一", "姓名"),
    ("参加人员：王秀英，李大钊等12人", "姓名"),
    ("出席：张三丰 李四喜 王五一", "姓名"),
    ("参与人:王秀英/丁小梅", "姓名"),
    ("参加人：王秀英和李大钊", "姓名"),
    ("主持人：马小军（组长）、丁梅", "姓名"),
    ("志愿者名单：王秀英；丁小梅", "姓名"),
    ("记录人：王秀英", "姓名"),
    # identity cards
    (f"身份证号{ID}", "身份证号"),
    (f"公民身份号码：{ID_X}。", "身份证号"),
    (f"持证人{ID_X.lower()}", "身份证号"),
    (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "身份证号"),
    (f"{ID[:6]}-{ID[6:14]}-{ID[14:]}", "身份证号"),
    (ID.translate(WIDE), "身份证号"),
    (f"号{ID_X.translate(WIDE)}", "身份证号"),
    (" ".join(ID), "身份证号"),
    ("\u3000".join(ID), "身份证号"),
    (f"张三{ID}元旦", "身份证号"),
    (f'title: "{ID}"', "身份证号"),
    (f"{ID[:6]}\u200b{ID[6:]}", "身份证号"),
    (f"见{ID}、其他", "身份证号"),
    (f"{ID[:10]}\n{ID[10:]}", "身份证号"),
    (f"**{ID[:6]}**{ID[6:]}", "身份证号"),
    (f"{ID[:6]}&nbsp;{ID[6:14]}&#8203;{ID[14:]}", "身份证号"),
    ("\u2060".join(ID), "身份证号"),
    ("\u200e".join(ID), "身份证号"),
    ("身份证号码：640102900101123", "身份证号"),
    ("身份证640102900101123，", "身份证号"),
    # mobile telephones
    ("联系电话13912345678", "手机号"),
    ("手机：139-1234-5678", "手机号"),
    ("手机 139 1234 5678。", "手机号"),
    ("（+86）13912345678", "手机号"),
    ("+86 139 1234 5678", "手机号"),
    ("8613912345678", "手机号"),
    ("电话1３９１２３４５６７８", "手机号"),
    ("１３９－１２３４－５６７８", "手机号"),
    ("张三，19912345678，办公室", "手机号"),
    ("| 张三 | 16612345678 |", "手机号"),
    ("tel:17712345678", "手机号"),
    ("Tel13912345678", "手机号"),
    ("微信同号15012345678，欢迎来电", "手机号"),
    ("013912345678", "手机号"),
    ("13912345678人事科", "手机号"),
    ("13912345678,13812345678", "手机号"),
    ("13912345678，13812345678", "手机号"),
    ("1391234-5678", "手机号"),
    ("139\u00a01234\u00a05678", "手机号"),
    ("139**1234**5678", "手机号"),
    ("139&nbsp;1234&nbsp;5678", "手机号"),
    ("139&#49;2345678", "手机号"),
    ("电话 0951-20 139-1234-5678", "手机号"),
    ("1 139-1234-5678 2", "手机号"),
    ("3. 13912345678", "手机号"),
    ("5, 13912345678", "手机号"),
    ("13912345678,138", "手机号"),
    ("联系电话：13912345678（家）", "手机号"),
    ("手机13912345678 张三", "手机号"),
    ("wechat13912345678", "手机号"),
    *((f"电话{spelt}", "手机号") for spelt in (
        "139.1234.5678", "139、1234、5678", "139/1234/5678", "139_1234_5678", "139·1234·5678",
        "139\u22121234\u22125678", "(139)1234-5678", "（139）1234 5678", "13 9123 45678", "139★1234★5678",
        "1-3-9-1-2-3-4-5-6-7-8", "1.3.9.1.2.3.4.5.6.7.8", "1 3 9 1 2 3 4 5 6 7 8", "13-91-23-45-678",
        "13 91 23 45 678", "+86 139.1234.5678", r"139\-1234\-5678", "139 1234 5678、138 1234 5678",
    )),
    *((spelt, "手机号") for spelt in (
        "𝟏𝟑𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "①③⑨①②③④⑤⑥⑦⑧", "¹³⁹¹²³⁴⁵⁶⁷⁸", "١٣٩١٢٣٤٥٦٧٨", "₁₃₉₁₂₃₄₅₆₇₈", "⑴⑶⑼⑴⑵⑶⑷⑸⑹⑺⑻",
        "".join(f"{c}\ufe0f\u20e3" for c in "13912345678"), "".join(f"{c}\u0332" for c in "13912345678"),
        "1③9①2③4⑤6⑦8", "①13912345678 办公室", "13912345678②",
        "1391234\n5678", "电话1391234\n5678，", "电话139-1234-  \n  5678", "> 139 1234\n> 5678", "1391234<br>\n5678",
        "13912345678个人", "张三13912345678米面", "张三13912345678元", "手机13912345678万", "139-1234-5678人",
        "张三_13912345678", "13912345678_张三", "3、139-1234-5678",
    )),
    *((spelt, "身份证号") for spelt in (
        f"{ID[:6]}.{ID[6:14]}.{ID[14:]}", f"{ID[:6]}/{ID[6:14]}/{ID[14:]}", "、".join(ID), "_".join(ID),
        f"({ID[:6]}){ID[6:14]}{ID[14:]}", f"{ID[:6]}𝟏{ID[7:]}" if ID[6] == "1" else ID,
    )),
    ("·".join(re.findall(".{1,4}", CARD)), "银行卡号"),
    ("/".join(re.findall(".{1,4}", CARD)), "银行卡号"),
    ("张三@qq.com", "私人邮箱"),
    ("邮箱：张三@ymail.com", "私人邮箱"),
    ("abc@ymail.com", "私人邮箱"),
    ("zhangsan@some-host.cn。", "私人邮箱"),
    # bank cards
    (f"账号{CARD}", "银行卡号"),
    (" ".join(re.findall(".{1,4}", CARD)), "银行卡号"),
    ("-".join(re.findall(".{1,4}", CARD)), "银行卡号"),
    (CARD.translate(WIDE), "银行卡号"),
    (f"卡号：{lettered('622848001234567')}", "银行卡号"),
    (f"Visa {lettered('411111222233334')}", "银行卡号"),
    (f"{lettered('511122223333444')}", "银行卡号"),
    (f"955{lettered('880123456789012345')[0:0]}" + lettered("955880123456789012")[3:], "银行卡号"),
    # an amount that long there is none, but 元旦 and people called 张
    ("622202123456789012元旦", "银行卡号"),
    (f"{CARD}张三", "银行卡号"),
    (f"中行{lettered('601382001234567')}", "银行卡号"),
    # mail boxes
    ("邮箱zhang.san@163.com", "私人邮箱"),
    ("12345678@qq.com", "私人邮箱"),
    ("信箱：a_b@vip.sina.com。", "私人邮箱"),
    ("x@QQ.COM", "私人邮箱"),
    ("someone＠126．com", "私人邮箱"),
    ("a@gmail.com", "私人邮箱"),
    ("name @ foxmail.com", "私人邮箱"),
    ("mailto:abc@yahoo.com.cn", "私人邮箱"),
    ("mailto:abc%40qq.com", "私人邮箱"),
    ("abc&#64;qq.com", "私人邮箱"),
    ("a@１６３．ｃｏｍ", "私人邮箱"),
    ("a@q\u200bq.com", "私人邮箱"),
    (r"abc\@qq.com", "私人邮箱"),
    ("zhang.san#163.com", "私人邮箱"),
    ("zhang.san(at)163.com", "私人邮箱"),
    ("a@263.net", "私人邮箱"),
    # addresses
    ("住幸福小区3号楼2单元502室", "住址"),
    ("3栋二单元1201", "住址"),
    ("阳光花园12号楼301", "住址"),
    ("和谐家园三期5栋1单元3楼302室", "住址"),
    ("锦绣新村8-2-501", "住址"),
    ("家庭住址：示例市示例区某路", "住址"),
    ("现住址:示例街道示例社区", "住址"),
    ("示例村三组12号", "住址"),
    ("统计局家属院2号楼1单元401", "住址"),
    ("2单元 401室", "住址"),
    ("3号楼2单元五〇二室", "住址"),
    ("3号楼2单元五楼东户", "住址"),
    ("幸福小区A座1203", "住址"),
    ("幸福小区A区3栋501", "住址"),
    ("幸福花园B3-2-501", "住址"),
    ("幸福小区3#2-501", "住址"),
    ("家住示例路35号院12号楼1203室", "住址"),
    ("租住5栋301室", "住址"),
    ("示例村第三村民小组12号", "住址"),
    ("现居住地：示例市示例街道", "住址"),
    ("住址示例市示例路1号", "住址"),
    # names
    ("慰问困难党员李建国同志", "受助人姓名"),
    ("走访困难群众马福贵家", "受助人姓名"),
    ("看望孤寡老人王秀英，送去", "受助人姓名"),
    ("为低保户：赵大山等送温暖", "受助人姓名"),
    ("帮扶对象为欧阳建华。", "受助人姓名"),
    ("资助困难学生丁小梅（初二）", "受助人姓名"),
    ("姓名：张三丰", "姓名"),
    ("联系人: 李四", "姓名"),
    ("姓  名：王五", "姓名"),
    ("选派张伟同志驻村", "姓名"),
    ("马建国先生捐款", "姓名"),
    ("为困难户马占山送去米面", "受助人姓名"),
    ("走访困难群众（马占山）", "受助人姓名"),
    ("看望低保户**马强**，", "受助人姓名"),
    ("资助贫困大学生丁小梅。", "受助人姓名"),
    ("看望王秀英老人", "受助人姓名"),
    ("结对帮扶王建国一家", "受助人姓名"),
    ("领取人：马占山", "姓名"),
    ("姓名,人数\n甲,1\n丁小梅,2", "姓名"),
    ("| 科室 | 联系人 |\n|---|---|\n| 办公室 | 丁小梅 |", "姓名"),
    ('序号\t姓名\n1\t"丁小梅"', "姓名"),
    # draft marks
    ("TODO 补数字", "草稿标记"),
    ("todo: 补数字", "草稿标记"),
    ("Fixme：补数字", "草稿标记"),
    ("此处待核", "草稿标记"),
    ("共有（待核）人", "草稿标记"),
    ("【待补充照片】", "草稿标记"),
    ("数字待核实。", "草稿标记"),
    ("FIXME", "草稿标记"),
    ("新增{++一段++}", "草稿标记"),
    ("删去{--一段--}", "草稿标记"),
    ("改{~~旧~>新~~}", "草稿标记"),
    ("{>>这里再问问<<}", "草稿标记"),
    ("{==这一句==}", "草稿标记"),
    # turned around
    (f"值班\u202e{PHONE[::-1]}\u202c。", "手机号"),
    (f"电话：\u202e<b>{PHONE[::-1]}</b>", "手机号"),
    (f"值班&#x202e;{PHONE[::-1]}。", "手机号"),
    (f"值班\\u202e{PHONE[::-1]}。", "手机号"),
    (f"值班\u202e\u202d{PHONE[7:]}\u202c{PHONE[:7][::-1]}。", "手机号"),
    (f"\u202e\u202a{PHONE[::-1]}\u202c", "手机号"),
    (f"\u2067{PHONE[7:]} {PHONE[3:7]} {PHONE[:3]}\u2069", "手机号"),
    (f"\u200f{PHONE[7:]} {PHONE[3:7]} {PHONE[:3]}", "手机号"),
    (f"<bdo dir=rtl>{PHONE[::-1]}</bdo>", "手机号"),
    (f"身份证\u202e{ID[::-1]}\u202c。", "身份证号"),
    ("\u202e" + "6222021234567890128"[::-1], "银行卡号"),
    ("\u202e5432106-1590", "固定电话"),
    # marks, entities and blanks of any number between digits
    ("139\u1ab01234\u302a5678", "手机号"),
    ("".join(f"{digit}\ufe20" for digit in PHONE), "手机号"),
    ("".join(f"&#{ord(digit)}" for digit in PHONE), "手机号"),
    ("".join(f"&#x000000{ord(digit):x};" for digit in PHONE), "手机号"),
    ("139&nbsp12345678", "手机号"),
    ("139&#10;&#10;&#10;&#10;&#xd;12345678", "手机号"),
    ("139&#12;1234&#10;5678", "手机号"),
    ("139" + " " * 40 + "12345678", "手机号"),
    (f"{ID[:6]}    \u3000\u3000\t{ID[6:]}", "身份证号"),
    ("139%2D1234%2d5678", "手机号"),
    # as programs and people write tables and lists
    (f"甲,{PHONE}.0\n乙,\n", "手机号"),
    (f"联系人员\n1.{PHONE}\n12.{PHONE}", "手机号"),
    (f"> - 1.{PHONE}", "手机号"),
    (f"1.{PHONE}", "手机号"),
    (f"{PHONE}wx同号", "手机号"),
    (f"{PHONE}V信", "手机号"),
    (f"{PHONE}qq同号", "手机号"),
    # digits as words
    ("一三九一二三四五六七八", "手机号"),
    ("拨幺三九 幺二三四 五六七八", "手机号"),
    ("壹叁玖壹贰叁肆伍陆柒捌", "手机号"),
    ("一三九1234五六七八", "手机号"),
    (ID.translate(str.maketrans("0123456789", "〇一二三四五六七八九")), "身份证号"),
]  # fmt: skip

NOT_FOUND = [
    "共138+1234+5678=7050元",
    "尺寸138x1234x5678毫米",
    "138；1234；5678；910",
    "138+1234；5678",
    "138？12345？678",
    "| 138 | 1234 | 5678 |",
    "AB13812345678",
    "13812345678ab",
    "b13812345678c",
    # lists and columns of values
    "分别为138,1200,3400人次",
    "分别为138，1200，3400户",
    "合计1,380,013,800元",
    "1,138,0013,8000",
    "138\n0013\n8000",
    "合计\n 138\n0013\n8000\n12",
    "打给138\n0013\n8000\n12\n",
    "人数138,2001,3000,12",
    # no telephones, accounts and plates of anybody
    "12345政务服务便民热线",
    "拨打电话110、12340",
    "电话1000户",
    "热线20000000个",
    "0951-2024",
    "第0951号",
    "00951-6012345",
    "增长0.951-6012345",
    "QQ群5个",
    "腾讯QQ用户10000人",
    "QQ 12345人",
    "通过微信、QQ等渠道",
    "微信公众号：ningxia_tj",
    "微信：见公告",
    "新A级景区12个",
    "湘C2024年",
    "京G6高速",
    "云A4纸",
    "川A12345户",
    # lists of offices and numbers of people
    "参加人：全体党员",
    "参加人员：办公室、综合科",
    "参加人：高级统计师、管理员",
    "参加人：张某、李某",
    "参加人：**",
    "参加人数：12",
    "主持人：安保科",
    "负责人：石主任",
    "记录人：办公室",
    "记录人、复核人签名",
    "出席：马克思主义学院",
    "成员：各科室",
    # numbers of eighteen digits that are no identity number
    f"编号{ID[:17]}{(int(ID[17]) + 1) % 10 if ID[17] != 'X' else 0}",
    f"流水号{ID}99",
    f"99{ID}",
    checked("99010219900101123"),
    checked("64010219901301123"),
    checked("64010219900231123"),
    "统一社会信用代码91640100MA75WX1234",
    "统一社会信用代码11640000010080171M",
    "640102199001011***",
    # fifteen digits that nothing calls an identity number, or that have no birthday
    "编号640102900101123",
    "身份证号640102901301123",
    "身份证号已核对，流水号640102900101123",
    "身份证复印件3份",
    f"{ID[:10]}\n\n{ID[10:]}",
    f"{ID[:10]}\n- {ID[10:]}",
    "139\n1234\n5678",
    "640102********1234",
    # amounts and codes that look like telephones
    "总产值13912345678元",
    "总产值13912345678 元",
    "总产值13912345678（元）",
    "增加值139.12345678亿元",
    "共13912345678人",
    "总户数13912345678户",
    "用电量13912345678千瓦时",
    "13,912,345,678元",
    "13912345678.5",
    "13912345678%",
    "￥13912345678",
    "产量13912345678多吨",
    "13912345678余元",
    "1 391 234 5678 和 9",
    "2023 1391 2345 6789 3",
    "2023-139-1234-5678",
    "1 139 1234-5678 2",
    "139 1234 5678 9012 7",
    "12345678901",
    "1391234.5678", "139.12345678", "13,912,345,678", "13 912 345 678", "13.912.345.678", "13'912'345'678",
    "15 2345 67890 123", "15 2345 6789", "示例区 15 23456 7890", "15、2345、67890", "第13-2023-45678号",
    "1391234\n5678\n9012", "9012345\n1391234\n5678", "共1391234\n2023年", "人口 12 1391234\n5678 33",
    "为1391234\n5678 元", "139123456\n78. 甲", "产值13912345678个", "共13912345678万", "138+1234+5678=7050",
    "138,1234,5678", "138|1234|5678", "2019.10.1—2020.3.15", "2019/10/01 2020/03/15", "192.168.130.1234", "①②③④⑤⑥⑦⑧⑨⑩",
    "面积10²㎡，体积3³", "邮箱后缀为@qq.com", "info@company.com", "logo@2x.png", "a@office.gov.cn", "a@edu.cn",
    "git@github.com:a/b.git", "用以@ymail.com结尾的邮箱",
    "12912345678",
    "14012345678",
    "区划代码640104200001",
    "热线12340",
    "t20230105_13912345678.html",
    "https://www.stats.gov.cn/x/13912345678.html",
    "a13912345678f",
    "139****5678",
    "2023-01-02 2024-03-04",
    "20230101—20231231",
    "139123456",
    # long numbers that are no cards
    "6222021234567890",
    "1234567890123456",
    "0000000000000000000",
    "ISBN 978-7-5037-1234-5",
    "合同编号2023010100000001",
    # mail of offices, and what is no mail
    "tjj@yinchuan.gov.cn",
    "webmaster@stats.gov.cn",
    "@qq.com",
    "关注@163",
    "#163",
    "见第 3 节 #126.comments",
    "stats@mail.example.gov.cn",
    "a@example.org",
    "a@qq.company.cn",
    # addresses of offices and figures about houses
    "示例市示例路12号统计局305室",
    "地址：示例市示例路1号",
    "住址：待补",
    "住址：***",
    "普查小区3栋501户",
    "示例村三组12户",
    "第二单元3课时",
    "三单元201个样本",
    "公寓3号楼101套",
    "和谐小区1-3-12月台账",
    "住在各村的2号楼",
    "家庭住址、电话等信息不得泄露",
    "家庭住址,电话",
    "住址变更登记1号",
    "新建小区12个",
    "一小区一网格",
    "5号楼建成",
    "花园式单位3次获评",
    # people in need, but nobody by name
    "慰问困难群众百余人次",
    "帮扶困难家庭销售水果",
    "困难群众安全过冬。",
    "困难党员高龄的",
    "慰问困难党员、老党员",
    "困难职工何时",
    "慰问困难群众马上安排，",
    "困难家庭金额的",
    "走访困难家庭温暖的",
    "帮扶对象：待补",
    "慰问对象：困难群众",
    "困难群众张某等",
    "困难群众李**家",
    "帮扶困难户施工的",
    "为高龄老人、白发老人",
    "看望马家村老人",
    "为贺兰山老人院送去书报，帮扶石嘴山一家企业",
    "为全体老人送去温暖，照顾卧床老人",
    "慰问金凤区老人",
    "姓名,联系人\n办公室,\n科室\n丁小梅,1",
    "| 联系人 | 人数 |\n|---|---|\n| 安保科 | 丁小梅 |",
    "领取人：待补",
    "联系人：安保科",
    "姓名：待补",
    "姓名：***",
    "姓名：张某某",
    "联系人：办公室",
    "全体党员同志",
    "负责同志、领导同志",
    "各位同志",
    "广大青年同志",
    "向雷锋同志学习",
    "毛泽东同志",
    "该同志任职同志",
    # words that are no marks of a draft
    "情况待补。",
    "待核定",
    "待核查线索",
    "待定",
    "TODOS",
    "todo",
    "MYTODO",
    "XXXL",
    "等待核酸检测结果",
    "{ #anchor }",
    "{{ fig }}",
    "C++ 与 --check",
    "a == b",
    # turned around, and yet no number of anybody
    "\u202e12345678900\u202c",
    "\u200f2024 138 年",
    # numbers with decimals, numbers as words
    "指数为1.13912345678",
    "金额1,391,234,567,800元，13,912,345,678",
    "13912345678.05",
    "共13912345678.0元",
    "13912345678.0亿",
    "13912345678kWh",
    "二〇二四年一月一日至二〇二五年三月三十一日",
    "一二三四五六七八九〇一二三",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_what_is_found(text: str, kind: str) -> None:
    assert set(kinds(text)) == {kind}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("recorder: 王秀英", ["王**"]),
        ('reviewer: "马小军"', ["马**"]),
        ("  reviewer: 欧阳娜娜 ", ["欧***"]),
        ("          people: 王秀英", ["王**"]),
        ("  people: 12", []),
        ("  people: 参加人员12人", []),
        ("recorder: 办公室", []),
        ("recorder: 金融科", []),
        ("reviewer: 石主任", []),
        ("recorder: 安保科科长", []),
        ("recorder: 统计员", []),
        ("title: 高山流水", []),
    ],
)
def test_who_keeps_a_record_is_a_post(line: str, names: list[str]) -> None:
    text = f"date: 2024-03-05\n{line}\nnote:\n"
    assert [leak.found for leak in find_private(text, data=True)] == names
    assert list(find_private(text)) == []


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_not_found(text: str) -> None:
    assert kinds(text) == []


def test_the_tables_are_long_enough() -> None:
    assert len({text for text, _ in FOUND}) >= 60
    assert len(set(NOT_FOUND)) >= 60


def test_the_numbers_of_the_standard_are_numbers() -> None:
    # GB 11643—1999, 5: the examples it gives.
    assert kinds("11010519491231002X，440524188001010014") == ["身份证号", "身份证号"]
    assert checked("11010519491231002") == "11010519491231002X"


def test_the_middle_is_not_told() -> None:
    text = f"{ID}，139 1234 5678，{CARD}，zhangsan@qq.com，幸福小区3号楼2单元502室，姓名：张三丰"
    found = [finding.found for finding in private_search(())(text)]
    assert found == [
        f"640{'*' * 13}{ID[-2:]}",
        "139******78",
        f"6222{'*' * 11}{CARD[-4:]}",
        "z*******@qq.com",
        f"3号{'*' * 7}室",
        "张**",
    ]


# What may stand before and after: text of a Chinese sentence, no digit, letter or unit of a number.
WORDS = st.text("的了在是和与于由经查证号为，。、：；（）“”《》\n", max_size=8)
GAPS = st.sampled_from(["", "", " ", "-", "－", "—", "\u3000", "\u00a0", "\u2009", "\u200b", " - "])
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
REGIONS = st.sampled_from(["11", "15", "21", "32", "37", "44", "46", "50", "54", "61", "64", "65"])


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    rest = draw(st.integers(0, 9999)), draw(DAYS), draw(st.integers(0, 999))
    return checked(f"{draw(REGIONS)}{rest[0]:04}{rest[1]:%Y%m%d}{rest[2]:03}")


MOBILES = st.builds(
    "{}{:08}".format,
    st.sampled_from(["130", "139", "147", "150", "159", "166", "173", "180", "188", "191", "199"]),
    st.integers(0, 99_999_999),
)


@given(WORDS, identity_numbers(), WORDS, GAPS, st.booleans(), st.booleans())
def test_any_identity_number_is_found(
    before: str, number: str, after: str, gap: str, wide: bool, lower: bool
) -> None:
    spelt = gap.join([number[:6], number[6:14], number[14:]])
    spelt = spelt.lower() if lower else spelt
    spelt = spelt.translate(WIDE) if wide else spelt
    text = f"{before}{spelt}{after}"
    assert [(one.kind, one.at) for one in find_private(text)] == [("身份证号", len(before))]


@given(identity_numbers(), st.sampled_from([" ", "-", "　"]))
def test_an_identity_number_in_boxes_is_found(number: str, gap: str) -> None:
    assert [one.kind for one in numbers(gap.join(number))] == ["身份证号"]


@given(identity_numbers(), st.integers(0, 17), st.integers(1, 9))
def test_an_identity_number_with_a_wrong_digit_is_none(number: str, at: int, more: int) -> None:
    assume(number[at] != "X")
    wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
    assert "身份证号" not in [one.kind for one in numbers(wrong)]


@given(WORDS, MOBILES, WORDS, GAPS, st.booleans())
def test_any_mobile_number_is_found(
    before: str, number: str, after: str, gap: str, wide: bool
) -> None:
    spelt = gap.join([number[:3], number[3:7], number[7:]])
    spelt = spelt.translate(WIDE) if wide else spelt
    assert [one.kind for one in find_private(f"{before}{spelt}{after}")] == ["手机号"]


UNITS = st.sampled_from(
    [
        "元",
        "万元",
        "亿元",
        "人",
        "人次",
        "户",
        "家",
        "个",
        "吨",
        "公斤",
        "斤",
        "平方米",
        "亩",
        "千瓦时",
        "次",
        "件",
        "台",
        "篇",
        "%",
        "‰",
        "倍",
        "美元",
        "多斤",
        "余人次",
    ]
)


@given(WORDS, MOBILES, UNITS, st.sampled_from(["", " ", "\u00a0", "\u2060"]), st.booleans())
def test_figures_of_statistics_are_no_telephones(
    before: str, number: str, unit: str, gap: str, wide: bool
) -> None:
    number = number.translate(WIDE) if wide else number
    assert list(find_private(f"{before}总量{number}{gap}{unit}，")) == []


@given(MOBILES, st.integers(1, 10))
def test_numbers_with_points_and_commas_are_no_telephones(number: str, at: int) -> None:
    assert list(numbers(f"为{number[:at]}.{number[at:]}，")) == []
    assert list(numbers(f"为{int(number):,}，")) == []


@given(MOBILES)
def test_values_of_data_are_no_telephones_but_texts_are(number: str) -> None:
    for value in (f"value: {number}", f"- {number}", f"甲,{number},乙", f'{{"数": {number}}}'):
        assert list(numbers(value, data=True)) == []
    for text in (
        f'note: "{number}"',
        f"- 电话 {number}",
        f'{{"备注": "{number}"}}',
        f"甲,电话{number}",
    ):
        assert [one.kind for one in numbers(text, data=True)] == ["手机号"]


@given(st.text(max_size=200))
def test_any_text_is_searched(text: str) -> None:
    for detect in (numbers, addresses, people, draft_marks):
        for one in detect(text):
            assert 0 <= one.at < len(text)
            assert "\n" not in one.found


@given(st.text(min_size=2, max_size=30), st.integers(0, 6), st.integers(0, 6))
def test_half_of_what_is_told_is_hidden(text: str, head: int, tail: int) -> None:
    plain = " ".join(text.split())
    shown = masked(text, head, tail)
    assert len(shown) == len(plain)
    assert sum(a == "*" for a in shown) * 2 >= len(plain)


def test_names_given_are_found_wherever_they_stand() -> None:
    text = "由示例人物和示例人物丙"
    assert [(one.kind, one.found, one.at) for one in named(visible_text(text), ["示例人物"])] == [
        ("姓名", "示***", 1),
        ("姓名", "示***", 6),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "".join(f"\\x3{digit}" for digit in PHONE),
        "".join(f"\\U0000003{digit}" for digit in PHONE),
        f"139\\\n  {PHONE[3:]}",
        f"139\\_{PHONE[3:]}",
        f"\\u202e{PHONE[::-1]}",
        f"\u202e{PHONE[::-1]}",
    ],
)
def test_texts_of_data_are_searched_as_they_are_read(value: str) -> None:
    told = in_yaml(f'a: 1\ntitle: "楼栋{value}"\n')
    assert [(leak.kind, leak.found, leak.line) for leak in told] == [("手机号", "139******78", 2)]


@pytest.mark.parametrize("gap", [r"\n", r"\u0020", r"\t", " \\\n  "])
def test_an_escape_does_not_make_a_text_a_number(gap: str) -> None:
    told = in_yaml(f'a: 1\nhelp: "{PHONE[:3]}{gap}{PHONE[3:]}"\n')
    assert [(leak.kind, leak.found, leak.line) for leak in told] == [("手机号", "139******78", 2)]


def test_marks_may_stand_in_comments_of_data() -> None:
    text = "# TODO 补\na: 甲\n  # 待核\nb: 此处待核\nc: |\n  TODO\n# 电话13912345678\nd: '甲 #1 TODO'\n"
    phone = FileLeak("手机号", "139******78", 7)
    assert without_digests(in_yaml(text)) == [
        FileLeak("草稿标记", "待核", 4),
        FileLeak("草稿标记", "TODO", 6),
        phone,
        FileLeak("草稿标记", "TODO", 8),
    ]
    assert without_digests(in_yaml(text, marks=False)) == [phone]


def test_what_goes_on_in_the_next_line_is_found_at_its_line() -> None:
    text = (
        "a: 1\nnote: 电话\n  139123\n  45678\nb: >\n  卡号62220212345\n  67890128，身份证110105\n"
        "  19491231002X\nc: 138\nd: 12345678\n"
    )
    assert without_digests(in_yaml(text)) == [
        FileLeak("手机号", "139******78", 3),
        FileLeak("银行卡号", "6222***********0128", 6),
        FileLeak("身份证号", "110*************2X", 7),
    ]


def test_what_goes_on_in_the_next_line_of_a_page_is_found_at_its_line() -> None:
    text = (
        "甲\n\n> 卡号62220212345  \n> 67890128，\n住示例路12号楼3单元5\n06室\n\n138\n\n12345678\n"
    )
    page = Page("a.md", "docs/a.md", text=text)
    found = leaks_in_lines(text, private_search((), marks=False), page.line_breaks)
    assert without_digests(found) == [
        FileLeak("银行卡号", "6222***********0128", 3),
        FileLeak("住址", "12********室", 5),
    ]


def test_what_is_told_quotes_no_private_number() -> None:
    told = (
        f'不认识字段 13800138000；现为 "身份证{ID}"，请改为 [138 0013 8000, 2024]，现有 139******78'
    )
    assert without_private_numbers(told) == (
        f'不认识字段 138******00；现为 "身份证{ID[:3]}{"*" * 13}{ID[-2:]}"，'
        "请改为 [138******00, 2024]，现有 139******78"
    )


SERIAL = [f"1501120{number:04d}" for number in range(1, 9)]
"""Numbers of plots as a table lists them; they have the form of a mobile number."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\n".join(SERIAL), 0),
        (" ".join(SERIAL), 0),
        ("\n".join(f"{one} 小麦 3 亩" for one in SERIAL), 0),
        ("\n".join(f"{one} 1391120{at:04d}" for at, one in enumerate(SERIAL)), 0),  # two columns
        ("\n".join(SERIAL) + "\n13912345678", 1),  # a true one below the table
        ("\n".join(SERIAL[:4]), 4),
        ("\n".join(SERIAL[::2]), 4),
        ("手机\n" + "\n".join(SERIAL), 8),
        ("\n".join(f"{one} 张三" for one in SERIAL), 8),
        ("\n".join([*SERIAL[:3], f"{SERIAL[3]} 李小明", *SERIAL[4:]]), 8),
    ],
)
def test_serial_numbers_of_a_table_are_no_telephones(text: str, found: int) -> None:
    assert len(list(find_private(text))) == found
