#!/usr/bin/python3
"""Writes powers.c: run it in this directory as  ./powers.py > powers.c"""

FIRST, LAST = -342, 324


def significand(k):
    """The first 128 bits of 10^k, cut off and not rounded."""
    if k >= 0:
        n = 10**k
        shift = n.bit_length() - 128
        return n >> shift if shift >= 0 else n << -shift
    d = 10**-k
    q = (1 << (127 + d.bit_length())) // d
    return q if q.bit_length() == 128 else q >> 1


print("/* Written by powers.py; do not edit. */")
print('#include "text/powers.h"\n')
print("const struct powers_entry powers_of_ten[POWERS_LAST - POWERS_FIRST + 1] = {")
for k in range(FIRST, LAST + 1):
    s = significand(k)
    print("    {0x%016x, 0x%016x}, /* 10^%d */" % (s >> 64, s & (1 << 64) - 1, k))
print("};")
