#!/usr/bin/python3
"""Writes rank.csv: which columns of 1,000 tables of decimals are linear combinations of an intercept and the columns
before them, by elimination in fractions. The tables follow from their seeds as in tests/unit/alias.c. Run from the
repository root."""
import sys
from fractions import Fraction

MASK = (1 << 64) - 1
OFFSETS = [0, 0, 1000, 10**6, 1700000000]
SPREADS = [3, 10, 1000, 10**6]


class Random:
    """splitmix64"""

    def __init__(self, seed):
        self.state = seed

    def draw(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) % bound


def table(seed):
    """Columns as (mantissas, decimals)."""
    r = Random(seed)
    d = 2 + r.draw(6)
    n = d + 3 + r.draw(25)
    columns, plain = [], []
    for _ in range(d):
        kind = r.draw(8)
        if not plain:
            kind %= 4
        if kind < 3:
            e, offset, spread = r.draw(5), OFFSETS[r.draw(5)], SPREADS[r.draw(4)]
            shift = spread // 2 if r.draw(2) else 0
            x = [offset * 10**e + r.draw(spread + 1) - shift for _ in range(n)]
        elif kind == 3:
            e, x = 0, [r.draw(2) for _ in range(n)]
        elif kind < 6:
            parts = [(plain[r.draw(len(plain))], r.draw(7) - 3) for _ in range(1 + r.draw(3))]
            constant = r.draw(11) - 5
            e = max(columns[k][1] for k, _ in parts)
            factors = [(columns[k][0], b * 10 ** (e - columns[k][1])) for k, b in parts]
            x = [constant * 10**e + sum(f * m[i] for m, f in factors) for i in range(n)]
        else:
            k = plain[r.draw(len(plain))]
            e = columns[k][1]
            x = [10**e - m if kind == 6 else m + r.draw(3) - 1 for m in columns[k][0]]
        if kind < 4:
            plain.append(len(columns))
        columns.append((x, e))
    return n, columns


def combinations(n, columns):
    basis, result = [], ""
    for x, e in [([1] * n, 0), *columns]:
        v = [Fraction(m, 10**e) for m in x]
        for pivot, b in basis:
            if v[pivot]:
                factor = v[pivot] / b[pivot]
                v = [p - factor * q for p, q in zip(v, b)]
        pivot = next((i for i, value in enumerate(v) if value), None)
        result += "1" if pivot is None else "0"
        if pivot is not None:
            basis.append((pivot, v))
    return result[1:]


if __name__ == "__main__":
    with open("tests/ref/rank.csv", "w") as out:
        print("# Python", sys.version.split()[0] + ": seed, a digit per column: 1 = a combination", file=out)
        for seed in range(1, 1001):
            print(f"{seed},{combinations(*table(seed))}", file=out)
