"""Numbers of `gen`."""

import math
from collections.abc import Callable
from statistics import NormalDist


def kl_to_standard_normal(mean: float, deviation: float) -> float:
    """Return KL(N(mean, deviation²) ‖ N(0, 1)) by adding up the integrand on a fine grid."""
    step = 0.001
    total = 0.0
    for i in range(-12_000, 12_001):
        x = mean + i * step * deviation
        log_q = -0.5 * ((x - mean) / deviation) ** 2 - math.log(deviation)
        density = math.exp(log_q) / math.sqrt(2 * math.pi)
        total += density * (log_q + 0.5 * x * x) * step * deviation
    return round(total, 9)


def coupling_log_determinant() -> float:
    """Return the log-determinant of the layer's Jacobian, a triangular matrix, taken by differences."""
    import numpy as np

    def layer(x: list[float]) -> list[float]:
        return [x[0], x[1], x[2] * math.exp(0.5) + 3 * x[0], x[3] * math.exp(-0.2) - x[1]]

    start = [0.3, -1.0, 2.0, 0.7]
    columns = []
    for i in range(4):
        up, down = list(start), list(start)
        up[i] += 1e-3
        down[i] -= 1e-3
        columns.append([(a - b) / 2e-3 for a, b in zip(layer(up), layer(down), strict=True)])
    return round(float(np.linalg.slogdet(np.array(columns))[1]), 9)


def low_rank_parameters(rows: int, columns: int, rank: int) -> int:
    import numpy as np

    return int(np.zeros((rows, rank)).size + np.zeros((rank, columns)).size)


def path_point(start: float, end: float, time: float) -> float:
    return (1 - time) * start + time * end


ANSWERS: dict[str, Callable[[], float]] = {
    "gen.latent/pretest-density-after-two-stretches": lambda: 0.8 / (2 * 4),
    "gen.latent/pretest-bits-of-a-code": lambda: 36 * (512 - 1).bit_length(),
    "gen.latent/pretest-stretch-density": lambda: 1 / (4 - 0),
    "gen.latent/gaussian-kl-number": lambda: kl_to_standard_normal(2, 1),
    "gen.latent/coupling-log-determinant": coupling_log_determinant,
    "gen.latent/vq-bits-per-image": lambda: 64 * 64 * 24 / (8 * 8 * 12),
    # Twice as wide, half as high.
    "gen.latent/change-of-variables-number": lambda: NormalDist(3, 2).pdf(3),
    "gen.diffusion/pretest-velocity-of-a-straight-path": lambda: (
        (path_point(-1, 3, 0.26) - path_point(-1, 3, 0.24)) / 0.02
    ),
    "gen.diffusion/pretest-left-after-two-steps": lambda: (math.sqrt(1 - 0.1) * math.sqrt(1 - 0.1)) ** 2,
    "gen.diffusion/pretest-variance-kept": lambda: math.sin(math.acos(0.8)),
    "gen.diffusion/signal-share-number": lambda: (math.sqrt(0.8) * math.sqrt(0.5)) ** 2,
    "gen.diffusion/recover-clean-number": lambda: (1 - 0.8 * 0.5) / 0.6,
    "gen.diffusion/signal-to-noise-number": lambda: 0.8 / (1 - 0.8),
    "gen.diffusion/latent-saving": lambda: 512 * 512 * 3 / (64 * 64 * 4),
    "gen.diffusion/guided-noise-number": lambda: (1 - 4) * 2 + 4 * 3,
    "gen.project/pretest-chance-of-a-share": lambda: 100 * math.sqrt(sum(0.5 * 0.5 for _ in range(400))) / 400,
    "gen.project/pretest-blind-wins": lambda: 100 * 30 / 50,
    "gen.project/lora-parameter-number": lambda: next(
        rank for rank in range(1, 51) if low_rank_parameters(100, 50, rank) >= 100 * 50
    ),
    "gen.project/wins-needed-number": lambda: next(
        wins for wins in range(101) if (wins / 100 - 0.5) / math.sqrt(0.25 / 100) > 2
    ),
    "gen.project/preference-standard-error": lambda: 100 * math.sqrt(0.5 * 0.5 / 100),
}
