"""Processor time from arrays to the JSON that travels, of every figure."""

import numpy as np
import plotly.io
from streamlit.elements.lib.streamlit_plotly_theme import configure_streamlit_plotly_theme

from tests.benchmarks.report import measure, print_report
from tests.unit.figure_cases import CASES


def main() -> None:
    """Print a line a figure, then the report."""
    configure_streamlit_plotly_theme()
    spent, sizes = [], []
    for name, build in CASES.items():
        took = measure(lambda build=build: plotly.io.to_json(build().to_dict(), validate=False), 15)
        spent.append(took["cpu_ms"]["median"])
        sizes.append(len(plotly.io.to_json(build().to_dict(), validate=False)))
        print(f"{name:32}{spent[-1]:8.2f} ms {sizes[-1]:8} bytes")
    print_report(
        what="a figure from arrays to JSON, median of all, of processor",
        ms=round(float(np.median(spent)), 2),
        most_ms=max(spent),
        bytes=float(np.median(sizes)),
        figures=len(spent),
    )


if __name__ == "__main__":
    main()
