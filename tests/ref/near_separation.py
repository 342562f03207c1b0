#!/usr/bin/env python3
"""Small tables of nearly collinear columns, and whether their classes are separated, in near_separation.csv.

A. Albert and J. Anderson, Biometrika 71 (1984): separated if a direction of the coefficients moves no row away from its
class and some row towards it. The linear program max sum m_i, m_i >= 0, |t| <= 1 over margins m = A t has a maximum
above 0 exactly then; its columns are orthonormalised first. Python 3.11, NumPy 1.24, SciPy 1.10 (HiGHS).
"""
import numpy as np
from scipy.optimize import linprog

rng = np.random.default_rng(20)


def table():
    n, digits = rng.integers(5, 10), int(rng.integers(2, 6))
    x = np.round(rng.normal(size=(n, 2)), 2)
    x[:, 1] = np.round(x[:, 0] + rng.normal(size=n) * 10.0**-digits, 6)
    return x, rng.integers(0, 3, size=n)


def separated(x, y):
    classes = sorted(set(y))
    q, r = np.linalg.qr(np.column_stack([np.ones(len(x)), x - x.mean(0)]))
    if len(classes) < 3 or abs(np.diag(r)).min() < 1e-9 * abs(np.diag(r)).max():
        return None
    rows = []
    for row, label in zip(q, y):
        own = classes.index(label)
        for other in range(3):
            if other != own:
                margin = np.zeros((3, 3))
                margin[own], margin[other] = row, -row
                rows.append(margin.ravel())
    a = np.array(rows)
    return -linprog(-a.sum(0), A_ub=-a, b_ub=np.zeros(len(a)), bounds=[(-1, 1)] * 9, method="highs").fun


made = 0
print("table,separated,x0,x1,y")
while made < 60:
    x, y = table()
    value = separated(x, y)
    if value is None or 1e-9 < value < 1e-5:
        continue
    for row, label in zip(x, y):
        print(f"{made},{int(value > 1e-5)},{float(row[0])!r},{float(row[1])!r},c{label}")
    made += 1
