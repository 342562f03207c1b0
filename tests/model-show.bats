load helper

model=$files/good-logistic.model

@test "the text has what a statistician looks for" {
    run -0 model-show "$model"
    assert_line -n 0 "Logistic regression of species, positive class virginica against other"
    assert_line "log-likelihood  -57.9496"
    assert_line "AIC             121.899"
    assert_line --regexp '^sepal_length +2\.60253 +0\.440587 +5\.90696 +3\.48472e-9 +1\.739 +3\.46607$'
}

@test "coefficients are rows with standard errors" {
    output=$(model-show --to csv "$model")
    assert_close "$(cell 2 estimate)" 2.602530631815367
    assert_close "$(cell 2 se)" 0.4405869299252663
    assert_close "$(cell 2 p)" 3.48472270507e-9 1e-7
    assert_equal "$(cell 1 term)" "(intercept)"
    assert_equal "$(cell 1 class)" virginica
}

@test "the confidence level moves the intervals" {
    output=$(model-show --to csv --confidence 0.5 "$model")
    assert_close "$(cell 2 upper)" "$(awk 'BEGIN { printf "%.15g", 2.602530631815367 + 0.674489750196082 * 0.4405869299252663 }')"
}

@test "the reference class of a softmax model has no rows" {
    run -0 model-show --to csv --precision 4 "$files/good-softmax.model"
    assert_equal "${#lines[@]}" 7
    refute_output --partial class_0
    run -0 model-show "$files/good-softmax.model"
    assert_line -n 0 "Multinomial logistic regression of cultivar, 3 classes, reference class_0"
}

@test "free parameters are counted" {
    run -0 model-show --count "$model"
    assert_output 3
    run -0 model-show --count "$files/good-softmax.model"
    assert_output 6
}

@test "JSON holds every field" {
    run -0 model-show --to json "$model"
    assert_line --partial '"kind": "logistic"'
    assert_line --partial '"features": ["sepal_length", "sepal_width"]'
    assert_line --partial '"aliased": []'
}

@test "a model comes through standard input too" {
    assert_equal "$(model-show <"$model")" "$(model-show "$model")"
}

@test "what is no model is refused, and why" {
    cp "$files"/bad-*.model .
    fails 1 "model-show: bad-truncated.model: the model is damaged: it is cut short" model-show bad-truncated.model
    fails 1 "model-show: bad-flipped.model: the model is damaged (its compressed data or its checksum is wrong)" \
        model-show bad-flipped.model
    fails 1 "model-show: bad-newer.model: the model was written by a newer likely (format 2; this one reads up to 1)" \
        model-show bad-newer.model
    fails 1 "model-show: bad-kind.model: this likely knows no model of the kind 'forest'" model-show bad-kind.model
    fails 1 "model-show: bad-not-a-model.model: this is not a model: what is compressed in it is something else" \
        model-show bad-not-a-model.model
    fails 1 "model-show: bad-no-coefficients.model: the model has no 'coefficients'" model-show bad-no-coefficients.model
    fails 1 "model-show: bad-shape.model: the model's 'coefficients' is not 1 x 3" model-show bad-shape.model
    echo a,b >t.csv
    fails 1 "model-show: t.csv: this is not a model: it does not begin as a gzip stream" model-show t.csv
    fails 1 "model-show: standard input: there is no model: the input is empty" model-show </dev/null
    fails 1 "model-show: nowhere: cannot open: No such file or directory" model-show nowhere
}

@test "usage errors" {
    fails 2 "model-show: one model at a time, not 2; try 'model-show --help'" model-show a b
}
