"""The page of `report` in a real browser: it loads nothing, fits phone and desk, and can be read in every way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mlcoach.domain.events import Attempted, ItemGraded
from mlcoach.services.context import Context
from mlcoach.services.record import record
from tests.cli.test_interview import PROBLEM, SUBJECT
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
  // A picture with links in it is no image: its parts have to be reached.
  const role = svg.querySelector('a') ? 'group' : 'img';
  if (svg.getAttribute('role') !== role || !name(svg)) wrong.push('a picture without a name');
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
const marks = 'svg .dot, svg .dots, svg .curve, svg .wanted, svg path[class^=t], svg .s-goal, svg .s-kept, svg .s-held, svg .s-frozen, svg .s-rest';
for (const e of document.querySelectorAll(marks)) {
  const s = getComputedStyle(e);
  const drawn = s.fill === 'none' || e.tagName === 'line' || e.classList.contains('dots');
  const ink = rgb(drawn ? s.stroke : s.fill).slice(0, 3);
  if (ratio(ink, back) < 3) low.add(e.getAttribute('class') + ' ' + ratio(ink, back).toFixed(2));
}
// The names of units stand on shades, and the names of tracks on bands.
for (const a of document.querySelectorAll('svg.map a')) {
  const [fill, ink] = ['rect', 'text'].map(tag => rgb(getComputedStyle(a.querySelector(tag)).fill).slice(0, 3));
  if (ratio(ink, fill) < 4.5) low.add('unit ' + a.getAttribute('class') + ' ' + ratio(ink, fill).toFixed(2));
}
const band = document.querySelector('svg.map .b');
if (band) for (const t of document.querySelectorAll('svg.map .t'))
  if (ratio(rgb(getComputedStyle(t).fill).slice(0, 3), rgb(getComputedStyle(band).fill).slice(0, 3)) < 4.5)
    low.add('track');
return [...low, ...(lum(back) > .5 ? ['light'] : ['dark'])];
"""
# Labels that a picture cuts, boxes of the map that a name is too long for, and names that a line goes through.
CUT = """
const cut = [];
for (const svg of document.querySelectorAll('svg')) {
  const whole = svg.getBoundingClientRect();
  for (const t of svg.querySelectorAll('text')) {
    const r = t.getBoundingClientRect();
    if (r.left < whole.left - 1 || r.right > whole.right + 1 || r.bottom > whole.bottom + 1) cut.push(t.textContent);
  }
}
const map = document.querySelector('svg.map');
for (const a of map.querySelectorAll('a')) {
  const [box, name] = ['rect', 'text'].map(tag => a.querySelector(tag).getBoundingClientRect());
  if (name.right > box.right || name.left < box.left) cut.push('too long: ' + a.textContent);
}
const scale = map.getBoundingClientRect().width / map.viewBox.baseVal.width;
const left = map.getBoundingClientRect().left, top_ = map.getBoundingClientRect().top;
const boxes = [...map.querySelectorAll('text')].map(t => [t.getBoundingClientRect(), t.textContent]);
for (const path of map.querySelectorAll('path')) {
  const length = path.getTotalLength();
  for (let at = 0; at < length; at += 3) {
    const p = path.getPointAtLength(at), x = left + p.x * scale, y = top_ + p.y * scale;
    for (const [r, said] of boxes)
      if (x > r.left && x < r.right && y > r.top && y < r.bottom) cut.push('a line through ' + said);
  }
}
return [...new Set(cut)];
"""
# What paper leaves out: a row, a list or a sentence that is nowhere else. Folded tables are pictures in numbers.
UNPRINTED = """
const gone = new Set();
for (const e of document.querySelectorAll('header *, main *')) {
  if (e.closest('details, svg') || e.closest('.picture')?.closest('main') && !e.classList.contains('picture')) continue;
  if (getComputedStyle(e).display === 'none' && !e.classList.contains('all')) gone.add(e.className || e.tagName);
}
return [...gone];
"""
COLUMNS = """
const lefts = [...document.querySelectorAll('.columns>section')].map(s => Math.round(s.getBoundingClientRect().left));
return new Set(lefts).size;
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


def practise(mlcoach: Program) -> None:
    """Try two exercises that share a pattern, and solve one of them."""
    problems = "".join(PROBLEM.format(id=id, pattern="two ends") for id in ("first", "second"))
    mlcoach.write("config/curriculum/own.toml", SUBJECT.format(track="prog") + problems)
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    for item, verdict in (("own.asked/first", "right"), ("own.asked/second", "wrong")):
        record(context, Attempted(item, verdict, "tests"))
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
    practise(mlcoach)
    mlcoach('project new "Which invoices are paid late"')
    mlcoach(f"paper add 10.1000/xyz --title '{HOSTILE.replace(chr(39), chr(96))}'")
    return Path(mlcoach("report").out.strip())


def test_the_page_in_a_browser(chromium: Browser, page: Path) -> None:
    chromium.requests()
    chromium.console()
    chromium.open(page)
    for width, columns in ((360, 1), (390, 1), (1000, 2), (1600, 2)):
        for scheme in ("light", "dark"):
            chromium.look(width=width, scheme=scheme)
            chromium.run("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert chromium.run("return [document.documentElement.scrollWidth, innerWidth]") == [width, width], scheme
            assert chromium.run(AXE) == []
            assert chromium.run(CONTRAST) == [scheme]
            assert chromium.run(CUT) == []
            assert chromium.run(COLUMNS) == columns, width
    assert chromium.run("return document.title") == "mlcoach, Mon 23 Nov 2026"
    assert chromium.run("return document.querySelectorAll('script, img, link, iframe').length") == 0
    sections = chromium.run("return [...document.querySelectorAll('h2')].map(h => h.textContent)")
    assert sections == [
        "The map", "The last half year", "Progress on your path", "Forecast", "Recall by month",
        "Hours by week and track", "Predicted and recalled", "Practice", "Projects", "Papers",
    ]  # fmt: skip
    assert chromium.requests() == [page.as_uri()]
    assert chromium.console() == []
    practice = chromium.run("return document.querySelector('[aria-labelledby=practised]').innerText")
    assert "two ends\t2\t1 of 2" in practice
    assert chromium.printed_pages() == 2
    chromium.tell("Emulation.setEmulatedMedia", media="print")
    assert chromium.run(UNPRINTED) == ["picture"]
    chromium.tell("Emulation.setEmulatedMedia", media="")
    # The map fits every window that shows it; a phone has its units by name.
    for width, is_drawn in ((390, False), (1000, True), (1600, True)):
        chromium.look(width=width, scheme="light")
        picture = chromium.run("return document.querySelector('svg.map').getBoundingClientRect().width")
        assert (0 < picture <= width - 32) is is_drawn, width
        assert chromium.run("return document.querySelector('.tracks').innerText.includes('Vectors')") is True
    # What is looked for is found where it is there.
    chromium.run("document.documentElement.style.setProperty('--soft', '#999')")
    chromium.look(width=1000, scheme="light")
    assert len(chromium.run(CONTRAST)) > 1
    chromium.run("document.querySelectorAll('h2')[1].outerHTML = '<h4>Skipped</h4>'")
    chromium.run("document.querySelector('#practised').parentNode.querySelector('caption').remove()")
    chromium.run("document.querySelector('thead th').removeAttribute('scope')")
    assert {wrong.split(":")[0] for wrong in chromium.run(AXE)} >= {
        "heading skips a level", "a table without a caption", "a header cell without scope",
    }  # fmt: skip


def test_every_unit_of_the_map_is_reached_by_keyboard(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.look(width=1280, scheme="light")
    units = chromium.run("return document.querySelectorAll('svg.map a').length")
    rows = (
        "[...document.querySelectorAll('svg.map a')].filter(a => document.querySelector(`tr${a.getAttribute('href')}`))"
    )
    assert units == chromium.run(f"return {rows}.length") > 10
    vectors = "[...document.querySelectorAll('svg.map a')].find(a => a.textContent.includes('Vectors'))"
    assert "passed" in chromium.run(f"return {vectors}.querySelector('title').textContent")
    chromium.run(f"{vectors}.focus()")
    assert chromium.run("return document.activeElement.tagName.toLowerCase()") == "a"
    # Its link opens the table below and goes to its row.
    chromium.run(f"location.hash = {vectors}.getAttribute('href')")
    assert chromium.run("return document.querySelector('tr:target').closest('details').open")
    assert "Vectors" in chromium.run("return document.querySelector('tr:target').textContent")


def test_an_empty_home_has_a_page_too(chromium: Browser, mlcoach: Program) -> None:
    chromium.open(Path(mlcoach("report").out.strip()))
    chromium.look(width=360, scheme="light")
    assert chromium.run(AXE) == []
    assert chromium.run("return document.documentElement.scrollWidth") == 360
    assert chromium.console() == []


def test_the_page_of_the_day_on_a_phone(chromium: Browser, mlcoach: Program) -> None:
    answer(mlcoach, [f"math.la.vectors/c{number}" for number in range(4)])
    for step in ("before", "3b1b-vectors"):  # no card comes before the first reading
        mlcoach(f"done math.la.vectors/{step} --date yesterday", expect=None)
    mlcoach("log 4h vectors --date yesterday")
    mlcoach(f"paper add 10.1000/xyz --title '{HOSTILE.replace(chr(39), chr(96))}'")
    path = Path(mlcoach("report --today").out.strip())
    chromium.requests()
    chromium.console()
    chromium.open(path)
    for width in (360, 390, 1280):
        for scheme in ("light", "dark"):
            chromium.look(width=width, scheme=scheme)
            assert chromium.run("return [...document.querySelectorAll('details')].every(d => !d.open)") is True
            chromium.run("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert chromium.run("return [document.documentElement.scrollWidth, innerWidth]") == [width, width], scheme
            assert chromium.run(AXE) == []
            assert chromium.run(CONTRAST) == [scheme]
            chromium.run("document.querySelectorAll('details').forEach(d => d.open = false)")
    assert chromium.run("return document.querySelectorAll('article').length") > 0
    assert 1 <= chromium.printed_pages() <= 2
    assert chromium.run("return document.title") == "mlcoach, Mon 23 Nov 2026"
    assert chromium.run("return document.querySelectorAll('script, img, link, iframe').length") == 0
    assert chromium.requests() == [path.as_uri()]
    assert chromium.console() == []
