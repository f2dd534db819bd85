"""Whatever is in the file of a picture, it is good or told; what is good can be made printable."""

import io
from pathlib import PurePath

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.files.pictures import Measured, fault, measure, opened, printable
from tests.samples.pictures import BAD, GOOD

SMALL = {
    name: raw
    for name, raw in {
        **{name: good.raw for name, good in GOOD.items()},
        **{name: raw for name, (raw, _) in BAD.items()},
    }.items()
    if len(raw) < 20_000
}


@given(st.sampled_from(sorted(SMALL)), st.data())
def test_any_damage_is_survived(name: str, data: st.DataObject) -> None:
    raw, suffix = SMALL[name], PurePath(name).suffix.lower()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw)))
        end = at + data.draw(st.sampled_from([0, 1, 4, len(raw)]))
        raw = raw[:at] + data.draw(st.binary(max_size=6)) + raw[end:]
    if fault(raw, suffix):
        return
    measured = measure(raw, suffix)
    assert isinstance(measured, Measured)
    if not measured.is_drawing:
        content, kind = printable(raw)
        with opened(content) as image:
            assert image.format in ({"png": "PNG", "jpg": "JPEG"}[kind], "MPO")


@given(st.binary(max_size=200), st.sampled_from([".png", ".jpg", ".svg", ".webp", ".txt"]))
def test_anything_else_is_told(raw: bytes, suffix: str) -> None:
    assert fault(raw, suffix)


def test_a_scan_in_grey_levels_of_16_bits_is_made_smaller() -> None:
    written = io.BytesIO()
    Image.new("I;16", (40, 20), 25_700).save(written, "PNG")
    made, kind = printable(written.getvalue(), anew=True, longest=20)
    with opened(made) as image:
        assert (kind, image.mode, image.size, image.getpixel((5, 5))) == ("png", "L", (20, 10), 100)
