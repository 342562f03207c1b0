#!/usr/bin/python3
"""Writes tsqr.csv: the triangular factor of made matrices by exact Gram-Schmidt in arithmetic of 60 decimal digits, rounded to
doubles. Entry (i, j) of a matrix of `rows` rows is ((37 i + 101 j + 13 i j) mod 97 - 48) / 8; diagonals are positive."""
import decimal
import platform
from decimal import Decimal as D

decimal.getcontext().prec = 60
with open("tsqr.csv", "w") as out:
    print(f"# Python {platform.python_version()}: rows, columns, i, j, R[i][j]", file=out)
    for rows, columns in [(5, 3), (40, 6), (1000, 4)]:
        a = [[D((37 * i + 101 * j + 13 * i * j) % 97 - 48) / 8 for i in range(rows)] for j in range(columns)]
        for i in range(columns):
            norm = sum(x * x for x in a[i]).sqrt()
            print(f"{rows},{columns},{i},{i},{float(norm):.17g}", file=out)
            q = [x / norm for x in a[i]]
            for j in range(i + 1, columns):
                r = sum(x * y for x, y in zip(q, a[j]))
                print(f"{rows},{columns},{i},{j},{float(r):.17g}", file=out)
                a[j] = [y - r * x for x, y in zip(q, a[j])]
