"""Cells written as text are, byte for byte, those that the library writes."""

from datetime import date

import pytest

from archive.files.workbooks import DAY, Book, Rows, as_bytes, look, styled, text_in

AS_OF = date(2026, 1, 2)


@pytest.mark.parametrize(
    "text",
    ["甲", "a<b>&\"'c", " 前后 ", "一\n二\r三\t", "=1+1", "#N/A", "_x0041_", "𠮷🎉", "0012", "x" * 40_000],
)  # fmt: skip
def test_a_text_is_what_the_library_writes(text: str) -> None:
    books = Book("表", AS_OF), Book("表", AS_OF)
    theirs, ours = (book.create_sheet("表") for book in books)
    theirs.append([None, text_in(styled(theirs), text)])
    Rows(ours).append([None, look(ours).text(text)])
    assert as_bytes(books[0]) == as_bytes(books[1])


def test_rows_follow_those_of_the_library_and_are_as_high_as_they_are_to_be() -> None:
    books = Book("表", AS_OF), Book("表", AS_OF)
    theirs, ours = (book.create_sheet("表") for book in books)
    for sheet in (theirs, ours):
        sheet.append([text_in(styled(sheet, bold=True), "题")])
    day, whole = styled(theirs, DAY), styled(theirs, "0")
    day.value, whole.value = date(2024, 2, 29), 12
    number = styled(theirs, "0.00")
    number.value, number.data_type = "9.50", "n"
    theirs.row_dimensions[2].height = 30
    theirs.append([day, whole, None, number])
    theirs.append([])
    theirs.append([text_in(styled(theirs), "1234567890.1234567")])
    rows = Rows(ours, 2)
    days, wholes, numbers, texts = look(ours, DAY), look(ours, "0"), look(ours, "0.00"), look(ours)
    rows.append(
        [days.value(date(2024, 2, 29)), wholes.value(12), None, numbers.number("9.50", texts)], 30
    )
    rows.append([])
    rows.append([numbers.number("1234567890.1234567", texts)])
    assert as_bytes(books[0]) == as_bytes(books[1])


def test_what_xml_cannot_hold_is_left_out() -> None:
    book = Book("表", AS_OF)
    cell = '" s="1" t="inlineStr"><is><t xml:space="preserve">甲乙\n</t></is></c>'
    assert look(book.create_sheet("表")).text("甲\x0b\ufffe乙\n") == cell
