"""The rulebook that a mapping names: one that ships, or a file beside the mapping."""

from collections.abc import Callable, Mapping
from pathlib import Path

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.exchange.mapping import LogMapping
from workorder.rulebook import Rulebook, bank, basic, it_desk, load_rulebook

SHIPPED: Mapping[str, Callable[[], Rulebook]] = {"bank": bank, "basic": basic, "it_desk": it_desk}
"""The rulebooks that ship, by name."""


def rulebook_of(mapping: LogMapping) -> Rulebook:
    """The rulebook that *mapping* names.

    A file is looked for in the folder of the mapping's own file, and loaded without rules of the
    host's; give :func:`~workorder.exchange.import_log` the rulebook where it needs some.

    Raises:
        ConfigurationError: when there is none by that name, or with every mistake in the file.
    """
    name = mapping.rulebook
    shipped = SHIPPED.get(name)
    if shipped is not None:
        return shipped()
    if Path(name).suffix.lower() == ".toml":
        return load_rulebook(Path(mapping.file).parent / name)
    expected = f"{one_of(SHIPPED, name)}, or a .toml file"
    raise ConfigurationError([Finding("rulebook", name, expected, mapping.file)])


def shipped_by_digest(digest: str) -> Rulebook | None:
    """The rulebook that ships and has this digest; ``None`` if there is none."""
    found = (make() for make in SHIPPED.values())
    return next((each for each in found if each.digest == digest), None)
