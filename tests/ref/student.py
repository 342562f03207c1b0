#!/usr/bin/python3
"""Writes student.csv: P(|T| >= t) of Student's t, for whole degrees of freedom, by the finite sums of Abramowitz and Stegun,
26.7.3 and 26.7.4, in arithmetic of 420 decimal digits, rounded to doubles."""
import decimal
import platform
from decimal import Decimal as D

decimal.getcontext().prec = 420
decimal.getcontext().Emin, decimal.getcontext().Emax = -10**6, 10**6


def arctan(x):
    """Halves the angle until the series converges fast."""
    halvings = 0
    while abs(x) > D("0.01"):
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    total, power, k = D(0), x, 0
    while abs(power) > abs(x) * D(10) ** -425:
        total += power / (2 * k + 1) * (1 if k % 2 == 0 else -1)
        power *= x * x
        k += 1
    return total * 2**halvings


PI = 4 * arctan(D(1))


def two_sided(t, f):
    root = (f + t * t).sqrt()
    sine, cosine = t / root, D(f).sqrt() / root
    odd = f % 2
    total, term = D(0), cosine if odd else D(1)
    for k in range(2 + odd, f + 1, 2):
        total += term
        term *= cosine * cosine * (k - 1) / k
    inside = 2 / PI * (arctan(t / D(f).sqrt()) + sine * total) if odd else sine * total
    return 1 - inside


with open("student.csv", "w") as out:
    print(f"# Python {platform.python_version()}: t, freedom, P(|T| >= t)", file=out)
    for f in [1, 2, 3, 4, 5, 9, 10, 31, 100, 563, 1000, 9999, 10000, 30001]:
        for t in [0, 1e-10, 0.01, 0.5, 1, 1.96, 3, 5, 10, 30, 1000]:
            p = two_sided(D(t), f)
            if p > D(10) ** -300:
                print(f"{t:.17g},{f},{float(p):.17g}", file=out)
