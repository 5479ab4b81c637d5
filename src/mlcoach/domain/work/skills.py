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
from mlcoach.domain.work.advert import is_english

MOST_WORDS = 6  # of an alias
_TOKEN = re.compile(r"[^\W_]+(?:[+#]+|(?:[._'’&][^\W_]+)+)?|\.net\b", re.IGNORECASE)
_PLUS = re.compile(
    r"nice[- ]to[- ]have|good[- ]to[- ]have|\bplus(?:ses)?\s*[:!.)]|^\W*(?:a )?(?:plus(?:es)?|bonus)\b|bonus points|"
    r"\b(?:is|are|be|as|considered) an? (?:big |strong |huge |definite )?(?:plus|bonus|advantage|asset)\b|"
    r"\b(?:preferred|preferably|desirable|desired|ideally|advantageous|optional(?:ly)?|helpful|welcome)\b|"
    r"\bnot required\b|\bwe(?:'d| would) love\b|\bwould be (?:nice|great)\b|\beven better\b|\bextra credit\b|"
    r"von vorteil|wünschenswert|idealerweise|pluspunkt|un plus|souhaité|apprécié|se valora|deseable",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must|required|requirements?|essential|mandatory|you (?:have|bring|know|need)|qualifications|who you are|"
    r"what you(?:'ll)? (?:bring|need)|about you|your profile|we expect|we need|minimum|basic)\b|responsibilit|"
    r"what you(?:'ll| will) do|the role|the job|voraussetzung|anforderung|dein profil|ihr profil|aufgaben|"
    r"profil recherché|requisitos|missions",
    re.IGNORECASE,
)
# Sentences, and what is only wished for behind a comma.
_PART = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÄÖÜ(])|(?<=[,(])\s*(?=(?:ideally|preferably|idealerweise)\b)")
_LONGEST_HEADING, _HEADING_WORDS = 80, 6  # characters; words where no colon is at the end


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
                is_plus = bool(_PLUS.search(stripped))
                # A short line that says neither, and names a skill, is an entry of a list without bullets.
                if is_plus or _MUST.search(stripped) or not self._names_one(stripped):
                    plus_section = is_plus
            for sentence in _PART.split(stripped):
                must = not (plus_section or _PLUS.search(sentence))
                self._look(sentence, must, found, unknown, english)
        return FoundSkills(found, tuple(unknown), english)

    def _names_one(self, line: str) -> bool:
        found: dict[str, bool] = {}
        self._look(line, True, found, Counter(), False)
        return bool(found)

    def _look(self, sentence: str, must: bool, found: dict[str, bool], unknown: Counter[str], english: bool) -> None:
        raw = [match[0] for match in _TOKEN.finditer(sentence)]
        words = [_normal(word) for word in raw]
        place = 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                skill = self._skills.get(tuple(words[place : place + length]))
                if skill:
                    break
            else:
                length, skill = 1, self._exact.get(raw[place])
            if skill:
                found[skill] = found.get(skill, False) or must
            elif words[place] not in self._words and looks_like_a_name(raw[place], first=place == 0, english=english):
                unknown[raw[place]] += 1
            place += length


def _is_heading(line: str) -> bool:
    """Return whether a line stands above others: short, not an entry of a list, and not a sentence."""
    if line[0] in "-*•·–" or len(line) > _LONGEST_HEADING:
        return False
    return line.endswith(":") or (len(line.split()) <= _HEADING_WORDS and not re.search(r"[.!?;:]", line))


def looks_like_a_name(word: str, *, first: bool, english: bool) -> bool:
    """Return whether a word may be the name of a tool: `LangGraph`, `dbt2`, `SAP`; in English `Snowplow` too.

    A word at the beginning of a sentence has a capital letter anyway.
    """
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
    """Return a word as it is compared: small, and a plural of four letters and more as its singular."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


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
