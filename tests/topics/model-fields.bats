load ../helper

# The declarations of fields (lib/model/field.list) against the models that the trainers write.

# Models of every kind, by every solver and option that adds fields, in models/.
train_all() {
    mkdir models
    awk -F, 'NR == 1 { print $0 ",w,o,size" }
        NR > 1 { print $0 "," NR % 3 + 1 "," NR % 7 / 10 "," (NR % 2 ? "big" : "small") }' "$data/iris.csv" >iris.csv
    awk -F, 'NR == 1 || $5 != "setosa"' iris.csv >two.csv
    head -n 4 two.csv >few.csv
    tail -n 3 two.csv >>few.csv
    for options in "-t petal_width,petal_length --prior-sd 1" "-t petal_width -w w" \
        "-t petal_width --no-intercept --offset o --l1 0.1 --standardize" "-t petal_width --loss l1" \
        "-t petal_width --loss huber" "-t petal_width --heteroscedastic all"; do
        train linreg-train -x sepal_length,sepal_width,size --categorical auto $options iris.csv
    done
    awk -F, -v OFS=, '{ print $1, $4, (NR == 1 ? "near" : sprintf("%.17g", $1 * (1 + NR % 7 * 1e-8))) }' iris.csv \
        >near.csv
    train linreg-train -t petal_width near.csv
    for options in "--offset o" "--l2 0.1 --penalized-errors p" "--class-weight balanced -w w" "--solver sgd"; do
        train logreg-train -t species -x sepal_length,sepal_width,size --categorical auto $options two.csv
    done
    train logreg-train -t species -x 3,4 <(sed 52,101d iris.csv)
    train logreg-train -t species -x sepal_length,sepal_width --solver online two.csv
    logreg-train -q -t species -x sepal_length,sepal_width -o start two.csv
    train logreg-train -t species -x sepal_length,sepal_width --solver online --init start few.csv
    train logreg-train -t species -x sepal_length,sepal_width --solver online --init start two.csv
    awk -F, 'NR > 1 { print ($5 == "virginica") " 1:" $1 " 2:" $2 }' two.csv >rows.svm
    train logreg-train -t label --solver online rows.svm
    train logreg-train -t s --trials n - <<<$'x,s,n\n1,2,4\n2,1,5\n3,4,6\n4,6,7'
    awk -F, '{ print $1 "," (NR == 1 ? "p,q" : $5 == "setosa" ? "0.2,0.8" : "1,0") }' "$data/iris.csv" >soft.csv
    train softmax-train -t p,q soft.csv
    train softmax-train -t species -x sepal_width --class-weight balanced iris.csv
    for options in "" "--l2 0.1" "--solver online"; do
        train softmax-train -t species -x sepal_length,sepal_width $options iris.csv
    done
    awk -F, -v OFS=, '{ print $0, NR == 1 ? "twice" : 2 * $1 }' iris.csv >twice.csv
    train linreg-train -t petal_width -x sepal_length,twice twice.csv
    train bayes-train -t species --exclude w,o --pseudo-count 1 --variance-floor 0.1 iris.csv
    train nn-train -t species -x 1-4 --layers '4 tanh' --epochs 2 --valid 0.2 --class-weight balanced iris.csv
    train nn-train -t petal_width -x 1-2 --epochs 2 --loss huber iris.csv
    train nn-train -t petal_width,petal_length -x 1-2 --epochs 2 --loss nll-sd iris.csv
    train_interrupted
}

# Usage: train COMMAND [ARG...] — a model in models/ of a name of its own.
train() {
    local status_of=0
    trained=$((trained + 1))
    "$@" >"models/$1-$trained" 2>notices || status_of=$?
    [ "$status_of" = 0 ] || [ "$status_of" = 3 ] || { cat notices; return 1; }
}

# The checkpoint of a training that was killed.
train_interrupted() {
    nn-train -q -t digit --loss ce --layers '20 tanh' --optimizer momentum --checkpoint 1 --epochs 100000 \
        -o models/checkpoint "$data/digits.csv.gz" &
    local training=$!
    for _ in {1..500}; do
        [ -s models/checkpoint ] && break
        sleep 0.02
    done
    kill "$training"
    wait "$training" || true
}

@test "every field that a trainer writes is declared, and every declared one is written" {
    trained=0
    train_all
    for model in models/*; do
        run -0 --separate-stderr model-show --fields --to tsv "$model"
        assert_equal "$stderr" ""
        echo "$output" >>table
    done
    grep -v $'^field\ttype' table | cut -f 1 | sed 's/_[0-9]*$//' | sort -u >written
    sed -n 's/^FIELD([A-Z]*, \([a-z0-9_]*\),.*/\1/p' "$root/lib/model/field.list" | sort >declared
    assert_equal "$(diff declared written)" ""
    awk -F '\t' '$6 == "" || $2 == "" { print; wrong = 1 } END { exit wrong }' table
}

@test "the fields of a model are listed with type, shape, size, unit and meaning" {
    run -0 model-show --fields --to csv "$files/good-logistic.model"
    assert_line -n 0 field,type,shape,size,unit,meaning
    assert_line --partial "coefficients,finite array,scores x terms,1 x 3,score per unit of the feature,"
    assert_line --partial "loglik,number,,,nats,"
    # JSON has the kind and five measures of fit beside the fields, the table a header.
    assert_equal $((${#lines[@]} + 5)) "$(model-show --to json "$files/good-logistic.model" | grep -c '": ')"
    run -0 model-show --fields "$files/good-logistic.model"
    assert_line --regexp '^features +texts +2 +names of the features'
    assert_equal "$(model-show --fields <"$files/good-logistic.model")" "$output"
}

@test "--fields cannot be used with other parts of the model" {
    for option in --count --image "--layer 1" "--confidence 0.9" "--precision 3" "--to c"; do
        local named=${option%% [0-9]*}
        fails 2 "model-show: --fields cannot be used with $named; try 'model-show --help'" \
            model-show --fields $option "$files/good-logistic.model"
    done
}

@test "the manual describes every field" {
    # shellcheck disable=SC2013
    for name in $(sed -n 's/^FIELD([A-Z]*, \([a-z0-9_]*\),.*/\1/p' "$root/lib/model/field.list"); do
        grep -qE "^\.It Va ${name}(_I)?\$" "$root/man/likely-model.7" || fail "no $name"
    done
}
