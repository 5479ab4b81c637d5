"""The clock: told by MLCOACH_NOW, by the zone of the settings, or by the system."""

from datetime import UTC, datetime, timedelta

import pytest

from mlcoach.adapters.clock import local_now, local_zone
from mlcoach.errors import UsageError


@pytest.mark.parametrize(
    ("told", "instant", "offset"),
    [
        ("2026-11-22T08:00:00+01:00", "2026-11-22T07:00:00+00:00", 60),
        ("2026-11-22T08:00:00Z", "2026-11-22T08:00:00+00:00", 0),
        ("2026-11-22T08:00-09:30", "2026-11-22T17:30:00+00:00", -570),
        ("2026-11-22T23:59:59.999999+14:00", "2026-11-22T09:59:59.999999+00:00", 840),
    ],
)
def test_a_time_that_is_set_and_its_offset_are_taken_as_they_are(told, instant, offset):
    now = local_now({"MLCOACH_NOW": told}, "Europe/Kyiv")
    assert now == datetime.fromisoformat(instant)
    assert now.utcoffset() == timedelta(minutes=offset)


@pytest.mark.parametrize(
    "told", ["2026-11-22T08:00:00", "2026-11-22", "yesterday", "08:00+01:00", "2026-13-01T00:00:00Z", "\x1b[31m"]
)
def test_a_time_without_offset_or_sense_is_refused(told):
    with pytest.raises(UsageError, match="cannot read MLCOACH_NOW"):
        local_now({"MLCOACH_NOW": told})


@pytest.mark.parametrize("told", ["1970-12-31T00:00:00Z", "9000-01-01T00:00:00Z"])
def test_a_time_at_the_ends_of_the_calendar_is_refused(told):
    with pytest.raises(UsageError, match="out of range"):
        local_now({"MLCOACH_NOW": told})


def test_with_no_time_set_it_is_now_in_the_zone_of_the_settings():
    before = datetime.now(UTC)
    kyiv, here = local_now({}, "Europe/Kyiv"), local_now({})
    after = datetime.now(UTC)
    assert before <= kyiv <= here <= after
    assert kyiv.utcoffset() in (timedelta(hours=2), timedelta(hours=3))
    assert here.utcoffset() is not None


def test_the_zone_has_a_name_where_one_is_known():
    assert str(local_zone({}, "Asia/Tokyo")) == "Asia/Tokyo"
    assert str(local_zone({"TZ": ":Europe/Kyiv"})) == "Europe/Kyiv"
    assert str(local_zone({"TZ": "Europe/Kyiv"}, "Asia/Tokyo")) == "Asia/Tokyo"
    assert local_zone({}) is None
    assert local_zone({"TZ": "CET-1CEST"}) is None
    assert local_zone({"TZ": "../../etc/passwd"}) is None
