load ../helper

# Standard errors and intervals of classes: which estimate they are, and their digits.

# Usage: assert_errors CASE TOLERANCE — the model has the estimates and errors of a case of the reference file.
assert_errors() {
    model-show --to csv model >shown.csv
    awk -F, -v OFS=$'\t' -v name="se $1" -v t="$2" '$1 == name { print ++row, "class", $2, 0; print row, "term", $3, 0
        print row, "estimate", $4, 1e-8; print row, "se", $5, t }' "$ref/inference.csv" |
        assert_cells shown.csv
}

# Usage: assert_intervals CASE FILE — the predictions of the rows of FILE are those of a case of the reference file.
assert_intervals() {
    nn-predict -m model --interval 0.95 "$2" >shown.csv
    awk -F, -v OFS=$'\t' -v name="interval $1" '$1 == name { print $2 + 1, "p_" $3, $4, 1e-9
        print $2 + 1, "p_" $3 "_lower", $5, 1e-9; print $2 + 1, "p_" $3 "_upper", $6, 1e-9 }' "$ref/inference.csv" |
        assert_cells shown.csv
}

json_number() {
    model-show --to json model | sed -n 's/^ *"'"$1"'": \([^,]*\),*$/\1/p'
}

errors_of() {
    model-show --to json "$1" | sed -n 's/^ *"errors": "\(.*\)",*$/\1/p'
}

@test "errors of nearly collinear columns have nine digits" {
    for command in logreg-train softmax-train; do
        "$command" -t y -o model "$files/near-collinear.csv"
        assert_errors near 1e-9
    done
}

@test "class weights have sandwich errors, intervals included, of two and of three classes" {
    head -n 131 "$data/wine.csv" >two.csv
    logreg-train -t cultivar -x alcohol,malic_acid --class-weight class_1=0.25 -o model two.csv
    assert_errors two 1e-9
    assert_equal "$(errors_of model)" sandwich
    softmax-train -t cultivar -x alcohol,malic_acid --class-weight class_1=0.25 -o model two.csv
    assert_errors two 1e-9
    assert_intervals two two.csv
    awk -F, '{ print $0 "," (NR == 1 ? "w" : (NR - 2) % 3 + 1) }' "$data/wine.csv" >whole.csv
    for weights in -w --fweights; do
        softmax-train -t cultivar -x alcohol,malic_acid $weights w --class-weight class_0=0.5,class_1=2 -o model \
            whole.csv
        assert_errors classes 1e-9
        assert_intervals classes whole.csv
    done
}

@test "weights that are not whole have sandwich errors, whole ones those of repeated rows" {
    awk -F, '{ print $0 "," (NR == 1 ? "w,f" : ((NR - 2) % 4 + 1) / 4 "," (NR - 2) % 4 + 1) }' "$data/wine.csv" >w.csv
    for options in "-w w" "--aweights w" "--aweights f"; do
        softmax-train -t cultivar -x alcohol,malic_acid $options -o model w.csv
        assert_errors fractions 1e-9
        assert_equal "$(errors_of model)" sandwich
    done
    for options in "-w f" "--fweights f" ""; do
        softmax-train -t cultivar -x alcohol,malic_acid $options -o model w.csv
        assert_equal "$(errors_of model)" information
    done
    softmax-train -t cultivar -x alcohol,malic_acid --l2 0.1 --penalized-errors se -o model w.csv
    assert_equal "$(errors_of model)" penalised
}

@test "softmax models have intervals of the probabilities of classes" {
    softmax-train -t cultivar -x alcohol,malic_acid -o model "$data/wine.csv"
    assert_errors plain 1e-9
    assert_intervals plain "$data/wine.csv"
    softmax-train -t cultivar -x alcohol,malic_acid --reference class_2 -o model "$data/wine.csv"
    assert_intervals plain "$data/wine.csv"
}

@test "two classes of a softmax model have the intervals of a logistic one" {
    head -n 131 "$data/wine.csv" >two.csv
    softmax-train -t cultivar -x alcohol,malic_acid -o soft two.csv
    logreg-train -t cultivar -x alcohol,malic_acid -o logistic two.csv
    nn-predict -m soft --interval 0.9 two.csv >soft.csv
    nn-predict -m logistic --interval 0.9 two.csv >logistic.csv
    awk -F, -v OFS=$'\t' 'NR == 1 { split($0, name); next }
        { for (i = 1; i <= 3; i++) print NR - 1, name[i], $i, 1e-9 }' logistic.csv | assert_cells soft.csv
}

@test "a separated model says so: kind, columns and how they separate" {
    sed 52,101d "$data/iris.csv" >far.csv
    run ! logreg-train -t species -x 3,4 -o model far.csv
    run -0 model-show model
    assert_line --regexp "^separation +complete, by petal_length, petal_width \(each by itself\); no finite estimates\$"
    refute_output --partial "NOT converged"
    run -0 model-show --to json model
    assert_line --partial '"separation": "complete"'
    assert_line --partial '"separation_columns": ["petal_length", "petal_width"]'
    assert_line --partial '"separation_alone": 1'
}

# R: AIC, BIC, deviance, null.deviance, sum(residuals(fit, "pearson")^2), 1 - logLik / null logLik of
# glm(species == "virginica" ~ sepal_length + sepal_width, binomial) on rows 51 to 150 of iris
@test "measures of fit are those of R's glm, in text and JSON" {
    sed '2,51d' "$data/iris.csv" >two.csv
    for command in logreg-train softmax-train; do
        "$command" -t species -x 1,2 -o model two.csv
        for measure in aic=116.325708079242 bic=124.141218637206 deviance=110.325708079242 \
            deviance_null=138.629436111989 pearson=100.362841250886 pseudo_r_squared=0.204168240357573; do
            assert_close "$(json_number "${measure%=*}")" "${measure#*=}" 1e-11
        done
        run -0 model-show model
        assert_line "deviance        110.326"
        assert_line "Pearson chi^2   100.363"
        assert_line "McFadden's R^2  0.204168"
    done
}

# NumPy: trace of H (H + P)^-1 at the penalised optimum
@test "AIC under a penalty counts the effective coefficients, or is not given" {
    sed '2,51d' "$data/iris.csv" >two.csv
    logreg-train -t species -x 1,2 --l2 0.01 -o model two.csv
    assert_close "$(json_number effective_coefficients)" 2.42645707661816 1e-9
    loglik=$(json_number loglik)
    aic=$(awk -v l="$loglik" 'BEGIN { printf "%.17g", 2 * 2.42645707661816 - 2 * l }')
    assert_close "$(json_number aic)" "$aic" 1e-12
    softmax-train -t species -x 1,2 --l2 0.02 -o model two.csv # the same penalty of the difference
    assert_close "$(json_number effective_coefficients)" 2.42645707661816 1e-9
    logreg-train -t species -x 1,2 --l2 0.01 --solver lbfgs -o model two.csv
    run -0 model-show model
    refute_line --regexp "^(AIC|BIC) "
}

@test "the reference level of each category is shown" {
    awk -F, '{ print $0 "," (NR == 1 ? "size" : $1 > 5.8 ? "large" : "small") }' "$data/iris.csv" | sed '2,51d' >two.csv
    logreg-train -t species -x 2,size --categorical size --l2 0.1 -o model two.csv
    run -0 model-show model
    assert_line "reference level size=large"
}

@test "sums of weighted rows are marked, and class weights are named" {
    awk -F, 'NR == 1 || $5 != "setosa" { print $0 "," (NR == 1 ? "w,f" : NR % 3 + 1 "," (NR % 3 + 1) / 2) }' \
        "$data/iris.csv" >two.csv
    for options in "--class-weight balanced" "--aweights w" "-w f"; do
        logreg-train -t species -x 1,2 $options -o model two.csv
        run -0 model-show model
        assert_line --regexp "^log-likelihood .* \(weighted\)\$"
        assert_line --regexp "^AIC .* \(weighted\)\$"
        assert_line --regexp "^standard errors sandwich \(HC0\)\$"
    done
    assert_line --regexp "^weights +fractions of rows\$"
    logreg-train -t species -x 1,2 -w w -o model two.csv
    run -0 model-show model
    refute_output --partial weighted
    refute_output --partial sandwich
    logreg-train -t species -x 1,2 --class-weight balanced -o model two.csv
    run -0 model-show model
    assert_line --regexp "^class weights +balanced\$"
}

@test "errors of nearly collinear columns of any scale, with and without class weights, are those of 60 digits" {
    for case in $(seq 24); do
        awk -F, -v OFS=, -v case=$case 'NR == 1 || $1 == case { print $2, $3, $4 }' "$ref/near_collinear-rows.csv" \
            >rows.csv
        weights=$(awk -F, -v case=$case '$1 == case { print $2; exit }' "$ref/near_collinear.csv")
        logreg-train -q -t y ${weights:+--class-weight $weights} rows.csv | model-show --to csv >found.csv
        awk -F, -v OFS='\t' -v case=$case '$1 == case { size = $7 < 0 ? -$7 : $7
            print $6, "estimate", $7, 1e-7 * $8 / size; print $6, "se", $8, 1e-7 }' "$ref/near_collinear.csv" >expected
        assert_cells found.csv <expected || fail "table $case"
    done
}
