"""The page of `report --today`: one HTML file for a phone, without network or script, the answers folded."""

from collections.abc import Sequence

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.today import KINDS
from mlcoach.render.habit.charts import text
from mlcoach.render.habit.report_style import STYLE
from mlcoach.render.html_prose import html_code, html_prose
from mlcoach.render.layout import plural
from mlcoach.views.day import BlockView, TodayView
from mlcoach.views.pages.day_page import CarriedItemView, DayPageView
from mlcoach.views.papers.paper import ChecklistStepView, PaperView

# One column, and what fingers touch is large enough for them. On paper the questions stand without their answers.
DAY_STYLE = """
body{max-width:42rem;overflow-wrap:anywhere}main{columns:auto}main>section{break-inside:auto}
ol,ul{padding-left:1.4rem}li{margin:.6rem 0}.done{color:var(--soft)}
article{border-top:1px solid var(--rule);padding:.6rem 0}article p,li p{margin:.3rem 0}
h3{font-size:1rem;margin:.2rem 0}small{color:var(--soft)}a{color:var(--cold)}
summary{padding:.5rem 0}details[open]>summary{color:var(--ink)}
pre{overflow-x:auto;background:var(--band);padding:.5rem;margin:.4rem 0;font-size:.85rem}
pre:focus-visible{outline:2px solid var(--cold);outline-offset:2px}
@media print{header{page:auto}main{columns:auto}h1{font-size:1.2rem}article{break-inside:avoid}}
"""
FOOTER = (
    "Made by mlcoach. What you answer here is not recorded: mlcoach review asks again, with the same numbers. "
    "Links alone use the network, when you follow them."
)


def document(view: DayPageView) -> str:
    """Return the page."""
    day = f"{text(format_day(view.today.date))} {view.today.date.year}"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # Even a text that got through could neither run nor fetch anything.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">',
        f"<title>mlcoach, {day}</title>\n<style>{STYLE}{DAY_STYLE}</style>\n</head>\n<body>",
        f"<header><h1>{day}</h1>{_state(view.today)}</header>\n<main>",
        _plan(view.today),
        _items(view.items),
        _paper(view.paper) if view.paper else "",
        f"</main>\n<footer><p>{FOOTER}</p></footer>\n</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _state(view: TodayView) -> str:
    rows = [("Today", f"{format_duration(view.minutes.done)} of {format_duration(view.minutes.goal)}")]
    if view.streak_shown:
        rows.append(("Streak", plural(view.streak.current, "day")))
        rows.append(("Freezes", str(view.streak.freezes)))
    items = "".join(f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in rows)
    notes = "".join(f"<p>{text(note)}</p>" for note in (view.comeback, view.note) if note)
    return f"<dl>{items}</dl>{notes}"


def _plan(view: TodayView) -> str:
    if not view.blocks:
        return _section("plan", "The plan", "<p>Nothing is planned today.</p>")
    return _section("plan", "The plan", f"<ol>{''.join(_block(block) for block in view.blocks)}</ol>")


def _block(block: BlockView) -> str:
    mark, kind = ("✓ ", ' class="done"') if block.done else ("", "")
    lines = [f"<strong>{mark}{KINDS[block.kind]}</strong> {text(block.title)}, {format_duration(block.minutes)}"]
    if not block.done:
        step = f"step {block.step.n} of {block.step.of}: " if block.step else ""
        if block.resource:
            lines.append(_linked(step + block.resource, block.step.url if block.step else ""))
        if block.then:
            lines.append(f"then: {text(block.then)}")
    return f"<li{kind}>{'<br>'.join(lines)}</li>"


def _linked(words: str, url: str) -> str:
    """Return words as a link where the address is one of the web; files of people may hold any other."""
    if not url.startswith(("https://", "http://")):
        return text(words)
    return f'<a href="{text(url)}" rel="noreferrer">{text(words)}</a>'


def _items(items: Sequence[CarriedItemView]) -> str:
    if not items:
        return _section("recall", "To recall", "<p>Nothing is due.</p>")
    new = sum(item.is_new for item in items)
    counted = [plural(len(items) - new, "item") + " due"] if len(items) > new else []
    counted += [f"{new} new"] if new else []
    said = f"<p>{', '.join(counted)}. Say the answer before you unfold it.</p>"
    return _section("recall", "To recall", said, *(_item(item) for item in items))


def _item(item: CarriedItemView) -> str:
    head = f"<small>{text(item.unit_title)}{', new' if item.is_new else ''}</small>"
    title = f"<h3>{text(item.title)}</h3>" if item.title else ""
    question = html_prose(item.question) + (html_code(item.code) if item.code else "")
    answer = html_code(item.answer) if item.code and item.answer else html_prose(item.answer)
    answer += html_prose(item.solution) if item.solution != item.answer else ""
    answer = answer or "<p>No solution is written down; what you made is the answer.</p>"
    return f"<article>{head}{title}{question}<details><summary>The answer</summary>{answer}</details></article>"


def _paper(paper: PaperView) -> str:
    about = ", ".join([*paper.authors[:3], *(["others"] if len(paper.authors) > 3 or paper.others else [])])
    year = f" ({paper.year})" if paper.year else ""
    parts = [f"<h3>{_linked(paper.title, paper.address)}</h3>"]
    if about or year:
        parts.append(f"<p><small>{text(about)}{year}</small></p>")
    if paper.why:
        parts.append(f"<p>{text(paper.why)}</p>")
    if paper.checklist:
        asked = "".join(_question(step) for step in paper.checklist)
        parts.append(f"<p>Pass {paper.reading_pass}, {format_duration(paper.budget_minutes)}:</p><ul>{asked}</ul>")
    if paper.abstract:
        parts.append(f"<details><summary>The abstract</summary>{html_prose(paper.abstract)}</details>")
    return _section("paper", "The paper", *parts)


def _question(step: ChecklistStepView) -> str:
    kind = ' class="done"' if step.done else ""
    answer = html_prose(step.answer) if step.answer else ""
    return f"<li{kind}>{'✓ ' if step.done else ''}{text(step.text)}{answer}</li>"


def _section(name: str, title: str, *parts: str) -> str:
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{title}</h2>\n' + "\n".join(parts) + "\n</section>"
