"""Settings of the documentation. Building it needs no network."""

import logging
from importlib.metadata import version as installed_version
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx

project = "workorder"
author = "the workorder authors"
copyright = author
release = installed_version("workorder")
version = release
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"workorder {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# A part of the documentation may be waiting for its first page. Sphinx gives this one warning a
# subtype and no type, so that suppress_warnings cannot name it.
logging.getLogger("sphinx.sphinx.directives.other").addFilter(
    lambda record: getattr(record, "subtype", None) != "empty_glob"
)

# A page's own contents are its headings. With every class and method as well they are too long to
# be looked through, and copying them into the sidebar of every page takes most of the time.
toc_object_entries = False

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"

napoleon_google_docstring = True
napoleon_numpy_docstring = False


def unlink_type(_app: Sphinx, document: Any) -> None:
    """Keep ``type[…]`` in annotations from being linked to an attribute that is called ``type``."""
    for link in tuple(document.findall(addnodes.pending_xref)):
        if link["reftype"] == "class" and link["reftarget"] == "type":
            link.replace_self(link.children)


def setup(app: Sphinx) -> None:
    """Tell Sphinx what is done here besides settings."""
    app.connect("doctree-read", unlink_type)
