"""The rules that a repository is held against: what each finds, where, and what it lets pass."""

import tomllib
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.work.lint import Facts, Finding, RepositoryFile, findings
from mlcoach.domain.work.rules import CHECKS, README_LINES, Rule
from mlcoach.domain.work.templates import TEMPLATES
from mlcoach.services.work.projects.templates import template_texts

BUNDLED = Path(__file__).parents[3] / "curricula" / "rules" / "repository.toml"
README = """# Late invoices

**Problem.** A bookkeeper wants to know which invoices are paid late.
Recall is 0.71; the baseline, the rule used today, has 0.62.

![Recall by month](docs/recall.svg)
"""
SOUND = {
    "README.md": README,
    "docs/recall.svg": "<svg/>",
    "LICENSE": "MIT",
    "tests/test_model.py": "from sklearn.datasets import load_iris\n",
    ".github/workflows/tests.yml": "on: push",
    "pyproject.toml": '[project]\ndependencies = [\n  "numpy==2.1.0",\n]\n[project.scripts]\nlate = "late:main"\n',
    "src/late/__init__.py": "def main() -> None: ...\n",
}


def rules() -> tuple[Rule, ...]:
    found = tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["rule"]
    return tuple(
        Rule(
            one["id"], one["check"], one["level"], one["title"], one["remedy"], tuple(one.get("words", ())),
            one.get("lines", README_LINES), one.get("megabytes", 0),
        )
        for one in found
    )  # fmt: skip


RULES = rules()


def found(files: dict[str, str | None], chosen: tuple[Rule, ...] = RULES, **sizes: int) -> list[Finding]:
    facts = Facts(chosen)
    for path, text in files.items():
        facts.add(RepositoryFile(path, sizes.get(path, len(text or "")), text))
    return findings(facts)


def names(files: dict[str, str | None], **sizes: int) -> list[str]:
    return [f"{one.rule} {one.file}:{one.line}" for one in found(files, **sizes)]


def test_a_sound_repository_has_no_findings() -> None:
    assert found({**SOUND}) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_template_writes_passes_every_rule(template: str) -> None:
    texts = template_texts(template, 'A "quoted" \\ title', 2026)
    assert len(texts) == 11
    assert not any("{{" in text for text in texts.values())
    assert names({**texts}) == []
    for name, text in texts.items():
        if name.endswith(".py"):
            compile(text, name, "exec")


def test_an_empty_one_has_a_finding_for_each_thing_that_is_missing() -> None:
    assert [one.rule for one in found({})] == [
        "readme", "number", "baseline", "tests", "entry-point", "problem", "picture", "licence", "ci",
    ]  # fmt: skip
    assert all(one.title and one.remedy and one.file for one in found({}))


def test_every_check_is_of_use_in_the_bundled_rules() -> None:
    assert {rule.check for rule in RULES} == set(CHECKS)


@pytest.mark.parametrize(
    ("file", "text", "rule", "line"),
    [
        ("train.py", "import x\nfrom sklearn.datasets import load_iris\ndata = load_iris()\n", "iris", 3),
        ("train.py", "data = torchvision.datasets.MNIST('.')\n", "mnist", 1),
        ("train.py", "data = torchvision.datasets.CIFAR10(root)\n", "cifar", 1),
        ("train.py", 'data = load_dataset("ylecun/mnist")\n', "mnist", 1),
        ("train.py", 'frame = pd.read_csv("data/titanic.csv")\n', "titanic", 1),
        ("nb/look.ipynb", '{"source": ["load_iris()"]}', "iris", 1),
        ("data/titanic.csv", "a,b\n", "titanic", 0),
    ],
)
def test_data_sets_that_everybody_has_are_found_where_they_are_loaded(
    file: str, text: str, rule: str, line: int
) -> None:
    assert f"{rule} {file}:{line}" in names({**SOUND, file: text})


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("train.py", "# not the MNIST of everybody, nor iris\n"),
        ("train.py", 'frame = pd.read_csv("data/iridology.csv")\n'),
        ("data/iris-like.txt", "x"),
        ("tests/test_more.py", "load_iris()\n"),
    ],
)
def test_what_only_speaks_of_them_passes(file: str, text: str) -> None:
    assert names({**SOUND, file: text}) == []


def test_a_heading_that_names_the_data_set_is_enough() -> None:
    assert names({**SOUND, "README.md": README.replace("# Late invoices", "# Titanic survival")}) == [
        "titanic README.md:1"
    ]


def test_number_and_baseline_belong_into_the_first_forty_lines() -> None:
    late = {**SOUND, "README.md": "# Late\n" + "words\n" * 40 + README.partition("\n")[2]}
    assert names(late) == ["number README.md:40", "baseline README.md:40", "problem README.md:40"]


@pytest.mark.parametrize(
    "line", ["1. First of all", "Python 3.12 is needed", "Made in 2026", "`top 0.71`", "## 3 ways"]
)
def test_what_is_not_a_result_is_not_taken_for_one(line: str) -> None:
    text = README.replace("Recall is 0.71; the baseline, the rule used today, has 0.62.", f"{line}\nthe baseline")
    assert names({**SOUND, "README.md": text}) == ["number README.md:6" if "\n" in line else "number README.md:7"]


@pytest.mark.parametrize("line", ["It reaches 71 % of all.", "F1 of 0.71", "In 12 of 20 cases", "1,204 rows fewer"])
def test_results_are_seen_as_people_write_them(line: str) -> None:
    assert names({**SOUND, "README.md": README.replace("Recall is 0.71", line)}) == []


def test_dead_local_links_are_named_line_by_line_and_the_web_is_not_asked() -> None:
    text = README + (
        "[code](src/late/__init__.py) [gone](docs/gone.md#part) [web](https://example.org/x) [mail](mailto:a@b.c)\n"
        "[up](../outside.md) [folder](src/late) [space](docs/re%63all.svg) <img src='lost.png'>\n"
        "```\n[shown](nothing.md)\n```\n"
    )
    wrong = [one for one in found({**SOUND, "README.md": text}) if one.rule == "links"]
    assert [(one.line, one.detail) for one in wrong] == [
        (7, "docs/gone.md#part"),
        (8, "../outside.md"),
        (8, "lost.png"),
    ]


@pytest.mark.parametrize(
    ("file", "text", "detail"),
    [
        ("requirements.txt", "numpy==2.1.0\npandas>=2  # for tables\n", "pandas>=2"),
        ("pyproject.toml", '[project]\ndependencies = ["numpy==1.0", "scipy"]\n[project.scripts]\na = "b"\n', "scipy"),
        ("environment.yml", "dependencies:\n  - python=3.12\n  - numpy=2.1\n  - pandas\n", "pandas"),
    ],
)
def test_loose_versions_are_named_unless_a_lock_file_pins_them(file: str, text: str, detail: str) -> None:
    wrong = [one for one in found({**SOUND, file: text}) if one.rule == "pinned"]
    assert [(one.file, one.detail) for one in wrong] == [(file, detail)]
    assert names({**SOUND, file: text, "uv.lock": ""}) == []


def test_notebooks_alone_are_not_a_project() -> None:
    only = {path: text for path, text in SOUND.items() if not path.startswith("src")} | {
        "b.ipynb": "{}",
        "a.ipynb": "{}",
    }
    assert names(only) == ["only-notebooks a.ipynb:0"]
    assert names({**SOUND, "a.ipynb": "{}"}) == []


def test_a_large_file_says_how_large_it_is() -> None:
    sizes = {"model.bin": 50_000_001, "small.bin": 50_000_000}
    wrong = found({**SOUND, "model.bin": None, "small.bin": None}, **sizes)
    assert [(one.rule, one.file, one.detail) for one in wrong] == [("large-file", "model.bin", "50 MB")]


KEYS = [
    "AKIA" + "ABCDEFGHIJKLMNOP", "ghp_" + "a1" * 18, "hf_" + "aB3" * 12, "sk-" + "proj-" + "a1B2" * 10,
    "-----BEGIN " + "RSA PRIVATE KEY-----", 'api_key = "' + "abc123" * 4 + '"', "password: '" + "hunter2hunter2hunter2" + "'",
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_what_looks_like_a_key_is_found_and_never_repeated(key: str) -> None:
    wrong = found({**SOUND, "settings.py": f"import os\nx = 1\n{key}\n"})
    assert [(one.rule, one.file, one.line) for one in wrong] == [("secret", "settings.py", 3)]
    assert key not in repr(wrong)


@pytest.mark.parametrize(
    "line",
    [
        'api_key = os.environ["API_KEY"]',
        'token = "YOUR_TOKEN_HERE_PLEASE"',
        "sk-short",
        'password = "${DB_PASSWORD_1}"',
    ],
)
def test_what_is_to_be_filled_in_is_not_a_key(line: str) -> None:
    assert names({**SOUND, "settings.py": line}) == []


def test_a_rule_that_is_off_finds_nothing_and_a_warning_stays_behind_errors() -> None:
    off = tuple(rule._replace(level="off") if rule.id == "baseline" else rule for rule in RULES)
    assert "baseline" not in {one.rule for one in found({}, off)}
    levels = [one.level for one in found({})]
    assert levels == sorted(levels)


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=200), max_size=6))
def test_whatever_the_files_are_called_and_hold_each_finding_says_what_to_do(files: dict[str, str]) -> None:
    for one in found({path: text for path, text in files.items() if path}):
        assert one.title and one.remedy and one.line >= 0


@pytest.mark.parametrize("part", ["[", "![", "<a ", "](", "# ", "\"'", "token ", "token='", "load('", "1.", " "])
def test_a_file_made_to_be_slow_is_not(part: str) -> None:
    text = part * (200_000 // len(part))
    began = perf_counter()
    found(
        {
            **SOUND,
            "README.md": text + "\n# iris",
            "a.py": text + "iris mnist",
            "environment.yml": f"dependencies:\n - {text}",
        }
    )
    assert perf_counter() - began < 3
