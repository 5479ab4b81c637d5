"""The page of `report --today`: one HTML file for a phone, without network or script, the answers folded."""

from collections.abc import Sequence

from mlcoach.domain.habit.streak import GOAL_DAYS_PER_FREEZE
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.habit.charts import text
from mlcoach.render.habit.day_blocks import block_lines, linked
from mlcoach.render.habit.report_style import STYLE
from mlcoach.render.html_prose import html_code, html_prose
from mlcoach.render.layout import plural
from mlcoach.views.day import TodayView
from mlcoach.views.pages.day_page import CarriedItemView, DayPageView
from mlcoach.views.papers.paper import ChecklistStepView, PaperView

# One column, and what fingers touch is large enough for them. On paper the answers are small, at the end.
DAY_STYLE = """
body{max-width:42rem;overflow-wrap:anywhere}section{break-inside:auto}
ol,ul{padding-left:1.4rem}li{margin:.6rem 0}.done{color:var(--soft)}
article{border-top:1px solid var(--rule);padding:.6rem 0}article p,li p{margin:.3rem 0}
h3{font-size:1rem;margin:.2rem 0}small{color:var(--soft)}
summary{padding:.5rem 0}details[open]>summary{color:var(--ink)}.answers{display:none}
pre{overflow-x:auto;background:var(--band);padding:.5rem;margin:.4rem 0;font-size:.85rem}
pre:focus-visible{outline:2px solid var(--cold);outline-offset:2px}
@media print{html{font-size:9.5pt}body{max-width:none}article{break-inside:avoid;padding:.3rem 0}.screen{display:none}
.asked,.answers ol{columns:2;column-gap:8mm}footer{display:block}
.answers{display:block;font-size:7pt}.answers li{margin:.15rem 0}.answers p{margin:0}}
"""
ASKED_AGAIN = "What you answer here is not recorded: mlcoach review asks again, with the same numbers."
LINKS = "Links use the network when you follow them; nothing else does."
SLACK = 10  # minutes by which a plan may differ from what is left of the day


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
        _plan(view.today, view.items),
        _items(view.items),
        _paper(view.paper) if view.paper else "",
        _answers(view.items),
    ]
    said = ["Made by mlcoach.", *([ASKED_AGAIN] if view.items else [])]
    said += [LINKS] if any("<a href" in part for part in parts) else []
    parts.append(f"</main>\n<footer><p>{' '.join(said)}</p></footer>\n</body>\n</html>\n")
    return "\n".join(part for part in parts if part)


def _state(view: TodayView) -> str:
    done, goal, left = (
        format_duration(minutes) for minutes in (view.minutes.done, view.minutes.goal, view.minutes.left)
    )
    rows = [("Today", f"{done} of {goal}" + (f", {left} left" if view.minutes.done and view.minutes.left else ""))]
    if view.streak_shown:
        rows.append(("Streak", plural(view.streak.current, "day")))
        rows.append(("Freezes", f"{view.streak.freezes}, {_freezes(view.streak.freezes)}"))
    items = "".join(f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in rows)
    notes = "".join(f"<p>{text(note)}</p>" for note in (view.comeback, view.note) if note)
    return f"<dl>{items}</dl>{notes}"


def _freezes(held: int) -> str:
    """Return what freezes are for."""
    if held:
        return "each holds the streak over a missed day"
    return f"so a missed day ends the streak; {GOAL_DAYS_PER_FREEZE} goal days earn one"


def _plan(view: TodayView, items: Sequence[CarriedItemView]) -> str:
    asks = any(block.kind == "review" for block in view.blocks)
    blocks = [(block.done, block_lines(block)) for block in view.blocks]
    if items and not asks:  # what is below has a place in the plan, also where it came after that was made
        blocks.insert(0, (False, [f"<strong>Review</strong> {text(_counted(items))}", "<code>mlcoach review</code>"]))
    if not blocks:
        return _section("plan", "The plan", "<p>Nothing is planned today.</p>")
    listed = "".join(f"<li{' class=done' if done else ''}>{'<br>'.join(lines)}</li>" for done, lines in blocks)
    return _section("plan", "The plan", _left(view), f"<ol>{listed}</ol>")


def _left(view: TodayView) -> str:
    """Return a word on a plan that asks for more than is left of the day, since time went to something else."""
    waiting = sum(max(0, block.minutes - block.done_minutes) for block in view.blocks if not block.done)
    if not view.minutes.done or waiting <= view.minutes.left + SLACK:
        return ""
    left = f"{format_duration(view.minutes.left)} are left" if view.minutes.left else "The goal is reached"
    return (
        f"<p>{left}; the plan of the morning still holds {format_duration(waiting)}. "
        "For what is left: <code>mlcoach today --replan</code></p>"
    )


def _items(items: Sequence[CarriedItemView]) -> str:
    if not items:
        return _section("recall", "To recall", "<p>Nothing is due.</p>")
    said = f'<p>{_counted(items)}.<span class="screen"> Say the answer before you unfold it.</span></p>'
    asked = "".join(_item(n, item) for n, item in enumerate(items, start=1))
    return _section("recall", "To recall", said, f"<div class=asked>{asked}</div>")


def _counted(items: Sequence[CarriedItemView]) -> str:
    new = sum(item.is_new for item in items)
    counted = [plural(len(items) - new, "item") + " due"] if len(items) > new else []
    return ", ".join([*counted, *([f"{new} new"] if new else [])])


def _item(n: int, item: CarriedItemView) -> str:
    head = f"<small>{n}. {text(item.unit_title)}{', new' if item.is_new else ''}</small>"
    title = f"<h3>{text(item.title)}</h3>" if item.title else ""
    question = html_prose(item.question) + (html_code(item.code) if item.code else "")
    return f"<article>{head}{title}{question}<details><summary>The answer</summary>{_answer(item)}</details></article>"


def _answer(item: CarriedItemView) -> str:
    answer = html_code(item.answer) if item.code and item.answer else html_prose(item.answer)
    answer += html_prose(item.solution) if item.solution != item.answer else ""
    return answer or "<p>No solution is written down; what you made is the answer.</p>"


def _answers(items: Sequence[CarriedItemView]) -> str:
    """Return the answers by number, for paper alone."""
    if not items:
        return ""
    listed = "".join(f"<li>{_answer(item)}</li>" for item in items)
    return (
        f'<section class="answers" aria-labelledby="answers"><h2 id="answers">Answers</h2><ol>{listed}</ol></section>'
    )


def _paper(paper: PaperView) -> str:
    about = ", ".join([*paper.authors[:3], *(["others"] if len(paper.authors) > 3 or paper.others else [])])
    year = f" ({paper.year})" if paper.year else ""
    parts = [f"<h3>{linked(paper.title, paper.address)}</h3>"]
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
