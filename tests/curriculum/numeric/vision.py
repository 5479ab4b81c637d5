"""Numbers of `cv`."""

import math
from collections.abc import Callable
from itertools import product

Box = tuple[int, int, int, int]


def sobel(patch: list[list[int]]) -> float:
    """Return the smoothed right column minus the smoothed left one."""
    return float(sum(weight * (row[2] - row[0]) for weight, row in zip((1, 2, 1), patch, strict=True)))


def overlap(a: Box, b: Box) -> float:
    """Return the IoU by counting unit squares."""
    first, second = (set(product(range(box[0], box[2]), range(box[1], box[3]))) for box in (a, b))
    return len(first & second) / len(first | second)


def dice(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))


def average_precision(right: list[bool], objects: int) -> float:
    precision = [sum(right[:rank]) / rank for rank in range(1, len(right) + 1)]
    return sum(max(precision[rank:]) for rank, hit in enumerate(right) if hit) / objects


def patches(side: int, patch: int) -> int:
    return len(list(product(range(0, side, patch), repeat=2)))


def kept_boxes(by_score: str, overlaps: dict[str, float], limit: float) -> float:
    kept: list[str] = []
    for box in by_score:
        if all(overlaps[other + box] <= limit for other in kept):
            kept.append(box)
    return len(kept)


ANSWERS: dict[str, Callable[[], float]] = {
    "cv.classic/pretest-median-of-nine": lambda: sorted((5, 9, 7, 8, 255, 6, 10, 9, 5))[4],
    "cv.classic/pretest-bar-in-the-picture": lambda: 500 * 1 / 10 - 500 * -1 / 10,
    "cv.classic/pretest-two-good-matches": lambda: 100 * sum(a and b for a, b in product((0, 1), repeat=2)) / 4,
    "cv.classic/sobel-at-a-step": lambda: sobel([[10, 10, 30]] * 3),
    # What is known of the strips above and to the left is taken from the whole.
    "cv.classic/rectangle-from-four": lambda: 50 - 5 - (20 - 5) - (15 - 5),
    "cv.classic/pinhole-pixel": lambda: 800 * (0.5 / 2) + 320,
    "cv.classic/ransac-trials": lambda: 100 * sum(map(all, product((0, 1), repeat=4))) / 2**4,
    "cv.classic/stereo-depth-number": lambda: next(z / 10 for z in range(1, 1000) if 700 * 0.1 / (z / 10) <= 14),
    "cv.recog/pretest-duplicates-suppressed": lambda: kept_boxes("ABC", {"AB": 0.7, "AC": 0.1, "BC": 0.6}, 0.5),
    "cv.recog/pretest-overlap-of-two-areas": lambda: overlap((0, 0, 10, 4), (6, 0, 16, 4)),
    "cv.recog/pretest-all-background": lambda: 100 * (100 * 100 - 200) / (100 * 100),
    "cv.recog/iou-of-two-boxes": lambda: overlap((0, 0, 4, 4), (2, 0, 6, 4)),
    "cv.recog/ap-of-three-detections": lambda: average_precision([True, False, True], 2),
    "cv.recog/dice-of-two-masks": lambda: dice(set(range(40)), set(range(10, 70))),
    "cv.modern/pretest-patches-and-a-class": lambda: patches(96, 16) + 1,
    "cv.modern/pretest-wrong-captions": lambda: sum(caption != 7 for caption in range(64)),
    "cv.modern/clip-temperature": lambda: 1 / (1 + math.exp(10 * (0.2 - 0.3))),
    "cv.modern/pretest-patches": lambda: patches(32, 8),
    "cv.modern/vit-token-count": lambda: patches(224, 16) + 1,
    "cv.modern/half-the-patch-side": lambda: patches(224, 8) ** 2 / patches(224, 16) ** 2,
    "cv.modern/tokens-mae-encodes": lambda: patches(224, 16) * (1 - 0.75),
}
