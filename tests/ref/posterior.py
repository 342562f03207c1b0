#!/usr/bin/python3
"""Makes posterior.csv: priors and three likelihoods of hypotheses with their posteriors, by rational arithmetic on the doubles and
60-digit logarithms. Case `far` has likelihoods whose products are below the range of doubles."""
import decimal
import fractions
import platform
import random

decimal.getcontext().prec = 60
decimal.getcontext().Emin = -999999
F = fractions.Fraction
random.seed(20261121)


def log(x):
    return (decimal.Decimal(x.numerator) / decimal.Decimal(x.denominator)).ln()


def digits(x):
    return f"{float(x):.17g}"


print(f"# Python {platform.python_version()}")
print("case,h,prior,a,b,c,want,want_log,want_evidence")
for case, n, scale in (("near", 12, 0), ("far", 12, 150), ("two", 2, 3)):
    eighths = [random.randrange(1, 1 << 20) for _ in range(n)]
    rows = [(e / (1 << 30), [10 ** (-scale * random.random()) * random.random() for _ in range(3)]) for e in eighths]
    rows[0] = (1 - sum(p for p, _ in rows[1:]), rows[0][1])
    joint = [F(p) * F(a) * F(b) * F(c) for p, (a, b, c) in rows]
    evidence = sum(joint)
    for i, ((p, likelihoods), j) in enumerate(zip(rows, joint)):
        cells = [digits(p)] + [digits(x) for x in likelihoods]
        print(",".join([case, str(i)] + cells + [digits(j / evidence), digits(log(j / evidence)), digits(log(evidence))]))
