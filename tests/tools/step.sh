#!/bin/bash
# Runs one step of the tests, keeps its output in RESULT.log, its counts ("PASSED FAILED") in RESULT.count and its
# seconds of the processor in RESULT.cpu, and prints the faults. Its own status is always 0, so that make goes on with
# the other steps.
# Usage: tests/tools/step.sh KIND RESULT COMMAND...
# KIND says what counts: "command" the status; "unit" the sums that a unit test prints; "bats" the lines of TAP.
set -u
kind=$1 result=$2
shift 2
mkdir -p "$(dirname "$result")"
echo 0 1 >"$result.count"
log=$result.log

# A make that a test runs is not a part of this one.
[ "$kind" = command ] || unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
TIMEFORMAT='%U %S'
{ time "$@" >"$log" 2>&1; } 2>"$result.cpu"
status=$?

case $kind in
command)
    passed=$((status == 0)) failed=$((status != 0))
    ;;
unit)
    read -r passed failed < <(sed -n 's/^.*: \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1) ||
        passed=0 failed=0
    [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
    ;;
bats)
    passed=$(grep -c '^ok ' "$log")
    failed=$(grep -c '^not ok ' "$log")
    [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
    ;;
esac
[ $((passed + failed)) != 0 ] || [ -n "${FILTER-}" ] || failed=1
echo "$passed $failed" >"$result.count"

sed -n '/^notice: /p' "$log" | sort -u
if [ "$failed" != 0 ]; then
    echo "FAILED: ${result#*/check/}"
    if [ "$kind" = bats ] && grep -q '^not ok ' "$log"; then
        awk '/^(ok|not ok) / { shown = /^not/ ? 25 : 0 } shown-- > 0' "$log" | head -n 200
    else
        tail -n 40 "$log"
    fi
fi
exit 0
