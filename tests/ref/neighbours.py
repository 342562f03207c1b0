#!/usr/bin/python3
"""Makes neighbours-rows.csv and neighbours.csv: groups of two continuous columns and a label, and their mutual informations
by scikit-learn's functions under mutual_info_regression and mutual_info_classif (which add noise first, and cut off at 0,
neither of which is done here), of columns of sample sd 1. Run from the root: /usr/bin/python3 tests/ref/neighbours.py"""
import math

import numpy as np
import sklearn
from scipy import special, stats
from sklearn.feature_selection import _mutual_info as mi

rng = np.random.default_rng(20261201)
rows = open("tests/ref/neighbours-rows.csv", "w", encoding="ascii")
out = open("tests/ref/neighbours.csv", "w", encoding="ascii")
print("case,x,y,c", file=rows)
print("case,k,xy,xc,yc,gauss,made_by", file=out)


def standard(v):
    return (v - v.mean()) / v.std(ddof=1)


def uncut(f, *args):
    """The estimate without max(0, .): the functions compare with the builtin, which this replaces."""
    mi.max = lambda _, value: value
    try:
        return f(*args)
    finally:
        del mi.max


def ross(x, label, k):
    """Ross's estimate by its definition. scikit-learn compares squared distances, whose rounding moves the k-th
    neighbour in or out of its own distance; where it does not, both agree."""
    count = {v: int((label == v).sum()) for v in set(label)}
    kept = np.array([count[v] > 1 for v in label])
    x, label, terms = x[kept], label[kept], []
    for i in range(len(x)):
        own = np.sort(np.delete(abs(x - x[i]), i)[np.delete(label, i) == label[i]])
        m = min(k, len(own))
        terms.append(special.digamma(m) - special.digamma(len(own) + 1) - special.digamma((abs(x - x[i]) < own[m - 1]).sum()))
    return special.digamma(len(x)) + np.mean(terms)


agree = 0
for case in range(60):
    n = int(rng.integers(8, 60))
    k = [1, 3, 5][case % 3]
    shape = case % 5
    x = rng.normal(size=n)
    y = [rng.normal(size=n), 0.8 * x + 0.6 * rng.normal(size=n), x * x + 0.1 * rng.normal(size=n), rng.standard_t(1, n),
         np.exp(3 * x) * rng.uniform(size=n)][shape]
    scale = 10.0 ** rng.integers(-8, 9, 2)
    x, y = (np.array([float(f"{v:.12g}") for v in column * s]) for column, s in zip((x, y), scale))
    c = rng.integers(0, 2 + shape, n)
    for a, b, d in zip(x, y, c):
        print(case, repr(float(a)), repr(float(b)), f"c{d}", sep=",", file=rows)
    sx, sy = standard(x), standard(y)
    r = stats.pearsonr(x, y)[0]
    values = [uncut(mi._compute_mi_cc, sx, sy, k), ross(sx, c, k), ross(sy, c, k),
              -0.5 * math.log1p(-r * r)]
    agree += sum(abs(uncut(mi._compute_mi_cd, v, c, k) - w) < 1e-12 for v, w in ((sx, values[1]), (sy, values[2])))
    print(case, k, *(f"{v:.17g}" for v in values), f"scikit-learn {sklearn.__version__}", sep=",", file=out)
print(f"{agree} of 120 estimates with a label are scikit-learn's")
