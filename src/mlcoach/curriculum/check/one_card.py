"""What the checker says of one card alone, before it is in any file; the whole curriculum takes long to check."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from mlcoach.curriculum.check.cards import LONGEST_ANSWER, card_fault
from mlcoach.curriculum.check.lint import ENUMERATING
from mlcoach.curriculum.check.questions import second_question
from mlcoach.curriculum.read.model import CardTable
from mlcoach.domain.text import first_hostile, one_line


def card_faults(keys: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a card, and what could be better, each with what to do about it; nothing if it passes.

    What can only be seen beside other cards (the same answer, nearly the same question) is for the whole check.
    """
    for key, value in keys.items():
        if isinstance(value, str) and (hostile := first_hostile(value)):
            return [f"`{key}` contains the control character {hostile}: write it as plain text"]
    try:
        card = CardTable.model_validate({"id": "draft", **keys})
    except ValidationError as error:
        first = error.errors()[0]
        return [f"`{'.'.join(map(str, first['loc']))}`: {one_line(first['msg'])[:200]}"]
    fault = card_fault(card)
    if fault:
        return [f"it {fault.message}: {fault.hint}"]
    found = []
    if len(card.a or "") > LONGEST_ANSWER:
        found.append(f"its answer is over {LONGEST_ANSWER} characters, hard to recall: make two cards of it")
    if card.q is not None and ENUMERATING.search(card.q):
        found.append("it asks for a list: ask for one part at a time, or hide one part with `cloze`")
    if second := second_question(card.q or card.numeric or ""):
        found.append(f"it asks a second thing (`{one_line(second)[:80]}`): make two cards of it")
    return found
