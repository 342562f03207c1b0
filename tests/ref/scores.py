#!/usr/bin/python3
"""Makes scores.csv: rows of three scores with their softmax, log-softmax, sigmoid and log-sigmoid at temperatures 1 and 2.5, by
500-digit decimal arithmetic on the doubles, checked against SciPy where that has the digits."""
import decimal
import math
import random

import numpy
import scipy
from scipy import special

decimal.getcontext().prec = 500
decimal.getcontext().Emin = -999999
D = decimal.Decimal
random.seed(20261121)
rows = [[random.gauss(0, scale) for _ in range(3)] for scale in (0.01, 1, 5, 30, 200) for _ in range(12)]
rows += [[0.0, 0.0, 0.0], [1e4, 9999.5, -1e4], [-1e4, -1e4, -10000.25], [40.0, 0.0, -40.0], [700.0, 0.0, -30.0],
         [1e-300, -1e-300, 1e-8], [1e15, 1e15 - 1, 0.0]]
names = [f"{kind}{t}_{c}" for t in ("1", "2.5") for kind in ("p", "logp", "s", "logs") for c in "abc"]


def digits(d):
    x = float(d)
    return f"{x + 0.0:.17g}"


def check(row, t, p, logp, s):
    def close(mine, theirs, **tolerance):
        assert numpy.allclose([float(v) for v in mine], theirs, **tolerance)

    z = numpy.array(row) / float(t)
    close(p, special.softmax(z), rtol=1e-11, atol=1e-300)
    close(logp, special.log_softmax(z), rtol=1e-12, atol=1e-12)
    close(s, special.expit(z), rtol=1e-12, atol=1e-300)


print(f"# decimal, 500 digits; SciPy {scipy.__version__}, NumPy {numpy.__version__}")
print(",".join(["a", "b", "c"] + names))
for row in rows:
    cells = [f"{x:.17g}" for x in row]
    for t in (D(1), D("2.5")):
        z = [D(x) / t for x in row]
        top = max(z)
        log_sum = sum((v - top).exp() for v in z).ln()
        logp = [v - top - log_sum for v in z]
        logs = [-(1 + (-v).exp()).ln() if v > -200 else v - (1 + v.exp()).ln() for v in z]
        p, s = [v.exp() for v in logp], [v.exp() for v in logs]
        if max(map(abs, row)) < 1e10:  # beyond that the rounded quotient by the temperature is far off
            check(row, t, p, logp, s)
        cells += [digits(v) for group in (p, logp, s, logs) for v in group]
    print(",".join(cells))
