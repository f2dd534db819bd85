"""Sum the figures of many bureaus: `python province.py 单位 … > 全省.csv`. Needs DuckDB.

Each folder, named after a bureau, holds what its site offers in `download/`. A figure is summed where it is counted from
records, over the bureaus that define it alike; those that have no value for it are named beside the sum.
"""

import csv
import json
import sys
from hashlib import sha256
from pathlib import Path

import duckdb

SUMS = """
SELECT 指标编号, 参照期, min(指标名称) AS 指标名称, 计量单位,
    rtrim(rtrim(sum(数值)::VARCHAR, '0'), '.') AS 合计, count(数值) AS 计入的单位数,
    string_agg(split_part(filename, '/', -2), '、' ORDER BY filename)
        FILTER (WHERE 数值 IS NULL) AS 没有数的单位,
    起始日, 截止日, 口径
FROM read_csv($files, filename = true, all_varchar = true, types = {'数值': 'DECIMAL(28, 8)'})
WHERE 计数规则 LIKE '%算法：count%' OR 计数规则 LIKE '%算法：sum%'
GROUP BY ALL ORDER BY ALL
"""


def register(folder: Path) -> str:
    """Return the table of figures in a folder of downloads, once it is found to be what is described."""
    tables = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    (figures,) = (table for table in tables if table["name"] == "figures")
    file = (
        folder.resolve() / "figures.csv"
    )  # wherever it says: not the file of another, nor a pattern
    if figures["hash"] != f"sha256:{sha256(file.read_bytes()).hexdigest()}":
        sys.exit(f"{file} 须合于 datapackage.json 里的校验值；请重新取这个单位的 download 目录")
    return str(file)


def plain(cell: object) -> object:
    """Return a cell that no spreadsheet computes, whatever a bureau has written."""
    computed = isinstance(cell, str) and cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))
    return f"'{cell}" if computed and not cell.lstrip("-").replace(".", "").isdecimal() else cell


sums = duckdb.execute(SUMS, {"files": [register(Path(name)) for name in sys.argv[1:]]})
sys.stdout.reconfigure(encoding="utf-8-sig", newline="")
csv.writer(sys.stdout).writerows(
    map(plain, row) for row in ([column[0] for column in sums.description], *sums.fetchall())
)
