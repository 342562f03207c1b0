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
    nn-predict -m "$model" --predict all "$data/iris.csv" >out.csv
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
    run -0 nn-predict -m "$model" --predict logit t.csv
    assert_line -n 0 logit_virginica
    run -0 nn-predict -m "$model" --predict label t.csv
    assert_output $'predicted\nother'
    run -0 nn-predict -m "$files/good-softmax.model" --predict all "$data/wine.csv"
    assert_line -n 0 predicted,p_class_0,p_class_1,p_class_2,logit_class_0,logit_class_1,logit_class_2
}

@test "the threshold moves the positive label" {
    rows '5,3\n'
    run -0 nn-predict -m "$model" --predict label --threshold 0.03 t.csv
    assert_output $'predicted\nvirginica'
}

@test "columns are matched by name, whatever their order" {
    printf 'x,sepal_width,sepal_length\na,3,5\n' >other.csv
    rows '5,3\n'
    assert_equal "$(nn-predict -m "$model" other.csv)" "$(nn-predict -m "$model" t.csv)"
}

@test "--append keeps the bytes of each row" {
    rows '"5",3.00\n'
    run -0 nn-predict -m "$model" --append --predict label t.csv
    assert_output "$head,predicted"$'\n"5",3.00,other'
    printf 'sepal_length sepal_width\n5   3\n' >t.txt
    run -0 nn-predict -m "$model" --append --predict label t.txt
    assert_output $'sepal_length sepal_width predicted\n5   3 other'
    run -0 nn-predict -m "$model" --append --predict label - <<<$'sepal_length\tsepal_width\n5\t3'
    assert_output $'sepal_length\tsepal_width\tpredicted\n5\t3\tother'
}

@test "--missing skip leaves the prediction empty and the rows aligned" {
    rows 'NA,3\n5,3\n'
    run --separate-stderr -0 nn-predict -m "$model" --missing skip --append --predict label t.csv
    assert_output "$head,predicted"$'\nNA,3,\n5,3,other'
    assert_equal "$stderr" \
        "nn-predict: rows with missing or infinite values, whose predictions are empty: 1, the first t.csv:2"
    rows '5,3\n-inf,3\n,\n5,3\n'
    run --separate-stderr -0 nn-predict -m "$model" --missing skip --append --predict label t.csv
    assert_output "$head,predicted"$'\n5,3,other\n-inf,3,\n,,\n5,3,other'
    assert_equal "$stderr" \
        "nn-predict: rows with missing or infinite values, whose predictions are empty: 2, the first t.csv:3"
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
    fails 1 "nn-predict: t.csv:2: column 1 'sepal_length': the value is missing; use --missing skip to leave such"\
" predictions empty" \
        nn-predict -m "$model" t.csv
    rows '5,inf\n'
    fails 1 "nn-predict: t.csv:2: column 2 'sepal_width': the value is infinite" nn-predict -m "$model" t.csv
    rows '5,3\nx,3\n'
    fails 1 "nn-predict: t.csv:3: column 1 'sepal_length': 'x' is not a number" nn-predict -m "$model" t.csv
}

@test "features that are not there are named" {
    printf 'sepal_lenght,sepal_width\n5,3\n' >t.csv
    fails 1 "nn-predict: t.csv: the model's feature 'sepal_length' is missing; did you mean 'sepal_lenght'?" \
        nn-predict -m "$model" t.csv
    echo 5,3 >t.csv
    local reason="the input has no header, which the model's feature 'sepal_length' requires"
    fails 1 "nn-predict: t.csv: $reason; use --names 'sepal_length,sepal_width' to name the columns" \
        nn-predict -m "$model" t.csv
}

@test "--append never makes a second column of a name" {
    printf '%s,p_virginica\n5,3,1\n' "$head" >t.csv
    fails 1 "nn-predict: t.csv: the column 'p_virginica' exists already; --append would add another" \
        nn-predict -m "$model" --append t.csv
}

@test "usage errors" {
    fails 2 "nn-predict: missing --model; try 'nn-predict --help'" nn-predict
    fails 2 "nn-predict: --model - cannot be used with rows from standard input; try 'nn-predict --help'" \
        nn-predict -m -
    fails 2 "nn-predict: --threshold: invalid value '2': expected a number of at most 1; try 'nn-predict --help'" \
        nn-predict -m "$model" --threshold 2
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
    assert_line --index 0 \
        mean_petal_width,mean_sepal_width,mean_petal_width_lower,mean_petal_width_upper,mean_sepal_width_lower,\
mean_sepal_width_upper
    assert_intervals petal_width mean_petal_width
    assert_intervals sepal_width mean_sepal_width
    logreg-train -t diagnosis -x mean_radius,mean_texture -o logistic.model "$data/breast-cancer.csv"
    run -0 nn-predict -m logistic.model --interval 0.95 --predict all "$data/breast-cancer.csv"
    assert_line --index 0 \
        predicted,p_malignant,p_malignant_lower,p_malignant_upper,logit_malignant,logit_malignant_lower,\
logit_malignant_upper
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
    fails 1 "nn-predict: the model has no covariance of its coefficients, which intervals require" \
        nn-predict -m model --interval 0.95 "$data/iris.csv"
    printf '1,y\n1,2\n2,3\n3,5\n' | linreg-train --header yes -t y -o model
    printf '1 1:2\n' >rows.svm
    fails 1 "nn-predict: --interval cannot be used with svmlight rows" nn-predict -m model --interval 0.95 rows.svm
    fails 2 "nn-predict: --interval: invalid value '1': expected a number of at most 0.999999999;"\
" try 'nn-predict --help'" \
        nn-predict -m model --interval 1 "$data/iris.csv"
}

# Usage: assert_mean RESULT FILE... — every number of RESULT is the mean of those in the same place of the FILEs.
assert_mean() {
    local result=$1
    shift
    paste -d, "$result" "$@" | awk -F, -v files=$# '
        NR > 1 { n = NF / (files + 1)
            for (i = 1; i <= n; i++) {
                sum = 0; for (f = 1; f <= files; f++) sum += $(f * n + i)
                d = $i - sum / files; if (!(d * d <= 1e-30)) { print NR ": " $0; exit bad = 1 } } }
        END { exit bad || NR < 10 }'
}

@test "what a hidden layer puts out are columns" {
    nn-train -q -t petal_width -x 1,2 --layers '3 relu' --scale none --epochs 3 -o model "$data/iris.csv"
    nn-predict -m model --layer 1 "$data/iris.csv" >one
    assert_equal "$(head -n 1 one)" layer1_1,layer1_2,layer1_3
    model-show --layer 1 --to csv model >weights
    awk -F, 'FNR == 1 { file++; next }
        file == 1 { for (k = 2; k <= 4; k++) w[FNR, k] = $k; next }
        file == 2 { for (k = 2; k <= 4; k++) y[FNR, k] = w[2, k] + $1 * w[3, k] + $2 * w[4, k]; next }
        { for (k = 1; k <= 3; k++) { d = $k - y[FNR, k + 1]; if (!(d * d < 1e-26)) exit bad = 1 } n++ }
        END { exit bad || n != 150 }' weights "$data/iris.csv" one
    run -0 nn-predict -m model --layer 2 "$data/iris.csv"
    assert_equal "$output" "$(sed '1s/layer1/layer2/g; 1!{s/-[^,]*/0/g}' one)"
    run -0 nn-predict -m model --layer 2 --append "$data/iris.csv"
    assert_line -n 0 sepal_length,sepal_width,petal_length,petal_width,species,layer2_1,layer2_2,layer2_3
    assert_equal "${#lines[@]}" 151
}

@test "the last layer of a network puts out its probabilities" {
    nn-train -q -t species --layers '3 tanh' --loss ce --epochs 5 -o model "$data/iris.csv"
    assert_equal "$(nn-predict -m model --layer 4 "$data/iris.csv" | tail -n +2)" \
        "$(nn-predict -m model "$data/iris.csv" | tail -n +2)"
    printf 'sepal_length,sepal_width,petal_length,petal_width\n1,NA,3,4\n1,2,3,4\n' >gap.csv
    run -0 nn-predict -m model --layer 1 --missing skip gap.csv
    assert_line -n 1 ,,
}

@test "layers that are not there are refused" {
    nn-train -q -t species --layers '3 tanh' --epochs 1 -o network "$data/iris.csv"
    fails 2 "nn-predict: --layer: layer 4 does not exist: the network has 3 layers; try 'nn-predict --help'" \
        nn-predict -m network --layer 4 "$data/iris.csv"
    fails 2 "nn-predict: --layer: a logistic model has no layers; try 'nn-predict --help'" \
        nn-predict -m "$model" --layer 1 "$data/iris.csv"
    fails 2 "nn-predict: --layer cannot be used with --predict; try 'nn-predict --help'" \
        nn-predict -m network --layer 1 --predict label "$data/iris.csv"
    fails 2 "nn-predict: --layer cannot be used with --temperature; try 'nn-predict --help'" \
        nn-predict -m network --layer 1 --temperature 2 "$data/iris.csv"
    fails 2 "nn-predict: --layer: layers are shown of one model, not of 2; try 'nn-predict --help'" \
        nn-predict -m network -m network --layer 1 "$data/iris.csv"
}

@test "a temperature divides scores as softmax does" {
    nn-train -q -t cultivar --layers '3 tanh' --epochs 5 -o network "$data/wine.csv"
    for m in "$files/good-softmax.model" network; do
        nn-predict -m "$m" --predict logit "$data/wine.csv" >logits.csv
        softmax --temperature 2.5 logits.csv | sed '1s/p_logit/p/g' >wanted.csv
        nn-predict -m "$m" --temperature 2.5 "$data/wine.csv" >out.csv
        for class in 0 1 2; do
            compare out.csv "p_class_$class" wanted.csv "p_class_$class" 178
        done
    done
    run -0 nn-predict -m "$model" --temperature 2 --predict all "$data/iris.csv"
    assert_close "$(cell 1 p_virginica)" "$(awk -v l="$(cell 1 logit_virginica)" 'BEGIN {
        printf "%.17g", 1 / (1 + exp(-l)) }')"
    cold=$(nn-predict -m "$model" --predict logit "$data/iris.csv" | sed -n 2p)
    assert_close "$(cell 1 logit_virginica)" "$(awk -v l="$cold" 'BEGIN { printf "%.17g", l / 2 }')"
}

@test "a temperature divides the bounds of intervals, too" {
    logreg-train -t diagnosis -x 1,2 -o logistic "$data/breast-cancer.csv"
    lower=$(nn-predict -m logistic --interval 0.9 --predict logit "$data/breast-cancer.csv" |
        awk -F, 'NR == 2 { print $2 / 4 }')
    run -0 nn-predict -m logistic --interval 0.9 --predict logit --temperature 4 "$data/breast-cancer.csv"
    assert_close "$(cell 1 logit_malignant_lower)" "$lower" 1e-5
}

@test "a temperature is for classes" {
    linreg-train -t petal_width --exclude species -o linear "$data/iris.csv"
    fails 2 "nn-predict: --temperature: the model predicts numbers, not classes; try 'nn-predict --help'" \
        nn-predict -m linear --temperature 2 "$data/iris.csv"
    fails 2 "nn-predict: --temperature: invalid value '0': expected a number above 0; try 'nn-predict --help'" \
        nn-predict -m "$model" --temperature 0
}

@test "of several models the average is taken, whatever columns each of them reads" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "size"; next } { size = $3 > 4.5 ? "big" : "small"; print $0, size }' \
        "$data/iris.csv" >sized.csv
    softmax-train -t species -x petal_width,sepal_length --l2 1e-3 -o softmax sized.csv
    bayes-train -t species -x size,sepal_width --pseudo-count 1 -o bayes sized.csv
    softmax-train -t species -x size,petal_length --categorical auto --l2 1e-3 -o categories sized.csv
    nn-train -q -t species -x 1-4 --layers '3 tanh' --epochs 5 -o network sized.csv
    for m in softmax bayes categories network; do
        nn-predict -m "$m" sized.csv >$m.csv
    done
    nn-predict -m softmax -m bayes --model categories -mnetwork sized.csv >out.csv
    assert_equal "$(head -n 1 out.csv)" p_setosa,p_versicolor,p_virginica
    assert_mean out.csv softmax.csv bayes.csv categories.csv network.csv
    nn-predict -m bayes -m network --predict all --append sized.csv >out.csv
    assert_equal "$(head -n 1 out.csv)" \
        sepal_length,sepal_width,petal_length,petal_width,species,size,predicted,p_setosa,p_versicolor,p_virginica
    cut -d, -f8- out.csv >means.csv
    assert_mean means.csv bayes.csv network.csv
    awk -F, 'NR > 1 { label = $8 >= $9 && $8 >= $10 ? "setosa" : $9 >= $10 ? "versicolor" : "virginica";
        if ($7 != label) exit 1 }' out.csv
}

@test "means are averaged, and standard deviations are those of the mixture" {
    linreg-train -t petal_width,sepal_width --exclude species -o one "$data/iris.csv"
    linreg-train -t petal_width,sepal_width -x sepal_length -o two "$data/iris.csv"
    nn-predict -m one "$data/iris.csv" >one.csv
    nn-predict -m two "$data/iris.csv" >two.csv
    nn-predict -m one -m two "$data/iris.csv" >out.csv
    assert_mean out.csv one.csv two.csv
    awk 'BEGIN { print "x,y"; for (i = 1; i <= 200; i++) { x = i / 20; print x "," 1 + 2 * x + x * sin(i * i) / 2 } }' \
        >t.csv
    linreg-train -t y --heteroscedastic all -o one <(head -n 150 t.csv)
    linreg-train -t y --heteroscedastic all -o two <(awk 'NR % 3 != 2' t.csv)
    paste -d, <(nn-predict -m one t.csv) <(nn-predict -m two t.csv) <(nn-predict -m one -m two t.csv) | awk -F, '
        NR > 1 { mean = ($1 + $3) / 2; variance = ($2 ^ 2 + $1 ^ 2 + $4 ^ 2 + $3 ^ 2) / 2 - mean ^ 2
            if (($5 - mean) ^ 2 > 1e-24 || ($6 ^ 2 - variance) ^ 2 > 1e-20) { print; exit bad = 1 } }
        END { exit bad || NR != 201 }'
}

@test "networks that learn standard deviations are mixed target by target" {
    for seed in 1 2; do
        nn-train -q -t petal_width,petal_length -x 1,2 --loss nll-sd --layers '3 tanh' --epochs 3 --seed $seed \
            -o net$seed "$data/iris.csv"
        nn-predict -m net$seed "$data/iris.csv" >$seed.csv
    done
    nn-predict -m net1 -m net2 "$data/iris.csv" >out.csv
    assert_equal "$(head -n 1 out.csv)" mean_petal_width,sd_petal_width,mean_petal_length,sd_petal_length
    paste -d, 1.csv 2.csv out.csv | awk -F, '
        NR > 1 { for (k = 1; k <= 3; k += 2) {
            mean = ($k + $(k + 4)) / 2; variance = ($(k + 1) ^ 2 + $k ^ 2 + $(k + 5) ^ 2 + $(k + 4) ^ 2) / 2 - mean ^ 2
            if (($(k + 8) - mean) ^ 2 > 1e-24 || ($(k + 9) ^ 2 - variance) ^ 2 > 1e-20) { print; exit bad = 1 } } }
        END { exit bad || NR != 151 }'
}

@test "a model of one probability and a model of two go together" {
    logreg-train -t diagnosis -x 1,2 -o logistic "$data/breast-cancer.csv"
    bayes-train -t diagnosis -x 3 -o bayes "$data/breast-cancer.csv"
    nn-predict -m logistic "$data/breast-cancer.csv" >logistic.csv
    nn-predict -m bayes "$data/breast-cancer.csv" | cut -d, -f2 >bayes.csv
    nn-predict -m logistic -m bayes "$data/breast-cancer.csv" >out.csv
    assert_equal "$(head -n 1 out.csv)" p_malignant
    assert_mean out.csv logistic.csv bayes.csv
    nn-predict -m bayes -m logistic "$data/breast-cancer.csv" >both.csv
    assert_equal "$(head -n 1 both.csv)" p_benign,p_malignant
    cut -d, -f2 both.csv >second.csv
    assert_mean out.csv second.csv
    awk -F, 'NR > 1 && ($1 + $2 - 1) ^ 2 > 1e-30 { exit 1 }' both.csv
}

@test "one model several times is itself" {
    cat "$model" >m
    assert_equal "$(nn-predict -m m -m "$model" --predict label "$data/iris.csv")" \
        "$(nn-predict -m m --predict label "$data/iris.csv")"
    nn-predict -m m -m m -m m --temperature 3 "$data/iris.csv" >three
    nn-predict -m m --temperature 3 "$data/iris.csv" >one
    assert_mean three one
}

@test "an ensemble gives the same bytes for any number of threads" {
    { cat "$data/iris.csv"; for i in {1..200}; do tail -n +2 "$data/iris.csv"; done; } >many.csv
    nn-train -q -t species -x 1,2,4 --layers '3 tanh' --epochs 2 -o network "$data/iris.csv"
    softmax-train -t species -x 2,3 --l2 1 -o softmax "$data/iris.csv"
    for j in 1 4; do
        nn-predict -m network -m softmax --predict all --append -j $j many.csv >$j
    done
    assert_equal "$(wc -l <./1)" 30151
    cmp 1 4
}

@test "models that do not predict the same are not averaged" {
    softmax-train -t species -x 1 -o three "$data/iris.csv"
    fails 1 "nn-predict: models that are averaged must predict the same, but 'three' predicts the classes setosa,"\
" versicolor, virginica, '$model' the classes other, virginica" \
        nn-predict -m three -m "$model" "$data/iris.csv"
    linreg-train -t petal_width -x 1 -o one "$data/iris.csv"
    linreg-train -t petal_width,sepal_width -x 1 -o two "$data/iris.csv"
    fails 1 "nn-predict: models that are averaged must predict the same, but 'one' predicts petal_width, 'two'"\
" petal_width, sepal_width" \
        nn-predict -m one -m two "$data/iris.csv"
    fails 1 "nn-predict: models that are averaged must predict the same, but 'one' predicts petal_width, 'three' the"\
" classes setosa, versicolor, virginica" \
        nn-predict -m one -m three "$data/iris.csv"
}

@test "of several models the average is taken of sparse rows, too" {
    awk 'BEGIN { for (i = 0; i < 60; i++) print (i * 7 % 5 > 1), "1:" i % 3, "2:" i * i % 7, "4:" i % 11 }' >rows.svm
    logreg-train -q -t label --l2 0.1 -o one rows.svm
    cut -d ' ' -f 1,2,4 rows.svm | softmax-train -q -t label --l2 0.01 -o two
    nn-predict -m one rows.svm >one.csv
    nn-predict -m two rows.svm | cut -d, -f2 >two.csv
    nn-predict -m one -m two rows.svm >out.csv
    assert_equal "$(head -n 1 out.csv)" p_1
    assert_mean out.csv one.csv two.csv
    nn-predict -m one --temperature 2 --predict logit rows.svm >warm
    nn-predict -m one --predict logit rows.svm | awk 'NR > 1 { print $1 / 2 }' >wanted
    tail -n +2 warm | paste - wanted | awk '($1 - $2) ^ 2 > 1e-10 { exit 1 }'
}

@test "an ensemble has neither scores nor intervals" {
    fails 2 "nn-predict: --predict logit: several models have no common linear predictor; try 'nn-predict --help'" \
        nn-predict -m "$model" -m "$model" --predict logit "$data/iris.csv"
    fails 2 "nn-predict: --interval requires one model, not 2; try 'nn-predict --help'" \
        nn-predict -m "$model" -m "$model" --interval 0.9 "$data/iris.csv"
    fails 2 "nn-predict: --model: standard input can be read once, not 2 times; try 'nn-predict --help'" \
        nn-predict -m - -m - "$data/iris.csv"
    fails 1 "nn-predict: nowhere: cannot open: No such file or directory" \
        nn-predict -m "$model" -m nowhere "$data/iris.csv"
}

@test "at most 128 models are taken" {
    many=()
    for i in {1..129}; do many+=(-m "$model"); done
    fails 2 "nn-predict: --model: given more than 128 times; try 'nn-predict --help'" \
        nn-predict "${many[@]}" "$data/iris.csv"
}

@test "--append keeps each row's own line end, and the header's" {
    printf '%s\r\n5,3\r\n6,2\n7,3\r\n' "$head" >mixed.csv
    nn-predict -m "$model" --append --predict label mixed.csv >out
    printf '%s,predicted\r\n5,3,other\r\n6,2,other\n7,3,virginica\r\n' "$head" | diff - out
    printf '"sepal_length","sepal_width","a\r\nb"\r\n"5",3,"x\r\ny"\r\n' |
        nn-predict -m "$model" --append --predict label >out
    printf '"sepal_length","sepal_width","a\r\nb",predicted\r\n"5",3,"x\r\ny",other\r\n' | diff - out
    printf 'sepal_length sepal_width\r\n5 3 \r\n6 2\r\n' | nn-predict -m "$model" --append --predict label >out
    printf 'sepal_length sepal_width predicted\r\n5 3  other\r\n6 2 other\r\n' | diff - out
    printf '%s\r5,3\r' "$head" | nn-predict -m "$model" --append --predict label >out
    printf '%s,predicted\r5,3,other\r' "$head" | diff - out
    printf '%s\r\n5,3\r\n' "$head" | nn-predict -m "$model" --predict label >out
    printf 'predicted\nother\n' | diff - out
}

@test "a last row without a line end gets that of the first record" {
    printf '%s\r\n5,3\r\n6,2' "$head" | nn-predict -m "$model" --append --predict label >out
    printf '%s,predicted\r\n5,3,other\r\n6,2,other\r\n' "$head" | diff - out
    printf '%s\n5,3' "$head" | nn-predict -m "$model" --append --predict label >out
    printf '%s,predicted\n5,3,other\n' "$head" | diff - out
    printf '%s' "$head" | nn-predict -m "$model" --append --predict label >out
    printf '%s,predicted\n' "$head" | diff - out
}

@test "line ends are kept with a fold, too" {
    sed 's/$/\r/' "$data/iris.csv" >crlf.csv
    nn-predict -m "$model" --append --fold 2/3 crlf.csv >out
    nn-predict -m "$model" --append --fold 2/3 "$data/iris.csv" | sed 's/$/\r/' | diff - out
    nn-predict -m "$model" --append -m "$model" crlf.csv "$data/iris.csv" >out
    assert_equal "$(grep -c $'\r$' out)" 151
    assert_equal "$(wc -l <out)" 301
}

@test "networks and naive Bayes are applied to sparse rows as to the rows with their zeros" {
    awk 'BEGIN { srand(4); for (i = 0; i < 700; i++) {
        printf "%s", i % 3 ? "one" : "two"
        for (j = 1; j <= 6; j++) printf ",%d", rand() < 0.4 ? 0 : 10 * rand() + j * (i % 3 == 0)
        print "" } }' >dense.csv
    awk -F, '{ printf "%s", NR % 2; for (j = 2; j <= NF; j++) if ($j != 0) printf " %d:%s", j, $j; print "" }' \
        dense.csv >rows.svm
    nn-train -q -t 1 -x 5,2,7 --layers '8 tanh, 3 relu' --epochs 3 -o network dense.csv
    nn-train -q -t 1 -x 3,4 --layers '5 sigmoid' --epochs 3 --loss ce -o other dense.csv
    bayes-train -q -t 1 -o bayes dense.csv
    softmax-train -q -t 1 --l2 0.1 -o softmax dense.csv
    for options in '-m network' '-m bayes --predict all' '-m network --layer 3' \
        '-m network --predict logit --temperature 2' \
        '-m network -m bayes -m other -m softmax' '-m other -m softmax -m network --predict all'; do
        cmp <(nn-predict -j 2 $options rows.svm) <(nn-predict $options dense.csv)
    done
    awk -F, -v OFS=, '{ print $0, NR % 2 ? "odd" : "even" }' dense.csv >text.csv
    bayes-train -q -t 1 -o text text.csv
    fails 1 "nn-predict: the model's feature '8' is a category, which svmlight rows cannot hold" \
        nn-predict -m text rows.svm
    nn-train -q -t species --layers '2 tanh' --epochs 1 -o iris "$data/iris.csv"
    fails 1 "nn-predict: rows.svm: the model's feature 'sepal_length' is missing:"\
" svmlight text has the features 1, 2, 3, ..." \
        nn-predict -m iris rows.svm
}

@test "features of svmlight rows that the model does not have are noticed" {
    awk 'BEGIN { for (i = 0; i < 60; i++) print (i * 7 % 5 > 1), "1:" i % 3, "2:" i * i % 7, "4:" i % 11 }' >rows.svm
    logreg-train -q -t label --l2 0.1 -o one rows.svm
    (echo label,1,2,4 && sed 's/ [124]:/,/g' rows.svm) >rows.csv
    nn-train -q --header yes -t label --loss ce-logits --epochs 1 -o two rows.csv
    cut -d ' ' -f 1,2,4 rows.svm | logreg-train -q -t label --l2 0.1 -o less
    printf '1 1:2\n0 1:1 3:0 9:0\n0 1:1 9:2\n1 2:1 10:1\n' >new.svm
    for model in one two; do
        run -0 --separate-stderr nn-predict -m $model rows.svm
        assert_equal "$stderr" ""
        run -0 --separate-stderr nn-predict -m $model new.svm
        assert_equal "$stderr" "nn-predict: rows with features that the model does not have, which are ignored: 2,"\
" the first row 3: feature 9"
    done
    run -0 --separate-stderr nn-predict -m less -m one rows.svm
    assert_equal "$stderr" ""
    awk 'BEGIN { for (i = 0; i < 50000; i++) print "1 1:2"; print "1 7:1" }' >long.svm
    for threads in 1 3; do
        run -0 --separate-stderr nn-predict -j $threads -m less -o out long.svm
        assert_regex "$stderr" ': 1, the first row 50001: feature 7$'
    done
}
