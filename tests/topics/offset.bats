load ../helper

# --offset of linreg-train and logreg-train, and what nn-predict and model-show make of it.

three=sepal_length,sepal_width,petal_length
five=mean_radius,mean_texture,mean_smoothness,mean_concavity,mean_symmetry

# Tables with frequencies f, importances a and an offset o; in iris.csv also what is left of petal_width without it.
tables() {
    local name
    for name in iris breast-cancer; do
        awk -F, -v OFS=, 'NR == 1 { print $0, "f", "a", "o", "rest"; next }
            { i = NR - 1;
                printf "%s,%d,%.2f,%.3f,%.17g\n", $0, i % 4, i % 7 ? 0.3 + 0.37 * (i % 5) : 0,
                    sin(i), $4 - sprintf("%.3f", sin(i)) }' \
            "$data/$name.csv" >$name.csv
    done
}

# Usage: estimates MODEL — terms, estimates and errors.
estimates() {
    model-show --to csv "$1" | cut -d, -f2-4
}

@test "fits with an offset are those of R's lm and glm" {
    tables
    linreg-train -t petal_width -x $three --offset o -o model iris.csv
    assert_weighted_reference lm-offset model 1e-10
    linreg-train -t petal_width -x $three --offset o --aweights a -o model iris.csv
    assert_weighted_reference lm-offset-importances model 1e-10
    linreg-train -t petal_width -x $three --offset o --no-intercept -o model iris.csv
    run -0 model-show --to csv model
    while IFS=, read -r case term estimate se rest; do
        [ "$case" = lm-offset-through-0 ] || continue
        assert_close "$(awk -F, -v t="$term" '$2 == t { print $3 }' <<<"$output")" "$estimate" 1e-10
        assert_close "$(awk -F, -v t="$term" '$2 == t { print $4 }' <<<"$output")" "$se" 1e-10
    done <"$ref/weights.csv"
    for solver in newton lbfgs; do
        logreg-train -t diagnosis -x $five --offset o --solver $solver --tol 1e-12 -o model breast-cancer.csv ||
            [ $solver = lbfgs ]
        assert_weighted_reference glm-offset model 1e-8
    done
    logreg-train -t diagnosis -x $five --offset o --fweights f -o model breast-cancer.csv
    assert_weighted_reference glm-offset-frequencies model 1e-8
}

@test "the offset of a mean is subtracted from the target, whatever the loss" {
    tables
    for how in "" "--l2 0.1" "--loss l1" "--loss huber:0.5" "--heteroscedastic petal_length"; do
        linreg-train -t petal_width -x $three $how --offset o -o a iris.csv
        linreg-train -t rest -x $three $how -o b iris.csv
        estimates a >a.csv
        diff a.csv <(estimates b | sed 's/sd of rest/sd of petal_width/')
    done
}

@test "every solver takes the offset into account" {
    tables
    logreg-train -t diagnosis -x mean_radius,mean_texture --offset o -o model breast-cancer.csv
    run -0 model-show --to csv model
    best=$output
    for how in "--solver gd --learning-rate 1 --max-iter 20000 --tol 1e-9" "--solver sgd --epochs 100" "--l2 1e-9"; do
        logreg-train -t diagnosis -x mean_radius,mean_texture --offset o $how -o model breast-cancer.csv
        run -0 model-show --to csv model
        for row in 1 2 3; do
            assert_close "$(cell $row estimate)" "$(output=$best cell $row estimate)" 0.02
        done
    done
    run -0 logreg-train -t diagnosis -x $five --offset o --check-gradient breast-cancer.csv
    assert_line --index 0 class,term,analytic,numeric,relative_error
}

@test "one pass learns beside an offset" {
    awk 'BEGIN { print "x,o,y"; srand(7); for (i = 0; i < 20000; i++) { x = rand() * 4 - 2; o = rand() * 6 - 3
        print x "," o "," (rand() < 1 / (1 + exp(-(0.5 + x + o))) ? "yes" : "no") } }' >made.csv
    logreg-train -t y -x x --offset o --solver online --labels yes,no -o online made.csv
    logreg-train -t y -x x --offset o -o newton made.csv
    run -0 model-show --to csv online
    online=$output
    run -0 model-show --to csv newton
    for row in 1 2; do
        assert_close "$(output=$online cell $row estimate)" "$(cell $row estimate)" 0.02
    done
    awk -F, -v OFS=, 'NR > 1 { $2 = -$2 } 1' made.csv >negative.csv
    logreg-train -t y -x x --offset o --solver online --labels yes,no --positive no -o no negative.csv
    diff <(estimates online | sed 's/-//') <(estimates no | sed 's/-//')
    assert_equal "$(field offset online)" o
    fails 2 "logreg-train: --offset with --solver online requires --labels or --init, which order the classes;"\
" try 'logreg-train --help'" \
        logreg-train -t y -x x --offset o --solver online made.csv
    run -0 bash -c "nn-predict -m online --append made.csv | loss-eval -t y --loss log | cut -d, -f4 | tail -n 1"
    with=$output
    logreg-train -t y -x x,o -o both made.csv
    run -0 bash -c "nn-predict -m both --append made.csv | loss-eval -t y --loss log | cut -d, -f4 | tail -n 1"
    assert_close "$with" "$output" 1e-3
}

@test "categories stand beside an offset" {
    tables
    logreg-train -t diagnosis -x mean_radius,f --categorical f --offset o -o categories breast-cancer.csv
    awk -F, -v OFS=, 'NR == 1 { print $0, "f=1", "f=2", "f=3"; next } { print $0, $32 == 1, $32 == 2, $32 == 3 }' \
        breast-cancer.csv >indicators.csv
    logreg-train -t diagnosis -x mean_radius,f=1,f=2,f=3 --offset o -o numbers indicators.csv
    diff <(estimates categories) <(estimates numbers)
    diff <(nn-predict -m categories --precision 12 breast-cancer.csv) <(nn-predict -m numbers --precision 12 \
        indicators.csv)
}

@test "predictions add the offset that the model asks for by name" {
    tables
    linreg-train -t petal_width -x $three --offset o -o with iris.csv
    linreg-train -t rest -x $three -o without iris.csv
    paste -d, <(nn-predict -m with iris.csv) <(nn-predict -m without iris.csv) <(cut -d, -f8 iris.csv) |
        awk -F, 'NR > 1 { d = $1 - $2 - $3; if (d > 1e-12 || d < -1e-12) { print; bad = 1 } n++ } END { exit bad ||
        n != 150 }'
    paste -d, <(nn-predict -m with --interval 0.9 iris.csv) <(nn-predict -m without --interval 0.9 iris.csv) \
        <(cut -d, -f8 iris.csv) |
        awk -F, 'NR > 1 { for (i = 1; i <= 3; i++) { d = $i - $(i + 3) - $7; if (d > 1e-12 || d < -1e-12) { print;
        bad = 1 } } } END { exit bad }'
    logreg-train -t diagnosis -x $five --offset o -o model breast-cancer.csv
    cut -d, -f1-30,34 breast-cancer.csv | nn-predict -m model --predict all --append |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            { p = $at["p_malignant"]; z = $at["logit_malignant"]; d = p - 1 / (1 + exp(-z));
                if (d > 1e-12 || d < -1e-12) exit bad = 1; n++ }
            END { exit bad || n != 569 }'
    linreg-train -t petal_width -x petal_length --heteroscedastic petal_length --offset o -o with iris.csv
    linreg-train -t rest -x petal_length --heteroscedastic petal_length -o without iris.csv
    assert_equal "$(nn-predict -m with iris.csv | cut -d, -f2)" "$(nn-predict -m without iris.csv | cut -d, -f2)"
}

@test "without the offset there are no predictions" {
    tables
    logreg-train -t diagnosis -x $five --offset o -o model breast-cancer.csv
    fails 1 "nn-predict: $data/breast-cancer.csv: the model's offset 'o' is missing" \
        nn-predict -m model "$data/breast-cancer.csv"
    linreg-train -t petal_width -x petal_length --offset sepal_width -o model iris.csv
    fails 1 "nn-predict: standard input: the model's offset 'sepal_width' is missing; did you mean 'sepal_wdth'?" \
        nn-predict -m model <<<$'petal_length,sepal_wdth\n1,2'
    fails 1 "nn-predict: standard input:2: column 2 'sepal_width': the value is missing;"\
" use --missing skip to leave such predictions empty" \
        nn-predict -m model <<<$'petal_length,sepal_width\n1,NA'
    fails 1 "nn-predict: the model has an offset, which svmlight rows lack" \
        nn-predict -m model --input svm <<<'1 1:2'
}

@test "a model shows its offset, and so does its function in C" {
    tables
    logreg-train -t diagnosis -x $five --offset o -o model breast-cancer.csv
    run -0 model-show model
    assert_line "offset          o"
    run -0 model-show --to c model
    assert_line " *     x[5]  o  (offset)"
    if command -v cc >/dev/null; then
        { cat <<<"$output"
          echo '#include <stdio.h>'
          echo 'int main(void) { double x[6], p; for (;;) {'
          echo 'for (int i = 0; i < 6; i++) if (scanf("%lf,", x + i) != 1) return 0;'
          echo 'if (likely_predict(x, 0, &p)) return 1; printf("%.12g\n", p); } }'
        } >model.c
        cc -std=c99 -o model-c model.c -lm
        awk -F, -v columns=mean_radius,mean_texture,mean_smoothness,mean_concavity,mean_symmetry,o 'BEGIN {
            n = split(columns, want) }
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            { for (i = 1; i <= n; i++) printf "%s%s", $at[want[i]], i < n ? "," : "\n" }' breast-cancer.csv |
                ./model-c |
            paste -d, - <(nn-predict -m model breast-cancer.csv | tail -n +2) |
            awk -F, '{ d = $1 - $2; if (d > 1e-11 || d < -1e-11) { print; bad = 1 } n++ } END { exit bad || n != 569 }'
    fi
}

@test "the same bits for any number of threads" {
    awk 'BEGIN { print "x,z,o,y"; srand(3); for (i = 0; i < 40000; i++) { x = rand(); z = rand(); o = rand()
        print x "," z "," o "," (rand() < x * o ? 1 : 0) } }' >made.csv
    for train in "logreg-train -t y" "linreg-train -t y" "linreg-train -t y --loss huber"; do
        $train -x x,z --offset o -j 1 -o one made.csv
        $train -x x,z --offset o -j 3 -o three made.csv
        diff <(estimates one) <(estimates three)
    done
}

@test "a column that cannot be the offset is an error" {
    tables
    for train in "linreg-train -t petal_width" "linreg-train -t petal_width --loss l1" "logreg-train -t species" \
        "logreg-train -t species --solver online --labels a,b"; do
        say="${train%% *}: iris.csv:"
        target=$(cut -d' ' -f3 <<<"$train")
        fails 1 "$say the target column cannot also be the offset" $train -x 1 --offset "$target" -o model iris.csv
        fails 1 "$say the column of weights cannot also be the offset" $train -x 1 -w f --offset f iris.csv
        fails 1 "$say column 'o' is the offset and cannot also be a feature" $train -x 1,o --offset o iris.csv
        fails 1 "$say no column 'oo'; did you mean 'o'?" $train -x 1 --offset oo iris.csv
        sed '3s/,[^,]*,[^,]*$/,inf,0/' iris.csv >bad.csv
        fails 1 "${train%% *}: bad.csv:3: column 8 'o': the value is infinite" $train -x 1 --offset o bad.csv
        sed '3s/,[^,]*,[^,]*$/,,0/' iris.csv >bad.csv
        fails 1 "${train%% *}: bad.csv:3: column 8 'o': the value is missing; use --missing skip to omit such rows" \
            $train -x 1 --offset o bad.csv
        assert_not_exist model
    done
    fails 1 "linreg-train: iris.csv: column 5 'species' is text and cannot be the offset" \
        linreg-train -t 4 -x 1 --offset species iris.csv
    fails 2 "linreg-train: --offset requires one target, not 2; try 'linreg-train --help'" \
        linreg-train -t 3,4 -x 1 --offset o iris.csv
    fails 1 "logreg-train: standard input: svmlight rows have no columns to select, exclude, weight by or offset by" \
        logreg-train -t label --offset 1 <<<'1 1:2'
}

@test "the log-likelihood of the intercept beside offsets has its digits, however small it is" {
    # mpmath, 50 digits
    printf 'y,x,o,w\n0,1,-40,1\n1,2,50,1\n0,3,-55,2\n1,1,60,1\n' >apart.csv
    logreg-train -q -t y --offset o -w w --l2 1 -o model apart.csv
    assert_close "$(field loglik_null)" -5.7251688691079376e-20 1e-12
    printf 'y,x,o,w\n0,1,0.001,1e6\n1,2,0.002,1e-6\n0,3,-0.001,1e6\n1,1,0.0005,2e-6\n' >rare.csv
    logreg-train -q -t y --offset o -w w --l2 1 -o model rare.csv
    assert_close "$(field loglik_null)" -8.4673669523463156e-5 1e-12
}
