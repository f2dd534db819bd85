"""A set of criteria without a fault."""

CRITERIA = """\
planning:
  code: 一（一）
  title: 统筹
  asks: 有活动，有制度
  report: report/part-1.md#planning
  wanted: [说明报告, 正式文件, 图片, 数据表格]
  statement: 开展活动{activities}，落实“三会一课”。
  evidence:
    - {kind: 正式文件, to: leave}
    - {kind: 数据表格, to: volunteering, where: {kind: 学雷锋}}
"""
