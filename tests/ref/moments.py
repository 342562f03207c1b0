#!/usr/bin/python3
"""Writes moments-rows.csv beside itself, made columns that are hard on moments, and moments.csv beside itself: their means,
variances and covariances, and those of the NIST univariate sets, by exact rational arithmetic on the doubles that are read."""
import math
import os
import platform
import random
from fractions import Fraction as F

here = os.path.dirname(os.path.abspath(__file__))
random.seed(1)
rows = 500
columns = {
    "billion": [1e9 + random.gauss(0, 1e-3) for _ in range(rows)],
    "million": [1e7 + random.choice((-0.1, 0.1)) for _ in range(rows)],
    "scales": [random.gauss(0, 1) * 10.0 ** random.randint(-8, 8) for _ in range(rows)],
    "tenths": [0.1 * (1 + i % 3) for i in range(rows)],
    "weight": [random.choice((0, 1, 2, 0.1, 3.7)) for _ in range(rows)],
}
names = list(columns)
with open(f"{here}/moments-rows.csv", "w") as out:
    print(",".join(names), file=out)
    for row in zip(*columns.values()):
        print(",".join(f"{x:.17g}" for x in row), file=out)


def covariance(x, y, w):
    x, y, w = ([F(v) for v in column] for column in (x, y, w))
    total = sum(w)
    mx = sum(a * b for a, b in zip(w, x)) / total
    my = sum(a * b for a, b in zip(w, y)) / total
    return mx, sum(c * (a - mx) * (b - my) for a, b, c in zip(x, y, w)) / total, total


def put(out, kind, x, y, n, mean, value, total):
    sample = float(value * total / (total - 1))
    print(f"{kind},{x},{y},{n},{float(mean):.17g},{float(value):.17g},{sample:.17g},{math.sqrt(sample) if x == y else 0:.17g}", file=out)


def nist(name):
    with open(f"{here}/nist/{name}.dat") as file:
        lines = file.read().split("\n")
    start = max(i for i, line in enumerate(lines) if line.startswith("Data:"))
    return [float(line) for line in lines[start + 1:] if line.strip(" -\r")]


with open(f"{here}/moments.csv", "w") as out:
    print(f"# Python {platform.python_version()}, fractions", file=out)
    print("kind,x,y,n,mean,covariance,sample_covariance,sample_sd", file=out)
    ones = [1] * rows
    for i, x in enumerate(names):
        for y in names[i:]:
            put(out, "plain", x, y, rows, *covariance(columns[x], columns[y], ones))
    for i, x in enumerate(names[:-1]):
        for y in names[i:-1]:
            put(out, "weighted", x, y, rows, *covariance(columns[x], columns[y], columns["weight"]))
    for name in ("Lew", "Lottery", "Mavro", "Michelso", "NumAcc1", "NumAcc2"):
        data = nist(name)
        put(out, "nist", name, name, len(data), *covariance(data, data, [1] * len(data)))
