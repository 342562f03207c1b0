#!/usr/bin/python3
"""Writes robust.csv: linear regressions by Huber's loss (Newton's method on its conditions), by least absolute
deviations (linear programming), and with a linear sd (SciPy's minimisation, then Newton steps), with their objectives and
standard errors, each by its definition. Run from the repository root."""
import numpy as np
import pandas as pd
import scipy
from scipy.optimize import linprog, minimize

iris = pd.read_csv("share/data/iris.csv")
cancer = pd.read_csv("share/data/breast-cancer.csv")
three = ["sepal_length", "sepal_width", "petal_length"]
five = ["mean_texture", "mean_perimeter", "mean_smoothness", "mean_concavity", "mean_symmetry"]
out = open("tests/ref/robust.csv", "w")
print(f"# SciPy {scipy.__version__}: case, term, estimate, se (NA: none); the term 'objective' is the mean loss", file=out)


def put(case, terms, estimates, errors=None):
    for i, (term, estimate) in enumerate(zip(terms, estimates)):
        print(f"{case},{term},{estimate:.17g},{'NA' if errors is None else format(errors[i], '.17g')}", file=out)


def design(frame, columns):
    x = np.column_stack([np.ones(len(frame)), frame[columns].to_numpy()])
    shift = np.eye(len(columns) + 1)
    size = np.r_[1, x[:, 1:].std(axis=0)]
    shift[0, 1:] = -x[:, 1:].mean(axis=0) / size[1:]
    shift[range(1, len(size)), range(1, len(size))] = 1 / size[1:]
    return x, x @ shift, shift


def huber(case, frame, target, columns, delta, w=None):
    x, z, shift = design(frame, columns)
    y = frame[target].to_numpy()
    w = np.ones(len(y)) if w is None else w
    n, p = w.sum(), z.shape[1]
    loss = lambda b: (w * np.where(abs(y - z @ b) <= delta, (y - z @ b) ** 2 / 2, delta * (abs(y - z @ b) - delta / 2))).sum() / n
    psi = lambda b: np.clip(y - z @ b, -delta, delta)
    b = minimize(loss, np.linalg.lstsq(z, y, rcond=None)[0], jac=lambda b: -z.T @ (w * psi(b)) / n, method="BFGS",
                 options={"gtol": 1e-9}).x
    for _ in range(30):
        inner = abs(y - z @ b) <= delta
        b = b + np.linalg.solve(z.T @ (z * (w * inner)[:, None]), z.T @ (w * psi(b)))
    assert abs(z.T @ (w * psi(b))).max() / n < 1e-14, case
    m = (w * inner).sum() / n
    k = 1 + p / (n - 1) * m * (1 - m) / m**2
    covariance = k**2 * ((w * psi(b) ** 2).sum() / (n - p)) / m**2 * np.linalg.inv(z.T @ (z * w[:, None]))
    put(case, ["(intercept)", *columns], shift @ b, np.sqrt(np.diag(shift @ covariance @ shift.T)))
    put(case, ["objective"], [loss(b)])


def median(case, frame, target, columns, w=None):
    x, z, shift = design(frame, columns)
    y = frame[target].to_numpy()
    n, p = z.shape
    w = np.ones(n) if w is None else w
    cost = np.r_[np.zeros(p), w, w] / w.sum()
    fit = linprog(cost, A_eq=np.column_stack([z, np.eye(n), -np.eye(n)]), b_eq=y, bounds=[(None, None)] * p + [(0, None)] * 2 * n,
                  method="highs-ds", options={"dual_feasibility_tolerance": 1e-10, "primal_feasibility_tolerance": 1e-10})
    through = abs(y - z @ fit.x[:p]) < 1e-9
    b = np.linalg.lstsq(z[through], y[through], rcond=None)[0]
    value = (w * abs(y - z @ b)).sum() / w.sum()
    if not abs(value - fit.fun) < 1e-12:
        b, value = fit.x[:p], fit.fun
    put(case, ["(intercept)", *columns], shift @ b)
    put(case, ["objective"], [value])


def sd(case, frame, target, columns, chosen):
    x, z, shift = design(frame, columns)
    y = frame[target].to_numpy()
    pick = [0, *[1 + columns.index(c) for c in chosen]]
    v, n, p = z[:, pick], len(y), z.shape[1]

    def parts(t):
        s = v @ t[p:]
        return s, (y - z @ t[:p]) / s

    def loss(t):
        s, e = parts(t)
        return np.inf if s.min() <= 0 else (np.log(s) + e**2 / 2 + np.log(2 * np.pi) / 2).mean()

    def gradient(t):
        s, e = parts(t)
        return np.r_[-z.T @ (e / s), v.T @ ((1 - e**2) / s)] / n

    def hessian(t):
        s, e = parts(t)
        cross = z.T @ (v * (2 * e / s**2)[:, None])
        return np.block([[z.T @ (z / (s**2)[:, None]), cross], [cross.T, v.T @ (v * ((3 * e**2 - 1) / s**2)[:, None])]]) / n

    b = np.linalg.lstsq(z, y, rcond=None)[0]
    start = np.r_[b, (y - z @ b).std(), np.zeros(len(chosen))]
    t = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-6, "fatol": 1e-10}).x
    for _ in range(20):
        t = t - np.linalg.solve(hessian(t), gradient(t))
    assert abs(gradient(t)).max() < 1e-11 and np.linalg.eigvalsh(hessian(t)).min() > 0, case
    covariance = np.linalg.inv(hessian(t)) / n
    inner = shift[np.ix_(pick, pick)]
    put(case, ["(intercept)", *columns], shift @ t[:p], np.sqrt(np.diag(shift @ covariance[:p, :p] @ shift.T)))
    put(case + "-sd", ["(intercept)", *chosen], inner @ t[p:], np.sqrt(np.diag(inner @ covariance[p:, p:] @ inner.T)))
    put(case, ["objective"], [loss(t)])


huber("huber-iris", iris, "petal_width", three, 0.1)
huber("huber-cancer", cancer, "mean_area", five, 20)
huber("huber-weighted", iris, "petal_width", ["sepal_length", "petal_length"], 0.1, iris["sepal_width"].to_numpy())
median("l1-iris", iris, "petal_width", three)
median("l1-cancer", cancer, "mean_area", five)
median("l1-weighted", iris, "petal_width", ["sepal_length", "petal_length"], iris["sepal_width"].to_numpy())
sd("sd-iris", iris, "petal_width", three, ["petal_length"])
sd("sd-cancer", cancer, "mean_area", ["mean_texture", "mean_concavity"], ["mean_texture", "mean_concavity"])
