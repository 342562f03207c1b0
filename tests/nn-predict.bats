load helper

model=$files/good-logistic.model
head="sepal_length,sepal_width"

# Usage: rows TEXT — a file t.csv with those lines behind the header.
rows() {
    printf "$head\n$1" >t.csv
}

# Usage: compare FILE COLUMN REFERENCE COLUMN ROWS — every row within 1e-12.
compare() {
    run awk -F, -v a="$2" -v b="$4" -v rows="$5" '
        FNR == 1 { for (i = 1; i <= NF; i++) if ($i == (NR == 1 ? a : b)) column = i; next }
        NR == FNR { value[FNR] = $column; next }
        { d = value[FNR] - $column; if (d > 1e-12 || d < -1e-12) { print FNR; exit 1 } n++ }
        END { if (n != rows) exit 1 }' "$1" "$3"
    assert_success
}

@test "probabilities and logits of a logistic model are those of statsmodels" {
    nn-predict -m "$model" --output all "$data/iris.csv" >out.csv
    compare out.csv p_virginica "$ref/predict-logistic.csv" p 150
    compare out.csv logit_virginica "$ref/predict-logistic.csv" logit 150
}

@test "probabilities of a softmax model are those of statsmodels" {
    nn-predict -m "$files/good-softmax.model" "$data/wine.csv" >out.csv
    for class in 0 1 2; do
        compare out.csv "p_class_$class" "$ref/predict-softmax.csv" "p_class_$class" 178
    done
}

@test "each output has its columns" {
    rows '5,3\n'
    run -0 nn-predict -m "$model" t.csv
    assert_line -n 0 p_virginica
    run -0 nn-predict -m "$model" --output logit t.csv
    assert_line -n 0 logit_virginica
    run -0 nn-predict -m "$model" --output label t.csv
    assert_output $'predicted\nother'
    run -0 nn-predict -m "$files/good-softmax.model" --output all "$data/wine.csv"
    assert_line -n 0 predicted,p_class_0,p_class_1,p_class_2,logit_class_0,logit_class_1,logit_class_2
}

@test "the threshold moves the positive label" {
    rows '5,3\n'
    run -0 nn-predict -m "$model" --output label --threshold 0.03 t.csv
    assert_output $'predicted\nvirginica'
}

@test "columns are matched by name, whatever their order" {
    printf 'x,sepal_width,sepal_length\na,3,5\n' >other.csv
    rows '5,3\n'
    assert_equal "$(nn-predict -m "$model" other.csv)" "$(nn-predict -m "$model" t.csv)"
}

@test "--append keeps the bytes of each row" {
    rows '"5",3.00\n'
    run -0 nn-predict -m "$model" --append --output label t.csv
    assert_output "$head,predicted"$'\n"5",3.00,other'
    printf 'sepal_length sepal_width\n5   3\n' >t.txt
    run -0 nn-predict -m "$model" --append --output label t.txt
    assert_output $'sepal_length sepal_width predicted\n5   3 other'
    run -0 nn-predict -m "$model" --append --output label - <<<$'sepal_length\tsepal_width\n5\t3'
    assert_output $'sepal_length\tsepal_width\tpredicted\n5\t3\tother'
}

@test "--missing skip leaves the prediction empty and the rows aligned" {
    rows 'NA,3\n5,3\n'
    run -0 nn-predict -m "$model" --missing skip --append --output label t.csv
    assert_output "$head,predicted"$'\nNA,3,\n5,3,other'
}

@test "the model is read from standard input too" {
    rows '5,3\n'
    assert_equal "$(nn-predict -m - t.csv <"$model")" "$(nn-predict -m "$model" t.csv)"
}

@test "a header alone gives a header alone" {
    rows ''
    run -0 nn-predict -m "$model" t.csv
    assert_output p_virginica
}

@test "any number of threads gives the same bytes" {
    { cat "$data/iris.csv"; for i in {1..200}; do tail -n +2 "$data/iris.csv"; done; } >many.csv
    nn-predict -m "$model" --append -j 1 many.csv >one
    nn-predict -m "$model" --append -j 4 many.csv >four
    assert_equal "$(wc -l <one)" 30151
    cmp one four
}

@test "bad rows are named" {
    rows 'NA,3\n'
    fails 1 "nn-predict: t.csv:2: column 1 'sepal_length': the value is missing; --missing skip leaves such predictions empty" \
        nn-predict -m "$model" t.csv
    rows '5,inf\n'
    fails 1 "nn-predict: t.csv:2: column 2 'sepal_width': the value is infinite" nn-predict -m "$model" t.csv
    rows '5,3\nx,3\n'
    fails 1 "nn-predict: t.csv:3: column 1 'sepal_length': 'x' is not a number" nn-predict -m "$model" t.csv
}

@test "features that are not there are named" {
    printf 'sepal_lenght,sepal_width\n5,3\n' >t.csv
    fails 1 "nn-predict: t.csv: the model's feature 'sepal_length' is not there; did you mean 'sepal_lenght'?" \
        nn-predict -m "$model" t.csv
    echo 5,3 >t.csv
    fails 1 "nn-predict: t.csv: there is no header to find the model's feature 'sepal_length' by" nn-predict -m "$model" t.csv
}

@test "--append never makes a second column of a name" {
    printf '%s,p_virginica\n5,3,1\n' "$head" >t.csv
    fails 1 "nn-predict: t.csv: there is a column 'p_virginica' already; --append would add another" \
        nn-predict -m "$model" --append t.csv
}

@test "usage errors" {
    fails 2 "nn-predict: option --model is required; try 'nn-predict --help'" nn-predict
    fails 2 "nn-predict: the model and the rows cannot both be read from standard input; try 'nn-predict --help'" nn-predict -m -
    fails 2 "nn-predict: --threshold: 2 is above 1; try 'nn-predict --help'" nn-predict -m "$model" --threshold 2
}

@test "results that cannot be written are an error" {
    rows '5,3\n'
    run -1 bash -c 'nn-predict -m "$1" t.csv >/dev/full' - "$model"
}

# Usage: assert_intervals CASE PREFIX — rows 1 and 150 of $output have R's bounds.
assert_intervals() {
    local case row lower upper rest n=0
    while IFS=, read -r case row lower upper rest; do
        [ "$case" = "$1" ] || continue
        assert_close "$(cell "$row" "$2_lower")" "$lower" 1e-9
        assert_close "$(cell "$row" "$2_upper")" "$upper" 1e-9
        n=$((n + 1))
    done <"$ref/interval.csv"
    assert_equal $n 2
}

@test "confidence intervals are those of R's predict" {
    linreg-train -t petal_width,sepal_width --exclude species -o linear.model "$data/iris.csv"
    run -0 nn-predict -m linear.model --interval 0.9 "$data/iris.csv"
    assert_line --index 0 mean_petal_width,mean_sepal_width,mean_petal_width_lower,mean_petal_width_upper,mean_sepal_width_lower,mean_sepal_width_upper
    assert_intervals petal_width mean_petal_width
    assert_intervals sepal_width mean_sepal_width
    logreg-train -t diagnosis -x mean_radius,mean_texture -o logistic.model "$data/breast-cancer.csv"
    run -0 nn-predict -m logistic.model --interval 0.95 --output all "$data/breast-cancer.csv"
    assert_line --index 0 predicted,p_malignant,p_malignant_lower,p_malignant_upper,logit_malignant,logit_malignant_lower,logit_malignant_upper
    assert_intervals logit logit_malignant
    assert_intervals probability p_malignant
}

@test "rows that lack a value have no interval either" {
    printf 'a,y\n1,2\n2,3\n3,5\n' | linreg-train -t y -o model
    printf 'a\n1\nNA\n' >gap.csv
    run -0 nn-predict -m model --interval 0.95 --missing skip gap.csv
    assert_line --index 2 ,,
}

@test "models without a covariance have no intervals" {
    linreg-train -t petal_width --exclude species --l2 1 -o model "$data/iris.csv"
    fails 1 "nn-predict: the model holds no covariance of its coefficients, which intervals need" \
        nn-predict -m model --interval 0.95 "$data/iris.csv"
    printf '1,y\n1,2\n2,3\n3,5\n' | linreg-train --header yes -t y -o model
    printf '1 1:2\n' >rows.svm
    fails 1 "nn-predict: --interval: svmlight rows have no confidence intervals" nn-predict -m model --interval 0.95 rows.svm
    fails 2 "nn-predict: --interval: 1 is above 0.999999999; try 'nn-predict --help'" \
        nn-predict -m model --interval 1 "$data/iris.csv"
}
