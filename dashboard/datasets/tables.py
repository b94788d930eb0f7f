"""Tables as people really have them: text files of spreadsheets in any country, of any age."""

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
_DASH = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_HINT = re.compile(r"sep=(.)\n?", re.IGNORECASE)  # Excel's first line


class NoTable(ValueError):
    """Not a text that holds a table."""


def text_of(content: bytes) -> str:
    """The text of a file: UTF-16 or 32, else UTF-8, else Windows-1252, else Mac Roman, which any bytes are.
    Lines end in ``\\n``; characters that are not seen are left out.

    Raises:
        NoTable: it is no text.
    """
    mark, marked = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", ""))
    content = content[len(mark) :]
    if not mark and 0 in content[:2]:  # a mark was left out before a plain letter
        marked = "utf-16-be" if content[0] == 0 else "utf-16-le"
    for encoding in (marked,) if marked else ("utf-8", "cp1252", "mac_roman"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NoTable
    text = "\n".join(text.rstrip(_END_OF_FILE + "\0").splitlines())
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
        raise NoTable
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


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
    """The number that a cell holds: with any dash for a minus, spaces or apostrophes between thousands, and a
    decimal comma where the comma does not separate cells.

    Raises:
        ValueError: it holds none; with the cell's text.
    """
    text = re.sub(r"(?<=\d)[ '’](?=\d{3}(?!\d))", "", _DASH.sub("-", cell))
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
