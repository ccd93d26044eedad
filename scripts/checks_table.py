"""Write the table of all checks of the conformance kit into its page of the reference.

Started by hand after a check was added or its promise was said otherwise. A test compares the page
with what this program would write.
"""

from pathlib import Path

from workorder.testing.known import table

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "testing.md"
HEADING = "## All checks"


def page() -> str:
    """The page, with the table at its end."""
    told, _, rest = PAGE.read_text(encoding="utf-8").partition(HEADING)
    said = rest.partition("\n| ")[0].rstrip()
    return f"{told}{HEADING}{said}\n\n{table()}\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
