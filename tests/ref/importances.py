#!/usr/bin/python3
"""Makes importances-rows.csv and importances.csv: groups of values with decimal weights, often tied at half of the
weight, and by exact fractions of the decimals as they are written: the weighted median, Kish's effective number of rows,
sample variance and error of the mean with the reliability divisor W - sum w^2 / W, and the trimmed mean of the weights
as counts with its standard error by Tukey and McLaughlin.
Run from the root: /usr/bin/python3 tests/ref/importances.py (seed 13; writes both files)"""
import math
import random
import sys
from fractions import Fraction as F

random.seed(13)
P = [F(1, 10), F(1, 5), F(1, 4)]


def weights(kind, n):
    if kind == 0:  # tenths, which tie often
        return [f"0.{random.randint(1, 9)}" for _ in range(n)]
    if kind == 1:  # proportions of percent that sum to 1
        cuts = sorted(random.sample(range(1, 100), n - 1))
        return [f"0.{b - a:02d}" for a, b in zip([0, *cuts], [*cuts, 100])]
    if kind == 2:  # far from 1
        scale = random.choice(["e-8", "e8", "e-3"])
        return [f"{random.randint(1, 9)}.{random.randint(0, 9)}{scale}" for _ in range(n)]
    return [str(random.randint(1, 4)) for _ in range(n)]


def at(pairs, position):
    """The value at a cumulative weight, and the next one where it is reached exactly."""
    total = F(0)
    for i, (x, w) in enumerate(pairs):
        total += w
        if total >= position:
            return x, pairs[i + 1][0] if total == position and i + 1 < len(pairs) else x


def trimmed(pairs, total, p):
    cut = F(math.floor(p * total))
    low, high = at(pairs, cut)[1] if cut > 0 else pairs[0][0], at(pairs, total - cut)[0]
    seen, kept_sum = F(0), F(0)
    for x, w in pairs:
        kept = min(seen + w, total - cut) - max(seen, cut)
        kept_sum += max(kept, F(0)) * x
        seen += w
    h = total - 2 * cut
    winsorised = [(min(max(x, low), high), w) for x, w in pairs]
    mean = sum(x * w for x, w in winsorised) / total
    ssd = sum(w * (x - mean) ** 2 for x, w in winsorised)
    return kept_sum / h, math.sqrt(ssd / (h * (h - 1))) if h > F("1.001") else None


def text(v):
    return "" if v is None else f"{float(v):.17g}"


rows = open("tests/ref/importances-rows.csv", "w", encoding="ascii")
out = open("tests/ref/importances.csv", "w", encoding="ascii")
print("case,x,w", file=rows)
print("case,median,effective_n,sample_variance,se_mean," + "trimmed,trimmed_se,made_by", file=out)
for case in range(200):
    n = random.randint(2, 9)
    x = [F(random.randint(-50, 50), random.choice([1, 2, 4])) for _ in range(n)]
    w = weights(case % 4, n)
    pairs = sorted((a, F(b)) for a, b in zip(x, w))
    for a, b in zip(x, w):
        print(case, float(a), b, sep=",", file=rows)
    merged = pairs
    total, squares = sum(b for _, b in pairs), sum(b * b for _, b in pairs)
    low, high = at(merged, total / 2)
    mean = sum(a * b for a, b in pairs) / total
    m2 = sum(b * (a - mean) ** 2 for a, b in pairs)
    variance = m2 / (total - squares / total)
    t = trimmed(pairs, total, P[1])
    print(case, text((low + high) / 2), text(total ** 2 / squares), text(variance),
          text(math.sqrt(variance * squares / total ** 2)), text(t[0]), text(t[1]),
          f"Python {sys.version.split()[0]} fractions", sep=",", file=out)
