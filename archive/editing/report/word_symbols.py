"""The signs of fonts of symbols, as characters that every font has."""

from archive.leaks.office_text import character

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA0: "•", 0xA1: "○", 0xA4: "◎", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xB5: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + digit: sign for digit, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + digit: sign for digit, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "•", 0x97: "●", 0xA2: "■", 0xA3: "□"}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD5: "∏", 0xD6: "√",
    0xD7: "⋅", 0xE5: "∑", 0x22: "∀", 0x24: "∃", 0x2D: "−", 0x7E: "∼", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ",
    0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x77: "ω", 0x57: "Ω", 0x44: "Δ", 0x53: "Σ",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(code: str, font: str) -> str:
    """The character of this number, in base sixteen, in this font; empty if it is not known."""
    sign = character(code)
    signs = _FONTS.get(font.lower())
    if signs is None:
        # Of a font of text the number is the character's own; one in a private row says nothing.
        private = len(code) == 4 and code.upper().startswith("F0")
        return "" if private or not sign.isprintable() else sign
    known = signs.get(ord(sign)) if sign else None
    plain = sign.isascii() and sign.isprintable() and font.lower() == "symbol"
    return known or (sign if plain else "")
