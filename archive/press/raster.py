"""A drawing as pixels, for what cannot show its lines: older Word, for one."""

import typst

from archive.press.pdf import UnprintableError

_PER_INCH = 220
"""Pixels: what office programs take for sharp print."""

_TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


def png(svg: str, width: float, fonts: typst.Fonts) -> bytes:
    """An SVG as PNG, `width` points wide, its text in `fonts`; raises UnprintableError."""
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    try:
        made, warnings = compiler.compile_with_warnings(
            _TEMPLATE, format="png", ppi=_PER_INCH, sys_inputs={"svg": svg, "width": str(width)}
        )
    except typst.TypstError as error:
        raise UnprintableError(f"{error.message} {' '.join(error.hints)}") from None
    if warnings:
        raise UnprintableError("；".join(warning.message for warning in warnings))
    assert isinstance(made, bytes)
    return made
