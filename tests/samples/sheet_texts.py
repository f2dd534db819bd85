"""Texts a sheet must bring back as they were."""

from hypothesis import strategies as st

from archive.schema.types import is_placeholder

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="*\ufeff\u2028\u2029\ufffe\uffff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), min_size=1, max_size=12).filter(lambda text: not is_placeholder(text)) | st.sampled_from(
    ["no", "12:30", "010", "1.10", "- 甲", "甲: 乙", "甲 #乙", "#a", "'a", '"a', "\\a", "甲\n乙", "甲\n\n 乙", "[b", "{a", "&a", "!a", "%", "%a", "@a", "`a", "| a", "> a", "2024-03-05", "=1", "…余"]
)  # fmt: skip
