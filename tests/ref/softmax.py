#!/usr/bin/python3
"""Reference values of softmax regression: /usr/bin/python3 tests/ref/softmax.py > tests/ref/softmax.csv

Newton's method on the multinomial log-likelihood in extended precision (64-bit significands), on columns of mean 0 and sd 1,
transformed back at the end. Standard errors by the inverse Hessian. statsmodels' MNLogit must agree to what it can."""
import csv
import sys

import numpy as np
import statsmodels
import statsmodels.api as sm

L = np.longdouble


def load(path, features, target):
    with open(path) as f:
        rows = list(csv.DictReader(f))
    labels = sorted({r[target] for r in rows})
    return np.array([[L(r[c]) for c in features] for r in rows]), np.array([labels.index(r[target]) for r in rows]), labels


def inverse(a):
    """Gauss-Jordan with row pivoting, in the precision of a."""
    n = len(a)
    m = np.concatenate([a.astype(L), np.eye(n, dtype=L)], axis=1)
    for i in range(n):
        pivot = i + np.argmax(abs(m[i:, i]))
        m[[i, pivot]] = m[[pivot, i]]
        m[i] /= m[i, i]
        for j in range(n):
            if j != i:
                m[j] -= m[j, i] * m[i]
    return m[:, n:]


def fit(x, y, k, w):
    center, scale = x.mean(axis=0), x.std(axis=0)
    z = np.concatenate([np.ones((len(x), 1), L), (x - center) / scale], axis=1)
    m, width = k - 1, z.shape[1]
    onehot = (y[:, None] == np.arange(1, k)).astype(L)
    theta = np.zeros(m * width, L)
    for _ in range(60):
        e = np.concatenate([np.ones((len(x), 1), L), np.exp(z @ theta.reshape(m, width).T)], axis=1)
        p = e / e.sum(axis=1, keepdims=True)
        g = ((p[:, 1:] - onehot) * w[:, None]).T @ z
        h = np.block([[(z * (w * p[:, a + 1] * (L(a == b) - p[:, b + 1]))[:, None]).T @ z for b in range(m)] for a in range(m)])
        step = inverse(h) @ g.ravel()
        theta -= step
        if abs(step).max() < 1e-17 * abs(theta).max():
            break
    loglik = (w * np.log(p[np.arange(len(y)), y])).sum()
    block = np.diag(np.concatenate([[L(1)], 1 / scale]))
    block[0, 1:] = -center / scale
    back = np.kron(np.eye(m, dtype=L), block)
    return back @ theta, np.sqrt(np.diag(back @ inverse(h) @ back.T)), loglik


def put(case, path, features, target, weights):
    x, y, labels = load(path, features, target)
    w = np.array([L(weights(i)) for i in range(len(y))])
    theta, errors, loglik = fit(x, y, len(labels), w)
    repeat = np.repeat(np.arange(len(y)), w.astype(int))
    other = sm.MNLogit(y[repeat], sm.add_constant(x[repeat].astype(float))).fit(method="newton", maxiter=100, tol=1e-12, disp=0)
    np.testing.assert_allclose(other.params.T.ravel(), theta.astype(float), rtol=1e-6)
    np.testing.assert_allclose(other.bse.T.ravel(), errors.astype(float), rtol=1e-6)
    made_by = f"NumPy {np.__version__} extended precision; checked by statsmodels {statsmodels.__version__}"
    terms = ["(intercept)"] + features
    for a, label in enumerate(labels[1:]):
        for i, term in enumerate(terms):
            at = a * len(terms) + i
            print(f"{case},{label},{term},{float(theta[at]):.17g},{float(errors[at]):.17g},{float(loglik):.17g},{made_by}")


if np.finfo(L).nmant < 63:
    sys.exit("needs a long double of 64 bits")
print("case,class,term,estimate,se,loglik,made_by")
put("iris", "share/data/iris.csv", ["sepal_length"], "species", lambda i: 1)
put("wine", "share/data/wine.csv", ["alcohol", "malic_acid", "ash"], "cultivar", lambda i: 1)
put("weights", "share/data/wine.csv", ["alcohol", "malic_acid", "ash"], "cultivar", lambda i: 1 + (i + 1) % 4)
