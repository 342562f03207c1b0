load helper

# Usage: coefficients ARG... — the table of the model that these arguments give, in $output.
coefficients() {
    softmax-train -o model "$@"
    run -0 model-show --to csv model
}

# Usage: value CLASS TERM COLUMN — a cell of $output.
value() {
    awk -F, -v class="$1" -v term="$2" -v name="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
        $1 == class && $2 == term { print $column; found = 1 }
        END { exit !found }' <<<"$output"
}

# Usage: assert_reference CASE [TOLERANCE] — $output has the estimates and errors of a case of the reference file.
assert_reference() {
    awk -F, -v OFS='\t' -v name="$1" -v tolerance="${2:-1e-8}" '$1 == name {
        print "class=" $2 ";term=" $3, "estimate", $4, tolerance
        print "class=" $2 ";term=" $3, "se", $5, tolerance }' "$ref/softmax.csv" | assert_cells
}

small() {
    printf 'a,b,y\n1,2,u\n2,1,v\n3,4,w\n4,3,v\n2,2,u\n3,1,w\n1,1,w\n4,4,u\n2,3,v\n1,1,v\n3,3,u\n' >small.csv
}

@test "estimates and standard errors are those of extended precision" {
    coefficients -t species -x sepal_length "$data/iris.csv"
    assert_reference iris
    coefficients -t cultivar -x alcohol,malic_acid,ash "$data/wine.csv"
    assert_reference wine
}

@test "weights count as that number of rows" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + (NR - 1) % 4 }' "$data/wine.csv" >weighted.csv
    coefficients -t cultivar -x alcohol,malic_acid,ash -w w weighted.csv
    assert_reference weights
}

@test "each solver finds the same optimum" {
    coefficients -t cultivar -x alcohol,malic_acid,ash --solver newton "$data/wine.csv"
    assert_reference wine
    coefficients -t cultivar -x alcohol,malic_acid,ash --solver lbfgs --tol 1e-10 "$data/wine.csv"
    assert_reference wine 1e-7
    coefficients -t cultivar -x alcohol,malic_acid,ash --solver newton-cg --tol 1e-10 "$data/wine.csv"
    assert_reference wine 1e-7
    coefficients -t cultivar -x alcohol,malic_acid,ash --solver gd --learning-rate 1 --max-iter 20000 --tol 1e-11 \
        "$data/wine.csv"
    assert_reference wine 1e-7
}

@test "two classes give what logistic regression gives" {
    coefficients -t diagnosis -x mean_radius,mean_texture "$data/breast-cancer.csv"
    estimate=$(value malignant mean_radius estimate) se=$(value malignant mean_radius se)
    logreg-train -t diagnosis -x mean_radius,mean_texture -o logistic "$data/breast-cancer.csv"
    run -0 model-show --to csv logistic
    assert_close "$(value malignant mean_radius estimate)" "$estimate" 1e-9
    assert_close "$(value malignant mean_radius se)" "$se" 1e-9
}

@test "another reference class changes the point of view only" {
    coefficients -t cultivar -x alcohol,ash "$data/wine.csv"
    estimate=$(value class_1 alcohol estimate)
    coefficients -t cultivar -x alcohol,ash --reference class_1 "$data/wine.csv"
    assert_close "$(value class_0 alcohol estimate)" "$(awk -v x="$estimate" 'BEGIN { printf "%.17g", -x }')" 1e-9
}

@test "under a penalty all classes are alike: coefficients sum to 0" {
    coefficients -t cultivar --l2 0.01 "$data/wine.csv"
    awk -F, 'NR > 1 { sum[$2] += $3; size[$2] += $3 < 0 ? -$3 : $3 }
        END { for (t in sum) if (sum[t] > 1e-9 * size[t] || sum[t] < -1e-9 * size[t]) exit 1 }' <<<"$output"
    assert_equal "$(value class_2 ash se)" ""
    newton=$(value class_2 ash estimate)
    coefficients -t cultivar --l2 0.01 --solver lbfgs --tol 1e-10 "$data/wine.csv"
    assert_close "$(value class_2 ash estimate)" "$newton" 1e-6
}

@test "handwritten digits reach the optimum of scikit-learn" {
    run --separate-stderr -0 softmax-train -v -t digit --l2 1e-3 -o model "$data/digits.csv.gz"
    [[ $stderr == *" = 0.013879193432"*" by newton in "* ]]
}

@test "the model has the same bytes for any number of threads" {
    for threads in 1 2 5; do
        LIKELY_THREADS=$threads softmax-train -q -t digit --l2 1e-2 "$data/digits.csv.gz" >model.$threads
    done
    cmp model.1 model.2
    cmp model.1 model.5
}

@test "the gradient agrees with differences of the objective" {
    run -0 softmax-train --check-gradient -t cultivar "$data/wine.csv"
    awk -v e="$(cell 1 relative_error)" 'BEGIN { exit !(e < 1e-6) }'
    run -0 softmax-train --check-gradient --l2 0.1 --seed 7 -t cultivar "$data/wine.csv"
    awk -v e="$(cell 1 relative_error)" 'BEGIN { exit !(e < 1e-6) }'
}

@test "a trace has a row per iteration" {
    softmax-train -t cultivar -x alcohol,ash --trace trace.csv -o model "$data/wine.csv"
    run -0 cat trace.csv
    assert_line --index 0 iteration,objective,gradient_norm,decrement,seconds
    assert_close "$(cell 1 objective)" 1.0860384436406854
}

@test "more coefficients of a class than rows are refused, and leave no model" {
    printf 'a,b,c,d,y\n1,7,2,5,x\n2,1,4,4,y\n3,4,5,3,z\n4,4,8,5,x\n' >few.csv
    fails 1 "softmax-train: few.csv: 4 rows cannot determine 5 coefficients per class;"\
" use --l2 to penalise coefficients, or --exclude to omit columns" \
        softmax-train -t y -o model few.csv
    printf 'a,b,x,y,z\n1,7,0.2,0.5,0.3\n2,1,0.4,0.4,0.2\n' >shares.csv
    fails 1 "softmax-train: shares.csv: 2 rows cannot determine 3 coefficients per class;"\
" use --l2 to penalise coefficients, or --exclude to omit columns" \
        softmax-train -t x..z -o model shares.csv
    assert_not_exist model
    softmax-train -q -t y --l2 0.1 -o model few.csv
    softmax-train -q -t x..z --l2 0.1 -o model shares.csv
}

@test "separation is named, and a model is written all the same" {
    fails 3 "softmax-train: quasi-complete separation by 'petal_length', 'petal_width' (each by itself):"\
" the likelihood has no maximum and the coefficients have no finite estimates; use --l2" \
        softmax-train -t species -o model "$data/iris.csv"
    assert_exist model
    run --separate-stderr -0 softmax-train -t species --l2 0.001 -o model "$data/iris.csv"
    assert_equal "$stderr" ""
}

@test "columns of very different scales do not stall a slight penalty" {
    awk -F, 'BEGIN { OFS = "," } NR == 1 { print $1, "twice", $2, $3, $4, $5; next } {
        print $1 * 1e8, $1 * 2e8, $2, $3, $4 * 1e-8, $5 }' \
        "$data/iris.csv" >scaled.csv
    run -0 --separate-stderr softmax-train -t species --l2 1e-4 -o model scaled.csv
    assert_equal "$stderr" ""
}

@test "constant columns are named and left out" {
    awk -F, 'NR == 1 { print $0 ",c"; next } { print $0 ",3" }' "$data/iris.csv" >constant.csv
    run --separate-stderr -0 softmax-train -t species -x sepal_length,c -o model constant.csv
    assert_equal "$stderr" \
        "softmax-train: column 'c' is constant or a linear combination of earlier columns; its coefficient is 0"
    run -0 model-show --to csv model
    assert_reference iris
    assert_equal "$(value virginica c estimate)" ""
}

@test "a solver that stops early leaves its best point and exits 3" {
    run --separate-stderr -3 softmax-train -t cultivar -x alcohol,ash --max-iter 2 -o model "$data/wine.csv"
    [[ $stderr == \
        "softmax-train: not converged after 2 iterations, the limit on iterations was reached: "*\
" standard errors from the optimum, required 0.0001; use --max-iter to allow more" ]]
    assert_exist model
}

@test "bad values are named with their place, and leave no model behind" {
    printf 'a,y\n1,u\n,v\n2,w\n' >missing.csv
    fails 1 "softmax-train: missing.csv:3: column 1 'a': the value is missing; use --missing skip to omit such rows" \
        softmax-train -t y -o model missing.csv
    printf 'a,y\n1,u\n-inf,v\n2,w\n' >inf.csv
    fails 1 "softmax-train: inf.csv:3: column 1 'a': the value is infinite" softmax-train -t y -o model inf.csv
    printf 'a,y\n1,u\nx,v\n' >text.csv
    fails 1 "softmax-train: text.csv:3: column 1 'a': 'x' is not a number" softmax-train -t y -o model text.csv
    printf 'a,w,y\n1,1,u\n2,-1,v\n' >negative.csv
    fails 1 "softmax-train: negative.csv:3: column 2 'w': the weight is negative" \
        softmax-train -t y -w w -o model negative.csv
    assert_not_exist model
}

@test "bad targets are refused" {
    small
    printf 'a,y\n1,u\n2,u\n' >one.csv
    fails 1 "softmax-train: one.csv: every row has the same class 'u' in the target column 'y'" \
        softmax-train -t y one.csv
    fails 1 "softmax-train: small.csv: column 'y' is the target and cannot also be a feature" \
        softmax-train -t y -x a,y small.csv
    fails 1 "softmax-train: small.csv: no column 'species'" softmax-train -t species small.csv
    fails 1 "softmax-train: small.csv: no row has the class 'z'; the classes are 'u', 'v', 'w'" \
        softmax-train -t y --reference z small.csv
}

@test "options that make no sense are refused" {
    small
    try="; try 'softmax-train --help'"
    fails 2 "softmax-train: missing --target$try" softmax-train small.csv
    fails 2 "softmax-train: --l2: invalid value '-1': expected a number of at least 0$try" \
        softmax-train -t y --l2 -1 small.csv
    fails 2 "softmax-train: --reference cannot be used with --l2, which treats all classes alike$try" \
        softmax-train -t y --reference u --l2 1 small.csv
    fails 2 "softmax-train: --learning-rate requires --solver gd or sgd$try" \
        softmax-train -t y --learning-rate 1 small.csv
    fails 2 "softmax-train: --l2 cannot be used with --prior-sd$try" \
        softmax-train -t y --l2 1 --prior-sd 2 small.csv
    fails 2 "softmax-train: --standardize requires --l1, --l2 or --prior-sd$try" \
        softmax-train -t y --standardize small.csv
    fails 2 "softmax-train: --confidence: invalid value '0': expected a number of at least 1e-6$try" \
        softmax-train -t y --confidence 0 small.csv
}

@test "files that cannot be read or written are named" {
    small
    fails 1 "softmax-train: nofile.csv: cannot open: No such file or directory" softmax-train -t y nofile.csv
    fails 1 "softmax-train: /dev/full: cannot write: No space left on device" softmax-train -t y -o /dev/full small.csv
}
