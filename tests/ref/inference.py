#!/usr/bin/python3
"""Reference values of standard errors and intervals: /usr/bin/python3 tests/ref/inference.py > tests/ref/inference.csv

Softmax regression by Newton's method in 50 digits (mpmath), the first class being the reference; two classes are logistic regression.
Rows: se CASE,class,term,estimate,se; interval CASE,row,class,p,lower,upper: of the log-odds of a class, by its gradient (differences of
1e-20 in 50 digits) and the covariance of the coefficients. Cases: information, sandwich (HC0) with weights of classes (squared, times the
row's), with fractions as weights (squared) and with targets that are probabilities; nearly collinear columns."""
import csv

import mpmath
from mpmath import exp, log, matrix, mp, mpf, nstr, sqrt

mp.dps = 50
Q = mpf("1.9599639845400542355245944305205515279555501")


def load(path):
    with open(path) as f:
        return list(csv.DictReader(f))


def probabilities(b, x, k):
    w = len(x)
    e = [mpf(1)] + [exp(sum(b[(c - 1) * w + j] * x[j] for j in range(w))) for c in range(1, k)]
    s = sum(e)
    return [v / s for v in e]


def fit(x, t, weight):
    k, w = len(t[0]), len(x[0])
    n = (k - 1) * w
    b = matrix(n, 1)
    for _ in range(100):
        g, h = matrix(n, 1), matrix(n, n)
        for xi, ti, wi in zip(x, t, weight):
            p = probabilities(b, xi, k)
            for a in range(1, k):
                for i in range(w):
                    g[(a - 1) * w + i] += wi * (ti[a] - p[a]) * xi[i]
                    for c in range(1, k):
                        f = wi * p[a] * ((a == c) - p[c]) * xi[i]
                        for j in range(w):
                            h[(a - 1) * w + i, (c - 1) * w + j] += f * xi[j]
        step = mpmath.lu_solve(h, g)
        b += step
        if max(abs(v) for v in step) < mpf(10) ** -35 * max(1, max(abs(v) for v in b)):
            break
    return b, mpmath.inverse(h)


def put(case, rows, columns, classes, t, weight, squares=None, predict=()):
    x = [[mpf(1)] + [mpf(r[c]) for c in columns] for r in rows]
    b, v = fit(x, t, weight)
    k, w = len(classes), len(columns) + 1
    if squares is not None:
        m = matrix(b.rows, b.rows)
        for xi, ti, si in zip(x, t, squares):
            p = probabilities(b, xi, k)
            u = [(ti[a] - p[a]) * xi[i] for a in range(1, k) for i in range(w)]
            for i in range(b.rows):
                for j in range(b.rows):
                    m[i, j] += si * u[i] * u[j]
        v = v * m * v
    for a in range(1, k):
        for i, term in enumerate(["(intercept)"] + columns):
            at = (a - 1) * w + i
            print(f"se {case},{classes[a]},{term},{nstr(b[at], 17)},{nstr(sqrt(v[at, at]), 17)}")
    for row in predict:
        p = probabilities(b, x[row], k)
        for c in range(k):
            slope = matrix(b.rows, 1)
            for i in range(b.rows):
                d = b.copy()
                d[i] += mpf(10) ** -20
                q = probabilities(d, x[row], k)[c]
                slope[i] = (log(q / (1 - q)) - log(p[c] / (1 - p[c]))) * mpf(10) ** 20
            half = Q * sqrt((slope.T * v * slope)[0])
            odds = log(p[c] / (1 - p[c]))
            print(f"interval {case},{row},{classes[c]},{nstr(p[c], 17)},{nstr(1 / (1 + exp(half - odds)), 17)},{nstr(1 / (1 + exp(-half - odds)), 17)}")


def hot(rows, column, classes):
    return [[int(r[column] == c) for c in classes] for r in rows]


print(f"# mpmath {mpmath.__version__}")
near = load("tests/files/near-collinear.csv")
put("near", near, ["x0", "x1"], ["9", "10"], hot(near, "y", ["9", "10"]), [1] * len(near))
wine = load("share/data/wine.csv")
three, columns = ["class_0", "class_1", "class_2"], ["alcohol", "malic_acid"]
t = hot(wine, "cultivar", three)
put("plain", wine, columns, three, t, [1] * len(wine), predict=(0, 60, 149))
whole = [i % 3 + 1 for i in range(len(wine))]
factor = {"class_0": mpf("0.5"), "class_1": mpf(2), "class_2": mpf(1)}
f = [factor[r["cultivar"]] for r in wine]
put("classes", wine, columns, three, t, [a * c for a, c in zip(whole, f)], [a * c * c for a, c in zip(whole, f)], predict=(0, 149))
fractions = [mpf(i % 4 + 1) / 4 for i in range(len(wine))]
put("fractions", wine, columns, three, t, fractions, [a * a for a in fractions])
two = wine[:130]
half = {"class_0": 1, "class_1": mpf("0.25")}
f = [half[r["cultivar"]] for r in two]
put("two", two, columns, three[:2], hot(two, "cultivar", three[:2]), f, [c * c for c in f], predict=(0, 99))
