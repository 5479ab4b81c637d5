"""Stages, skipped and gone back on, with their counts, rates and the weak one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import Body, Event
from mlcoach.domain.work.interviews import next_interview
from mlcoach.domain.work.jobs import (
    CLIENT_STAGES,
    JOB_STAGES,
    JobState,
    count_stages,
    fold_jobs,
    skipped,
    weak_stage,
)
from mlcoach.domain.work_events import JobDropped, JobMoved, JobStage, JobStepChecked, JobTimeLogged

MONDAY = date(2026, 11, 23)
JOB = ("job", "inbound")


def lived(*bodies: Body) -> dict[str, JobState]:
    return fold_jobs(
        Event(f"e{n}", n, 0, MONDAY + timedelta(days=n), n, "d", n, "c", body) for n, body in enumerate(bodies)
    )


def moved(job: str, *stages: JobStage) -> list[Body]:
    return [JobMoved(job, stage) for stage in stages]


def test_a_stage_left_out_is_not_visited_and_a_talk_may_be_left_out() -> None:
    job = lived(*moved("a", "found", "interview"))["a"]
    assert [stage for stage, _ in job.visited] == ["found", "interview"]
    assert skipped(["found"], "interview", "job") == ("applied",)
    assert skipped(["found"], "applied", "job") == ()
    assert skipped(["found"], "closed", "job") == ()


def test_going_back_takes_off_what_came_after() -> None:
    job = lived(*moved("a", "found", "applied", "interview", "applied"))["a"]
    assert [stage for stage, _ in job.visited] == ["found", "applied"]
    assert job.visited[1][1] == "2026-11-24"  # when it came there first


def test_closed_keeps_where_it_ended() -> None:
    job = lived(*moved("a", "found", "applied", "closed"))["a"]
    assert (job.stage, [stage for stage, _ in job.visited]) == ("closed", ["found", "applied"])


def test_rates_count_what_is_decided_and_silence_is_a_no() -> None:
    events = [body for job in "abc" for body in moved(job, "found", "applied", "closed")]
    events += moved("d", "found", "applied", "interview")
    events += moved("e", "found", "applied")
    jobs = lived(*events).values()
    soon = {count.stage: count for count in count_stages(jobs, JOB, MONDAY + timedelta(days=20))}
    assert (soon["applied"].came, soon["applied"].went_on, soon["applied"].stayed) == (5, 1, 3)
    assert soon["applied"].rate == 0.25
    later = {count.stage: count for count in count_stages(jobs, JOB, MONDAY + timedelta(days=60))}
    assert later["applied"].stayed == 4
    weak = weak_stage(soon.values())
    assert weak is not None and weak.stage == "applied"


def test_too_few_jobs_name_no_weak_stage() -> None:
    jobs = lived(*moved("a", "found", "closed"), *moved("b", "found", "closed")).values()
    assert weak_stage(count_stages(jobs, JOB, MONDAY)) is None


def test_a_client_has_an_estimate_and_hours() -> None:
    state = lived(
        JobMoved("c", "lead", "client"), JobMoved("c", "agreed", "client", minutes=1800), JobTimeLogged("c", 5400)
    )["c"]
    assert (state.minutes, state.seconds, state.stage) == (1800, 5400, "agreed")


def test_hours_may_be_of_a_day_before_the_client_was_written_down() -> None:
    assert lived(JobTimeLogged("c", 3600), JobMoved("c", "lead", "client"))["c"].seconds == 3600


def test_what_says_something_of_a_job_that_is_not_there_is_left_alone() -> None:
    assert lived(JobTimeLogged("gone", 60), JobDropped("gone"), JobStepChecked("gone", "offer", "team")) == {}


def test_an_interview_counts_in_the_four_weeks_before_it() -> None:
    jobs = lived(JobMoved("a", "found"), JobMoved("a", "interview", by="2026-12-18")).values()
    assert next_interview(jobs, date(2026, 11, 19)) is None
    assert next_interview(jobs, date(2026, 11, 20)) == date(2026, 12, 18)
    assert next_interview(jobs, date(2026, 12, 18)) == date(2026, 12, 18)
    assert next_interview(jobs, date(2026, 12, 19)) is None
    offered = lived(JobMoved("a", "interview", by="2026-12-18"), JobMoved("a", "offer")).values()
    assert next_interview(offered, date(2026, 12, 1)) is None


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from((*JOB_STAGES, "closed"))), max_size=15))
def test_counts_add_up_whatever_the_moves(moves: list[tuple[str, JobStage]]) -> None:
    jobs = lived(*(JobMoved(job, stage) for job, stage in moves)).values()
    for count in count_stages(jobs, JOB, MONDAY):
        assert 0 <= count.went_on + count.stayed <= count.came <= len(jobs)
    assert sum(count.here for count in count_stages(jobs, JOB, MONDAY)) <= len(jobs)


def test_clients_have_stages_of_their_own() -> None:
    jobs = lived(JobMoved("c", "lead", "client"), *moved("a", "found")).values()
    assert [count.stage for count in count_stages(jobs, ("client",), MONDAY)] == list(CLIENT_STAGES)
    assert sum(count.came for count in count_stages(jobs, ("client",), MONDAY)) == 1
