"""The colours: one diverging scale, one qualitative palette, for light and dark themes.

Orange is -1, neutral 0, blue +1, in points, neurons, weights and boundaries alike. Orange against blue
stays distinct under the common colour-vision deficiencies; both keep a contrast of at least 3:1 with the
light and the dark page.
"""

ORANGE = "#dd6b00"
BLUE = "#2c7bc9"
NEUTRAL = {"light": "#f4f4f2", "dark": "#2a3038"}
SIGNS = {"positive": BLUE, "negative": ORANGE, "neutral": list(NEUTRAL.values())}
"""As components get them."""
GRID = {"light": "rgba(90,105,125,0.25)", "dark": "rgba(160,175,195,0.22)"}
MUTED = {"light": "#5b6675", "dark": "#a3b0c0"}

# Okabe and Ito's palette (2008), completed to ten and darkened where white would swallow it.
CLASSES = (
    "#2c7bc9",
    "#dd6b00",
    "#00916b",
    "#b8487f",
    "#8a6fd1",
    "#a87b00",
    "#3aa6c9",
    "#c94a3d",
    "#6c7a89",
    "#6b9a1f",
)

# What points at a place, of no class and of no sign: on a map in the theme's own ink; on a picture, which may
# be light or dark anywhere, white within a dark edge.
INK = {"light": "#121922", "dark": "#f1f4f8"}
MARK, EDGE = "#ffffff", "#121922"

# Runs, methods and other curves: colours of no class, apart from one another with any colour vision.
RUNS = ("#007066", "#8f3db8", "#66660a", "#c270a3", "#858f66")

# Of the frame: the ground of a stage, and the way on with what is written on it.
FRAME = {
    "light": {"--stage": "#f3f0e9", "--way": "#1a62ab", "--on-way": "#ffffff"},
    "dark": {"--stage": "#0a0d12", "--way": "#7fbcf5", "--on-way": "#11161d"},
}


def diverging(theme: str) -> list[tuple[float, str]]:
    """Plotly colour scale from orange (-1) over neutral (0) to blue (+1) for ``theme`` light or dark."""
    return [(0.0, ORANGE), (0.5, NEUTRAL[theme]), (1.0, BLUE)]
