"""Projects as their learner meets them: begun, walked, measured, planned, taken back; and what can be wrong with them."""

import json
from typing import Any

from inline_snapshot import snapshot

from tests.conftest import Program

TITLE = "Late invoices"


def data(work: Program, line: str) -> Any:
    return json.loads(work(f"{line} --json").out)["data"]


def begun(work: Program, words: str = "") -> str:
    return str(data(work, f'project new "{TITLE}" {words}')["project"]["id"])


class TestStages:
    def test_without_a_project_it_says_how_to_begin(self, work: Program) -> None:
        assert work("project").out == snapshot("""\
No project is under way.
Courses do not show what you can do; one project of your own, finished, does.

Which one? mlcoach curriculum show choose-project
Keep an idea:
  mlcoach project idea "…" --growth 2 --team 1 --stepping-stone 1 --by +7
Begin: mlcoach project new "…" --template one-day
""")
        assert data(work, "project") == {"project": None, "others": [], "ideas": []}

    def test_the_screen_of_a_stage(self, work: Program) -> None:
        id = begun(work)
        work("project check purpose")
        work("log 45m project:late")
        work("project measure --model recall --baseline 0.62 --now 0.71 --target 0.7")
        screen = work("project", tty=80).out.replace(id, "c0ffee")
        assert screen == snapshot("""\
Late invoices                                                             c0ffee
Stage 1 of 3: Scope it
○○○ · 45m so far
Model: recall  baseline 0.62, now 0.71, target 0.7  0.09 better · reached

✓ Gate: Responsible: before

Scope it  0 of 3
· Ask somebody who has it (problem)
  A model nobody needed is expensive.
· Write down several ways (ideas)
· Ask around (rumours)

Next: mlcoach project check problem
""")
        assert max(map(len, work("project", tty=40).out.splitlines())) <= 40

    def test_going_on_asks_for_the_named_steps_or_for_a_reason(self, work: Program) -> None:
        begun(work)
        refused = work("project finish --verdict go-on", expect=2).err
        assert "3 steps that this stage asks for are open: purpose problem ideas" in refused
        work("project check problem ideas")
        assert (
            "a step that this stage asks for is open: purpose" in work("project finish --verdict go-on", expect=2).err
        )
        told = data(work, 'project finish --verdict go-on --note "it is a toy for me alone"')["project"]
        assert (told["stage"], told["stage_title"], told["verdicts"][0]["note"]) == (
            2, "Look at the data", "it is a toy for me alone",
        )  # fmt: skip

    def test_back_and_on_to_the_end(self, work: Program) -> None:
        begun(work)
        work("project check purpose problem ideas")
        for verdict, stage in (("go-on", 2), ("back", 1), ("go-on", 2), ("go-on", 3)):
            assert data(work, f"project finish --verdict {verdict}")["project"]["stage"] == stage
        work("project check again")
        ended = data(work, "project finish --verdict go-on")["project"]
        assert ended["status"] == "finished"
        assert "is finished" in work("project check again --project late", expect=2).err

    def test_a_stop_says_what_it_taught(self, work: Program) -> None:
        begun(work)
        assert "what did it teach?" in work("project finish --verdict stop", expect=2).err
        assert "the verdict must be" in work("project finish --verdict maybe", expect=2).err
        assert data(work, 'project finish --verdict stop --note "no labels"')["project"]["status"] == "stopped"
        assert "no project is under way" in work("project check problem", expect=3).err

    def test_undo_takes_each_of_it_back(self, work: Program) -> None:
        id = begun(work)
        work("project check purpose problem")
        assert "the step purpose of Late invoices ticked" in " ".join(work("undo --list").out.split())
        work("undo")
        assert all(not step["done"] for step in data(work, "project show")["project"]["steps"])
        work("redo")
        assert sum(step["done"] for step in data(work, "project show")["project"]["steps"]) == 2
        work("project check purpose --undo")
        assert sum(step["done"] for step in data(work, "project show")["project"]["steps"]) == 1
        work('project note "one customer"')
        work("undo")
        assert data(work, f"project show {id}")["project"]["notes"] == []

    def test_names(self, work: Program) -> None:
        id = begun(work)
        for words in (id, "late", "Late invoices", "invoices"):
            assert data(work, f"project show {words}")["project"]["id"] == id
        assert f"did you mean `{id}`" in work("project show lates-invoice", expect=3).err
        assert "is under way already" in work(f'project new "{TITLE}"', expect=2).err
        work('project new "Late trains"')
        assert "could be several projects" in work("project show late", expect=2).err
        assert "no step `probelm`" in work("project check probelm --project late-i", expect=3).err
        assert "did you mean `problem`" in work("project check probelm --project late-i", expect=3).err
        work("project check r --project late-i")
        assert [step["id"] for step in data(work, f"project show {id}")["project"]["steps"] if step["done"]] == [
            "rumours"
        ]

    def test_hostile_titles_are_data(self, work: Program) -> None:
        assert "control character" in work("project new 'a\x1b[2J'", expect=2).err
        assert "the title is empty" in work("project new ' - '", expect=2).err
        work("project new '[bold]x[/bold]'")
        assert "[bold]x[/bold]" in work("project list").out


class TestIdeas:
    def test_an_idea_is_scored_and_has_a_day_to_decide(self, work: Program) -> None:
        told = data(work, "project idea Birdsong --growth 2 --team 1 --stepping-stone 2 --by +7")["project"]
        assert (told["scores"], told["decide_by"], told["status"]) == ([2, 1, 2], "2026-11-30", "idea")
        work("project idea Chess --growth 1")
        assert [line["title"] for line in data(work, "project list")["projects"]] == ["Birdsong", "Chess"]
        work.later(days=10)
        assert data(work, "project")["ideas"][0]["overdue"] is True
        again = data(work, f"project new {told['id']}")["project"]
        assert (again["id"], again["title"], again["status"]) == (told["id"], "Birdsong", "doing")

    def test_what_cannot_be_an_idea(self, work: Program) -> None:
        assert "a score is 0, 1 or 2" in work("project idea x1 --growth 3", expect=2).err
        assert "which is over" in work("project idea x1 --by 2026-11-01", expect=2).err
        assert "days of choosing are long" in work("project idea x1 --by +30").err.replace("\n", " ")

    def test_a_dropped_idea_is_kept_in_the_list_of_all(self, work: Program) -> None:
        work("project idea Birdsong")
        work('project drop birdsong --note "no data"')
        assert data(work, "project list")["projects"] == []
        assert data(work, "project list --all")["projects"][0]["status"] == "dropped"
        assert "is dropped already" in work("project drop birdsong", expect=2).err


class TestTime:
    def test_time_is_logged_and_timed_on_it(self, work: Program) -> None:
        id = begun(work)
        assert f'"what": "project:{id}"' in work(f"log 30m project:{id} --json").out
        work("start project:late")
        assert "Late invoices" in work("status").out
        work.later(minutes=20)
        work("stop")
        assert data(work, "project show")["project"]["minutes"] == 50
        assert [line["title"] for line in data(work, "log")["entries"]] == [TITLE, TITLE]
        assert data(work, "week --week this")["projects"] == [
            {"id": id, "title": TITLE, "minutes": 50, "steps": 0, "stage": 1, "of": 3}
        ]
        assert "no project `nope`" in work("log 30m project:nope", expect=3).err

    def test_the_longest_day_has_a_block_that_its_time_ticks(self, work: Program) -> None:
        work('config set goal "60 mon-sat, 120 sun"', expect=None)
        id = begun(work)
        work.at("2026-11-29T09:00:00+01:00")
        block = next(block for block in data(work, "today")["blocks"] if block["kind"] == "project")
        assert block["title"] == f"{TITLE}, stage 1: Scope it"
        assert block["work"] == f"project:{id}"
        assert block["resource"] == "Say what it is for"
        assert block["command"] == f"mlcoach start project:{id}"
        before = data(work, "today")["blocks"]
        work(f"log {block['minutes']}m project:{id}")
        after = data(work, "today")["blocks"]
        assert [one["title"] for one in after] == [one["title"] for one in before]
        assert [one["done"] for one in after if one["kind"] == "project"] == [True]
        assert [one["title"] for one in data(work, "plan --days 2")["days"][0]["blocks"]] == [
            one["title"] for one in after
        ]


class TestElsewhere:
    """What a project brings into the day, the calendar, the reminders and the search."""

    def test_it_is_found_by_its_title_and_by_what_was_written_on_it(self, work: Program) -> None:
        id = begun(work)
        work('project note "the clerk counts in working days"')
        hits = data(work, "search invoices")["hits"]
        assert ("project", id, f"mlcoach project show {id}") in [
            (hit["kind"], hit["id"], hit["command"]) for hit in hits
        ]
        (written,) = data(work, "note search clerk")["hits"]
        assert (written["kind"], written["title"], written["command"]) == (
            "project", TITLE, f"mlcoach project show {id}"
        )  # fmt: skip
        assert [hit["title"] for hit in data(work, "search clerk")["hits"]] == [TITLE]

    def test_its_evening_stands_in_the_calendar(self, work: Program) -> None:
        work("config set weekday.sat 180")
        assert "project" not in work("calendar export --weeks 1").out
        begun(work)
        text = work("calendar export --weeks 1").out.replace("\r\n ", "")
        named = [line for line in text.splitlines() if line.startswith("SUMMARY:Study · project")]
        assert len(named) == 1
        assert f"Time for the project: {TITLE}" in text

    def test_an_idea_whose_day_has_come_is_said_once_beside_the_plan(self, work: Program) -> None:
        work('project idea "Birdsong" --by +2')
        assert "Birdsong" not in work("today").out
        assert data(work, "today")["idea"] == ""
        work.at("2026-11-27T19:00:00+01:00")
        assert "begin or drop “Birdsong”" in work("today").out
        assert data(work, "today")["idea"] == "Birdsong"
        work("project drop birdsong")
        assert "Birdsong" not in work("today").out

    def test_a_weekday_to_decide_by_is_the_next_one(self, work: Program) -> None:
        for words, day in (("fri", "2026-11-27"), ("+3", "2026-11-26"), ("3", "2026-11-26"), ("12-01", "2026-12-01")):
            assert data(work, f"project idea Birdsong --by {words}")["project"]["decide_by"] == day

    def test_its_hours_are_named_in_the_look_back_on_a_quarter(self, work: Program) -> None:
        begun(work)
        work("log 90m project:late")
        tracks = {one["track"]: one["minutes"] for one in data(work, "week --quarter")["tracks"]}
        assert tracks == {"projects": 90}
