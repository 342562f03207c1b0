load helper

@test "iris has the values of SciPy" {
    local row=0
    run -0 mle-laplace -q "$data/iris.csv"
    while IFS=, read -r column _ median se nll _; do
        row=$((row + 1))
        assert_equal "$(cell $row column)" "$column"
        assert_close "$(cell $row median)" "$median" 1e-15
        assert_close "$(cell $row se_median)" "$se" 1e-14
        assert_close "$(cell $row loglik_nats)" "-$nll" 1e-14
    done < <(grep ,laplace, "$ref/location.csv")
    assert_equal $row 4
}

@test "the scale is the mean absolute deviation from the median" {
    run -0 mle-laplace <<<$'x\n1\n2\n9'
    assert_line --index 0 column,n,missing,median,scale,se_median,se_scale,loglik_nats
    assert_close "$(cell 1 scale)" 2.6666666666666665 1e-15
    assert_close "$(cell 1 se_scale)" 1.5396007178390019 1e-15
    assert_close "$(cell 1 loglik_nats)" -8.0219293007150147
}

@test "no other median and scale are more likely" {
    awk 'BEGIN { srand(23); for (i = 0; i < 200; i++) print rand() ^ 3 * 10 }' >x
    mle-laplace x | awk -F, 'NR == FNR { if (FNR > 1) { m = $4; b = $5; best = $8 } next } { x[++n] = $1 }
        END { for (dm = -2; dm <= 2; dm += 0.25) for (f = 0.5; f < 2; f *= 1.1) {
            l = 0; for (i = 1; i <= n; i++) { d = x[i] - m - dm; l -= log(2 * b * f) + (d < 0 ? -d : d) / (b * f) }
            if (l > best + 1e-9) exit 1; k++ } exit !(k > 100) }' - x
}

@test "a weight counts as that number of rows" {
    run -0 mle-laplace -w w <<<$'x,w\n1,2\n4,1\n9,0'
    assert_line --index 0 column,n,missing,weight,median,scale,se_median,se_scale,loglik_nats
    assert_equal "$(cut -d, -f 4- <<<"${lines[1]}")" "3,$(mle-laplace <<<$'x\n1\n1\n4' | tail -n 1 | cut -d, -f 4-)"
}

@test "groups are fitted apart, missing values counted, a constant is infinitely likely" {
    run -0 --separate-stderr mle-laplace -g g <<<$'g,x,t\nb,1,u\na,5,u\nb,NA,u\n,7,u\nb,1,u'
    assert_line --index 1 b,x,2,1,1,0,0,0,inf
    assert_equal "$stderr" "mle-laplace: column 3 't' is text and omitted
mle-laplace: rows without a value of 'g', omitted: 1"
    run -0 mle-laplace <<<x
    assert_line --index 1 x,0,0,,,,,
}

@test "a single row, or weights that are too few, have no standard errors" {
    run -0 --separate-stderr mle-laplace <<<$'x\n3'
    assert_equal "$stderr" ""
    assert_equal "$(cell 1 se_median),$(cell 1 se_scale)" ,
    run -0 --separate-stderr mle-laplace -w w <<<$'x,w\n1,0.2\n2,0.3\n5,0.5'
    assert_equal "$stderr" "mle-laplace: the weights of column 'w' sum to 1, which is too few rows for"\
" standard errors; use --aweights for relative weights"
    assert_equal "$(cell 1 se_median),$(cell 1 se_scale)" ,
    run -0 mle-laplace --aweights w <<<$'x,w\n1,0.2\n2,0.3\n5,0.5'
    assert_equal "$(cell 1 scale)" 1.7
}

@test "bad input is an error with its place" {
    fails 1 "mle-laplace: standard input:3: column 1 'a': the value is infinite" mle-laplace <<<$'a\n1\n-inf'
    fails 1 "mle-laplace: standard input:2: column 2 'w': the weight is missing" mle-laplace -w w <<<$'a,w\n1,'
    fails 1 "mle-laplace: standard input:3: column 1 'a': 'x' is not a number" mle-laplace <<<$'a\n1\nx'
    fails 1 "mle-laplace: standard input: there is no data" mle-laplace </dev/null
    fails 1 "mle-laplace: standard input:3: 1 field, but the header has 2$use_ragged" mle-laplace <<<$'a,b\n1,2\n1'
}

@test "the likelihood is in the unit that --unit names" {
    run -0 mle-laplace --unit bits <<<$'x\n1\n2\n4'
    assert_line --index 0 column,n,missing,median,scale,se_median,se_scale,loglik_bits
    assert_close "$(cell 1 loglik_bits)" -7.3280851 1e-8 # -3 (log2(2) + log2(e))
}

@test "weights that are all 0, or whose sum is too large, leave nothing to measure" {
    fails 1 "mle-laplace: standard input: column 2 'w': all weights are 0" mle-laplace -x x -w w <<<$'x,w\n1,0\n1,0'
    fails 1 "mle-laplace: standard input: column 2 'w': the sum of the weights is too large" \
        mle-laplace -x x -w w <<<$'x,w\n1,1e308\n1,1e308'
}
