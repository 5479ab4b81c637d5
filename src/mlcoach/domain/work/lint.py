"""Holding a repository against rules: facts of its files in one pass, then a finding for each rule that fails.

Pure: what the files say is an argument, nothing of them is run, and what looks like a key is never repeated.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from mlcoach.domain.work.rules import Rule

MEGABYTE = 1_000_000
# A line of somebody else's may be a million characters long; what is looked for stands at the beginning of one.
LONGEST_LINE, LONGEST_HEADING = 2_000, 300
CODE = frozenset(
    {".py", ".ipynb", ".r", ".rmd", ".jl", ".cpp", ".cc", ".c", ".cu", ".java", ".js", ".ts", ".go", ".rs", ".qmd"}
)
SCRIPTS = CODE - {".ipynb"}
DATA = frozenset(
    {
        ".csv",
        ".tsv",
        ".parquet",
        ".feather",
        ".npz",
        ".npy",
        ".pkl",
        ".h5",
        ".hdf5",
        ".json",
        ".jsonl",
        ".arff",
        ".xlsx",
        ".data",
        ".gz",
        ".zip",
    }
)
READMES = ("readme.md", "readme.rst", "readme.txt", "readme")
TESTS = ("test", "tests")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(.*?)\s*#*\s*$")
_PICTURE = re.compile(r"!\[[^\[\]]{0,500}\]\(|<img\b|\.\. (?:image|figure)::", re.IGNORECASE)
_LINK = re.compile(
    r"\]\(\s{0,10}<?([^)\s>]{1,500})|<(?:img|a)\b[^<>]{0,300}?\b(?:src|href)=[\"']([^\"']{1,500})[\"']", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#|mailto:|\{|\$)", re.IGNORECASE)
# A result: a number that is neither a date or version, nor that of a list or a heading.
_RESULT = re.compile(r"(?<![\w.\-/#])(?:\d+[.,]\d+|\d+\s?%|\d{1,3}(?:,\d{3})+|\d+)(?![\w\-/]|\.\d)")
_NOT_A_RESULT = re.compile(
    r"^\s*\d+[.)]\s|\bpython\s*[\d.]+|(?<!\d)(?:19|20)\d\d(?![\d.])|https?://\S+|`[^`]*`", re.IGNORECASE
)
# What begins like a key of a service, or says that it is one. Words in capitals with braces are for filling in.
_SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{40,}"
    r"|\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}|\bhf_[A-Za-z0-9]{30,}|\bxox[abprs]-[A-Za-z0-9-]{20,}|\bAIza[0-9A-Za-z_-]{35}\b"
    r"|(?i:(?:api_?key|secret|token|passw(?:or)?d))[\"']?\s*[:=]\s*[\"'](?=[^\"'\s]*\d)[^\"'\s${}<>]{16,}[\"']"
)
# One of these is in whatever the pattern above finds: looking for words is a hundred times faster.
_BEGINNINGS = (
    "private key-----", "akia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "sk-", "hf_", "xox", "aiza",
    "api_key", "apikey", "secret", "token", "password", "passwd",
)  # fmt: skip
_PINS = re.compile(r"==|~=|@\s*\S+://\S+@|\s--hash=")
_REQUIREMENT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?\s*(.*)$")
LOCKS = frozenset(
    {
        "uv.lock",
        "poetry.lock",
        "pdm.lock",
        "pipfile.lock",
        "conda-lock.yml",
        "pixi.lock",
        "pylock.toml",
        "renv.lock",
        "manifest.toml",
        "package-lock.json",
        "cargo.lock",
        "go.sum",
    }
)
_ENTRY_FILES = frozenset(
    {"__main__.py", "main.py", "cli.py", "app.py", "train.py", "makefile", "justfile", "dockerfile"}
)
_ENTRY_WORDS = re.compile(r"^\[(?:project|tool\.poetry)\.scripts\]|console_scripts", re.MULTILINE)
_MAIN = re.compile(r"^if __name__ == [\"']__main__[\"']:", re.MULTILINE)


class RepositoryFile(NamedTuple):
    """One file: its path within the repository, its size in bytes, and its text, None where that was not read."""

    path: str
    size: int
    text: str | None = None


class Finding(NamedTuple):
    """What a rule found: `line` counts from 1, 0 is the file as a whole; `file` is "" for the repository."""

    rule: str
    level: str
    file: str
    line: int
    title: str
    remedy: str
    detail: str = ""


class Facts:
    """What the rules ask of a repository, gathered in one pass over its files."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = [rule for rule in rules if rule.level != "off"]
        self.paths: set[str] = set()
        self.folders: set[str] = set()
        self.readme: RepositoryFile | None = None
        self.scripts: list[str] = []
        self.notebooks: list[str] = []
        self.requirements: list[RepositoryFile] = []
        self.has_entry = False
        self.has_lock = False
        self.found: dict[str, list[Finding]] = {}
        self._sizes = [rule for rule in self.rules if rule.check == "large-file"]
        self._secret = next((rule for rule in self.rules if rule.check == "secret"), None)
        self._data_sets = [(rule, _loading(rule), set(rule.words)) for rule in self.rules if rule.check == "data-set"]

    def add(self, file: RepositoryFile) -> None:
        """Look at one file."""
        path = PurePosixPath(file.path)
        name, suffix = path.name.lower(), path.suffix.lower()
        self.paths.add(file.path)
        for parent in path.parents:
            self.folders.add(str(parent))
        is_test = any(part.lower() in TESTS for part in path.parts) or name.startswith("test_")
        if len(path.parts) == 1 and name in READMES and (not self.readme or self._ranks(name)):
            self.readme = file
        if suffix in SCRIPTS and not is_test and name != "setup.py":
            self.scripts.append(file.path)
        if suffix == ".ipynb":
            self.notebooks.append(file.path)
        self.has_lock |= name in LOCKS
        if _is_requirements(path):
            self.requirements.append(file)
        text = file.text or ""
        self.has_entry |= name in _ENTRY_FILES or (not is_test and suffix == ".py" and _MAIN.search(text) is not None)
        self.has_entry |= name in ("pyproject.toml", "setup.cfg", "setup.py") and _ENTRY_WORDS.search(text) is not None
        for rule in self._sizes:
            if file.size > rule.megabytes * MEGABYTE:
                self._note(rule, file.path, 0, f"{file.size / MEGABYTE:,.0f} MB")
        lower = text.lower()
        if self._secret and any(word in lower for word in _BEGINNINGS) and (match := _SECRETS.search(text)):
            self._note(self._secret, file.path, _line_of(text, match.start()))
        if not is_test:
            self._look_for_data_sets(path, suffix, text, lower)

    def know(self, path: str) -> None:
        """Note that there is something that was not looked at: a link of the README may lead to it."""
        self.folders.add(path)

    def _ranks(self, name: str) -> bool:
        assert self.readme is not None
        return READMES.index(name) < READMES.index(self.readme.path.lower())

    def _look_for_data_sets(self, path: PurePosixPath, suffix: str, text: str, lower: str) -> None:
        for rule, loading, words in self._data_sets:
            if rule.id in self.found:
                continue
            named = suffix in CODE and any(word in lower for word in words)
            if named and (match := loading.search(text)):
                self._note(rule, str(path), _line_of(text, match.start()), match[0].strip(" (\"'")[:60])
            elif suffix in DATA and words & set(re.split(r"[-_. ]", path.name.lower())):
                self._note(rule, str(path), 0)

    def _note(self, rule: Rule, file: str, line: int, detail: str = "") -> None:
        self.found.setdefault(rule.id, []).append(finding(rule, file, line, detail))


def _loading(rule: Rule) -> re.Pattern[str]:
    """Return what loads a data set in code: by a function, an attribute or an argument of its name, or its file."""
    words = "|".join(re.escape(word) for word in sorted(rule.words, key=len, reverse=True)) or r"(?!)"
    return re.compile(
        rf"\b(?:load|fetch)_(?:{words})\s*\(|\bdatasets?\.(?:{words})\b|\b(?:load_dataset|fetch_openml|load)\(\s*[\"'][\w./-]{{0,200}}?(?:{words})[\w.-]{{0,200}}[\"']"
        rf"|[\"'][^\"'\n]{{0,300}}\b(?:{words})(?:[_-](?:train|test|data))?\.(?:csv|tsv|data|npz|parquet|zip|gz|pkl)\b",
        re.IGNORECASE,
    )


def finding(rule: Rule, file: str = "", line: int = 0, detail: str = "") -> Finding:
    """Return a finding of a rule."""
    return Finding(rule.id, rule.level, file, line, rule.title, rule.remedy, detail)


def findings(facts: Facts) -> list[Finding]:
    """Return what is wrong, errors first, each rule in its order; nothing for a repository that holds."""
    found = [one for rule in facts.rules for one in _judged(rule, facts)]
    return sorted(found, key=lambda one: one.level != "error")


def _judged(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if rule.check == "data-set" and not facts.found.get(rule.id):
        return _in_heading(rule, facts)
    return (*facts.found.get(rule.id, ()), *_CHECKS[rule.check](rule, facts))


def _in_heading(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Yield a finding where the first heading of the README names the data set: it is then what this is about."""
    for number, line in enumerate(_head(facts, rule), start=1):
        if match := _HEADING.match(line[:LONGEST_HEADING]):
            if set(rule.words) & set(re.findall(r"[\w-]+", match[1].lower())):
                yield finding(rule, _readme(facts), number, match[1][:60])
            return


def _head(facts: Facts, rule: Rule) -> list[str]:
    lines = (facts.readme.text or "").splitlines()[: rule.lines] if facts.readme else []
    return [line[:LONGEST_LINE] for line in lines]


def _readme(facts: Facts) -> str:
    return facts.readme.path if facts.readme else "README.md"


def _nothing(rule: Rule, facts: Facts) -> Iterator[Finding]:
    return iter(())


def _has_readme(rule: Rule, facts: Facts) -> Iterator[Finding]:
    if facts.readme is None or not (facts.readme.text or "").strip():
        yield finding(rule, _readme(facts))


def _has_word(rule: Rule, facts: Facts) -> Iterator[Finding]:
    head = "\n".join(_head(facts, rule)).lower()
    if not any(word in head for word in rule.words):
        yield finding(rule, _readme(facts), _last_line(facts, rule))


def _has_number(rule: Rule, facts: Facts) -> Iterator[Finding]:
    fenced = False
    for line in _head(facts, rule):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and not line.lstrip().startswith("#") and _RESULT.search(_NOT_A_RESULT.sub(" ", line)):
            return
    yield finding(rule, _readme(facts), _last_line(facts, rule))


def _last_line(facts: Facts, rule: Rule) -> int:
    return min(rule.lines, max(1, len(_head(facts, rule)))) if facts.readme else 0


def _has_picture(rule: Rule, facts: Facts) -> Iterator[Finding]:
    if not _PICTURE.search((facts.readme.text or "") if facts.readme else ""):
        yield finding(rule, _readme(facts))


def _links_lead_somewhere(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each link of the README to a file that is not in the repository; the web is not asked."""
    if facts.readme is None:
        return
    fenced = False
    for number, line in enumerate((facts.readme.text or "").splitlines(), start=1):
        fenced ^= line.lstrip().startswith("```")
        for match in () if fenced else _LINK.finditer(line):
            target = match[1] or match[2]
            if _ELSEWHERE.match(target):
                continue
            place = _normal(unquote(target.partition("#")[0].partition("?")[0]))
            if place and place not in facts.paths and place not in facts.folders:
                yield finding(rule, facts.readme.path, number, target[:80])


def _normal(path: str) -> str:
    """Return a path from the root of the repository; what leads out of it stays as it is, and is not there."""
    parts: list[str] = []
    for part in path.strip("/").split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or "."


def _has_file(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Yield a finding where no file or folder has one of the names; a name may end in `*`, and hold a folder."""
    for path in facts.paths:
        lower = path.lower()
        name = lower.rpartition("/")[2]
        for word in rule.words:
            wanted = lower if "/" in word else name
            if wanted.startswith(word[:-1]) if word.endswith("*") else wanted == word:
                return
    yield finding(rule, rule.words[0].rstrip("*") if rule.words else "")


def _is_requirements(path: PurePosixPath) -> bool:
    name = path.name.lower()
    return len(path.parts) <= 2 and (
        name == "pyproject.toml" or (name.startswith("requirements") and name.endswith((".txt", ".in")))
        or name in ("environment.yml", "environment.yaml")
    )  # fmt: skip


def _is_pinned(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for what has no pinned version, unless there is a lock file; and where nothing is said at all."""
    if facts.has_lock:
        return
    if not facts.requirements:
        if facts.scripts or facts.notebooks:
            yield finding(rule, "requirements.txt", 0, "nothing says what it needs")
        return
    for file in sorted(facts.requirements):
        loose = next(((number, name) for number, name in _needed(file) if name), None)
        if loose:
            yield finding(rule, file.path, loose[0], loose[1])
            return


def _needed(file: RepositoryFile) -> Iterator[tuple[int, str]]:
    """Yield (line, requirement) of what a file asks for without a pinned version."""
    text = file.text or ""
    if file.path.endswith((".toml", ".yml", ".yaml")):
        yield from _needed_in_lists(text, toml=file.path.endswith(".toml"))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line[:LONGEST_LINE].partition(" #")[0].strip()
        if bare and not bare.startswith(("#", "-")) and (match := _REQUIREMENT.match(bare)) and not _PINS.search(bare):
            yield number, match[0][:60]


def _needed_in_lists(text: str, *, toml: bool) -> Iterator[tuple[int, str]]:
    """Yield the loose requirements of `dependencies` in a pyproject.toml or an environment.yml, line by line."""
    inside = False
    for number, whole in enumerate(text.splitlines(), start=1):
        line = whole[:LONGEST_LINE]
        if re.match(r"\s*(?:dev-)?dependencies\s*[=:]", line):
            inside = True
            line = line.partition("=" if toml else ":")[2]
        elif not toml and re.match(r"\S", line):
            inside = False
        if not inside:
            continue
        named = re.findall(r"[\"']([^\"']+)[\"']", line) if toml else re.findall(r"^\s*-\s*([^:#]+?)\s*$", line)
        for one in named:
            if (
                one.partition("=")[0].strip() not in ("python", "pip")
                and not _PINS.search(one)
                and not (not toml and "=" in one)
            ):
                yield number, one[:60]
        if toml and "]" in re.sub(r"[\"'][^\"']*[\"']", "", line):
            inside = False


def _has_entry(rule: Rule, facts: Facts) -> Iterator[Finding]:
    if not facts.has_entry:
        yield finding(rule, "pyproject.toml")


def _has_more_than_notebooks(rule: Rule, facts: Facts) -> Iterator[Finding]:
    if facts.notebooks and not facts.scripts:
        yield finding(rule, min(facts.notebooks))


def _line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


_CHECKS: dict[str, Callable[[Rule, Facts], Iterable[Finding]]] = {
    "readme": _has_readme,
    "readme-word": _has_word,
    "readme-number": _has_number,
    "readme-picture": _has_picture,
    "readme-links": _links_lead_somewhere,
    "file": _has_file,
    "pinned": _is_pinned,
    "entry-point": _has_entry,
    "not-only-notebooks": _has_more_than_notebooks,
    "data-set": _nothing,
    "large-file": _nothing,
    "secret": _nothing,
}
