"""Which keys belong to an answer that is being typed, and what they make of it."""

from mlcoach.adapters.practice.typed_items import AskedItem, judge
from mlcoach.domain.answers import LONGEST_NUMBER, parse_number
from mlcoach.domain.keys import typed_letter
from mlcoach.domain.practice.accept import Typing
from mlcoach.services.review.current_item import LETTERS, CurrentItem
from mlcoach.views.review import ItemForm, Phase

NUMBER_KEYS = frozenset("0123456789.,-−+/^*%_eE")
VECTOR_KEYS = frozenset("()[];")
HARMLESS = "huq"  # what they do is said on the screen, and taken back with a key
LONGEST_TYPED = 200  # characters of a vector, a formula or a text


def is_typed(key: str, current: CurrentItem, typing: Typing, form: ItemForm) -> bool:
    """Return whether the key belongs to an answer being typed; `e` begins no number."""
    if current.phase != "question":
        return False
    begun = bool(current.typed)
    if begun and key in ("backspace", "escape"):
        return True
    if typing in LETTERS and not current.keys_act:
        return (len(key) == 1 and key.isprintable()) or (begun and key == "space")
    if not typing and form != "numeric":
        return False
    if (begun and key == "space") or (typing and len(key) == 1 and key.isdecimal()):
        return True
    return key in (NUMBER_KEYS | VECTOR_KEYS if typing == "vector" else NUMBER_KEYS) and (begun or key not in "eE")


def is_refused(key: str) -> bool:
    """Return whether a letter is not a key while a number is asked for: it would change what becomes of the item."""
    return len(key) == 1 and key.isalpha() and key not in HARMLESS


def is_answerable(asked: AskedItem, typed: str) -> bool:
    """Return whether there is an answer to be sure of: one in mind, or one typed that can be judged."""
    if asked.typing and typed:
        return not judge(asked, typed).fault
    return not typed or bool(parse_number(typed))


def how_it_went(form: ItemForm) -> str:
    """Return what the four keys say: of what is written or made nothing was known before."""
    return "1 to 4 say how it went" if form == "exercise" else "1 to 4 say how well you knew it"


def words_note(phase: Phase, form: ItemForm, *, numbers: bool) -> str:
    """Return what to say to words that were typed where they do not answer; `numbers`: where digits are."""
    if numbers:
        return "digits please: a number is asked for; esc, then letters are keys"
    next_key = {
        "question": "space shows the answer",
        "check": "space goes on",
        "confidence": "1 to 4 say how sure you are",
    }
    return f"to think or write is enough here: {next_key.get(phase, how_it_went(form))}"


def typed_after(typed: str, key: str, typing: Typing) -> str:
    """Return what is typed after a key."""
    if key == "escape":
        return ""
    if key == "backspace":
        return typed[:-1]
    longest = LONGEST_TYPED if typing in ("vector", *LETTERS) else LONGEST_NUMBER
    return typed + typed_letter(key) if len(typed) < longest else typed
