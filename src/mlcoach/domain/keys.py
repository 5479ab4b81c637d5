"""The keys of all interactive screens in one table: a key means one thing, wherever it is pressed.

Each screen takes its keys and their words from here, so that none can come to mean something else on another screen.
Answers that are typed are text and not keys; 1 to 4 are the four steps of a scale, from worst to best.
"""

KEYS = {
    "space": "goes on",  # turns the page while there is more, then opens, ticks or leads to the next
    "enter": "goes on",
    "escape": "clears what was typed, or leaves a screen",
    "up": "up",
    "down": "down",
    "k": "up",
    "j": "down",
    "1": "the worst of four",
    "2": "the second of four",
    "3": "the third of four",
    "4": "the best of four",
    "?": "I don't know",
    "a": "answer",
    "b": "tomorrow",
    "c": "cited paper",
    "d": "done",
    "e": "edit",
    "f": "flag",
    "h": "hint",
    "m": "my question",
    "n": "next",
    "o": "open",
    "q": "leave",
    "r": "reset",
    "s": "set aside",
    "t": "tests",
    "u": "undo",
    "v": "view solution",
    "w": "new word",
    "y": "mine was right",
}
# What each screen takes, in the order in which it names them.
SCREENS = {
    "review": "space enter escape 1 2 3 4 ? h u e b s f q",
    "placement": "space enter escape 1 2 3 4 ? y u q",
    "practice": "space enter 1 2 3 4 h t v e r n q",
    "paper": "space enter escape up down j k a m c w o d q",
    "timer": "d",
}


def named(*keys: str) -> tuple[str, ...]:
    """Return each key with its word, as the foot of a screen says it: `u undo`."""
    return tuple(f"{key} {KEYS[key]}" for key in keys)


class PressedKey(str):
    """A letter that was pressed, as the key that it is: in lower case. `typed` is the letter itself, for answers."""

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, letter: str) -> "PressedKey":
        """Return the key of a letter."""
        key = super().__new__(cls, letter.lower())
        key.typed = letter
        return key


def typed_letter(key: str) -> str:
    """Return what a key adds to an answer that is typed: a capital stays one."""
    return " " if key == "space" else getattr(key, "typed", key)


# Words typed at a screen of single keys must not be taken for keys, one after the other.
WORDS = "words"  # what a screen is given in place of each key of such words
TOGETHER_SECONDS = 0.35  # letters so close to each other are one word, also of who types slowly
WORD_SECONDS = 1.5  # within words that were begun, until the next letter
BLANK_SECONDS = 0.6  # until the blank, digit or mark after a letter
PASTED_SECONDS = 0.05  # an enter so soon after a letter was not pressed by a finger
MOVING = "jk"
OF_NUMBERS = "0123456789.,%/"  # what follows a digit at once where a number is written, not a grade given
REPEATED = "hjktu"  # keys that are pressed twice on purpose; no word has these doubled at its beginning


class TypedWords:
    """Tells words that were typed or pasted from keys that were meant, by how close to each other they come.

    A letter is a key only where it comes alone: no other came just before it, and none follows at once. One that the
    screen does not know begins words.
    """

    def __init__(self, screen: str) -> None:
        """Begin for a screen of `SCREENS`."""
        self._known = frozenset(key for key in SCREENS[screen].split() if len(key) == 1)
        self._last, self._last_at = "", float("-inf")
        self._in_words = False

    def waits(self, key: str) -> bool:
        """Return whether what follows within `TOGETHER_SECONDS` decides what the key is."""
        return key in self._known and key.isalpha() and key not in MOVING

    def are(self, key: str, at: float, following: str = "") -> bool:
        """Return whether the key, pressed `at` (seconds of a clock), is part of words.

        `following` is the key that came within `TOGETHER_SECONDS`, "" for none.
        """
        since = at - self._last_at
        if _is_letter(key):
            after = since <= (WORD_SECONDS if self._in_words else TOGETHER_SECONDS) and not self._is_again(key)
            before = _is_letter(following) and not (key == following and key in REPEATED)
            self._in_words = (
                key not in self._known or (key not in MOVING and (after or before)) or (self._in_words and after)
            )
            self._last, self._last_at = key, at
            return self._in_words
        if key.isdecimal() and following and following in OF_NUMBERS:
            self._in_words, self._last_at = True, at
            return True
        limit = PASTED_SECONDS if key == "enter" else BLANK_SECONDS
        self._in_words = self._in_words and since <= limit and (len(key) == 1 or key in ("space", "enter", "backspace"))
        if self._in_words:
            self._last_at = at
        return self._in_words

    def _is_again(self, key: str) -> bool:
        return not self._in_words and key == self._last and key in REPEATED


def _is_letter(key: str) -> bool:
    return len(key) == 1 and key.isalpha()
