"""The interface's spacing and motion: one scale and one easing, in every style sheet and inline style."""

import re
from pathlib import Path

DASHBOARD = Path(__file__).parents[2] / "dashboard"
FILES = [file for file in sorted(DASHBOARD.rglob("*")) if file.suffix in (".css", ".py", ".js")]
SCALE = {0, 1, 2, 4, 8, 16, 32}  # pixels: half of 8, and hairlines within a control, too
REM = 16  # pixels
GAPS = {"xxsmall", "xsmall", "small", "medium"}  # Streamlit's names of 4, 8, 16 and 32 pixels
QUICK = (150, 250)  # milliseconds
EASING = "ease-out"

SPACING = re.compile(r"(?<![\w-])((?:margin|padding)(?:-[a-z-]+)?|(?:row-|column-)?gap)\s*:\s*([^;}\"`]+)")
MOTION = re.compile(r"(?<![\w-])(transition|animation)(?:-[a-z-]+)?\s*:\s*([^;}\"`]+)")
NUMBER = re.compile(r"(?<![\w.])-?(\d*\.?\d+)([a-z%]*)")
INLINE = re.compile(r"style\s*=\s*(\"[^\"]*\"|'[^']*'|`[^`]*`)|cssText\s*=\s*(`[^`]*`|\"[^\"]*\")")


def off_the_scale(style: str) -> list[str]:
    """Declarations of spacing with a length that the scale does not have. What stands in a variable is no
    spacing, but what something else takes up."""
    return [
        f"{name}: {value}"
        for name, value in SPACING.findall(style)
        if any(
            float(length) * {"px": 1, "rem": REM, "": 1}.get(unit, float("nan")) not in SCALE
            for length, unit in NUMBER.findall(re.sub(r"var\(--[\w-]+", "", value))
        )
    ]


def slow_or_uneven(style: str) -> list[str]:
    """Declarations of motion that take other times, or another easing."""
    return [
        f"{name}: {value}"
        for name, value in MOTION.findall(style)
        if value.strip() != "none"
        for part in value.split(",")
        if EASING not in part.split()
        or not [time for time in re.findall(r"(\d+)ms\b", part) if QUICK[0] <= int(time) <= QUICK[1]]
        or re.search(r"\d(?<!m)s\b", part)
    ]


def styles(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".css":
        return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join("".join(found) for found in INLINE.findall(text))


def test_one_scale_and_one_easing():
    faults = {
        file.relative_to(DASHBOARD): found
        for file in FILES
        if (found := off_the_scale(styles(file)) + slow_or_uneven(styles(file)))
    }
    assert not faults


def test_streamlit_is_asked_for_gaps_of_the_scale():
    asked = {file: set(re.findall(r"\bgap=\"(\w+)\"", file.read_text(encoding="utf-8"))) for file in FILES}
    assert not {file: names - GAPS for file, names in asked.items() if names - GAPS}


def test_what_is_refused():
    assert off_the_scale("a { margin: 0 0.3rem; gap: 12px; padding-block: 1em; margin-top: 5% }") == [
        "margin: 0 0.3rem",
        "gap: 12px",
        "padding-block: 1em",
        "margin-top: 5% ",
    ]
    assert not off_the_scale(
        "a { margin: calc(var(--room, 4px) + 0.5rem) auto -2rem; --gap: 3px; gap: 0 1px }"
    )
    assert slow_or_uneven("a { transition: opacity 100ms ease-out; animation: b 200ms linear }")
    assert not slow_or_uneven(
        "a { transition: opacity 150ms ease-out, color 250ms ease-out; animation: none }"
    )
