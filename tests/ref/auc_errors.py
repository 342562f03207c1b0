"""Standard errors of areas under ROC curves of several classes, in exact rational arithmetic.

Writes auc_errors-rows.csv (30 rows of three classes and 30 of four, with ties and whole weights) and auc_errors.csv: of
each mean of areas, its value and its error by the derivative of the mean by the weight of each row, taken symbolically by
dual numbers over fractions, and the variance that loss-eval(1) states. Value and derivative are those of the definition
by all pairs of rows, O(n^2), not of sorted scores. For two classes the error is compared with DeLong's here.

The last rows are a simulation: the sd of each mean over 4000 samples of 90 rows (three classes, probabilities 0.5, 0.3,
0.2), and the mean of the errors in them, by NumPy in floating point.

    /usr/bin/python3 tests/ref/auc_errors.py        (Python 3.11.2, NumPy 1.24.2; seeds 131 and 7)
"""

import csv
import itertools
import math
import os
import random
from fractions import Fraction as F

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


def mean_and_influence(rows, kind):
    """rows: (class, scores, weight). Value and derivative by each weight of a mean of areas, as fractions."""
    classes = sorted({c for c, _, _ in rows})
    weight = {c: sum(w for k, _, w in rows if k == c) for c in classes}
    total = sum(weight.values())

    def area(own, other):
        up = [i for i, r in enumerate(rows) if r[0] == own]
        down = [i for i, r in enumerate(rows) if r[0] != own and (other is None or r[0] == other)]
        above = {i: F(0) for i in up + down}
        pairs = F(0)
        for i in up:
            for j in down:
                x, y = rows[i][1][own], rows[j][1][own]
                half = F(2 if x > y else 1 if x == y else 0, 2)
                above[i] += half * rows[j][2]
                above[j] += half * rows[i][2]
                pairs += half * rows[i][2] * rows[j][2]
        wu, wd = sum(rows[i][2] for i in up), sum(rows[j][2] for j in down)
        value = pairs / wu / wd
        slope = [F(0)] * len(rows)  # derivative of pairs / wu / wd
        for i in up:
            slope[i] = above[i] / wu / wd - value / wu
        for j in down:
            slope[j] = above[j] / wu / wd - value / wd
        return value, slope

    terms = []  # numerator weight, its derivative by the weight of a row of class c, area
    if kind.startswith("auc-ovr"):
        for k in classes:
            terms.append((weight[k], lambda c, k=k: F(c == k), area(k, None)))
    else:
        for a, b in itertools.combinations(classes, 2):
            for own, other in ((a, b), (b, a)):
                terms.append(((weight[a] + weight[b]) / F(2), lambda c, a=a, b=b: F(c in (a, b), 2), area(own, other)))
    if not kind.endswith("weighted"):
        terms = [(F(1), lambda c: F(0), t[2]) for t in terms]
    all_weight = sum(t[0] for t in terms)
    value = sum(w * t[0] for w, _, t in terms) / all_weight
    slope = []
    for i, r in enumerate(rows):
        up = sum(w * t[1][i] + d(r[0]) * t[0] for w, d, t in terms)
        slope.append(up / all_weight - value * sum(d(r[0]) for _, d, _ in terms) / all_weight)
    return value, slope


def error(rows, slope):
    variance = F(0)
    for c in {r[0] for r in rows}:
        own = [(r[2], s) for r, s in zip(rows, slope) if r[0] == c]
        n = sum(w for w, _ in own)
        mean = sum(w * s for w, s in own) / n
        variance += n / (n - 1) * sum(w * (s - mean) ** 2 for w, s in own) + n * mean**2
    return math.sqrt(variance)


def delong(rows):
    x = [r for r in rows if r[0] == 1]
    y = [r for r in rows if r[0] == 0]
    place = lambda a, b: F(2 if a > b else 1 if a == b else 0, 2)
    v10 = [sum(place(p[1][1], q[1][1]) for q in y) / len(y) for p in x]
    v01 = [sum(place(p[1][1], q[1][1]) for p in x) / len(x) for q in y]
    mean = sum(v10) / len(x)
    s = lambda v: sum((a - mean) ** 2 for a in v) / (len(v) - 1)
    return math.sqrt(s(v10) / len(x) + s(v01) / len(y))


kinds = ("auc-ovr", "auc-ovr-weighted", "auc-ovo", "auc-ovo-weighted")
rng = random.Random(131)
out = [["case", "weights", "loss", "value", "se"]]
table = [["case", "y", "p_0", "p_1", "p_2", "p_3", "w"]]
for case, classes in (("three", 3), ("four", 4)):
    rows = []
    for i in range(30):
        c = rng.choice([0, 0, 0, 1, 1, 2] if classes == 3 else [0, 0, 1, 1, 2, 3])
        cuts = [rng.randint(1, 6) + (3 if k == c else 0) for k in range(classes)]
        p = [F(v, sum(cuts)).limit_denominator(16) for v in cuts]
        p[0] += 1 - sum(p)
        rows.append((c, p, F(rng.randint(1, 3))))
        table.append([case, c] + [repr(float(v)) for v in p] + ["0.0"] * (4 - classes) + [int(rows[-1][2])])
    for weights in ("", "w"):
        used = [(c, [F(float(v)) for v in p], w if weights else F(1)) for c, p, w in rows]
        for kind in kinds:
            value, slope = mean_and_influence(used, kind)
            out.append([case, weights, kind, repr(float(value)), repr(error(used, slope))])
two = [(int(rng.random() < 0.4), [None, F(rng.randint(0, 9))], F(1)) for _ in range(25)]
two = [(c, [-p[1], p[1]], w) for c, p, w in two]
for kind in kinds[::2]:
    assert math.isclose(error(two, mean_and_influence(two, kind)[1]), delong(two), rel_tol=1e-14)


def fast(y, p, kind):
    n, k = p.shape
    prior = np.bincount(y, minlength=k) / n
    phi, value = np.zeros(n), 0.0
    pairs = [(a, None) for a in range(k)] if "ovr" in kind else list(itertools.permutations(range(k), 2))
    weights = {}
    for a, b in pairs:
        weights[a, b] = prior[a] if b is None else prior[a] + prior[b]
    scale = sum(weights.values())
    area = {}
    for a, b in pairs:
        up = np.where(y == a)[0]
        down = np.where(y != a if b is None else y == b)[0]
        psi = (np.sign(p[up, a][:, None] - p[down, a][None, :]) + 1) / 2
        area[a, b] = psi.mean()
        f = weights[a, b] / scale if "weighted" in kind else 1 / len(pairs)
        value += f * area[a, b]
        phi[up] += f * (psi.mean(1) - area[a, b]) / len(up)
        phi[down] += f * (psi.mean(0) - area[a, b]) / len(down)
    if "weighted" in kind:
        for c in range(k):
            own = sum(v for (a, b), v in area.items() if a == c or b == c)
            times = 1 if "ovr" in kind else 2 * (k - 1)
            phi[y == c] += (own - times * value) / (n * scale)
    variance = 0
    for c in range(k):
        s = phi[y == c]
        variance += len(s) / (len(s) - 1) * ((s - s.mean()) ** 2).sum() + len(s) * s.mean() ** 2
    return value, math.sqrt(variance)


random_state = np.random.default_rng(7)
found = {kind: [] for kind in kinds}
while len(found["auc-ovr"]) < 4000:
    y = random_state.choice(3, 90, p=[0.5, 0.3, 0.2])
    if min(np.bincount(y, minlength=3)) < 2:
        continue
    p = random_state.gamma(1 + (y[:, None] == np.arange(3)) * [1.0, 2.0, 0.7])
    for kind in kinds:
        found[kind].append(fast(y, p, kind))
for kind in kinds:
    values = np.array(found[kind])
    out.append(["simulated sd, mean se", "", kind, "%.4g" % values[:, 0].std(ddof=1), "%.4g" % values[:, 1].mean()])

with open(os.path.join(here, "auc_errors-rows.csv"), "w", newline="") as f:
    csv.writer(f, lineterminator="\n").writerows(table)
with open(os.path.join(here, "auc_errors.csv"), "w", newline="") as f:
    csv.writer(f, lineterminator="\n").writerows(out)
