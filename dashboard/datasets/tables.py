"""Tables as people really have them: text files of spreadsheets in any country, of any age."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Sequence

Row = tuple[int, list[str]]
"""A row's line in the file, from 1, and its cells, without the space around them."""

SEPARATORS = (";", "\t", "|", ",", " ")
# UTF-32's mark begins with that of UTF-16: the longer one is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_END_OF_FILE = "\x1a"  # Ctrl-Z, by which old programs end a text
_HINT = re.compile(r"sep=(.)\n?", re.IGNORECASE)  # Excel's first line


class NoTable(ValueError):
    """Not a text that holds a table."""


def text_of(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252. Lines end in ``\\n``.

    Raises:
        NoTable: it is no text.
    """
    mark, encoding = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", "utf-8"))
    content = content[len(mark) :]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if mark:
            raise NoTable from None
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise NoTable from None
    text = text.lstrip("\ufeff").rstrip(_END_OF_FILE + "\0").replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
        raise NoTable
    return text


def read(text: str, numbers: int) -> tuple[list[Row], str]:
    """The rows of a table whose first columns are numbers, and what separates its cells.

    The separator is what Excel's ``sep=`` line says, else the one that makes most rows begin with the numbers
    wanted: `csv.Sniffer` takes a decimal comma for one. Blank rows are left out, empty cells at the end of a
    row too.

    Args:
        text: with lines that end in ``\\n``.
        numbers: how many columns of numbers, after which one of anything.

    Raises:
        NoTable: some field is longer than any table's (`csv.field_size_limit`).
    """
    hint = _HINT.match(text.lstrip("\n"))
    if hint:
        blank = len(text) - len(text.lstrip("\n"))
        rest = "\n" * (blank + 1) + text[blank + hint.end() :]
        return _rows(rest, hint[1], numbers), hint[1]
    found = {separator: _rows(text, separator, numbers) for separator in SEPARATORS}

    def fits(separator: str) -> int:
        return sum(
            len(cells) == numbers + 1 and all(is_number(cell, separator) for cell in cells[:numbers])
            for _, cells in found[separator]
        )

    best = max(SEPARATORS, key=fits)
    if not fits(best):  # nothing is as it should be: complain about what was most likely meant
        best = next((s for s in SEPARATORS if any(len(cells) > 1 for _, cells in found[s])), ",")
    return found[best], best


def _rows(text: str, separator: str, numbers: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    rows = []
    try:
        for raw in reader:
            cells = [" ".join(cell.split()) for cell in raw]
            while len(cells) > numbers + 1 and not cells[-1]:
                cells.pop()
            if any(cells):
                rows.append((reader.line_num, cells))
    except csv.Error:
        raise NoTable from None
    return rows


def without_titles(rows: Sequence[Row], separator: str) -> Sequence[Row]:
    """The rows but the first if it is one of titles: if not a single cell of it is a number."""
    if rows and not any(is_number(cell, separator) for cell in rows[0][1]):
        return rows[1:]
    return rows


def number(cell: str, separator: str) -> float:
    """The number that a cell holds: with any minus sign, spaces or apostrophes between thousands, and a
    decimal comma where the comma does not separate cells.

    Raises:
        ValueError: it holds none; with the cell's text.
    """
    text = re.sub(r"(?<=\d)[ '’](?=\d{3}(?!\d))", "", cell).replace("−", "-")
    if separator != ",":
        if "," in text and "." in text:  # the first of the two separates thousands
            text = text.replace(min(",.", key=text.index), "")
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        raise ValueError(cell[:30]) from None


def is_number(cell: str, separator: str) -> bool:
    try:
        number(cell, separator)
    except ValueError:
        return False
    return True
