"""Draw the picture of the layers from the contract that holds them.

The layers stand in `pyproject.toml`, where import-linter reads them; this program reads the same
list. Packages that are planned and not there yet are left out. Started by hand after a change; a
test compares the picture with what this program would draw.
"""

import re
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "explanation" / "layers.svg"

SAYS = {
    "cli": "the workorder command",
    "exchange": "logs of other systems",
    "insight": "figures",
    "simulate": "try before changing",
    "dossier": "one file for an examiner",
    "testing": "whether a store is right",
    "desk": "load, decide, commit",
    "storage": "what a store is, and two of them",
    "kernel": "decide and evolve",
    "rulebook": "workflow, forms, settings in force",
    "manuals": "pictures and manuals of it",
    "ticket": "tickets, events, commands",
    "workflow": "who may do what, when",
    "intake": "forms and fields",
    "sla": "business time, due dates",
    "assign": "who gets it, and why",
    "clocks": "SLA clocks, as values",
    "durations": "lengths of time, as types",
}

WIDTH, HEIGHT, GAP = 720, 52, 10
STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #1f2933; }
  .name { font-weight: 600; }
  .says { font-size: 12px; fill: #52606d; }
  rect { fill: #f5f7fa; stroke: #9aa5b1; }
  .pure { fill: #e3f1e7; stroke: #6b9b7a; }
"""


def contract(key: str) -> list[str]:
    """What the contract that has *key* says there."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (found,) = (c[key] for c in settings["tool"]["importlinter"]["contracts"] if key in c)
    return [str(each) for each in found]


def layers() -> list[list[str]]:
    """The packages of each layer that exist, from high to low."""
    found = [[n for n in re.findall(r"\w+", line) if there(n)] for line in contract("layers")]
    return [names for names in found if names]


def there(name: str) -> bool:
    """Whether the package or module is part of the library."""
    package = ROOT / "src" / "workorder" / name
    return (package / "__init__.py").is_file() or package.with_suffix(".py").is_file()


def picture() -> str:
    """The picture, as SVG."""
    rows = [names for names in layers() if names != ["__main__"]]
    pure = {each.rpartition(".")[2] for each in contract("source_modules")}
    shapes = [line for at, names in enumerate(rows) for line in row(at, names, pure)]
    height = len(rows) * (HEIGHT + GAP) + GAP
    title = "Layers: a package imports only from those below its own. Green: pure, held by a check."
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            f"<title>{title}</title>",
            f"<style>{STYLE}</style>",
            *shapes,
            "</svg>\n",
        ]
    )


def row(at: int, names: list[str], pure: set[str]) -> list[str]:
    """One layer: its packages side by side, single modules in one box."""
    top = GAP + at * (HEIGHT + GAP)
    if not set(names) & set(SAYS):
        names = [", ".join(names)]  # the single modules at the bottom
    wide = (WIDTH - GAP * (len(names) + 1)) / len(names)
    return [
        shape
        for number, name in enumerate(names)
        for shape in box(GAP + number * (wide + GAP), top, wide, name, pure)
    ]


def box(left: float, top: float, wide: float, name: str, pure: set[str]) -> list[str]:
    """One package."""
    kind = ' class="pure"' if name in pure else ""
    middle = left + wide / 2
    says = SAYS.get(name, "single modules everything may use")
    at = f'x="{middle:.1f}" text-anchor="middle"'
    return [
        f'<rect{kind} x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{HEIGHT}" rx="6"/>',
        f'<text class="name" {at} y="{top + 22}">{escape(name)}</text>',
        f'<text class="says" {at} y="{top + 41}">{escape(says)}</text>',
    ]


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(), encoding="utf-8")
    print(f"written: {PICTURE.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
