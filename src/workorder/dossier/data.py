"""The exact data of a dossier, and how they stand in a page."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workorder.dossier.markup import Markup
from workorder.dossier.material import Material
from workorder.instants import instant_text

FORMAT = 1
"""The format of the data; a verifier refuses those it does not know."""

OPENING = Markup('<script type="application/json" id="workorder-dossier">')
CLOSING = Markup("</script>")

_HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def dossier_data(
    material: Material, *, at: datetime, by: str, texts: bool, proof: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The data of a dossier, but for the digest of the page around them.

    Args:
        material: what the store keeps.
        at: when the dossier is made.
        by: what makes it, with its version.
        texts: whether sealed values are in it.
        proof: that the records are in a checkpoint, if that was asked for.
    """
    kept = material.sealed if texts else {}
    data: dict[str, Any] = {
        "format": FORMAT,
        "made": {"at": instant_text(at), "by": by},
        "tenant": material.tenant,
        "ticket": material.snapshot.ticket.id,
        "records": [_packed(record.data) for record in material.records],
        "snapshot": _packed(material.snapshot.data),
        "texts": texts,
        "sealed": {
            ref: {"salt": _packed(each.salt), "value": each.value}
            for ref, each in sorted(kept.items())
        },
    }
    return data if proof is None else {**data, "proof": dict(proof)}


def _packed(data: bytes) -> str:
    return b64encode(data).decode()


def page_digest(around: str) -> str:
    """The digest of a page without its data."""
    return hashlib.sha256(around.encode()).hexdigest()


def embedded(data: Mapping[str, Any]) -> Markup:
    r"""*data* as a page can hold them: ASCII, and nothing in it that ends or begins an element.

    >>> print(embedded({"a": "</script>"})[len(OPENING) :])
    {"a":"\u003c/script\u003e"}</script>
    """
    text = json.dumps(data, separators=(",", ":")).translate(_HARMLESS)
    return Markup(f"{OPENING}{text}{CLOSING}")
