load ../helper

three=sepal_length,sepal_width,petal_length
five=mean_texture,mean_perimeter,mean_smoothness,mean_concavity,mean_symmetry

# Usage: coefficients ARG... — the table of the model that these arguments give, in $output.
coefficients() {
    linreg-train -q -o model "$@"
    run -0 model-show --to csv model
}

# Usage: assert_reference CASE TARGET [TOLERANCE] — $output has the estimates and errors of a case of the reference file
# for a target.
assert_reference() {
    paste -d, <(awk -F, -v t="$2" '$1 == t { print $2 "," $3 "," $4 }' <<<"$output") \
        <(awk -F, -v c="$1" '$1 == c && $2 != "objective" { print $2 "," $3 "," $4 }' "$ref/robust.csv") |
        awk -F, -v tolerance="${3:-1e-8}" '
            function differ(a, b) { d = a - b; s = b < 0 ? -b : b; return (d < 0 ? -d : d) > tolerance * s }
            NF != 6 || $1 != $4 || differ($2, $5) || ($6 != "NA" && differ($3, $6)) { print; bad = 1 }
            END { exit bad || NR == 0 }'
}

# Usage: assert_objective CASE — the model has the case's least mean loss.
assert_objective() {
    assert_close "$(field objective)" "$(awk -F, -v c="$1" '$1 == c && $2 == "objective" {
        print $3 }' "$ref/robust.csv")" 1e-10
}

@test "Huber's loss has the optimum and the errors that its definition gives" {
    coefficients -t petal_width -x $three --loss huber-absolute:0.1 "$data/iris.csv"
    assert_reference huber-iris petal_width
    assert_objective huber-iris
    coefficients -t mean_area -x $five --loss huber-absolute:20 "$data/breast-cancer.csv"
    assert_reference huber-cancer mean_area
    assert_objective huber-cancer
    coefficients -t petal_width -x sepal_length,petal_length -w sepal_width --loss huber-absolute:0.1 "$data/iris.csv"
    assert_reference huber-weighted petal_width
    assert_objective huber-weighted
}

@test "least absolute deviations have the optimum that linear programming finds" {
    coefficients -t petal_width -x $three --loss l1 "$data/iris.csv"
    assert_reference l1-iris petal_width
    assert_objective l1-iris
    coefficients -t mean_area -x $five --loss l1 "$data/breast-cancer.csv"
    assert_reference l1-cancer mean_area
    assert_objective l1-cancer
    coefficients -t petal_width -x sepal_length,petal_length -w sepal_width --loss l1 "$data/iris.csv"
    assert_objective l1-weighted
}

@test "mean and sd have the optimum and the errors that their likelihood gives" {
    coefficients -t petal_width -x $three --heteroscedastic petal_length "$data/iris.csv"
    assert_reference sd-iris petal_width
    assert_reference sd-iris-sd "sd of petal_width"
    assert_objective sd-iris
    coefficients -t mean_area -x mean_texture,mean_concavity --heteroscedastic all "$data/breast-cancer.csv"
    assert_reference sd-cancer mean_area
    assert_reference sd-cancer-sd "sd of mean_area"
    assert_objective sd-cancer
}

@test "Huber's loss with a wide DELTA is least squares" {
    linreg-train -t petal_width -x $three --loss huber-absolute:1000 -o model "$data/iris.csv"
    linreg-train -t petal_width -x $three -o squares "$data/iris.csv"
    paste -d, <(model-show --to csv model) <(model-show --to csv squares) | tail -n +2 |
        awk -F, '{ d = $3 - $11; e = $4 - $12; if (d * d > 1e-20 || e * e > 1e-20) { print; bad = 1 } } END {
        exit bad || NR != 4 }'
}

@test "outliers hardly move the robust fits" {
    awk 'BEGIN { print "x,y";
        for (i = 1; i <= 100; i++) print i "," 3 + 2 * i + (i % 7 - 3) / 10 + (i % 20 == 0 ? 1e6 : 0) }' >far.csv
    for loss in l1 huber-absolute:0.5 huber; do
        coefficients -t y --loss $loss far.csv
        assert_close "$(cell 2 estimate)" 2 0.01
        assert_close "$(cell 1 estimate)" 3 0.2
    done
}

@test "a DELTA so narrow that no row is within it still has an optimum, but no errors" {
    awk 'BEGIN { print "x,y"; for (i = 1; i <= 110; i++) print i % 3 "," (i * 7) % 11 + i % 3 }' >tied.csv
    for delta in 0.5 0.01 1e-5; do
        coefficients -t y --loss huber-absolute:$delta tied.csv
        assert_equal "$(field converged)" 1
    done
    linreg-train -q -t y --loss l1 -o median tied.csv
    assert_close "$(awk -v o="$(field objective)" 'BEGIN { printf "%.17g", o / 1e-5 }')" \
        "$(model-show --to json median | sed -n 's/^  "objective": \(.*\),$/\1/p')" 1e-5
}

# Usage: assert_rows FILE CASE ESTIMATES ERRORS — $output has the estimates and errors of a case of a reference file, to
# these tolerances.
assert_rows() {
    paste -d, <(tail -n +2 <<<"$output") <(awk -F, -v c="$2" '$1 == c { print $2 "," $3 "," $4 "," $5 }' "$ref/$1") |
        awk -F, -v a="$3" -v b="$4" '
            function differ(x, y, t) { d = x - y; s = y < 0 ? -y : y; return (d < 0 ? -d : d) > t * s }
            NF != 12 || $2 != $9 || differ($3, $10, a) || differ($4, $11, b) { print; bad = 1 }
            $12 + 0 == $12 && differ($6, $12, 100 * b) { print; bad = 1 }
            END { exit bad || NR == 0 }'
}

# Usage: assert_median CASE — $output has the estimates and errors of a case of tests/ref/median.csv.
assert_median() {
    assert_rows median.csv "$1" 1e-10 1e-6
}

@test "Huber's loss with an estimated scale, its errors and p are those of R's rlm" {
    for case in cars: narrow::0.1 wide::3 through-0:--no-intercept importances:--aweights=carb; do
        IFS=: read -r name option delta <<<"$case"
        coefficients -t mpg -x wt,hp $option --loss "huber${delta:+:$delta}" "$ref/mtcars.csv"
        assert_rows rlm.csv "$name" 1e-9 1e-8
    done
    for option in --fweights -w; do
        coefficients -t mpg -x wt,hp $option carb --loss huber "$ref/mtcars.csv"
        assert_rows rlm.csv frequencies 1e-9 1e-8
    done
    assert_close "$(field error_scale)" "$(awk -F, '$1 == "frequencies" { print $6; exit }' "$ref/rlm.csv")" 1e-9
    assert_equal "$(field df_residual)" 87
    printf 'x,y\n1,1.2\n2,1.9\n3,3.4\n4,3.8\n5,5.6\n6,5.7\n7,9.5\n' >seven.csv
    coefficients -t y --loss huber seven.csv
    assert_rows rlm.csv seven 1e-9 1e-8
    printf '%s\n' x,y 980.191,-78.963 1609.435,227.826 4263.953,-502.425 4908.433,-109.711 5485.004,-85.640 \
        6194.265,194.003 6995.905,-29.175 7233.989,-24.662 7584.523,364.737 >noise.csv
    coefficients -t y --loss huber noise.csv
    assert_rows rlm.csv noise 1e-9 1e-8
    run -0 --separate-stderr linreg-train -t y --loss huber-absolute:1 -o model noise.csv
    assert_equal "$stderr" "linreg-train: only 2 of 9 errors are within DELTA: no standard errors are given;"\
" use a larger DELTA"
}

@test "Huber's regressions of random tables are those of R's rlm" {
    for case in {1..40}; do
        awk -F, -v OFS=, -v c="$case" 'NR == 1 || $1 == c { print $2, $3, $4 }' "$ref/rlm-rows.csv" >rows.csv
        coefficients -t y --loss huber rows.csv
        assert_rows rlm.csv "$case" 1e-8 1e-7
    done
}

@test "a scale that approaches 0 is told, with exit status 3" {
    awk 'BEGIN { print "x,y"; for (i = 1; i <= 20; i++) print i "," 2 * i + (i == 7) }' >line.csv
    run --separate-stderr -3 linreg-train -t y --loss huber -o model line.csv
    assert_equal "$stderr" \
        "linreg-train: the scale of the errors approaches 0, as too many rows are fitted exactly; use --loss l1"
    assert_exist model
}

@test "tests are Student's where the statistic is t, and normal where it is z" {
    coefficients -t mpg -x wt,hp --loss l1 "$ref/mtcars.csv"
    assert_median cars
    assert_equal "${lines[0]}" target,term,estimate,se,t,p,lower,upper
    assert_equal "$(field df_residual)" 29
    assert_close "$(cell 2 p)" 2.88095e-6 1e-5
    coefficients -t mpg -x wt,hp --heteroscedastic all "$ref/mtcars.csv"
    assert_equal "${lines[0]}" target,term,estimate,se,z,p,lower,upper
}

@test "errors of medians are those of quantreg's sandwich" {
    columns=mean_texture,mean_smoothness,mean_compactness
    awk -F, '{ print $0 "," (NR == 1 ? "f" : (NR - 1) % 4) }' "$data/breast-cancer.csv" >cancer.csv
    coefficients -t mean_radius -x $columns --loss l1 cancer.csv
    assert_median plain
    coefficients -t mean_radius -x $columns --loss l1 --no-intercept cancer.csv
    assert_median through-0
    for option in --fweights -w; do
        coefficients -t mean_radius -x $columns --loss l1 $option f cancer.csv
        assert_median frequencies
    done
    awk -F, '{ print $0 "," (NR == 1 ? "a" : 3 + 3.7 * ((NR - 1) % 4)) }' "$data/breast-cancer.csv" >importances.csv
    coefficients -t mean_radius -x $columns --loss l1 --aweights a importances.csv
    assert_median importances
    head -n 31 cancer.csv >few.csv
    coefficients -t mean_radius -x mean_texture --loss l1 few.csv
    assert_median few
    coefficients -t petal_width -x $three --loss l1 "$data/iris.csv"
    assert_median iris
    # quantreg, of powers of the year less 2015: the last coefficient is the same
    awk 'BEGIN { split("3 1 4 1 5 9 2 6 5 3", y); print "t,t2,t3,y"
        for (i = 1; i <= 10; i++) { t = 2010 + i; printf "%d,%d,%.0f,%d\n", t, t * t, t * t * t, y[i] } }' >cubic.csv
    coefficients -t y --loss l1 cubic.csv
    assert_close "$(cell 4 estimate)" -0.0380952380952381 1e-9
    assert_close "$(cell 4 se)" 0.124347384774 1e-7
    awk -F, -v OFS=, 'NR > 1 { $2 = $2 * 1e6; $4 = $4 / 1e6 } 1' "$data/iris.csv" >scaled.csv
    coefficients -t petal_width -x $three --loss l1 "$data/iris.csv"
    plain=$(cell 3 se)
    coefficients -t petal_width -x $three --loss l1 scaled.csv
    assert_close "$(cell 3 se)" "$(awk -v x="$plain" 'BEGIN { printf "%.17g", x / 1e12 }')" 1e-9
}

@test "medians have no errors where rows are as few as coefficients, and intervals where they are more" {
    coefficients -t petal_width -x sepal_length,petal_length -w sepal_width --loss l1 "$data/iris.csv"
    refute [ "$(cell 2 se)" = "" ]
    printf 'x,y\n1,2\n2,5\n' >few.csv
    run -0 --separate-stderr linreg-train -t y --loss l1 -o model few.csv
    assert_equal "$stderr" "linreg-train: 2 coefficients leave no degrees of freedom to weights that sum to 2:"\
" no standard errors are given"
    run -0 model-show --to csv model
    assert_equal "$(cell 2 se)" ""
    printf 'x,w,y\n1,0.1,1\n2,0.1,3\n3,0.2,2\n' >light.csv
    run -0 --separate-stderr linreg-train -t y --loss l1 -w w -o model light.csv
    assert_equal "$stderr" "linreg-train: 2 coefficients leave no degrees of freedom to weights that sum to 0.4:"\
" no standard errors are given"
    fails 1 \
        "linreg-train: light.csv: weights that sum to 0.4 leave no degrees of freedom to 2 coefficients and the scale"\
" of the errors; use --loss l1" linreg-train -t y --loss huber -w w light.csv
    linreg-train -t petal_width -x petal_length --loss l1 -o model "$data/iris.csv"
    run -0 nn-predict -m model --interval 0.95 "$data/iris.csv"
    assert_line --index 0 mean,mean_lower,mean_upper
}

@test "medians of rows that are fitted exactly, but for one, have no errors, and a notice" {
    run -0 --separate-stderr linreg-train -t y --loss l1 -o m <<<$'x,y\n1,1\n2,1\n3,1\n4,1\n5,1\n6,9\n7,1'
    assert_equal "$stderr" "linreg-train: the density of the errors at the median cannot be estimated from tied or few"\
" rows: no standard errors are given"
}

@test "l1 without features that matter gives the median" {
    printf 'x,y\n1,5\n1,1\n1,2\n1,100\n1,3\n' >median.csv
    run --separate-stderr -0 linreg-train -t y --loss l1 -o model median.csv
    assert_equal "$stderr" \
        "linreg-train: column 'x' is constant or a linear combination of earlier columns; its coefficient is 0"
    assert_equal "$(field coefficients)" 3,0
    assert_equal "$(field aliased)" x
}

@test "a line through most points is found exactly" {
    printf 'x,y\n1,3\n2,5\n3,7\n4,9\n5,11\n6,-50\n7,15\n' >line.csv
    coefficients -t y --loss l1 line.csv
    assert_close "$(cell 1 estimate)" 1 1e-12
    assert_close "$(cell 2 estimate)" 2 1e-12
}

@test "the likelihood with a linear sd is at least that of the truth" {
    awk 'BEGIN { srand(3); print "x,y,nll"; for (i = 0; i < 5000; i++) { x = 4 * rand(); sd = 0.5 + 0.25 * x
        z = sqrt(-2 * log(1 - rand())) * cos(6.283185307179586 * rand())
        printf "%.17g,%.17g,%.17g\n", x, 1 - 2 * x + sd * z, log(sd) + z * z / 2 + 0.918938533204672742 } }' >made.csv
    coefficients -t y -x x --heteroscedastic x made.csv
    awk -F, -v l="$(field loglik)" 'NR > 1 { s -= $3 } END { exit !(l >= s && l < s + 15) }' made.csv
    awk -F, 'NR > 1 { t[1] = 1; t[2] = -2; t[3] = 0.5; t[4] = 0.25; d = ($3 - t[NR - 1]) / $4; if (d * d > 12) { print;
        bad = 1 } }
        END { exit bad || NR != 5 }' <<<"$output"
}

@test "nn-predict writes the mean and the sd of each row" {
    printf 'x,y\n0,1\n1,1.5\n2,4\n3,2\n4,7\n0,0.9\n1,2\n2,2\n3,5\n4,3\n' >rows.csv
    coefficients -t y --heteroscedastic x rows.csv
    model=$output
    printf 'x\n2\n0.5\n' >new.csv
    run -0 nn-predict -m model new.csv
    assert_line --index 0 mean,sd
    for row in 1 2; do
        x=$([ $row = 1 ] && echo 2 || echo 0.5)
        assert_close "$(cell $row mean)" "$(awk -F, -v x=$x 'NR == 2 { s = $3 } NR == 3 {
            printf "%.17g", s + x * $3 }' <<<"$model")"
        assert_close "$(cell $row sd)" "$(awk -F, -v x=$x 'NR == 4 { s = $3 } NR == 5 {
            printf "%.17g", s + x * $3 }' <<<"$model")"
    done
    assert_equal "$(model-show --count model)" 4
    printf 'x\n1\n-1000\n' >far.csv
    fails 1 "nn-predict: far.csv:3: the model's sd is not positive there: the row is too far from those the model was"\
" fitted to" \
        nn-predict -m model far.csv
}

@test "nn-predict gives intervals of a robust mean" {
    linreg-train -t petal_width -x petal_length --loss huber-absolute:0.1 -o model "$data/iris.csv"
    run -0 nn-predict --interval 0.9 -m model "$data/iris.csv"
    assert_line --index 0 mean,mean_lower,mean_upper
}

@test "neither threads nor the memory limit change a byte" {
    for how in "--loss l1" "--loss huber-absolute:0.1" "--heteroscedastic petal_length"; do
        linreg-train -t petal_width -x $three $how -j 1 "$data/iris.csv" | model-show --to json |
            grep -v '"command"' >one
        linreg-train -t petal_width -x $three $how -j 3 --memory 1K "$data/iris.csv" | model-show --to json |
            grep -v '"command"' >two
        assert_files_equal one two
    done
}

@test "a row twice is a row of weight 2" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + NR % 2 }' "$data/iris.csv" >weighted.csv
    awk -F, 'NR == 1 { print; next } { print; if ($6 == 2) print }' weighted.csv >doubled.csv
    for how in "--loss l1" "--loss huber-absolute:0.1" "--heteroscedastic petal_length"; do
        linreg-train -t petal_width -x $three $how -w w weighted.csv | model-show --to csv >one
        linreg-train -t petal_width -x $three $how doubled.csv | model-show --to csv >two
        paste -d, one two | awk -F, 'NR > 1 { d = $3 - $11; e = $4 - $12; if (d * d > 1e-20 || e * e > 1e-20) { print;
            bad = 1 } } END { exit bad }'
    done
}

@test "options that make no sense together are refused" {
    fails 2 "linreg-train: --loss: invalid value 'log': expected l2, l1, huber[:DELTA] or"\
" huber-absolute:DELTA; try 'linreg-train --help'" \
        linreg-train -t y --loss log
    fails 2 "linreg-train: --loss: invalid value 'huber:0': expected huber:DELTA with a number DELTA above 0;"\
" try 'linreg-train --help'" linreg-train -t y --loss huber:0
    fails 2 "linreg-train: --heteroscedastic cannot be used with --loss l1; try 'linreg-train --help'" \
        linreg-train -t y --loss l1 --heteroscedastic all
    fails 2 "linreg-train: --loss l1 or huber cannot be used with --l1, --l2 or --prior-sd; try 'linreg-train --help'" \
        linreg-train -t y --loss l1 --l2 1
}

@test "several targets are for least squares" {
    fails 2 "linreg-train: --target: --loss l1, --loss huber and --heteroscedastic support one target, not 2;"\
" try 'linreg-train --help'" \
        linreg-train -t petal_width,petal_length --exclude species --loss l1 "$data/iris.csv"
}

@test "data that determine nothing are refused, and leave no model" {
    printf 'x,y\n1,2\n2,2\n3,2\n' >constant.csv
    fails 1 "linreg-train: constant.csv: the target 'y' is constant" linreg-train -t y --loss l1 -o model constant.csv
    assert_not_exist model
    printf 'a,b,c,y\n1,2,5,2\n2,7,1,3\n' >few.csv
    fails 1 "linreg-train: few.csv: 2 rows cannot determine 4 coefficients; use --exclude to omit columns" \
        linreg-train -t y --loss huber few.csv
    fails 1 "linreg-train: $data/iris.csv: no column 'species'" \
        linreg-train -t petal_width -x $three --heteroscedastic species -o model "$data/iris.csv"
    assert_not_exist model
}

@test "an sd that goes to 0 is told, with exit status 3" {
    printf 'x,y\n0,0\n1,1\n2,2\n3,3\n4,4\n5,9\n' >exact.csv
    run --separate-stderr -3 linreg-train -t y --heteroscedastic all -o model exact.csv
    assert_equal "$stderr" \
        "linreg-train: the standard deviation approaches 0 at a row, where the likelihood is unbounded;"\
" use fewer columns in --heteroscedastic"
    assert_exist model
}

@test "tests at a level of 5 percent reject 4 to 6.5 percent of true null hypotheses" {
    # A simulation with seeds, made by tests/ref/size.py
    awk -F, '/^#/ { next } { n++; if ($5 < 0.04 || $5 > 0.065) { print; bad = 1 } } END { exit bad || n != 18 }' \
        "$ref/size.csv"
}
