#!/usr/bin/python3
"""Writes special.csv: functions of lib/math/special.h by arithmetic of 420 decimal digits, rounded to doubles."""
import decimal
import platform
from decimal import Decimal as D

decimal.getcontext().prec = 420
decimal.getcontext().Emin, decimal.getcontext().Emax = -10**6, 10**6


def arctan_inverse(n):
    total, term, k = D(0), D(1) / n, 0
    while abs(term) > D(10) ** -425:
        total += term / (2 * k + 1) * (1 if k % 2 == 0 else -1)
        term /= n * n
        k += 1
    return total


PI = 4 * (4 * arctan_inverse(5) - arctan_inverse(239))


def erf(x):
    """Abramowitz and Stegun, 7.1.6: a series without cancellation."""
    term = total = x
    n = 0
    while abs(term) > abs(total) * D(10) ** -425:
        n += 1
        term *= 2 * x * x / (2 * n + 1)
        total += term
    return 2 / PI.sqrt() * (-x * x).exp() * total


def sigmoid(x):
    return 1 / (1 + (-x).exp())


def cdf(x):
    return (1 + erf(x / D(2).sqrt())) / 2


def quantile(p):
    """Newton's method on the logarithm, in the lower half."""
    if p > D(1) / 2:
        return -quantile(1 - p)
    wanted = p.ln()
    x = -(-2 * wanted).sqrt()
    for _ in range(200):
        density = (-x * x / 2).exp() / (2 * PI).sqrt()
        value = cdf(x)
        step = (value.ln() - wanted) * value / density
        x -= step
        if abs(step) <= abs(x) * D(10) ** -40:
            break
    return x


tails = [0, 1e-300, 1e-20, 1e-8, 0.1, 0.5, 1, 2, 5, 10, 17, 30, 36.5, 40, 100, 500, 700]
points = tails + [-x for x in tails if x > 0]
z = [0, 1e-10, 0.1, 0.5, 1, 1.5, 1.96, 2, 3, 4.4, 5, 7.7, 8.3, 10, 13.1, 20, 25.3, 30, 33.3, 36, 37]
p = [1e-305, 1e-200, 1e-100, 1e-30, 1e-16, 1e-10, 1e-5, 0.001, 0.01, 0.0199, 0.0201, 0.025, 0.1, 0.24, 0.26, 0.3, 0.4, 0.49,
     0.4999, 0.5 - 2**-40, 0.5 + 2**-50, 0.5001, 0.6, 0.74, 0.76, 0.9, 0.975, 0.999, 1 - 2**-40]
cases = [("log1p_exp", lambda x: (1 + x.exp()).ln(), points), ("sigmoid", sigmoid, points),
         ("xlogx", lambda x: x * x.ln(), [1e-300, 1e-10, 0.1, 0.5, 2, 1e10]),
         ("normal_cdf", cdf, z + [-x for x in z if x > 0]), ("normal_two_sided", lambda x: 2 * cdf(-abs(x)), z),
         ("normal_quantile", quantile, p)]
with open("special.csv", "w") as out:
    print(f"# Python {platform.python_version()}", file=out)
    for name, function, arguments in cases:
        for x in map(float, arguments):
            print(f"{name},{x:.17g},{float(function(D(x))):.17g}", file=out)
