"""Every example in a docstring or a document is run as a test.

* Docstrings of ``src/workorder``: lines that start with ``>>>``. The names of the module are
  there already, and each docstring starts afresh, as a reader of that docstring does.
* ``docs/**/*.md`` and ``README*.md``: fenced blocks marked ``python`` (a program, or a session
  when its first line starts with ``>>>``) and ``pycon`` (a session). A document is one story: all
  its blocks share their names. ``<!-- skip: next "reason" -->`` leaves the next block out.

Examples run in an empty folder of their own, so that they leave no files behind.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.parsers.abstract import DocTestStringParser
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection


class Session:
    """Fenced ``pycon`` blocks, as interactive sessions."""

    def __init__(self) -> None:
        self._blocks = CodeBlockParser("pycon", evaluator=DocTestEvaluator())
        self._examples = DocTestStringParser(DocTestEvaluator())

    def __call__(self, document: Document) -> Iterable[Region]:
        """Find the examples of each block."""
        for block in self._blocks(document):
            for example in self._examples(block.parsed, document.path):
                example.adjust(block, block.parsed)
                yield example


class Docstring:
    """The examples of one docstring, with names of their own."""

    def __init__(self) -> None:
        self._examples = DocTestParser()
        self._run = DocTestEvaluator()

    def __call__(self, docstring: Document) -> Iterable[Region]:
        """Find the examples of a docstring."""
        names: dict[str, Any] = {}

        def evaluate(example: Example) -> str:
            if not names:
                names.update(example.document.namespace)  # those of the module
            example.namespace = names
            return self._run(example)

        for region in self._examples(docstring):
            region.evaluator = evaluate
            yield region


_places: list[tuple[Path, tempfile.TemporaryDirectory[str]]] = []


def _enter(_names: dict[str, Any]) -> None:
    folder = tempfile.TemporaryDirectory()
    _places.append((Path.cwd(), folder))
    os.chdir(folder.name)


def _leave(_names: dict[str, Any]) -> None:
    before, folder = _places.pop()
    os.chdir(before)
    folder.cleanup()


def _documents(path: str, pattern: str) -> Sybil:
    return Sybil(
        parsers=[PythonCodeBlockParser(), Session(), SkipParser()],
        path=path,
        pattern=pattern,
        setup=_enter,
        teardown=_leave,
    )


_docstrings = Sybil(
    parsers=[Docstring()],
    path="src/workorder",
    pattern="*.py",
    setup=_enter,
    teardown=_leave,
)

pytest_collect_file = SybilCollection(
    [_docstrings, _documents("docs", "*.md"), _documents(".", "README*.md")]
).pytest()
