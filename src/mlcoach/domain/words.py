"""Words as people use them, compared whatever their case, accents, plurals and spelling; and names in a row."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

SMALL_WORDS = frozenset(
    (
        "a", "an", "and", "at", "for", "from", "in", "is", "it", "my", "of", "on", "or", "some", "the", "this", "to",
        "with", "your",
    )
)  # fmt: skip
# Another word for the same thing. What is only shorter (`backprop`, `maths`) needs no entry: beginnings are enough.
SAME: dict[str, tuple[str, ...]] = {
    "nn": ("neural", "network"),
    "dl": ("deep", "learning"),
    "ml": ("machine", "learning"),
    "linalg": ("linear", "algebra"),
    "stat": ("statistic",),
    "math": ("mathematic",),
    "coding": ("programming",),
    "convnet": ("convolutional", "network"),
    "cnn": ("convolutional", "network"),
    "sgd": ("stochastic", "gradient", "descent"),
    "knn": ("nearest", "neighbour"),
    "bayesian": ("baye",),
    "laptop": ("machine",),
}
TRACK_WORDS = {
    "math": "math", "maths": "math", "mathematics": "math", "programming": "prog", "coding": "prog",
    "research papers": "papers", "engineering": "eng", "job": "career", "vision": "cv", "language": "nlp",
    "voice": "audio", "reinforcement": "rl", "generative": "gen",
}  # fmt: skip
# Texts: to make patterns of them takes longer than to look for a word, and few who do ask for these.
_OPENING = (
    r"(?:(?:i|we)(?:['’]?(?:m|ve|d)| am| have| do| can)?\s+)?(?:(?:already|really|quite)\s+)*"
    r"(?:(?:know|knew|used?|learn(?:ed|t)|study|studied|did|done|taught|teach|speak|write|good at|familiar with"
    r"|experience(?:d)? (?:in|with)|comfortable with)\s+)?(?:(?:well|my)\s+)*(?=\S)"
)
# Who somebody is: `I'm a web developer who knows`, `as a physicist with`. That is no subject.
_PERSON = (
    r"(?:(?<=,)|^)\s*(?:(?:i|we)(?:['’]?m| am| was| are| work as)|im|as|being)\s+(?:now\s+|also\s+)?an?\s"
    r"[^,]*?(?:\s+(?:with|who|that)\s+(?:(?:knows?|has|have|uses?|can|speaks?)\s+)?|\s+and\s+(?=(?:i|we)\b)|(?=,)|$)"
)
# What says that somebody knows a little of a thing, not the thing: before it, behind it, or alone.
_LITTLE = (
    r"(?:some|a (?:very |tiny |little )?(?:little|bit)|a few|few|little|basic|(?:the )?basics(?= of)|rudimentary|rusty"
    r"|half[- ]forgotten|forgotten|beginner['’]?s?|school[- ]level)"
)
_HEDGE = rf"(?:(?:only|just|very|rather|quite|my|but)\s+)*{_LITTLE}(?:\s+of)?(?:\s+(?:my|the))?"
# When and where somebody learned a thing: the first says that it is rusty, the second nothing of the thing.
_WHEN = (
    r"(?:(?:a\s+)?(?:very\s+)?long(?:\s+time)?|ages|(?:some|a\s+few|many|several|\d+|two|three|five|ten|twenty)?\s*"
    r"(?:years|months|decades|weeks)|a\s+(?:year|while|decade))\s+ago|once|back\s+then|in\s+(?:19|20)\d\d"
    r"|in\s+the\s+(?:\d{2}|\w+ties)s?"
)
_PLACE = (
    r"(?:school|high\s?school|university|uni|college|work|home|job|courses?|class(?:es)?|bootcamps?|tutorials?|youtube"
    r"|videos?|books?|studies|degree|internet|web)"
)
_WHERE = (
    rf"(?:back\s+)?(?:from|at|in|on|through|via|by|during|for)\s+(?:(?:a|an|the|my|some|one|free|online|short|evening|old"
    rf"|paid|my\s+old|few)\s+)*{_PLACE}\b(?:\s+(?:online|years|days))?|(?:by|on)\s+my(?:self|\s+own)"
)
_DENIAL = r"(?:[,;.]|\s+but|\s+and)?\s+(?:but\s+)?(?:no|not|never|except|without)\s+"
BEGINNING = 4  # letters from which a beginning stands for the word


def plain(text: str) -> str:
    """Return a text in small letters without accents, British and American spelling made one."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(character for character in apart if not unicodedata.combining(character))
    return text.casefold().replace("iz", "is").replace("yz", "ys")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning, singular."""
    found = set[str]()
    for word in re.findall(r"[\w+#]+(?:-[\w+#]+)*", plain(text)):
        parts = word.split("-")
        # A letter with a hyphen is one word with what follows, such as `p-value`: alone it says nothing.
        found |= {word, *(part for part in parts if len(part) > 1)} if min(map(len, parts)) == 1 else {*parts}
    return frozenset(_singular(word) for word in found if word not in SMALL_WORDS)


def asked_words(text: str) -> tuple[frozenset[str], ...]:
    """Return what may be meant by a text, each as the words that have to be found: as it is, then by another word."""
    given = words_of(text)
    other = frozenset(same for word in given for same in SAME.get(word, (word,)))
    return (given,) if other == given else (given, other)


def holds(text: Iterable[str], wanted: Iterable[str], beginning: int = BEGINNING) -> bool:
    """Return whether every wanted word is among those of a text; from some letters on a beginning will do."""
    have = text if isinstance(text, frozenset) else frozenset(text)
    return all(
        word in have
        or (len(word) >= beginning and any(other.startswith(word) for other in have))
        or (len(word) == 1 and any(other.startswith(f"{word}-") for other in have))
        for word in wanted
    )


def excerpt(text: str, wanted: Iterable[str], length: int) -> str:
    """Return at most so many characters of a text around the first of these words, all of a short one.

    It is cut between words, and `…` stands where it is; a word that is longer than all the room is cut inside.
    """
    if len(text) <= length:
        return text
    place = _place_of(text, wanted)
    # Long texts are split only as far as the room could reach.
    low, high = max(0, place - 2 * length), place + 3 * length
    words = [(found.start(), found.end()) for found in re.compile(r"\S+").finditer(text, low, high)]
    if len(words) > 2:  # those at the edges may have been cut
        words = words[low > 0 : len(words) - (high < len(text))]
    at = next((n for n, (_, stop) in enumerate(words) if stop > place), len(words) - 1)
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())

    def room(first: int, last: int) -> int:
        start, stop = words[first][0], words[last][1]
        return stop - start + (start > begin) + (stop < end)

    if not words or room(at, at) > length:
        start = words[at][0] if words else 0
        return f"{text[start : start + length - 1]}…"
    first = last = at
    # Words before it as far as half of the room goes, then behind it, then before it again where it is near the end.
    while first and room(first - 1, last) <= max(length // 2, room(at, at)):
        first -= 1
    while last + 1 < len(words) and room(first, last + 1) <= length:
        last += 1
    while first and room(first - 1, last) <= length:
        first -= 1
    start, stop = words[first][0], words[last][1]
    return f"{'…' * (start > begin)}{text[start:stop]}{'…' * (stop < end)}"


def best_piece(text: str, wanted: Iterable[str], length: int) -> str:
    """Return a short text whole, of a long one the piece of its list, else its sentence, with the most of the words."""
    if len(text) <= length:
        return text
    words = tuple(wanted)
    pieces = text.split("; ") if "; " in text else text.split(". ")
    return excerpt(max(pieces, key=lambda piece: sum(holds(words_of(piece), (word,)) for word in words)), words, length)


def _place_of(text: str, wanted: Iterable[str]) -> int:
    """Return where in a text the first of these words begins, else where it is inside another one, else 0."""
    ways = [rf"(?<![\w+#]){re.escape(word)}" for word in sorted(wanted)] + [re.escape(word) for word in sorted(wanted)]
    low = plain(text)
    if len(low) == len(text):
        return next((found.start() for way in ways if (found := re.search(way, low))), 0)
    # A letter that is plain as two moves all behind it: then word by word.
    words = [(found.start(), plain(found[0])) for found in re.finditer(r"\S+", text)]
    return next((start for way in map(re.compile, ways) for start, word in words if way.search(word)), 0)


def split_names(words: Sequence[str], is_name: Callable[[str], bool]) -> list[str]:
    """Return the names in a row of words: what stands between commas and `and`, else the longest that are names.

    `school maths and linear algebra eigen` are three. A word that belongs to no name is one by itself.
    """
    names: list[str] = []
    parts = re.split(r"\s*,\s*|\s+and\s+", " ".join(words).strip(" ,"))
    # A title may hold a comma or an `and` itself: then it is one name.
    if len(parts) > 1 and is_name(" ".join(words)):
        return [" ".join(words)]
    for part in parts:
        rest = part.split()
        while rest:
            length = next((size for size in range(len(rest), 1, -1) if is_name(" ".join(rest[:size]))), 1)
            names.append(" ".join(rest[:length]))
            rest = rest[length:]
    return names


def step_said(words: Sequence[str]) -> tuple[str, int] | None:
    """Return the name before `step N` and the number, `("", N)` for `step N` alone; None for other words."""
    found = re.fullmatch(r"(?:(.+?)[\s,/]+)?(?:the\s+)?step\s*(\d{1,3})", " ".join(words).strip(), re.IGNORECASE)
    if not found:
        return None
    name = (found[1] or "").strip()
    return ("" if name.lower() == "the" else name, int(found[2]))


def without_opening(text: str) -> str:
    """Return what somebody says they know, without the words that say so: `I already know some python` -> `python`."""
    return re.sub(_OPENING, "", text.strip(), count=1, flags=re.IGNORECASE) or text.strip()


def clauses(text: str, is_name: Callable[[str], bool]) -> list[str]:
    """Return what stands between commas and `and`; a title that holds one of them itself is one."""
    whole = text.strip(" ,;.")
    if is_name(whole):
        return [whole]
    return [part for part in re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", whole) if part]


def without_hedge(text: str) -> tuple[str, bool]:
    """Return a thing without the words that say one knows a little of it, and whether there were any.

    `a bit of python` and `statistics (rusty)` are such; of `some` alone nothing is left.
    """
    bare = " ".join(text.replace("(", " ").replace(")", " ").split())
    front = re.sub(rf"^(?:{_HEDGE}(?:\s+|$))+", "", bare, flags=re.IGNORECASE)
    rest = re.sub(rf"(?:\s+(?:is|are))?(?:(?:(?:^|\s+){_HEDGE})+|\s+basics)$", "", front, flags=re.IGNORECASE)
    return (rest, True) if rest != bare else (text, False)


def without_circumstance(text: str) -> str:
    """Return what somebody says they know without where they learned it; when they did makes it rusty.

    `a bit of python from a free course` -> `a bit of python`, `school maths long ago` -> `school maths rusty`.
    """
    text = " ".join(text.split())  # the patterns try each way to share out blanks that stand together
    bare = re.sub(rf"(?:^|\s+)(?:{_WHERE})(?!\S)", "", text, flags=re.IGNORECASE)
    return re.sub(rf"(?:^|\s+)(?:{_WHEN})(?!\S)", " rusty", bare, flags=re.IGNORECASE).strip()


def is_near(name: str, others: Iterable[str]) -> bool:
    """Return whether a name is one of the others but for a slip of the fingers: a typing error, no other word."""
    from difflib import get_close_matches

    low = name.lower()
    return bool(get_close_matches(low, [*others], 1, 0.79))


def without_person(text: str) -> str:
    """Return what somebody says they know, as clauses, without who they say they are.

    `I am a physicist. I know calculus well, but my statistics is rusty` -> `I know calculus, my statistics is rusty`.
    """
    text = re.sub(r"[.;!?](?=\s)|[.;!?]$", ",", text.strip())
    text = re.sub(
        r",?\s+(?:but|though|although|while|yet)\s+(?!(?:no|not|never|without)\b)", ", ", text, flags=re.IGNORECASE
    )
    text = re.sub(_PERSON, "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\s+(?:(?:very|quite|pretty|really)\s+)?(?:well|fluently)(?=\s*(?:,|$|and\b))", "", text, flags=re.IGNORECASE
    )
    return re.sub(r"\s*,(?:\s*,)*\s*", ", ", text).strip(" ,")


def said_and_denied(text: str) -> tuple[str, str]:
    """Return what somebody says they know and what they say they do not: `algebra, but no statistics`."""
    said, *denied = re.split(_DENIAL, text, maxsplit=1, flags=re.IGNORECASE)
    return said.strip(" ,;."), (denied[0] if denied else "").strip(" ,;.")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def is_called(title: str, name: str) -> bool:
    """Return whether a name is this title, all of it and no more, in whatever words people use for it."""
    return any(wanted and wanted == words_of(title) for wanted in asked_words(name))


def stands_for_whole(name: str, unit_id: str, title: str, subject: tuple[str, str, str], beside: Iterable[str]) -> bool:
    """Return whether a name that people say stands for all of a unit, not for a part or a neighbour of it.

    `subject` is the id, title and track of the unit's subject, `beside` are the titles of all its units. Ids and whole
    titles stand for all that they name. Where units begin with their subject's title, that title alone means these:
    who knows Python may not know NumPy.
    """
    low = name.strip().lower()
    id, subject_title, track = subject
    if low == unit_id or unit_id.endswith(f".{low}") or is_called(title, name):
        return True
    if low in (id, track) or TRACK_WORDS.get(low) == track or id.startswith(f"{low}.") or id.endswith(f".{low}"):
        return True
    if not is_called(subject_title, name):
        return False
    begins = f"{plain(subject_title)} "
    called_after_it = [other for other in beside if f"{plain(other)} ".startswith(begins)]
    return title in called_after_it if called_after_it else True
