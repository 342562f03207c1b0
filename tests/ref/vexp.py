#!/usr/bin/python3
"""Writes vexp.csv: e^x and log(1 + x) by arithmetic of 400 decimal digits, rounded to doubles."""
import decimal
import platform
import random
from decimal import Decimal as D

decimal.getcontext().prec = 400
random.seed(1)

exp = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1e-20, -1e-300, 5e-324, 709.7, 709.782712893384, -708.4, -720.0, -744.9, -745.1, 0.34657359027997264,
       -0.34657359027997264, 0.34657359027997270, -0.3465735902799727]
exp += [random.uniform(-40, 0) for _ in range(150)] + [random.uniform(-1, 1) for _ in range(100)]
exp += [random.uniform(-745, 709) for _ in range(100)]
log1p = [0.0, 1.0, 5e-324, 1e-300, 1e-17, 1e-16, 2.220446049250313e-16, 1e-9, 1e-3, 0.41421356237309503, 0.4142135623730951, 0.4999999999999999, 0.5,
         0.9999999999999999]
log1p += [random.random() for _ in range(150)] + [10 ** random.uniform(-18, 0) for _ in range(150)]

with open("tests/ref/vexp.csv", "w") as out:
    print("# Python", platform.python_version(), file=out)
    for x in exp:
        print(f"exp,{x:.17g},{float(D(x).exp()):.17g}", file=out)
    for x in log1p:
        print(f"log1p,{x:.17g},{float((1 + D(x)).ln()) if x > 0 else 0.0:.17g}", file=out)
