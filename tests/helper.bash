# What every bats file loads: paths, assertions, and the shape of a run.
# Commands are those of $LIKELY_BIN (default: bin/ of this tree); each test runs in a scratch directory of its own.

# shellcheck disable=SC2034,SC2119,SC2120,SC2154 # tests and bats use and set them
bats_require_minimum_version 1.5.0

# The libraries start 20 processes while they load. Each test is a process that loads them, so the first one of a run
# keeps their functions in one file for the others.
assertions=$BATS_RUN_TMPDIR/assertions.bash
# shellcheck source=/dev/null
if [ -e "$assertions" ]; then
    source "$assertions"
else
    for library in bats-support bats-assert bats-file; do
        load "${BATS_LIB:-/usr/lib/bats}/$library/load.bash"
    done
    mapfile -t functions < <(compgen -A function | grep -E '^(_*assert|_*refute|batslib|fail$|temp_)')
    declare -f "${functions[@]}" >"$assertions.$$"
    mv "$assertions.$$" "$assertions"
fi

root=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
if [[ $root == *[[:space:]]* ]]; then # tests may split command lines in which paths are
    [ -L "$BATS_RUN_TMPDIR/root" ] || ln -s "$root" "$BATS_RUN_TMPDIR/root" 2>/dev/null || true
    root=$BATS_RUN_TMPDIR/root
fi
data=$root/share/data
files=$root/tests/files
ref=$root/tests/ref

# What messages about records propose.
use_ragged="; use --ragged pad to fill short records, or --ragged drop to omit them"
use_drop="; use --ragged drop to omit long records"
use_quote="; use --quote none to read quotes as text"

PATH=${LIKELY_BIN:-$root/bin}:$PATH
export LC_ALL=C
unset LIKELY_THREADS NO_COLOR POSIXLY_CORRECT

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

# Usage: fails STATUS MESSAGE COMMAND [ARG...]
# The command must exit with STATUS, print nothing on standard output, and say exactly MESSAGE on standard error.
# Sets status, output and stderr, as `run --separate-stderr` does with five processes more.
fails() {
    local status_wanted=$1 message=$2
    shift 2
    status=0
    output=$("$@" 2>"$BATS_RUN_TMPDIR/stderr") || status=$?
    stderr=$(<"$BATS_RUN_TMPDIR/stderr")
    [ "$status" = "$status_wanted" ] || fail "exit status $status, not $status_wanted: ${*@Q}: $output$stderr"
    assert_equal "$output" ""
    assert_equal "$stderr" "$message"
}

# Usage: cell ROW COLUMN [FILE] — a field of CSV (row 1 = behind the header; column by name) in FILE or $output.
cell() {
    awk -F, -v row="$1" -v name="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; if (!column) exit 1 }
        NR == row + 1 { print $column; found = 1 }
        END { exit !found }' "${3:-/dev/stdin}" <<<"${output-}"
}

# Usage: assert_close ACTUAL EXPECTED [RELATIVE TOLERANCE, 1e-12] — absolute where EXPECTED is 0.
assert_close() {
    awk -v a="$1" -v b="$2" -v t="${3:-1e-12}" 'BEGIN {
        if (a == "" || b == "") exit 1
        if (a == b) exit 0
        d = a - b; d = d < 0 ? -d : d; s = b < 0 ? -b : b
        exit !(d <= t * (s > 0 ? s : 1)) }' ||
        batslib_print_kv_single 8 actual "$1" expected "$2" within "${3:-1e-12}" | batslib_decorate 'not close' | fail
}

# Usage: assert_cells [FILE] <EXPECTED — the CSV in FILE or $output has the cells that EXPECTED lists, one a line: ROW,
# COLUMN, VALUE and TOLERANCE between tabs, as tests/tools/compare.c says.
assert_cells() {
    local said
    said=$("$root/build/tools/compare" "${1:-/dev/fd/9}" 9<<<"${output-}") || fail "$said"
}

# Usage: field NAME [MODEL] — a number, text or list of the model (default: "model") as JSON, without spaces, brackets
# and quotes.
field() {
    model-show --to json "${2:-model}" | sed -n "s/^  \"$1\": \(.*[^,]\),\{0,1\}$/\1/p" | tr -d ' []"'
}

# Usage: assert_weighted_reference CASE MODEL TOLERANCE — the model has the estimates, errors and likelihoods of a case
# of weights.csv, in which R's lm and glm take weights and offsets.
assert_weighted_reference() {
    local loglik null
    run -0 model-show --to csv "$2"
    awk -F, -v OFS='\t' -v name="$1" -v tolerance="$3" '$1 == name {
        print ++row, "term", $2, 0
        print row, "estimate", $3, tolerance
        print row, "se", $4, tolerance }' "$ref/weights.csv" | assert_cells
    while IFS=, read -r loglik null; do
        assert_close "$(field loglik "$2")" "$loglik"
        assert_close "$(field loglik_null "$2")" "$null"
    done < <(awk -F, -v name="$1" '$1 == name { print $5 "," $6 }' "$ref/weights.csv" | sort -u)
}

# Usage: await FILE — until it is there, for ten seconds at most.
await() {
    for _ in {1..200}; do
        [ ! -e "$1" ] || return 0
        sleep 0.05
    done
    return 1
}
