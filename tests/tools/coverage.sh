#!/bin/bash
# Usage: tests/tools/coverage.sh BUILD — the share of lines that the tests have run in a build with --coverage, by room,
# and the files of lib/ and cmd/ that are least covered.
set -eu
cd "$(dirname "$0")/../.."
find "$1/lib" "$1/cmd" -name '*.gcda' -exec gcov -n {} + 2>/dev/null | awk '
    /^File / { split($0, part, "\047"); file = part[2] }
    /^Lines executed/ && file ~ /^(lib|cmd)\/.*\.c$/ {
        split($0, part, /[:%]| of /)
        print part[4], part[4] * part[2] / 100, file
        file = ""
    }' | awk '
    { room = $3; sub(/\/[^\/]*$/, "", room); lines[room] += $1; run[room] += $2; all += $1; all_run += $2 }
    { share[$3] = $2 / $1 }
    END {
        for (r in lines) printf "1 %s %6.1f %% of %5d lines\n", r, 100 * run[r] / lines[r], lines[r] | "sort"
        printf "2 all %6.1f %% of %5d lines\n", 100 * all_run / all, all | "sort"
        for (f in share) if (share[f] < 0.9) printf "3 %s %6.1f %%\n", f, 100 * share[f] | "sort"
        close("sort")
    }' | awk '
    $1 == 3 && !told++ { print "\nbelow 90 %:" }
    { name = $2; sub(/^[0-9] [^ ]* /, ""); printf "%-40s %s\n", name, $0 }'
