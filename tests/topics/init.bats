load ../helper

# --init of logreg-train and softmax-train: fits that start where a model is.

five=mean_radius,mean_texture,mean_smoothness,mean_concavity,mean_symmetry

# Usage: estimates MODEL [DIGITS] — classes, terms, estimates.
estimates() {
    model-show --to csv --precision "${2:-9}" "$1" | cut -d, -f1-3 | sort
}

@test "at the optimum there is nothing left to do, whatever the solver" {
    logreg-train -t diagnosis -x $five --l2 1e-4 -o start "$data/breast-cancer.csv"
    for solver in newton newton-cg lbfgs gd sgd; do
        logreg-train -t diagnosis -x $five --l2 1e-4 --solver $solver --init start -o model "$data/breast-cancer.csv"
        [ $solver = sgd ] || assert_equal "$solver $(field iterations model)" "$solver 0"
        diff <(estimates start) <(estimates model)
    done
    softmax-train -t cultivar --l2 0.01 --standardize -o start "$data/wine.csv"
    for solver in newton newton-cg lbfgs gd sgd; do
        softmax-train -t cultivar --l2 0.01 --standardize --solver $solver --init start -o model "$data/wine.csv"
        [ $solver = sgd ] || assert_equal "$solver $(field iterations model)" "$solver 0"
        diff <(estimates start) <(estimates model)
    done
}

@test "the trace begins at the model's objective" {
    logreg-train -t diagnosis -x $five --solver lbfgs --max-iter 3 -o start "$data/breast-cancer.csv" || [ $? = 3 ]
    for solver in newton newton-cg lbfgs gd sgd; do
        logreg-train -t diagnosis -x $five --solver $solver --init start --trace trace.csv -o model \
            "$data/breast-cancer.csv" || [ $? = 3 ]
        run -0 cat trace.csv
        assert_close "$(cell 1 objective)" "$(field objective start)" 1e-10
    done
}

@test "features are matched by name and classes by label" {
    logreg-train -t diagnosis -x $five -o start "$data/breast-cancer.csv"
    logreg-train -t diagnosis -x mean_symmetry,mean_texture,mean_concavity,mean_smoothness,mean_radius \
        --positive benign \
        --init start -o model "$data/breast-cancer.csv"
    assert_equal "$(field iterations model)" 0
    diff <(estimates start | sed 's/malignant,//;s/,-/,/' | sort) <(estimates model | sed 's/benign,//;s/,-/,/' | sort)
    softmax-train -t species -x sepal_width -o start "$data/iris.csv"
    softmax-train -t species -x sepal_width --reference virginica --init start -o model "$data/iris.csv"
    assert_equal "$(field iterations model)" 0
    softmax-train -t species -x sepal_width,petal_width --l2 0.1 -o penalised "$data/iris.csv"
    softmax-train -t species -x petal_width,sepal_width --l2 0.1 --init penalised -o model "$data/iris.csv"
    assert_equal "$(field iterations model)" 0
}

@test "categories, offsets, weights and sparse rows start warm, too" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "w", "o", "wide"; next } {
        print $0, NR % 3, sin(NR), (cos(3 * NR) + $2 > 3 ? "yes" : "no") }' \
        "$data/iris.csv" >iris.csv
    logreg-train -t wide -x sepal_length,species --categorical auto -w w --offset o -o start iris.csv
    logreg-train -t wide -x sepal_length,species --categorical auto -w w --offset o --init start -o model iris.csv
    assert_equal "$(field iterations model)" 0
    awk -F, 'NR > 1 { print $8, "1:" $1, "2:" $3 }' iris.csv >iris.svm
    logreg-train -t label -o start iris.svm
    for solver in newton newton-cg lbfgs; do
        logreg-train -t label --solver $solver --init start -o model iris.svm
        assert_equal "$(field iterations model)" 0
    done
    logreg-train -t wide -x 1,3 --l1 0.01 -o start iris.csv
    logreg-train -t wide -x 1,3 --l1 0.01 --init start -o model iris.csv
    diff <(estimates start) <(estimates model)
}

@test "a path of penalties goes from model to model" {
    softmax-train -q -t digit --l2 1e-2 --solver lbfgs -o one "$data/digits.csv.gz"
    softmax-train -q -t digit --l2 8e-3 --solver lbfgs -o cold "$data/digits.csv.gz"
    softmax-train -q -t digit --l2 8e-3 --solver lbfgs --init one -o warm "$data/digits.csv.gz"
    [ "$(field iterations warm)" -lt "$(field iterations cold)" ]
    assert_close "$(field objective warm)" "$(field objective cold)" 1e-10
}

@test "a model of another kind, of other features or classes is refused, and no model written" {
    logreg-train -t diagnosis -x mean_radius,mean_texture -o logistic "$data/breast-cancer.csv"
    linreg-train -t mean_radius -x mean_texture -o linear "$data/breast-cancer.csv"
    softmax-train -t species -x sepal_width -o softmax "$data/iris.csv"
    cancer=$data/breast-cancer.csv
    fails 1 "logreg-train: linear: a model of the kind 'linear' cannot initialise one of the kind 'logistic'" \
        logreg-train -t diagnosis -x mean_texture --init linear -o model "$cancer"
    fails 1 "softmax-train: logistic: a model of the kind 'logistic' cannot initialise one of the kind 'softmax'" \
        softmax-train -t diagnosis -x mean_texture --init logistic -o model "$cancer"
    fails 1 "logreg-train: logistic: the model has the feature 'mean_texture', which the training rows lack" \
        logreg-train -t diagnosis -x mean_radius --init logistic -o model "$cancer"
    fails 1 "logreg-train: logistic: the model lacks the feature 'mean_area' of the training rows" \
        logreg-train -t diagnosis -x mean_radius,mean_area --init logistic -o model "$cancer"
    sed 's/malignant/bad/' "$cancer" >bad.csv
    fails 1 "logreg-train: logistic: the model lacks the class 'bad' of the training rows" \
        logreg-train -t diagnosis -x mean_radius,mean_texture --init logistic -o model bad.csv
    grep -v virginica "$data/iris.csv" >two.csv
    fails 1 "softmax-train: softmax: the model has the class 'virginica', which the training rows lack" \
        softmax-train -t species -x sepal_width --init softmax -o model two.csv
    fails 1 "logreg-train: nothing: cannot open: No such file or directory" \
        logreg-train -t diagnosis --init nothing -o model "$cancer"
    fails 1 "logreg-train: $cancer: this is not a model: it does not begin as a gzip stream" \
        logreg-train -t diagnosis --init "$cancer" -o model "$cancer"
    fails 2 "logreg-train: --init - cannot be used with rows from standard input; try 'logreg-train --help'" \
        logreg-train -t diagnosis --init - -o model
    assert_not_exist model
    logreg-train -t diagnosis -x mean_radius,mean_texture --init - -o model "$cancer" <logistic
    assert_equal "$(field iterations model)" 0
}

# Two days of rows of two or three classes, their columns in another order on the second.
days() {
    awk -v classes="$1" 'BEGIN { srand(5); print "a,b,c,o,y,w"
        for (i = 0; i < 9000; i++) {
            a = rand(); b = 3 * rand() + a; c = rand() - .5; o = rand() - rand();
                p = 1 / (1 + exp(-(a - b + 2 * c + 1 + o)))
            print a "," b "," c "," o "," \
                (rand() < p ? "yes" : classes > 2 && rand() < .5 ? "maybe" : "no") "," 1 + int(3 * rand()) } }' >all.csv
    head -n 4001 all.csv >day1.csv
    { head -n 1 all.csv; tail -n +4002 all.csv; } >day2.csv
    awk -F, -v OFS=, '{ print $6, $3, $5, $1, $4, $2 }' day2.csv >turned.csv
}

@test "an online fit goes on with the next day's rows as if there had been no night" {
    days 2
    for how in "" "-w w" "--fweights w" "--l2 0.01 --standardize" "--positive no" "--prior-sd 2"; do
        logreg-train -t y -x a..c $how --solver online -o whole day1.csv day2.csv
        logreg-train -t y -x a..c $how --solver online -o first day1.csv
        logreg-train -t y -x b,c,a $how --solver online --init first -o second turned.csv
        diff <(estimates whole) <(estimates second)
        for name in rows weight_sum progressive_loss; do
            assert_close "$(field $name second)" "$(field $name whole)" 1e-12
        done
    done
    logreg-train -t y -x a..c --offset o --labels no,yes --solver online -o whole day1.csv day2.csv
    logreg-train -t y -x a..c --offset o --labels no,yes --solver online -o first day1.csv
    logreg-train -t y -x a,b,c --offset o --solver online --init first -o second turned.csv
    diff <(estimates whole) <(estimates second)
    logreg-train -t y -x a,b,c --offset o --solver online --positive yes --init first -o second turned.csv
    diff <(estimates whole) <(estimates second)
    days 3
    softmax-train -t y -x a..c --solver online -o whole day1.csv day2.csv
    softmax-train -t y -x a..c --solver online -o first day1.csv
    softmax-train -t y -x b,c,a --solver online --init first -o second turned.csv
    diff <(estimates whole) <(estimates second)
}

@test "an online fit changes the positive class on the way" {
    days 2
    logreg-train -t y -x a..c --solver online -o first day1.csv
    logreg-train -t y -x a..c --solver online --init first -o second day2.csv
    logreg-train -t y -x a..c --solver online --init first --positive no -o turned day2.csv
    diff <(estimates second | sed 's/^yes,//;s/,-/,/' | sort) <(estimates turned | sed 's/^no,//;s/,-/,/' | sort)
    logreg-train -t y -x a..c --solver online --init turned -o third day2.csv
    logreg-train -t y -x a..c --solver online --init second -o straight day2.csv
    diff <(estimates third) <(estimates straight)
}

@test "an online fit goes on from another solver's model, which counts as its rows" {
    days 2
    logreg-train -t y -x a..c all.csv -o optimum
    logreg-train -t y -x a..c day1.csv -o first
    logreg-train -t y -x c,b,a --solver online --init first -o second day2.csv
    run -0 model-show --to csv second
    second=$output
    run -0 model-show --to csv optimum
    for row in 1 2 3 4; do
        term=$(cell $row term)
        estimate=$(awk -F, -v t="$term" '$2 == t { print $3 }' <<<"$second")
        awk -v a="$estimate" -v b="$(cell $row estimate)" -v se="$(cell $row se)" 'BEGIN { d = (a - b) / se;
            exit !(d < .5 && d > -.5) }'
    done
    head -n 3 day2.csv >few.csv
    logreg-train -t y -x a..c --solver online --init first -o nearly few.csv
    run -0 model-show --to csv nearly
    nearly=$output
    run -0 model-show --to csv first
    for row in 1 2 3 4; do
        assert_close "$(output=$nearly cell $row estimate)" "$(cell $row estimate)" 0.02
    done
    logreg-train -t y -x a..c --init second -o batch all.csv
    diff <(estimates batch 7) <(estimates optimum 7)
    days 3
    softmax-train -t y -x a..c --l2 0.001 day1.csv -o first
    softmax-train -t y -x a..c --l2 0.001 --solver online --init first -o second day2.csv
    softmax-train -t y -x a..c --l2 0.001 all.csv -o optimum
    run -0 bash -c "nn-predict -m second --append all.csv | loss-eval -t y --loss ce | tail -n 1 | cut -d, -f4"
    online=$output
    run -0 bash -c "nn-predict -m optimum --append all.csv | loss-eval -t y --loss ce | tail -n 1 | cut -d, -f4"
    assert_close "$online" "$output" 1e-3
}

@test "snapshots and traces count the rows of all days" {
    days 2
    logreg-train -t y -x a..c --solver online -o first day1.csv
    logreg-train -t y -x a..c --solver online --init first --every 1000 --trace trace.csv -o second day2.csv
    assert_equal "$(cut -d, -f1 trace.csv | tail -n 1)" 9000
    [ "$(cut -d, -f1 trace.csv | sed -n 2p)" -gt 4000 ]
}

# Usage: assert_trace_of_parts COMMAND FILE ROW... — COMMAND on FILE, cut before these lines, writes the trace and the
# losses of one pass over FILE; each part but the last may add a line at its end.
assert_trace_of_parts() {
    local how=$1 file=$2 first=2 init="" part=0 header=1 cut
    shift 2
    [[ $file != *.svm ]] || header=0 first=1
    rm -f part*
    $how --trace whole.trace -o whole "$file"
    for cut in "$@" 999999; do
        part=$((part + 1))
        { head -n "$header" "$file"; sed -n "$first,$((cut - 1))p" "$file"; } >"part$part.${file##*.}"
        # shellcheck disable=SC2086 # no word or two
        $how $init --trace part$part.trace -o part$part "part$part.${file##*.}"
        init="--init part$part"
        first=$cut
    done
    diff <(cat part?.trace | grep -Fx -f whole.trace | grep -v rows | uniq) <(grep -v rows whole.trace)
    [ $(($(cat part?.trace | grep -cv rows) - $(grep -cv rows whole.trace))) -le $# ]
    for name in rows weight_sum progressive_loss; do
        assert_equal "$(field $name part$part)" "$(field $name whole)"
    done
}

@test "a resumed online fit writes the trace of an unbroken one, wherever it was cut" {
    (echo x,y; seq 64 | awk '{ print $1 "," $1 % 2 }') >one.csv
    assert_trace_of_parts "logreg-train -q -t y --solver online" one.csv 65
    assert_equal "$(cell 1 recent_loss part2.trace)" "$(cell 1 progressive_loss part2.trace)"
    assert_close "$(cell 1 recent_loss part2.trace)" 0.6931471805599453
    days 2
    assert_trace_of_parts "logreg-train -q -t y -x a..c -w w --solver online" all.csv 17 66 1000 4099
    awk -F, 'NR > 1 { print ($5 == "yes") " 1:" $1 " 2:" $2 " " 3 + 7 * NR % 50 ":1" }' all.csv >all.svm
    assert_trace_of_parts "logreg-train -q -t label --solver online --every 100" all.svm 70 513 514 5000
    days 3
    assert_trace_of_parts "softmax-train -q -t y -x a..c --l2 0.01 --solver online" all.csv 40 130 2500
    awk -F, 'NR == 1 { printf "y"; for (j = 0; j < 520; j++) printf ",x%d", j; print "" }
        NR > 1 && NR < 400 { printf $5; for (j = 0; j < 520; j++) printf ",%.3f", $1 * j % 1; print "" }' \
        all.csv >wide.csv
    assert_trace_of_parts "softmax-train -q -t y --solver online" wide.csv 66 300
}

@test "an online fit refuses other features, classes and kinds" {
    days 2
    logreg-train -t y -x a..c --solver online -o first day1.csv
    fails 1 "logreg-train: first: the model lacks the feature 'o' of the training rows" \
        logreg-train -t y -x a..o --solver online --init first -o model day2.csv
    fails 1 "logreg-train: first: the model has the feature 'c', which the training rows lack" \
        logreg-train -t y -x a,b --solver online --init first -o model day2.csv
    sed 3s/yes/oui/\;3s/no/non/ day2.csv >other.csv
    odd=$(sed -n 3p other.csv | cut -d, -f5)
    fails 1 "logreg-train: other.csv:3: column 5 'y': the initial model has no class '$odd'" \
        logreg-train -t y -x a..c --solver online --init first -o model other.csv
    fails 1 "softmax-train: first: a model of the kind 'logistic' cannot initialise one of the kind 'softmax'" \
        softmax-train -t y -x a..c --solver online --init first -o model day2.csv
    fails 2 \
        "logreg-train: --labels cannot be used with --init, whose model lists the classes; try 'logreg-train --help'" \
        logreg-train -t y -x a..c --solver online --init first --labels no,yes -o model day2.csv
    assert_not_exist model
}
