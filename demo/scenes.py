"""Drawn scenes that stand for the photographs of the invented bureau."""

from collections.abc import Callable, Mapping

from demo.canvas import Canvas

WIDTH, HEIGHT = 900, 600
_SKIES = {0: ("#cfe6f5", "#e9f4fb"), 1: ("#f6dfc3", "#fbf0e2"), 2: ("#c6dcef", "#f3f7fb")}
_GROUND = {0: "#9cc07a", 1: "#c3b46b", 2: "#86b08a"}
_VESTS = ("#d6402b", "#d6402b", "#e8862e", "#c93a55")
_SKIN, _HAIR, _DARK = "#eec39a", "#2f2a2a", "#37404d"


def drawn(scene: str, title: str, turn: int) -> Canvas:
    """A scene with what it is called below; another `turn` gives another light and another number of people."""
    canvas = Canvas(WIDTH, HEIGHT, "#ffffff")
    _SCENES[scene](canvas, turn % 3)
    canvas.rect(0, HEIGHT - 52, WIDTH, 52, "#22303f")
    canvas.words(24, HEIGHT - 26, f"示例图片　{title}", 24, "#ffffff", "lm")
    canvas.words(WIDTH - 24, HEIGHT - 26, "手绘，供演示用", 18, "#b9c6d3", "rm")
    return canvas


def _sky(c: Canvas, turn: int, horizon: float) -> None:
    above, below = _SKIES[turn]
    c.rect(0, 0, WIDTH, horizon, above)
    c.rect(0, horizon * 0.6, WIDTH, horizon * 0.4, below)
    c.round(740 - 160 * turn, 96 + 20 * turn, 40, 40, "#fbe08a")
    for x, y in ((150, 90), (430, 60), (620, 130)):
        for dx, r in ((-34, 18), (0, 28), (36, 20)):
            c.round(x + dx + 40 * turn, y, r * 1.4, r, "#ffffff")
    c.rect(0, horizon, WIDTH, HEIGHT - horizon, _GROUND[turn])


def _person(c: Canvas, x: float, foot: float, tall: float, colour: str, reach: float = 0.0) -> None:
    """A person who stands at (x, foot); `reach` is how far the right hand is stretched out."""
    u = tall / 8
    c.line([(x - u * 0.55, foot), (x - u * 0.4, foot - 3.6 * u)], _DARK, u * 0.8)
    c.line([(x + u * 0.55, foot), (x + u * 0.4, foot - 3.6 * u)], _DARK, u * 0.8)
    c.line([(x - u * 0.9, foot - 6 * u), (x - u * 1.5, foot - 3.7 * u)], "#f4efe8", u * 0.6)
    c.line([(x + u * 0.9, foot - 6 * u), (x + u * (1.4 + reach), foot - (4 + reach) * u)], "#f4efe8", u * 0.6)  # fmt: skip
    c.shape([(x - u * 1.1, foot - 6.5 * u), (x + u * 1.1, foot - 6.5 * u), (x + u, foot - 3.2 * u), (x - u, foot - 3.2 * u)], colour)  # fmt: skip
    if colour in _VESTS:
        c.rect(x - u * 1.05, foot - 4.7 * u, u * 2.1, u * 0.35, "#f7e9a0")
    c.round(x, foot - 7.3 * u, u * 0.8, u * 0.85, _HAIR)
    c.round(x, foot - 7.1 * u, u * 0.68, u * 0.68, _SKIN)


def _tree(c: Canvas, x: float, foot: float, tall: float, leaf: str) -> None:
    c.rect(x - tall * 0.035, foot - tall * 0.55, tall * 0.07, tall * 0.55, "#7b5a3c")
    for dx, dy, r in ((-0.16, 0.55, 0.18), (0.16, 0.57, 0.18), (0, 0.76, 0.24)):
        c.round(x + dx * tall, foot - dy * tall, r * tall, r * tall, leaf)


def _house(c: Canvas, x: float, foot: float, width: float, floors: int, wall: str) -> None:
    tall = 62 * floors + 18
    c.rect(x, foot - tall, width, tall, wall)
    c.rect(x - 6, foot - tall - 10, width + 12, 12, "#8d8478")
    for floor in range(floors):
        for at in range(int(width // 52)):
            left, top = x + 16 + at * 52, foot - tall + 20 + floor * 62
            c.rect(left, top, 30, 34, "#f5f1e6")
            c.rect(left + 3, top + 3, 24, 28, "#7fa6bd" if (at + floor) % 3 else "#f3d98b")
            c.rect(left + 14, top + 3, 2, 28, "#f5f1e6")


def _planting(c: Canvas, turn: int) -> None:
    _sky(c, turn, 320)
    c.shape([(0, 320), (160, 210), (330, 320)], "#8fae96")
    c.shape([(220, 320), (450, 180), (700, 320)], "#a3bda3")
    c.shape([(600, 320), (790, 230), (900, 290), (900, 320)], "#8fae96")
    for at in range(9):
        _tree(c, 50 + at * 102, 352, 78, "#6f9c5e")
    for at in range(5):
        x = 110 + at * 175
        c.round(x, 506, 44, 12, "#7a5c40")
        _tree(c, x, 506, 120, "#7fb45f")
    for at in range(2 + turn):
        x = 200 + at * 176
        _person(c, x, 520, 176, _VESTS[at % 4], 0.4)
        c.line([(x + 44, 400), (x + 60, 524)], "#8a6a45", 6)
        c.shape([(x + 50, 508), (x + 70, 508), (x + 64, 538)], "#70777f")


def _crossing(c: Canvas, turn: int) -> None:
    _sky(c, turn, 330)
    for x, width, floors, wall in ((20, 150, 3, "#d9c3a5"), (190, 200, 4, "#c7cfd6"), (420, 160, 3, "#dcb7a0"), (610, 250, 4, "#cfd5c4")):  # fmt: skip
        _house(c, x, 330, width, floors, wall)
    c.rect(0, 330, WIDTH, 30, "#b7b3aa")
    c.rect(0, 360, WIDTH, 240, "#5d6269")
    for at in range(10):
        left = 250 + at * 42
        c.shape([(left, 372), (left + 24, 372), (left - 20 + at * 4, 548), (left - 52 + at * 4, 548)], "#f2f2ee")  # fmt: skip
    c.rect(742, 150, 10, 220, "#40464d")
    c.rect(724, 120, 46, 112, "#2b3036")
    for at, colour in enumerate(("#7a2d2d", "#7a6a2d", "#3fc06a")):
        c.round(747, 140 + at * 36, 13, 13, colour)
    c.shape([(20, 440), (64, 398), (158, 398), (196, 440)], "#9cc3d8")
    c.rect(4, 438, 216, 52, "#3f78a8")
    for x in (54, 172):
        c.round(x, 490, 24, 24, "#22262b")
        c.round(x, 490, 10, 10, "#b9bec4")
    for at in range(1 + turn):
        x = 690 - at * 150 if at else 690
        _person(c, x, 540, 200, _VESTS[at], 1.0)
        c.line([(x + 60, 426), (x + 60, 350)], "#8a6a45", 4)
        c.shape([(x + 60, 350), (x + 116, 366), (x + 60, 386)], "#e0b02c")
    _person(c, 420, 500, 150, "#4d7ea8")
    _person(c, 476, 506, 118, "#8c6bb1")


def _cleaning(c: Canvas, turn: int) -> None:
    _sky(c, turn, 360)
    for x, width, wall in ((30, 260, "#d8cdbd"), (330, 210, "#c9d3d8"), (590, 280, "#dcc9b8")):
        _house(c, x, 364, width, 4, wall)
    for x in (310, 562, 888):
        _tree(c, x, 388, 150, "#6f9c5e")
    c.shape([(0, 420), (WIDTH, 400), (WIDTH, 560), (0, 560)], "#cbc5b8")
    for at in range(3 + turn % 2):
        x = 150 + at * 190
        _person(c, x, 530, 190, _VESTS[at % 4], 0.5)
        c.line([(x + 40, 398), (x + 76, 520)], "#a9834f", 6)
        c.shape([(x + 66, 512), (x + 88, 510), (x + 102, 544), (x + 60, 546)], "#c9a24b")
    c.rect(770, 440, 74, 96, "#3f8a5f")
    c.rect(764, 430, 86, 14, "#2f6b49")
    c.words(807, 490, "示例", 24, "#ffffff")


def _room(c: Canvas, wall: str, floor: str) -> None:
    c.rect(0, 0, WIDTH, 430, wall)
    c.rect(0, 430, WIDTH, 170, floor)
    c.rect(0, 424, WIDTH, 10, "#a98d6c")


def _visiting(c: Canvas, turn: int) -> None:
    _room(c, ("#f0e4d0", "#e6eadf", "#eee0dc")[turn], "#c9a983")
    c.rect(90, 90, 220, 200, "#8a6a45")
    c.rect(102, 102, 196, 176, "#bfe0ee")
    c.rect(196, 102, 8, 176, "#8a6a45")
    c.rect(102, 186, 196, 8, "#8a6a45")
    c.frame(420, 100, 130, 100, "#8a6a45", 6)
    c.shape([(432, 188), (470, 130), (500, 165), (520, 145), (540, 188)], "#9cbf92")
    c.rect(560, 350, 290, 110, "#8c4f46")
    c.rect(548, 310, 314, 70, "#a45f54")
    for at in range(2):
        x = 640 + at * 120
        c.round(x, 298, 26, 28, "#b8b4b0")
        c.round(x, 304, 21, 22, _SKIN)
        c.shape([(x - 36, 330), (x + 36, 330), (x + 42, 440), (x - 42, 440)], "#5f7f99" if at else "#7a6a8c")  # fmt: skip
    for at in range(1 + turn % 2 + 1):
        _person(c, 170 + at * 130, 532, 250, _VESTS[at], 0.8)
    c.shape([(420, 462), (610, 462), (640, 500), (390, 500)], "#b58a58")
    for x in (410, 610):
        c.rect(x, 500, 12, 46, "#8a6a45")
    for dx, colour in ((0, "#d9533f"), (24, "#e0b02c"), (48, "#d9533f"), (24, "#7fb45f")):
        c.round(480 + dx, 462, 14, 14, colour)


def _lecture(c: Canvas, turn: int) -> None:
    _room(c, ("#e7e3da", "#dfe6ea", "#ece4da")[turn], "#b9987a")
    c.rect(250, 50, 420, 250, "#4a5058")
    c.rect(260, 60, 400, 230, "#fbfbf8")
    c.words(460, 96, ("示例道德讲堂", "示例统计讲座", "示例专题讲座")[turn], 34, "#a3271b")
    for at, tall in enumerate((46, 80, 64, 112, 130)):
        c.rect(320 + at * 60, 272 - tall, 36, tall, ("#3f78a8", "#5a95c2")[at % 2])
    c.line([(310, 273), (620, 273)], _DARK, 3)
    _person(c, 762, 420, 210, "#3d5a80", 1.2)
    c.shape([(690, 330), (800, 330), (790, 440), (700, 440)], "#8a5a3c")
    for row in range(3):
        for at in range(9):
            x, y = 60 + at * 98 + (row % 2) * 48, 440 + row * 52
            c.shape([(x - 34, y + 26), (x + 34, y + 26), (x + 44, y + 90), (x - 44, y + 90)], ("#4d6a86", "#7a6a8c", "#5f7f6a", "#8c5f5f")[(at + row + turn) % 4])  # fmt: skip
            c.round(x, y, 23, 26, _HAIR)


def _reading(c: Canvas, turn: int) -> None:
    _room(c, "#efe6d6", "#b9987a")
    colours = ("#a3443a", "#3f78a8", "#c9963a", "#5f8f6a", "#7a6a8c", "#d8cdbd")
    for x in (40, 480):
        c.rect(x, 60, 380, 350, "#8a6a45")
        for shelf in range(4):
            top = 74 + shelf * 84
            c.rect(x + 12, top, 356, 74, "#5f4830")
            left = x + 16
            for at in range(20):
                width, tall = 10 + (at * 7 + shelf * 5) % 9, 48 + (at * 11 + shelf * 3 + turn) % 24
                if left + width < x + 366:
                    c.rect(left, top + 74 - tall, width, tall, colours[(at + shelf * 2) % 6])
                left += width + 2
    for at in range(3):
        _person(c, 190 + at * 250, 520, 240, ("#3d5a80", "#8c5f5f", "#5f8f6a")[at])
    c.shape([(90, 462), (810, 462), (860, 506), (40, 506)], "#c79a63")
    c.rect(40, 506, 820, 14, "#9a7346")
    for x in (180, 430, 690):
        c.shape([(x, 486), (x + 44, 476), (x + 88, 486), (x + 44, 496)], "#fdfaf2")


def _village(c: Canvas, turn: int) -> None:
    _sky(c, turn, 300)
    c.shape([(0, 300), (240, 200), (480, 300)], "#9db59a")
    c.shape([(380, 300), (640, 180), (900, 300)], "#8ba88c")
    for at in range(8):
        c.shape([(-60 + at * 130, 600), (30 + at * 130, 600), (400 + at * 28, 300), (380 + at * 28, 300)], "#7f9f52" if at % 2 else "#a8b85f")  # fmt: skip
    c.rect(600, 230, 240, 140, "#e8ddc8")
    c.shape([(580, 234), (720, 160), (860, 234)], "#a8503f")
    c.rect(690, 290, 56, 80, "#7a5c40")
    for x in (622, 774):
        c.rect(x, 270, 44, 40, "#7fa6bd")
    for at in range(2 + turn):
        x = 150 + at * 128
        _person(c, x, 528, 196, _VESTS[at % 4], 0.2)
    for at in range(5):
        x, y = 560 + (at % 3) * 104, 484 - (at // 3) * 62
        c.rect(x, y, 94, 56, "#b98a4f")
        c.rect(x, y + 24, 94, 6, "#8f6836")
        for dx in range(4):
            c.round(x + 14 + dx * 22, y, 13, 13, "#d9533f" if (dx + at) % 3 else "#e0a23c")


def _display(c: Canvas, turn: int) -> None:
    _room(c, "#e9edf0", "#c2b8aa")
    for at, x in enumerate((60, 340, 620)):
        c.rect(x, 60, 230, 300, "#6a7480")
        c.rect(x + 8, 68, 214, 284, "#ffffff")
        c.rect(x + 8, 68, 214, 44, "#a3271b")
        c.words(x + 115, 90, ("示例公报", "示例图解", "示例法治")[at], 24, "#ffffff")
        if at == 0:
            for bar, tall in enumerate((50, 90, 70, 130, 150 + 10 * turn)):
                c.rect(x + 28 + bar * 38, 330 - tall, 24, tall, "#3f78a8")
        elif at == 1:
            c.round(x + 115, 200, 70, 70, "#3f78a8")
            c.shape([(x + 115, 200), (x + 115, 130), (x + 185, 200)], "#e0b02c")
            c.round(x + 115, 200, 32, 32, "#ffffff")
            for row in range(3):
                c.rect(x + 36, 292 + row * 18, 160 - row * 30, 8, "#c9ced4")
        else:
            for row in range(9):
                c.rect(x + 34, 134 + row * 23, 168 - (row * 37) % 60, 9, "#c9ced4")
    for at in range(3 + turn % 2):
        _person(c, 150 + at * 200, 536, 230, ("#3d5a80", "#8c5f5f", "#5f8f6a", "#7a6a8c")[at])


_SCENES: Mapping[str, Callable[[Canvas, int], None]] = {
    "planting": _planting,
    "crossing": _crossing,
    "cleaning": _cleaning,
    "visiting": _visiting,
    "lecture": _lecture,
    "reading": _reading,
    "village": _village,
    "display": _display,
}
