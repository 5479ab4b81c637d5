"""Numbers of `rl`."""

import math
from collections.abc import Callable
from itertools import product


def chain_value(rewards: list[float], discount: float) -> float:
    """Return the discounted sum of rewards, folded from the end."""
    value = 0.0
    for reward in reversed(rewards):
        value = reward + discount * value
    return value


def best_share(arms: int, exploring: int) -> float:
    """Return the percentage of best pulls, counting ten equally likely cases in each of which an arm is drawn."""
    pulls = [0 if case >= exploring else arm for case, arm in product(range(10), range(arms))]
    return 100 * pulls.count(0) / len(pulls)


def backed_up(value: float, plies: int) -> float:
    for _ in range(plies):
        value = -value
    return value


def moved(old: float, target: float, rate: float) -> float:
    return (1 - rate) * old + rate * target


ANSWERS: dict[str, Callable[[], float]] = {
    "rl.tabular/pretest-discounted-sum": lambda: chain_value([4, 4, 4], 0.5),
    "rl.tabular/epsilon-greedy-best-share": lambda: best_share(5, 2),
    "rl.tabular/bellman-backup-number": lambda: sum(2 + 0.9 * after for after in (10, 0)) / 2,
    "rl.tabular/q-learning-update-number": lambda: moved(4, 3 + 0.8 * max(5, 10), 0.5),
    "rl.deep/pretest-probability-ratio": lambda: math.exp(math.log(0.3) - math.log(0.25)),
    "rl.deep/dqn-target-number": lambda: max(1 + 0.9 * value for value in (2, 5, 3)),
    "rl.deep/ppo-clipped-term": lambda: min(1.5 * 2, min(max(1.5, 0.8), 1.2) * 2),
    "rl.project/pretest-game-tree-size": lambda: len(list(product("abc", repeat=4))),
    "rl.project/backup-sign-number": lambda: backed_up(0.5, 2),
    "rl.project/elo-expected-score": lambda: 11 / (1 + 10 ** (-400 / 400)),
}
