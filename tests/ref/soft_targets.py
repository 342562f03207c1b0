#!/usr/bin/python3
"""Reference values of softmax regression on shares of classes: /usr/bin/python3 tests/ref/soft_targets.py > tests/ref/soft_targets.csv

SciPy's minimize (trust-exact, then Newton-CG steps of NumPy to rounding) on the cross-entropy; standard errors by the sandwich, rows of weight w being w rows. The
shares of row i (from 1) of iris with species s are 0.6 + 0.1 (i mod 4) of s, and of what remains (i mod 3) / 2 of the next species, the
rest of the one after."""
import csv

import numpy as np
import scipy
from scipy.optimize import minimize

FEATURES = ["sepal_length", "sepal_width", "petal_width"]
SPECIES = ["setosa", "versicolor", "virginica"]
with open("share/data/iris.csv") as f:
    rows = list(csv.DictReader(f))
x = np.array([[1.0] + [float(r[c]) for c in FEATURES] for r in rows])
q = np.zeros((len(rows), 3))
for i, r in enumerate(rows, 1):
    s = SPECIES.index(r["species"])
    rest = 4 - i % 4
    q[i - 1, s] = (10 - rest) / 10
    q[i - 1, (s + 1) % 3] = rest * (i % 3) / 20
    q[i - 1, (s + 2) % 3] = rest * (2 - i % 3) / 20
width = x.shape[1]


def problem(w, l2, symmetric):
    n = w.sum()
    blocks = 3 if symmetric else 2
    penalty = np.tile(np.r_[0, np.full(width - 1, l2)], blocks)

    def scores(theta):
        t = theta.reshape(blocks, width)
        z = x @ (t if symmetric else np.vstack([np.zeros(width), t])).T
        z -= z.max(axis=1, keepdims=True)
        return z, np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    def value(theta):
        z, _ = scores(theta)
        loss = np.log(np.exp(z).sum(axis=1)) - (q * z).sum(axis=1)
        return (w * loss).sum() / n + (penalty * theta**2).sum() / 2 + pin(theta)[0]

    def pin(theta):
        if not symmetric:
            return 0, 0, 0
        u = np.zeros(blocks * width)
        u[::width] = 1
        return (u @ theta) ** 2 / 2, u * (u @ theta), np.outer(u, u)

    def gradient(theta):
        _, p = scores(theta)
        g = ((p - q) * w[:, None]).T @ x / n
        return (g if symmetric else g[1:]).ravel() + penalty * theta + pin(theta)[1]

    def hessian(theta):
        _, p = scores(theta)
        p = p if symmetric else p[:, 1:]
        h = np.block([[(x * (w * p[:, a] * ((a == b) - p[:, b]))[:, None]).T @ x for b in range(blocks)] for a in range(blocks)]) / n
        return h + np.diag(penalty) + pin(theta)[2]

    def rows_of(theta):
        r = scores(theta)[1] - q
        return np.hstack([x * r[:, [k]] for k in range(0 if symmetric else 1, 3)])

    return value, gradient, hessian, blocks, n, rows_of


def put(case, w, l2=0.0, symmetric=False):
    value, gradient, hessian, blocks, n, rows_of = problem(w, l2, symmetric)
    theta = minimize(value, np.zeros(blocks * width), method="trust-exact", jac=gradient, hess=hessian, options={"gtol": 1e-10}).x
    for _ in range(3):
        theta = theta - np.linalg.solve(hessian(theta), gradient(theta))
    inverse = np.linalg.inv(hessian(theta)) / n
    slopes = rows_of(theta)
    se = np.sqrt(np.diag(inverse @ (slopes.T * w) @ slopes @ inverse))
    loglik = -n * (value(theta) - l2 / 2 * (theta.reshape(blocks, width)[:, 1:] ** 2).sum())
    share = (w[:, None] * q).sum(axis=0)
    null = (share * np.log(share / n)).sum()
    for b in range(blocks):
        for j, term in enumerate(["(intercept)"] + FEATURES):
            k = b * width + j
            print("%s,p_%s,%s,%.17g,%s,%.17g,%.17g,SciPy %s" % (case, SPECIES[b + (not symmetric)], term, theta[k],
                  "" if symmetric else "%.17g" % se[k], loglik, null, scipy.__version__))


print("case,class,term,estimate,se,loglik,loglik_null,made_by")
put("plain", np.ones(len(rows)))
put("weights", np.array([1.0 + i % 3 for i in range(1, len(rows) + 1)]))
put("l2", np.ones(len(rows)), 0.01, True)
