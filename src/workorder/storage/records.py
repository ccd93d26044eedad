"""Records: events as canonical bytes.

The format is a **draft** (:data:`FORMAT` says so in every record): until it is declared
settled, records written by one version need not be readable by the next. Its shape is
made to last, though: one flat object per event, header and body apart, instants as UTC
text, a schema number per event type, sensitive values by reference only.

==============  ==========================================================
key             meaning
==============  ==========================================================
``format``      the format of the record
``ticket``      the ticket's id
``sequence``    1, 2, 3… within the ticket
``version``     the ticket's version after the batch
``kind``        the event's type, namespaced
``schema``      the schema number of that type
``at``          when it happened
``recorded``    when it was taken down, if not the same
``actor``       who acted
``department``  where they sat, if known
``rank``        their rank, if they have one
``role``        in which role
``action``      which action
``from``        the state before
``to``          the state after, if another
``category``    the category of the state after
``resolved``    true, if work is concluded in that state
``command``     the id of the command
``rulebook``    the digest of the rulebook in force
``body``        what else the event says
==============  ==========================================================
"""

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from cattrs.gen import make_dict_unstructure_fn, override

from workorder.canonical import decode_known, encode, encode_known
from workorder.errors import StoreError
from workorder.instants import instant_text, read_instant
from workorder.storage.batch import Record
from workorder.storage.converter import CONVERTER
from workorder.ticket import Event, OpaqueEvent, Trace
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Step

FORMAT = "draft-1"

Reader = Callable[[Trace, Step, Mapping[str, Any]], Event]


def _writer(kind: type[Event]) -> Callable[[Any], dict[str, Any]]:
    made: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        kind,
        CONVERTER,
        _cattrs_omit_if_default=True,
        trace=override(omit=True),
        step=override(omit=True),
    )
    return made


def _reader(kind: type[Event]) -> Reader:
    fields = attrs.fields(attrs.resolve_types(kind))
    parts = [
        (each.name, CONVERTER.get_structure_hook(each.type), each.type)
        for each in fields
        if each.name not in {"trace", "step"}
    ]

    def read(trace: Trace, step: Step, body: Mapping[str, Any]) -> Event:
        known = {name: hook(body[name], type_) for name, hook, type_ in parts if name in body}
        return kind(trace, step, **known)

    return read


_WRITERS = {kind: _writer(kind) for kind in BUILT_IN.values()}
_READERS = {(kind.kind, kind.schema): _reader(kind) for kind in BUILT_IN.values()}


class Codec:
    """Events to records and back.

    Args:
        host_events: a host's own event types by name (:attr:`Rulebook.event_types`).
    """

    def __init__(self, host_events: Mapping[str, type[Event]] | None = None) -> None:
        own = (host_events or {}).values()
        self._writers = {**_WRITERS, **{kind: _writer(kind) for kind in own}}
        self._readers = {**_READERS, **{(kind.kind, kind.schema): _reader(kind) for kind in own}}

    def encode(self, ticket_id: str, sequence: int, event: Event) -> Record:
        """The record of *event*, number *sequence* of its ticket.

        Raises:
            InvalidInput: ``wrong_type`` for a host's event that holds a float or another value
                that records cannot keep.
        """
        if isinstance(event, OpaqueEvent):
            data = encode(dict(event.record))
            return Record(ticket_id, sequence, event.trace.version, data)
        return self._record(ticket_id, sequence, event)

    def _record(self, ticket_id: str, sequence: int, event: Event) -> Record:
        trace = event.trace
        step = event.step
        kind = type(event)
        data: dict[str, Any] = {
            "format": FORMAT,
            "ticket": ticket_id,
            "sequence": sequence,
            "version": trace.version,
            "at": instant_text(trace.occurred_at),
            "actor": trace.actor,
            "role": step.role,
            "action": step.action,
            "from": step.from_state,
            "category": step.category,
            "command": trace.command_id,
            "rulebook": trace.rulebook,
        }
        if step.resolved:
            data["resolved"] = True
        if step.to_state != step.from_state:
            data["to"] = step.to_state
        if trace.rank:
            data["rank"] = trace.rank
        if trace.department is not None:
            data["department"] = trace.department
        if trace.recorded_at != trace.occurred_at:
            data["recorded"] = instant_text(trace.recorded_at)
        data["kind"] = kind.kind
        data["schema"] = kind.schema
        body = self._writers[kind](event)
        if body:
            data["body"] = body
        trusted = kind in _WRITERS
        return Record(
            ticket_id, sequence, trace.version, (encode_known if trusted else encode)(data)
        )

    def decode(self, record: Record) -> Event:
        """The event of a record; an :class:`OpaqueEvent` for a type or schema not known here.

        Raises:
            StoreError: ``unreadable_record`` naming the ticket and the record.
        """
        try:
            data = decode_known(record.data)
            occurred = read_instant(data["at"])
            trace = Trace(
                data["actor"],
                data.get("department"),
                data["version"],
                occurred,
                read_instant(data["recorded"]) if "recorded" in data else occurred,
                data["command"],
                data["rulebook"],
                data.get("rank", 0),
            )
            before = data["from"]
            step = Step(
                data["action"],
                data["role"],
                before,
                data.get("to", before),
                data["category"],
                data.get("resolved", False),
            )
            reader = self._readers.get((data["kind"], data["schema"]))
            if reader is None or data["format"] != FORMAT:
                return OpaqueEvent(trace, step, data["kind"], data["schema"], data)
            return reader(trace, step, data.get("body", {}))
        except Exception as error:  # whatever is wrong with the bytes, it is the record that is
            raise StoreError(
                "unreadable_record",
                ticket=record.ticket_id,
                sequence=record.sequence,
                reason=f"{type(error).__name__}: {error}",
            ) from error
