load ../helper

# --class-weight of logreg-train and softmax-train.

flowers() {
    awk -F, -v OFS=, 'NR == 1 { print $0, "wide"; next } { print $0, ($2 > 3.4 ? "yes" : "no") }' "$data/iris.csv" \
        >wide.csv
    sed 2,21d "$data/iris.csv" >flowers.csv
}

# Usage: assert_reference CASE — $output has the classes, terms and estimates of a case of the reference file.
assert_reference() {
    local row=0 case class term estimate rest
    while IFS=, read -r case class term estimate rest; do
        [ "$case" = "$1" ] || continue
        row=$((row + 1))
        assert_equal "$(cell $row class) $(cell $row term)" "$class $term"
        assert_close "$(cell $row estimate)" "$estimate" 1e-8
    done <"$ref/class_weights.csv"
    [ $row -gt 0 ]
}

# The models a and b have the same estimates. (Their errors differ: weights of rows may be counts.)
same_models() {
    diff <(model-show --to csv a | awk -F, '{ printf "%s,%s,%.9g\n", $1, $2, $3 }') \
        <(model-show --to csv b | awk -F, '{ printf "%s,%s,%.9g\n", $1, $2, $3 }')
}

@test "estimates are those of scikit-learn" {
    flowers
    run -0 bash -c 'logreg-train -t wide -x sepal_length,petal_length --class-weight balanced wide.csv |
        model-show --to csv'
    assert_reference balanced
    run -0 bash -c 'logreg-train -t wide -x sepal_length,petal_length --class-weight yes=3,no=1 wide.csv |
        model-show --to csv'
    assert_reference given
    run -0 bash -c 'softmax-train -t species -x sepal_width,petal_width --l2 0.01 --class-weight balanced flowers.csv |
        model-show --to csv'
    assert_reference softmax
}

@test "the weights of classes multiply those of rows" {
    flowers
    awk -F, -v OFS=, 'NR == 1 { print $0, "w", "both"; next } { w = NR % 4;
        print $0, w, w * ($6 == "yes" ? 3 : 0.5) }' wide.csv >weighted.csv
    for way in "" "--l2 0.1 --standardize" "--solver lbfgs --tol 1e-11" "--solver sgd --epochs 5"; do
        logreg-train -t wide -x 1,3 -w w --class-weight no=.5,yes=3 $way -o a weighted.csv
        logreg-train -t wide -x 1,3 -w both $way -o b weighted.csv
        same_models
    done
    awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, $5 == "setosa" ? 2 : 1 }' flowers.csv >weighted.csv
    softmax-train -t species -x sepal_width --class-weight setosa=2 -o a flowers.csv
    softmax-train -t species -x sepal_width -w w -o b weighted.csv
    same_models
}

@test "balanced classes have the same weight together, rows of weight 2 counting twice" {
    flowers
    awk -F, -v OFS=, 'NR == 1 { print $0, "w"; next } { print $0, 1 + NR % 2 }' wide.csv >weighted.csv
    awk -F, 'NR == 1 { print; next } { for (i = 0; i < $7; i++) print }' weighted.csv >repeated.csv
    logreg-train -t wide -x 1,3 -w w --class-weight balanced -o a weighted.csv
    logreg-train -t wide -x 1,3 --class-weight balanced -o b repeated.csv
    same_models
    run -0 nn-predict -m b repeated.csv
    tail -n +2 <<<"$output" | paste -d, - <(tail -n +2 repeated.csv) |
        awk -F, '{ s[$7] += $1; n[$7]++ } END { m = (s["yes"] / n["yes"] + s["no"] / n["no"]) / 2 - .5;
        exit !(m < 1e-9 && m > -1e-9) }'
}

@test "sparse rows have classes with weights, too" {
    flowers
    awk -F, 'NR > 1 { print $6, "1:" $1, "2:" $3 }' wide.csv >wide.svm
    logreg-train -t wide -x 1,3 --class-weight balanced wide.csv | model-show --to csv | cut -d, -f3 >dense
    logreg-train -t label --class-weight balanced wide.svm | model-show --to csv | cut -d, -f3 >sparse
    paste dense sparse | awk 'NR > 1 { d = $1 - $2; if (d > 1e-8 || d < -1e-8) { print; bad = 1 } } END { exit bad ||
        NR != 4 }'
}

@test "bad weights are errors" {
    flowers
    fails 1 "logreg-train: wide.csv: no row has the class 'maybe'; the classes are 'no', 'yes'" \
        logreg-train -t wide -x 1 --class-weight maybe=2 -o model wide.csv
    assert_not_exist model
    for weight in yes yes= =2 yes=0 yes=-1 yes=inf yes=nan ""; do
        fails 2 "logreg-train: --class-weight: invalid value '$weight': expected balanced or LABEL=W with W above 0;"\
" try 'logreg-train --help'" \
            logreg-train -t wide -x 1 --class-weight "$weight" wide.csv
    done
    fails 2 "softmax-train: --class-weight: invalid value 'x': expected balanced or LABEL=W with W above 0;"\
" try 'softmax-train --help'" \
        softmax-train -t wide -x 1 --class-weight yes=1,x wide.csv
    fails 2 "logreg-train: --class-weight: 'yes' is listed twice; try 'logreg-train --help'" \
        logreg-train -t wide -x 1 --class-weight yes=1,no=2,yes=3 wide.csv
    fails 2 \
        "logreg-train: --class-weight cannot be used with --solver online; use --weights; try 'logreg-train --help'" \
        logreg-train -t wide -x 1 --solver online --class-weight yes=1 wide.csv
    fails 2 "logreg-train: --categorical cannot be used with --solver online; try 'logreg-train --help'" \
        logreg-train -t wide --solver online --categorical auto wide.csv
}
