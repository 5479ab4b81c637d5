"""Rules for one card: exactly one of the four forms, complete; and an answer short enough to recall."""

from collections.abc import Iterator
from typing import NamedTuple

from mlcoach.curriculum.read.error_messages import describe
from mlcoach.curriculum.read.model import CardChange, CardTable, OverlayFile, SubjectFile
from mlcoach.curriculum.read.problems import Problem
from mlcoach.curriculum.read.source import KeyLocation, Source
from mlcoach.domain.cloze import CLOSE, OPEN, parts_of

LONGEST_ANSWER = 240  # characters
FORMS = ("q", "cloze", "numeric")
# The keys that belong to a form; a change of form drops those of the old one.
FORM_KEYS = {"q": ("a", "expects"), "cloze": (), "numeric": ("answer", "tolerance")}
FORMS_HINT = "`q` and `a`; `q`, `code` and `expects`; `cloze`; `numeric` and `answer`; or `vary`"


class Fault(NamedTuple):
    """What is wrong with a card: the key it is about ("" for the whole card), and what to say."""

    key: str
    message: str
    hint: str


def look_at_cards(source: Source) -> None:
    """Note the problems of all cards and pretest questions that are complete in a file."""
    for card, place in _cards(source):
        # A card without its wrong values is not what the author wrote.
        if place.path in source.refused:
            continue
        source.problems += card_problems(card, place)


def card_problems(card: CardChange, place: KeyLocation, name: str = "") -> list[Problem]:
    """Return what is wrong with a card: its form, and an answer too long.

    `name` is what people call it, by default as the file does.
    """
    source, problems = place.source, []
    fault = card_fault(card)
    too_long = card.a is not None and len(card.a) > LONGEST_ANSWER
    # Finding the name takes longer than finding nothing wrong.
    name = name or (describe(source.data, place.path) if fault or too_long else "")
    if fault:
        spot = place.value_spot if not fault.key else source.locator.key((*place.path, fault.key))
        problems.append(source.problem("card-form", spot, f"{name} {fault.message}", fault.hint))
    if card.a is not None and too_long:
        problems.append(
            source.problem(
                "long-answer",
                source.locator.value((*place.path, "a")),
                f"the answer of {name} has {len(card.a)} characters; over {LONGEST_ANSWER} is hard to recall",
                "make two cards of it",
                severity="warning",
            )
        )
    return problems


def card_fault(card: CardChange) -> Fault | None:
    """Return the first thing wrong with the form of a card, or None."""
    forms = [key for key in FORMS if getattr(card, key) is not None]
    if card.vary is not None and ((fault := _beside_vary(card)) or not forms):
        return fault
    if not forms:
        return Fault("", "asks nothing", f"write {FORMS_HINT}")
    if len(forms) > 1:
        return Fault(forms[1], f"has both `{forms[0]}` and `{forms[1]}`", f"a card is {FORMS_HINT}")
    form = forms[0]
    for other, keys in FORM_KEYS.items():
        stray = next((key for key in keys if other != form and getattr(card, key) is not None), "")
        if stray:
            return Fault(stray, f"has `{stray}`, which does not go with `{form}`", f"a card is {FORMS_HINT}")
    if card.accept_text is not None and (form != "q" or card.a is None):
        return Fault("accept_text", f"has `accept_text`, which does not go with `{form}`", "only `q` and `a` have it")
    if card.reverse and form != "q":
        return Fault("reverse", f"has `reverse`, which does not go with `{form}`", "only `q` and `a` reverse")
    return {"q": _question_fault, "cloze": _cloze_fault, "numeric": _numeric_fault}[form](card)


def _beside_vary(card: CardChange) -> Fault | None:
    """Return what cannot stand beside `vary`: the frozen card is one with a number, or a question and an answer."""
    for key in ("cloze", "expects", "reverse", "accept_text"):
        if getattr(card, key):
            return Fault(
                key, f"has `{key}`, which does not go with `vary`", "keep `numeric` and `answer`, or `q` and `a`"
            )
    return None


def _question_fault(card: CardChange) -> Fault | None:
    if card.a is None and card.expects is None:
        return Fault("q", "has no answer", "write `a`, or `code` and `expects` to ask for an output")
    if card.a is not None and card.expects is not None:
        return Fault("expects", "has both `a` and `expects`", "keep `expects` for what `code` prints, else `a`")
    if card.expects is not None and card.code is None:
        return Fault("expects", "expects an output but has no `code`", "write `code`, or `a` for an answer")
    return None


def _cloze_fault(card: CardChange) -> Fault | None:
    text = card.cloze or ""
    parts = parts_of(text)
    hidden = [part.text for part in parts if part.hidden]
    if OPEN not in text:
        return Fault("cloze", "hides nothing", "put what is to be recalled in double braces: {{…}}")
    before = parts[0].text if parts and not parts[0].hidden else ""
    if not hidden or CLOSE in before or any(OPEN in part.text for part in parts):
        return Fault("cloze", "has braces that do not pair up", "every {{ needs its }}")
    if not all(part.strip() for part in hidden):
        return Fault("cloze", "has an empty {{}}", "put what is to be recalled between the braces")
    return None


def _numeric_fault(card: CardChange) -> Fault | None:
    if card.answer is None:
        return Fault("numeric", "has no `answer`", "write `answer = 3`, and `tolerance` if near is enough")
    return None


def _cards(source: Source) -> Iterator[tuple[CardTable, KeyLocation]]:
    model = source.model
    if not isinstance(model, SubjectFile | OverlayFile):
        return
    for index, unit in enumerate(model.unit):
        for key, cards in (("pretest", unit.pretest), ("card", unit.card)):
            for number, card in enumerate(cards):
                yield card, KeyLocation(source, ("unit", index, key, number))
    if isinstance(model, OverlayFile):
        for name, change in model.change.items():
            if change.add is None:
                continue
            for key, cards in (("pretest", change.add.pretest), ("card", change.add.card)):
                for number, card in enumerate(cards):
                    yield card, KeyLocation(source, ("change", name, "add", key, number))
