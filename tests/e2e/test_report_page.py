"""The page of `report` in a real browser: it loads nothing, fits phone and desk, and can be read in every way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mlcoach.domain.events import ItemGraded
from mlcoach.services.context import Context
from mlcoach.services.record import record
from tests.conftest import Program
from tests.e2e import browser
from tests.e2e.browser import Browser

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(browser.missing()), reason=browser.missing() or "-")]

# What is wrong for readers who do not see the page as it was painted. After the rules of axe-core that apply here.
AXE = """
const wrong = [];
const name = e => (e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') || '').split(/\\s+/)
  .map(id => document.getElementById(id)).map(n => n ? n.textContent : '').join(' ') || e.textContent || '').trim();
if (!document.documentElement.lang) wrong.push('html without lang');
if (!document.title) wrong.push('no title');
if (document.querySelectorAll('main').length !== 1) wrong.push('not one main');
if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
let level = 0;
for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
  const n = +h.tagName[1];
  if (n > level + 1) wrong.push('heading skips a level: ' + h.textContent);
  level = n;
}
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
if (new Set(ids).size !== ids.length) wrong.push('an id twice');
for (const svg of document.querySelectorAll('svg')) {
  if (svg.getAttribute('aria-hidden') === 'true') continue;
  if (svg.getAttribute('role') !== 'img' || !name(svg)) wrong.push('a picture without a name');
  if (!svg.querySelector('desc').textContent) wrong.push('a picture without a description');
}
for (const t of document.querySelectorAll('table')) {
  if (!t.caption || !t.caption.textContent.trim()) wrong.push('a table without a caption');
  for (const th of t.querySelectorAll('th')) if (!th.scope) wrong.push('a header cell without scope');
  if ([...t.rows].some(r => !r.querySelector('th'))) wrong.push('a row without a header');
}
for (const e of document.querySelectorAll('[role=region],section')) if (!name(e)) wrong.push('a region without a name');
for (const e of document.querySelectorAll('*')) {
  const s = getComputedStyle(e);
  if (['auto', 'scroll'].includes(s.overflowX) && e.scrollWidth > e.clientWidth && e.tabIndex < 0)
    wrong.push('scrolls, but not by keyboard');
  if (e.tabIndex > 0) wrong.push('a tab order of its own');
}
return wrong;
"""
CONTRAST = """
const lum = c => { const v = c.map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; });
  return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
const rgb = s => s.match(/[\\d.]+/g).map(Number);
const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
const back = rgb(getComputedStyle(document.body).backgroundColor).slice(0, 3);
const low = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement;
  if (!walk.currentNode.textContent.trim() || ['TITLE', 'DESC', 'STYLE', 'title', 'desc'].includes(e.tagName)) continue;
  const s = getComputedStyle(e);
  const ink = rgb(e.ownerSVGElement ? s.fill : s.color).slice(0, 3);
  if (ratio(ink, back) < 4.5) low.add(e.tagName + ' ' + ratio(ink, back).toFixed(2));
}
for (const e of document.querySelectorAll('svg .dot, svg .curve, svg .wanted, svg [class^=t], svg .s-goal, svg .s-kept')) {
  const s = getComputedStyle(e);
  const ink = rgb(s.fill === 'none' || e.tagName === 'line' ? s.stroke : s.fill).slice(0, 3);
  if (ratio(ink, back) < 3) low.add(e.getAttribute('class') + ' ' + ratio(ink, back).toFixed(2));
}
return [...low, ...(lum(back) > .5 ? ['light'] : ['dark'])];
"""
HOSTILE = "<script>document.title='owned'</script><img src=http://192.0.2.1/x onerror=\"document.title='owned'\">"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser.started(tmp_path_factory.mktemp("profile")) as started:
        yield started


def answer(mlcoach: Program, items: list[str]) -> None:
    """Answer some items every nine days from September on, now and then wrongly."""
    last = dict.fromkeys(items, "")
    for turn in range(7):
        now = datetime.fromisoformat("2026-09-07T20:00:00+02:00") + timedelta(days=9 * turn)
        context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": now.isoformat()})
        due = (context.today + timedelta(days=9)).isoformat()
        bodies = [
            ItemGraded(item, 1 if (turn + number) % 4 == 0 else 3, 10, due, last[item])
            for number, item in enumerate(items)
        ]
        for event in record(context, *bodies):
            if isinstance(event.body, ItemGraded):
                last[event.body.item] = event.id
        context.close()


@pytest.fixture
def page(mlcoach: Program) -> Path:
    """The page of half a year in which everything happened that can be on it."""
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\nweekday.sun = 0\n')
    instant = mlcoach.now
    for number in range(0, 180, 12):
        mlcoach(f"log {45 + number}m {'vectors' if number % 24 else 'start.why'} --date -{number}")
    mlcoach("rest 2026-11-24..2026-11-25")
    answer(mlcoach, [f"math.la.vectors/c{number}" for number in range(12)])
    mlcoach.now = instant
    mlcoach("done vectors")
    mlcoach(f"paper add 10.1000/xyz --title '{HOSTILE.replace(chr(39), chr(96))}'")
    return Path(mlcoach("report").out.strip())


def test_the_page_in_a_browser(chromium: Browser, page: Path) -> None:
    chromium.requests()
    chromium.console()
    chromium.open(page)
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            chromium.look(width=width, scheme=scheme)
            chromium.run("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert chromium.run("return [document.documentElement.scrollWidth, innerWidth]") == [width, width], scheme
            assert chromium.run(AXE) == []
            assert chromium.run(CONTRAST) == [scheme]
    assert chromium.run("return document.title") == "mlcoach, Mon 23 Nov 2026"
    assert chromium.run("return document.querySelectorAll('script, img, link, iframe').length") == 0
    sections = chromium.run("return [...document.querySelectorAll('h2')].map(h => h.textContent)")
    assert sections == [
        "The last year", "Hours by week and track", "Year by year", "Recall by month", "Predicted and recalled",
        "Progress over the map", "Forecast", "Papers",
    ]  # fmt: skip
    assert chromium.requests() == [page.as_uri()]
    assert chromium.console() == []
    assert 1 <= chromium.printed_pages() <= 4


def test_an_empty_home_has_a_page_too(chromium: Browser, mlcoach: Program) -> None:
    chromium.open(Path(mlcoach("report").out.strip()))
    chromium.look(width=360, scheme="light")
    assert chromium.run(AXE) == []
    assert chromium.run("return document.documentElement.scrollWidth") == 360
    assert chromium.console() == []
