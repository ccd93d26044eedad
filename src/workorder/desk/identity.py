"""Ids: where a ticket's comes from, and what a command is told apart by."""

import hashlib
from base64 import b32encode
from collections.abc import Mapping

from workorder.canonical import encode_known, keyed_digest, normal_text
from workorder.errors import InvalidInput
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
    """*value* in normal form, if it is fit for an id.

    Raises:
        InvalidInput: naming the argument.
    """
    found = check_value(name, "code", value, CODE_LIMIT)
    if found is not None:
        raise InvalidInput(found.code, **found.facts)
    return normal_text(value)


def command_digest(
    secret: bytes, ticket_id: str, command_id: str, command: Command, actor: Actor
) -> str:
    """A keyed digest of everything a command asks for, so that a repeat is told from another
    command under the same id, without keeping what was asked.
    """
    fields = getattr(command, "fields", None)
    data = {
        "ticket": ticket_id,
        "command": command_id,
        "action": command.action,
        "actor": actor.id,
        "arguments": command.arguments(),
        "fields": dict(fields) if isinstance(fields, Mapping) else None,
    }
    return keyed_digest(secret, encode_known(data))
