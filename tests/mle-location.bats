load helper

# Usage: one_column FORMULA-OF-i — 301 values in no order, with a fixed seed.
one_column() {
    awk "BEGIN { srand(17); print \"x\"; for (i = 0; i < 301; i++) print $1 }"
}

@test "a notice tells why a trimmed mean or relative weights have no standard error" {
    printf 'x,w\n1,1\n2,0.01\n4,0.001\n7,0.001\n30,0.001\n' >t.csv
    run -0 --separate-stderr mle-location -l trimmed:0.4 -x x t.csv
    assert_equal "$stderr" \
        "mle-location: column 'x': trimming leaves 1 of 5 values, which is too few for a standard error"
    assert_equal "$(cell 1 se)" ""
    run -0 --separate-stderr mle-location -l trimmed:0.2 -x x t.csv
    assert_equal "$stderr" ""
    # by hand: 1.013^2 / 1.000103 = 1.02606
    few="the relative weights of column 'w' stand for 1.02606 rows, which is too few for standard errors"
    run -0 --separate-stderr mle-location -l l1 -x x --aweights w t.csv
    assert_equal "$stderr" "mle-location: $few"
    run -0 --separate-stderr mle-location -l l2 -x x --aweights w t.csv
    assert_equal "$stderr" ""
    sed 's/,0.*/,1e-9/' t.csv >one.csv
    for command in mle-gauss mle-laplace; do
        run -0 --separate-stderr $command -x x --aweights w one.csv
        assert_equal "$stderr" "$command: ${few/1.02606/1}"
    done
}

@test "estimates, standard errors and losses are those of SciPy and statsmodels" {
    local rows=0 fit
    while IFS=, read -r column loss estimate se mean_loss _; do
        [ "$loss" != laplace ] || continue
        fit=$(mle-location -x "$column" --loss "$loss" "$data/iris.csv")
        [ $rows != 0 ] || echo "${fit%%$'\n'*}" >fits.csv
        echo "${fit#*$'\n'}" >>fits.csv
        rows=$((rows + 1))
        printf "$rows\t%s\t%s\t%s\n" column "$column" 0 loss "$loss" 0 estimate "$estimate" 1e-13 se "$se" 1e-12 \
            mean_loss "$mean_loss" 1e-13 >>expected
    done < <(sed 1d "$ref/location.csv")
    assert_cells fits.csv <expected
    assert_equal $rows 36
}

@test "no constant of a fine grid has a lower loss" {
    one_column '-log(1 - rand()) * (i % 7 ? 1 : -9)' >x.csv
    for loss in l2 l1 huber:0.01 huber:0.7 huber:50 trimmed:0.2; do
        least=$(mle-location --loss $loss x.csv | awk -F, 'END { print $7 }')
        mle-location --loss $loss x.csv --influence 2000 |
            awk -F, -v least="$least" 'NR > 1 { n++; if ($3 < least * (1 - 1e-15)) exit 1 } END { exit n != 2000 }'
    done
}

@test "the derivative is 0 at the estimate and that of finite differences elsewhere" {
    one_column 'rand() * 4 + (i % 10 == 0) * 30' >x.csv
    for loss in l2 huber:0.7 trimmed:0.1; do
        mle-location --loss $loss --influence 4001 x.csv | awk -F, 'NR > 3 {
            d = (b - a) / (at_b - at_a); h = at_b - at_a; s = (slope_a + slope_b) / 2
            if ((d - s) ^ 2 > (h * 1.1) ^ 2) exit 1 }
            { a = b; at_a = at_b; slope_a = slope_b; b = $3; at_b = $2; slope_b = $4 }'
    done
    run -0 mle-location --influence 3 <<<$'x\n1\n2\n6'
    assert_output \
        $'column,constant,mean_loss,derivative\nx,1,4.333333333333333,-2\nx,3.5,2.4583333333333335,0.5\nx,6,'\
$'6.833333333333333,3'
}

@test "mean, median, trimmed mean and Huber's between them, by hand" {
    run -0 mle-location --loss l1 <<<$'x\n1\n9\n2\n4'
    assert_line --index 1 --partial x,4,0,l1,3,
    run -0 mle-location --loss trimmed:0.25 <<<$'x\n1\n9\n2\n4'
    assert_line --index 1 --partial x,4,0,trimmed:0.25,3,
    run -0 mle-location --loss huber:1 <<<$'x\n0\n0.5\n1\n100'
    assert_close "$(cell 1 estimate)" 0.8333333333333334 1e-15
    run -0 mle-location --loss huber:1 <<<$'x\n0\n100'
    assert_line --index 1 x,2,0,huber:1,50,,49.5
}

@test "a weight counts as that number of rows, for every loss" {
    awk 'BEGIN { srand(4); print "x,w"; for (i = 0; i < 60; i++) print int(rand() * 50) "," int(rand() * 4) }' \
        >weighted.csv
    awk -F, 'NR == 1 { print "x"; next } { for (i = 0; i < $2; i++) print $1 }' weighted.csv >rows.csv
    for loss in l2 l1 huber:3 trimmed:0.15; do
        mle-location -w w --loss $loss weighted.csv | tail -n 1 | cut -d, -f 4- >weighted
        mle-location --loss $loss rows.csv | tail -n 1 | cut -d, -f 2,4- | diff weighted -
    done
}

@test "the error of a median with weights is that of its mirror image, and needs two rows" {
    awk 'BEGIN { srand(4); print "x,m,w"
        for (i = 0; i < 20; i++) { x = int(rand() * 100) / 10; print x "," (-x) "," int(rand() * 30) / 10 } }' >t.csv
    for weights in --weights --aweights; do
        run -0 mle-location -l l1 $weights w -x x,m t.csv
        assert_equal "$(cell 1 se)" "$(cell 2 se)"
    done
    for rows in 1.2 1.99; do
        run -0 --separate-stderr mle-location -l l1 -w w <<<$'x,w\n1,0.1\n2,0.2\n3,0.3\n10,'"$(bc <<<"$rows - 0.6")"
        assert_equal "$stderr" "mle-location: the weights of column 'w' sum to $rows, which is too few rows for"\
" standard errors; use --aweights for relative weights"
        assert_equal "$(cell 1 se)" ""
    done
    # The bounds are the first value and the last: (10 - 1) / 5.1516586.
    run -0 --separate-stderr mle-location -l l1 -w w --precision 7 <<<$'x,w\n1,1\n10,1'
    assert_equal "$(cell 1 se)" 1.74701
    assert_equal "$stderr" ""
}

@test "a median of weights lies where half of them is reached" {
    run -0 --separate-stderr mle-location --loss l1 -w w <<<$'x,w\n3,0.1\n1,0.2\n2,0.4\n9,0'
    assert_equal "$(cell 1 estimate)" 2
    run -0 --separate-stderr mle-location --loss l1 -w w <<<$'x,w\n1,0.5\n2,0.25\n4,0.25'
    assert_equal "$(cell 1 estimate)" 1.5
}

@test "weights that tie as decimals tie" {
    for scale in '' e-8 e8; do
        printf 'x,w\n1,0.1%s\n2,0.2%s\n3,0.3%s\n10,0.6%s\n' $scale $scale $scale $scale >w.csv
        for loss in l1 huber:0.5; do
            run -0 --separate-stderr mle-location --loss $loss -w w w.csv
            assert_equal "$(cell 1 estimate)" 6.5
        done
        run -0 mle-laplace --aweights w w.csv
        assert_equal "$(cell 1 median)" 6.5
    done
    run -0 mle-location --loss l1 -w w <<<$'x,w\n1,10000000000000000\n2,10000000000000002'
    assert_equal "$(cell 1 estimate)" 2
    run -0 mle-location --loss trimmed:0.29 < <(seq 0 99 | awk '{ print $1 * $1 }')
    assert_close "$(cell 1 estimate)" "$(seq 29 70 | awk '{ s += $1 * $1 } END { printf "%.14g", s / 42 }')"
}

# Usage: same_columns COLUMNS NAMES TOLERANCE WANTED — the columns of $output are those named in the file, in its rows.
same_columns() {
    paste -d, <(printf '%s\n' "$output") "$4" | awk -F, -v columns="$1" -v names="$2" -v t="$3" '
        NR == 1 { n = split(columns, c, " "); split(names, d, " ")
            for (k = 1; k <= n; k++) { for (i = NF; i > 0; i--) if ($i == d[k]) { to[k] = i; break }
                for (i = 1; i <= NF; i++) if ($i == c[k]) { from[k] = i; break } }
            next }
        { for (k = 1; k <= n; k++) { a = $(from[k]); b = $(to[k]); e = a - b; e = e < 0 ? -e : e; s = b < 0 ? -b : b
            if ((a == "") != (b == "") || e > t * (s > 1 ? s : 1)) { print "row " NR ": " c[k] " " a ", not " b;
                bad = 1 } } }
        END { exit bad || NR != 201 }'
}

@test "importances and decimal weights give what exact fractions do" {
    run -0 --separate-stderr mle-location -l l1 -g case -x x -w w "$ref/importances-rows.csv"
    same_columns estimate median 1e-15 "$ref/importances.csv"
    run -0 --separate-stderr mle-location -l l1 -g case -x x --aweights w "$ref/importances-rows.csv"
    same_columns 'estimate effective_n' 'median effective_n' 1e-14 "$ref/importances.csv"
    run -0 --separate-stderr mle-location -l trimmed:0.2 -g case -x x -w w "$ref/importances-rows.csv"
    same_columns 'estimate se' 'trimmed trimmed_se' 1e-13 "$ref/importances.csv"
    run -0 --separate-stderr mle-gauss -g case -x x --aweights w "$ref/importances-rows.csv"
    same_columns 'sample_variance se_mean effective_n' 'sample_variance se_mean effective_n' 1e-13 \
        "$ref/importances.csv"
    run -0 --separate-stderr mle-location -l l2 -g case -x x --aweights w "$ref/importances-rows.csv"
    same_columns se se_mean 1e-13 "$ref/importances.csv"
}

@test "importances are the same at any scale, for every loss" {
    awk 'BEGIN { srand(5); print "x,w,v"; for (i = 0; i < 60; i++) { w = int(rand() * 40);
        printf "%d,%d,%.17g\n", rand() * 50, w, w / 1024 } }' >w.csv
    for loss in l2 l1 huber:3 trimmed:0.15; do
        mle-location --aweights w -x x --loss $loss w.csv | cut -d, -f 2,3,5- >whole
        mle-location --aweights v -x x --loss $loss w.csv | cut -d, -f 2,3,5- | diff whole -
    done
    fails 2 "mle-location: --weights cannot be used with --aweights; try 'mle-location --help'" \
        mle-location -w w --aweights v w.csv
}

@test "importances near the ends of the doubles have the effective number of others" {
    for scale in e-300 e0 e300; do
        run -0 mle-location -l l1 --aweights w <<<$'x,w\n1,1'"$scale"$'\n2,1'"$scale"$'\n4,2'"$scale"
        assert_equal "$(cell 1 effective_n)" 2.6666666666666665
        assert_equal "$(cell 1 se)" 0.38822448312946434
    done
}

@test "a trimmed mean has a standard error by the number of values that are left" {
    run -0 --separate-stderr mle-location -l trimmed:0.4 <<<$'x\n1\n2\n4\n7\n30'
    assert_line --index 1 x,5,0,trimmed:0.4,4,,0
    run -0 mle-location -l trimmed:0.39 <<<$'x\n1\n2\n4\n7\n30'
    assert_close "$(cell 1 se)" 2.0493901531919194
    run -0 mle-location -l trimmed:0.1 <<<$'x\n1\n2\n4\n7\n30'
    assert_close "$(cell 1 se)" "$(mle-location -l l2 <<<$'x\n1\n2\n4\n7\n30' | awk -F, 'END { print $6 }')"
}

@test "the order of rows and the number of threads do not matter" {
    awk 'BEGIN { srand(9); print "g,x"; for (i = 0; i < 60000; i++) print i % 3 "," rand() }' >many.csv
    for loss in l2 l1 huber:0.1 trimmed:0.1; do
        mle-location -g g --loss $loss -j 1 many.csv >one
        mle-location -g g --loss $loss -j 3 many.csv | cmp - one
        (head -n 1 many.csv; sed 1d many.csv | sort -t, -k 1,1n -k 2,2r) | mle-location -g g --loss $loss | cmp - one
    done
}

@test "many values of either sign and any size are ordered as sort does" {
    awk 'BEGIN { srand(31); for (i = 0; i < 20001; i++)
        printf "%.17g\n", (rand() - 0.4) * exp((rand() - 0.5) * 300) }' >many
    run -0 mle-location --loss l1 many
    assert_close "$(cell 1 estimate)" "$(sort -g many | sed -n 10001p)" 1e-16
    mle-location --loss trimmed:0.49 many | awk -F, 'END { print $5 }' >found
    sort -g many | awk 'NR > 9800 && NR <= 20001 - 9800 { s += $1; n++ } END { printf "%.17g\n", s / n }' >wanted
    assert_close "$(cat found)" "$(cat wanted)" 1e-9
}

@test "groups, missing values and constants" {
    run -0 --separate-stderr mle-location -g g --loss l1 <<<$'g,x\nb,1\na,5\nb,NA\n,7\nb,3'
    assert_line --index 0 g,column,n,missing,loss,estimate,se,mean_loss
    assert_line --index 1 --partial b,x,2,1,l1,2,
    assert_line --index 2 a,x,1,0,l1,5,,0
    assert_equal "$stderr" "mle-location: rows without a value of 'g', omitted: 1"
    for loss in l2 l1 huber:1 trimmed:0.2; do
        run -0 mle-location --loss $loss <<<$'x\n7\n7\n7'
        assert_line --index 1 x,3,0,$loss,7,0,0
        run -0 mle-location --loss $loss <<<x
        assert_line --index 1 x,0,0,$loss,,,
    done
}

@test "a mean far above its deviation keeps its digits, and huge values do not overflow" {
    run -0 mle-location --loss huber:0.5 <<<$'x\n1000000000.25\n1000000000.5\n1000000000.75\n1000000009'
    assert_equal "$(cell 1 estimate)" 1000000000.6666666
    run -0 mle-location --loss l1 <<<$'x\n1.7e308\n1.5e308'
    assert_equal "$(cell 1 estimate)" 1.6e308
}

@test "losses that are none are errors" {
    usage="; try 'mle-location --help'"
    fails 2 "mle-location: --loss: invalid value 'l3': expected l2, l1, huber:DELTA or trimmed:P$usage" \
        mle-location --loss l3 missing
    fails 2 \
        "mle-location: --loss: invalid value 'huber': expected huber:DELTA with DELTA > 0, such as huber:1.345$usage" \
        mle-location --loss huber missing
    fails 2 "mle-location: --loss: invalid value 'huber:-1': expected huber:DELTA with DELTA > 0, such as"\
" huber:1.345$usage" \
        mle-location --loss huber:-1 missing
    fails 2 "mle-location: --loss: invalid value 'trimmed:0.5': expected trimmed:P with 0 <= P < 0.5, the share"\
" omitted at either end$usage" \
        mle-location --loss trimmed:0.5 missing
}

@test "bad input is an error with its place" {
    fails 1 "mle-location: standard input:3: column 1 'a': the value is infinite" mle-location <<<$'a\n1\ninf'
    fails 1 "mle-location: standard input:2: column 2 'w': the weight is negative" mle-location -w w <<<$'a,w\n1,-1'
    fails 1 "mle-location: standard input:3: column 1 'a': 'x' is not a number" mle-location <<<$'a\n1\nx'
    fails 1 "mle-location: standard input: there is no data" mle-location </dev/null
    fails 1 "mle-location: standard input: no column 'b'" mle-location -x b <<<$'a\n1'
    echo kept >out.csv
    run -1 mle-location -o out.csv <<<$'a\n1\nx'
    assert_equal "$(cat out.csv)" kept
}

@test "weights that are all 0, or whose sum is too large, leave nothing to measure" {
    fails 1 "mle-location: standard input: column 2 'w': all weights are 0" mle-location -x x -w w <<<$'x,w\n1,0\n1,0'
    fails 1 "mle-location: standard input: column 2 'w': the sum of the weights is too large" \
        mle-location -x x -w w <<<$'x,w\n1,1e308\n1,1e308'
}
