"""What a record is: one model a collection, every field with its Chinese label and its rule.

In: nothing. Out: models, kinds, columns; messages, headings, forms and spreadsheets are all taken
from here. A field's `title` is its label; an `Expect` in its annotation is the one sentence that
says what a value must be. Every room may use it; it uses none.
"""
