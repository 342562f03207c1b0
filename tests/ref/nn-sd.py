#!/usr/bin/python3
"""Writes nn-sd.csv: mean and standard deviation of sepal_length in share/data/iris.csv, Gaussian, the mean and the logarithm of the
standard deviation being linear in petal_length and petal_width, by maximum likelihood: SciPy's BFGS, then Newton steps with exact
second derivatives until the gradient is down to rounding."""
import csv
import os
import platform

import numpy as np
import scipy
from scipy import optimize

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../../share/data/iris.csv")) as f:
    rows = list(csv.DictReader(f))
y = np.array([float(r["sepal_length"]) for r in rows])
x = np.array([[1, float(r["petal_length"]), float(r["petal_width"])] for r in rows])


def parts(theta):
    s = x @ theta[3:]
    return s, (y - x @ theta[:3]) * np.exp(-s)


def objective(theta):
    s, z = parts(theta)
    return np.sum(s + z * z / 2)


def gradient(theta):
    s, z = parts(theta)
    return np.concatenate([x.T @ (-z * np.exp(-s)), x.T @ (1 - z * z)])


def hessian(theta):
    s, z = parts(theta)
    cross = x.T @ (x * (2 * z * np.exp(-s))[:, None])
    return np.block([[x.T @ (x * np.exp(-2 * s)[:, None]), cross], [cross.T, x.T @ (x * (2 * z * z)[:, None])]])


theta = optimize.minimize(objective, np.zeros(6), jac=gradient, method="BFGS").x
for _ in range(20):
    theta = theta - np.linalg.solve(hessian(theta), gradient(theta))
assert np.max(np.abs(gradient(theta))) < 1e-10
with open(os.path.join(here, "nn-sd.csv"), "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["mean", "sd", "versions"])
    for mean, s in zip(x @ theta[:3], parts(theta)[0]):
        out.writerow(["%.17g" % mean, "%.17g" % np.exp(s), "Python %s; NumPy %s; SciPy %s" % (
            platform.python_version(), np.__version__, scipy.__version__)])
