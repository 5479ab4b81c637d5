"""Hostile inputs for every reader, made of sound ones by a seed; and what must hold of each of them.

A module of this folder names its samples, the words of its format and how an input is read. By hand, from the top
folder: `python -m tests.fuzz.NAME --count 100000 --seed 1` prints how many were read and refused, and whatever broke a
promise, with the number that makes that input again.
"""

import argparse
import re
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from mlcoach.domain.text import first_hostile
from mlcoach.errors import MlcoachError

LONGEST = 20.0  # seconds of the processor for one input: a busy machine makes none of them slow
MOST_MEMORY = 500  # MiB for all of a process
LONGEST_INPUT = 300_000  # bytes
NUMBERS = (b"0", b"-1", b"1e999", b"99999999999999999999", b"2147483648", b"0.1", b"NaN", b"00010101", b"99991231")
LETTERS = ("\x1b[2J", "\u202e", "\x9b", "\x00", "\ufeff", "\ud7ff", "e\u0301", "日本", "\U0001f600", "\r", "\u2028")
_NUMBER = re.compile(rb"[0-9]{1,20}")


class Fuzzer(NamedTuple):
    """A reader under test: its samples, the words of its format, and one call that reads a file.

    `read` returns the texts that could reach a screen; it raises MlcoachError for what it refuses, and nothing else.
    `change` makes an input of the samples; by default it knows only bytes and words.
    """

    name: str
    samples: Sequence[bytes]
    words: Sequence[bytes]
    read: Callable[[Path], Iterable[str]]
    suffix: str = ""
    change: Callable[["Fuzzer", Random], bytes] | None = None

    def made(self, seed: int) -> bytes:
        """Return the input of a number; the same number always gives the same."""
        chance = Random(f"{self.name} {seed}")
        if self.change is not None:
            return self.change(self, chance)
        return mutated(chance.choice(self.samples), chance, self.words, self.samples)


class Outcome(NamedTuple):
    """What became of an input: "read", "refused", or which promise it broke."""

    seed: int
    what: str
    seconds: float


def mutated(content: bytes, chance: Random, words: Sequence[bytes] = (), others: Sequence[bytes] = ()) -> bytes:
    """Return a content changed in one to six places: bytes, words of its format, numbers, whole pieces."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        chance.choice(_WAYS)(data, chance, words, others)
    return bytes(data[:LONGEST_INPUT])


def _place(data: bytearray, chance: Random) -> int:
    return chance.randrange(len(data) + 1)


def _span(data: bytearray, chance: Random) -> tuple[int, int]:
    begin = _place(data, chance)
    return begin, min(len(data), begin + chance.choice((1, 2, 5, 20, 100, 2000)))


def _flip(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    for _ in range(min(len(data), chance.choice((1, 1, 4, 40)))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    begin, end = _span(data, chance)
    data[begin:end] = chance.choice((chance.randbytes(end - begin), b"\0" * (end - begin), b"\xff" * (end - begin)))


def _delete(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    begin, end = _span(data, chance)
    del data[begin:end]


def _repeat(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    begin, end = _span(data, chance)
    data[begin:begin] = data[begin:end] * chance.choice((1, 1, 2, 10, 300))


def _cut(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    del data[_place(data, chance) :]


def _word(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    word = chance.choice((*words, *NUMBERS, chance.choice(LETTERS).encode("utf-8", "surrogatepass")))
    place = _place(data, chance)
    data[place:place] = word * chance.choice((1, 1, 1, 3, 200))


def _swap_word(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    there = [word for word in words if word in data]
    if there:
        old, new = chance.choice(there), chance.choice((b"", *words))
        begin = data.find(old, _place(data, chance))
        begin = begin if begin >= 0 else data.find(old)
        data[begin : begin + len(old)] = new


def _number(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    found = list(_NUMBER.finditer(data[:50_000]))
    if found:
        match = chance.choice(found)
        data[match.start() : match.end()] = chance.choice(NUMBERS)


def _splice(data: bytearray, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> None:
    if others:
        other = chance.choice(others)
        begin, end = sorted((chance.randrange(len(other) + 1), chance.randrange(len(other) + 1)))
        place = _place(data, chance)
        data[place:place] = other[begin:end][:5000]


_WAYS = (_flip, _overwrite, _delete, _repeat, _cut, _word, _word, _swap_word, _number, _splice)


def tried(fuzzer: Fuzzer, numbers: Iterable[int], folder: Path) -> Iterator[Outcome]:
    """Read the inputs of these numbers, each in a folder of its own, and yield what became of each."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    for seed in numbers:
        path = home / f"input{fuzzer.suffix}"
        path.write_bytes(fuzzer.made(seed))
        began = time.process_time()
        try:
            texts = list(fuzzer.read(path))
            odd = next((text for text in texts if first_hostile(text)), None)
            what = "read" if odd is None else f"steers the terminal: {odd[:80]!r}"
        except MlcoachError as error:
            odd = first_hostile(f"{error.message}\n{error.hint}")
            what = (
                "refused" if not odd and "\n" not in error.message else f"an error that is not plain: {error.message!r}"
            )
        except (Exception, RecursionError) as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {error}"[:200]
        took = time.process_time() - began
        if took > LONGEST:
            what = f"took {took:.0f} s"
        if strays := [str(file) for file in folder.rglob("*") if file != home and file != path]:
            what = f"wrote {strays[0]}"
        yield Outcome(seed, what, took)


def broken(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes that break a promise."""
    return [one for one in outcomes if one.what not in ("read", "refused")]


def main(*fuzzers: Fuzzer) -> None:
    """Try many inputs of the fuzzers of a module, as the command line says, and print what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="the number of the first input")
    parser.add_argument("--only", default="", help="the name of one fuzzer of this module")
    parser.add_argument("--keep", default="", help="a folder for the inputs that break a promise")
    asked = parser.parse_args()
    failed = False
    for fuzzer in fuzzers:
        if asked.only not in ("", fuzzer.name):
            continue
        counts: Counter[str] = Counter()
        longest = Outcome(0, "", 0.0)
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            for one in tried(fuzzer, range(asked.seed, asked.seed + asked.count), Path(folder)):
                longest = max(longest, one, key=lambda outcome: outcome.seconds)
                counts[one.what if one.what in ("read", "refused") else "broken"] += 1
                if one.what not in ("read", "refused"):
                    failed = True
                    print(f"{fuzzer.name} {one.seed}: {one.what}", flush=True)
                    if asked.keep:
                        (Path(asked.keep) / f"{fuzzer.name}-{one.seed}{fuzzer.suffix}").write_bytes(
                            fuzzer.made(one.seed)
                        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        failed = failed or peak > MOST_MEMORY
        told = ", ".join(f"{count:,} {what}" for what, count in counts.most_common())
        print(
            f"{fuzzer.name}: {told} in {time.perf_counter() - began:.0f} s; the longest took {longest.seconds:.2f} s"
            f" (number {longest.seed}); peak memory {peak:.0f} MiB"
        )
    sys.exit(failed)
