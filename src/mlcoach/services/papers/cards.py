"""Cards out of papers: a term and what it means, or any card, in a subject of the learner's own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mlcoach.curriculum.write import own_cards
from mlcoach.curriculum.write.card_keys import HOW_TO_ASK
from mlcoach.curriculum.write.card_text import read_keys
from mlcoach.domain.cloze import filled_in
from mlcoach.domain.paper_events import PaperCardMade
from mlcoach.domain.papers.ids import normal_title, short_id
from mlcoach.domain.text import checked
from mlcoach.errors import InvalidFileError, UsageError
from mlcoach.services import names
from mlcoach.services.cards.edit import checked_with
from mlcoach.services.cards.new import ASKING, ID, LONGEST_ID, TEMPLATE
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.papers.state import entry
from mlcoach.views.papers.around import PaperCardMadeView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_TERM, LONGEST_MEANING = 200, 2_000


def term(context: "Context", name: str, words: str, meaning: str) -> PaperCardMadeView:
    """Make a card of a term and what it means. Raises UsageError for one that is empty, or a card already."""
    kept = " ".join(checked(words, "term", LONGEST_TERM).split())
    said = checked(meaning, "meaning", LONGEST_MEANING)
    key = names.paper(context, name)
    if not kept or not said:
        raise UsageError(
            "a term needs its meaning, in your own words", f'`mlcoach paper term {short_id(key)} "softmax" "…"`'
        )
    keys = {"q": f"What does “{kept}” mean?", "a": said}
    return _add(context, key, own_cards.TERMS, keys, kept)


def card(context: "Context", name: str, keys: Mapping[str, Any]) -> PaperCardMadeView:
    """Make a card of a paper; keys are those of a card in a file.

    Raises UsageError for a card that asks nothing, or is there already, InvalidFileError for keys that make no card,
    StoreError when it cannot be written.
    """
    key = names.paper(context, name)
    asked = next((str(keys[one]) for one in ASKING if keys.get(one)), "")
    if not asked.strip():
        raise UsageError("a card needs a question", HOW_TO_ASK)
    return _add(context, key, own_cards.IDEAS, keys, asked)


def template(context: "Context", name: str) -> str:
    """Return what the editor opens with for a card of a paper. Raises as `names.paper` does."""
    return TEMPLATE.format(unit=entry(context, names.paper(context, name)).title)


def card_from_text(context: "Context", name: str, text: str) -> PaperCardMadeView:
    """Make the card that was written in the editor; without any key there is none. Raises as `card` does."""
    keys = {key: value for key, value in read_keys(text).items() if value != ""}
    if keys:
        return card(context, name, keys)
    return PaperCardMadeView(entry(context, names.paper(context, name)), None, "", "")


def _add(context: "Context", key: str, unit: str, keys: Mapping[str, Any], words: str) -> PaperCardMadeView:
    """Write the card and note which paper it is from, as one step of undo; the note makes its unit a passed one."""
    return change(context, lambda own: _write(context, own, key, unit, keys, words))


def _write(
    context: "Context", own: OwnFiles, key: str, unit: str, keys: Mapping[str, Any], words: str
) -> PaperCardMadeView:
    path = context.places.curriculum / own_cards.FILE_NAME
    found = own.text(path)
    text = own_cards.START if found is None else found
    there = own_cards.cards_of(text, unit)
    asked = next(str(keys[one]) for one in ASKING if keys.get(one))
    same = next((one for one in there if any(one.get(form) == asked for form in ASKING)), None)
    if same is not None:
        item = f"{own_cards.SUBJECT}.{unit}/{same.get('id', '')}"
        raise UsageError(f"`{words[:80]}` is a card already: `{item}`", f"`mlcoach cards show {item}`")
    id = _id(context, unit, keys, words, {str(one.get("id")) for one in there})
    paper = entry(context, key)
    changed = own_cards.with_card(text, unit, {"id": id, **keys}, f"from {key}, {paper.title[:120]}")
    report = checked_with(context, path, changed)
    if report.errors:
        raise InvalidFileError(report.errors[0].message, report.errors[0].hint)
    item = f"{own_cards.SUBJECT}.{unit}/{id}"
    own.write({path: changed}, (PaperCardMade(key, item),))
    context.reopen_catalog()
    warned = tuple(one.message for one in report.warnings if f"`{id}`" in one.message)
    return PaperCardMadeView(entry(context, key), item, asked, str(path), warned)


def _id(context: "Context", unit: str, keys: Mapping[str, Any], words: str, there: set[str]) -> str:
    """Return the id that the learner chose, or one of the first words that nothing in the unit has or had."""
    full = f"{own_cards.SUBJECT}.{unit}"
    catalog = context.catalog
    known = {*catalog.aliases(), *catalog.hidden, *context.store.items([f"{full}/{one}" for one in there])}
    taken = there | {one.removeprefix(f"{full}/") for one in known if one.startswith(f"{full}/")}
    if "id" in keys:
        id = keys["id"]
        if not isinstance(id, str) or not ID.fullmatch(id) or len(id) > LONGEST_ID or id in taken:
            raise UsageError(
                "this id is invalid, or is taken", "use lower-case words joined by hyphens, or leave it out"
            )
        return id
    plain = normal_title(filled_in(words)).split()
    base = "-".join([word for word in plain if word.isascii()][:6])[:60].strip("-") or "card"
    id, number = base, 2
    # An id lives for ever: one that a card had that is gone now must not begin with that card's history.
    while id in taken or context.store.items([f"{full}/{id}"]):
        id, number = f"{base}-{number}", number + 1
    return id
