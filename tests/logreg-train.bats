load helper

five=mean_radius,mean_texture,mean_smoothness,mean_concavity,mean_symmetry

# Usage: coefficients ARG... — the table of the model that these arguments give, in $output.
coefficients() {
    logreg-train -o model "$@"
    run -0 model-show --to csv model
}

# Usage: assert_reference CASE [TOLERANCE] — $output has the estimates and errors of a case of the reference file.
assert_reference() {
    awk -F, -v OFS='\t' -v name="$1" -v tolerance="${2:-1e-8}" '$1 == name {
        print ++row, "term", $2, 0
        print row, "estimate", $3, tolerance
        print row, "se", $4, tolerance }' "$ref/logistic.csv" | assert_cells
}

# Usage: assert_same_estimates FILE FILE [TOLERANCE] — the same terms, in any order, with the same estimates.
assert_same_estimates() {
    join -t, <(tail -n +2 "$1" | cut -d, -f2,3 | sort -t, -k1,1) <(tail -n +2 "$2" | cut -d, -f2,3 | sort -t, -k1,1) |
        awk -F, -v t="${3:-1e-9}" '{ d = $2 - $3; d = d < 0 ? -d : d; s = $2 < 0 ? -$2 : $2; n++; if (d > t * s) {
        print; bad = 1 } }
            END { exit bad || n == 0 }'
}

small() {
    printf 'a,b,y\n1,2,no\n2,1,yes\n3,4,no\n4,3,yes\n2,2,yes\n3,1,no\n' >small.csv
}

@test "estimates and standard errors are those of R's glm" {
    coefficients -t diagnosis -x $five "$data/breast-cancer.csv"
    assert_reference cancer
    awk -F, '$5 != "setosa"' "$data/iris.csv" >two.csv
    coefficients -t species two.csv
    assert_reference iris
}

@test "weights count as that number of rows" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + (NR - 1) % 4 }' "$data/breast-cancer.csv" >weighted.csv
    coefficients -t diagnosis -x $five -w w weighted.csv
    assert_reference weights
    cp model weights.model
    awk -F, 'NR == 1 { print; next } { for (i = 0; i < $NF; i++) print }' weighted.csv >repeated.csv
    coefficients -t diagnosis -x $five repeated.csv
    assert_reference weights
}

@test "each solver finds the same optimum" {
    coefficients -t diagnosis -x $five --solver newton "$data/breast-cancer.csv"
    assert_reference cancer
    coefficients -t diagnosis -x $five --solver lbfgs --tol 1e-10 "$data/breast-cancer.csv"
    assert_reference cancer 1e-7
    coefficients -t diagnosis -x $five --solver newton-cg --tol 1e-10 "$data/breast-cancer.csv"
    assert_reference cancer 1e-7
    coefficients -t diagnosis -x $five --solver gd --learning-rate 1 --max-iter 20000 --tol 1e-11 \
        "$data/breast-cancer.csv"
    assert_reference cancer 1e-7
}

@test "the last label is the positive class unless another is named" {
    small
    coefficients -t y small.csv
    assert_equal "$(cell 1 class)" yes
    cp model yes
    first=$(cell 2 estimate)
    coefficients -t y --positive no small.csv
    assert_equal "$(cell 1 class)" no
    assert_close "$(cell 2 estimate)" "$(awk -v x="$first" 'BEGIN { printf "%.17g", -x }')" 1e-9
}

@test "the order of rows and columns does not matter" {
    coefficients -t diagnosis -x $five "$data/breast-cancer.csv"
    echo "$output" >plain
    (head -n 1 "$data/breast-cancer.csv"; tail -n +2 "$data/breast-cancer.csv" | tac) >reversed.csv
    coefficients -t diagnosis -x $five reversed.csv
    echo "$output" >reversed
    assert_same_estimates plain reversed
    coefficients -t diagnosis -x mean_symmetry,mean_concavity,mean_smoothness,mean_texture,mean_radius \
        "$data/breast-cancer.csv"
    echo "$output" >turned
    assert_same_estimates plain turned
}

@test "a column's scale decides nothing" {
    awk -F, -v OFS=, 'NR > 1 { $2 = $2 * 1e8 } { print }' "$data/breast-cancer.csv" >scaled.csv
    coefficients -t diagnosis -x $five "$data/breast-cancer.csv"
    plain=$(cell 3 estimate) plain_se=$(cell 3 se)
    coefficients -t diagnosis -x $five scaled.csv
    assert_close "$(cell 3 estimate)" "${plain}e-8" 1e-9
    assert_close "$(cell 3 se)" "${plain_se}e-8" 1e-9
}

@test "the model has the same bytes for any number of threads" {
    for threads in 1 2 5; do
        LIKELY_THREADS=$threads logreg-train -t diagnosis -x $five "$data/breast-cancer.csv" >model.$threads
    done
    cmp model.1 model.2
    cmp model.1 model.5
    logreg-train -t diagnosis -x $five "$data/breast-cancer.csv" >again
    cmp model.1 again
}

@test "penalties are per mean loss, and a prior's sd is another name for one" {
    coefficients -t diagnosis -x $five --l2 0.01 "$data/breast-cancer.csv"
    echo "$output" >l2
    assert_equal "$(cell 2 se)" ""
    # l2 = 1 / (569 sd^2)
    coefficients -t diagnosis -x $five --prior-sd 0.41922180815031856 "$data/breast-cancer.csv"
    echo "$output" >prior
    assert_same_estimates l2 prior
    coefficients -t diagnosis -x $five --l2 0.01 --solver lbfgs --tol 1e-11 "$data/breast-cancer.csv"
    echo "$output" >lbfgs
    assert_same_estimates l2 lbfgs 1e-7
}

@test "standardised penalties do not depend on a column's scale" {
    awk -F, -v OFS=, 'NR > 1 { $2 = $2 * 1000 } { print }' "$data/breast-cancer.csv" >scaled.csv
    coefficients -t diagnosis -x $five --l2 0.1 --standardize "$data/breast-cancer.csv"
    plain=$(cell 3 estimate)
    coefficients -t diagnosis -x $five --l2 0.1 --standardize scaled.csv
    assert_close "$(cell 3 estimate)" "${plain}e-3" 1e-9
}

@test "the objective that was minimised is said with -v" {
    small
    run --separate-stderr -0 logreg-train -v -t y --l2 0.1 -o model small.csv
    assert_equal "$output" ""
    [[ $stderr == "logreg-train: minimised (1/6) sum log(row) + 0.1/2 sum theta^2 = "*" by newton in "* ]]
    run --separate-stderr -0 logreg-train -t y -o model small.csv
    assert_equal "$stderr" ""
}

@test "a trace goes to standard output where the model does not" {
    logreg-train -t diagnosis -x $five --trace trace.csv -o model "$data/breast-cancer.csv"
    for solver in auto sgd online; do
        run --separate-stderr -0 logreg-train -t diagnosis -x $five --solver $solver --trace - -o again \
            "$data/breast-cancer.csv"
        [ $solver != auto ] || assert_equal "$(cut -d, -f1-3 <<<"$output")" "$(cut -d, -f1-3 trace.csv)"
        ((${#lines[@]} > 1))
        assert_exist again
        rm again
    done
    for output in "" "-o -"; do
        fails 2 "logreg-train: --trace - requires --output, as the model is written to standard output by default;"\
" try 'logreg-train --help'" \
            logreg-train -t diagnosis -x $five --trace - $output "$data/breast-cancer.csv"
    done
    refute [ -e ./- ]
}

@test "a trace has a row per iteration" {
    logreg-train -t diagnosis -x $five --trace trace.csv -o model "$data/breast-cancer.csv"
    assert_equal "$(head -n 1 trace.csv)" iteration,objective,gradient_norm,decrement,seconds
    run -0 cat trace.csv
    assert_equal "$(cell 1 iteration)" 0
    assert_close "$(cell 1 objective)" 0.6603163491952315
    awk -F, 'NR > 2 && $2 > last { exit 1 } { last = $2 }' trace.csv
}

@test "squared loss learns where log loss does, and says so in its objective" {
    coefficients -t diagnosis -x $five --loss squared "$data/breast-cancer.csv"
    assert_equal "$(cell 2 se)" ""
    run --separate-stderr -0 logreg-train -v -t diagnosis -x $five --loss squared -o model "$data/breast-cancer.csv"
    [[ $stderr == *"sum squared"*" = 0.0421923709368 by newton"* ]]
}

@test "the gradient agrees with differences of the objective" {
    for loss in log squared; do
        run -0 logreg-train --check-gradient --loss $loss -t diagnosis -x $five "$data/breast-cancer.csv"
        awk -v e="$(cell 1 relative_error)" 'BEGIN { exit !(e < 1e-6) }'
    done
    assert_not_exist model
}

@test "constant columns and copies are named and left out" {
    printf 'a,b,c,y\n1,7,2,no\n2,7,4,yes\n3,7,6,no\n4,7,8,yes\n2,7,4,yes\n3,7,6,no\n' >aliased.csv
    run --separate-stderr -0 logreg-train -t y -o model aliased.csv
    assert_equal "$stderr" \
        "logreg-train: column 'b' is constant or a linear combination of earlier columns; its coefficient is 0
logreg-train: column 'c' is constant or a linear combination of earlier columns; its coefficient is 0"
    run --separate-stderr -0 model-show --to csv model
    assert_equal "$(cell 3 estimate)" ""
    assert_equal "$(cell 4 se)" ""
    kept=$(cell 2 estimate)
    coefficients -t y -x a aliased.csv
    assert_close "$(cell 2 estimate)" "$kept" 1e-9
    run --separate-stderr -0 logreg-train -q -t y -o model aliased.csv
    assert_equal "$stderr" ""
}

@test "more coefficients than rows are refused, and leave no model" {
    printf 'a,b,c,k,w,y\n1,7,2,5,1,no\n2,1,4,5,2,yes\n3,4,5,5,0,no\n4,4,8,5,1,yes\n' >few.csv
    fails 1 "logreg-train: few.csv: 3 rows cannot determine 4 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
        logreg-train -t y -w w -o model few.csv
    for solver in auto newton newton-cg lbfgs; do
        fails 1 "logreg-train: few.csv: 4 rows cannot determine 5 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
            logreg-train -t y --solver $solver -o model few.csv
    done
    fails 1 "logreg-train: few.csv: 4 rows cannot determine 6 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
        logreg-train -t y --categorical a --exclude b -o model few.csv
    fails 1 "logreg-train: few.csv: 4 rows cannot determine 5 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
        logreg-train -t y --loss squared -o model few.csv
    assert_not_exist model
    # An equal number is no error, and frequencies are numbers of rows.
    run --separate-stderr -3 logreg-train -q -t y -x a,b,c few.csv
    run --separate-stderr -3 logreg-train -q -t y --fweights w few.csv
}

@test "with a penalty, or by a solver that stops on the way, more coefficients than rows can be had" {
    printf 'a,b,c,d,y\n1,7,2,5,no\n2,1,4,4,yes\n3,4,5,3,no\n4,4,8,5,yes\n' >few.csv
    for options in "--l2 0.1" "--l1 0.01" "--prior-sd 2" "--l1 0.01 --l2 0.01"; do
        run --separate-stderr -0 logreg-train -t y $options -o model few.csv
        assert_equal "$stderr" ""
    done
    run --separate-stderr -0 logreg-train -t y --check-gradient few.csv
    for solver in gd sgd online; do
        run --separate-stderr logreg-train -q -t y --solver $solver -o $solver few.csv
        ((status == 0 || status == 3))
        assert_exist $solver
    done
}

@test "complete separation is named, and a model is written all the same" {
    awk -F, '$5 != "virginica"' "$data/iris.csv" >separable.csv
    fails 3 "logreg-train: complete separation by 'petal_length', 'petal_width' (each by itself):"\
" the likelihood has no maximum and the coefficients have no finite estimates; use --l2" \
        logreg-train -t species -o model separable.csv
    assert_exist model
    run --separate-stderr -0 logreg-train -t species --l2 0.01 -o model separable.csv
    assert_equal "$stderr" ""
}

@test "quasi-complete separation is named" {
    printf 'a,mark,y\n1,0,no\n2,0,yes\n3,1,yes\n4,0,no\n5,0,yes\n1,1,yes\n2,0,no\n' >quasi.csv
    fails 3 "logreg-train: quasi-complete separation by 'mark': the likelihood has no maximum and the coefficients"\
" have no finite estimates; use --l2" \
        logreg-train -t y -o model quasi.csv
}

@test "separation is found where other classes are sure by far, by every solver" {
    printf '%s\n' x,c,y 3.61,a,no 0.18,a,no 2870,a,no 0.00802,a,yes 7.28,a,no 0.65,a,yes 0.345,b,yes 24.5,b,yes \
        0.00428,b,yes \
        0.0521,b,yes 0.71,b,yes 186,b,no 1.31,c,no 14.7,c,no >rows.csv
    for solver in newton newton-cg lbfgs; do
        fails 3 "logreg-train: quasi-complete separation by 'c=c': the likelihood has no maximum and the coefficients"\
" have no finite estimates; use --l2" \
            logreg-train -t y --categorical c --solver $solver -o model rows.csv
    done
    awk 'NR == 1 || !/,c,/ || /1.31/ { sub(/1.31,c,no/, "1.31,c,no\n2,c,yes"); print }' rows.csv >overlapped.csv
    for solver in newton newton-cg lbfgs; do
        run -0 --separate-stderr logreg-train -t y --categorical c --solver $solver -o model overlapped.csv
        assert_equal "$stderr" ""
    done
}

@test "classes that overlap by little of a large range are not separated" {
    awk 'BEGIN { srand(3); print "x,y"; for (i = 0; i < 200; i++) { x = 2e8 * rand() - 1e8;
        printf "%.17g,%d\n", x, (x > 0) }
        print "0.5,0"; print "-0.5,1" }' >rows.csv
    run -0 --separate-stderr logreg-train -t y -o model rows.csv
    assert_equal "$stderr" ""
}

@test "separation by columns together is found by every solver" {
    printf 'a,b,y\n1,2,no\n2,3,no\n3,4,no\n2,1,yes\n3,2,yes\n4,3,yes\n' >together.csv
    for solver in newton lbfgs gd; do
        fails 3 "logreg-train: complete separation by 'a', 'b' (together): the likelihood has no maximum and the"\
" coefficients have no finite estimates; use --l2" \
            logreg-train -t y --solver $solver -o model together.csv
    done
}

@test "a solver that stops early leaves its best point and exits 3" {
    small
    run --separate-stderr -3 logreg-train -t y --solver gd --max-iter 3 -o model small.csv
    [[ $stderr == \
        "logreg-train: not converged after 3 iterations, the limit on iterations was reached:"\
" at least "*" standard errors from the optimum, required 0.0001; use --max-iter to allow more" ]]
    assert_exist model
    run --separate-stderr -3 logreg-train -t y --solver gd --max-iter 1 small.csv
    [[ $stderr == "logreg-train: not converged after 1 iteration, "* ]]
}

@test "rows with missing values are an error, or are left out on demand" {
    printf 'a,y\n1,no\n,yes\n2,yes\n3,no\n1,yes\n' >missing.csv
    fails 1 "logreg-train: missing.csv:3: column 1 'a': the value is missing; use --missing skip to omit such rows" \
        logreg-train -t y -o model missing.csv
    assert_not_exist model
    run --separate-stderr -0 logreg-train -t y --missing skip -o model missing.csv
    assert_equal "$stderr" "logreg-train: 1 of 5 rows omitted because of missing values"
}

@test "bad values are named with their place, and leave no model behind" {
    printf 'a,y\n1,no\ninf,yes\n' >inf.csv
    fails 1 "logreg-train: inf.csv:3: column 1 'a': the value is infinite" logreg-train -t y -o model inf.csv
    printf 'a,y\n1,no\nx,yes\n' >text.csv
    fails 1 "logreg-train: text.csv:3: column 1 'a': 'x' is not a number" logreg-train -t y -o model text.csv
    printf 'a,y\nred,no\nblue,yes\n' >red.csv
    fails 1 "logreg-train: red.csv: column 1 'a' is text; use --categorical auto to encode text columns, or --exclude"\
" 'a' to omit the column" logreg-train -t y -o model red.csv
    printf 'a,y\n1e308,no\n-1e308,yes\n1,yes\n' >huge.csv
    fails 1 "logreg-train: huge.csv: the values of column 'a' are too large to compute with" \
        logreg-train -t y -o model huge.csv
    printf 'a,y\n' >header.csv
    fails 1 "logreg-train: header.csv: there are no rows" logreg-train -t y -o model header.csv
    assert_not_exist model
}

@test "bad weights are refused" {
    printf 'a,w,y\n1,1,no\n2,-1,yes\n' >negative.csv
    fails 1 "logreg-train: negative.csv:3: column 2 'w': the weight is negative" logreg-train -t y -w w negative.csv
    printf 'a,w,y\n1,0,no\n2,0,yes\n' >zero.csv
    fails 1 "logreg-train: zero.csv: all weights are 0" logreg-train -t y -w w zero.csv
    printf 'a,w,y\n1,0,no\n2,1,yes\n' >class.csv
    fails 1 "logreg-train: class.csv: all rows of class 'no' have weight 0" logreg-train -t y -w w class.csv
    fails 1 "logreg-train: class.csv: the target column cannot also hold the weights" logreg-train -t y -w y class.csv
    fails 1 "logreg-train: class.csv: column 'w' holds the weights and cannot also be a feature" \
        logreg-train -t y -w w -x w class.csv
}

@test "bad targets are refused" {
    small
    printf 'a,y\n1,no\n2,no\n' >one.csv
    fails 1 "logreg-train: one.csv: every row has the same class 'no' in the target column 'y'" \
        logreg-train -t y one.csv
    fails 1 "logreg-train: $data/iris.csv: the target column 'species' has 3 classes; logistic regression takes two;"\
" use softmax-train for more than two classes" \
        logreg-train -t species "$data/iris.csv"
    fails 1 "logreg-train: small.csv: column 'y' is the target and cannot also be a feature" \
        logreg-train -t y -x a,y small.csv
    fails 1 "logreg-train: small.csv: no column 'z'" logreg-train -t z small.csv
    fails 1 "logreg-train: small.csv: no feature columns are left" logreg-train -t y --exclude a,b small.csv
    fails 1 "logreg-train: small.csv: no row has the class 'maybe'; the classes are 'no', 'yes'" \
        logreg-train -t y --positive maybe small.csv
}

@test "options that make no sense are refused" {
    small
    try="; try 'logreg-train --help'"
    fails 2 "logreg-train: missing --target$try" logreg-train small.csv
    fails 2 "logreg-train: --l2: invalid value '-1': expected a number of at least 0$try" \
        logreg-train -t y --l2 -1 small.csv
    fails 2 "logreg-train: --l2: invalid value 'abc': expected a number$try" logreg-train -t y --l2 abc small.csv
    fails 2 "logreg-train: --l2 cannot be used with --prior-sd$try" logreg-train -t y --l2 1 --prior-sd 2 small.csv
    fails 2 "logreg-train: --standardize requires --l1, --l2 or --prior-sd$try" \
        logreg-train -t y --standardize small.csv
    fails 2 "logreg-train: --learning-rate requires --solver gd or sgd$try" \
        logreg-train -t y --learning-rate 1 small.csv
    fails 2 "logreg-train: --solver: invalid value 'simplex': expected auto, newton, newton-cg, lbfgs, gd, sgd or"\
" online$try" logreg-train -t y --solver simplex small.csv
    fails 2 "logreg-train: --max-iter: invalid value '0': expected a number of at least 1$try" \
        logreg-train -t y --max-iter 0 small.csv
    fails 2 "logreg-train: --confidence: invalid value '1.5': expected a number of at most 0.999999999$try" \
        logreg-train -t y --confidence 1.5 small.csv
    fails 2 "logreg-train: --trace cannot be used with --output of the same file$try" \
        logreg-train -t y -o m --trace m small.csv
    assert_not_exist m
}

@test "files that cannot be read or written are named" {
    small
    fails 1 "logreg-train: nofile.csv: cannot open: No such file or directory" logreg-train -t y nofile.csv
    fails 1 "logreg-train: nodir/trace: cannot open for writing: No such file or directory" \
        logreg-train -t y --trace nodir/trace small.csv
    fails 1 "logreg-train: /dev/full: cannot write: No space left on device" logreg-train -t y -o /dev/full small.csv
}
