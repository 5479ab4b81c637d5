"""Numbers over time: rows instead of the journal, and the same as the journal says."""

import json
import random
import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import TRACKS
from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import ItemGraded
from mlcoach.domain.map_layout import MapLine
from mlcoach.domain.memory import measure
from mlcoach.domain.practice.counts import PracticeCount
from mlcoach.render.habit import charts, map_picture, report, report_head, report_map, stats
from mlcoach.services.context import Context
from mlcoach.services.habit import numbers
from mlcoach.services.habit import report as report_service
from mlcoach.services.memory import calibration
from mlcoach.services.record import record
from mlcoach.store.migrations import MIGRATIONS, NEWEST, m004_recall_by_day, migrate
from mlcoach.store.projections import row_of, stored_row
from mlcoach.views.calibration import BinView
from mlcoach.views.habit import RecallView, StreakDayView, WeekMinutesView
from mlcoach.views.pages.report import DrawnUnitView, PaperLineView, PractisedView, YearView
from tests import anki_packages as make
from tests.anki_packages import PackedCard, PackedNote
from tests.conftest import Program


def context_of(mlcoach: Program) -> Context:
    return Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})


def graded(mlcoach: Program, seed: int, days: int = 24) -> None:
    """Answer a few items on many days, some of them twice, some of it taken back, some of it told later."""
    chance = random.Random(seed)
    for number in range(days):
        mlcoach.now = datetime(2026, 10, 1, 20, tzinfo=UTC) + timedelta(days=number)
        for _ in range(chance.randrange(3)):
            item = chance.choice(["columns-are-images", "dot-product-sign", "why-order-matters"])
            mlcoach(f"grade {item} {chance.choice(['again', 'good', 'good', 'easy'])}")
            if chance.random() < 0.15:
                mlcoach("undo")
    mlcoach("grade columns-are-images good --date -20")


def test_recall_by_month_is_what_the_answers_say(mlcoach: Program) -> None:
    graded(mlcoach, 1)
    context = context_of(mlcoach)
    answers = [
        measure.MeasuredAnswer(answer.card, date.fromisoformat(answer.study_day).toordinal(), answer.rating)
        for answer in context.store.answers()
    ]
    # The answer told later changed what the ones after it followed; the day of each says what was known then.
    trials = measure.trials(answers)
    months = numbers.recall_by_month(context)
    assert sum(month.asked for month in months) == pytest.approx(len(trials), abs=1)
    assert [month.month for month in months] == sorted({month.month for month in months})
    assert numbers.recall_by_month(context, 1) == months[-1:]


def test_the_migration_counts_as_the_fold_does(mlcoach: Program) -> None:
    graded(mlcoach, 2)
    context = context_of(mlcoach)
    connection = context.writable_store().connection
    days = [Key("day", key) for (key,) in connection.execute("SELECT key FROM day ORDER BY key").fetchall()]

    def by_name() -> list[dict[str, object]]:
        names = [row[1] for row in connection.execute("PRAGMA table_info(day)")]
        rows = connection.execute("SELECT * FROM day ORDER BY key").fetchall()
        return [dict(zip(names, row, strict=True)) for row in rows]

    after = by_name()
    assert sum(int(str(row["asked"])) for row in after) > 5
    assert {key: row_of(connection, key) for key in days} == {key: stored_row(connection, key) for key in days}
    place = MIGRATIONS.index(m004_recall_by_day)
    connection.execute("DROP INDEX day_answers")
    for column in ("asked", "recalled"):
        connection.execute(f"ALTER TABLE day DROP COLUMN {column}")
    m004_recall_by_day(connection)
    # Rows are read by place: the columns of later migrations go behind again.
    connection.execute("DROP INDEX day_minutes")
    for name, kind in (("answered", "TEXT"), ("steps", "TEXT"), ("closed", "TEXT"), ("finished", "INTEGER")):
        connection.execute(f"ALTER TABLE day RENAME COLUMN {name} TO moved")
        connection.execute(f"ALTER TABLE day ADD COLUMN {name} {kind} NOT NULL DEFAULT 0")
        connection.execute(f"UPDATE day SET {name} = moved")
        connection.execute("ALTER TABLE day DROP COLUMN moved")
    assert place < NEWEST
    assert by_name() == after
    assert mlcoach("doctor").code == 0


def test_a_store_of_the_last_release_is_brought_up_to_date(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrate(connection, "2026-11-22T00:00:00+00:00", MIGRATIONS[: MIGRATIONS.index(m004_recall_by_day)])
    migrate(connection, "2026-11-23T00:00:00+00:00")
    columns = [row[1] for row in connection.execute("PRAGMA table_info(day)")]
    assert columns[-6:] == ["asked", "recalled", "answered", "steps", "closed", "finished"]
    connection.close()


def test_weeks_add_up(mlcoach: Program) -> None:
    for line in (
        "log 2h vectors", "log 45m --date -3", "log 1h start.why --date -8", "paper add 1412.6980",
        "log 30m paper:1412.6980 --date -8", "log 10m vectors --date -30",
    ):  # fmt: skip
        mlcoach(line)
    weeks = numbers.weeks(context_of(mlcoach))
    assert [(week.monday.isoformat(), week.minutes, week.tracks) for week in weeks if week.minutes] == [
        ("2026-10-19", 10, {"math": 10}),
        ("2026-11-09", 90, {"start": 60, "papers": 30}),
        ("2026-11-16", 45, {"reviews and other": 45}),
        ("2026-11-23", 120, {"math": 120}),
    ]
    assert len(weeks) == 6
    assert len(numbers.weeks(context_of(mlcoach), 2)) == 2


def test_stats_for_scripts(mlcoach: Program) -> None:
    for ago in range(20):
        mlcoach(f"log {60 + ago}m vectors --date -{ago}")
    data = json.loads(mlcoach("stats --json").out)["data"]
    assert data["tracks"] == {"math": sum(60 + ago for ago in range(20))}
    assert data["forecast"]["path"] == "core"
    finish = data["forecast"]["finish"]
    assert finish["early"] < finish["likely"] < finish["late"]
    assert data["weeks"][-1] == {"monday": "2026-11-23", "minutes": 60, "tracks": {"math": 60}}
    assert (data["retention"], data["desired"], data["calibration"], data["papers"]) == (None, 0.9, [], {})


def test_time_by_track_adds_up_to_all_time(mlcoach: Program) -> None:
    for line in ("log 2h vectors", "paper add 1412.6980", "log 30m paper:1412.6980", "log 45m"):
        mlcoach(line)
    data = json.loads(mlcoach("stats --json").out)["data"]
    assert data["tracks"] == {"math": 120, "papers, reviews and other": 75}
    assert sum(data["tracks"].values()) == data["total_minutes"]
    assert "papers, reviews and other  ▅  1h15m" in mlcoach("stats").out


def test_calibration_is_that_of_the_latest_answers(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(mlcoach)
    bodies = [
        (ItemGraded(f"own.x/c{item}", 1 if (item + turn) % 5 == 0 else 3, 5, "2026-11-20", ""), turn)
        for item in range(12) for turn in range(7)
    ]  # fmt: skip
    for turn in range(7):
        record(context, *(body for body, at in bodies if at == turn), day=context.today - timedelta(days=60 - 8 * turn))
    bins, scored = calibration.latest_calibration(context)
    assert scored == 12 * 6
    assert sum(one.answers for one in bins) == scored
    assert all(0 < one.predicted < 1 and 0 <= one.recalled <= 1 for one in bins)
    monkeypatch.setattr(calibration, "LATEST", 8)
    assert calibration.latest_calibration(context)[1] == 8  # from the last kept state with so many behind it


# Screens ------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_a_sparkline_is_as_long_as_its_values(values: list[int]) -> None:
    drawn = stats.sparkline(values)
    assert len(drawn) == len(values)
    assert all((mark == stats.NONE) == (value == 0) for mark, value in zip(drawn, values, strict=True))
    if values and max(values):
        assert drawn[values.index(max(values))] == stats.RAMP[-1]
    assert stats.shares([0.0, 0.5, 0.9, 1.0]) == "▁▁▇█"


def test_a_page_of_ten_years_is_small(mlcoach: Program) -> None:
    mlcoach("log 2h vectors")
    view = report_service.page(context_of(mlcoach))
    first = date(2025, 11, 24)
    tracks = {f"track{number}": 500 for number in range(16)}
    full = view._replace(
        stats=view.stats._replace(
            days=tuple(view.stats.days[-1]._replace(day=first + timedelta(days=n)) for n in range(371)),
            weeks=tuple(WeekMinutesView(first + timedelta(days=7 * n), 8000, tracks) for n in range(53)),
            tracks=tracks,
        ),
        recall=tuple(RecallView(date(2016 + n // 12, n % 12 + 1, 1), 2000, 1800) for n in range(131)),
        papers=tuple(PaperLineView("A title that is as long as titles get, and a little longer " * 3, "finished", first) for _ in range(25)),
        plan=None,
    )  # fmt: skip
    assert len(report.document(full).encode()) < 150_000


def test_the_page_of_the_first_weeks_has_days_no_larger_than_later(mlcoach: Program) -> None:
    mlcoach("log 2h vectors --date -19")
    page = Path(mlcoach("report").out.strip()).read_text(encoding="utf-8")
    heat = page[page.index("<svg class=heat") : page.index("</svg>", page.index("<svg class=heat"))]
    assert 'viewBox="0 0 401 113"' in heat
    # A label for the month; pale weeks where the year began elsewhere.
    assert re.findall(r">(Nov)</text>", heat) == ["Nov"] and 'class="before"' in heat
    # The days before the first one in its week are drawn, those to come are not.
    assert (heat.count("s-before"), heat.count("<rect class=s-")) == (2, 2 + 20)
    bars = [float(width) for width in re.findall(r'<path class="t0" d="M92.0 [0-9]+h([0-9.]+)V', page)]
    assert [width < 60 for width in bars] == [True]
    said = page[page.index("</svg>", page.index("<svg class=heat")) :]
    assert all(f"</span>{words}</li>" in said for words in ("goal reached", "day kept", "not studied"))


def test_seconds_add_up_before_they_are_shown_as_minutes(mlcoach: Program) -> None:
    for ago in range(4):
        mlcoach(f"grade math.la.vectors/columns-are-images good --seconds 45 --date -{3 - ago}")
    data = json.loads(mlcoach("stats --json").out)["data"]
    assert (data["total_minutes"], data["days_studied"]) == (3, 4)
    assert [year.minutes for year in report_service.page(context_of(mlcoach)).years] == [3]


def test_an_imported_deck_is_no_progress(mlcoach: Program, tmp_path: Path) -> None:
    file = make.package(tmp_path / "a.apkg", [PackedNote(1, ("Q", "A"))], [PackedCard(11, 1, 7)], [], decks={7: "A"})
    mlcoach("log 3h start.why")
    mlcoach("done start.why")
    before = json.loads(mlcoach("stats --json").out)["data"]
    map_before = report_service.page(context_of(mlcoach)).progress
    mlcoach(f"import anki {file}")
    assert json.loads(mlcoach("stats --json").out)["data"] == before
    assert report_service.page(context_of(mlcoach)).progress == map_before
    mlcoach("log 30m anki.a.a")
    after = json.loads(mlcoach("stats --json").out)["data"]
    assert after["forecast"]["factor"] == before["forecast"]["factor"]
    assert [subject["subject"] for subject in after["subjects"]] == ["start", "anki.a"]


def test_words_on_the_page_are_data(mlcoach: Program) -> None:
    mlcoach("paper add 10.1000/x --title '<script>alert(1)</script> & \"x\"'")
    page = Path(mlcoach("report").out.strip()).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;" in page


def test_where_the_page_goes(mlcoach: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    place = mlcoach.home / "data" / "report.html"
    assert mlcoach("report --open").out == f"{place}\n"
    assert opened == [place.as_uri()]
    assert place.stat().st_mode & 0o777 == 0o600
    assert mlcoach.files() == {"data/report.html"}  # a page is no event
    data = json.loads(mlcoach(f"report -o {tmp_path / 'mine.html'} --json").out)["data"]
    assert data == {
        "path": str(tmp_path / "mine.html"),
        "bytes": (tmp_path / "mine.html").stat().st_size,
        "opened": False,
    }
    mlcoach("undo")
    assert not (tmp_path / "mine.html").exists()
    monkeypatch.setattr("webbrowser.open", lambda address: False)
    assert "no browser was found" in mlcoach("report --open").err


def test_the_page_begins_with_the_two_numbers_and_draws_every_unit(mlcoach: Program) -> None:
    mlcoach("skip start.setup")
    mlcoach("log 45m vectors")
    page = Path(mlcoach("report").out.strip()).read_text(encoding="utf-8")
    top = page[page.index('<dl class="top">') : page.index("</dl>")]
    named = re.findall(r"<dt>(.*?)</dt><dd><b[^>]*>(.*?)</b>", top)
    assert [name for name, _ in named] == ["Covered", "Retained", "Streak", "The path ends"]
    assert (named[0][1], named[1][1], named[2][1]) == ("5%", "0%", "1 day")
    drawn = page[page.index('<svg class="map"') : page.index("</svg>", page.index('<svg class="map"'))]
    context = context_of(mlcoach)
    view = report_service.page(context)
    chosen = report_map.drawn_units(view.units)
    on_path = [id for id in context.path.units if id in context.catalog.units]
    assert drawn.count("<a href=") == len(chosen) == len(on_path)
    assert len(re.findall(r"<tr id=u\d+>", page)) == len(context.catalog.units) >= len(chosen)
    # Every unit of the picture stands below it by its name.
    listed = page[page.index("<dl class=tracks>") : page.index("</dl>", page.index("<dl class=tracks>"))]
    assert [unit.title for unit in chosen if unit.title not in unescape(listed)] == []
    assert "<title>Vectors, matrices, linear maps: learning</title>" in drawn
    assert "<title>Machine, OS, accounts: skipped, 0% retained</title>" in drawn
    # A line for every edge that no longer way implies.
    ends = re.findall(r"M\d+ \d+", drawn)
    ids = {unit.id for unit in chosen}
    assert len(ends) == sum(len(ids.intersection(unit.drawn)) for unit in chosen) > 5
    context.close()


def test_a_map_that_is_too_large_for_the_page_says_what_is_left_out(
    mlcoach: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_service, "MOST_UNITS", 5)
    mlcoach("log 45m eigen")
    context = context_of(mlcoach)
    view = report_service.page(context)
    on_path = [unit for unit in view.units if unit.on_path]
    assert len(view.units) == len(on_path) == 5
    assert view.units_left_out == len(context.catalog.units) - 5
    text = report.document(view)
    assert f"{view.units_left_out} units more had no room here." in text
    context.close()


def test_labels_below_a_chart_touch_no_other_and_the_last_is_kept() -> None:
    shown = charts.below_line([50.0, 60.0, 400.0, 640.0, 712.0], 20, ["Jan", "Feb", "", "Sep", "Oct"])
    assert [re.findall(">(.*?)<", one)[0] for one in shown] == ["Feb", "Sep", "Oct"]


def test_days_are_told_apart_without_colours() -> None:
    column = [("s-goal", "a"), ("s-kept", "b"), ("s-frozen", "c"), ("s-rest", "d"), ("", ""), ("", ""), ("", "")]
    drawn = charts.heat_map("h", "Days", "said", [column], [""], 1)
    assert re.findall(r'<path class="(g-\w+)" d="M50 (\d+)', drawn) == [
        ("g-half", "35"),
        ("g-dot", "48"),
        ("g-dash", "61"),
    ]


def test_what_fades_most_is_named_first_and_what_was_never_asked_is_not() -> None:
    recalls = {"a": 0.8, "b": 0.0, "c": 0.6, "d": 0.9}
    units = tuple(DrawnUnitView(id, id, "math", "passed", 2.0, True, recall, (), ()) for id, recall in recalls.items())
    assert [unit.id for unit in report_head.fading_most(units)] == ["c", "a"]


def test_the_first_weeks_have_the_plan_in_place_of_empty_charts(mlcoach: Program) -> None:
    for days, has_plan in ((0, True), (13, True), (14, False)):
        mlcoach("log 30m start.why")
        mlcoach.now += timedelta(days=days)
        page = Path(mlcoach("report").out.strip()).read_text(encoding="utf-8")
        titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
        assert ("Today" in titles, "What this page will show" in titles) == (has_plan, has_plan)
        assert ("Hours by week and track" in titles, "Progress on your path" in titles) == (not has_plan, not has_plan)
        mlcoach.now -= timedelta(days=days)
        assert ("<b>Ready</b> " in page) is has_plan
    assert "by the curriculum&#x27;s estimate" in page


def test_practice_by_pattern_stops_where_all_is_solid(mlcoach: Program) -> None:
    mlcoach("log 30m start.why")
    view = report_service.page(context_of(mlcoach))._replace(
        practised=(PractisedView("Python", 3, 4),),
        patterns=tuple(
            PracticeCount(name, items, items, solid, 0)
            for name, items, solid in (("hashing", 5, 1), ("stack", 2, 1), ("trie", 2, 2), ("one", 1, 0))
        ),
    )
    page = report.document(view)
    rows = page[page.index("By pattern") : page.index("patterns more")]
    assert re.findall(r'<th scope="row">(\w+)<td>(\d)', rows) == [("hashing", "4"), ("stack", "1")]
    assert "2 patterns more, 1 of them solid" in page
    assert '<th scope="row">Python<td>4<td>3<td>75%' in page


def test_a_label_is_never_cut_at_the_edge() -> None:
    assert charts.label(100, 14, "Nov", 720) == '<text x="100.0" y="14">Nov</text>'
    assert charts.label(712, 14, "Nov", 720) == '<text x="720" y="14" text-anchor="end">Nov</text>'


def test_the_pictures_of_a_line_on_the_map() -> None:
    line = MapLine("a", "b", ((10.0, 5.0), (20.0, 5.0), (20.0, 45.0), (60.0, 45.0)))
    assert map_picture.path_of(line) == "M10 5h6q4 0 4 4v32q0 4 4 4h36"
    assert map_picture.path_of(MapLine("a", "b", ((10.0, 5.0), (60.0, 5.0)))) == "M10 5h50"
    up = MapLine("a", "b", ((0.0, 40.0), (10.0, 40.0), (10.0, 37.0), (30.0, 37.0)))
    assert map_picture.path_of(up) == "M0 40h9q1 0 1 -1v-1q0 -1 1 -1h19"


def test_short_names_tell_units_of_a_track_apart() -> None:
    units = [
        DrawnUnitView(id, id, "math", "ready", 2.0, True, 0.0, (), ())
        for id in ("math.la.basics", "math.prob.basics", "math.la.eigen")
    ]
    assert list(map_picture.short_names(units).values()) == ["la.basics", "prob.basics", "eigen"]
    assert [map_picture.level(share) for share in (0, 0.3, 0.6, 0.8, 0.9)] == [0, 1, 1, 2, 3]


def test_the_page_of_ten_full_years_is_no_larger_than_it_was_promised_to_be(mlcoach: Program) -> None:
    """Every part at its largest: a year of days, eight tracks a week, 120 months and units."""
    mlcoach("log 45m vectors")
    context = context_of(mlcoach)
    view = report_service.page(context)
    today = context.today
    days = tuple(StreakDayView(today - timedelta(days=number), 121, "goal", 7260) for number in range(370, -1, -1))
    tracks = dict.fromkeys(("math", "prog", "ml", "dl", "eng", "career", "papers", "reviews and other"), 95)
    weeks = tuple(WeekMinutesView(today - timedelta(days=7 * number), 760, tracks) for number in range(52, -1, -1))
    months = tuple(RecallView(date(2017 + number // 12, number % 12 + 1, 1), 1800, 1600) for number in range(120))
    bins = tuple(BinView(0.5 + number / 20, 0.5 + number / 20, 60) for number in range(10))
    names = [f"math.subject.unit-{number}" for number in range(report_service.MOST_UNITS)]
    units = tuple(
        DrawnUnitView(
            id, f"A title of usual length, {number}", TRACKS[number % 14], "mastered", 10.0, number % 2 == 0, 0.91,
            tuple(names[max(0, number - 2) : number]), tuple(names[max(0, number - 2) : number : 2]),
        )
        for number, id in enumerate(names)
    )  # fmt: skip
    full = view._replace(
        stats=view.stats._replace(
            days=days, weeks=weeks, tracks=tracks, recall=months, calibration=bins, calibrated=600, days_studied=3650
        ),
        recall=months,
        years=tuple(YearView(2017 + number, 79000, 360, 18000) for number in range(10)),
        papers=(PaperLineView("A title of a paper as long as many are, with a subtitle to it", "finished", today),)
        * report_service.MOST_PAPERS,
        units=units,
        plan=None,
    )
    assert 100_000 < len(report.document(full).encode()) < 120_000
    context.close()
