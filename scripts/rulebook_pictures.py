"""Draw the swimlanes of the bank's rulebook for the documentation.

Started by hand after a change of the rulebook; a test compares the picture with what this program
would draw.
"""

from pathlib import Path

from workorder.manuals import swimlane
from workorder.rulebook import bank

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "pictures"


def pictures() -> dict[Path, str]:
    """The pictures, by file."""
    return {FOLDER / "bank.svg": swimlane(bank().workflow)}


def main() -> None:
    """Write them."""
    for path, text in pictures().items():
        path.write_text(text, encoding="utf-8")
        print(f"written: {path.relative_to(FOLDER.parents[2])}")


if __name__ == "__main__":
    main()
