"""Records: events as canonical bytes, in the format that stays readable for ever.

One flat object per event, header and body apart, instants as UTC text, a schema number per event
type, sensitive values by reference only. Each record names the digest of the one before it
(:mod:`workorder.storage.chain`), and the algorithm of its own.

==============  ==========================================================
key             meaning
==============  ==========================================================
``format``      the format of the record, :data:`FORMAT`
``digest``      the algorithm of the record's own digest
``previous``    the digest of the ticket's record before, if there is one
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
from typing import Any, get_args

import attrs
from cattrs.errors import StructureHandlerNotFoundError
from cattrs.gen import make_dict_unstructure_fn, override

from workorder.canonical import SHA_256, checked_algorithm, decode_known, encode, encode_known
from workorder.errors import ConfigurationError, Finding, InvalidInput, StoreError, one_of
from workorder.instants import instant_text, read_instant
from workorder.storage.batch import Record
from workorder.storage.chain import checked_tenant, record_digest
from workorder.storage.converter import CONVERTER
from workorder.storage.upcasting import BUILT_IN as BUILT_IN_UPCASTERS
from workorder.storage.upcasting import Upcasters, lowered
from workorder.ticket import Event, OpaqueEvent, Trace
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Step

FORMAT = 1
"""The format that is written. Records of every released format are read."""

RECORD_LIMIT = 4 * 2**20
"""Bytes a record may have. Nothing larger is written, and nothing larger is taken apart."""

Reader = Callable[[Trace, Step, Mapping[str, Any]], Event]


def _writer(kind: type[Event]) -> Callable[[Any], dict[str, Any]]:
    made: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        kind,
        CONVERTER,
        _cattrs_omit_if_default=True,
        trace=override(omit=True),
        step=override(omit=True),
        written=override(omit=True),
    )
    return made


def _reader(kind: type[Event]) -> Reader:
    fields = attrs.fields(attrs.resolve_types(kind))
    parts = [
        (each.name, _hook(kind, each), each.type)
        for each in fields
        if each.name not in {"trace", "step", "written"}
    ]

    def read(trace: Trace, step: Step, body: Mapping[str, Any]) -> Event:
        known = {name: hook(body[name], type_) for name, hook, type_ in parts if name in body}
        return kind(trace, step, **known)

    return read


def _hook(kind: type[Event], attribute: "attrs.Attribute[Any]") -> Callable[[Any, Any], Any]:
    """How an attribute is read.

    Raises:
        ConfigurationError: for a type that records do not keep.
    """
    try:
        if not _has_float(attribute.type):
            hook: Callable[[Any, Any], Any] = CONVERTER.get_structure_hook(attribute.type)
            return hook
    except StructureHandlerNotFoundError:
        pass
    found = getattr(attribute.type, "__name__", None) or str(attribute.type)
    key = f"events.{kind.kind}.{attribute.name}"
    expected = "text, whole numbers, flags, instants, Sealed, or tuples and mappings of these"
    raise ConfigurationError([Finding(key, found, expected)])


def _has_float(kind: Any) -> bool:
    return kind is float or any(map(_has_float, get_args(kind)))


_WRITERS = {kind: _writer(kind) for kind in BUILT_IN.values()}
_READERS = {(kind.kind, kind.schema): _reader(kind) for kind in BUILT_IN.values()}


_UPCASTERS = Upcasters(BUILT_IN_UPCASTERS, _READERS)


class Codec:
    """Events to records and back.

    Args:
        host_events: a host's own event types by name (:attr:`Rulebook.event_types`); each may bring
            upcasters of its earlier schemas (:attr:`~workorder.ticket.HostEvent.upcasters`).
        tenant: whose records they are; the chain is bound to it.
        algorithm: of the digests of new records; those of any algorithm are read.
        write: schema numbers by event type, for types that are to be written in an earlier schema:
            while older workers still run, which would not understand the present one.

    Raises:
        ConfigurationError: for upcasters that lead nowhere, and schemas that cannot be written.
        InvalidInput: for an algorithm that this machine does not have.
    """

    def __init__(
        self,
        host_events: Mapping[str, type[Event]] | None = None,
        *,
        tenant: str = "",
        algorithm: str = SHA_256,
        write: Mapping[str, int] | None = None,
    ) -> None:
        own = (host_events or {}).values()
        self.tenant = checked_tenant(tenant)
        self.algorithm = checked_algorithm(algorithm)
        self._writers = {**_WRITERS, **{kind: _writer(kind) for kind in own}}
        self._readers = {**_READERS, **{(kind.kind, kind.schema): _reader(kind) for kind in own}}
        theirs = [each for kind in own for each in getattr(kind, "upcasters", ())]
        self._upcasters = (
            Upcasters((*BUILT_IN_UPCASTERS, *theirs), self._readers) if own else _UPCASTERS
        )
        self._held_back = {}
        self._lowering = {}
        known = {kind.kind: kind for kind in self._writers}
        for name, schema in (write or {}).items():
            kind = known.get(name)
            if kind is None or not 1 <= schema <= kind.schema:
                expected = f"1 to {kind.schema}" if kind is not None else one_of(known, name)
                raise ConfigurationError([Finding(f"write.{name}", str(schema), expected)])
            if schema < kind.schema:
                self._held_back[kind] = schema
                self._lowering[kind] = self._upcasters.lowering(name, kind.schema, schema)

    @property
    def holds_back(self) -> bool:
        """Whether some type is written in an earlier schema."""
        return bool(self._held_back)

    def as_written(self, event: Event) -> Event:
        """*event* as it is to be recorded: in an earlier schema, if its type is held back."""
        schema = self._held_back.get(type(event)) if self._held_back else None
        return event if schema is None else attrs.evolve(event, written=schema)

    def head(self, record: Record) -> str:
        """The digest of a record that this codec wrote: the ticket's head after it."""
        return record_digest(self.tenant, record.ticket_id, record.data, self.algorithm)

    def encode(self, ticket_id: str, sequence: int, event: Event, previous: str = "") -> Record:
        """The record of *event*, number *sequence* of its ticket, behind the one with the digest
        *previous*.

        Raises:
            InvalidInput: ``wrong_type`` for a host's event that holds a float or another value
                that records cannot keep; ``too_large`` for one beyond :data:`RECORD_LIMIT`;
                ``cannot_be_written`` for one that an earlier schema cannot say.
        """
        trusted = type(event) in _WRITERS
        if isinstance(event, OpaqueEvent):
            said = dict(event.record)
        else:
            said = self._header(ticket_id, sequence, event, previous)
            body = self._body(event)
            if body:
                said["body"] = body
        data = (encode_known if trusted else encode)(said)
        if len(data) > RECORD_LIMIT:
            raise InvalidInput("too_large", name="event", found=len(data), limit=RECORD_LIMIT)
        return Record(ticket_id, sequence, event.trace.version, data)

    def _header(self, ticket_id: str, sequence: int, event: Event, previous: str) -> dict[str, Any]:
        trace = event.trace
        step = event.step
        data: dict[str, Any] = {
            "format": FORMAT,
            "digest": self.algorithm,
            "ticket": ticket_id,
            "sequence": sequence,
            "version": trace.version,
            "kind": event.kind,
            "schema": event.written or event.schema,
            "at": instant_text(trace.occurred_at),
            "actor": trace.actor,
            "role": step.role,
            "action": step.action,
            "from": step.from_state,
            "category": step.category,
            "command": trace.command_id,
            "rulebook": trace.rulebook,
        }
        if previous:
            data["previous"] = previous
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
        return data

    def _body(self, event: Event) -> dict[str, Any]:
        kind = type(event)
        body = self._writers[kind](event)
        if event.written and kind in self._lowering:
            try:
                body = lowered(self._lowering[kind], body)
            except ValueError as error:
                raise InvalidInput(
                    "cannot_be_written", name=event.signature, reason=str(error)
                ) from error
        return body

    def decode(self, record: Record) -> Event:
        """The event of a record; an :class:`OpaqueEvent` for a type or schema not known here.

        Raises:
            StoreError: ``unreadable_record`` naming the ticket and the record.
        """
        try:
            if len(record.data) > RECORD_LIMIT:
                raise InvalidInput(  # noqa: TRY301 (said like all else that is wrong with it)
                    "too_large", name="record", found=len(record.data), limit=RECORD_LIMIT
                )
            return self._event(decode_known(record.data))
        except Exception as error:  # whatever is wrong with the bytes, it is the record that is
            raise StoreError(
                "unreadable_record",
                ticket=record.ticket_id,
                sequence=record.sequence,
                reason=f"{type(error).__name__}: {error}",
            ) from error

    def _event(self, data: dict[str, Any]) -> Event:
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
        kind, schema, body = data["kind"], data["schema"], data.get("body", {})
        if data["format"] != FORMAT:
            return OpaqueEvent(trace, step, kind, schema, data)
        reader = self._readers.get((kind, schema))
        if reader is not None:
            return reader(trace, step, body)
        if self._upcasters:
            now, number, body = self._upcasters.lifted(kind, schema, dict(body))
            reader = self._readers.get((now, number))
            if reader is not None:
                return attrs.evolve(reader(trace, step, body), written=schema)
        return OpaqueEvent(trace, step, kind, schema, data)
