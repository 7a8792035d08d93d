"""Golden values of io.blemish.trends: python golden.py FOLDER. See README.md."""

import csv
import math
import sys
from pathlib import Path

from scipy.stats import hypergeom
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

COMPARISONS = [
    (28, 2800, 112, 11200), (9, 2800, 112, 11200), (84, 2800, 112, 11200), (0, 2800, 112, 11200), (5, 200, 0, 11200),
    (0, 14, 3, 56), (14, 14, 3, 56), (1, 1, 50, 100), (300, 1000, 900, 4000), (700, 1000, 3100, 4000), (60, 60, 240, 240),
    (250, 200000, 1000, 900000), (30000, 400000, 100000, 1600000),
]
P_VALUES = [0.01, 0.02, 0.03, 0.04, 0.05, 1.0, 0.02, 0.6, 1e-9, 0.0]


def comparison(x, n, b, m):
    if x + b in (0, n + m):
        return 0.0, 1.0
    z, normal = proportions_ztest([x, b], [n, m])
    if x + b > 20000:
        return z, normal
    of = hypergeom(n + m, x + b, n)
    half = of.pmf(x) / 2
    return z, min(1.0, 2 * min(of.cdf(x - 1) + half, of.sf(x) + half))


def chart(baseline, rates, weight):
    """The textbook's closed form: weights (1 - λ)^i λ, not the recursion that Java uses."""
    t = len(rates)
    weights = [weight * (1 - weight) ** (t - 1 - i) for i in range(t)]
    value = (1 - weight) ** t * baseline + sum(w * x / n for w, (x, n) in zip(weights, rates))
    sigma = math.sqrt(sum(w * w * baseline * (1 - baseline) / n for w, (x, n) in zip(weights, rates)))
    return value, max(0.0, baseline - 3 * sigma), min(1.0, baseline + 3 * sigma)


def write(file, header, rows):
    with open(file, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[repr(float(v)) if isinstance(v, float) else v for v in row] for row in rows])


folder = Path(sys.argv[1])
write(folder / "comparison.csv", ["recent", "recent_n", "baseline", "baseline_n", "z", "p_value"],
      [(*c, *map(float, comparison(*c))) for c in COMPARISONS])
write(folder / "adjusted.csv", ["p_value", "q_value"],
      list(zip(P_VALUES, map(float, multipletests(P_VALUES, method="fdr_bh")[1]))))
RATES = [(3, 200), (0, 150), (9, 220), (5, 180), (12, 210)]
write(folder / "ewma.csv", ["count", "n", "value", "low", "high"],
      [(*RATES[i], *chart(0.02, RATES[:i + 1], 0.2)) for i in range(len(RATES))])
write(folder / "rate.csv", ["count", "n", "low", "high"],
      [(x, n, *map(float, proportion_confint(x, n, method="wilson"))) for x, n in [(1, 200), (20, 40), (2, 2), (0, 10)]])
