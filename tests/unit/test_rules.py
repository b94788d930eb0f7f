"""The rules of this repository that no linter knows: thin pages, and what they may import."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("script", PAGES, ids=lambda p: p.stem)
def test_pages_are_thin(script):
    tree = ast.parse(script.read_text())
    assert len(script.read_text().splitlines()) < 40
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            assert all(name == "dashboard.shell" or ".views" in name for name in named), named
        assert not isinstance(node, ast.Import)


def lint_imports(folder):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_contracts_hold():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


ADDED = {
    "datasets.added": "import streamlit",
    "latent.added": "import plotly.graph_objects",
    "network.added": "from dashboard.ui import state",
    "generation.added": "from dashboard.generation.views import ask",
    "home.added": "from dashboard.latent import codes",
    "created.__init__": "",  # a demonstration, which no contract names
    "created.views": "",
    "codec.added": "from dashboard import created",
    "models.added": "from dashboard import zoo",
    "perceptron.figures": "import torch",
    "ui.added": "import torch",
    "zoo": "from dashboard.recipes import recipe",
}


def test_contracts_bite(tmp_path):
    """A module that is added, or a line, breaks each contract, with none edited."""
    for source in (ROOT / "dashboard").rglob("*.py"):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    (tmp_path / "tests").mkdir()
    for kept in ("pyproject.toml", "tests/contracts.py"):
        (tmp_path / kept).write_bytes((ROOT / kept).read_bytes())
    for module, line in ADDED.items():
        added = tmp_path / "dashboard" / f"{module.replace('.', '/')}.py"
        added.parent.mkdir(exist_ok=True)
        with added.open("a") as file:
            file.write(f"{line}\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = done.stdout.partition("Broken contracts\n")[2]
    assert "KEPT" not in done.stdout
    for module, line in ADDED.items():
        assert not line or f"dashboard.{module} ->" in broken, module


@pytest.mark.parametrize("tool", ["lint", "fmt --check", "check ."])
def test_scripts(tool):
    """Deno lints, formats and type-checks what the browser runs; nothing else needs it."""
    done = subprocess.run(
        [Path(sys.executable).with_name("deno"), *tool.split()],
        cwd=ROOT / "dashboard/ui/components",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_have_a_type_for_everything():
    """Deno refuses no `any` in a comment."""
    for script in (ROOT / "dashboard/ui/components").rglob("*.js"):
        assert not re.search(r"[{<|] ?any ?[}>|[]", script.read_text(encoding="utf-8")), script.name


@pytest.mark.parametrize("sheet", sorted((ROOT / "dashboard").rglob("*.css")), ids=lambda sheet: sheet.stem)
def test_styles_are_indented_by_their_depth(sheet):
    """A rule cannot slip into the braces of another, or out of them, and look as if it had not."""
    text = re.sub(
        r'/\*.*?\*/|"[^"]*"', lambda found: re.sub("[{}]", "", found[0]), sheet.read_text(), flags=re.S
    )
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        rest = line.lstrip()
        assert not rest or len(line) - len(rest) == 2 * (depth - rest.startswith("}")), (number, line)
        depth += line.count("{") - line.count("}")
    assert depth == 0


@pytest.mark.parametrize(
    "tool", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)], ids=" ".join
)
def test_tools_are_content(tool):
    done = subprocess.run(
        [sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_callback_is_guarded():
    """A callback runs outside the views and their guard: what it raises would take the page with it."""
    told = re.compile(r"on_(click|change|select|\w+_change)")
    for file in sorted((ROOT / "dashboard").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for keyword in node.keywords if isinstance(node, ast.Call) else ():
                if told.fullmatch(keyword.arg or "") and not isinstance(keyword.value, ast.Constant):
                    assert ast.unparse(keyword.value).startswith("callback("), (file, keyword.value.lineno)


def test_every_film_offers_what_comes_next():
    for script in (ROOT / "dashboard/ui/components").glob("*.js"):
        lines = script.read_text(encoding="utf-8")
        if "filmPlayer({" in lines or "awaitedPlayer(" in lines:
            assert "export function" in lines or re.search(r"next: |, next }", lines), script.name


def test_no_table_speaks_english_or_offers_a_download():
    """Streamlit's data frame does both, and draws on a canvas that a screen reader cannot read; its table
    does neither."""
    for script in (ROOT / "dashboard").rglob("*.py"):
        assert "st.dataframe" not in script.read_text(encoding="utf-8"), script


def test_icons_are_named_as_a_whole():
    """The font of icons holds those that are found by their names."""
    for script in (ROOT / "dashboard").rglob("*.py"):
        assert ":material/{" not in script.read_text(encoding="utf-8"), script


def test_browser_tests_sleep_for_no_fixed_time():
    """What is to come is waited for: a fixed sleep is too short on a busy machine, too long on another."""
    for file in sorted((ROOT / "tests" / "browser").glob("*.py")):
        assert "wait_for_timeout" not in file.read_text(encoding="utf-8"), file.name


def test_no_package_has_two_classes_of_one_name():
    named: dict[tuple[str, str], list[str]] = {}
    for source in (ROOT / "dashboard").rglob("*.py"):
        package = source.relative_to(ROOT / "dashboard").parts[0]
        if package != "locales":
            for node in ast.parse(source.read_text()).body:
                if isinstance(node, ast.ClassDef):
                    named.setdefault((package, node.name), []).append(source.name)
    assert {key: files for key, files in named.items() if len(files) > 1} == {}
