#!/usr/bin/python3
"""Writes separation.csv: made tables, and whether their classes are separated, completely or not: whether the linear programme
    maximise sum m(d) subject to m(d) >= 0, -1 <= d <= 1
has an optimum above 0, the margins m being the differences of the score of a row's class and that of each other class under the
coefficients d (A. Albert and J. Anderson, Biometrika 71 (1984)). Columns that a table lacks are 0."""
import platform

import numpy as np
import scipy
from scipy.optimize import linprog

COLUMNS = 5
rng = np.random.default_rng(4)


def separable(x, y, classes):
    z = np.hstack([np.ones((len(x), 1)), x])
    margins = []
    for row, own in zip(z, y):
        for other in range(classes):
            if other != own:
                d = np.zeros((classes, z.shape[1]))
                d[own], d[other] = row, -row
                margins.append(d.ravel())
    margins = np.array(margins)
    result = linprog(-margins.sum(0), A_ub=-margins, b_ub=np.zeros(len(margins)), bounds=(-1, 1), method="highs")
    assert result.status == 0 and not 1e-9 < -result.fun < 1e-3
    return -result.fun > 1e-6


def make(kind, n, p, classes):
    if kind == 0:
        x = rng.integers(0, 2, (n, p))
    elif kind == 1:
        x = rng.integers(-2, 3, (n, p))
    else:
        x = (rng.integers(0, p + 1, n)[:, None] == np.arange(p)).astype(int)
    scores = x @ rng.normal(size=(p, classes)) * rng.choice([0.3, 1, 3]) + rng.gumbel(size=(n, classes)) * rng.choice([0.3, 1])
    return x, scores.argmax(1)


with open("separation.csv", "w") as out:
    print(f"# Python {platform.python_version()}, SciPy {scipy.__version__}: table, separable, class, x", file=out)
    table = 0
    while table < 120:
        classes = 2 + table % 2
        n, p = int(rng.integers(10, 40)), int(rng.integers(1, COLUMNS + 1))
        x, y = make(table % 3, n, p, classes)
        if len(set(y)) < classes:
            continue
        verdict = int(separable(x, y, classes))
        for row, own in zip(np.pad(x, ((0, 0), (0, COLUMNS - p))), y):
            print(table, verdict, own, *row, sep=",", file=out)
        table += 1
