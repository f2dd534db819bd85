"""Sum the figures of many bureaus: `python province.py 单位 … > 全省.csv`. Needs DuckDB.

Each folder, named after a bureau, holds what its site offers in `download/`. A figure is summed where it is counted from
records, over the bureaus that define it alike; those that have no value for it are named beside the sum. A bureau whose
files are not as its site wrote them is told of and left out, and the exit code is 1.
"""

import csv
import json
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path

import duckdb

TABLE = """CREATE TABLE figures (单位 TEXT, 编号 TEXT, 指标编号 TEXT, 参照期 TEXT, 指标名称 TEXT, 计量单位 TEXT,
数值 DECIMAL(28, 8), 起始日 TEXT, 截止日 TEXT, 口径 TEXT, 计数规则 TEXT, PRIMARY KEY (单位, 编号))"""
ADD = "INSERT INTO figures BY NAME SELECT unnest($rows, recursive := true)"
SUMS = """
SELECT 指标编号, 参照期, min(指标名称) AS 指标名称, 计量单位,
    rtrim(rtrim(sum(数值)::TEXT, '0'), '.') AS 合计, count(数值) AS 计入的单位数,
    string_agg(单位, '、' ORDER BY 单位) FILTER (WHERE 数值 IS NULL) AS 没有数的单位,
    起始日, 截止日, 口径
FROM figures WHERE 计数规则 LIKE '%算法：count%' OR 计数规则 LIKE '%算法：sum%'
GROUP BY ALL ORDER BY ALL
"""
LEFT_OUT = "须有 figures.csv，合于 datapackage.json 里的校验值，现在不是；没有计入，请重新取这个单位的 download 目录"


def figures(folder: Path, columns: list[str]) -> list[dict[str, str | None]]:
    """Return the figures in a folder of downloads; raises any error if they are not as described."""
    tables = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    (described,) = (table for table in tables if table["name"] == "figures")
    raw = (folder / "figures.csv").read_bytes()
    if described["hash"] != f"sha256:{sha256(raw).hexdigest()}":
        raise ValueError
    rows = csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    named = {"单位": folder.resolve().name}
    return [named | {name: row[name] or None for name in columns if name != "单位"} for row in rows]


def plain(cell: object) -> object:
    """Return a cell that no spreadsheet computes, whatever a bureau has written, also after what shows nothing."""
    seen = next((sign for sign in str(cell) if sign.isprintable() and sign != " "), "")
    number = str(cell).lstrip("-").replace(".", "").isdecimal()
    return (
        f"'{cell}"
        if not number and (seen in set("=+-@＝＋－＠") or str(cell)[0] in "\t\r\n")
        else cell
    )


columns = [name for name, *_ in duckdb.execute(TABLE).execute("FROM figures").description]
left_out = False
for folder in map(Path, sys.argv[1:]):
    try:
        if rows := figures(folder, columns):
            duckdb.execute(ADD, {"rows": rows})
    except Exception:  # whatever a bureau has sent, the others are summed
        left_out = True
        print(f"{folder} {LEFT_OUT}", file=sys.stderr)
sums = duckdb.execute(SUMS)
sys.stdout.reconfigure(encoding="utf-8-sig", newline="")
csv.writer(sys.stdout).writerows(
    map(plain, row) for row in ([column[0] for column in sums.description], *sums.fetchall())
)
sys.exit(left_out)
