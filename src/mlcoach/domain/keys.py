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
    "review": "space enter escape 1 2 3 4 h u e b s f q",
    "placement": "space enter escape 1 2 3 4 ? y u q",
    "practice": "space enter 1 2 3 4 h t v e r n q",
    "paper": "space enter escape up down j k a m c w o d q",
    "timer": "d",
}


def named(*keys: str) -> tuple[str, ...]:
    """Return each key with its word, as the foot of a screen says it: `u undo`."""
    return tuple(f"{key} {KEYS[key]}" for key in keys)
