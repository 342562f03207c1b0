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
    assert_close "$(cell 2 upper)" \
        "$(awk 'BEGIN { printf "%.15g", 2.602530631815367 + 0.674489750196082 * 0.4405869299252663 }')"
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
    fails 1 "model-show: bad-truncated.model: the model is damaged: it is truncated" model-show bad-truncated.model
    fails 1 "model-show: bad-flipped.model: the model is damaged (its compressed data or its checksum is wrong)" \
        model-show bad-flipped.model
    fails 1 "model-show: bad-newer.model: the model was written by a newer likely (format 2; this one reads up to 1)" \
        model-show bad-newer.model
    fails 1 "model-show: bad-kind.model: this version of likely does not know models of the kind 'forest'" \
        model-show bad-kind.model
    fails 1 "model-show: bad-not-a-model.model: this is not a model: the compressed data is something else" \
        model-show bad-not-a-model.model
    fails 1 "model-show: bad-no-coefficients.model: the model has no 'coefficients'" \
        model-show bad-no-coefficients.model
    fails 1 "model-show: bad-shape.model: the model's 'coefficients' is not 1 x 3" model-show bad-shape.model
    fails 1 "model-show: bad-flag.model: the model's 'converged' is not 0 or 1" model-show bad-flag.model
    fails 1 "model-show: bad-group.model: the model has no 'levels'" model-show bad-group.model
    fails 1 "model-show: bad-field.model: a logistic model has no field 'standard_error' in this version of likely" \
        model-show bad-field.model
    echo a,b >t.csv
    fails 1 "model-show: t.csv: this is not a model: it does not begin as a gzip stream" model-show t.csv
    fails 1 "model-show: standard input: there is no model: the input is empty" model-show </dev/null
    fails 1 "model-show: nowhere: cannot open: No such file or directory" model-show nowhere
}

@test "usage errors" {
    fails 2 "model-show: unexpected operand 'b': expected one model; try 'model-show --help'" model-show a b
}

# A network of 40 inputs, 20 hidden and one output, without biases.
wide() {
    awk 'BEGIN { srand(1); for (j = 1; j <= 40; j++) printf "x%d,", j; print "y"
        for (i = 0; i < 50; i++) { for (j = 1; j <= 40; j++) printf "%g,", rand(); print i % 3 } }' >wide.csv
    nn-train -q -t y --layers '20 sigmoid' --no-bias --epochs 1 -o wide.model wide.csv
}

@test "layers have shapes and parameters, counted without a bias that is not there" {
    wide
    run -0 model-show wide.model
    assert_line "parameters      820"
    assert_line --regexp '^ +1  linear 20 +40 +20 +800$'
    assert_line --regexp '^ +2  sigmoid +20 +20 +0$'
    assert_line --regexp '^ +3  linear 1 +20 +1 +20$'
    run -0 model-show --count wide.model
    assert_output 820
    run -0 model-show --to csv wide.model
    assert_output $'layer,what,inputs,outputs,parameters\n1,linear 20,40,20,800\n2,sigmoid,20,20,0\n3,linear 1,20,1,20'
}

@test "the weights of a layer are a table, its bias the first row" {
    nn-train -q -t petal_width -x 1,2 --layers '3 tanh' --epochs 1 -o model "$data/iris.csv"
    run -0 model-show --layer 1 --to csv model
    assert_equal "$(cut -d, -f1 <<<"$output" | paste -sd,)" "input,(bias),sepal_length,sepal_width"
    assert_line -n 0 input,layer1_1,layer1_2,layer1_3
    weights=$(tail -n +2 <<<"$output" | cut -d, -f2- | sed 's/,/, /g; s/.*/[&]/' | paste -sd, | sed 's/,\[/, [/g')
    assert_equal "$(model-show --to json model | sed -n 's/^  "parameters_1": \[\(.*\)\],$/\1/p')" "$weights"
    run -0 model-show --layer 3 --to csv model
    assert_equal "$(cut -d, -f1 <<<"$output" | paste -sd,)" "input,(bias),layer2_1,layer2_2,layer2_3"
    wide
    run -0 model-show --layer 1 --to tsv wide.model
    assert_equal "${#lines[@]}" 41
    assert_line -n 1 --regexp $'^x1\t'
}

@test "parameters that are no weights of inputs are shown as such, and have no picture" {
    nn-train -q -t petal_width,petal_length -x 1-2 --loss nll --layers '3 tanh' --epochs 1 -o model "$data/iris.csv"
    run -0 model-show --to csv model
    assert_line 4,common-sd,2,4,2
    run -0 model-show --layer 4 --to csv --precision 3 model
    assert_line -n 0 input,layer4_1,layer4_2
    assert_line -n 1 --regexp '^\(parameter\),-?[0-9.]+,-?[0-9.]+$'
    assert_equal "${#lines[@]}" 2
    fails 2 "model-show: --image: layer 4, common-sd, has no weights; try 'model-show --help'" \
        model-show --image --layer 4 model
}

@test "an image has a tile per output, scaled by its own greatest weight" {
    printf 'a,b,y\n1,0,3\n0,1,-6\n0,0,0\n1,1,-3\n' | linreg-train -q -t y -o model
    run -0 model-show --image --plain --tile 2x1 model
    assert_output $'P2\n4 3\n255\n0 0 0 0\n0 191 0 0\n0 0 0 0'
    run -0 model-show --image --plain --tile 1x2 model
    assert_output $'P2\n3 4\n255\n0 0 0\n0 191 0\n0 0 0\n0 0 0'
}

@test "the image of a network is that of its first weights, or of a layer's" {
    wide
    model-show --image --tile 8x5 -o wide.pgm wide.model
    assert_equal "$(head -n 2 wide.pgm)" $'P5\n46 25'
    model-show --image --plain --tile 8x5 wide.model >wide.txt
    assert_equal "$(tail -c $((46 * 25)) wide.pgm | od -An -v -tu1 | tr -s ' \n' ' ')" \
        "$(tail -n +4 wide.txt | tr '\n' ' ' | sed 's/^/ /')"
    assert [ "$(wc -L <wide.txt)" -le 70 ]
    run -0 model-show --image --plain --layer 3 --tile 5x4 wide.model
    assert_line -n 1 "7 6"
}

@test "the inputs of an image make a square where nothing else is said" {
    nn-train -q -t digit --loss ce --layers '5 relu' --epochs 1 -o model "$data/digits.csv.gz"
    run -0 model-show --image --plain model
    assert_line -n 1 "28 19"
    softmax-train -q -t digit --l2 1 -o model "$data/digits.csv.gz"
    run -0 model-show --image --plain model
    assert_line -n 1 "37 28"
}

@test "layers and images that are not there are refused" {
    wide
    fails 2 "model-show: --layer: layer 2, sigmoid, has no parameters; try 'model-show --help'" \
        model-show --layer 2 wide.model
    fails 2 "model-show: --layer: layer 4 does not exist: the network has 3 layers; try 'model-show --help'" \
        model-show --layer 4 wide.model
    fails 2 "model-show: --layer: a logistic model has no layers; try 'model-show --help'" \
        model-show --layer 1 "$model"
    fails 2 "model-show: --image: layer 2, sigmoid, has no weights; try 'model-show --help'" \
        model-show --image --layer 2 wide.model
    fails 2 "model-show: --image: 40 inputs are not a square; add --tile WxH; try 'model-show --help'" \
        model-show --image wide.model
    fails 2 "model-show: --tile: 7x6 is 42, but the layer has 40 inputs; try 'model-show --help'" \
        model-show --image --tile 7x6 wide.model
    for tile in 8 8x 8x5x1 x5 0x5 -8x5 8X5; do
        reason="invalid value '$tile': expected WIDTHxHEIGHT, such as 28x28"
        fails 2 "model-show: --tile: $reason; try 'model-show --help'" model-show --image "--tile=$tile" wide.model
    done
    bayes-train -t species -o bayes.model "$data/iris.csv"
    fails 2 "model-show: --image: a bayes model has no weights; try 'model-show --help'" \
        model-show --image bayes.model
    fails 2 "model-show: --tile requires --image; try 'model-show --help'" model-show --tile 2x1 "$model"
    fails 2 "model-show: --plain requires --image; try 'model-show --help'" model-show --plain "$model"
    fails 2 "model-show: --image cannot be used with --to; try 'model-show --help'" \
        model-show --image --to csv "$model"
    fails 2 "model-show: --layer cannot be used with --to c; try 'model-show --help'" \
        model-show --to c --layer 1 wide.model
    fails 2 "model-show: --count cannot be used with --layer; try 'model-show --help'" \
        model-show --count --layer 1 wide.model
}

@test "a picture that cannot be shown leaves no file behind" {
    wide
    run -2 model-show --image -o wide.pgm wide.model
    assert_not_exist wide.pgm
    assert_equal "$(ls)" $'wide.csv\nwide.model'
}

@test "a picture in bytes is not written to a terminal" {
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "there is no pseudo-terminal to be had"
    wide
    TERM=xterm SHELL=$BASH script -qec "model-show --image --tile 8x5 wide.model" typescript </dev/null >/dev/null || :
    run -0 grep -a picture typescript
    assert_output --partial \
        "model-show: --image: a picture is not written to a terminal; add -o FILE, or --plain for text"
}

@test "--measures writes what the summary and JSON say of the fit, for programs" {
    linreg-train -q -t petal_width,petal_length -x 1-2 --no-intercept "$data/iris.csv" -o two
    logreg-train -q -t diagnosis -x 1,2 --class-weight balanced "$data/breast-cancer.csv" -o weighted
    run -3 --separate-stderr logreg-train -t y -o separated <<<$'y,a,b\n1,1,2\n1,2,1\n0,3,2\n0,4,9'
    run -0 model-show --measures --to csv two
    assert_line --index 0 measure,target,value,note
    assert_line --regexp '^r_squared,petal_width,0\.9157[0-9]*,uncentred$'
    assert_line --regexp '^f_df2,petal_length,148,$'
    assert_line solver,,,qr
    run -0 model-show --measures --to csv weighted
    assert_line class_weight,,,balanced
    assert_line errors,,,sandwich
    assert_line --regexp '^deviance,,311\.462[0-9]*,weighted$'
    run -0 model-show --measures --to csv separated
    assert_line separation,,,complete
    assert_line separation_columns,,,a
    assert_line converged,,0,
    for model in two weighted separated; do # every number is the one of JSON
        model-show --to json $model | sed 's/^ *"\([a-z_0-9]*\)": \[*\([^],]*\).*/\1 \2/' >json
        model-show --measures --to csv $model | awk -F, 'NR == FNR { split($0, part, " "); of[part[1]] = part[2]; next }
            FNR > 1 && $3 != "" && $1 in of && $2 != "petal_length" { n++; bad += of[$1] != $3 }
            END { exit bad || n < 10 }' json -
    done
    run -0 model-show --measures --to json --precision 3 two
    assert_line --partial '{"measure": "aic", "target": null, "value": 483, "note": null}'
    for other in "--count" "--fields" "--confidence 0.9" "--to c" "--image" "--layer 1"; do
        # shellcheck disable=SC2086
        run -2 --separate-stderr model-show --measures $other two
        assert_regex "$stderr" "^model-show: --(measures|layer|image) cannot be used with "
    done
}

@test "--precision leaves sums of weights alone, whatever their unit is called" {
    bayes-train -q -t y -x a --fweights w -o bayes <<<$'y,a,w\nu,1,123456\nv,2,234567\nu,3,1\nv,4,1'
    run -0 model-show --to json --precision 2 bayes
    assert_line --partial '"class_weights": [123457, 234568]'
    assert_line --partial '"weight_sum": 358025'
    run -0 model-show --fields --to csv bayes
    assert_line --partial 'class_weights,totals,classes,2,rows,'
}
