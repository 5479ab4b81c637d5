"""The weeks of a group: the own ones put where the others find them, theirs read, and all of them as one table.

A week holds what `buddy report` shows of it and nothing else. What was read is kept here as it was last seen, so that
`week` and `report` ask nobody, and so that an older version put back in its place is not believed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.lock import held
from mlcoach.adapters.sync.member_key import NotForUsError, short_name
from mlcoach.adapters.sync.place import PlaceGoneError, PlaceRefusesError, UnreadableError
from mlcoach.adapters.sync.seen_weeks import Seen, plain, read_seen, seen_text
from mlcoach.domain.group.members import Member, Roster
from mlcoach.domain.group.shared_week import read_week
from mlcoach.domain.time.weeks import monday_of, week_name
from mlcoach.errors import MlcoachError, NotFoundError, UsageError
from mlcoach.services.day.status import week_to_look_at
from mlcoach.services.group import membership as memberships
from mlcoach.services.group.meeting import LEFT, Meeting, open_meeting, path_in, update_roster
from mlcoach.services.group.members import group_recipients
from mlcoach.services.group.membership import Membership
from mlcoach.services.habit import buddy
from mlcoach.views.sync.exchange import LeftOutView, SyncView
from mlcoach.views.sync.group import GroupRowView, GroupView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LOCK = "group.lock"
REWRITTEN_WEEKS = 2  # this one and the one before, which entries of an evening after may still change
FILLED_WEEKS = 4  # further back, those that are not there yet
NOT_HERE = "not one of mlcoach's weeks"


def table(context: "Context", week: date | None = None) -> GroupView:
    """Put the own weeks, read the others', and return the table of a week, by default the one to look back on.

    Raises NotFoundError without a group or for one that has not let this home in, PlaceGoneError, InvalidFileError;
    UsageError for a week to come, and while another exchange is under way.
    """
    first = week or week_to_look_at(context)
    if first > context.today:
        raise UsageError(f"`{week_name(first)}` is still to come", "look at `this` week, or one before")
    with _met(context) as (meeting, roster):
        membership = meeting.membership
        seen = read_seen(memberships.seen_file(context))
        reports = _Reports(context)
        _publish(context, meeting, roster, reports)
        there = _present(meeting, roster)
        for member in there:
            if member.key != membership.key.public:
                _look_at(meeting, roster, member, first, seen)
        memberships.keep(context, memberships.seen_file(context), seen_text(seen))
    return GroupView(
        meeting.place.address,
        week_name(first),
        first,
        first + timedelta(days=6),
        membership.founder_name,
        _rows(reports, membership, there, first, seen),
        tuple(meeting.left_out),
        founder_left=all(member.key != membership.founder for member in there),
    )


def share(context: "Context", view: SyncView) -> SyncView:
    """Put the own weeks where they differ from what lies there, and add to what an exchange shows what came of it."""
    if not memberships.is_in_group(context):
        return view
    try:
        with _met(context) as (meeting, roster):
            if _publish(context, meeting, roster, _Reports(context)):
                view = view._replace(notes=(*view.notes, f"your week went to the group at {meeting.place.address}"))
            left = tuple(meeting.left_out)
    except NotFoundError as error:  # they are to be let in by somebody else
        return view._replace(notes=(*view.notes, f"{error.message}; {error.hint}"))
    except UsageError:
        return view  # another look at the group is under way, which puts them
    except MlcoachError as error:
        left = (LeftOutView("your week for the group", error.message),)
    return view._replace(left_out=(*view.left_out, *left))


@contextmanager
def _met(context: "Context") -> Iterator[tuple[Meeting, Roster]]:
    """Look at the place of the group, alone, and keep what was learned of its members."""
    membership = memberships.read(context)
    with held(context.places.state / LOCK) as alone:
        if not alone:
            raise UsageError("another look at the group is under way", "it takes a moment; then try again")
        meeting = open_meeting(context, membership)
        yield meeting, update_roster(context, meeting)
        memberships.write(context, membership)


def seen_rows(context: "Context", first: date) -> tuple[GroupRowView, ...]:
    """Return the table of a week as it was last seen, without asking anybody; empty without a group."""
    if not memberships.is_in_group(context):
        return ()
    try:
        membership = memberships.known(context)
    except NotFoundError:
        return ()  # another machine joined, and this one has not looked yet
    if membership.roster is None:
        return ()
    seen = read_seen(memberships.seen_file(context))
    return _rows(_Reports(context), membership, membership.roster.members, first, seen)


class _Reports:
    """The own weeks as they are shared, each made once."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._made: dict[date, dict[str, Any]] = {}

    def of(self, first: date) -> dict[str, Any]:
        """Return what `buddy report` shows of a week, as JSON holds it, but for the file that it may be written to."""
        if first not in self._made:
            self._made[first] = plain(buddy.report(self._context, first)._replace(path=""))
            del self._made[first]["path"]
        return self._made[first]


def _publish(context: "Context", meeting: Meeting, roster: Roster, reports: _Reports) -> bool:
    """Put the own weeks, each where it is new or differs from what lies there; return whether one was."""
    public = meeting.key.public
    monday = monday_of(context.today)
    names = frozenset(short_name(member.key) for member in roster.members)
    recipients = group_recipients(roster)
    was_put = False
    try:
        if meeting.has(path_in(public, LEFT)):
            meeting.place.remove(path_in(public, LEFT))
        for number in range(FILLED_WEEKS):
            first = monday - timedelta(days=7 * number)
            name = path_in(public, week_name(first))
            if number < REWRITTEN_WEEKS or (not meeting.has(name) and _is_on_record(context, first)):
                was_put |= _put_week(context, meeting, roster, name, reports.of(first), names, recipients)
        meeting.place.finish()
    except (PlaceRefusesError, PlaceGoneError) as error:
        meeting.leave_out("your own week", f"{error.message}; it goes with the next look")
        return False
    return was_put


def _put_week(
    context: "Context",
    meeting: Meeting,
    roster: Roster,
    name: str,
    report: dict[str, Any],
    names: frozenset[str],
    recipients: list[str],
) -> bool:
    before = 0
    try:
        found = meeting.read(name, meeting.key.public, roster.keys)
        if found:
            before = found[0]["written"]
            is_sealed_anew = bool(meeting.copies.get(name)) or name not in meeting.listing.sizes
            if found[0].get("report") == report and found[1] == names and not is_sealed_anew:
                return False
    except UnreadableError:
        pass  # torn, or somebody else's: ours is put in its place
    # Later than what lies there, whatever the clock says: the newest of its own member counts.
    body = {"written": max(context.instant.microseconds, before + 1), "report": report}
    members = [member.key for member in roster.members]
    sealed = meeting.key.seal(name, json.dumps(body, ensure_ascii=False), members, recipients)
    meeting.place.put(name, sealed, again=True)
    for copy in meeting.copies.get(name, ()):
        meeting.place.remove(copy)
    return True


def _is_on_record(context: "Context", first: date) -> bool:
    return any(context.store.day(first + timedelta(days=number)).seconds for number in range(7))


def _present(meeting: Meeting, roster: Roster) -> tuple[Member, ...]:
    """Return the members who have not left."""
    there = []
    for member in roster.members:
        name = path_in(member.key, LEFT)
        if member.key != meeting.key.public and meeting.has(name):
            try:
                if meeting.read(name, member.key, roster.keys):
                    continue
            except UnreadableError:
                pass  # not by them, or before this member came: they are there until the founder says otherwise
        there.append(member)
    return tuple(there)


def _look_at(meeting: Meeting, roster: Roster, member: Member, first: date, seen: Seen) -> None:
    """Read a member's week, where there is one for us, and keep it if it is newer than what was seen."""
    name = path_in(member.key, week_name(first))
    try:
        found = meeting.read(name, member.key, roster.keys)
        if found is None:
            return
        report = found[0].get("report")
        read_week(report, first)
    except NotForUsError:
        return  # sealed before we came; their next look seals it anew
    except PlaceGoneError:
        raise
    except (UnreadableError, ValueError) as error:
        meeting.leave_out(f"the week of {member.name}", str(error) if isinstance(error, UnreadableError) else NOT_HERE)
        return
    known = seen.setdefault(week_name(first), {})
    if found[0]["written"] > known.get(short_name(member.key), {"written": -1})["written"]:
        known[short_name(member.key)] = {"written": found[0]["written"], "report": report}


def _rows(
    reports: _Reports, membership: Membership, members: tuple[Member, ...], first: date, seen: Seen
) -> tuple[GroupRowView, ...]:
    """Return one row for each member, in the order of their names."""
    rows = []
    known = seen.get(week_name(first), {})
    for member in sorted(members, key=lambda member: member.name.casefold()):
        is_you = member.key == membership.key.public
        if is_you:
            report = reports.of(first)
        elif (found := known.get(short_name(member.key))) is not None:
            report = found["report"]
        else:
            rows.append(GroupRowView(member.name, is_you, came=False))
            continue
        try:
            week = read_week(report, first)
        except ValueError:
            rows.append(GroupRowView(member.name, is_you, came=False))
            continue
        rows.append(
            GroupRowView(
                member.name,
                is_you,
                True,
                week.minutes,
                week.units,
                week.passed,
                week.streak,
                week.promise,
                week.promised,
            )
        )
    return tuple(rows)
