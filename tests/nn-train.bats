load helper

xor() {
    printf 'a,b,y\n0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n' >xor.csv
}

# Two spirals that wind around each other (K. Lang and M. Witbrock, 1988).
spirals() {
    awk 'BEGIN { print "x,y,arm"
        for (i = 0; i < 97; i++) for (s = 1; s >= -1; s -= 2) {
            a = i * 3.14159265358979 / 16; r = 6.5 * (104 - i) / 104
            print s * r * sin(a) "," s * r * cos(a) "," (s > 0 ? "one" : "other") } }' >spirals.csv
}

# Usage: accuracy MODEL FILE TARGET — of the model's labels.
accuracy() {
    nn-predict -m "$1" --predict label --append "$2" | loss-eval -t "$3" --loss accuracy |
        awk -F, 'NR == 2 { print $4 }'
}

# Usage: assert_same_predictions A B FILE [TOLERANCE] — two models predict the same numbers.
assert_same_predictions() {
    nn-predict -m "$1" "$3" >one.csv
    nn-predict -m "$2" "$3" >other.csv
    assert_equal "$(head -n 1 one.csv)" "$(head -n 1 other.csv)"
    paste -d, one.csv other.csv | awk -F, -v t="${4:-1e-6}" 'NR > 1 { for (i = 1; i <= NF / 2; i++) {
        d = $i - $(i + NF / 2); if (d > t || d < -t) { print NR ": " $0; bad = 1 } } } END { exit bad || NR < 10 }'
}

@test "the exclusive or is learnt with a hidden layer, and cannot be without one" {
    xor
    nn-train -t y --layers '8 tanh' --epochs 300 --learning-rate 0.05 -o model xor.csv
    assert_equal "$(accuracy model xor.csv y)" 1
    nn-train -t y --optimizer lbfgs -o model xor.csv
    run -0 model-show --to json model
    assert_line --partial '"mean_loss": 0.693147180559945'
}

# bats test_tags=long
@test "two spirals are learnt" {
    spirals
    nn-train -t arm --layers '64 relu, 64 relu' --learning-rate 0.003 --epochs 2500 -o model spirals.csv
    assert_equal "$(accuracy model spirals.csv arm)" 1
}

@test "a curve is learnt with its own units" {
    awk 'BEGIN { print "x,y"; for (i = 0; i < 200; i++) { x = i / 20; print x "," 5000 + 300 * sin(x) } }' >sine.csv
    nn-train -q -t y --layers '40 tanh' --learning-rate 0.02 --epochs 600 -o model sine.csv
    run -0 bash -c 'nn-predict -m model --append sine.csv | loss-eval -t y -p mean --loss l1 | cut -d, -f4 | tail -n 1'
    awk -v l1="$output" 'BEGIN { exit !(l1 < 15) }'
}

# bats test_tags=long
@test "without a hidden layer a network is a logistic regression" {
    logreg-train -t diagnosis -x mean_radius,mean_texture -o logistic "$data/breast-cancer.csv"
    nn-train -t diagnosis -x mean_radius,mean_texture --optimizer lbfgs --epochs 1000 -o network \
        "$data/breast-cancer.csv"
    assert_same_predictions logistic network "$data/breast-cancer.csv"
    nn-train -t diagnosis -x mean_radius,mean_texture --loss log --optimizer gd --learning-rate 2 --epochs 4000 \
        -o network \
        "$data/breast-cancer.csv"
    assert_same_predictions logistic network "$data/breast-cancer.csv"
}

@test "without a hidden layer a network is a softmax regression, with a penalty, too" {
    softmax-train -t cultivar -x alcohol,malic_acid,ash -o softmax "$data/wine.csv"
    nn-train -t cultivar -x alcohol,malic_acid,ash --optimizer lbfgs --epochs 1000 -o network "$data/wine.csv"
    assert_same_predictions softmax network "$data/wine.csv"
    softmax-train -t cultivar --l2 0.01 --standardize -o softmax "$data/wine.csv"
    nn-train -t cultivar --weight-decay 0.01 --optimizer lbfgs --epochs 1000 -o network "$data/wine.csv"
    assert_same_predictions softmax network "$data/wine.csv"
}

@test "without a hidden layer a network is a linear regression" {
    linreg-train -t sepal_length -x sepal_width,petal_length,petal_width -o linear "$data/iris.csv"
    nn-train -q -t sepal_length -x sepal_width,petal_length,petal_width --optimizer lbfgs -o network "$data/iris.csv"
    assert_same_predictions linear network "$data/iris.csv"
    nn-train -q -t sepal_length -x sepal_width,petal_length,petal_width --optimizer gd --learning-rate 0.5 \
        --epochs 3000 -o network \
        "$data/iris.csv"
    assert_same_predictions linear network "$data/iris.csv"
}

@test "a row of weight 2 counts as two rows" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + NR % 2 }' "$data/iris.csv" >weighted.csv
    awk -F, '{ print } NR > 1 && NR % 2 { print }' "$data/iris.csv" >twice.csv
    nn-train -t species -w w --layers '3 tanh' --optimizer gd --epochs 30 -o weighted weighted.csv
    nn-train -t species --layers '3 tanh' --optimizer gd --epochs 30 -o twice twice.csv
    assert_same_predictions weighted twice "$data/iris.csv" 1e-12
}

@test "the model's bytes are the same for any number of threads, in both precisions" {
    for precision in double float; do
        for j in 1 2 5; do
            nn-train -q -j "$j" -t digit --loss ce --layers '30 relu, dropout 0.1, 20 tanh' --epochs 2 --batch 200 \
                --valid 0.2 \
                --dtype "$precision" "$data/digits.csv.gz" >"$j"
            model-show --to json "$j" | grep -v '"command"' >"$j.json"
        done
        cmp 1.json 2.json
        cmp 1.json 5.json
    done
}

@test "the same seed gives the same model, another one another" {
    nn-train -t species --layers '4 relu' --epochs 3 "$data/iris.csv" >one
    nn-train -t species --layers '4 relu' --epochs 3 "$data/iris.csv" >two
    cmp one two
    nn-train -t species --layers '4 relu' --epochs 3 --seed 2 "$data/iris.csv" >two
    run ! cmp -s one two
}

@test "single precision comes to what double does" {
    nn-train -q -t digit --loss ce-logits --layers '32 relu' --epochs 5 --scale table -o double "$data/digits.csv.gz"
    nn-train -q -t digit --loss ce-logits --layers '32 relu' --epochs 5 --scale table --dtype float -o float \
        "$data/digits.csv.gz"
    assert_same_predictions double float "$data/digits.csv.gz" 1e-3
}

@test "rows in single precision are the same rows" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + NR % 2 }' "$data/iris.csv" >weighted.csv
    awk -F, '{ print } NR > 1 && NR % 2 { print }' "$data/iris.csv" >twice.csv
    for target in species sepal_length,sepal_width; do
        rest="-t $target -x petal_length,petal_width --layers 3,tanh --optimizer gd --learning-rate 0.1 --epochs 30"\
" --dtype float"
        nn-train -q $rest -w w -o weighted weighted.csv
        nn-train -q $rest -o twice twice.csv
        assert_same_predictions weighted twice "$data/iris.csv" 1e-5
        nn-train -q ${rest%--dtype float} -w w -o double weighted.csv
        assert_same_predictions weighted double "$data/iris.csv" 1e-5
        TMPDIR=. nn-train -q $rest -w w --memory 1K -o spooled weighted.csv
        cmp <(numbers weighted) <(numbers spooled)
    done
}

@test "what single precision cannot hold is told" {
    printf 'x,y\n1,a\n2,b\n1e39,a\n' >large.csv
    fails 1 "nn-train: large.csv:4: column 1 'x': 1e+39 is too large for single precision" \
        nn-train -t y --dtype float large.csv
    nn-train -t y --epochs 1 -o model large.csv
    printf 'x,y\n1000001,a\n1000002,b\n1000003,a\n' >narrow.csv
    run -0 --separate-stderr nn-train -t y --epochs 1 --dtype float -o model narrow.csv
    assert_equal "$stderr" \
        "nn-train: column 'x' varies by 0.816 about 1000002: single precision keeps fewer than 3 digits of its"\
" variation; use --dtype double"
    run -0 --separate-stderr nn-train -t y --epochs 1 -o model narrow.csv
    assert_equal "$stderr" ""
}

@test "the gradient of every layer and loss is right" {
    local loss
    for loss in log log-logit squared ce ce-logits; do
        nn-train -t diagnosis -x 1-5 --loss "$loss" \
            --layers '5 tanh, dropout 0.3, 4 sigmoid, 3 softmax, 4, log-softmax, 6 relu' \
            --weight-decay 0.1 --check-gradient <(head -n 60 "$data/breast-cancer.csv") >out
    done
    for loss in l2 huber:0.5 nll:2; do
        nn-train -t sepal_length -x 2-4 --loss "$loss" --layers '5 tanh' --check-gradient "$data/iris.csv" >out
    done
    nn-train -t species --no-bias --layers '5 tanh, 3 tanh' --check-gradient "$data/iris.csv" >out
    run -0 cat out
    assert_line --index 0 layer,parameter,analytic,numeric,relative_error
}

@test "parameters are counted layer by layer" {
    awk 'BEGIN { for (j = 1; j <= 40; j++) printf "x%d,", j; print "y"
        for (i = 0; i < 20; i++) { for (j = 1; j <= 40; j++) printf "%d,", (i * j) % 7; print i % 2 ? "a" : "b" } }' \
            >wide.csv
    nn-train -t y --layers '20 sigmoid' --no-bias --epochs 1 wide.csv >model
    run -0 model-show --count model
    assert_output 820
    run -0 model-show --to csv model
    assert_output "layer,what,inputs,outputs,parameters
1,linear 20,40,20,800
2,sigmoid,20,20,0
3,linear 1,20,1,20"
    nn-train -t y --layers '20 sigmoid' --epochs 1 wide.csv >model
    run -0 model-show --count model
    assert_output 841
}

@test "early stopping keeps the best epoch" {
    nn-train -t species --layers '30 relu' --valid 0.3 --patience 5 --learning-rate 0.05 --epochs 500 \
        --trace trace.csv -o model "$data/iris.csv"
    best=$(awk -F, 'NR > 2 && (least == "" || $4 < least) { least = $4; epoch = $1 } END { print epoch, least }' \
        trace.csv)
    run -0 model-show --to json model
    assert_line --partial "epoch ${best% *} of "
    assert_equal "$(tail -n 1 trace.csv | cut -d, -f1)" $((${best% *} + 5))
    assert_close "$(sed -n 's/.*"valid_loss": \([^,]*\),*/\1/p' <<<"$output")" "${best#* }" 1e-12
    assert_line --partial '"valid_rows": 45'
}

@test "early stopping keeps the best iterate of an optimiser that sees all rows, too" {
    rest="-t species --layers '30 relu' --valid 0.3 --optimizer lbfgs --epochs 500"
    eval nn-train "$rest" --trace trace.csv -o model "$data/iris.csv"
    best=$(awk -F, 'NR > 1 && (least == "" || $4 < least) { least = $4; epoch = $1 } END { print epoch, least }' \
        trace.csv)
    run -0 model-show --to json model
    assert_line --partial "\"training\": \"lbfgs, iteration ${best% *} of $((${best% *} + 10))\""
    assert_equal "$(tail -n 1 trace.csv | cut -d, -f1)" $((${best% *} + 10))
    assert_close "$(field valid_loss)" "${best#* }" 1e-12
    assert_equal "$(awk -F, -v best="${best% *}" 'NR > 1 && $1 == best { print $3, $5 }' trace.csv)" \
        "$(field accuracy) $(field valid_accuracy)"
    # The parameters are those of a training that ends there.
    eval nn-train "${rest/--epochs 500/--epochs ${best% *}}" -o ended "$data/iris.csv"
    assert_same_predictions model ended "$data/iris.csv" 1e-15
    # A run that ends before patience does also keeps the best.
    eval nn-train "${rest/--epochs 500/--epochs $((${best% *} + 3))}" -o ended "$data/iris.csv"
    assert_same_predictions model ended "$data/iris.csv" 1e-15
}

@test "a trace goes to standard output where the model does not" {
    run --separate-stderr -0 nn-train -t species --epochs 3 --trace - -o model "$data/iris.csv"
    assert_equal "$(cut -d, -f1 <<<"$output")" $'epoch\n0\n1\n2\n3'
    fails 2 "nn-train: --trace - requires --output, as the model is written to standard output by default;"\
" try 'nn-train --help'" \
        nn-train -t species --trace - "$data/iris.csv"
    refute [ -e ./- ]
}

@test "the trace has the start and every epoch" {
    nn-train -t species --learning-rate 0.05 --epochs 3 --trace trace.csv -o model "$data/iris.csv"
    run -0 cut -d, -f1 trace.csv
    assert_output "epoch
0
1
2
3"
    assert_equal "$(head -n 1 trace.csv)" epoch,loss,accuracy,valid_loss,valid_accuracy,rate,seconds
    awk -F, 'NR == 2 { first = $2 } END { exit !($2 < first && $3 > 0.5 && $4 == "") }' trace.csv
}

@test "the losses in a trace are those of rows, without penalties, by every optimiser" {
    for target in species 'petal_width,petal_length -x 1,2 --loss nll'; do
        rest="-t $target --layers 3,tanh --weight-decay 0.5 --epochs 3"
        nn-train -q $rest --optimizer sgd --trace sgd.csv -o model "$data/iris.csv"
        nn-train -q $rest --optimizer gd --trace gd.csv -o model "$data/iris.csv"
        nn-train -q $rest --optimizer lbfgs --trace lbfgs.csv -o model "$data/iris.csv"
        assert_close "$(cell 1 loss lbfgs.csv)" "$(cell 1 loss sgd.csv)"
        assert_close "$(cell 1 loss gd.csv)" "$(cell 1 loss sgd.csv)"
        assert_close "$(cell 4 loss lbfgs.csv)" "$(field mean_loss)"
    done
}

@test "the learning rate follows its schedule" {
    nn-train -t species --optimizer gd --epochs 4 --learning-rate 1 --schedule step --trace trace.csv -o model \
        "$data/iris.csv"
    assert_equal "$(awk -F, 'NR > 2 { print $6 }' trace.csv | paste -s)" "1	1	0.1	0.01"
    nn-train -t species --optimizer gd --epochs 3 --learning-rate 1 --schedule cosine --trace trace.csv -o model \
        "$data/iris.csv"
    assert_close "$(awk -F, 'NR == 4 { print $6 }' trace.csv)" 0.75
    assert_close "$(awk -F, 'NR == 5 { print $6 }' trace.csv)" 0.25
    nn-train -t species --optimizer gd --epochs 4 --learning-rate 1 --warm-up 2 --trace trace.csv -o model \
        "$data/iris.csv"
    assert_equal "$(awk -F, 'NR > 2 { print $6 }' trace.csv | paste -s)" "0.5	1	1	1"
}

@test "columns are found by name, and constant ones do no harm" {
    awk -F, '{ print $0 "," (NR == 1 ? "same" : 7) }' "$data/iris.csv" >constant.csv
    nn-train -t species --layers '5 tanh' --epochs 20 -o model constant.csv
    awk -F, 'BEGIN { OFS = "," } { print $6, $3, $2, $1, $4 }' constant.csv >mixed.csv
    cmp <(nn-predict -m model constant.csv) <(nn-predict -m model mixed.csv)
}

@test "numbers are taken for classes when the loss says so" {
    run -0 --separate-stderr nn-train -t digit --epochs 1 -o model "$data/digits.csv.gz"
    assert_equal "$stderr" "nn-train: the target is numeric and fitted with --loss l2; use --loss ce-logits for classes"
    run -0 --separate-stderr nn-train -t digit --epochs 1 --loss ce-logits -o model "$data/digits.csv.gz"
    assert_equal "$stderr" ""
    run -0 bash -c "nn-predict -m model '$data/digits.csv.gz' | head -n 1"
    assert_output p_0,p_1,p_2,p_3,p_4,p_5,p_6,p_7,p_8,p_9
}

@test "options and layers without effect are errors" {
    local try="; try 'nn-train --help'" iris=$data/iris.csv
    fails 2 "nn-train: --patience requires --valid$try" nn-train -t species --patience 3 "$iris"
    fails 2 "nn-train: --momentum requires --optimizer momentum$try" nn-train -t species --momentum 0.9 "$iris"
    for optimizer in gd lbfgs; do
        fails 2 "nn-train: --optimizer $optimizer cannot be used with --batch$try" \
            nn-train -t species --batch 32 --optimizer $optimizer "$iris"
    done
    nn-train -t species --epochs 1 -o first "$iris"
    fails 2 "nn-train: --weight-init cannot be used with --init, whose model contains the weights$try" \
        nn-train -t species --init first --weight-init he "$iris"
    fails 2 "nn-train: --scale cannot be used with --init, whose model contains the scaling$try" \
        nn-train -t species --init first --scale table "$iris"
    fails 2 "nn-train: --layers: the list ends in 'softmax', but the loss ce-logits adds an output layer with a"\
" softmax; remove 'softmax' from the end of the list$try" nn-train -t species --layers '8 relu, 3 softmax' "$iris"
    fails 2 "nn-train: --layers: the list ends in 'log-softmax', but the loss ce adds an output layer with a softmax;"\
" remove 'log-softmax' from the end of the list$try" nn-train -t species --layers log-softmax --loss ce "$iris"
    grep -v setosa "$iris" >two.csv
    fails 2 "nn-train: --layers: the list ends in 'sigmoid', but the loss log-logit adds an output layer with a"\
" sigmoid; remove 'sigmoid' from the end of the list$try" nn-train -t species --layers '5 relu, 1 sigmoid' two.csv
    for layers in '5 sigmoid' '2 softmax, 4' '1 sigmoid, 3 tanh'; do
        run -0 --separate-stderr nn-train -t species --layers "$layers" --epochs 1 -o model two.csv
        assert_equal "$stderr" ""
    done
}

@test "classes that are measurements are noticed" {
    for command in "softmax-train --l2 1" "bayes-train --variance-floor 1" "nn-train --loss ce-logits --epochs 1"; do
        instead=$([[ $command == nn* ]] && echo "--loss l2" || echo linreg-train)
        run -0 --separate-stderr $command -t petal_length -x 1,2 -o model "$data/iris.csv"
        assert_equal "$stderr" \
            "${command%% *}: the target 'petal_length' has 43 classes in 150 rows, all of them numbers; "\
"use $instead to predict a number"
    done
    run -0 --separate-stderr nn-train -t digit --loss ce-logits --epochs 1 -o model "$data/digits.csv.gz"
    assert_equal "$stderr" ""
}

@test "divergence is answered by advice, exit status 3, and the best epoch if there is one" {
    fails 3 \
        "nn-train: training diverged in epoch 1; no model was written; use a --learning-rate below 1000, or --clip 1" \
        nn-train -q -t sepal_length -x 2-4 --optimizer sgd --learning-rate 1000 -o model "$data/iris.csv"
    assert_not_exist model
    nn-train -q -t sepal_length -x 2-4 --optimizer sgd --learning-rate 0.1 --clip 1 -o model "$data/iris.csv"
    for rest in '' '--valid 0.2 --patience 100'; do
        run -3 --separate-stderr nn-train -q -t sepal_length -x 2-4 $rest --optimizer gd --learning-rate 1 --epochs 50 \
            -o best "$data/iris.csv"
        assert_regex "$stderr" '^nn-train: training diverged in epoch ([0-9]+); best contains the parameters of epoch '\
'([0-9]+); use a --learning-rate below 1, or --clip 1$'
        nn-train -q -t sepal_length -x 2-4 $rest --optimizer gd --learning-rate 1 --epochs "${BASH_REMATCH[2]}" \
            -o same "$data/iris.csv"
        diff <(numbers same | grep -v '"training"') <(numbers best | grep -v '"training"')
    done
}

@test "a model is gone on with where it stands" {
    nn-train -t species --layers '6 tanh, dropout 0.1' --epochs 20 -o first "$data/iris.csv"
    nn-train -t species --init first --epochs 1 --learning-rate 1e-300 -o same "$data/iris.csv"
    assert_same_predictions first same "$data/iris.csv" 1e-15
    nn-train -t species --init first --layers '6 tanh, dropout 0.3' --epochs 20 --trace trace.csv -o second \
        "$data/iris.csv"
    assert_close "$(cell 1 loss trace.csv)" "$(model-show --to json first | sed -n 's/.*"mean_loss": \([^,]*\),*/\1/p')"
    loss() { nn-predict -m "$1" --append "$data/iris.csv" | loss-eval -t species -p p_setosa,p_versicolor,p_virginica \
        --loss ce | cut -d, -f4 | tail -n 1; }
    awk -v one="$(loss first)" -v two="$(loss second)" 'BEGIN { exit !(two < one) }'
}

@test "a model is gone on with on its own scale, by other rows" {
    nn-train -t species --layers '6 tanh' --epochs 50 -o first "$data/iris.csv"
    grep -v versicolor "$data/iris.csv" >two.csv
    nn-train -t species --init first --epochs 1 -o second two.csv
    scale() { model-show --to json "$1" | grep -E '"(center|scale|labels)"'; }
    assert_equal "$(scale first)" "$(scale second)"
    run -0 bash -c 'nn-predict -m second two.csv | head -n 1'
    assert_output p_setosa,p_versicolor,p_virginica
}

@test "--init refuses what is of another kind or shape, naming the layer" {
    nn-train -t species --layers '6 tanh' --epochs 1 -o model "$data/iris.csv"
    fails 1 "nn-train: --init: layer 1 is linear 6 with 4 inputs and 6 outputs in the model, but linear 7 with 4"\
" inputs and 7 outputs here" \
        nn-train -t species --init model --layers '7 tanh' "$data/iris.csv"
    fails 1 "nn-train: --init: layer 2 is tanh with 6 inputs and 6 outputs in the model, but relu with 6 inputs and 6"\
" outputs here" \
        nn-train -t species --init model --layers '6 relu' "$data/iris.csv"
    fails 1 "nn-train: --init: layer 1 is linear 6 with 4 inputs and 6 outputs in the model, but linear 6 with 2"\
" inputs and 6 outputs here" \
        nn-train -t species --init model -x 1,2 "$data/iris.csv"
    fails 1 "nn-train: --init: only the new network has layer 4, linear 3" \
        nn-train -t species --init model --layers '6 tanh, 3' "$data/iris.csv"
    nn-train -t species --init model --loss ce --epochs 1 -o next "$data/iris.csv"
    fails 1 "nn-train: --init: layer 1 has biases in the model, but none here" \
        nn-train -t species --init model --no-bias "$data/iris.csv"
    fails 1 "nn-train: --init: feature 1 is 'sepal_length' in the model, but 'sepal_width' here;"\
" use --features to choose columns and their order" \
        nn-train -t species --init model -x sepal_width,sepal_length,petal_length,petal_width "$data/iris.csv"
    fails 1 "nn-train: --init: the model predicts classes, but the loss l2 is of numbers" \
        nn-train -t petal_width -x 1-4 --init model --loss l2 <(awk -F, -v OFS=, '{ print $1, $2, $3, $4, $4 }' \
        "$data/iris.csv" | sed 1s/.*/a,b,c,d,petal_width/)
    sed s/virginica/other/ "$data/iris.csv" >other.csv
    fails 1 "nn-train: other.csv: the model of --init has no class 'other'" nn-train -t species --init model other.csv
    logreg-train -t species -q --l2 1 -o logistic <(grep -v virginica "$data/iris.csv")
    fails 1 "nn-train: --init: logistic is not a network, but a model of the kind 'logistic'" \
        nn-train -t species --init logistic "$data/iris.csv"
    fails 1 "nn-train: nowhere: cannot open: No such file or directory" \
        nn-train -t species --init nowhere "$data/iris.csv"
}

@test "rows of a file judge the epochs" {
    awk -F, 'NR == 1 || NR % 3' "$data/iris.csv" >some.csv
    awk -F, 'NR == 1 || !(NR % 3)' "$data/iris.csv" >others.csv
    nn-train -t species --layers '30 relu' --valid others.csv --patience 5 --learning-rate 0.05 --epochs 500 \
        --trace trace.csv -o model some.csv
    best=$(awk -F, 'NR > 2 && (least == "" || $4 < least) { least = $4; epoch = $1 } END { print epoch, least }' \
        trace.csv)
    assert_equal "$(tail -n 1 trace.csv | cut -d, -f1)" $((${best% *} + 5))
    run -0 bash -c 'nn-predict -m model --append others.csv |
        loss-eval -t species -p p_setosa,p_versicolor,p_virginica --loss ce | tail -n 1 | cut -d, -f4'
    assert_close "$output" "${best#* }" 1e-12
    nn-train -t species --layers '30 relu' --valid 0.5 --epochs 2 -o model some.csv
    fails 1 "nn-train: nowhere.csv: cannot open: No such file or directory" \
        nn-train -t species --valid nowhere.csv some.csv
    sed 1s/sepal_width/width/ others.csv >renamed.csv
    fails 1 "nn-train: renamed.csv: feature 2 is 'width' here, but 'sepal_width' in the training rows" \
        nn-train -t species --valid renamed.csv some.csv
    cut -d, -f 2- others.csv >fewer.csv
    fails 1 "nn-train: fewer.csv: feature 1 is 'sepal_width' here, but 'sepal_length' in the training rows" \
        nn-train -t species --valid fewer.csv some.csv
    sed s/setosa/other/ others.csv >classes.csv
    fails 1 "nn-train: classes.csv: no training row has the class 'other'" \
        nn-train -t species --valid classes.csv some.csv
    fails 2 "nn-train: --valid: invalid value '1.5': expected a fraction between 0 and 1, or a file;"\
" a file of that name is ./1.5; try 'nn-train --help'" \
        nn-train -t species --valid 1.5 some.csv
}

@test "the scale is that of the rows to train on, not of those that judge" {
    printf 'x,y\n' >few.csv
    for i in 1 2 3 4 5 6 7 8 9 10; do echo $i,$((2 * i)); done >>few.csv
    printf 'x,y\n1000,2000\n2000,4000\n' >far.csv
    nn-train -q -t y --epochs 3 -o plain few.csv
    nn-train -q -t y --epochs 3 --valid far.csv -o judged few.csv
    scale() { model-show --to json "$1" | grep -E '"(center|scale|output_center|output_scale)"'; }
    assert_equal "$(scale plain)" "$(scale judged)"
    nn-train -q -t y --epochs 3 --valid 0.2 --seed 3 -o apart few.csv
    run -0 bash -c "model-show --to json apart | tr -d ' \n' | sed 's/.*\"center\":\[*\([^],]*\).*/\1/'"
    awk -v mean="$output" 'BEGIN { sum = 8 * mean; off = sum - int(sum + 0.5);
        exit !(mean > 4 && mean < 7 && mean != 5.5 && off * off < 1e-18) }'
}

@test "classes can be weighed" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," ($5 == "setosa" ? 3 : 1) }' "$data/iris.csv" >weighted.csv
    nn-train -t species -w w --layers '3 tanh' --optimizer gd --epochs 30 -o weighted weighted.csv
    nn-train -t species --class-weight setosa=3 --layers '3 tanh' --optimizer gd --epochs 30 -o classes "$data/iris.csv"
    assert_same_predictions weighted classes "$data/iris.csv" 1e-12
    fails 2 "nn-train: --class-weight requires a target of class labels; try 'nn-train --help'" \
        nn-train -q -t sepal_length -x 2-4 --class-weight balanced "$data/iris.csv"
}

@test "several numbers are learnt at once, as by a network for each" {
    linreg-train -t sepal_length,sepal_width -x petal_length,petal_width -o linear "$data/iris.csv"
    nn-train -t sepal_length,sepal_width -x petal_length,petal_width --optimizer lbfgs -o network "$data/iris.csv"
    assert_same_predictions linear network "$data/iris.csv"
    nn-train -t sepal_length,sepal_width -x petal_length,petal_width --layers '8 tanh' --epochs 50 -o network \
        "$data/iris.csv"
    run -0 bash -c "nn-predict -m network '$data/iris.csv' | head -n 1"
    assert_output mean_sepal_length,mean_sepal_width
    fails 1 "nn-train: the loss log-logit supports one target, not 2" nn-train -t 1,2 --loss log-logit "$data/iris.csv"
    fails 1 "nn-train: $data/iris.csv: column 5 'species' is text and cannot be the target" \
        nn-train -t 1,5 "$data/iris.csv"
}

# Usage: break_off MODEL OPTION... — trains until there is a checkpoint, then is killed; again where it was done before
# that.
break_off() {
    local model=$1
    shift
    for _ in {1..20}; do
        rm -f "$model"
        nn-train -q "$@" --checkpoint 2 -o "$model" 2>/dev/null &
        until [ -s "$model" ]; do
            kill -0 $! || return 1
            sleep 0.001
        done
        kill -9 $! 2>/dev/null || true
        wait $! || true
        ! model-show --to json "$model" | grep '"checkpoint":' || return 0
    done
    return 1
}

# Usage: numbers MODEL — all that is in it but how it was made and its state of training.
numbers() {
    model-show --to json "$1" | grep -Ev '"(command|training_settings|checkpoint.*)"'
}

@test "training that was killed goes on to the same bits, by every optimiser in both precisions" {
    local optimizer options rows=some.csv
    zcat "$data/digits.csv.gz" | head -n 150 >some.csv
    zcat "$data/digits.csv.gz" | tail -n 60 | cat <(head -n 1 some.csv) - >judge.csv
    for optimizer in sgd momentum adam gd 'sgd --dtype float' 'momentum --dtype float' 'adam --dtype float' \
        'gd --dtype float' 'adam --valid 0.2' 'adam --valid judge.csv' \
        'adam --dtype float --valid judge.csv --clip 0.5' \
        'sgd --schedule cosine --warm-up 3 --weight-decay 0.01 --valid 0.3' lbfgs 'lbfgs --valid 0.2'; do
        options="-t digit --loss ce-logits --layers '20 relu, dropout 0.1, 10 tanh' --epochs 60"\
" --optimizer $optimizer some.csv"
        [[ $optimizer != *--valid* ]] || options+=" --patience 60"
        eval nn-train -q -j 1 "$options" --trace whole.csv -o whole
        eval break_off part -j 2 "$options"
        eval nn-train -q -j 3 "$options" --checkpoint 3 --resume --trace part.csv -o part
        cmp <(numbers whole) <(numbers part)
        cmp <(cut -d, -f -6 whole.csv) <(cut -d, -f -6 part.csv)
    done
}

@test "a checkpoint is a model as any other" {
    break_off part -t digit --loss ce --layers '20 relu' --epochs 1000 --valid 0.1 --trace trace.csv \
        "$data/digits.csv.gz"
    gzip -t part
    awk -v right="$(accuracy part <(zcat "$data/digits.csv.gz") digit)" 'BEGIN { exit !(right > 0.3) }'
    nn-train -q -t digit --init part --epochs 1 -o next "$data/digits.csv.gz"
    run -0 model-show --to json next
    refute_line --partial checkpoint
}

@test "--resume starts where there is nothing, and rests where all is done" {
    run -0 --separate-stderr nn-train -t species --layers '3 tanh' --epochs 4 --checkpoint 2 --resume -o model \
        "$data/iris.csv"
    assert_equal "$stderr" "nn-train: model does not exist; training starts from the beginning"
    cp model first
    run -0 --separate-stderr nn-train -t species --layers '3 tanh' --epochs 4 --checkpoint 2 --resume -o model \
        "$data/iris.csv"
    assert_equal "$stderr" "nn-train: model is finished; there is nothing to resume"
    cmp model first
    nn-train -t species --layers '3 tanh' --epochs 4 -o model "$data/iris.csv"
    fails 1 "nn-train: --resume: model was written without --checkpoint; use --init model for a warm start" \
        nn-train -t species --layers '3 tanh' --epochs 4 --resume -o model "$data/iris.csv"
    try="; try 'nn-train --help'"
    fails 2 "nn-train: --resume requires --output$try" nn-train -t species --resume "$data/iris.csv"
    fails 2 "nn-train: --checkpoint requires --output$try" nn-train -t species --checkpoint 1 "$data/iris.csv"
    fails 2 "nn-train: --output: invalid value '/dev/full': expected a regular file with --checkpoint$try" \
        nn-train -t species --checkpoint 1 -o /dev/full "$data/iris.csv"
}

@test "a finished training goes on with more epochs to the bits of an unbroken one" {
    local options how
    for how in adam 'sgd --dtype float' 'adam --valid 0.3 --patience 100' 'momentum --clip 1 --warm-up 25' gd lbfgs \
        'lbfgs --valid 0.3 --patience 100'; do
        options="-q -t species --layers '6 tanh, dropout 0.1' --optimizer $how"
        rm -f part
        eval nn-train "$options" --epochs 40 --trace whole.csv -o whole "$data/iris.csv"
        eval nn-train "$options" --epochs 20 --checkpoint 5 -o part "$data/iris.csv"
        eval nn-train "$options" --epochs 33 --resume -o part "$data/iris.csv"
        eval nn-train "$options" --epochs 40 --resume --trace part.csv -o part "$data/iris.csv"
        cmp <(numbers whole) <(numbers part)
        cmp <(cut -d, -f -6 whole.csv) <(cut -d, -f -6 part.csv)
        run -0 --separate-stderr eval nn-train "${options/-q/}" --epochs 20 --resume -o part "$data/iris.csv"
        assert_equal "$stderr" "nn-train: part is finished; there is nothing to resume"
        run -0 model-show --to json whole
        refute_line --partial checkpoint
    done
}

@test "a finished training goes on with more patience, and with another total of a schedule" {
    options="-t species --layers 30,relu --valid 0.3 --learning-rate 0.05 --epochs 500"
    eval nn-train "$options" --patience 20 -o whole "$data/iris.csv"
    eval nn-train "$options" --patience 5 --checkpoint 50 -o part "$data/iris.csv"
    eval nn-train "$options" --patience 20 --resume -o part "$data/iris.csv"
    cmp <(numbers whole) <(numbers part)
    fails 1 "nn-train: --resume: part was trained with --patience 20, not with --patience 5" \
        eval nn-train "$options" --patience 5 --resume -o part "$data/iris.csv"
    nn-train -t species --optimizer gd --schedule cosine --epochs 2 --checkpoint 1 -o model "$data/iris.csv"
    run -0 --separate-stderr nn-train -t species --optimizer gd --schedule cosine --epochs 4 --resume \
        --trace trace.csv -o model "$data/iris.csv"
    assert_equal "$stderr" \
        "nn-train: --schedule cosine continues as for 4 epochs; the learning rates so far were those for 2"
    assert_equal "$(cut -d, -f6 trace.csv | sed 1,2d | xargs printf '%.4f ')" "0.1000 0.0500 0.0500 0.0146 "
}

@test "--resume says what was different" {
    options="-t digit --loss ce-logits --epochs 1000 --layers '9 relu'"
    eval break_off part "$options" "$data/digits.csv.gz"
    fails 1 "nn-train: --resume: part was trained with --batch 32, not with --batch 64" \
        eval nn-train "$options" --batch 64 --resume -o part "$data/digits.csv.gz"
    fails 1 "nn-train: --resume: part was trained with --seed 1, not with --seed 2" \
        eval nn-train "$options" --seed 2 --resume -o part "$data/digits.csv.gz"
    fails 1 "nn-train: --resume: part was trained on other rows" \
        eval nn-train "$options" --resume -o part <(zcat "$data/digits.csv.gz" | sed '$d')
    fails 1 "nn-train: --resume: layer 1 is linear 9 with 64 inputs and 9 outputs in the model, but linear 8 with 64"\
" inputs and 8 outputs here" \
        nn-train -t digit --loss ce-logits --layers '8 relu' --epochs 1000 --resume -o part "$data/digits.csv.gz"
}

@test "where a checkpoint cannot be written nothing is lost" {
    zcat "$data/digits.csv.gz" >digits.csv
    options="-t digit --loss ce-logits --layers '200 relu' --epochs 4 --checkpoint 2 digits.csv"
    eval nn-train "$options" -o whole
    run -1 --separate-stderr bash -c "trap '' XFSZ; ulimit -f 20; nn-train $options -o full"
    assert_equal "${stderr_lines[0]}" \
        "nn-train: the checkpoint of epoch 2 was not written: full: cannot write: File too large; training continues"
    assert_equal "${stderr_lines[1]}" "nn-train: full: cannot write: File too large"
    assert_equal "$(find . -name 'full*')" ''
    # The disk fills up behind the first checkpoint: that one stays.
    eval break_off part "${options/--epochs 4/--epochs 1000}"
    cp part copy
    run -1 --separate-stderr bash \
        -c "trap '' XFSZ; ulimit -f 20; nn-train ${options/--epochs 4/--epochs 5} --resume -o part"
    assert_equal "${stderr_lines[0]}" \
        "nn-train: the checkpoint of epoch 4 was not written: part: cannot write: File too large; training continues"
    cmp part copy
}

@test "where training diverges the last checkpoint stays" {
    run -3 --separate-stderr nn-train -q -t sepal_length -x 2-4 --optimizer gd --learning-rate 1 --epochs 10000 \
        --checkpoint 1 -o model "$data/iris.csv"
    assert_regex "$stderr" \
        '^nn-train: training diverged in epoch [0-9]+; model contains the checkpoint of epoch [0-9]+;'\
' use a --learning-rate below 1, or --clip 1$'
    nn-predict -m model "$data/iris.csv" >out
}

# A wave whose scatter differs from place to place: mean 100 + 20 sin x, sd 2 + 1.5 cos x.
scattered_sine() {
    awk 'BEGIN { srand(7); pi = atan2(0, -1); print "x,y"
        for (i = 0; i < 3000; i++) { x = 2 * pi * rand(); z = sqrt(-2 * log(1 - rand())) * cos(2 * pi * rand())
            print x "," 100 + 20 * sin(x) + (2 + 1.5 * cos(x)) * z } }' >sine.csv
}

# bats test_tags=long
@test "mean and standard deviation of a scattered sine are learnt together" {
    scattered_sine
    nn-train -t y --layers '24 tanh' --loss nll-sd --learning-rate 0.01 --epochs 150 --schedule cosine -o model sine.csv
    run -0 bash -c 'nn-predict -m model sine.csv | head -n 1'
    assert_output mean,sd
    nn-predict -m model --append sine.csv | awk -F, 'NR > 1 { a += (100 + 20 * sin($1) - $3) ^ 2;
        b += (log((2 + 1.5 * cos($1)) / $4)) ^ 2 }
        END { a = sqrt(a / (NR - 1)); b = sqrt(b / (NR - 1)); print a, b; exit !(a < 0.6 && b < 0.15) }'
    # Its likelihood is about that of the truth, and far above that of one standard deviation for all.
    nn-predict -m model --append sine.csv | awk -F, -v OFS=, 'NR == 1 { print $0, "m", "s" } NR > 1 {
        print $0, 100 + 20 * sin($1), 2 + 1.5 * cos($1) }' >all.csv
    fitted=$(loss-eval -t y --loss nll-sd all.csv | tail -n 1 | cut -d, -f4)
    awk -v f="$fitted" -v t="$(loss-eval -t y --loss nll-sd -p m,s all.csv | tail -n 1 | cut -d, -f4)" \
        -v c="$(loss-eval -t y --loss nll all.csv | tail -n 1 | cut -d, -f4)" \
        'BEGIN { exit !(f < t + 0.02 && f < c - 0.2) }'
    assert_close "$fitted" "$(model-show --to json model | sed -n 's/.*"mean_loss": \([^,]*\),*/\1/p')"
}

@test "a variance that is learnt is the mean squared residual" {
    linreg-train -t sepal_length -x 2-4 -o linear "$data/iris.csv"
    nn-train -t sepal_length -x 2-4 --loss nll --optimizer lbfgs -o network "$data/iris.csv"
    nn-predict -m linear "$data/iris.csv" >linear.csv
    nn-predict -m network "$data/iris.csv" >network.csv
    variance=$(model-show --to json linear | sed -n 's/.*"variance": \[\(.*\)\].*/\1/p')
    paste -d, linear.csv network.csv | awk -F, -v v="$variance" 'NR == 1 { if ($0 != "mean,mean,sd") exit 1 }
        NR > 1 { d = $1 - $2; e = $3 ^ 2 / v - 1; if (d * d > 1e-12 || e * e > 1e-12) exit 1 }'
    assert_equal "$(model-show --count network)" 5
    # One that is given changes nothing about the means.
    nn-train -t sepal_length -x 2-4 --loss nll:3 --optimizer lbfgs -o given "$data/iris.csv"
    assert_same_predictions linear given "$data/iris.csv"
}

@test "a standard deviation whose logarithm is linear is that of SciPy" {
    local row
    nn-train -t sepal_length -x petal_length,petal_width --loss nll-sd --optimizer lbfgs --epochs 1000 -o model \
        "$data/iris.csv"
    nn-predict -m model "$data/iris.csv" >got.csv
    tail -n +2 "$ref/nn-sd.csv" | paste -d, - <(tail -n +2 got.csv) | awk -F, '{ d = $1 - $4; e = $2 - $5
        if (d * d > 1e-12 || e * e > 1e-12) { print; exit 1 } } END { exit NR != 150 }'
}

@test "the standard deviations of several targets are each its own" {
    nn-train -t sepal_length,sepal_width -x petal_length,petal_width --loss nll-sd --optimizer lbfgs --epochs 1000 \
        -o both "$data/iris.csv"
    nn-train -t sepal_width -x petal_length,petal_width --loss nll-sd --optimizer lbfgs --epochs 1000 -o one \
        "$data/iris.csv"
    run -0 bash -c "nn-predict -m both '$data/iris.csv' | head -n 1"
    assert_output mean_sepal_length,sd_sepal_length,mean_sepal_width,sd_sepal_width
    paste -d, <(nn-predict -m both "$data/iris.csv") <(nn-predict -m one "$data/iris.csv") |
        awk -F, 'NR > 1 { d = $3 - $5; e = $4 - $6; if (d * d > 1e-12 || e * e > 1e-12) exit 1 }'
    nn-train -t sepal_length,sepal_width -x petal_length,petal_width --loss nll --optimizer lbfgs -o both \
        "$data/iris.csv"
    assert_equal "$(model-show --count both)" 8
}

# Rows of iris with shares of the classes instead of their names.
soft_iris() {
    awk -F, -v OFS=, 'NR == 1 { print $1, $2, $3, $4, "p_a", "p_b", "p_c"; next }
        { print $1, $2, $3, $4, $5 == "setosa" ? "1,0,0" : $5 == "versicolor" ? "0.125,0.625,0.25" : "0,0.25,0.75" }' \
            "$data/iris.csv"
}

@test "targets may be shares of classes, which are as many weighted rows" {
    soft_iris >soft.csv
    awk -F, -v OFS=, 'NR == 1 { print $1, $2, $3, $4, "class", "w"; next }
        { print $1, $2, $3, $4, "a", $5; print $1, $2, $3, $4, "b", $6; print $1, $2, $3, $4, "c", $7 }' soft.csv \
            >hard.csv
    for loss in ce ce-logits; do
        nn-train -t p_a,p_b,p_c --loss $loss --layers '4 tanh' --optimizer gd --epochs 50 -o soft soft.csv
        nn-train -t class -w w --loss $loss --layers '4 tanh' --optimizer gd --epochs 50 -o hard hard.csv
        assert_same_predictions soft hard "$data/iris.csv" 1e-12
    done
    run -0 bash -c "nn-predict -m soft '$data/iris.csv' | head -n 1"
    assert_output p_a,p_b,p_c
    nn-train -t p_a,p_b,p_c --loss ce --init soft --valid 0.2 --epochs 2 -o next soft.csv
    fails 1 \
        "nn-train: --init: class 1 is 'a' in the model, but 'b' here; use --target to choose columns and their order" \
        nn-train -t p_b,p_a,p_c --loss ce --init soft soft.csv
    sed '3s/1,0,0/1,0.5,0/' soft.csv >bad.csv
    fails 1 "nn-train: bad.csv:3: the probabilities sum to 1.5, not to 1" nn-train -t p_a,p_b,p_c --loss ce bad.csv
    sed '3s/1,0,0/2,-1,0/' soft.csv >bad.csv
    fails 1 "nn-train: bad.csv:3: column 5 'p_a': the probability 2 is not between 0 and 1" \
        nn-train -t p_a,p_b,p_c --loss ce bad.csv
    fails 1 "nn-train: the loss log supports one target, not 3" nn-train -t p_a,p_b,p_c --loss log soft.csv
}

@test "the gradient is right for every kind of target" {
    soft_iris >soft.csv
    for loss in ce ce-logits; do
        nn-train -t p_a,p_b,p_c --loss $loss --layers '3 tanh' --check-gradient soft.csv >out
    done
    for loss in l2 l1 nll nll:2 nll-sd nll-laplace; do
        nn-train -q -t 1,2 -x 3,4 --loss $loss --layers '5 tanh' --weight-decay 0.1 --check-gradient "$data/iris.csv" \
            >out
    done
    nn-train -q -t 1 -x 2-4 --layers '5 tanh, mean-sd, common-sd, 3 relu' --check-gradient "$data/iris.csv" >out
    scattered_sine
    nn-train -t y --loss nll-sd --layers '5 tanh' --check-gradient sine.csv >out
}

@test "the gradient of a large network is checked in parts" {
    zcat "$data/digits.csv.gz" | head -n 101 >digits.csv
    run -0 --separate-stderr nn-train -t digit --loss ce-logits --layers '30 relu, dropout 0.1, 20 relu' \
        --check-gradient digits.csv
    assert_equal "$stderr" "nn-train: 600 of 2780 parameters are checked on 100 of 100 rows"
    head -n 11 digits.csv >few.csv
    run -0 --separate-stderr nn-train -t digit --loss ce-logits --layers '3000 relu' --check-gradient few.csv
    assert_equal "$stderr" "nn-train: 400 of 225010 parameters are checked on 10 of 10 rows"
    zcat "$data/digits.csv.gz" | head -n 401 >more.csv
    run -0 --separate-stderr nn-train -t digit --loss ce-logits --scale table --layers '20 relu' --check-gradient \
        more.csv
    assert_equal "$stderr" "nn-train: 400 of 1510 parameters are checked on 400 of 400 rows"
}

@test "mistakes in --layers are shown with their place" {
    xor
    try="; try 'nn-train --help'"
    fails 2 "nn-train: --layers: item 2, '4 rleu': unknown layer 'rleu'; did you mean 'relu'?$try" \
        nn-train -t y --layers '8 tanh, 4 rleu' xor.csv
    fails 2 "nn-train: --layers: item 2 is empty; expected layers such as '128 relu, 64 tanh'$try" \
        nn-train -t y --layers '8 tanh,, 4' xor.csv
    fails 2 "nn-train: --layers: item 1, '0 relu': the number of outputs must be a whole number from 1 to 1000000,"\
" not '0'$try" \
        nn-train -t y --layers '0 relu' xor.csv
    fails 2 "nn-train: --layers: item 1, '2.5': the number of outputs must be a whole number from 1 to 1000000, not"\
" '2.5'$try" \
        nn-train -t y --layers '2.5' xor.csv
    fails 2 "nn-train: --layers: item 1, 'linear': the number of outputs must be a whole number from 1 to 1000000,"\
" not ''$try" \
        nn-train -t y --layers linear xor.csv
    fails 2 "nn-train: --layers: item 2, 'dropout': the RATE of dropout must be a number from 0 to 0.999$try" \
        nn-train -t y --layers '4 relu, dropout' xor.csv
    fails 2 "nn-train: --layers: item 1, '4 relu tanh': unexpected 'tanh'$try" \
        nn-train -t y --layers '4 relu tanh' xor.csv
}

@test "a target that is constant is refused, and leaves no model" {
    printf 'a,y,z,w\n1,2,5,1\n2,3,5,1\n3,7,4,0\n' >constant.csv
    for loss in "" "--loss l1" "--loss nll"; do
        fails 1 "nn-train: constant.csv: the target 'z' is constant" \
            nn-train -q -t z -x a -w w $loss -o model constant.csv
    done
    fails 1 "nn-train: constant.csv: the target 'z' is constant" nn-train -t y,z -x a -w w -o model constant.csv
    assert_not_exist model
    nn-train -q -t y -x a --epochs 1 -o model constant.csv
    nn-train -q -t y -x a --epochs 1 --init model -o more <(head -n 2 constant.csv)
}

@test "a target of one class, or of too many for the loss, is named" {
    printf 'a,y\n1,x\n2,x\n' >one.csv
    fails 1 "nn-train: one.csv: the target 'y' has only one class, 'x'" nn-train -t y one.csv
    fails 1 "nn-train: $data/iris.csv: the loss log-logit requires two classes, but the target 'species' has 3;"\
" use --loss ce-logits" \
        nn-train -t species --loss log-logit "$data/iris.csv"
}

@test "bad data is an error with its place" {
    printf 'a,b,y\n1,2,u\n2,,v\n3,4,u\n' >missing.csv
    fails 1 "nn-train: missing.csv:3: column 2 'b': the value is missing; use --missing skip to omit such rows" \
        nn-train -t y missing.csv
    run -0 --separate-stderr nn-train -t y --missing skip --epochs 1 -o model <(cat missing.csv; echo 1,1,v)
    assert_equal "$stderr" "nn-train: 1 of 4 rows omitted because of missing values"
    printf 'a,b,y\n1,2,u\n2,x,v\n' >text.csv
    fails 1 "nn-train: text.csv:3: column 2 'b': 'x' is not a number" nn-train -t y text.csv
    fails 1 "nn-train: text.csv: no column 'z'" nn-train -t z text.csv
}

@test "numbers that are infinite, or too large to be scaled, are named" {
    printf 'a,y\n1,u\n-inf,v\n3,u\n' >inf.csv
    fails 1 "nn-train: inf.csv:3: column 1 'a': the value is infinite" nn-train -t y inf.csv
    printf 'a,y\n1,2\n3,inf\n' >inf.csv
    fails 1 "nn-train: inf.csv:3: column 2 'y': the value is infinite" nn-train -q -t y inf.csv
    printf 'b,a\n1,1e308\n2,-1e308\n3,1e308\n' >large.csv
    fails 1 "nn-train: large.csv: the values of column 'a' are too large to scale" nn-train -q -t b large.csv
    fails 1 "nn-train: large.csv: the values of column 'a' are too large to scale" nn-train -q -t a large.csv
    fails 1 "nn-train: large.csv: the values of column 'a' are too large to scale" \
        nn-train -q -t b --scale table large.csv
}

@test "options that make no sense together are refused" {
    xor
    try="; try 'nn-train --help'"
    fails 2 "nn-train: --loss: invalid value 'l3': expected the name of a loss; did you mean 'l2'?$try" \
        nn-train -t y --loss l3 xor.csv
    fails 2 "nn-train: --loss: accuracy has no gradient to train by$try" nn-train -t y --loss accuracy xor.csv
    fails 2 "nn-train: --loss: invalid value 'l2:1': expected l2, which has no parameter$try" \
        nn-train -t y --loss l2:1 xor.csv
    fails 2 "nn-train: --loss: invalid value 'huber:x': expected huber:DELTA with a number DELTA above 0$try" \
        nn-train -t y --loss huber:x xor.csv
    fails 2 "nn-train: --optimizer lbfgs cannot be used with --clip$try" \
        nn-train -t y --optimizer lbfgs --clip 1 xor.csv
    fails 2 "nn-train: --trace cannot be used with --output of the same file$try" nn-train -t y --trace m -o m xor.csv
    fails 1 "nn-train: xor.csv: 4 rows are too few to hold out a fraction of 0.1" nn-train -t y --valid 0.1 xor.csv
}
