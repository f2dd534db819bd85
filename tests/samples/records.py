"""One record of each collection without a fault, and how to change one."""

END = "source: 原始记录\nevidence: []\nrecorder: 办公室\nreviewer:\n"
RECORDS = {
    "publications": (
        "date: 2024-03-12\nkind: 专报\nnumber: 2024年第3期\ntitle: 题目\nendorsed: true\n"
        "office: 综合科\n" + END
    ),
    "assistance": (
        "date: 2024-03-12\ntitle: 销售水果\nkind: 销售\ngoods: 水果\namount: 120.5\nunit: 斤\n"
        "place: 村\nbeneficiaries: 困难家庭\n" + END
    ),
    "party_members": "date: 2024-12-31\nstage: 发展党员\npeople: 2\n" + END,
    "cadres": "date: 2024-12-31\nstage: 提拔科级干部\npeople: 2\n" + END,
    "activities": (
        "date: 2024-03-12\nkind: 三会一课\nsession: 党课\ntitle: 主题\nplace: 会议室\n"
        "participants: 20\nresult:\norganiser: 办公室\n" + END
    ),
    "community": (
        "date: 2024-03-12\nkind: 一书三单\ntitle: 事项\npartner: 社区\nparticipants:\n"
        "state: 已完成\nfinished: 2024-04-01\n" + END
    ),
    "enterprise_services": (
        "date: 2024-03-12\nkind: 普法\ntitle: 宣讲\noccasion: 核查\nenterprises: 8\n"
        "office: 法规科\n" + END
    ),
    "reviews": (
        f"date: 2024-03-12\nstage: 初审\nedition: 内部版\ncommit: {'abcdef0123' * 4}\n"
        "by: 办公室经办人\nevidence: []\n"
    ),
}  # fmt: skip


def path(name: str, id_: str = "a") -> str:
    return f"data/{name}/2024/{name}-{id_}.yml"


def changed(name: str, old: str, new: str) -> str:
    assert RECORDS[name].count(old) == 1, (name, old)
    return RECORDS[name].replace(old, new)
