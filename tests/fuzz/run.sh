#!/bin/sh
# Usage: tests/fuzz/run.sh BUILD RUNS MAX_LEN TARGET...
# Feeds each target RUNS inputs of at most MAX_LEN bytes that libFuzzer makes up from the seeds, and keeps what it
# learns in BUILD/fuzz/corpus/TARGET. An input that breaks something is left in BUILD/fuzz/TARGET-crash-*.
# Seeds are the files of tests/fuzz/seeds/TARGET; those of records and models are made here from tests/files as well.
set -eu
build=$1 runs=$2 max_len=$3
shift 3

# Usage: seed TARGET DIRECTORY
seed() {
    for file in tests/fuzz/seeds/"$1"/*; do
        [ ! -f "$file" ] || cp "$file" "$2"
    done
    case $1 in
    records) # the first byte of an input chooses the delimiter: , tab ; blanks
        for file in tests/files/*.csv tests/files/*.tsv tests/files/*.txt; do
            [ "$(wc -c <"$file")" -le 500 ] || continue
            for delimiter in 0 1 2 3; do
                { printf '%b' "\\0$delimiter"; cat "$file"; } >"$2/${file##*/}.$delimiter"
            done
        done
        ;;
    models) # what is behind the checksum
        for file in tests/files/*.model; do
            gzip -dc "$file" >"$2/${file##*/}" 2>/dev/null || true
        done
        ;;
    esac
}

for target; do
    mkdir -p "$build/fuzz/corpus/$target" "$build/fuzz/seeds/$target"
    seed "$target" "$build/fuzz/seeds/$target"
    length=$max_len
    [ "$target" != models ] || length=1000
    echo "fuzzing $target: $runs inputs"
    "$build/fuzz/$target" -runs="$runs" -max_len="$length" -timeout=10 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$build/fuzz/$target-" "$build/fuzz/corpus/$target" "$build/fuzz/seeds/$target"
done
