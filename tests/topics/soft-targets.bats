load ../helper

# softmax-train on columns of probabilities, one for each class.

# Iris with shares of the species as in tests/ref/soft_targets.py, and weights w.
soften() {
    awk -F, -v OFS=, '
        NR == 1 { print $0, "p_setosa", "p_versicolor", "p_virginica", "w"; next }
        { i = NR - 1; s = $5 == "setosa" ? 0 : $5 == "versicolor" ? 1 : 2; rest = 4 - i % 4
          q[s] = (10 - rest) / 10; q[(s + 1) % 3] = rest * (i % 3) / 20; q[(s + 2) % 3] = rest * (2 - i % 3) / 20
          printf "%s,%.2f,%.2f,%.2f,%d\n", $0, q[0], q[1], q[2], 1 + i % 3 }' "$data/iris.csv" >soft.csv
}

classes=p_setosa,p_versicolor,p_virginica
three=sepal_length,sepal_width,petal_width

# Usage: assert_reference CASE — the model has the estimates, errors and likelihoods of a case of the reference file.
assert_reference() {
    local row=0 case class term estimate se loglik null rest
    run -0 model-show --to csv model
    while IFS=, read -r case class term estimate se loglik null rest; do
        [ "$case" = "$1" ] || continue
        row=$((row + 1))
        assert_equal "$(cell $row class) $(cell $row term)" "$class $term"
        assert_close "$(cell $row estimate)" "$estimate" 1e-8
        [ -z "$se" ] || assert_close "$(cell $row se)" "$se" 1e-8
        assert_close "$(field loglik model)" "$loglik" 1e-11
        assert_close "$(field loglik_null model)" "$null" 1e-11
    done <"$ref/soft_targets.csv"
    [ $row -gt 0 ]
}

@test "estimates, errors and likelihoods are those that SciPy finds" {
    soften
    softmax-train -t $classes -x $three -o model soft.csv
    assert_reference plain
    softmax-train -t $classes -x $three -w w -o model soft.csv
    assert_reference weights
    softmax-train -t 'p_*' -x $three --fweights w -o model soft.csv
    assert_reference weights
    softmax-train -t $classes -x $three --l2 0.01 -o model soft.csv
    assert_reference l2
}

@test "every solver finds the same optimum" {
    soften
    softmax-train -t $classes -x $three --l2 0.01 -o best soft.csv
    for solver in newton newton-cg lbfgs "gd --learning-rate 0.5 --max-iter 20000"; do
        softmax-train -t $classes -x $three --l2 0.01 --solver $solver -o model soft.csv
        assert_close "$(field objective model)" "$(field objective best)" 1e-10
    done
    softmax-train -t $classes -x $three --l2 0.01 --solver sgd --epochs 100 -o model soft.csv
    assert_close "$(field objective model)" "$(field objective best)" 1e-3
    softmax-train -t $classes -x $three --l2 0.01 --init best -o model soft.csv
    assert_equal "$(field iterations model)" 0
}

@test "the gradient is that of the objective" {
    soften
    for how in "" "--l2 0.1" "-w w"; do
        run -0 softmax-train -t $classes -x $three $how --check-gradient soft.csv
        [ "$(cell 1 class)" != "" ]
        awk -v e="$(cell 1 relative_error)" 'BEGIN { exit !(e < 1e-6) }'
    done
}

@test "columns of 0 and 1 give what labels give" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "setosa", "versicolor", "virginica"; next }
        { print $0, $5 == "setosa", $5 == "versicolor", $5 == "virginica" }' "$data/iris.csv" >both.csv
    for how in "-x sepal_width" "-x $three --l2 0.01" "-x sepal_width --reference versicolor" "-x $three --l1 0.02" \
        "-x $three --l2 0.1 --solver sgd --epochs 5" "-x sepal_width,petal_width --l2 0.1 --solver newton-cg"; do
        softmax-train -t species $how -o labels both.csv
        softmax-train -t setosa,versicolor,virginica $how -o shares both.csv
        diff <(model-show --to csv --precision 10 labels) <(model-show --to csv --precision 10 shares)
        for name in loglik loglik_null objective; do
            assert_close "$(field $name shares)" "$(field $name labels)" 1e-12
        done
    done
    run -3 softmax-train -t species -x $three -o labels both.csv
    message=$output
    run -3 softmax-train -t setosa,versicolor,virginica -x $three -o shares both.csv
    assert_output "$message"
}

@test "shares of several classes keep coefficients finite" {
    soften
    softmax-train -t $classes -x petal_length,petal_width -o model soft.csv
    assert_equal "$(field converged model)" 1
}

@test "categories and rows that lack a share are as ever" {
    soften
    sed '2s/^5.1/4.9/' soft.csv | awk -F, -v OFS=, '{ print $0, NR == 1 ? "kind" : NR % 2 ? "a" : "b" }' >kinds.csv
    softmax-train -t $classes -x sepal_width,kind --categorical auto -o a kinds.csv
    awk -F, -v OFS=, 'NR == 1 { print $0, "kind=b" } NR > 1 { print $0, $10 == "b" }' kinds.csv >indicator.csv
    softmax-train -t $classes -x sepal_width,kind=b -o b indicator.csv
    diff <(model-show --to csv --precision 10 a) <(model-show --to csv --precision 10 b)
    sed '3s/,[^,]*,[^,]*$/,,1/' soft.csv >lacks.csv
    fails 1 "softmax-train: lacks.csv:3: column 8 'p_virginica': the value is missing;"\
" use --missing skip to omit such rows" \
        softmax-train -t $classes -x $three -o model lacks.csv
    softmax-train -q -t $classes -x $three --missing skip -o a lacks.csv
    sed 3d soft.csv >without.csv
    softmax-train -t $classes -x $three -o b without.csv
    diff <(model-show --to csv a) <(model-show --to csv b)
}

@test "the same bits for any number of threads" {
    soften
    for i in 1 2 3 4 5 6 7 8 9; do tail -n +2 soft.csv; done >rows
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do cat rows; done | cat <(head -n 1 soft.csv) - >long.csv
    softmax-train -t $classes -x $three -j 1 -o one long.csv
    softmax-train -t $classes -x $three -j 3 -o three long.csv
    diff <(model-show --to csv one) <(model-show --to csv three)
}

@test "predictions come in columns called by the classes" {
    soften
    softmax-train -t $classes -x $three -o model soft.csv
    run -0 nn-predict -m model soft.csv
    assert_line --index 0 p_p_setosa,p_p_versicolor,p_p_virginica
    run -0 model-show model
    assert_line --index 0 "Multinomial logistic regression of $classes, 3 classes, reference p_setosa"
}

@test "targets that are no probabilities are errors" {
    soften
    sed '4s/0\.[0-9]*,\([0-9]*\)$/0.5,\1/' soft.csv >sum.csv
    wrong=$(sed -n 4p sum.csv | awk -F, '{ printf "%.15g", $6 + $7 + $8 }')
    fails 1 "softmax-train: sum.csv:4: the probabilities sum to $wrong, not to 1" \
        softmax-train -t $classes -x $three -o model sum.csv
    awk -F, -v OFS=, 'NR == 5 { $6 = -0.1; $7 = 1.1; $8 = 0 } 1' soft.csv >negative.csv
    fails 1 "softmax-train: negative.csv:5: column 6 'p_setosa': the probability -0.1 is not between 0 and 1" \
        softmax-train -t $classes -x $three -o model negative.csv
    awk -F, -v OFS=, 'NR == 5 { $6 = "0.3333333"; $7 = "0.3333333"; $8 = "0.3333333" } 1' soft.csv >nearly.csv
    softmax-train -t $classes -x $three -o nearly nearly.csv
    awk -F, -v OFS=, 'NR > 1 { $7 += $6; $6 = 0 } 1' soft.csv >none.csv
    fails 1 "softmax-train: none.csv: all rows of class 'p_setosa' have weight 0" \
        softmax-train -t $classes -x $three -o model none.csv
    fails 1 "softmax-train: soft.csv: column 5 'species' is text and cannot be the target" \
        softmax-train -t species,p_setosa -x $three -o model soft.csv
    fails 1 "softmax-train: soft.csv: column 'p_setosa' is the target and cannot also be a feature" \
        softmax-train -t $classes -x p_setosa -o model soft.csv
    fails 2 "softmax-train: --class-weight requires one class per row, not class probabilities;"\
" try 'softmax-train --help'" \
        softmax-train -t $classes -x $three --class-weight balanced -o model soft.csv
    fails 2 "softmax-train: --solver online cannot be used with 3 target columns; use one column of labels;"\
" try 'softmax-train --help'" \
        softmax-train -t $classes -x $three --solver online -o model soft.csv
    assert_not_exist model
}
