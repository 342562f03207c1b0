#!/bin/bash
# Runs the tests. The last line is "N passed, N failed"; the lines before it give the time.
# Usage: tests/run.sh test    build, unit tests and one bats file per command; installs nothing
#        tests/run.sh check   these, then the rest: clang, sanitizers, the other bats files, documents, rooms
#        tests/run.sh coverage   unit tests and all bats files on one build
#        tests/run.sh asan    unit tests and all bats files with sanitizers
# Environment: T names the bats files and unit tests to run (default: all), FILTER is a pattern of test names for bats.
# tests/steps.mk lists the steps.
set -u
cd "$(dirname "$0")/.." || exit 1
# Of the make that runs this only the variables from its command line matter here.
case ${MAKEFLAGS-} in
*' -- '*) export MAKEFLAGS=" -- ${MAKEFLAGS#* -- }" ;;
*) unset MAKEFLAGS ;;
esac
export T=${T-} FILTER=${FILTER-} OUT=${BUILD:-build}/check
jobs=$(nproc)
unfinished=0

# Usage: steps GOAL — runs the steps of a goal side by side and prints its time.
steps() {
    local start=$SECONDS
    make -f tests/steps.mk --no-print-directory --output-sync=target -j"$jobs" "$1" || unfinished=$((unfinished + 1))
    took=$((SECONDS - start))
}

# Usage: count — sums what the steps counted: "PASSED FAILED".
count() {
    find "$OUT" -name '*.count' -exec cat {} + |
        awk -v failed="$unfinished" '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }'
}

# Usage: processor_time — seconds that the steps took of the processors, whatever else the machine did.
processor_time() {
    find "$OUT" -name '*.cpu' -exec cat {} + | awk '{ sum += $1 + $2 } END { printf "%.0f", sum }'
}

rm -rf "$OUT"
mkdir -p "$OUT"
times=()
case ${1-} in
test)
    steps test
    times+=("make test: $took s, of the processors $(processor_time) s")
    ;;
check)
    steps test
    times+=("make test: $took s, of the processors $(processor_time) s")
    steps rest
    times+=("make check: $SECONDS s, of the processors $(processor_time) s")
    ;;
coverage)
    steps covered
    times+=("tests: $took s")
    ;;
asan)
    steps asan
    times+=("make check-asan: $took s")
    ;;
*)
    sed -n '3,8s/^# //p' "$0" >&2
    exit 2
    ;;
esac

read -r passed failed < <(count)
printf '%s\n' "${times[@]}" "$passed passed, $failed failed"
[ "$failed" = 0 ]
