"""What stands against an import: told all at once, where the clerk looks; nothing is written."""

from datetime import datetime

from tests.samples.desk import FIRST, LABEL, OTHER, REFUSED, ROW, SECOND, THIRD, Desk


def test_all_faults_at_once_by_sheet_row_and_column(filled: Desk) -> None:
    filled.cells(
        {
            (2, "参加人数"): "两个",
            (2, "活动名称"): None,
            (3, "人均时长"): 30,
            (3, "类别"): "种树",
            (3, "备注"): "长" * 2001,
            (4, "日期"): datetime(2026, 4, 1),
            (4, "服务人次"): "=1+1",
            (4, "总时长"): 3,
        }
    )
    filled.row(5, {**ROW, "参加人数": None, "日期": "2025-02-30", "人均时长": 25})
    filled.row(
        6, {**ROW, "活动名称": "远", "日期": datetime(2020, 1, 1), "佐证材料": "照片\nfiles/无.jpg"}
    )
    kinds = "植树造林、文明交通、疫情防控、学雷锋、无偿献血、社区服务、爱国卫生、文明宣传、其他"
    exit_, lines, summary = filled.unwritten("--write")
    assert (exit_, [line for line in lines if not line.startswith(("修改", "新增", "  "))]) == (
        1,
        [
            f"{LABEL} 第 2 行 C 列（活动名称）：须为文字，现为空；请重新填写",
            f"{LABEL} 第 2 行 F 列（参加人数）：须为不小于 0、不超过 1000000 的整数，现为 \"两个\"；请改为：2",
            f'{LABEL} 第 3 行 D 列（类别）：须为 {kinds} 之一，现为 "种树"；请重新填写',
            f"{LABEL} 第 3 行 G 列（人均时长）：须为不小于 0、不超过 24 的数，小数不超过 2 位，现为 30；请重新填写",
            f"{LABEL} 第 3 行 P 列（备注）：须不超过 2000 个字符，现有 2001 个；请删短",
            f"{LABEL} 第 4 行 B 列（日期）：须不晚于今天（2026-03-01），现为 2026-04-01；请改为今天或以前的日期，还没有发生的先不写",
            f"{LABEL} 第 4 行 G 列（人均时长）：“人均时长”与“总时长”须填其中一个，现在都填了；请清空一个，如“总时长”",
            f"{LABEL} 第 4 行 I 列（服务人次）：须填写结果，不能用公式，现为 =1+1；请复制后只粘贴数值",
            f'{LABEL} 第 5 行 B 列（日期）：须为确有的日期，写作 2023-01-02（1949 年 10 月至 2099 年），现为 "2025-02-30"，没有这一天；请重新填写',
            f"{LABEL} 第 5 行 F 列（参加人数）：须为不小于 0、不超过 1000000 的整数，现为空；请重新填写",
            f'{LABEL} 第 5 行 G 列（人均时长）：须为不小于 0、不超过 24 的数，小数不超过 2 位，现为 25；请重新填写',
            f"{LABEL} 第 6 行 B 列（日期）：须在建档期间 2023-01-01 至 2025-12-31 之内，现为 2020-01-01；请改正日期，期间以外的不记",
            f"{LABEL} 第 6 行 L 列（佐证材料）：所列文件须在 docs/ 下，没有 files/无.jpg；请放进这个文件，或者写材料的名称",
        ],
    )  # fmt: skip
    assert summary.endswith(f"问题 13 处。{REFUSED}")


def test_a_mark_of_a_page_is_none_in_a_sheet(filled: Desk) -> None:
    filled.cells({(3, "地点"): "林场 <!-- 内部 -->"})
    exit_, lines, _ = filled.unwritten("--write")
    assert (exit_, lines) == (
        1,
        [
            f'{LABEL} 第 3 行 E 列（地点）：不得有注释，数据里不认，会照原样显示，现为 "林场 <!-- 内部 -->"；'
            "请删去，不公开的字也一起删去"
        ],
    )


def test_records_taken_away_or_broken_meanwhile(filled: Desk) -> None:
    (filled.root / FIRST).unlink()
    (filled.root / SECOND).unlink()
    filled.edit(THIRD, "kind: 学雷锋", "kind: 不对")
    filled.cells({(3, "地点"): "林场", (4, "地点"): "路口"})
    exit_, lines, _ = filled.unwritten("--write")
    assert (exit_, lines) == (
        1,
        [
            f"注意：{LABEL} 第 2 行 A 列（编号）：20240305-a 已被他人删去或改名，不再写入",
            f"{LABEL} 第 3 行 A 列（编号）：须为现有的记录，b 已被他人删去或改名；请重新导出再填",
            f"{LABEL} 第 4 行 A 列（编号）：须为没有问题的记录，c 的文件现有问题；请先改好（.venv/bin/archive check）",
        ],
    )


def test_faults_that_others_left_hinder_nobody(filled: Desk) -> None:
    filled.edit(THIRD, "kind: 学雷锋", "kind: 不对")
    filled.edit("data/figures.yml", "approximation: 近百", "approximation: 近百余")
    filled.cells({(3, "地点"): "林场"})
    exit_, lines, _ = filled.import_lines("--write")
    note = "注意：导入以前已有 2 处问题，见 .venv/bin/archive check"
    assert (exit_, lines) == (0, [f"修改 {SECOND}（植树，第 3 行）", "  地点：社区 → 林场", note])


def test_what_would_break_elsewhere_is_told_and_not_written(filled: Desk) -> None:
    figure = "  approximation: 近百\n  complete_through: 2025-12-31\n"
    filled.edit("data/figures.yml", "  complete_through:\n", figure)
    filled.edit("data/figures.yml", "measure: count", "measure: sum\n    field: services")
    filled.cells({(3, "服务人次"): 31})
    assert filled.unwritten()[0] == 0
    filled.cells({(3, "服务人次"): 3})
    exit_, lines, summary = filled.unwritten("--write")
    assert (exit_, summary) == (1, f"修改 1 条，问题 1 处。{REFUSED}")
    wrong = "data/figures.yml:19: activities（开展活动）写作“近百”，确数须不小于 90、小于 100，现为 63；请改写约数，不用约数的写 approximation:"
    assert lines[-2:] == ["写入以后，别处会有问题：", wrong]


def test_a_file_the_program_cannot_change_is_named(desk: Desk) -> None:
    flow = ", ".join(
        line.rstrip(":") if line.endswith(":") else line for line in OTHER.splitlines()
    )
    (desk.root / SECOND).write_text("{" + flow + "}\n", "utf-8")
    desk.export()
    desk.cells({(3, "地点"): "林场"})
    exit_, lines, _ = desk.unwritten("--write")
    assert (exit_, lines[-1]) == (
        1,
        f"{LABEL} 第 3 行：须为程序能改的写法，{SECOND} 写法特殊，或者刚被改动；请在文件里手工修改",
    )
