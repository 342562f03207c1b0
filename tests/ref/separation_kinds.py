#!/usr/bin/python3
"""Random small tables of hard shapes, and whether their classes are separated, decided with exact certificates.

By Stiemke's alternative either a direction d moves no row away from its class and some towards it (D d >= 0, != 0; D:
rows x_i (e_y - e_k)), or positive multipliers of all rows of D sum them to 0. A linear programme (SciPy's HiGHS)
proposes the largest set M of rows that a direction moves; exact fractions of the decimals verify that a direction
in the null space of the other rows Z moves all of M, and that positive multipliers sum the rows of Z to 0. Tables
without both certificates are left out (their number is printed).

Usage: separation_kinds.py 1 120 > separation_kinds.csv (the first seed, the number of seeds). Columns: table (its
seed), kind, y, w (whole weights), offset, x0 .. x3. Python 3.11.2, SciPy 1.10.1.
Reference: A. Albert and J. Anderson, Biometrika 71 (1984), 1-10; K. Konis, thesis, Oxford 2007.
"""
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog


def table(seed):
    g = np.random.default_rng(seed)
    n, p, k = int(g.integers(4, 31)), int(g.integers(1, 5)), int(g.integers(2, 6))
    k = min(k, n // 2)
    digits = int(g.integers(0, 4))
    x = np.round(g.normal(size=(n, p)) * g.choice([1, 3]), digits)
    shape = int(g.integers(0, 6))
    if shape in (1, 2) and p > 1:  # nearly collinear
        x[:, 1] = np.round(x[:, 0] + g.normal(size=n) * 10.0 ** -g.integers(1, 7), 8)
    if shape == 3:  # categories
        x[:, -1] = g.integers(0, 3, n) == 0
    y = g.integers(0, k, n)
    if g.random() < 0.6:  # classes by scores, some rows on the border
        b = g.integers(-2, 3, size=(p, k)).astype(float)
        s = x @ b + g.integers(-1, 2, k)
        if shape == 1 and p > 1:  # what the two columns differ by
            difference = x[:, 1] - x[:, 0]
            s = np.outer(np.round(difference / np.abs(difference).max() * 5), np.arange(k)) - np.arange(k) ** 2
        y = np.argmax(s + 1e-6 * g.normal(size=s.shape), axis=1)
        if g.random() < 0.5:
            i = g.integers(0, n, max(1, n // 10))
            y[i] = g.integers(0, k, len(i))
    w = g.integers(0, 4, n) if g.random() < 0.4 else np.ones(n, int)
    offset = np.round(g.normal(size=n), 1) if g.random() < 0.3 else np.zeros(n)
    scale = [int(e) for e in (g.choice([-8, 0, 8], p) if g.random() < 0.3 else np.zeros(p))]
    text = [[str(Decimal(repr(float(v))).scaleb(e)) for v, e in zip(r, scale)] for r in x]
    return text, y, w, offset


def null_space(rows, n):
    return eliminate(rows, n)[0]


def independent(rows):
    return eliminate(rows, len(rows[0]))[1]


def eliminate(rows, n):
    rows, pivots = [list(r) for r in rows], []
    i = 0
    for c in range(n):
        at = next((r for r in range(i, len(rows)) if rows[r][c] != 0), None)
        if at is None:
            continue
        rows[i], rows[at] = rows[at], rows[i]
        rows[i] = [v / rows[i][c] for v in rows[i]]
        for r in range(len(rows)):
            if r != i and rows[r][c] != 0:
                f = rows[r][c]
                rows[r] = [a - f * b for a, b in zip(rows[r], rows[i])]
        pivots.append(c)
        i += 1
    free = [c for c in range(n) if c not in pivots]
    return [[Fraction(int(c == f)) if c in free else -rows[pivots.index(c)][f] for c in range(n)] for f in free], pivots


def project(basis, v):
    """A vector of the basis' span near v, exactly in it."""
    b = np.array([[float(e) for e in r] for r in basis])
    size = np.abs(b).max(axis=1, keepdims=True)
    c = np.linalg.lstsq((b / size).T, v, rcond=None)[0] / size[:, 0]
    c = [Fraction(float(e)) for e in c]
    return [sum(e * r[j] for e, r in zip(c, basis)) for j in range(len(v))]


def decide(text, y, w):
    rows = [i for i in range(len(y)) if w[i] > 0]
    classes = sorted(set(y[rows]))
    x = [[Fraction(1)] + [Fraction(v) for v in text[i]] for i in rows]
    p = len(x[0])
    f = np.array([[float(v) for v in r] for r in x])
    size = np.abs(f).max(axis=0)
    size[size == 0] = 1
    keep = independent(x)
    back = np.linalg.inv(np.linalg.qr((f / size)[:, keep])[1]) / size[keep][:, None]
    back = [[Fraction(float(v)) for v in r] for r in back]
    x = [[sum(r[keep[a]] * back[a][b] for a in range(len(keep))) for b in range(len(keep))] for r in x]
    p, k = len(keep), len(classes)
    d = []
    for r, i in zip(x, rows):
        own = classes.index(y[i])
        for other in range(k):
            if other != own:
                v = [Fraction(0)] * (p * k)
                v[own * p:own * p + p] = r
                v[other * p:other * p + p] = [-e for e in r]
                d.append(v[p:])
    n, m = p * (k - 1), len(d)
    df = np.array([[float(e) for e in v] for v in d])
    fit = linprog(np.r_[np.zeros(n), -np.ones(m)], A_ub=np.c_[-df, np.eye(m)], b_ub=np.zeros(m),
                  bounds=[(None, None)] * n + [(0, 1)] * m)
    if fit.status != 0:
        return None
    moved = fit.x[n:] > 0.5
    z = [d[i] for i in range(m) if not moved[i]]
    if moved.any():
        basis = null_space(z, n)
        if not basis:
            return None
        v = project(basis, fit.x[:n])
        if not all(sum(a * b for a, b in zip(d[i], v)) > 0 for i in range(m) if moved[i]):
            return None
    if z:
        zf = df[~moved]
        q = len(z)
        fit = linprog(np.r_[np.zeros(q), -1], A_eq=np.c_[zf.T, np.zeros(n)], b_eq=np.zeros(n),
                      A_ub=np.c_[-np.eye(q), np.ones(q)], b_ub=np.zeros(q), bounds=[(0, 1)] * q + [(0, 1)])
        basis = null_space(list(zip(*z)), q)
        if fit.status != 0 or not basis or not all(e > 0 for e in project(basis, fit.x[:q])):
            return None
    return "none" if not moved.any() else "complete" if moved.all() else "quasi-complete"


if __name__ == "__main__":
    left = 0
    print("table,kind,y,w,offset,x0,x1,x2,x3")
    for seed in range(int(sys.argv[1]), int(sys.argv[1]) + int(sys.argv[2])):
        text, y, w, offset = table(seed)
        classes = set(y[w > 0])
        if len(classes) < 2 or classes != set(y) or (w > 0).sum() <= len(text[0]):  # errors by themselves
            continue
        kind = decide(text, y, w)
        if kind is None:
            left += 1
            continue
        for r, c, f, o in zip(text, y, w, offset):
            print(f"{seed},{kind},c{c},{f},{o}," + ",".join(r + [""] * (4 - len(r))))
    print(left, "tables left out", file=sys.stderr)
