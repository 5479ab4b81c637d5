"""Jobs and clients on the command line: the board, moves, preparation, the look back, and what they refuse."""

import json
import stat
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from tests.conftest import Compiled, Program


@pytest.fixture(autouse=True)
def ids_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ids of chance be counted, so that screens can be told."""
    numbers = iter(range(1, 1_000))
    monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(numbers):0{2 * size}x}")


@pytest.fixture
def hunter(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, for its checklists and roles."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.fixture
def search(mlcoach: Program) -> Program:
    """A search of some weeks: six employers, most of whom did not answer."""
    for number, firm in enumerate(("Acme", "Birch", "Cedar", "Dune", "Elm", "Fern")):
        practice = " --practice" if number < 2 else ""
        mlcoach(f"job add {firm} 'ML engineer' --date 2026-10-0{number + 1}{practice}")
        mlcoach(f"job move {firm} applied --date 2026-10-1{number}")
    for firm in ("Birch", "Cedar", "Dune"):
        mlcoach(f"job move {firm} closed --date 2026-11-10")
    mlcoach("job move Acme interview --date 2026-11-15 --next 2026-12-04")
    return mlcoach


def test_the_board(search: Program) -> None:
    assert search("job", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Jobs
stage      now  came  went on  ended
found        0     6        6      0  100%
talk         0     0        0      0
applied      2     6        1      5  17%, weak
interview    1     1        0      0
offer        0     0        0      0

The weak stage is applied: 1 of 6 went on; applications stay without an answer:
change the first page, the portfolio and who refers you.

Open
Acme, ML engineer (practice)  000001  interview  Fri 4 Dec
Elm, ML engineer              000005  applied    since Wed 14 Oct
Fern, ML engineer             000006  applied    since Thu 15 Oct

Acme, interview.
Next: mlcoach job prep 000001
----- stderr -----
""")


def test_narrow(search: Program) -> None:
    for line in ("job", "job list", "job show acme"):
        assert max(map(len, search(line, tty=40).out.splitlines())) <= 40, line


def test_an_empty_board(mlcoach: Program) -> None:
    assert mlcoach("job", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Put the first employers on the board, those you want less in front.
Next: mlcoach job add EMPLOYER ROLE
----- stderr -----
""")
    assert mlcoach.files() == set()


def test_a_stage_skipped_and_gone_back(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    assert "Applied left out" in mlcoach("job move acme interview").out
    assert "Back from interview" in mlcoach("job move acme found").out
    data = json.loads(mlcoach("job show acme --json").out)["data"]
    assert [stage for stage, _ in data["history"]] == ["found"]


def test_an_offer_asks_for_the_team_and_for_terms(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    said = mlcoach("job move acme offer").out
    assert "met the team" in said
    assert "Negotiate before you sign, never after" in said
    answered = mlcoach("job move acme offer", tty=80, stdin="y\ny\n").out
    assert "met the team" not in answered
    assert "Negotiate" not in answered
    assert "met the team" not in mlcoach("job move acme offer --negotiated").out


def test_a_signed_offer_has_gone_on(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    assert "ends a job with an offer" in mlcoach("job move acme interview --signed", expect=2).err
    mlcoach("job move acme offer --team-met --negotiated --next 2026-11-24")
    mlcoach.later(days=3)
    assert "signed, or declined?" in mlcoach("job").out
    assert "Acme, `000001`: signed." in mlcoach("job move acme closed --signed").out
    offer = json.loads(mlcoach("job --json").out)["data"]["stages"][4]
    assert (offer["stage"], offer["came"], offer["went_on"], offer["stayed"]) == ("offer", 1, 1, 0)


def test_practice_comes_first(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    assert "Practice first" in mlcoach("job move acme applied").out
    mlcoach("job add Birch --practice")
    assert "Practice first" not in mlcoach("job move birch applied").out


REFUSED = (
    ("job move acme signed", 2, "no stage `signed`"),
    ("job move acme paid", 2, "no stage `paid` of a job"),
    ("job move acme interview --next 2026-11-01", 2, "is in the past"),
    ("job move acme interview --next someday", 2, "cannot read the day"),
    ("job move acme applied --date 2027-01-01", 2, "still to come"),
    ("job move nobody applied", 3, "no job `nobody`"),
    ("job move acme offer --hours -3", 2, "--hours"),
    ("job add ''", 2, "the employer is empty"),
    ("job add X --kind hobby", 2, "no kind `hobby`"),
    ("job add X --size huge", 2, "no size `huge`"),
    ("job add X --advert nowhere.txt", 2, "cannot read `nowhere.txt`"),
    ("job add X --advert .", 2, "cannot read"),
    ("job note acme", 2, "the note is empty"),
    ("job gap acme", 2, "no advert of Acme"),
    ("log 1h job:nobody", 3, "no job `nobody`"),
    ("log job:acme", 2, "how long did you work"),
    ("log 1h job:acme -n 'met Ada'", 2, "job note"),
)


def test_what_cannot_be_is_refused(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    before = mlcoach("undo --list").out
    for line, code, said in REFUSED:
        assert said in mlcoach(line, expect=code).err, line
    assert mlcoach("undo --list").out == before


def test_adverts_of_all_sorts(mlcoach: Program, tmp_path: Path) -> None:
    page = tmp_path / "advert.html"
    page.write_text("<p>Wir \x1b[31msuchen</p>" + "<li>Python &amp; SQL</li>\n" * 220_000, encoding="utf-8")
    assert page.stat().st_size > 5_000_000
    said = mlcoach(f"job add Acme --advert {page}").out
    assert "Only the first 100,000 characters" in said
    kept = mlcoach.home / "data" / "notes" / "jobs" / "000001-advert.md"
    assert kept.read_text(encoding="utf-8").startswith("Wir suchen\n\n- Python & SQL")
    assert kept.stat().st_size <= 100_001
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert "has no text" in mlcoach("job add Empty --advert -", stdin="<p> </p>", expect=2).err
    assert "Empty" not in mlcoach("job list").out
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Für Köln: Python".encode("latin-1"))
    mlcoach(f"job add Latin --advert {latin}")


def test_two_jobs_of_one_employer(mlcoach: Program) -> None:
    mlcoach("job add Acme 'ML engineer'")
    assert "is of the same employer" in mlcoach("job add Acme Analyst").out
    assert "`000001` Acme ML engineer" in mlcoach("job show acme", expect=2).err
    assert "Analyst" in mlcoach("job show analyst").out


def test_a_job_dropped_takes_its_files_along(mlcoach: Program) -> None:
    mlcoach("job add Acme --advert -", stdin="Python")
    mlcoach("job note acme 'nice people'")
    mlcoach("job drop acme")
    assert not list((mlcoach.home / "data" / "notes" / "jobs").iterdir())
    assert mlcoach("job list").out.startswith("No job is kept yet")
    mlcoach("job")
    mlcoach("undo")
    assert "nice people" in mlcoach("job show acme").out


ROLE = """schema = 1
[[role]]
id = "geometer"
title = "Geometer"
  [[role.tool]]
  id = "eigenvalues"
  name = "Eigenvalues"
  units = ["math.la.eigen"]
"""


def test_a_look_back_ends_in_cards(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/role.toml", ROLE)
    mlcoach("job add Acme")
    said = mlcoach("job note acme 'two rounds' --gap 'When are eigenvalues real?' --gap 'What is a b-tree?'").out
    assert "mlcoach cards new math.la.eigen -q 'When are eigenvalues real?'" in said
    assert "mlcoach cards new UNIT -q 'What is a b-tree?'" in said
    notes = (mlcoach.home / "data" / "notes" / "jobs" / "000001.md").read_text(encoding="utf-8")
    assert (
        notes
        == "# Acme\n\n## 2026-11-23\n\ntwo rounds\n\n- gap: When are eigenvalues real?\n- gap: What is a b-tree?\n"
    )
    mlcoach("cards new math.la.eigen -q 'When are eigenvalues real?' -a 'Always, of a symmetric matrix.'")


def test_preparation_has_the_list_of_the_stage_with_its_ticks(hunter: Program) -> None:
    hunter.write("data/notes/stories.md", "# Stories\n\n## The leak in the features\n\n## Two weeks on a bug\n")
    hunter("job add Acme --advert -", stdin="You need Python and Kafka.")
    hunter("job move acme interview --next 2026-12-04")
    screen = hunter("job prep acme", tty=80).out
    assert "in 11 days" in screen
    assert "The leak in the features, Two weeks on a bug" in screen
    assert "Kafka" in screen
    ticked = hunter("job prep acme --check recruiter --check stories").out
    assert "✓ Ask the recruiter" in ticked
    hunter("job prep acme --check recruiter --undo")
    data = json.loads(hunter("job prep acme --json").out)["data"]
    assert [item["id"] for item in data["items"] if item["done"]] == ["stories"]
    assert hunter("job prep acme --check nonsense", expect=3).err
    hunter("job move acme offer")
    assert json.loads(hunter("job prep acme --json").out)["data"]["checklist"] == "offer"


def test_a_client_from_lead_to_paid(hunter: Program) -> None:
    hunter("job add Larch --kind client --via Emmy")
    for stage, checklist in (
        ("lead", "client-red-flags"), ("proposal", "client-proposal"), ("agreed", "client-expectations"),
        ("delivered", "client-after"), ("paid", "client-after"),
    ):  # fmt: skip
        more = " --hours 30" if stage == "agreed" else ""
        moved = hunter(f"job move larch {stage}{more}").out
        assert json.loads(hunter("job prep larch --json").out)["data"]["checklist"] == checklist
        if stage == "agreed":
            day = json.loads(hunter("today --json").out)["data"]["minutes"]["done"]
            hunter("log 20h job:larch --date yesterday")
            assert "logged 24h of 30h estimated, 80%" in hunter("log 4h job:larch").out
            assert json.loads(hunter("today --json").out)["data"]["minutes"]["done"] == day
        if stage == "delivered":
            assert "Logged 80% of what was estimated" in moved
    board = json.loads(hunter("job --json").out)["data"]
    assert [stage["came"] for stage in board["clients"]] == [1, 1, 1, 1, 1]
    assert (board["stages"], board["closed"]) == ([], 1)


def test_an_interview_with_a_day_brings_problems_every_day(hunter: Program) -> None:
    hunter("config set path core")
    for unit in ("prog.dsa.linear", "prog.dsa.trees"):
        hunter(f"done {unit} --no-questions")
    hunter("job add Acme")

    def problems() -> int:
        blocks = json.loads(hunter("today --json").out)["data"]["blocks"]
        return sum(block["minutes"] for block in blocks if "interview" in block["why"])

    assert problems() == 0
    hunter("job move acme interview --next 2026-12-04")
    assert problems() == 0  # the plan of a day under way stays
    hunter.later(days=1)
    shown = json.loads(hunter("today --json").out)["data"]
    assert problems() >= shown["minutes"]["goal"] / 2
    hunter("job move acme interview --next 2027-02-04")
    assert problems() == 0


def test_a_job_dropped_for_ever_leaves_no_name_and_no_advert(mlcoach: Program) -> None:
    mlcoach("job add Quintavalle --advert -", stdin="Python and Grubenwald")
    mlcoach("job move quintavalle talk")
    mlcoach("job note quintavalle 'they asked about Tansyfield'")
    said = " ".join(mlcoach("job drop quintavalle").out.split())
    assert "--erase` removes them too" in said
    id = said.partition("mlcoach job drop ")[2].partition(" ")[0]
    mlcoach(f"job drop {id} --erase --yes")
    for word in ("Quintavalle", "Grubenwald", "Tansyfield"):
        assert [path for path in mlcoach.home.rglob("*") if path.is_file() and word.encode() in path.read_bytes()] == []


def test_a_move_said_for_a_day_before_what_is_known_says_so(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    said = " ".join(mlcoach("job move acme talk --date 2026-01-02").out.split())
    assert "Kept for Fri 2 Jan; what you said for a later day holds: found." in said
    assert "next Sat 28 Nov" in mlcoach("job move acme interview --next +5").out


def test_the_day_of_a_job_is_the_one_line_of_today(mlcoach: Program) -> None:
    mlcoach("people add Ada --tag mentor --date -30")
    assert "People: ask Ada" in mlcoach("today").out
    mlcoach("job add Acme")
    id = json.loads(mlcoach("job move acme interview --next +2 --json").out)["data"]["job"]["id"]
    assert "Jobs:" not in mlcoach("today").out
    for days, said in (
        (1, f"Jobs: tomorrow: interview at Acme; mlcoach job prep {id}"),
        (1, f"Jobs: today: interview at Acme; mlcoach job prep {id}"),
        (1, f'is over; how did it go? mlcoach job note {id} "…"'),
    ):
        shown = " ".join(mlcoach.later(days=days)("today").out.split())
        assert said in shown
        assert "People:" not in shown
    assert "People:" in mlcoach.later(days=7)("today").out
    assert "Acme" not in mlcoach("calendar export --weeks 1").out


def test_an_offer_keeps_its_day_and_ends_with_the_signature(mlcoach: Program) -> None:
    mlcoach("job add Acme")
    mlcoach("job add Other")
    mlcoach("job move acme offer --next +7")
    assert "next Mon 30 Nov" in mlcoach("job move acme offer --team-met").out
    said = mlcoach("job move acme offer --negotiated").out
    assert "next Mon 30 Nov" in said
    assert "closed --signed" in said
    assert "jobs: 2 found, 1 offer" in " ".join(mlcoach("week --week this").out.split())
    mlcoach("job move acme closed --signed")
    board = " ".join(mlcoach("job").out.split())
    assert "Other: you signed elsewhere; decline within a day, with thanks." in board
    assert "weak" not in board


def test_a_quarter_counts_work_for_clients(mlcoach: Program) -> None:
    mlcoach("job add Acme --kind client")
    mlcoach("log 3h job:acme")
    said = mlcoach("week --quarter").out
    assert "3h of work for clients" in said
    assert "Acme" not in said
