#!/usr/bin/python3
"""Writes years.csv: half-widths of confidence intervals of polynomials in the year, and standard errors of their
coefficients, in exact fractions but for square roots and Student's quantile (mpmath, 50 digits). The rows are those of
tests/topics/intervals.bats. Run from the repository root."""
from fractions import Fraction
import mpmath

mpmath.mp.dps = 50


def solve(a, b):
    n = len(a)
    m = [list(map(Fraction, row)) + list(map(Fraction, right)) for row, right in zip(a, b)]
    for i in range(n):
        p = next(k for k in range(i, n) if m[k][i])
        m[i], m[p] = m[p], m[i]
        m[i] = [v / m[i][i] for v in m[i]]
        for k in range(n):
            if k != i:
                m[k] = [u - m[k][i] * v for u, v in zip(m[k], m[i])]
    return [row[n:] for row in m]


def root(x):
    return mpmath.sqrt(mpmath.mpf(x.numerator) / x.denominator)


def quantile(level, df):
    p = mpmath.mpf(1 - level) / 2
    tail = lambda t: mpmath.betainc(mpmath.mpf(df) / 2, mpmath.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2 - p
    return mpmath.findroot(tail, (2, 4), solver="anderson")


with open("tests/ref/years.csv", "w") as out:
    print(f"# mpmath {mpmath.__version__}: degree, first year, years, what, value", file=out)
    for degree in (1, 2, 3, 4):
        for first, n in ((2011, 10), (1950, 70), (1896, 30)):
            years = range(first, first + n)
            x = [[Fraction(t) ** k for k in range(degree + 1)] for t in years]
            y = [Fraction((7 * i * i + 3 * i) % 11) for i in range(n)]
            gram = [[sum(r[i] * r[j] for r in x) for j in range(degree + 1)] for i in range(degree + 1)]
            inverse = solve(gram, [[int(i == j) for j in range(degree + 1)] for i in range(degree + 1)])
            right = [sum(r[i] * v for r, v in zip(x, y)) for i in range(degree + 1)]
            b = [sum(inverse[i][j] * right[j] for j in range(degree + 1)) for i in range(degree + 1)]
            rss = sum((v - sum(p * q for p, q in zip(b, r))) ** 2 for r, v in zip(x, y))
            df = n - degree - 1
            for i in range(degree + 1):
                error = root(inverse[i][i] * rss / df)
                print(f"{degree},{first},{n},se{i},{mpmath.nstr(error, 17)}", file=out)
            for t in (first, first + n // 2, first + n + 5):
                v = [Fraction(t) ** k for k in range(degree + 1)]
                q = sum(v[i] * inverse[i][j] * v[j] for i in range(degree + 1) for j in range(degree + 1))
                half = quantile(0.95, df) * root(q * rss / df)
                print(f"{degree},{first},{n},{t},{mpmath.nstr(half, 17)}", file=out)
