#!/usr/bin/python3
"""Makes location.csv: location estimates of the numeric columns of iris by SciPy, NumPy and
statsmodels. Run from the root: /usr/bin/python3 tests/ref/location.py >tests/ref/location.csv"""
import math

import numpy as np
import pandas
import scipy
import statsmodels
from scipy import stats
from statsmodels.robust import norms


def mckean_schrader(x):
    x, n = np.sort(x), len(x)
    c = max(round((n + 1) / 2 - stats.norm.ppf(0.995) * math.sqrt(n / 4)), 1)
    return (x[n - c] - x[c - 1]) / (2 * stats.norm.ppf(0.995))


def huber(x, delta):
    norm = norms.HuberT(t=delta)
    m = float(norms.estimate_location(x, 1, norm=norm, maxiter=5000, tol=1e-15))
    psi = np.clip(x - m, -delta, delta)
    n = len(x)
    return m, math.sqrt((psi**2).sum() * n / (n - 1)) / (abs(x - m) <= delta).sum(), norm.rho(x - m).mean()


def trimmed(x, p):
    g = int(p * len(x))
    kept = np.sort(x)[g:len(x) - g]
    m = stats.trim_mean(x, p)
    winsorised = np.clip(x, kept[0], kept[-1])
    h = len(x) - 2 * g
    return m, math.sqrt(winsorised.var() * len(x) / (h * (h - 1))), ((kept - m) ** 2).mean() / 2


print("column,loss,estimate,se,mean_loss,made_by")
iris = pandas.read_csv("share/data/iris.csv")
made_by = f"SciPy {scipy.__version__} NumPy {np.__version__} statsmodels {statsmodels.__version__}"
for column in iris.columns[:4]:
    x = iris[column].to_numpy()
    rows = {"l2": (x.mean(), stats.sem(x), x.var() / 2),
            "l1": (np.median(x), mckean_schrader(x), abs(x - np.median(x)).mean())}
    for delta in (0.1, 0.5, 2):
        rows[f"huber:{delta}"] = huber(x, delta)
    for p in (0, 0.1, 0.25, 0.4):
        rows[f"trimmed:{p}"] = trimmed(x, p)
    m, b = stats.laplace.fit(x)
    rows["laplace"] = (m, b / math.sqrt(len(x)), -stats.laplace.logpdf(x, m, b).sum())
    for loss, values in rows.items():
        print(column, loss, *(f"{v:.17g}" for v in values), made_by, sep=",")
