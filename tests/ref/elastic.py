#!/usr/bin/python3
"""Writes elastic.csv: coefficients of logistic and softmax regression under l1, and l1 with l2, intercepts free. scikit-learn's saga with
a tight tolerance says which are 0; the last digits by Newton's method on the others in extended precision, and the conditions of
optimality are checked. Under l2 alone, standard errors too: by the inverse Hessian of weights x objective, of several classes that of
coefficients which sum to 0 over the classes. Run from the repository root."""
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
L = np.longdouble


def solve(a, b):
    """Gauss-Jordan with row pivoting, in the precision of a."""
    n = len(a)
    m = np.concatenate([a, b[:, None]], axis=1)
    for i in range(n):
        pivot = i + np.argmax(abs(m[i:, i]))
        m[[i, pivot]] = m[[pivot, i]]
        m[i] /= m[i, i]
        for j in range(n):
            if j != i:
                m[j] -= m[j, i] * m[i]
    return m[:, n]


def derivatives(z, y, w, theta, l2):
    """Value, gradient and Hessian of the mean loss and the l2; theta: scores x (1 + d). One score: log loss of class 1."""
    scores, width = theta.shape
    s = z @ theta.T
    full = np.concatenate([np.zeros((len(z), 1), L), s], axis=1) if scores == 1 else s
    e = np.exp(full - full.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -(w * np.log(p[np.arange(len(y)), y])).sum() + l2 / 2 * (theta[:, 1:] ** 2).sum()
    own = (y[:, None] == np.arange(p.shape[1])).astype(L)
    slope, q = (p - own)[:, -scores:] * w[:, None], p[:, -scores:]
    gradient = slope.T @ z
    hessian = np.block([[(z * (w * q[:, a] * (L(a == b) - q[:, b]))[:, None]).T @ z for b in range(scores)] for a in range(scores)])
    mask = np.arange(width) > 0
    gradient += l2 * theta * mask
    hessian += l2 * np.diag(np.tile(mask, scores))
    if scores > 1:
        pin = np.kron(np.ones((scores, scores)), np.diag(~mask).astype(L))
        hessian += pin
    return value, gradient, hessian


def standard_errors(z, y, w, theta, l2, mean, sd, total):
    """theta: on the original scale. The common shift of all classes is independent of the rest and projected away."""
    scores, width = theta.shape
    standardised = theta.copy()
    standardised[:, 1:] *= sd
    standardised[:, 0] += theta[:, 1:] @ mean
    _, _, hessian = derivatives(z, y, w, standardised, L(l2))
    back = np.diag(np.concatenate([[L(1)], 1 / sd]))
    back[0, 1:] = -mean / sd
    n = scores * width
    inverse = np.array([solve(hessian, row) for row in np.eye(n, dtype=L)])
    onto = np.eye(scores) - 1 / L(scores) if scores > 1 else np.eye(1)
    whole = np.kron(onto, back)
    return np.sqrt(np.diag(whole @ inverse @ whole.T) / total).reshape(scores, width)


def put(out, case, command, frame, target, features, l1, l2, standardize, weights=None):
    labels = sorted(frame[target].unique())
    x = frame[features].to_numpy().astype(L)
    y = np.array([labels.index(v) for v in frame[target]])
    w = np.ones(len(y), L) if weights is None else weights.astype(L)
    w = w / w.sum()
    mean = (w[:, None] * x).sum(axis=0)
    sd = np.sqrt((w[:, None] * (x - mean) ** 2).sum(axis=0)) if standardize else np.ones(x.shape[1], L)
    z = np.concatenate([np.ones((len(x), 1), L), (x - mean) / sd], axis=1)
    fit = LogisticRegression(penalty="elasticnet", solver="saga", l1_ratio=l1 / (l1 + l2), C=1 / (len(y) * (l1 + l2)), tol=1e-10,
                             max_iter=10**6, multi_class="ovr" if command == "logreg-train" else "multinomial")
    fit.fit(z[:, 1:].astype(float), y, sample_weight=(w * len(y)).astype(float))
    theta = np.concatenate([fit.intercept_[:, None], fit.coef_], axis=1).astype(L)
    if command == "softmax-train":
        theta[:, 0] -= theta[:, 0].mean()  # as the Hessian's pin has it
    sign = np.sign(theta) * (np.arange(theta.shape[1]) > 0)
    active = ((sign != 0) | (np.arange(theta.shape[1]) == 0)).ravel()
    for _ in range(30):
        value, gradient, hessian = derivatives(z, y, w, theta, L(l2))
        step = np.zeros(theta.size, L)
        step[active] = solve(hessian[np.ix_(active, active)], (gradient + l1 * sign).ravel()[active])
        theta -= step.reshape(theta.shape)
        if abs(step).max() < 1e-17:
            break
    value, gradient, _ = derivatives(z, y, w, theta, L(l2))
    value += l1 * abs(theta[:, 1:]).sum()
    assert (np.sign(theta[sign != 0]) == sign[sign != 0]).all(), case
    assert (abs(gradient[:, 1:][sign[:, 1:] == 0]) <= l1).all(), case
    assert abs(gradient + l1 * sign).ravel()[active].max() < 1e-15, case
    theta[:, 1:] /= sd
    theta[:, 0] -= theta[:, 1:] @ mean
    if command == "softmax-train":
        theta[:, 0] -= theta[:, 0].mean()
    errors = standard_errors(z, y, w, theta, l2, mean, sd, len(y) if weights is None else weights.sum()) if l1 == 0 else None
    for k, row in enumerate(theta):
        label = labels[-1] if len(theta) == 1 else labels[k]
        for i, (term, estimate) in enumerate(zip(["(intercept)"] + features, row)):
            error = "" if errors is None else f"{float(errors[k, i]):.17g}"
            print(f"{case},{label},{term},{float(estimate):.17g},{float(value):.17g},{error}", file=out)
    print(case, f"{float(value):.17g}", int((theta[:, 1:] != 0).sum()), "of", theta[:, 1:].size)


cancer = pd.read_csv("share/data/breast-cancer.csv")
wine = pd.read_csv("share/data/wine.csv")
iris = pd.read_csv("share/data/iris.csv")
columns = [c for c in cancer.columns if c != "diagnosis"]
five = columns[:5]
parts = [c for c in wine.columns if c != "cultivar"]
flower = [c for c in iris.columns if c != "species"]
with open("tests/ref/elastic.csv", "w") as out:
    print(f"# scikit-learn {sklearn.__version__}, NumPy {np.__version__}: case, class, term, estimate, objective, se", file=out)
    put(out, "l1", "logreg-train", cancer, "diagnosis", columns, 0.01, 0, True)
    put(out, "both", "logreg-train", cancer, "diagnosis", columns, 0.02, 0.01, True)
    put(out, "own-scale", "logreg-train", cancer, "diagnosis", ["mean_texture", "mean_smoothness", "mean_symmetry"], 0.003, 0, False)
    put(out, "weights", "logreg-train", cancer, "diagnosis", five, 0.03, 0, True, 1 + np.arange(1, len(cancer) + 1) % 3)
    put(out, "classes-l1", "softmax-train", wine, "cultivar", parts, 0.01, 0, True)
    put(out, "classes-both", "softmax-train", wine, "cultivar", parts, 0.02, 0.01, True)
    put(out, "classes-own-scale", "softmax-train", iris, "species", flower, 0.02, 0, False)
    put(out, "l2", "logreg-train", cancer, "diagnosis", five, 0, 0.03, False)
    put(out, "l2-weights", "logreg-train", cancer, "diagnosis", five, 0, 0.03, True, 1 + np.arange(1, len(cancer) + 1) % 3)
    put(out, "classes-l2", "softmax-train", wine, "cultivar", parts[:5], 0, 0.03, False)
    put(out, "classes-l2-unit", "softmax-train", iris, "species", flower, 0, 0.003, True)
