"""The screens of `mlcoach cards`."""

from datetime import date

from mlcoach.domain.cloze import filled_in
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.formula import readable
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.prose import code, prose
from mlcoach.render.review.grade import CHANGED
from mlcoach.render.screen import PIPED_WIDTH, SPOKEN, Line, Lines, Span, drawn, prose_width
from mlcoach.views.cards import AdoptedView, CardSearchView, ItemView, LeechesView, MarkedView, NewCardView

BARS = "▁▂▃▄▅▆▇█"
LATEST = 12  # answers shown of a long history
MOST_FOUND = 50  # listed on a terminal
DONE = {
    "suspended": ("Set aside", "No review asks {} until you bring {} back.", "is set aside already"),
    "resumed": ("Back in the queue", "", "was not set aside"),
    "forgotten": ("Forgotten", "The next answer to {} counts as the first.", "is new already"),
}


def search_lines(view: CardSearchView, width: int | None, *, everything: bool = False) -> Lines:
    """Return the items found, one a line; on a terminal a long list is cut, unless everything is asked for."""
    if not view.cards:
        return paragraphs(f"No card or exercise contains `{one_line(view.words)}`.", width)
    listed = view.cards if everything or width is None else view.cards[:MOST_FOUND]
    rows: list[list[Span]] = [
        [
            (item.item, "accent"),
            (_standing(item.standing, item.due, view.today), "muted"),
            (readable(one_line(item.text)), ""),
        ]
        for item in listed
    ]
    shown = columns(rows, width, flexible=2, most=1)  # there may be fifty: one line each
    rest = len(view.cards) - len(listed)
    if rest:
        shown.append([(f"and {rest} more; another word makes them fewer, --all lists them", "muted")])
    return [*shown, [], [("One of them: ", "muted"), ("mlcoach cards show ITEM", "accent")]]


def _standing(standing: str, due: date | None, today: date) -> str:
    if due is None:
        return standing
    day = format_day(due, today)
    return {"waiting": day, "buried": f"not before {day}"}.get(standing, standing)


def item_lines(view: ItemView, width: int | None, *, answer: bool = False) -> Lines:
    """Return an item with its answer, its memory and its history.

    The hints and the solution of an exercise that was not done yet are told only where its `answer` is asked for.
    """
    room = None if width is None else prose_width(width)
    shown: Lines = [[(view.item, "title")], [(one_line(view.unit_title), "muted")], []]
    subject = view.subject
    told = answer or bool(view.history) or any(tried.verdict == "right" for tried in view.attempts)
    shown += _exercise(subject, room, told=told) if isinstance(subject, Exercise) else _card(subject, room)
    shown += [[], *_memory(view, room)]
    shown += paragraphs(CHANGED, room or PIPED_WIDTH, style="muted") if view.changed else []
    if view.next_question:
        shown += [[], [("Its numbers vary; next it asks", "strong")], *prose(view.next_question, room, "  ")]
    if view.attempts:
        shown += [[], [("Attempts", "strong")], *_attempts(view)]
    if view.history:
        shown += [[], [("Answers", "strong")], *_history(view)]
    tips: list[Line] = []
    if view.leech:
        tips.append([("It keeps slipping: ", "warn"), ("mlcoach cards leeches", "accent")])
    if view.standing == "suspended":
        tips.append([("Bring it back: ", "muted"), (f"mlcoach cards resume {view.item}", "accent")])
    else:
        runs = isinstance(subject, Exercise) and subject.code is not None
        asked = f"practice {view.item}" if runs else f"review --item {view.item}"
        tips.append([("Ask it now: ", "muted"), (f"mlcoach {asked}", "accent")])
    if isinstance(subject, Exercise) and not told and _help_of(subject):
        tips.append([("With hints and solution: ", "muted"), (f"mlcoach cards show {view.item} --answer", "accent")])
    return [*shown, [], *tips]


def _card(card: Card, room: int | None) -> Lines:
    question = filled_in(card.question, "[", "]") if card.form == "cloze" else card.question
    shown = prose(question, room)
    shown += [[], *code(card.code, card.language, room)] if card.code else []
    if card.form != "cloze":
        shown += [[], *prose(card.answer, room, "  ")]
    if card.form == "numeric" and card.tolerance:
        shown.append([(f"  (within {card.tolerance:g})", "muted")])
    return shown


def _exercise(exercise: Exercise, room: int | None, *, told: bool) -> Lines:
    about = f"{exercise.kind}, {exercise.stage}, about {format_duration(exercise.minutes)}"
    head: Lines = [[(one_line(exercise.title), "strong")], [(about, "muted")], []]
    shown = [*head, *prose(exercise.prompt, room)]
    for label, text in _help_of(exercise) if told else ():
        shown += [[], [(label, "accent")], *prose(text, room, "  ")]
    return shown


def _help_of(exercise: Exercise) -> list[tuple[str, str]]:
    """Return what tells how an exercise is solved, each with its label."""
    parts = [(f"Hint {number}", hint) for number, hint in enumerate(exercise.hints, start=1)]
    parts += [("You are right if", exercise.check), ("Solution", exercise.solution)]
    return [(label, text) for label, text in parts if text]


def _memory(view: ItemView, room: int | None) -> Lines:
    if view.retrievability is None:
        # Answers that no longer count were all given before the last time it was started again.
        afresh = view.history[-1].forgotten if view.history else None
        since = format_day(afresh, view.today) if afresh else ""
        if view.suspended:
            new = f"Set aside, new since {since}: started again." if afresh else "Set aside, never answered."
        else:
            new = f"New since {since}: started again." if afresh else "New: never answered."
        return [[(new, "")]]
    when = {
        "due": "due",
        "waiting": f"asked again on {format_day(view.due, view.today)}" if view.due else "",
        "suspended": "set aside",
        "buried": f"put off until {format_day(view.due, view.today)}" if view.due else "",
    }[view.standing]
    slips = f", slipped {view.lapses} times" if view.lapses > 1 else ", slipped once" if view.lapses else ""
    flag = " · flagged" if view.flagged else ""
    figures = f"stability {view.stability:.1f} days, difficulty {view.difficulty:.1f} of 10"
    shown: Lines = [
        [
            (f"{view.retrievability:.0%}", "strong"),
            (" likely to be recalled today · ", ""),
            (when, ""),
            (flag, "accent"),
        ],
        [(f"{figures}, {plural(view.repetitions, 'answer')}{slips}", "muted")],
    ]
    first, last = view.curve[0], view.curve[-1]
    bars = "".join(BARS[max(0, min(7, int(point.recall * 8)))] for point in view.curve)
    ends = (f"{one.recall:.0%} on {format_day(one.day, view.today)}" for one in (first, last))
    shown.append([(bars, "good"), (f"  {' to '.join(ends)}", "muted")])
    return shown


def _history(view: ItemView) -> Lines:
    """Return the latest answers, with a line wherever the item was started again."""
    latest = view.history[-LATEST:]
    rows: list[list[Span]] = [
        [
            (format_day(answer.day, view.today), "muted" if answer.forgotten else ""),
            (answer.rating, "muted" if answer.forgotten else "bad" if answer.rating == "again" else ""),
            (f"{answer.seconds}s" if answer.seconds else "", "muted"),
            (f"then {plural(answer.interval_days, 'day')}", "muted"),
        ]
        for answer in latest
    ]
    aligned = columns(rows, None, right=(2,))
    shown: Lines = []
    earlier = len(view.history) - len(latest)
    if earlier:
        shown.append([(f"  {plural(earlier, 'earlier one')}", "muted")])
    for answer, line, after in zip(latest, aligned, [*latest[1:], None], strict=True):
        shown.append([("  ", ""), *line])
        if answer.forgotten and (after is None or after.forgotten != answer.forgotten):
            day = format_day(answer.forgotten, view.today)
            shown.append([(f"  {day}", ""), ("  started again; earlier answers no longer count", "")])
    return shown


def _attempts(view: ItemView) -> Lines:
    """Return the latest attempts, each with what was typed and asked, or which tests failed."""
    shown: Lines = []
    for tried in view.attempts[-LATEST:]:
        right = tried.verdict == "right"
        answer = one_line(tried.answer) or ", ".join((tried.verdict, *tried.failed))
        mistake = f"  ({tried.misconception})" if tried.misconception else ""
        said = ("right, " if right else "wrong, ") if tried.answer.strip() else ""  # else the answer is the verdict
        head: Line = [("  ", ""), (format_day(tried.day, view.today), ""), ("  ", "")]
        head += [drawn("✓ " if right else "✗ "), (said, SPOKEN)]
        shown.append([*head, (answer, "" if right else "bad"), (mistake, "muted")])
        if tried.question:
            shown.append([("    ", ""), (readable(one_line(tried.question)), "muted")])
    return shown


def leech_lines(view: LeechesView, width: int | None) -> Lines:
    """Return the items that keep slipping, and what to do about them."""
    room = prose_width(width)
    if not view.leeches:
        return [
            *paragraphs(f"No leeches: no card or exercise was forgotten {view.threshold} times.", room),
            [("Find some by a word: ", "muted"), ("mlcoach cards search WORDS", "accent")],
            [("Write one of your own: ", "muted"), ("mlcoach cards new UNIT", "accent")],
        ]
    rows: list[list[Span]] = [
        [
            (leech.item, "accent"),
            (f"{leech.lapses} of {leech.repetitions}", "warn"),
            ("set aside" if leech.suspended else "", "muted"),
            (readable(one_line(leech.question)), ""),
        ]
        for leech in view.leeches
    ]
    shown = columns(rows, width, flexible=3, right=(1,))
    text = (
        f"They slipped {view.threshold} times or more. It is hardly ever you: mostly such a card asks for too "
        "much at once, or looks like another one."
    )
    one = view.leeches[0].item
    subject = one.partition("/")[0].rpartition(".")[0]
    ways: list[list[Span]] = [
        [("Reword it", ""), ("mlcoach review --item " + one + ", then press e", "accent")],
        [("Split it in two", ""), (f"mlcoach curriculum edit {subject}", "accent")],
        [("Learn it again", ""), (f"mlcoach curriculum show {one.partition('/')[0]}", "accent")],
        [("Let it go", ""), (f"mlcoach cards suspend {one}", "accent")],
    ]
    return [*shown, [], *paragraphs(text, room), *columns(ways, width, flexible=1)]


def new_lines(view: NewCardView, width: int | None) -> Lines:
    """Return what was written and where; no line when nothing was."""
    if view.item is None or view.file is None:
        return []
    shown: Lines = [[("New card: ", ""), (view.item, "accent")], [("  ", ""), (view.file, "muted")]]
    shown += [line for warning in view.warnings for line in paragraphs(f"{warning}.", width, style="warn")]
    shown.append([("Ask it: ", "muted"), (f"mlcoach review --item {view.item}", "accent")])
    return [*shown, [("Undo: mlcoach undo", "muted")]]


def new_problem_lines(view: NewCardView, width: int | None) -> Lines:
    """Return the problem that was written, and how it is scheduled."""
    said = "Say how it went, so that it comes due again:"
    return [
        [("New problem: ", ""), (view.item or "", "accent")],
        [("  ", ""), (view.file or "", "muted")],
        *[line for warning in view.warnings for line in paragraphs(f"{warning}.", width, style="warn")],
        [(said, "muted")],
        [("  ", ""), (f"mlcoach grade {view.item} good", "accent")],
        [("All that are due: ", "muted"), ("mlcoach review --only problems --clock 35m", "accent")],
        [("Undo: mlcoach undo", "muted")],
    ]


def adopted_lines(view: AdoptedView, width: int | None) -> Lines:
    """Return what moved where."""
    shown: Lines = [
        [("Moved: ", ""), (plural(view.moved, "answer"), "strong"), (f" of {view.old}", "")],
        [("   to: ", ""), (view.item, "accent"), (f", {plural(view.repetitions, 'answer')} now", "muted")],
    ]
    return [*shown, [("Undo: mlcoach undo", "muted")]]


def marked_lines(view: MarkedView, width: int | None) -> Lines:
    """Return what was done."""
    done, meaning, already = DONE[view.mark]
    shown: Lines = []
    if view.items:
        them = "it" if len(view.items) == 1 else "them"
        shown.append([(f"{done}: ", ""), (", ".join(view.items), "accent")])
        shown += paragraphs(meaning.format(them, them), width) if meaning else []
    shown += [[(f"{item} {already}.", "muted")] for item in view.already]
    return [*shown, [("Undo: mlcoach undo", "muted")]] if view.items else shown
