"""A printed document as HTML and CSS, for engines that print web pages: same text, fonts, page."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from archive.press import geometry
from archive.press.document import Document, Part
from archive.press.tree import Block, Cell, Run, runs_text

_STYLE = Template("""
@page { size: ${width}mm ${height}mm; margin: ${top}mm ${outer}mm ${bottom}mm ${inner}mm;
  @bottom-right { content: "— " counter(page) " —"; font: 14pt $number; vertical-align: top; padding-top: 7mm }
  @top-center { content: "$banner"; font: 10.5pt $body } }
@page :left { margin: ${top}mm ${inner}mm ${bottom}mm ${outer}mm;
  @bottom-right { content: none }
  @bottom-left { content: "— " counter(page) " —"; font: 14pt $number; vertical-align: top; padding-top: 7mm } }
@page across { size: ${height}mm ${width}mm; margin: ${inner}mm ${top}mm ${outer}mm ${bottom}mm }
* { margin: 0; padding: 0; font-weight: normal }
body { font: 16pt $body; line-height: calc(${area_height}mm / $lines); letter-spacing: calc(${area_width}mm / $characters - 16pt); text-align: justify }
p { text-indent: 2em }
h1, h2, h3, h4, h5, h6 { font-size: 16pt; text-indent: 2em; break-after: avoid }
.title { font: bold 22pt $title; line-height: calc(${area_height}mm / $lines); letter-spacing: 0; text-align: center; text-indent: 0; margin-bottom: calc(${area_height}mm / $lines) }
.part { break-before: page }
.face0 { font-family: $heading; text-align: center; text-indent: 0 }
.face1, strong, .lead { font-family: $heading }
.face2, .facts { font-family: $second }
.source, .mark { text-align: center; text-indent: 0; font-family: $second }
sup, sub { font-size: 0.6em; line-height: 0 }
.keep { white-space: nowrap }
.note { float: footnote; font-size: 10.5pt; line-height: 16pt; letter-spacing: 0; text-indent: 0 }
ul, ol { padding-left: 3.5em } li p:first-child { text-indent: 0 }
blockquote { padding-left: 2em }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 12pt; line-height: 1.35; letter-spacing: 0; text-align: left; text-indent: 0 }
td, th { border: 0.5pt solid; padding: 3pt } th { font-family: $heading } .number { text-align: right }
.across { page: across }
.drawing { text-align: center }
.end { font-size: 10.5pt; line-height: 16pt; letter-spacing: 0; text-indent: 0 }
.contents { list-style: none; padding: 0; break-after: page }
.contents a { color: inherit; text-decoration: none }
.contents a::after { content: leader(".") target-counter(attr(href), page) }
""")

_TAGS = {"strong": "strong", "code": "code", "sup": "sup", "sub": "sub"}


def html(document: Document, families: Mapping[str, Sequence[str]]) -> str:
    """The document as HTML; `families` is role → names of its fonts, best first."""
    roles = {role: ", ".join(f"'{name}'" for name in names) for role, names in families.items()}
    page = geometry.numbers(geometry.PAGE)
    style = _STYLE.substitute({**page, **roles}, banner=document["banner"])
    whole = len(document["parts"]) == 1 and document["parts"][0]["title"] == document["title"]
    head = f'<h1 class="title">{"<br>".join(map(escape, document["lines"]))}</h1>'
    parts = [
        _part(part, f"p{at}", "" if whole else _part_title(part, f"p{at}"))
        for at, part in enumerate(document["parts"])
    ]
    contents = _contents(document) if document["contents"] else ""
    end = "".join(f'<p class="end">{escape(line)}</p>' for line in document["end"])
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(document["title"])}</title>'
        f"<style>{style}</style></head><body>{head}{contents}{''.join(parts)}{end}</body></html>"
    )


def _part_title(part: Part, id_: str) -> str:
    return f'<h1 class="title part" id="{id_}">{"<br>".join(map(escape, part["lines"]))}</h1>'


def _part(part: Part, id_: str, title: str) -> str:
    source = f'<p class="source">{escape(part["source"])}</p>' if part["source"] else ""
    return title + source + _blocks(part["blocks"], id_)


def _contents(document: Document) -> str:
    lines = []
    for at, part in enumerate(document["parts"]):
        if len(document["parts"]) > 1:
            lines.append(f'<li><a href="#p{at}">{escape(part["title"])}</a></li>')
        for number, block in enumerate(part["blocks"]):
            if block["kind"] == "heading" and block["level"] < document["contents"]:
                text = escape(runs_text(block["runs"]))
                lines.append(f'<li><a href="#p{at}-{number}">{text}</a></li>')
    return f'<ul class="contents">{"".join(lines)}</ul>'


def _blocks(blocks: list[Block], id_: str) -> str:
    return "".join(part for at, block in enumerate(blocks) for part in _block(block, f"{id_}-{at}"))


def _block(block: Block, id_: str) -> Iterator[str]:
    if block["kind"] == "heading":
        tag = f"h{min(block['level'] + 1, 6)}"
        yield f'<{tag} id="{id_}" class="face{block["face"]}">{_runs(block["runs"])}</{tag}>'
    elif block["kind"] == "paragraph":
        yield f'<p class="{block.get("style", "")}">{_runs(block["runs"])}</p>'
    elif block["kind"] == "list":
        tag = "ol" if block["ordered"] else "ul"
        items = "".join(f"<li>{_blocks(item, id_)}</li>" for item in block["items"])
        yield f'<{tag} start="{block["start"]}">{items}</{tag}>'
    elif block["kind"] == "table":
        columns = "".join(f'<col style="width: {share:.2%}">' for share in block["widths"])
        head, body = _rows(block["head"]), _rows(block["body"])
        yield f"<table>{columns}<thead>{head}</thead><tbody>{body}</tbody></table>"
    elif block["kind"] == "code":
        yield f"<pre>{escape(block['text'])}</pre>"
    elif block["kind"] == "picture":
        file = f'<img src="{escape(block["file"])}" alt="{escape(block["alt"])}">'
        yield f'<div class="drawing">{block["svg"] or file}</div>'
    elif block["kind"] == "quote":
        yield f"<blockquote>{_blocks(block['blocks'], id_)}</blockquote>"
    else:
        yield f'<div class="across">{_blocks(block["blocks"], id_)}</div>'


def _rows(rows: list[list[Cell]]) -> str:
    return "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _cell(cell: Cell) -> str:
    tag = "th" if cell["head"] else "td"
    number = ' class="number"' if cell["number"] else ""
    spans = f' colspan="{cell["across"]}" rowspan="{cell["down"]}"'
    return f"<{tag}{spans}{number}>{_runs(cell['runs'])}</{tag}>"


def _runs(runs: list[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if "note" in run:
        return f'<span class="note">{_runs(run["note"])}</span>'
    if "line" in run:
        return "<br>"
    text = escape(run["text"])
    face = run.get("face")
    if face:
        tag = _TAGS.get(face, "span")
        text = f'<{tag} class="{face}">{text}</{tag}>'
    return f'<span class="keep">{text}</span>' if run.get("keep") else text


def fontconfig(folders: Sequence[Path], cache: Path) -> str:
    """The text of a fontconfig file with the fonts of these folders only."""
    known = "".join(f"<dir>{escape(str(folder.resolve()))}</dir>" for folder in folders)
    return f"<fontconfig>{known}<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
