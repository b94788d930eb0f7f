"""Recipe of the fonts: of three that Streamlit brings, the icons and characters that the app can show.

A character that a visitor writes and the text font lacks is shown in a font of their own.
"""

from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from dashboard.fonts import FOLDER, FONTS, ICONS, STATIC, icons

# Latin, its accents, Greek; punctuation, small figures, currencies, letter-like signs, fractions, arrows,
# mathematics, shapes.
_RANGES = (
    (0x20, 0x180),
    (0x2B0, 0x310),
    (0x370, 0x400),
    (0x2000, 0x2400),
    (0x25A0, 0x2800),
    (0xFB01, 0xFB03),
)


def make(folder: Path = FOLDER) -> None:
    """Write the fonts into `folder`."""
    for stem, file in FONTS.items():
        font = TTFont(next((STATIC / "media").glob(f"{stem}.*")))
        if stem == ICONS:
            _reduce(font, glyphs=_icons(font), ligatures=True)
        else:
            # Adobe reserves the name "Source" for the font as it made it.
            for record in font["name"].names:
                if record.nameID in (1, 3, 4, 6, 16, 25):
                    record.string = "ExhibitionText"
            _reduce(font, unicodes=[code for first, end in _RANGES for code in range(first, end)])
        font.save(folder / file)


def _icons(font: TTFont) -> set[str]:
    """The glyphs of these icons and of the letters of their names; the other ligatures leave the font."""
    letters = font.getBestCmap()
    wanted = icons()
    kept = {letters[ord(letter)] for name in wanted for letter in name if ord(letter) in letters}
    written = {glyph: chr(code) for code, glyph in letters.items() if code < 128}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(table, "ExtSubTable", table) for table in lookup.SubTable):
            for first, ligatures in table.ligatures.items():
                ligatures[:] = [
                    each
                    for each in ligatures
                    if "".join(written.get(glyph, "?") for glyph in (first, *each.Component)) in wanted
                ]
                kept.update(each.LigGlyph for each in ligatures)
    return kept


def _reduce(
    font: TTFont, glyphs: Iterable[str] = (), unicodes: Iterable[int] = (), ligatures: bool = False
) -> None:
    options = Options(layout_features=["*"] if ligatures else Options().layout_features)
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=glyphs, unicodes=unicodes)
    subsetter.subset(font)
    font.flavor = "woff2"
