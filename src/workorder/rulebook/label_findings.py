"""That people can read what a rulebook calls its types, their fields, what it promises and its
routes; and itself, if it does.
"""

from collections.abc import Iterator

from workorder.errors import Finding
from workorder.intake import Form
from workorder.rulebook.level_findings import Levels
from workorder.rulebook.routing_findings import Routes
from workorder.texts import Texts
from workorder.workflow.checking.labels import missing


def label_findings(
    forms: tuple[Form, ...],
    own: Texts,
    levels: Levels | None = None,
    routing: Routes | None = None,
) -> Iterator[Finding]:
    """Labels that are missing or blank in a shipped language, or in none; warnings, all of them.

    A field that several forms share is told once, where a file has it.
    """
    if own:
        yield from missing("labels", own)
    everywhere = [field for form in forms for field in form.fields]
    told = []
    for form in forms:
        yield from missing(f"forms.{form.type}.labels", form.labels)
        for field in form.fields:
            if field in told:
                continue
            told.append(field)
            shared = everywhere.count(field) > 1
            place = f"fields.{field.name}" if shared else f"forms.{form.type}.fields.{field.name}"
            yield from missing(f"{place}.labels", field.labels)
    if levels is not None:
        for table in ("ladders", "metrics", "policies"):
            for each in getattr(levels, table):
                yield from missing(f"sla.{table}.{each.name}.labels", each.labels)
    for route in () if routing is None else routing.routes:
        yield from missing(f"routing.routes.{route.name}.labels", route.labels)
