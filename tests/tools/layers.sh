#!/bin/bash
# The rules of the house, checked against lib/ORDER. Names every breach:
# - a file of lib/ includes headers of its own room and of rooms before it in lib/ORDER; rooms of fit include of fit
#   only fit/summary;
# - no file uses a symbol of a later room, and no files of a room use each other's in a circle (read off the objects of
#   a build);
# - a file of cmd/ includes app/, cli/ and base/ only, and has at most 150 lines;
# - below cli/, nothing prints, exits or reads the environment, and no string names an option; above it, usage errors
#   come from cli/usage.h; nothing at all depends on the locale.
# Usage: tests/tools/layers.sh [BUILD]   (BUILD: where the objects are, default build)
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
breaches=0

# Usage: report — every line of standard input is a breach.
report() {
    local line
    while IFS= read -r line; do
        echo "$line"
        breaches=$((breaches + 1))
    done
}

mapfile -t sources < <(find lib cmd -name '*.[ch]' | sort)
mapfile -t silent < <(find lib -name '*.[ch]' ! -path 'lib/cli/*' ! -path 'lib/app/*' ! -path lib/base/mem.c)
rooms=$(awk '!/^#/ && NF { print $1 }' lib/ORDER)

report < <(find lib -mindepth 1 -name '*.[ch]' | sed 's,^lib/,,; s,/[^/]*$,,' | sort -u | grep -vxF "$rooms" |
    sed 's,.*,lib/&: a room that lib/ORDER does not list,')

report < <(awk '
    NR == FNR { if (!/^#/ && NF) place[$1] = ++rooms; next }
    /^#include "/ {
        split($0, part, "\""); target = part[2]; sub(/\/[^\/]*$/, "", target)
        room = FILENAME; sub(/^lib\//, "", room); sub(/\/[^\/]*$/, "", room)
        where = FILENAME ":" FNR ": \"" part[2] "\""
        if (FILENAME ~ /^cmd\//) {
            if (target !~ /^(app\/.*|cli|base)$/) print where ": a command includes app/, cli/ and base/ only"
        } else if (!(target in place)) print where " is in no room"
        else if (place[target] > place[room]) print where ": " target " comes after " room " in lib/ORDER"
        else if (room ~ /^fit\// && target ~ /^fit\// && target != room && target != "fit/summary")
            print where ": rooms of fit include of fit only fit/summary"
    }' lib/ORDER "${sources[@]}")

report < <(wc -l cmd/*.c | awk '$2 != "total" && $1 > 150 {
    print $2 ": " $1 " lines; a command is a table and a call, 150 at most" }')

# Symbols: who defines each, who uses it; a circle is what tsort cannot put in order.
mapfile -t objects < <(find lib -name '*.c' | sed "s,^,$build/,; s,c\$,o,")
uses=$(nm -A "${objects[@]}" | awk -v build="$build/" '
    { file = $1; sub(/:.*/, "", file); file = substr(file, length(build) + 1); sub(/\.o$/, ".c", file) }
    $(NF - 1) ~ /^[TDRBVW]$/ { home[$NF] = file }
    $(NF - 1) == "U" { use[file " " $NF] = 1 }
    END {
        for (u in use) {
            split(u, part, " ")
            if (part[2] in home && home[part[2]] != part[1]) print part[1], home[part[2]], part[2]
        }
    }')
report < <(awk '
    NR == FNR { if (!/^#/ && NF) place[$1] = ++rooms; next }
    function room(file) { sub(/^lib\//, "", file); sub(/\/[^\/]*$/, "", file); return file }
    place[room($2)] > place[room($1)] { print $1 ": " $3 " is of " $2 ", a later room" }' lib/ORDER - <<<"$uses")
report < <(awk '{ print $1, $2 }' <<<"$uses" | sort -u | tsort 2>&1 >/dev/null |
    sed -n 's/^tsort: \(lib.*\)/\1: one of a circle of files that use each other/p')

report < <(grep -nHE '\b(printf|fprintf|puts|perror|exit|abort|getenv) *\(' "${silent[@]}" |
    sed 's/:\([^:]*\)$/: the library neither prints, nor exits, nor reads the environment:\1/')
report < <(grep -nHE '"([^"]*[^"a-z0-9^])?(--[a-z]|-[a-zA-Z]([ ;,:'"'"']|"))' "${silent[@]}" lib/base/mem.c |
    sed 's/:\([0-9]*\):.*"\(.*\)".*/:\1: the library names no option: "\2"/')
mapfile -t above < <(find lib/app cmd -name '*.[ch]')
report < <(grep -nHE '\berr_usage *\(' "${above[@]}" | sed 's/$/: usage errors are formatted by cli\/usage.h/')
report < <(grep -nHE '\b(setlocale|newlocale|uselocale) *\(' "${sources[@]}" |
    sed 's/$/: nothing depends on the locale/')
exit $((breaches > 0))
