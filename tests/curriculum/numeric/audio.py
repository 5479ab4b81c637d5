"""Numbers of `audio`."""

import math
from collections.abc import Callable, Sequence
from itertools import groupby, product
from statistics import NormalDist


def apparent_frequency(tone: float, rate: int) -> float:
    """Sample one second of a tone and read the strongest bin of its spectrum."""
    import numpy as np

    samples = np.cos(2 * np.pi * tone * np.arange(rate) / rate)
    return float(np.abs(np.fft.rfft(samples)).argmax())


def collapse(path: Sequence[str]) -> str:
    return "".join(symbol for symbol, _ in groupby(path) if symbol != "-")


def ctc(text: str, frame: dict[str, float], frames: int) -> float:
    """Probability of a text, summed over all paths, when every frame has the same probabilities."""
    total = 0.0
    for path in product(frame, repeat=frames):
        if collapse(path) == text:
            weight = 1.0
            for symbol in path:
                weight *= frame[symbol]
            total += weight
    return total


def shortest_input(text: str) -> float:
    """The smallest number of frames for which some path collapses to the text."""
    frames = len(text)
    while not any(collapse(path) == text for path in product(sorted({*text, "-"}), repeat=frames)):
        frames += 1
    return float(frames)


def word_errors(reference: str, hypothesis: str) -> int:
    """Edit distance between two texts, letter by letter."""
    row = list(range(len(hypothesis) + 1))
    for i, expected in enumerate(reference, 1):
        previous, row[0] = row[0], i
        for j, heard in enumerate(hypothesis, 1):
            previous, row[j] = row[j], min(previous + (expected != heard), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def reach(dilations: Sequence[int]) -> float:
    """Count the distinct samples that one output of stacked causal convolutions of size 2 depends on."""
    offsets = {0}
    for dilation in reversed(dilations):
        offsets |= {offset + dilation for offset in offsets}
    return float(len(offsets))


def half_width(deviation: float, count: int) -> float:
    return float(NormalDist().inv_cdf(0.975) * deviation / count**0.5)


def bin_spacing(size: int, rate: int) -> float:
    import numpy as np

    frequencies = np.fft.rfftfreq(size, d=1 / rate)
    return float(frequencies[1] - frequencies[0])


ANSWERS: dict[str, Callable[[], float]] = {
    "audio.signal/pretest-spacing-of-bins": lambda: bin_spacing(400, 16_000),
    "audio.signal/pretest-folded-tone": lambda: apparent_frequency(7_500, 10_000),
    "audio.signal/pretest-samples-in-clip": lambda: 16_000 * 25 / 1000,
    "audio.signal/aliased-frequency": lambda: apparent_frequency(5000, 8000),
    "audio.signal/bin-spacing": lambda: bin_spacing(512, 16_000),
    "audio.signal/octaves-up": lambda: 220 * (2 ** (1 / 12)) ** 24,
    "audio.signal/decibels-of-a-factor": lambda: 10 * math.log10(100**2),
    "audio.signal/hop-frames-count": lambda: len([s for s in range(0, 16_000, 160) if s + 400 <= 16_000]),
    "audio.signal/sixteen-bit-steps": lambda: len(range(-(2**15), 2**15)),
    "audio.asr/pretest-rate-of-a-transcript": lambda: 100 * word_errors("a b c d e f g h", "a x c d e f g y z") / 8,
    "audio.asr/pretest-collapsed-path": lambda: len(collapse("aa-abb-b")),
    "audio.asr/pretest-encoder-frames": lambda: len(range(0, 2000, 10)[::4]),
    "audio.asr/ctc-two-frames": lambda: ctc("a", {"-": 0.6, "a": 0.4}, 2),
    "audio.asr/ctc-shortest-input": lambda: shortest_input("hello"),
    "audio.asr/pretest-more-than-all-wrong": lambda: 100 * word_errors("a", "bcde") / 1,
    # Ten words a to j: b is misheard, d and e are lost, x is added at the end.
    "audio.asr/wer-by-counting": lambda: 100 * word_errors("abcdefghij", "aBcfghijx") / 10,
    "audio.asr/beam-width-cost": lambda: sum(8 * 30 for _ in range(100)),
    "audio.asr/real-time-factor": lambda: 15 / 60,
    "audio.synth/pretest-bits-of-a-codec": lambda: sum((1024 - 1).bit_length() for _ in range(50) for _ in range(4)),
    "audio.synth/pretest-reach-of-three-layers": lambda: len(
        {a + 3 * b + 9 * c for a, b, c in product(range(3), repeat=3)}
    ),
    "audio.synth/pretest-mel-frames-per-second": lambda: len(range(0, 16_000, 200)),
    "audio.synth/wavenet-receptive-field": lambda: reach([2**layer for layer in range(10)]),
    "audio.synth/codec-bitrate": lambda: 75 * 8 * (1024 - 1).bit_length(),
    "audio.synth/upsampling-factor": lambda: len(range(16_000)) / len(range(80)),
    "audio.synth/log-probability-bits": lambda: sum(2 for _ in range(16_000)) / 1000,
    "audio.synth/mos-half-width": lambda: half_width(1.0, 100),
}
