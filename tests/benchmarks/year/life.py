"""One learner lives with the program, day by day."""

import shutil
import tempfile
from collections import defaultdict
from math import ceil
from pathlib import Path
from statistics import fmean

from tests.benchmarks.year.learner import AGAIN, Learner
from tests.benchmarks.year.program import Block, Part, Program
from tests.benchmarks.year.record import Evening, Look, Morning, Promise, Recall, Record, Spent
from tests.benchmarks.year.runs import Run

YEAR = 365  # days; whoever ends earlier goes on until then
LOOK_EVERY = 7  # days
MONTH = 30
MOST_BLOCKS = 30  # of one day
QUESTION_SECONDS = 25
FAR_OFF = (1, 5, 9)  # places from the end of the path at which a learner peeks


class Life:
    """A learner, the program, and the record of what happens between them."""

    def __init__(self, run: Run, seed: int, program: Program) -> None:
        self.run = run
        self.record = Record()
        self._program = program
        self._learner = Learner(seed, run.habits)
        self._worked: defaultdict[str, int] = defaultdict(int)  # minutes by unit
        self._studied: dict[str, int] = {}  # the last day by unit
        self._walked: defaultdict[str, int] = defaultdict(int)  # parts finished by unit
        self._read: defaultdict[tuple[str, int], int] = defaultdict(int)  # minutes by paper and pass
        self._finished: set[str] = set()  # steps
        self._next_look = LOOK_EVERY
        self._promised: list[Block] | None = None
        for unit in program.path:  # the map is looked at while nothing is passed yet
            self.record.needed[unit] = self._needed(unit)

    def live(self, days: int, least: int = YEAR) -> Record:
        """Live until the path is walked and `least` days are over, for `days` days at most."""
        for day in range(1, days + 1):
            if self.record.ended and day > least:
                break
            self.record.last_day = day
            self._live_day(day)
            if day % MONTH == 0 or day == YEAR:
                self._look_inside(day)
        status = self._program.status()
        self.record.end(sum(status[unit] == "rusty" for unit in self._program.path))
        return self.record

    # A day ----------------------------------------------------------------------------------------------------

    def _live_day(self, day: int) -> None:
        if not self.run.week[(day - 1) % 7]:
            self._promised = None
            return
        studies = self._learner.studies_on(day) or day == 1
        if not studies and self._promised is None:
            return
        self._program.morning(day)
        if self.run.placed:
            self._be_placed(day)
        blocks = self._program.plan_of_today()
        self._compare(day, blocks)
        if not studies:
            return
        cards, exercises = self._program.due()
        self.record.mornings.append(Morning(day, cards, exercises, tuple(block.kind for block in blocks)))
        self._follow(day, blocks)
        if day in self.run.habits.peeks:
            self._peek(day)
        self.record.evenings.append(Evening(day, self._program.due()[0]))
        if not self.record.ended and all(unit in self.record.passed for unit in self._program.path):
            self.record.ended = day
        if day >= self._next_look:
            self._look_ahead(day)

    def _be_placed(self, day: int) -> None:
        """Answer the questions of placement on the first day; later, take up again what it passed and should not have."""
        if day > 1:
            for unit in [unit for unit in self.record.placed if self._program.is_learning(unit)]:
                self.record.placed.remove(unit)
                self.record.reopened.append(unit)
                self.record.passed.pop(unit, None)
            return
        self.record.questions = self._be_asked(day)

    def _be_asked(self, day: int, *about: str) -> int:
        """Answer the questions of placement, or those before a unit; return how many there were."""
        asked = 0
        while question := self._program.next_question(*about):
            unit, id = question
            self._program.spend(QUESTION_SECONDS)
            right = self._learner.answers_right(id, knows=self.run.is_known(unit))
            self._program.answer_question(right, QUESTION_SECONDS, *about)
            asked += 1
        passed = self._program.finish_placement(*about)
        self.record.placed += passed
        self.record.spent.append(Spent(day, "other", asked * QUESTION_SECONDS / 60))
        self.record.passed |= dict.fromkeys(passed, day)
        return asked

    def _follow(self, day: int, blocks: list[Block]) -> None:
        """Do the blocks of a day one by one; what the program offers for minutes that became free comes after them."""
        tried: set[Block] = set()
        for _ in range(MOST_BLOCKS):
            waiting = [
                block for block in blocks if not block.done and block._replace(step="", resource="") not in tried
            ]
            if not waiting:
                return
            tried.add(waiting[0]._replace(step="", resource=""))
            self._do(day, waiting[0])
            blocks = self._program.plan_of_today()

    def _do(self, day: int, block: Block) -> None:
        if block.step:
            self.record.named_again += block.step in self._finished
        if block.items:
            self._answer_block(day, block)
        elif block.paper:
            self._read_paper(day, block)
        elif block.kind == "free":
            self._spend(day, "other", block.minutes)
            self._program.log("", block.minutes)
        elif block.kind == "close":
            self._spend(day, "close", self._program.close_day(block.minutes))
        elif block.unit and block.unit not in self.record.passed:
            self._study(day, block)

    def _spend(self, day: int, kind: str, minutes: float, unit: str = "") -> None:
        self._program.spend(minutes * 60)
        self.record.spent.append(Spent(day, kind, minutes, unit))

    # Units ----------------------------------------------------------------------------------------------------

    def _study(self, day: int, block: Block) -> None:
        unit, minutes = block.unit, block.minutes
        self.record.line(unit, block.resource)
        if self._learner.goes_elsewhere(day, unit):
            self._spend(day, "other", minutes)
            self._program.log("", minutes)
            return
        if self.run.placed and unit not in self.record.begun:
            self._be_asked(day, unit)
            if unit in self.record.passed:
                return
        self.record.begun.setdefault(unit, day)
        minutes = self._minutes_for(block)
        self._spend(day, "units" if unit in self._program.path else "other", minutes, unit)
        self._program.log(unit, minutes)
        if not all(required in self.record.passed for required in self._program.pieces[unit].requires):
            self.record.locked_minutes += minutes
        self._worked[unit] += minutes
        self._studied[unit] = day
        if block.closing:
            self._pass(day, unit)
        else:
            self._walk(day, unit)

    def _minutes_for(self, block: Block) -> int:
        """Return the minutes until the steps of a block are finished, those of the block at most."""
        piece = self._program.pieces[block.unit]
        pace = self._needed(block.unit) / (piece.hours * 60)
        end, last = 0.0, 0.0
        for part in piece.parts:
            end += part.minutes * pace
            if part.id in block.steps:
                last = end
        left = last - self._worked[block.unit]
        return min(block.minutes, max(1, ceil(left))) if left > 0 else block.minutes

    def _walk(self, day: int, unit: str) -> None:
        """Finish the parts of a unit that its minutes reach, and pass it after the last one."""
        piece = self._program.pieces[unit]
        pace = self._needed(unit) / (piece.hours * 60)
        end = 0.0
        for number, part in enumerate(piece.parts, start=1):
            end += part.minutes * pace
            if end > self._worked[unit] + 1e-6:
                return
            if number > self._walked[unit]:
                self._walked[unit] = number
                self._finish(day, unit, part)
        self._pass(day, unit)

    def _pass(self, day: int, unit: str) -> None:
        self._program.mark_passed(unit)
        self.record.passed[unit] = day

    def _finish(self, day: int, unit: str, part: Part) -> None:
        self._finished.add(part.id)
        if not part.exercise:
            self._program.finish_part(unit, part)
        elif self.run.habits.exercises:
            self._answer(day, part.id, within_unit=True)

    def _needed(self, unit: str) -> float:
        return self._learner.minutes_needed(unit, self._program.pieces[unit].hours)

    # Items ----------------------------------------------------------------------------------------------------

    def _answer_block(self, day: int, block: Block) -> None:
        """Answer the items of a block, however long they take; cards not recalled come back at its end."""
        failed = []
        for item in block.items:
            exercise = self._program.items[item].exercise
            if exercise and not self.run.habits.exercises:
                continue
            if self._answer(day, item) == AGAIN and not exercise:
                failed.append(item)
        for item in failed:
            self._answer(day, item)

    def _answer(self, day: int, item: str, *, within_unit: bool = False) -> int:
        """Answer an item, and return the rating; an exercise within its unit takes no time beside the unit's."""
        unit, exercise, minutes, _ = self._program.items[item]
        studied = self._studied.get(unit, day if self.run.is_known(unit) else None)
        rating, took = self._learner.answer(item, day, minutes, exercise=exercise, studied=studied)
        seconds = 0 if within_unit else max(1, round(took))
        if within_unit:
            self._program.spend(1)
        else:
            first = unit if exercise and item not in self.record.done else ""  # its minutes are also those of its unit
            self._spend(day, "practice" if exercise else "review", seconds / 60, first)
        self._program.answer(item, rating, seconds)
        (self.record.done if exercise else self.record.met).setdefault(item, day)
        self.record.answers += 1
        return rating

    def _peek(self, day: int) -> None:
        """Answer a card of units far off, out of curiosity."""
        for place in FAR_OFF:
            cards = self._program.pieces[self._program.path[-place]].cards
            unmet = [card for card in cards if card not in self.record.met]
            if unmet:
                self._answer(day, unmet[0])

    # Papers ---------------------------------------------------------------------------------------------------

    def _read_paper(self, day: int, block: Block) -> None:
        """Read on in a paper, and end its pass when the learner's own minutes of it are reached."""
        number = self._program.reading_pass(block.paper)
        if not number:
            return
        self._spend(day, "papers", block.minutes)
        self._program.log_paper(block.paper, block.minutes)
        self._read[block.paper, number] += block.minutes
        if self._read[block.paper, number] >= self._learner.pass_minutes_needed(block.paper, number):
            self._program.finish_pass(block.paper, self._learner.verdict(block.paper, number))

    # Looks ----------------------------------------------------------------------------------------------------

    def _look_ahead(self, day: int) -> None:
        """Ask for the forecast and for tomorrow's plan, once a week."""
        self._next_look = day + LOOK_EVERY
        if not self.record.ended:
            told = self._program.forecast()
            self.record.looks.append(Look(day, *told) if told else Look(day))
        self._promised = self._program.plan_of_tomorrow()

    def _compare(self, day: int, blocks: list[Block]) -> None:
        """Compare today's plan with what `plan` said of it yesterday."""
        if self._promised is not None:
            exact, units = (
                [_told(block, exactly) for block in blocks] == [_told(block, exactly) for block in self._promised]
                for exactly in (True, False)
            )
            self.record.promises.append(Promise(day, exact, units))
        self._promised = None

    def _look_inside(self, day: int) -> None:
        """Write down what the learner really would recall."""
        drills = {item for item in self.record.done if self._program.items[item].drill}
        cards, exercises, of_drills, skills = (
            fmean(self._learner.recall(item, day) for item in items) if items else None
            for items in (self.record.met, self.record.done.keys() - drills, drills, self.record.done)
        )
        self.record.recalls.append(Recall(day, cards, exercises, of_drills, skills, len(drills)))


def _told(block: Block, exactly: bool) -> tuple[object, ...]:
    return block[:5] if exactly else (block.kind, block.unit)


def record_of(run: Run, seed: int, days: int, kind: type[Life] = Life) -> tuple[Record, Program]:
    """Live a year in a home of its own, which is gone afterwards; return its record and the program, closed.

    `kind` may note more of the life than others do.
    """
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="mlcoach-year-", dir=memory if memory.is_dir() else None))
    try:
        program = Program(folder, run.path, run.week, run.known)
        record = kind(run, seed, program).live(days)
        program.close()
        return record, program
    finally:
        shutil.rmtree(folder)
