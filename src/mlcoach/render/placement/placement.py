"""The screens of `mlcoach place`: a question, and what was found."""

from collections.abc import Sequence

from mlcoach.domain.keys import named
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import cells, ends, fit, flow, paragraphs, plural, wrap
from mlcoach.render.prose import code, prose
from mlcoach.render.review.grade import finished_lines
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.render.screen_driver import Section
from mlcoach.views.placement.placement import (
    BeforeView,
    MissedQuestionsView,
    PlacedUnitView,
    PlacementQuestionView,
    PlacementScreenView,
    PlacementView,
)

WIDEST_TEXT = 80  # cells; longer lines tire the eye
TYPED = {
    "number": "the number", "vector": "the numbers", "formula": "the formula", "text": "the answer", "self": "",
}  # fmt: skip
MOST_NAMED = 12  # units of one kind
CLAIMS = {
    "confirmed": ("✓", "good", "stands"),
    "open": ("?", "warn", "stands on your word; the answers leave it open"),
    "withdrawn": ("·", "muted", "taken back"),
}
MARKS = {"known": ("✓", "good"), "unsure": ("?", "warn"), "kept": ("·", "muted")}


# A question -------------------------------------------------------------------------------------------------------


def sections(view: PlacementScreenView, width: int, *, color: bool = False) -> list[Section]:
    """Return the screen of one question, opened as far as it is."""
    room = min(width, WIDEST_TEXT)
    right = f"question {view.position}" + (f" of {view.most}" if view.of_all else f", {view.most} at most")
    left = fit(one_line(view.title), max(8, room - cells(right) - 2))
    found = [
        Section("head", [ends([(left, "muted")], [(right, "muted")], room)]),
        Section("question", _question(view.text, view.code, view.language, room, width, color=color)),
    ]
    if view.verdict:
        mark, style = ("✓", "good") if view.verdict == "right" else ("✗", "warn")
        said = "right" if view.verdict == "right" else "not this time" if view.typed else "not known yet"
        typed = f"{one_line(view.typed)}: " if view.typed else ""
        found.append(Section("verdict", [[(f"{mark} ", style), (line, style)] for line in [f"{typed}{said}"]]))
    if view.answer and not view.cloze and view.verdict != "right":
        rule: Line = [("─" * min(room, 24) if color else "Answer:", "muted")]
        found.append(Section("answer", [rule, *prose(view.answer, room, color=color, code_width=width)]))
    if view.form != "self" and view.phase == "question":
        cursor = "▏" if color else ""
        found.append(Section("typed", [[(f"> {view.typed}", "strong"), (cursor, "accent")]], live=True))
    if view.note:
        found.append(Section("note", [[(line, "warn")] for line in wrap(view.note, room)], foot=True))
    found.append(Section("keys", [[(line, "strong")] for line in _keys(view, room)], foot=True))
    return found


def _question(text: str, program: str, language: str, room: int, width: int, *, color: bool) -> Lines:
    shown = prose(text, room, color=color, code_width=width)
    return [*shown, [], *code(program, language, width, color=color)] if program else shown


def _keys(view: PlacementScreenView, room: int) -> list[str]:
    if view.verdict:
        parts = ["space: next", *(named("y") if view.may_be_right else ()), *named("u", "q")]
    elif view.phase == "answer":
        parts = ["did you know it? 1 no", "2 not quite", "3 yes", "4 at once", *named("u", "q")]
    elif view.form == "self":
        parts = ["space: the answer", *named("?", "u", "q")]
    else:
        parts = [f"type {TYPED[view.form]}, enter compares", *named("?")]
        parts += named("u", "q") if view.keys_act else ["esc, then u undo or q leave"]
    return flow(parts, room, " · ")


def question_lines(view: PlacementView, width: int | None) -> Lines:
    """Return what is asked, and how it is answered without a screen."""
    question = view.question
    assert question is not None
    room = prose_width(width)
    shown: Lines = []
    if view.last:
        said = "right" if view.last.right else f"not this time; it is {one_line(view.last.answer)}"
        style = "good" if view.last.right else "warn"
        shown += [[(line, style)] for line in wrap(f"{'✓' if view.last.right else '✗'} {said}", room)]
    shown += [[(one_line(question.title), "muted")]]
    shown += _question(question.text, question.code, "", room, room, color=False)
    return [*shown, [], *_how(question, room)]


def _how(question: PlacementQuestionView, room: int) -> Lines:
    if question.form == "self":
        say = "`mlcoach place --answer right` if you know it, else `--answer wrong`; --json shows its answer."
    else:
        say = f"`mlcoach place --answer …` with {TYPED[question.form]}, or `--answer wrong` where you do not know it."
    return [[(line, "muted")] for line in wrap(say, room)]


# What was found ---------------------------------------------------------------------------------------------------


def lines(view: PlacementView, width: int | None) -> Lines:
    """Return the next question, or what was found: known, unsure and kept units with the reason."""
    if view.question is not None:
        return question_lines(view, width)
    room = prose_width(width)
    if view.before and (view.before.asked or not view.note):
        return _before_lines(view, view.before, room)
    if view.note:
        return list(paragraphs(view.note, room))
    known = [unit for unit in view.units if unit.verdict == "known"]
    if not (view.complete or view.asked or known):
        return [*paragraphs(NOT_BEGUN, room), [("Next: ", "muted"), ("mlcoach today", "accent")]]
    unsure = [unit for unit in view.units if unit.unsure]
    kept = [unit for unit in view.units if unit.verdict == "kept" and not unit.unsure]
    claimed = {claim.unit for claim in view.claims}
    skipped = [unit for unit in kept if unit.skipped and unit.unit not in claimed]
    shown: Lines = [[(line, "title")] for line in wrap(_headline(view, known), room)]
    shown += _listed("Known", "known", known, room)
    shown += _listed("Unsure, so it stays in your plan", "unsure", unsure, room)
    shown += _claims(view, room)
    shown += _in_a_row("Left out, as you said", skipped, room)
    to_learn = [unit for unit in kept if not unit.skipped]
    shown += _ahead(view, [unit for unit in to_learn if unit.inside], room)
    shown += _in_a_row("Not known, but taken for granted there", [one for one in to_learn if not one.inside], room)
    for one in view.disagreements[:MOST_NAMED]:
        text = (
            f"{one.below_title} was answered wrong and {one.above_title}, which builds on it, right. What is not sure"
            f" stays in your plan; look at {one.below_title} once more."
        )
        shown += [[], *([(line, "warn")] for line in wrap(text, room))]
    return [*shown, *_foot(view, known, room)]


def _before_lines(view: PlacementView, before: BeforeView, room: int) -> Lines:
    """Return how the questions before a unit went, and what comes now."""
    said = f"{one_line(before.title)}: {before.right} of {plural(before.asked, 'question')} right"
    shown: Lines = [[(line, "title")] for line in wrap(said, room)]
    if view.passed:
        titles = {unit.unit: one_line(unit.title) for unit in view.units}
        shown += paragraphs(f"Passed: {'; '.join(titles[unit] for unit in view.passed)}. {PASSED}", room)
    elif before.left:
        again = f"mlcoach place {before.unit}"
        shown += paragraphs(f"Stopped with {before.left} left; `{again}` goes on where you are.", room)
    elif not before.passed and before.right < before.asked:
        shown += paragraphs(WRONG_HELPS, room)
    elif not before.passed and view.note:
        shown += paragraphs(view.note, room)
    if before.step:
        shown += finished_lines(before.step, room)
    if view.asked:
        shown.append([("Undo: mlcoach undo", "muted")])
    if before.right < before.asked:
        shown.append([("The answers once more: ", "muted"), ("mlcoach place --show", "accent")])
    return shown if before.step else [*shown, [("Next: ", "muted"), ("mlcoach today", "accent")]]


WRONG_HELPS = "What you tried and missed you will remember better when you read it."
PASSED = "Its cards come three a day; where three of one fail, it goes back to learning by itself."
NOT_BEGUN = "Stopped before the first answer; nothing has changed. `mlcoach place` begins again."


def _headline(view: PlacementView, known: Sequence[PlacedUnitView]) -> str:
    """Return how much is known of what was asked about; what that builds on is counted apart, it saves no hours."""
    units = [unit for unit in view.units if unit.inside]
    inside = [unit for unit in known if unit.inside]
    hours = sum(unit.hours for unit in inside)
    asked = f" · {plural(view.asked, 'question')}" if view.asked else ""
    minutes = f", {format_duration(view.minutes)}" if view.minutes else ""
    text = f"{view.scope}: {len(inside)} of {plural(len(units), 'unit')} known, {hours:g}h of study"
    if len(known) > len(inside):
        text += f", and {len(known) - len(inside)} that these build on"
    return text + asked + minutes


def _listed(title: str, kind: str, units: Sequence[PlacedUnitView], room: int) -> Lines:
    """Return units, each with the reason: beside it where there is room, else below it."""
    if not units:
        return []
    mark, style = MARKS[kind]
    shown: Lines = [[], [(f"{title}:", "strong")]]
    for unit in units:
        name, why = one_line(unit.title), one_line(unit.why)
        if cells(name) + cells(why) + 4 <= room:
            shown.append([(f"{mark} ", style), (name, ""), ("  ", ""), (why, "muted")])
            continue
        first, *rest = wrap(name, room - 2)
        shown += [[(f"{mark} ", style), (first, "")], *([("  ", ""), (line, "")] for line in rest)]
        shown += [[("  ", ""), (line, "muted")] for line in wrap(why, room - 2)]
    return shown


def _in_a_row(title: str, units: Sequence[PlacedUnitView], room: int) -> Lines:
    """Return units in a row by their titles, the first of many: a list of forty reads as a verdict on the learner."""
    if not units:
        return []
    more = f"; and {len(units) - MOST_NAMED} more" if len(units) > MOST_NAMED else ""
    named = "; ".join(one_line(unit.title) for unit in units[:MOST_NAMED])
    return [[], [(f"{title}:", "strong")], *paragraphs(f"{named}{more}", room, "  ", "muted")]


def _claims(view: PlacementView, room: int) -> Lines:
    """Return which of what the learner said they know stands."""
    if not view.claims:
        return []
    shown: Lines = [[], [("What you said you know:", "strong")]]
    for claim in view.claims:
        mark, style, said = CLAIMS[claim.state]
        # Why one is confirmed stands above, where it is listed as known.
        said = f"{said}: {one_line(claim.why)}" if claim.why and claim.state != "confirmed" else said
        first, *rest = wrap(f"{one_line(claim.title)}: {said}", max(20, room - 2))
        shown += [[(f"{mark} ", style), (first, "")], *([("  ", ""), (line, "")] for line in rest)]
    return shown


def _ahead(view: PlacementView, units: Sequence[PlacedUnitView], room: int) -> Lines:
    """Return what to begin with, and how much comes after it."""
    if not units or not view.begin:
        return []
    said = f"{'; then '.join(one_line(title) for title in view.begin)}."
    left = len(units) - len(view.begin)
    if left > 0:
        said += f" {plural(left, 'unit')} more come after that, step by step: mlcoach curriculum map draws them."
    return [[], [("What to begin with:", "strong")], *paragraphs(said, room, "  ")]


def missed_lines(view: MissedQuestionsView, width: int | None) -> Lines:
    """Return the questions that were not known, each with its answer."""
    room = prose_width(width)
    if not view.missed:
        said = "Nothing was missed." if view.asked else "No question was asked yet; `mlcoach place` begins."
        return list(paragraphs(said, room))
    shown: Lines = [[(f"Not known: {len(view.missed)} of {plural(view.asked, 'question')}", "title")]]
    for one in view.missed:
        shown += [[], [(one_line(one.title), "muted")], *_question(one.question, one.code, "", room, room, color=False)]
        shown += [[("Answer:", "muted")], *prose(one.answer, room, color=False, code_width=room)]
    return shown


def _foot(view: PlacementView, known: Sequence[PlacedUnitView], room: int) -> Lines:
    texts: list[str] = []
    if view.passed:
        texts.append(
            f"{plural(len(view.passed), 'unit')} passed. Their cards come three a day; where three of one fail, it goes"
            " back to learning by itself."
        )
        if not view.saved_hours:
            texts.append("None of it is on your path, which takes it as known: its end stays where it is.")
    elif any(not unit.passed for unit in known) and not view.complete:
        texts.append("Nothing is passed yet: so few answers may be luck.")
    elif view.asked and all(unit.inside for unit in view.units if unit.verdict == "kept"):
        texts.append("Your plan starts at the beginning, and takes nothing for granted that you have not met.")
    elif view.asked:
        texts.append("Nothing is passed: your plan starts at the beginning of the path.")
    elif known or view.units:
        texts.append("Nothing has changed since your answers, so nothing is asked.")
    if not view.complete:
        texts.append("Stopped; `mlcoach place` goes on where you are.")
    shown: Lines = [[]]
    for text in texts:
        shown += [[(line, "")] for line in wrap(text, room)]
    if view.passed or view.withdrawn:
        shown.append([("Undo: mlcoach undo", "muted")])
    if view.missed:
        shown.append([("What was not known, with its answers: ", "muted"), ("mlcoach place --show", "accent")])
    return [*shown, [("Next: ", "muted"), ("mlcoach today", "accent")]]
