# The experiment with handwritten digits, on few and coarse ones: nothing is fetched.

load ../helper

# Usage: bytes — writes the bytes whose numbers are read, separated by blanks: awk writes 0 and what is above 127 in no
# locale alike.
bytes() {
    awk '{ for (i = 1; i <= NF; i++) printf "\\0%03o", $i; print "" }' | while read -r line; do printf '%b' "$line"
    done
}

# Usage: idx NAME CONDITION — IDX files of the digits of the rows that fulfil a condition of awk, each pixel thrice each
# way, in a frame of two pixels.
idx() {
    zcat "$data/digits.csv.gz" | sed 1d | awk -F, "$2" >rows
    local n
    n="0 0 $(($(wc -l <rows) / 256)) $(($(wc -l <rows) % 256))"
    { echo "0 0 8 3 $n 0 0 0 28 0 0 0 28"; awk -F, '{ for (y = -2; y < 26; y++) for (x = -2; x < 26; x++)
        printf "%d ", (x < 0 || x > 23 || y < 0 || y > 23 ? 0 : 15 * $(1 + 8 * int(y / 3) + int(x / 3))); print "" }' \
            rows; } |
        bytes >"idx/$1-images-idx3-ubyte"
    { echo "0 0 8 1 $n"; cut -d, -f65 rows; } | bytes >"idx/$1-labels-idx1-ubyte"
}

# Usage: experiment ARG... — make, quietly.
experiment() {
    make -s -C "$root/share/experiments/mnist" BIN="${LIKELY_BIN:-$root/bin}" DATA="$PWD/idx" OUT="$PWD/out" EPOCHS=3 \
        "$@"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir idx
    idx train 'NR % 4 == 0'
    idx t10k 'NR % 8 == 1'
}

@test "the experiment runs from images to table and pictures, and does nothing twice" {
    run -0 experiment -j2
    assert_line --index 0 '== Accuracy and cross-entropy on held-out images: 225'
    assert_equal "$(awk 'NR > 1 && NR < 7 { print $1, $2 }' <<<"$output")" \
        $'model parameters\nsoftmax 7850\nsigmoid 79510\nrelu 101770\ndropout 101770'
    # Three epochs are few, but better than chance.
    awk 'NR > 2 && NR < 7 && ($3 < 0.5 || $4 <= 0) { exit 1 }' <<<"$output"
    assert_equal "$(head -n 2 out/train.csv | tail -n 1 | tr , '\n' | sed -n '1p;60,62p' | tr '\n' ' ')" \
        "$(sed -n 4p <(zcat "$data/digits.csv.gz" | sed 1d) | awk -F, '{ print $65, 15 * $1, 15 * $1, 15 * $1 }') "
    for picture in curves reliability weights-softmax weights-relu wrong; do
        tail -n 2 out/$picture.svg | grep -q '</svg>'
    done
    grep -q 'read as' out/wrong.svg
    for model in softmax sigmoid relu dropout; do
        grep -q ">.*$model<" out/curves.svg
    done
    run -0 ls out
    refute_output --partial .part
    find out -type f | sort | xargs ls -l --time-style=full-iso >before
    experiment >/dev/null
    find out -type f | sort | xargs ls -l --time-style=full-iso | cmp before -
}

@test "an experiment that is killed again and again ends with the same results" {
    experiment table >whole
    mv out whole.d
    for seconds in 0.1 0.3 0.5 0.8 1.2; do
        timeout -s KILL $seconds make -s -C "$root/share/experiments/mnist" BIN="${LIKELY_BIN:-$root/bin}" \
            DATA="$PWD/idx" \
            OUT="$PWD/out" EPOCHS=3 table >/dev/null 2>&1 || :
    done
    experiment table | cmp whole -
    for model in softmax sigmoid relu dropout; do
        cmp whole.d/$model-predicted.csv out/$model-predicted.csv
        assert_equal "$(wc -l <out/$model-trace.csv)" 5
    done
}

@test "what is trained in another way is made again, and nothing else" {
    experiment table >/dev/null
    find out -type f | sort | xargs ls -l --time-style=full-iso >before
    experiment table train_relu="--learning-rate 0.01 --layers '32 relu'" >second
    find out -type f | sort | xargs ls -l --time-style=full-iso >after
    assert_equal "$(diff before after | sed -n 's/^> .* out.//p' | tr '\n' ' ')" \
        "relu-predicted.csv relu-result.csv relu-trace.csv relu.model relu.settings results.csv "
    assert_equal "$(awk '$1 == "relu" { print $2 }' second)" $((785 * 32 + 33 * 10))
    # One that was broken off, and is trained in another way then, begins anew.
    timeout -s KILL 1 make -s -C "$root/share/experiments/mnist" BIN="${LIKELY_BIN:-$root/bin}" DATA="$PWD/idx" \
        OUT="$PWD/out" \
        EPOCHS=3000 "$PWD/out/relu.model" >/dev/null 2>&1 || :
    experiment table train_relu="--learning-rate 0.01 --layers '32 relu'" | cmp second -
}
