#!/usr/bin/python3
"""Rows that random tables do and do not determine, in exact rational arithmetic (Python 3 fractions, seed 13).

A row is estimable if it is in the row space of [1, X], that is if appending it does not raise the exact rank. Tables
have decimal columns of different scales, some of them combinations of others or constant, and categories (c1, c2) whose
levels may be confounded. Columns of estimability.csv: table, role (train, new), estimable, x1 .. x5, c1, c2, y, class.
A column that a table lacks is empty in all of its rows. Within a table, scales differ by up to 1e3: a smaller deviation
from a relation than the rounding of doubles cannot be seen.
"""
import csv
import random
from fractions import Fraction

random.seed(13)


def rank(rows):
    rows = [list(r) for r in rows]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column] != 0), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            factor = rows[i][column] / rows[found][column]
            if factor:
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found])]
        found += 1
    return found


def design(row, levels):
    out = [Fraction(1)] + [x for x in row["x"]]
    for value, names in zip(row["c"], levels):
        out += [Fraction(value == name) for name in names[1:]]
    return out


def decimal(digits, exponent):
    return Fraction(random.randint(-10**digits, 10**digits)) * Fraction(10) ** exponent


def combine(base, recipes):
    """Free columns, then combinations of the columns before them."""
    x = list(base)
    for recipe in recipes:
        x.append(recipe[0] + sum(f * v for f, v in zip(recipe[1:], x)))
    return x


def table():
    free, dependent = random.randint(1, 3), random.randint(0, 2)
    categories = random.choice([0, 0, 1, 2]) if dependent else 2
    unit = random.choice([-8, -3, -1, 0, 0, 2, 6])
    exponents = [unit - random.randint(0, 3) for _ in range(free)]
    recipes = []
    for k in range(dependent):
        scale = Fraction(10) ** random.choice([-2, 0, 0, 1])
        recipes.append([decimal(2, exponents[0] + 2)]
                       + [random.choice([-2, -1, 0, 1, 1, 3]) * scale for _ in range(free + k)])
    names = [["a", "b", "c", "d"][:random.randint(3, 4)] for _ in range(categories)]
    blocks = random.random() < 0.6

    def row(new):
        base = [decimal(3, e) for e in exponents]
        x = combine(base, recipes)
        c = [random.choice(n) for n in names]
        if categories == 2 and blocks and not new:
            c[1] = random.choice(names[1][:2] if c[0] in "ab" else names[1][2:])
        if new and dependent and random.random() < 0.5:
            x[free + random.randrange(dependent)] += decimal(1, exponents[0]) or Fraction(10) ** exponents[0]
        return {"x": x, "c": c}

    train = [row(False) for _ in range(random.randint(25, 40))]
    levels = [sorted({r["c"][t] for r in train}) for t in range(categories)]
    new = [r for r in (row(True) for _ in range(12)) if all(v in n for v, n in zip(r["c"], levels))]
    if any(len(n) < 2 for n in levels):
        return table()
    return train, new, levels


def text(x):
    for places in range(0, 30):
        if x * 10**places == int(x * 10**places):
            sign, digits = ("-" if x < 0 else ""), str(abs(int(x * 10**places))).rjust(places + 1, "0")
            return sign + digits[:len(digits) - places] + ("." + digits[len(digits) - places:] if places else "")
    raise ValueError(x)


with open("estimability.csv", "w") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow("table role estimable x1 x2 x3 x4 x5 c1 c2 y class".split())
    for t in range(60):
        train, new, levels = table()
        rows = [design(r, levels) for r in train]
        whole = rank(rows)
        for role, some in (("train", train), ("new", new)):
            for r in some:
                yes = role == "train" or rank(rows + [design(r, levels)]) == whole
                x = [text(v) for v in r["x"]] + [""] * (5 - len(r["x"]))
                c = r["c"] + [""] * (2 - len(r["c"]))
                y = random.randint(-99, 99)
                out.writerow([t, role, int(yes)] + x + c + [y, random.choice("pqr")])
