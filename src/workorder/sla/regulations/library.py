"""The packs that ship, by name."""

from functools import lru_cache
from pathlib import Path

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.sla.regulations.pack import Pack
from workorder.sla.regulations.reading import pack_from_toml
from workorder.tables import read_text

_FOLDER = Path(__file__).with_name("packs")


def pack(name: str) -> Pack:
    """The pack *name*; read once.

    Raises:
        ConfigurationError: when there is none of that name, with the nearest ones.

    >>> str(pack("cn_nfra_2020").by_name["cn.nfra.decision"].within)
    '15 calendar days'
    """
    if name not in pack_names():
        raise ConfigurationError([Finding(f"packs.{name}", name, one_of(pack_names(), name))])
    return _pack(name)


@lru_cache(maxsize=1)
def pack_names() -> tuple[str, ...]:
    """The names of all packs."""
    return tuple(sorted(each.stem for each in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=64)
def _pack(name: str) -> Pack:
    file = _FOLDER / f"{name}.toml"
    return pack_from_toml(read_text(file), file.name)
