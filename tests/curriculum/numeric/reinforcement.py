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


def clipped(ratio: float, advantage: float) -> float:
    """One term of PPO's objective with a clip range of 0.2."""
    return min(ratio * advantage, min(max(ratio, 0.8), 1.2) * advantage)


def moved(old: float, target: float, rate: float) -> float:
    return (1 - rate) * old + rate * target


ANSWERS: dict[str, Callable[[], float]] = {
    "rl.tabular/pretest-better-of-two-actions": lambda: max(chain_value([8], 0.9), chain_value([0, 10], 0.9)),
    "rl.tabular/pretest-one-td-step": lambda: moved(10, 2 + 18, 0.1),
    "rl.tabular/pretest-discounted-sum": lambda: chain_value([4, 4, 4], 0.5),
    "rl.tabular/epsilon-greedy-best-share": lambda: best_share(5, 2),
    "rl.tabular/bellman-backup-number": lambda: sum(2 + 0.9 * after for after in (10, 0)) / 2,
    "rl.tabular/q-learning-update-number": lambda: moved(4, 3 + 0.8 * max(5, 10), 0.5),
    "rl.tabular/horizon-of-discount": lambda: round(chain_value([1.0] * 2000, 0.98), 9),
    "rl.tabular/value-iteration-error": lambda: next(sweeps for sweeps in range(20) if 8 * 0.5**sweeps <= 1),
    "rl.tabular/off-policy-importance": lambda: (0.8 * 0.5) / (0.4 * 0.25),
    "rl.deep/pretest-clipped-ratio": lambda: clipped(1.5, 4),
    "rl.deep/pretest-target-at-the-end": lambda: chain_value([-1], 0.99),
    "rl.deep/pretest-probability-ratio": lambda: math.exp(math.log(0.3) - math.log(0.25)),
    "rl.deep/dqn-target-number": lambda: max(1 + 0.9 * value for value in (2, 5, 3)),
    "rl.deep/ppo-clipped-term": lambda: clipped(1.5, 2),
    "rl.deep/ppo-clip-negative": lambda: clipped(0.5, -1),
    "rl.deep/seeds-interval-number": lambda: math.sqrt(10**2 * 5) / 5,
    "rl.project/pretest-value-seen-from-above": lambda: max(backed_up(value, 1) for value in (0.2, -0.4, 0.1)),
    "rl.project/pretest-mean-after-a-playout": lambda: moved(0.6, 1, 1 / 10),
    "rl.project/pretest-game-tree-size": lambda: len(list(product("abc", repeat=4))),
    "rl.project/backup-sign-number": lambda: backed_up(0.5, 2),
    "rl.project/puct-first-visit": lambda: 2 * 0.25 * 36**0.5 / (1 + 0),
    "rl.project/elo-expected-score": lambda: 11 / (1 + 10 ** (-400 / 400)),
}
