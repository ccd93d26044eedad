"""Ids: where a ticket's comes from, and what a command is told apart by."""

import hashlib
from base64 import b32encode

from workorder.canonical import encode, keyed_digest
from workorder.errors import InvalidInput
from workorder.instants import instant_text
from workorder.ticket import Command
from workorder.values import CODE_LIMIT, check_value
from workorder.workflow import Actor

ID_LENGTH = 24


def derived_id(tenant: str, *parts: str) -> str:
    """A ticket's id, derived from the tenant and what opened it, so that opening twice opens
    once. 120 bits of SHA-256 in lower-case base 32.

    >>> derived_id("bank", "open", "call-4711")
    'dbg5m7ubhpf25orlrghafwln'
    """
    data = "\x00".join(("workorder/ticket", tenant, *parts)).encode()
    return b32encode(hashlib.sha256(data).digest())[:ID_LENGTH].decode().lower()


def checked_id(value: str, name: str) -> str:
    """*value*, if it is fit for an id.

    Raises:
        InvalidInput: naming the argument.
    """
    found = check_value(name, "code", value, CODE_LIMIT)
    if found is not None:
        raise InvalidInput(found.code, **found.facts)
    if not value.strip():
        raise InvalidInput("required", name=name)
    return value


def command_digest(
    secret: bytes, ticket_id: str, command_id: str, command: Command, actor: Actor
) -> str:
    """A keyed digest of everything a command asks for, so that a repeat is told from another
    command under the same id, without keeping what was asked.

    Raises:
        InvalidInput: ``wrong_type`` for values no record can keep (such as floats).
    """
    fields = getattr(command, "fields", None)
    data = {
        "action": command.action,
        "actor": actor.id,
        "arguments": _plain(command.arguments()),
        "fields": _plain(fields) if isinstance(fields, dict) else None,
    }
    key = keyed_digest(secret, f"{ticket_id}\x00{command_id}".encode())
    return keyed_digest(key.encode(), encode(data))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "utcoffset") and value.utcoffset() is not None:
        return instant_text(value)  # type: ignore[arg-type]  # only datetimes have it
    return value
