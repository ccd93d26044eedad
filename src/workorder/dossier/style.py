"""The style sheet: light, for screens of any width and for paper."""

import hashlib
import re
from base64 import b64encode

from workorder.sla.clocks.picture import TIMELINE_STYLE

_SHEET = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: #1f2933; background: #fff; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-bottom: .2rem;
  border-bottom: 2px solid #9aa5b1; }
p { margin: .4rem 0; }
.small, time, .mark, .gone, dt, .digest { font-size: .85rem; }
.small, dt, .mark, .gone { color: #52606d; }
.gone { font-style: italic; }
.wrong { color: #a4000f; font-weight: 600; }
.state { display: inline-block; padding: .1rem .6rem; border: 1px solid #6b9b7a;
  border-radius: 1rem; background: #e3f1e7; }
.digest { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.spoken { white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid #cbd2d9; }
th { color: #52606d; font-weight: 600; }
dl { margin: 0; }
dl > div { display: flex; flex-wrap: wrap; gap: 0 .8rem; padding: .15rem 0; }
dt { flex: 0 0 11rem; }
dd { margin: 0; flex: 1 1 14rem; overflow-wrap: anywhere; }
ol.trail { list-style: none; margin: 0; padding: 0; }
ol.trail > li { border-left: 3px solid #9aa5b1; padding: .1rem 0 .6rem .8rem; margin: 0 0 .4rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
ol.trail h3 { margin: 0; }
.account { white-space: pre; overflow-x: auto; padding: .5rem; border: 1px solid #cbd2d9;
  font: .75rem/1.4 ui-monospace, "Noto Sans Mono CJK SC", monospace; }
svg { max-width: 100%; min-width: 44rem; height: auto; }
pre { font-size: .75rem; overflow: auto; max-height: 30rem; padding: .5rem;
  border: 1px solid #cbd2d9; }
@media print {
  body { font-size: 10pt; max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  ol.trail > li, tr, svg { break-inside: avoid; }
  .wide { overflow: visible; }
  .account { white-space: pre-wrap; }
  details { display: none; }
}
"""


def _within(outer: str, sheet: str) -> str:
    """*sheet* for what is inside *outer*: a rule a line, each of its selectors behind that name."""

    def behind(found: re.Match[str]) -> str:
        return ", ".join(f"{outer} {each.strip()}" for each in found[1].split(",")) + " {"

    return re.sub(r"^\s*([^{\n]+?)\s*\{", behind, sheet, flags=re.MULTILINE).strip()


STYLE = f"{_SHEET}{_within('svg', TIMELINE_STYLE)}\n"

STYLE_DIGEST = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""What the page's policy admits: this style sheet, and nothing else."""

POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; base-uri 'none'; form-action 'none'"
)
"""A browser loads nothing, runs nothing and sends nothing for this page."""
