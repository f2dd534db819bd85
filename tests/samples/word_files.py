"""Small Word files, put together from the elements of their XML."""

import io
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from archive.files.zips import zip_entry

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "v": "urn:schemas-microsoft-com:vml",
        "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    }.items()
)
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KINDS}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KINDS}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_KINDS}.numbering+xml"/></Types>'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="own"><w:name w:val="我的小标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="h"><w:name w:val="隐藏"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
BOLD, LARGE, HIDDEN = "<w:b/>", '<w:sz w:val="44"/>', "<w:vanish/>"
CENTRED = '<w:jc w:val="center"/>'


class Related(NamedTuple):
    """What the text refers to: a kind, as image; a part in word/ or an address elsewhere."""

    kind: str
    target: str
    external: bool = False


def r(text: str, looks: str = "") -> str:
    """A run of text."""
    inside = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def raw(*elements: str, looks: str = "") -> str:
    """A run of other elements."""
    return f"<w:r><w:rPr>{looks}</w:rPr>{''.join(elements)}</w:r>"


def p(*inside: str, style: str = "", looks: str = "", runs: str = "", mark: str = "") -> str:
    """A paragraph: runs, or text for one run that looks as `runs` says; `mark` is said of its end."""
    made = [one if one.startswith("<") else r(one, runs) for one in inside]
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{named}{looks}{end}</w:pPr>{''.join(made)}</w:p>"


def outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def listed(number: int, level: int | None = 0) -> str:
    """What a paragraph says that belongs to a list."""
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>'


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list; `more` stands before its text."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(id_: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{"".join(levels)}</w:abstractNum>'


def num(id_: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def begin_at(start: int, at: int = 0) -> str:
    """The override with which a list begins anew."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def cell(*inside: str, looks: str = "") -> str:
    made = [one if one.startswith("<") else p(one) for one in inside] or [p()]
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{''.join(made)}</w:tc>"


def row(*cells: str, looks: str = "") -> str:
    made = [one if one.startswith("<") else cell(one) for one in cells]
    return f"<w:tr><w:trPr>{looks}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(code: str, *shown: str) -> str:
    """The runs of a complex field."""
    signs = [
        f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")
    ]
    instruction = f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    middle = [signs[1], *shown] if shown else []
    return "".join([signs[0], instruction, *middle, signs[2]])


def picture(
    id_: str, description: str = "", link: bool = False, more: str = "", tag: str = "inline"
) -> str:
    """A run with a picture."""
    how = "link" if link else "embed"
    drawn = (
        f'<pic:pic><pic:blipFill><a:blip r:{how}="{id_}">{more}</a:blip></pic:blipFill></pic:pic>'
    )
    named = f'<wp:docPr id="1" name="图 1" descr="{escape(description)}"/>'
    data = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    return raw(
        f"<w:drawing><wp:{tag}>{named}<a:graphic>{data}{drawn}</a:graphicData></a:graphic></wp:{tag}></w:drawing>"
    )


def notes(kind: str, *texts: str) -> str:
    """The part of the notes of that kind, footnote or endnote; their ids count from 1."""
    separator = (
        f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    )
    made = [f'<w:{kind} w:id="{id_}">{text}</w:{kind}>' for id_, text in enumerate(texts, 1)]
    return f"<w:{kind}s {NAMESPACES}>{separator}{''.join(made)}</w:{kind}s>"


def note(id_: int, kind: str = "footnote", more: str = "") -> str:
    """The run with the mark of a note."""
    return f'<w:r><w:{kind}Reference w:id="{id_}"{more}/></w:r>'


def word_file(
    *body: str,
    styles: str = STYLES,
    numbering: str = "",
    related: Mapping[str, Related] | None = None,
    parts: Mapping[str, bytes | str] | None = None,
    head: str = "",
) -> bytes:
    """The file: the body's elements, the parts in word/ that it refers to, and what they are to it."""
    to = {
        "rStyles": Related("styles", "styles.xml"),
        "rNumbering": Related("numbering", "numbering.xml"),
        **(related or {}),
    }
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations({"r1": Related("officeDocument", "word/document.xml")}),
        "word/document.xml": f"{head}<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(to),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
        **{f"word/{name}": content for name, content in (parts or {}).items()},
    }
    return zipped(files)


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as file:
        for name, content in files.items():
            file.writestr(zip_entry(name), content, ZIP_DEFLATED)
    return made.getvalue()


def relations(to: Mapping[str, Related]) -> str:
    """The part that says what another refers to."""
    made = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{one.kind}" Target="{escape(one.target)}"'
        + (' TargetMode="External"/>' if one.external else "/>")
        for id_, one in to.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'
