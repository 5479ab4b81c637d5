"""The skills that adverts ask for: found by the words they are called by, in how many, and whether they are a must.

What a line is about comes from the heading above it and from words in it ("nice to have", "is a plus"). A skill that
is a must anywhere in an advert is one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mlcoach.domain.curriculum import RoleTool

MOST_WORDS = 6  # of an alias
_TOKEN = re.compile(r"[^\W_]+(?:[+#]+|(?:[._'’&][^\W_]+)+)?|\.net\b", re.IGNORECASE)
# What says that something is only wished for, and what says that it is needed, as words between blanks.
_PLUS = (
    "nice to have", "good to have", "a plus", "a big plus", "a strong plus", "a huge plus", "a bonus", "an advantage",
    "an asset", "bonus points", "preferred", "preferably", "desirable", "desired", "ideally", "advantageous",
    "optional", "optionally", "helpful", "welcome", "not required", "we would love", "we'd love", "would be nice",
    "would be great",
    "even better", "extra credit", "von vorteil", "wünschenswert", "idealerweise", "pluspunkt", "un plus", "souhaité",
    "apprécié", "se valora", "deseable",
)  # fmt: skip
_PLUS_FIRST = ("plus", "pluses", "bonus")
_MUST = (
    "must", "required", "requirement", "requirements", "essential", "mandatory", "you have", "you bring", "you know",
    "you need", "you should have", "qualifications", "who you are", "what you bring", "you'll bring", "what you need",
    "about you", "your profile", "we expect", "we need", "minimum", "basic", "responsibilities", "what you will do",
    "what you'll do", "the role", "the job", "voraussetzungen", "voraussetzung", "anforderungen", "dein profil",
    "ihr profil", "aufgaben", "deine aufgaben", "profil recherché", "requisitos", "missions",
)  # fmt: skip
# Sentences, and what is only wished for behind a comma.
_PART = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÄÖÜ(])|(?<=[,(])\s*(?=(?:ideally|preferably|idealerweise)\b)")
# Words that nearly every text in English has, and texts in other languages do not: `in` is German and Italian too.
_STOP_WORDS = frozenset(("the", "and", "of", "to", "with", "for", "you", "we", "are", "our", "your", "or"))
_LEAST_ENGLISH = 0.06  # of the words; the English adverts of the tests have 0.1 and more, the German one none
_LONGEST_HEADING = 80  # characters
_HEADING_WORDS, _WISHED_WORDS = (
    6,
    10,
)  # where no colon is at the end; where it says that what follows is only wished for


class FoundSkills(NamedTuple):
    """What one advert names: skills by id with whether each is a must, and words that no role knows."""

    skills: Mapping[str, bool]
    unknown: tuple[str, ...] = ()
    english: bool = True


class SkillCount(NamedTuple):
    """In how many adverts a skill is, and in how many of them a must."""

    skill: str
    adverts: int
    must: int


class Vocabulary:
    """The words by which skills are known, ready to look up."""

    def __init__(self, tools: Iterable[RoleTool]) -> None:
        self._skills: dict[tuple[str, ...], str] = {}
        self._words: set[str] = set()
        self._first: set[str] = set()
        self._exact: dict[str, str] = {}
        for tool in tools:
            for alias in (tool.name, *tool.aliases):
                words = _tokens(alias)
                if not words:
                    continue
                if len(words) == 1 and len(words[0]) <= 2:
                    self._exact.setdefault(alias.strip(), tool.id)  # `R` and `Go`, which are words in small letters
                    continue
                self._skills.setdefault(tuple(words), tool.id)
                self._words.update(words)
                self._first.add(words[0])
        self._longest = min(MOST_WORDS, max(map(len, self._skills), default=0))

    def find(self, text: str) -> FoundSkills:
        """Return what an advert names."""
        english = is_english(text)
        found: dict[str, bool] = {}
        unknown: Counter[str] = Counter()
        plus_section = False
        for line in text.split("\n"):
            stripped = line.strip()
            if not stripped:
                continue
            if _is_heading(stripped):
                is_plus = _is_wished(stripped)
                # A short line that names a skill is an entry of a list without bullets.
                entry = not stripped.endswith(":") and self._look(stripped, Counter(), english)
                if not entry or (not is_plus and _says(stripped, _MUST)):
                    plus_section = is_plus
            for sentence in _PART.split(stripped):
                skills = self._look(sentence, unknown, english)
                must = bool(skills) and not (plus_section or _is_wished(sentence))
                for skill in skills:
                    found[skill] = found.get(skill, False) or must
        return FoundSkills(found, tuple(unknown), english)

    def _look(self, sentence: str, unknown: Counter[str], english: bool) -> list[str]:
        """Return the skills of a sentence; words of it that may be names are counted in `unknown`."""
        raw = _TOKEN.findall(sentence)
        words = list(map(_normal, raw))
        found: list[str] = []
        place = 0
        while place < len(words):
            length, skill = 1, self._exact.get(raw[place])
            if words[place] in self._first:
                for longer in range(min(self._longest, len(words) - place), 0, -1):
                    if known := self._skills.get(tuple(words[place : place + longer])):
                        length, skill = longer, known
                        break
            if skill:
                found.append(skill)
            elif words[place] not in self._words and looks_like_a_name(raw[place], first=place == 0, english=english):
                unknown[raw[place]] += 1
            place += length
        return found


def is_english(text: str) -> bool:
    """Return whether a text reads like English: in other languages only names of tools are found."""
    words = _TOKEN.findall(text.lower())
    return not words or sum(word in _STOP_WORDS for word in words) >= _LEAST_ENGLISH * len(words)


def _is_wished(text: str) -> bool:
    words = _spoken(text)
    return words.startswith(tuple(f" {first} " for first in _PLUS_FIRST)) or any(f" {one} " in words for one in _PLUS)


def _says(text: str, phrases: Sequence[str]) -> bool:
    words = _spoken(text)
    return any(f" {one} " in words for one in phrases)


def _spoken(text: str) -> str:
    """Return the words of a text in small letters, a blank around each."""
    return f" {' '.join(_TOKEN.findall(text.lower().replace('’', chr(39))))} "


def _is_heading(line: str) -> bool:
    """Return whether a line stands above others: short, not an entry of a list, and not a sentence."""
    if line[0] in "-*•·–" or len(line) > _LONGEST_HEADING:
        return False
    if line.endswith(":"):
        return True
    most = _WISHED_WORDS if _is_wished(line) else _HEADING_WORDS
    return len(line.split()) <= most and not any(sign in line for sign in ".!?;:")


def looks_like_a_name(word: str, *, first: bool, english: bool) -> bool:
    """Return whether a word may be the name of a tool: `LangGraph`, `dbt2`, `SAP`; in English `Snowplow` too.

    A word at the beginning of a sentence has a capital letter anyway.
    """
    if word.islower() and word.isalpha():
        return False
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) < 2 or word.isdecimal() or _normal(word) in _ORDINARY or "'" in word or "’" in word:
        return False
    inner = any(letter.isupper() for letter in letters[1:])
    signs = any(letter in "+#" for letter in word) or (any(letter.isdigit() for letter in word) and word[0].isalpha())
    if inner or signs:
        return True
    return english and not first and letters[0].isupper()


def count_skills(adverts: Iterable[FoundSkills]) -> list[SkillCount]:
    """Return the skills by in how many adverts they are, of equal ones the more often needed first."""
    counts: Counter[str] = Counter()
    must: Counter[str] = Counter()
    for advert in adverts:
        for skill, needed in advert.skills.items():
            counts[skill] += 1
            must[skill] += needed
    found = [SkillCount(skill, number, must[skill]) for skill, number in counts.items()]
    return sorted(found, key=lambda one: (-one.adverts, -one.must, one.skill))


def count_unknown(adverts: Sequence[FoundSkills]) -> list[tuple[str, int]]:
    """Return the words known to no role that may be names of tools, with in how many adverts each is."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for advert in adverts:
        for word in {_normal(word): word for word in advert.unknown}.items():
            counts[word[0]] += 1
            shown.setdefault(*word)
    return sorted(((shown[word], number) for word, number in counts.items()), key=lambda one: (-one[1], one[0].lower()))


def per_hour(count: SkillCount, hours: float) -> float:
    """Return in how many adverts an hour of learning counts, a must twice."""
    return (count.adverts + count.must) / max(hours, 0.5)


def _tokens(text: str) -> list[str]:
    return [_normal(match[0]) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=20_000)
def _normal(word: str) -> str:
    """Return a word as it is compared: small, and a plural of three letters and more as its singular."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "sis")) else word


# Capital letters that are not of a tool: places, offices, degrees, days, and what adverts say of themselves.
_ORDINARY_WORDS = """
a about additionally all also an and any applicant apply are as at bachelor ba bachelor's based be benefit berlin
bonus bs bsc business candidate career ceo company cto customer cv data degree department dev dutch engineer
engineering english equal eu europe european experience fortune france french friday full fulltime gender german
germany gmbh hamburg have head help hq hr hybrid i ideally if in inc india international it job join junior kpi kpis
lead learning linkedin llc london ltd machine manager master ma max md m.s ms msc munich month monday mobile must
nice no ny nyc office ok on only opportunity or our paris part perk phd ph.d plus position preferred product profile
qa r&d remote requirement research responsibilit responsibility role rsu saas salary san scientist senior series
skill staff startup start-up strong team tech the they this time to tuesday uk united us usa usd vp we what who wfh
wish work year years yoe you your zurich eur gbp chf am pm d f m w x ii iii faq pto k401 401k gdpr ceo's states
kingdom california york francisco amsterdam boston seattle austin toronto canada spain dublin january february march
april may june july august september october november december wednesday thursday saturday sunday stem bs/ms ba/bs
b2b b2c nasdaq ngo ngos roi okr okrs ui ux pc os ipo id
"""
_ORDINARY = frozenset(_normal(word) for word in _ORDINARY_WORDS.split())
