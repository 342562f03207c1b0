#!/bin/sh
# Usage: tests/fuzz/run.sh BUILD RUNS MAX_LEN TARGET...
# Feeds each target RUNS inputs of at most MAX_LEN bytes that libFuzzer makes up from the seeds, and keeps what it learns in
# BUILD/fuzz/corpus/TARGET. An input that breaks something is left in BUILD/fuzz/TARGET-crash-*.
set -eu
build=$1 runs=$2 max_len=$3
shift 3

# The first byte of an input for records chooses the delimiter: , tab ; blanks.
seed_records() {
    for file in tests/files/*.csv tests/files/*.tsv tests/files/*.txt; do
        [ "$(wc -c <"$file")" -le 500 ] || continue
        for delimiter in 0 1 2 3; do
            { printf '%b' "\\0$delimiter"; cat "$file"; } >"$1/${file##*/}.$delimiter"
        done
    done
}

seed_numbers() {
    printf '%s\n' 0 -0 +1 1. .5 -.5e3 1E+05 1e-400 inf -Infinity 9007199254740993 4.9e-324 123456789012345678901234567890.5 \
        2.2250738585072011e-308 8.5e-17 1e23 00012.50 1.7976931348623158e308 | split -l 1 - "$1/number"
}

seed_svm() {
    printf '+1 1:2.5 3:-4e-3 # a comment\n-1 qid:3 2:5\n\n  0   7:1 \r\n' >"$1/rows"
    printf '1 3:1 2:1\n' >"$1/order"
    printf 'a 1:x\n' >"$1/text"
}

seed_models() {
    for file in tests/files/*.model; do
        gzip -dc "$file" >"$1/${file##*/}" 2>/dev/null || true
    done
}

for target; do
    mkdir -p "$build/fuzz/corpus/$target" "$build/fuzz/seeds/$target"
    "seed_$target" "$build/fuzz/seeds/$target"
    [ -d "tests/fuzz/seeds/$target" ] && cp "tests/fuzz/seeds/$target"/* "$build/fuzz/seeds/$target"
    length=$max_len
    [ "$target" != models ] || length=1000
    echo "fuzzing $target: $runs inputs"
    "$build/fuzz/$target" -runs="$runs" -max_len="$length" -timeout=10 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$build/fuzz/$target-" "$build/fuzz/corpus/$target" "$build/fuzz/seeds/$target"
done
