load helper

ten=mean_texture,mean_perimeter,mean_area,mean_smoothness,mean_compactness
ten+=,mean_concavity,mean_concave_points,mean_symmetry
ten=$ten,mean_fractal_dimension
three=sepal_length,sepal_width,petal_length

# Usage: coefficients ARG... — the table of the model that these arguments give, in $output.
coefficients() {
    linreg-train -q -o model "$@"
    run -0 model-show --to csv model
}

# Usage: assert_reference CASE [TOLERANCE] — $output has the numbers of a case of the reference file, all of them.
assert_reference() {
    paste -d, <(tail -n +2 <<<"$output") <(awk -F, -v OFS=, -v c="$1" '$1 == c { print $2,$3,$4,$5,$6,$7,$8,$9 }' \
        "$ref/leastsq.csv") |
        awk -F, -v tolerance="${2:-1e-10}" '
            function differ(a, b) { d = a - b; s = b < 0 ? -b : b; return (a == "") != (b == "") ||
                (d < 0 ? -d : d) > tolerance * s }
            NF != 16 || $1 != $9 || $2 != $10 { print; bad = 1 }
            { n++; for (i = 3; i <= 8; i++) if (differ($i, $(i + 8))) { print "column " i ": " $0; bad = 1 } }
            END { exit bad || n == 0 }'
}

# Usage: reference CASE COLUMN — that number of the case's first row.
reference() {
    awk -F, -v c="$1" -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
        $1 == c { print $column; exit }' "$ref/leastsq.csv"
}

# Usage: assert_same_estimates FILE FILE [TOLERANCE] — the same terms, in any order, with the same estimates.
assert_same_estimates() {
    join -t, <(tail -n +2 "$1" | cut -d, -f2,3 | sort -t, -k1,1) <(tail -n +2 "$2" | cut -d, -f2,3 | sort -t, -k1,1) |
        awk -F, -v t="${3:-1e-9}" '{ d = $2 - $3; d = d < 0 ? -d : d; s = $2 < 0 ? -$2 : $2; n++; if (d > t * s) {
        print; bad = 1 } }
            END { exit bad || n == 0 }'
}

aliased="is constant or a linear combination of earlier columns; its coefficient is 0"
exact="'y' is fitted exactly: the likelihood grows without bound as the variance approaches 0"

small() {
    printf 'a,b,y\n1,2,3\n2,1,4\n3,4,8\n4,3,7\n2,2,5\n3,1,4\n' >small.csv
}

@test "estimates, errors, t, p and intervals are those of R's lm" {
    coefficients -t petal_width -x $three "$data/iris.csv"
    assert_reference iris
    coefficients -t mean_radius -x $ten "$data/breast-cancer.csv"
    assert_reference cancer 1e-8
}

# Usage: assert_filip FILE — the coefficients of y in the file are the certified ones, which have 15 digits.
assert_filip() {
    coefficients -t y "$1"
    while IFS=, read -r term certified _; do
        estimate=$(awk -F, -v term="$term" '$2 == term { print $3 }' <<<"$output")
        assert_close "$estimate" "$certified" 2e-14
    done < <(tail -n +2 "$ref/filip-solution.csv")
}

@test "a polynomial of degree 10 has all certified digits, whatever rounding its powers have" {
    assert_filip "$ref/filip.csv"
    awk -F, -v OFS=, 'NR > 1 { for (k = 3; k <= NF; k++) $k = sprintf("%.17g", $2 * $(k - 1)) } 1' "$ref/filip.csv" \
        >products.csv
    assert_filip products.csv
    awk -F, -v OFS=, 'NR > 1 { for (k = 3; k <= NF; k++) $k = sprintf("%.15g", $k) } 1' "$ref/filip.csv" >short.csv
    assert_filip short.csv
    awk -F, -v OFS=, '{ print $11, $6, $1, $2, $9, $3, $4, $5, $7, $8, $10 }' "$ref/filip.csv" >permuted.csv
    assert_filip permuted.csv
}

@test "columns that are hardly powers of others are what they are" {
    # One number of x10 differs from the power in its 12th digit.
    awk -F, -v OFS=, 'NR == 2 { $11 = sprintf("%.17g", $11 * (1 + 1e-12)) } 1' "$ref/filip.csv" >other.csv
    coefficients -t y other.csv
    certified=$(awk -F, '$1 == "x10" { print $2 }' "$ref/filip-solution.csv")
    awk -v a="$(awk -F, '$2 == "x10" { print $3 }' <<<"$output")" -v b="$certified" 'BEGIN { d = (a - b) / b;
        exit !(d * d > 1e-20) }'
}

@test "a fit without residuals is said to be one" {
    run -0 --separate-stderr linreg-train -t y -o model <<<$'x,y\n1,3\n2,5\n3,7\n4,9'
    assert_equal "$stderr" \
        "linreg-train: 'y' is fitted exactly: the likelihood grows without bound as the variance approaches 0"
    run -0 model-show --to csv model
    assert_line 'y,x,2,0,inf,0,2,2'
    assert_equal "$(field loglik)" inf
}

@test "more rows than are kept give the same coefficients, weighted and penalised, too" {
    awk 'BEGIN { print "y,a,b,w";
        for (i = 0; i < 3000; i++) print sin(i * i) "," cos(i) "," cos(i) / 3 + 1e-3 * sin(7 * i) "," i % 4 }' >few
    { cat few; for _ in {1..20}; do tail -n +2 few; done; } >many
    for options in "" "--l2 0.1" "-w w" "-w w --l2 0.01 --standardize" "--no-intercept"; do
        coefficients -t y -x a,b $options few
        model=$output
        coefficients -t y -x a,b $options many
        assert_same_estimates <(sed 's/^/y,/' <<<"$model") <(sed 's/^/y,/' <<<"$output") 1e-11
    done
}

@test "sums of squares, likelihood and AIC are those of R's lm" {
    linreg-train -t petal_width -x $three -o model "$data/iris.csv"
    assert_close "$(field rss)" "$(reference iris rss)"
    assert_close "$(field tss)" "$(reference iris tss)"
    assert_close "$(field loglik)" "$(reference iris loglik)"
    assert_equal "$(field df_residual)" 146
    assert_close "$(field variance)" "$(awk -v x="$(reference iris rss)" 'BEGIN { printf "%.17g", x / 150 }')"
    assert_close "$(field variance_unbiased)" "$(awk -v x="$(reference iris rss)" 'BEGIN { printf "%.17g", x / 146 }')"
    run -0 model-show --precision 9 model
    assert_line "AIC             $(awk -v x="$(reference iris aic)" 'BEGIN { printf "%.9g", x }')"
    assert_equal "$(model-show --count model)" 5
    # R: BIC(lm), summary(lm)$adj.r.squared and its F
    assert_close "$(field aic)" -63.502178886841623 1e-12
    assert_close "$(field bic)" -48.449002416360344 1e-12
    assert_line "BIC             -48.4490024"
    assert_line "adjusted R^2    0.936573224"
    assert_line "F               734.388537 on 3 and 146 df, p 7.82819331e-88"
    assert_equal "$(field f_df)" 3,146
    assert_close "$(field r_squared)" 0.93785027360468 1e-12
    assert_equal "$(field r_squared_type)" centred
}

@test "a penalised fit has no AIC, and several targets have a row each" {
    linreg-train -t petal_width,sepal_width --exclude species -o model "$data/iris.csv"
    run -0 model-show model
    assert_line --regexp '^target +R\^2 +adjusted R\^2 +F +p of F +residual sd$'
    assert_equal "$(field f_df)" 2,147
    linreg-train -t petal_width --exclude species --l2 0.1 -o model "$data/iris.csv"
    run -0 model-show model
    refute_line --regexp '^(AIC|BIC|F) '
    assert_line --regexp '^R\^2 '
}

@test "without an intercept the fit goes through the origin" {
    coefficients -t petal_width -x $three --no-intercept "$data/iris.csv"
    assert_reference no-intercept
    assert_close "$(field tss)" "$(reference no-intercept tss)"
    assert_equal "$(model-show --count model)" 4
    run -0 model-show model
    assert_line --partial "with mean 0"
    assert_line --regexp "^uncentred R\^2 "
    assert_equal "$(field r_squared_type)" uncentred
    refute_line --partial "(intercept)"
}

@test "several targets are fitted each for itself" {
    coefficients -t petal_width,sepal_width --exclude species "$data/iris.csv"
    assert_reference two
    assert_equal "$(model-show --count model)" 8
}

@test "weights count as that number of rows" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, 1 + (NR - 1) % 4 }' "$data/iris.csv" >weighted.csv
    coefficients -t petal_width -x $three -w w weighted.csv
    assert_reference weights
    assert_equal "$(field rows)" 150
    assert_equal "$(field weight_sum)" 375
}

@test "columns that say nothing new are named and left out" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "twice", "one", "sum"; next } { print $0, 2 * $1, 1, $2 + $3 }' \
        "$data/iris.csv" >more.csv
    run --separate-stderr -0 linreg-train -t petal_width -x sepal_length,twice,one,sepal_width,petal_length,sum \
        -o model more.csv
    assert_equal "${#stderr_lines[@]}" 3
    assert_equal "${stderr_lines[0]}" \
        "linreg-train: column 'twice' is constant or a linear combination of earlier columns; its coefficient is 0"
    run -0 model-show --to csv model
    assert_reference aliased
    assert_equal "$(field aliased)" twice,one,sum
    assert_equal "$(model-show --count model)" 5
}

@test "combinations of decimals far from 0 are named, in every fit" {
    printf 'a,b,c,y\n1000.1,2000.2,3000.3,1\n1000.4,2000.1,3000.5,2\n1000.2,2000.9,3001.1,4\n' >sum.csv
    printf '1000.7,2000.3,3001.0,3\n1000.9,2000.6,3001.5,6\n1000.3,2000.8,3001.1,1\n' >>sum.csv
    for how in "--loss l2" "--loss l1" "--loss huber" "--l2 0"; do
        run --separate-stderr -0 linreg-train -t y $how -o model sum.csv
        assert_equal "${stderr_lines[0]}" "linreg-train: column 'c' $aliased"
    done
    linreg-train -q -t y -o model sum.csv
    run -0 model-show --to csv model
    assert_close "$(cell 2 estimate)" 4.63103784 1e-6
    # Seconds since 1970, and a duration that is their difference.
    awk 'BEGIN { print "start,end,seconds,y"
        for (i = 0; i < 200; i++) { s = 17000000000 + 7919 * i * i % 100003; d = 1 + i * 37 % 101
        printf "%d.%d,%d.%d,%d.%d,", s / 10, s % 10, (s + d) / 10, (s + d) % 10, d / 10, d % 10
        print i * i % 11 } }' >times.csv
    run --separate-stderr -0 linreg-train -t y -o model times.csv
    assert_equal "$stderr" "linreg-train: column 'seconds' $aliased"
}

@test "no more coefficients than rows, whatever their frequencies are" {
    printf 'a,b,c,f,y\n1,2,7,5,3\n2,1,1,9,4\n3,5,4,7,1\n' >frequent.csv
    run --separate-stderr -0 linreg-train -t y --fweights f -o model frequent.csv
    assert_equal "$stderr" "linreg-train: column 'c' $aliased"$'\n'"linreg-train: $exact"
}

@test "ridge regression is that of the normal equations" {
    coefficients -t petal_width -x $three --l2 0.1 "$data/iris.csv"
    assert_reference ridge
    assert_close "$(field rss)" "$(reference ridge rss)"
    coefficients -t petal_width -x $three --l2 0.1 --standardize "$data/iris.csv"
    assert_reference ridge-standardized
    assert_close "$(field rss)" "$(reference ridge-standardized rss)"
}

@test "a prior's sd is a penalty that knows the variance of the errors" {
    coefficients -t petal_width -x $three --prior-sd 0.1 "$data/iris.csv"
    echo "$output" >prior
    l2=$(field l2)
    assert_close "$l2" "$(awk -v v="$(field variance)" 'BEGIN { printf "%.17g", v / (150 * 0.1 * 0.1) }')"
    coefficients -t petal_width -x $three --l2 "$l2" "$data/iris.csv"
    echo "$output" >penalty
    assert_same_estimates prior penalty 1e-12
    # A vague prior has no effect.
    coefficients -t petal_width -x $three --prior-sd 1e8 "$data/iris.csv"
    assert_close "$(cell 2 estimate)" "$(reference iris estimate | sed s/.*/-0.20726607375742656/)" 1e-9
}

# Usage: assert_lasso CASE — $output has the estimates of a case of lasso.csv, the same zeros among them.
assert_lasso() {
    paste -d, <(tail -n +2 <<<"$output" | cut -d, -f2,3) <(awk -F, -v OFS=, -v c="$1" '$1 == c { print $2, $3 }' \
        "$ref/lasso.csv") |
        awk -F, '{ d = $2 - $4; s = $4 < 0 ? -$4 : $4; n++; if (NF != 4 || $1 != $3 || (d < 0 ? -d : d) > 1e-8 * s) {
        print; bad = 1 } }
            END { exit bad || n == 0 }'
}

@test "a prior without a maximum is told, with exit status 3" {
    printf 'x,y\n1,1\n2,3\n' >two.csv
    printf 'a,b,y\n1,2,5\n2,7,1\n3,1,4\n' >three.csv
    printf 'x,y\n1,3\n2,5\n3,7\n4,9\n' >line.csv
    for table in two three line; do
        run --separate-stderr -3 linreg-train -t y --prior-sd 1 -o model $table.csv
        assert_equal "$stderr" \
            "linreg-train: likelihood times prior has no maximum for 'y': the columns can fit it exactly,"\
" with a variance that approaches 0; use --l2 instead of --prior-sd"
    done
    linreg-train -t y --l2 1 -o model two.csv
}

@test "l1 penalties, alone and with l2, find scikit-learn's zeros and coefficients" {
    coefficients -t mean_radius --exclude diagnosis --l1 0.01 --standardize "$data/breast-cancer.csv"
    assert_lasso l1
    assert_equal "$(model-show --count model)" 8
    assert_equal "$(cell 2 estimate)" 0
    coefficients -t mean_radius --exclude diagnosis --l1 0.02 --l2 0.01 --standardize "$data/breast-cancer.csv"
    assert_lasso both
    coefficients -t mean_radius --exclude diagnosis --l1 0.01 "$data/breast-cancer.csv"
    assert_lasso own-scale
    run -0 model-show model
    assert_line --partial "mean l2 loss + 0.01 |coefficients|_1 = "
}

@test "an l1 penalty chooses among columns that say the same" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "twice"; next } { print $0, 2 * $1 }' "$data/iris.csv" >more.csv
    coefficients -t petal_width -x sepal_length,twice --l1 0.05 more.csv
    assert_equal "$(cell 2 estimate)" 0
    [ "$(cell 3 estimate)" != 0 ]
}

@test "the order of rows and columns does not matter" {
    coefficients -t mean_radius -x $ten "$data/breast-cancer.csv"
    echo "$output" >plain
    (head -n 1 "$data/breast-cancer.csv"; tail -n +2 "$data/breast-cancer.csv" | tac) >reversed.csv
    coefficients -t mean_radius -x $ten reversed.csv
    echo "$output" >reversed
    assert_same_estimates plain reversed
    coefficients -t mean_radius -x "$(tr , '\n' <<<$ten | tac | paste -sd,)" "$data/breast-cancer.csv"
    echo "$output" >turned
    assert_same_estimates plain turned
}

@test "the model has the same bytes for any number of threads, from a file and from a pipe" {
    for threads in 1 2 5; do
        zcat "$data/digits.csv.gz" | LIKELY_THREADS=$threads linreg-train -q -t digit >model.$threads
    done
    cmp model.1 model.2
    cmp model.1 model.5
    gunzip <"$data/digits.csv.gz" >digits.csv
    linreg-train -q -t digit <digits.csv >again
    cmp model.1 again
}

# Blocks have fewer rows than columns, so that rows wait to be folded many at a time.
@test "a wide table is fitted as a narrow one, with the same bytes for any number of threads" {
    awk 'BEGIN {
        srand(5)
        for (j = 1; j <= 400; j++) printf "x%d,", j
        print "y"
        for (i = 0; i < 700; i++) {
            y = 7
            for (j = 1; j <= 400; j++) {
                x = 1000 + int(rand() * 64)
                y += (j % 5 - 2) * x
                printf "%d,", x
            }
            print y
        }
    }' >wide.csv
    linreg-train -q -t y wide.csv >model.1 || [ $? = 3 ] # there are no residuals
    linreg-train -q -t y -j 2 wide.csv | cmp - model.1 || fail "two threads"
    model-show --to csv model.1 >coefficients
    awk -F, 'NR > 2 { d = $3 - ((NR - 2) % 5 - 2); if (d < 0) d = -d; if (d > worst) worst = d }
        END { exit !(NR == 402 && worst < 1e-11) }' coefficients || fail "$(head -n 4 coefficients)"
}

@test "means are predicted, a column for each of several targets" {
    small
    linreg-train -t y -o model small.csv
    run -0 nn-predict -m model --append small.csv
    assert_line --index 0 a,b,y,mean
    run -0 model-show --to csv model
    intercept=$(cell 1 estimate) a=$(cell 2 estimate) b=$(cell 3 estimate)
    run -0 nn-predict -m model small.csv
    assert_close "$(cell 2 mean)" "$(awk -v i="$intercept" -v a="$a" -v b="$b" 'BEGIN {
        printf "%.17g", i + 2 * a + b }')"
    assert_equal "$(nn-predict -m model --predict all small.csv)" "$output"
    linreg-train -t y,b -o two small.csv
    run -0 nn-predict -m two small.csv
    assert_line --index 0 mean_y,mean_b
    fails 2 "nn-predict: --predict label: the model predicts numbers, not classes; try 'nn-predict --help'" \
        nn-predict -m model --predict label small.csv
    fails 2 "nn-predict: --predict logit: the model predicts numbers, not classes; try 'nn-predict --help'" \
        nn-predict -m model --predict logit small.csv
}

@test "missing values stop, or are left out" {
    printf 'a,y\n1,2\n2,\n3,6.5\nNA,1\n4,8\n' >gaps.csv
    fails 1 "linreg-train: gaps.csv:3: column 2 'y': the value is missing; use --missing skip to omit such rows" \
        linreg-train -t y -o model gaps.csv
    assert_not_exists model
    run --separate-stderr -0 linreg-train -t y --missing skip -o model gaps.csv
    assert_equal "$stderr" "linreg-train: 2 of 5 rows omitted because of missing values"
    run --separate-stderr -0 linreg-train -t y,z --missing skip -o two < \
        <(printf '%s\n' a,y,z 1,2,1 2,,4 3,6.5, 4,8,2 5,9,7 6,9,8)
    assert_equal "$stderr" "linreg-train: 2 of 6 rows omitted because of missing values; a row that lacks one of the 2"\
" targets is omitted for all of them"
    run -0 model-show --to csv model
    printf 'a,y\n1,2\n3,6.5\n4,8\n' >full.csv
    wanted=$output
    coefficients -t y full.csv
    assert_equal "$output" "$wanted"
}

@test "as many rows as coefficients leave no standard errors" {
    printf 'a,y\n1,2\n3,6\n' >two.csv
    run --separate-stderr -0 linreg-train -t y -o model two.csv
    assert_equal "${stderr_lines[0]}" \
        "linreg-train: 2 coefficients leave no degrees of freedom to weights that sum to 2:"\
" no standard errors are given"
    assert_equal "${stderr_lines[1]}" "linreg-train: $exact"
    run -0 model-show --to csv model
    assert_close "$(cell 2 estimate)" 2
    assert_equal "$(cell 2 se)" ""
}

@test "what was minimised is said with -v" {
    small
    run --separate-stderr -0 linreg-train -v -t y --l2 0.5 -o model small.csv
    [[ $stderr == \
        "linreg-train: minimised (1/6) sum l2(row) + 0.5/2 sum theta^2 = "*" for 'y' by QR, rank 3, refined" ]]
    assert_close "$(field objective)" "$(sed "s/.*= \(.*\) for.*/\1/" <<<"$stderr")" 1e-10
}

@test "a stream of 100 MB is read in 64 MB of memory" {
    seq 1 20000 | awk '{ x = $1 * 7919 % 1000; y = $1 * 104729 % 997;
        print x / 8 "," y / 16 "," x - y / 2 + $1 % 13 ",0.123456789012,1.5e-3" $1 % 10 }' >block.csv
    stream() {
        echo a,b,y,c,d
        for ((i = 0; i < 150; i++)); do cat block.csv; done
    }
    [ "$(stream | wc -c)" -gt 100000000 ]
    mkfifo pipe
    linreg-train -q -j 2 -t y -o model <pipe &
    exec 9>pipe
    stream >&9
    peak=$(awk '$1 == "VmHWM:" { print $2 }' /proc/$!/status)
    exec 9>&-
    wait $!
    [ "$peak" -lt 65536 ] || fail "$peak KiB"
    assert_equal "$(field rows)" 3000000
}

@test "targets that cannot be explained are refused" {
    small
    fails 1 "linreg-train: small.csv: no column 'z'" linreg-train -t z small.csv
    fails 1 "linreg-train: small.csv: column 'y' is the target and cannot also be a feature" \
        linreg-train -t y -x a,y small.csv
    fails 1 "linreg-train: small.csv: the target column cannot also hold the weights" linreg-train -t y -w y small.csv
    fails 1 "linreg-train: small.csv: column 'b' holds the weights and cannot also be a feature" \
        linreg-train -t y -w b -x a,b small.csv
    printf 'a,y\n1,5\n2,5\n3,5\n' >constant.csv
    fails 1 "linreg-train: constant.csv: the target 'y' is constant" linreg-train -t y constant.csv
    fails 1 "linreg-train: $data/iris.csv: column 5 'species' is text and cannot be the target" \
        linreg-train -t species "$data/iris.csv"
}

@test "features that cannot explain are refused" {
    small
    fails 1 "linreg-train: $data/iris.csv: column 5 'species' is text; use --categorical auto to encode text columns,"\
" or --exclude 'species' to omit the column" \
        linreg-train -t petal_width "$data/iris.csv"
    fails 1 "linreg-train: small.csv: no feature columns are left" linreg-train -t y --exclude a,b small.csv
    fails 1 "linreg-train: small.csv: column 'a' is named twice" linreg-train -t y -x a,a small.csv
    head -n 3 small.csv >few.csv
    fails 1 "linreg-train: few.csv: 2 rows cannot determine 3 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
        linreg-train -t y few.csv
    linreg-train -q -t y --l2 0.1 few.csv >model
    printf 'a,b,w,y\n1,3,1,2\n2,5,1,3\n4,5,0,7\n' >few.csv
    fails 1 "linreg-train: few.csv: 2 rows cannot determine 3 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
        linreg-train -t y -w w -o weighted few.csv
    assert_not_exist weighted
    printf 'a,b,c,y\n1,5,9,2\n2,5,9,3\n4,5,9,7\n' >constant.csv
    run --separate-stderr -0 linreg-train -q -t y -o model constant.csv
}

@test "more columns than memory has room for are told, with what to do" {
    seq -s, -f 'c%.0f' 600000 >wide.csv
    run --separate-stderr -1 linreg-train -t c1 -o model wide.csv
    assert_equal "$output" ""
    assert_regex "$stderr" \
        "^linreg-train: wide.csv: 599999 columns need about 8640 GB of memory, which grows with their square, but"\
" [0-9]+ GB are allowed; use --exclude to omit columns, or nn-train, which learns the same model step by step$"
    assert_not_exist model
}

@test "bad numbers are refused with their place" {
    printf 'a,y\n1,2\nx,3\n' >word.csv
    fails 1 "linreg-train: word.csv:3: column 1 'a': 'x' is not a number" linreg-train -t y -o model word.csv
    printf 'a,y\n1,2\ninf,3\n4,5\n' >infinite.csv
    fails 1 "linreg-train: infinite.csv:3: column 1 'a': the value is infinite" linreg-train -t y -o model infinite.csv
    printf 'a,w,y\n1,1,2\n2,-1,3\n4,1,5\n' >negative.csv
    fails 1 "linreg-train: negative.csv:3: column 2 'w': the weight is negative" \
        linreg-train -t y -w w -o model negative.csv
    printf 'a,w,y\n1,0,2\n2,0,3\n' >zero.csv
    fails 1 "linreg-train: zero.csv: the weights sum to 0" linreg-train -t y -w w -o model zero.csv
    printf 'a,y\n1,2\n1e200,3\n4,5\n' >huge.csv
    fails 1 "linreg-train: huge.csv: the numbers are too large: their squares overflow" \
        linreg-train -t y -o model huge.csv
    printf 'a,y\n' >header.csv
    fails 1 "linreg-train: header.csv: there are no rows" linreg-train -t y -o model header.csv
    printf 'a,y\nNA,1\n' >gap.csv
    fails 1 "linreg-train: gap.csv: every row has a missing value" linreg-train -t y --missing skip -o model gap.csv
    assert_not_exists model
}

@test "options that make no sense are refused" {
    small
    try="; try 'linreg-train --help'"
    fails 2 "linreg-train: --l2 cannot be used with --prior-sd$try" \
        linreg-train -t y --l2 1 --prior-sd 1 small.csv
    fails 2 "linreg-train: --standardize requires --l1, --l2 or --prior-sd$try" \
        linreg-train -t y --standardize small.csv
    fails 2 "linreg-train: --l2: invalid value '-1': expected a number of at least 0$try" \
        linreg-train -t y --l2 -1 small.csv
    fails 2 "linreg-train: --l1: invalid value '-1': expected a number of at least 0$try" \
        linreg-train -t y --l1 -1 small.csv
    fails 2 "linreg-train: --l1 cannot be used with --prior-sd; use --l2$try" \
        linreg-train -t y --l1 1 --prior-sd 1 small.csv
    fails 2 "linreg-train: missing --target$try" linreg-train small.csv
    fails 2 "linreg-train: unknown option '--solver'$try" linreg-train -t y --solver newton small.csv
    fails 1 "linreg-train: nowhere.csv: cannot open: No such file or directory" linreg-train -t y nowhere.csv
}
