#!/usr/bin/python3
"""Standard errors of logistic regressions with nearly collinear columns, in 60-digit arithmetic by mpmath.

Tables of 20 or 30 rows with two columns: the second is the first, shifted by 0 or 1000, plus a gap of 1 to 1e-5 times a
Gaussian, times 1e-8, 1 or 1e8. Their condition reaches 1e9 and more. Half of them have class weights (1=0.3), with the
sandwich errors (HC0). Separated tables are left out: Newton's method in 60 digits has no optimum.

Writes near_collinear-rows.csv (case, weights, a, b, y) and near_collinear.csv (case, weights, gap, scale, shift, row of
the coefficient, estimate, error) to its own folder. Python 3.11.2, mpmath 1.2.1, seed 13.

    /usr/bin/python3 tests/ref/near_collinear.py
    /usr/bin/python3 tests/ref/near_collinear.py COUNT SEED    only compares bin/ on that many tables
"""

import csv
import io
import os
import random
import subprocess
import sys

from mpmath import exp, inverse, lu_solve, matrix, mp, mpf, nstr, sqrt

mp.dps = 60
here = os.path.dirname(os.path.abspath(__file__))


def logistic(rows, y, w):
    """Coefficients and standard errors, of the information or, with weights, of the sandwich; None: separated."""
    x = [[mpf(1)] + [mpf(v) for v in r] for r in rows]
    p, n, b = 3, len(x), matrix(3, 1)
    for step in range(60):
        g, h = matrix(p, 1), matrix(p, p)
        for i in range(n):
            mu = 1 / (1 + exp(-sum(x[i][j] * b[j] for j in range(p))))
            for j in range(p):
                g[j] += w[i] * (y[i] - mu) * x[i][j]
                for k in range(p):
                    h[j, k] += w[i] * mu * (1 - mu) * x[i][j] * x[i][k]
        try:
            move = lu_solve(h, g)
        except ZeroDivisionError:
            return None
        b += move
        if max(abs(v) for v in move) < mpf(10) ** -45 * max(1, max(abs(v) for v in b)):
            break
    else:
        return None
    if max(abs(sum(x[i][j] * b[j] for j in range(p))) for i in range(n)) > 60:
        return None
    v = inverse(h)
    if any(weight != 1 for weight in w):
        m = matrix(p, p)
        for i in range(n):
            u = w[i] * (y[i] - 1 / (1 + exp(-sum(x[i][j] * b[j] for j in range(p)))))
            for j in range(p):
                for k in range(p):
                    m[j, k] += u * u * x[i][j] * x[i][k]
        v = v * m * v
    return b, [sqrt(v[j, j]) for j in range(p)]


def tables(seed):
    rng = random.Random(seed)
    while True:
        n, gap = rng.choice([20, 30]), 10.0 ** rng.choice([0, -2, -4, -5])
        scale, shift, weighted = 10.0 ** rng.choice([-8, 0, 8]), rng.choice([0, 1000]), rng.random() < 0.5
        rows = []
        for _ in range(n):
            a, b = rng.gauss(0, 1), rng.gauss(0, 1)
            rows.append(["%.12g" % (a + shift), "%.12g" % ((a + shift + gap * b) * scale)])
        y = [int(rng.random() < 0.5) for _ in rows]
        fit = logistic(rows, y, [mpf("0.3") if v and weighted else mpf(1) for v in y])
        if fit is not None:
            yield gap, scale, shift, weighted, rows, y, fit


def found(rows, y, weighted):
    text = "a,b,y\n" + "".join("%s,%s,%d\n" % (*r, v) for r, v in zip(rows, y))
    options = "--class-weight 1=0.3" if weighted else ""
    command = "bin/logreg-train -q -t y %s | bin/model-show --to csv" % options
    out = subprocess.run(command, shell=True, input=text, capture_output=True, text=True, cwd=os.path.join(here, "../.."))
    return [(float(r["estimate"]), float(r["se"] or "nan")) for r in csv.DictReader(io.StringIO(out.stdout))], out.stderr


def compare(count, seed):
    worst, source = [0, 0], tables(seed)
    for _ in range(count):
        gap, scale, shift, weighted, rows, y, (b, se) = next(source)
        got, said = found(rows, y, weighted)
        errors = [max(abs((g[0] - b[j]) / se[j]) for j, g in enumerate(got)), max(abs(g[1] / se[j] - 1) for j, g in enumerate(got))]
        worst = [max(w, float(e)) for w, e in zip(worst, errors)]
        if not errors[1] < 1e-6:
            print("gap %g, scale %g, shift %g, weighted %d: %s %s %s" % (gap, scale, shift, weighted, *map(float, errors), said))
    print("%d tables: estimates within %.2g standard errors, errors within %.2g of themselves" % (count, *worst))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        compare(int(sys.argv[1]), int(sys.argv[2]))
        sys.exit()
    row_file, value_file = [["case", "a", "b", "y"]], [["case", "weights", "gap", "scale", "shift", "row", "estimate", "se"]]
    source = tables(13)
    for case in range(1, 25):
        gap, scale, shift, weighted, rows, y, (b, se) = next(source)
        row_file += [[case, *r, v] for r, v in zip(rows, y)]
        for j in range(3):
            value_file.append([case, "1=0.3" if weighted else "", "%g" % gap, "%g" % scale, shift, j + 1, nstr(b[j], 17), nstr(se[j], 17)])
    for name, lines in (("near_collinear-rows.csv", row_file), ("near_collinear.csv", value_file)):
        with open(os.path.join(here, name), "w", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows(lines)
