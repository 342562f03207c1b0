load helper

# Usage: same_columns WANTED-PREFIX NEW-PREFIX TOLERANCE — columns PREFIX_a.. of the output agree in every row.
same_columns() {
    awk -F, -v wanted="$1" -v made="$2" -v tolerance="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { for (k = 1; k <= 3; k++) {
            c = substr("abc", k, 1); w = $at[wanted "_" c]; m = $at[made "_" c]
            d = w - m; d = d < 0 ? -d : d; s = w < 0 ? -w : w; checked++
            if (m == "" || (w != m && d > tolerance * s && !(made == "p" && s < 1e-300))) {
                print "row " NR - 1 ", " c ": " m " is not " w; wrong = 1 } } }
        END { exit wrong || !checked }' <<<"$output"
}

scores() {
    grep -v '^#' "$ref/scores.csv"
}

@test "softmax and sigmoid have the digits of exact arithmetic, at two temperatures" {
    for t in 1 2.5; do
        run -0 softmax -x a..c -T $t < <(scores)
        same_columns p$t p 2e-13
        run -0 softmax -x a..c -T $t --sigmoid < <(scores)
        same_columns s$t p 2e-13
    done
}

@test "logarithms have them too, next to 0 and far below the range of probabilities" {
    for t in 1 2.5; do
        run -0 softmax -x a..c -T $t --log < <(scores)
        same_columns logp$t logp_nats 2e-13
        run -0 softmax -x a..c -T $t --log --sigmoid < <(scores)
        same_columns logs$t logp_nats 2e-13
    done
}

@test "probabilities are positive, sum to 1, and do not change when every score grows by as much" {
    awk 'BEGIN { srand(7); print "a,b,c,d"; for (i = 0; i < 500; i++) { for (k = 0; k < 4; k++)
        printf "%s%d", k ? "," : "", (rand() - 0.5) * 600; print "" } }' >scores.csv
    softmax scores.csv | awk -F, 'NR > 1 { s = $5 + $6 + $7 + $8;
        if ($5 <= 0 || $8 <= 0 || s - 1 > 4e-16 || 1 - s > 4e-16) exit 1 }'
    awk -F, 'NR > 1 { for (i = 1; i <= NF; i++) $i += 9000 } 1' OFS=, scores.csv | softmax | cut -d, -f 5- >moved
    softmax scores.csv | cut -d, -f 5- | cmp - moved
}

@test "scores of 10000 and -10000 are no trouble" {
    run -0 softmax --log <<<$'a,b\n10000,-10000\n-10000,-10001\n-10000,-10000'
    assert_line --index 1 10000,-10000,0,-20000
    assert_line --index 2 -10000,-10001,-0.31326168751822286,-1.3132616875182228
    assert_line --index 3 -10000,-10000,-0.6931471805599453,-0.6931471805599453
}

@test "differences beyond the range of numbers are divided by the temperature first" {
    run -0 softmax --log -T 1e300 <<<$'a,b\n1.5e308,-1.5e308'
    assert_close "$(cell 1 logp_nats_b)" -3e8
}

@test "a score of -inf is an impossible class" {
    run -0 softmax --argmax <<<$'a,b\n-inf,3'
    assert_line --index 1 -inf,3,0,1,b
    run -0 softmax --sigmoid --log <<<$'a,b\n-inf,inf'
    assert_line --index 1 -inf,inf,-inf,0
}

@test "the row passes through byte for byte, whatever stands in it" {
    printf 'id;"a b";logit_x;y\n"1;""2""";  q ;1.50;+2\n\xc3\xa4,;;0;0e0\n' >rows.csv
    run -0 softmax -x logit_x,y rows.csv --precision 2
    assert_output $'id;"a b";logit_x;y;p_x;p_y\n"1;""2""";  q ;1.50;+2;0.38;0.62\n\xc3\xa4,;;0;0e0;0.5;0.5'
}

@test "--argmax names the first of the greatest, without logit_" {
    run -0 softmax --argmax <<<$'logit_cat\tlogit_dog\n1\t1\n1\t2'
    assert_line --index 0 $'logit_cat\tlogit_dog\tp_cat\tp_dog\tpredicted'
    assert_line --index 1 $'1\t1\t0.5\t0.5\tcat'
    assert_line --index 2 --regexp $'\tdog$'
}

@test "an input without a header is written without one" {
    run -0 softmax --argmax <<<$'0 0\n1 1'
    assert_output $'0 0 0.5 0.5 1\n1 1 0.5 0.5 1'
}

@test "a header alone gives a header" {
    run -0 softmax -x a,b <<<a,b
    assert_output a,b,p_a,p_b
}

@test "text columns are no scores unless they are asked for" {
    run -0 --separate-stderr softmax -v <<<$'n,a,b\nx,0,0'
    assert_output $'n,a,b,p_a,p_b\nx,0,0,0.5,0.5'
    assert_equal "$stderr" "softmax: column 1 'n' is text, not a score"
    fails 1 "softmax: standard input:2: column 1 'n': 'x' is not a number" softmax -x n,a <<<$'n,a,b\nx,0,0'
}

@test "any number of threads gives the same bytes" {
    awk 'BEGIN { srand(3); print "a,b,c"; for (i = 0; i < 60000; i++) print rand() * 9 "," rand() "," 1 - rand() }' \
        >many.csv
    softmax -j 1 --argmax many.csv >one
    assert_equal "$(wc -l <one)" 60001
    for threads in 2 5; do
        softmax -j $threads --argmax many.csv | cmp - one
    done
}

@test "missing scores are an error, or leave empty cells" {
    fails 1 "softmax: standard input:3: column 2 'b': the score is missing; use --missing skip to leave the new"\
" columns empty" \
        softmax <<<$'a,b\n1,2\n1,NA'
    run -0 softmax --missing skip --argmax <<<$'a,b\n1,NA\n1,1'
    assert_output $'a,b,p_a,p_b,predicted\n1,NA,,,\n1,1,0.5,0.5,a'
}

@test "what has no softmax is an error with its place" {
    fails 1 "softmax: standard input:2: column 1 'a': the score is infinite" softmax <<<$'a,b\ninf,1'
    fails 1 "softmax: standard input:3: all scores are -inf" softmax <<<$'a,b\n1,1\n-inf,-inf'
    fails 1 "softmax: standard input: the softmax of one score is always 1; use --sigmoid" \
        softmax <<<$'a\n1'
    run --separate-stderr -1 softmax <<<$'a,b\nx,y'
    assert_equal "$stderr" "softmax: standard input: no column is numeric"
    fails 1 "softmax: standard input:3: 1 field, but the header has 2$use_ragged" softmax <<<$'a,b\n1,2\n1'
    fails 1 "softmax: standard input: there is no data" softmax </dev/null
}

@test "columns of one name are not made twice" {
    fails 1 "softmax: standard input: the column 'p_a' exists already; softmax would add another" \
        softmax -x a,b <<<$'a,b,p_a\n1,2,3'
    fails 1 "softmax: standard input: two score columns are named 'a'" softmax <<<$'a,logit_a\n1,2'
    fails 1 "softmax: standard input: no column 'cc'" softmax -x cc <<<$'a,b\n1,2'
}

@test "a temperature is greater than 0" {
    run --separate-stderr -2 softmax -T 0 <<<$'a,b\n1,2'
    assert_regex "$stderr" "--temperature"
}

@test "an error leaves the output file alone" {
    echo kept >out.csv
    run -1 softmax -o out.csv <<<$'a,b\n1,2\n1,x'
    assert_equal "$(cat out.csv)" kept
}

@test "a full disk is an error" {
    [ -e /dev/full ] || skip "no /dev/full"
    fails 1 "softmax: standard output: cannot write: No space left on device" \
        bash -c 'printf "a,b\n1,2\n" | softmax >/dev/full'
}

@test "each row keeps its own line end" {
    printf 'a,b\r\n1,1\r\n2,2\n' | softmax >out
    printf 'a,b,p_a,p_b\r\n1,1,0.5,0.5\r\n2,2,0.5,0.5\n' | diff - out
}
