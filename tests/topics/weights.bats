load ../helper

# What a column of weights means to the trainers: --weights, --fweights, --aweights.

three=sepal_length,sepal_width,petal_length
five=mean_radius,mean_texture,mean_smoothness,mean_concavity,mean_symmetry

# Tables with frequencies f (0 to 3), importances a (some of them 0) and the importances ten times as large, and with
# rows repeated.
tables() {
    local name
    for name in iris breast-cancer; do
        awk -F, -v OFS=, 'NR == 1 { print $0, "f", "a", "a10"; next }
            { i = NR - 1; a = i % 7 ? 0.3 + 0.37 * (i % 5) : 0; printf "%s,%d,%.2f,%.1f\n", $0, i % 4, a, 10 * a }' \
            "$data/$name.csv" >$name.csv
        awk -F, 'NR == 1 { print; next } { for (i = 0; i < $(NF - 2); i++) print }' $name.csv >$name-repeated.csv
    done
}

# Usage: assert_same_models A B TOLERANCE — the same terms, estimates, errors, p-values and intervals, and the same
# numbers of NAME...
assert_same_models() {
    local a=$1 b=$2 tolerance=$3 name
    shift 3
    paste -d, <(model-show --to csv "$a") <(model-show --to csv "$b") | awk -F, -v t="$tolerance" '
        NR == 1 { half = NF / 2; next }
        { n++
          for (i = 1; i <= half; i++) {
              d = $i - $(i + half); s = $i < 0 ? -$i : $i
              if ($i !~ /^[-0-9.e]+$/ ? $i != $(i + half) : (d < 0 ? -d : d) > t * s) { print; bad = 1 }
          } }
        END { exit bad || n == 0 }'
    for name in "$@"; do
        assert_close "$(field "$name" "$a")" "$(field "$name" "$b")" "$tolerance"
    done
}

@test "a row of frequency 2 is two rows, in every fit and number" {
    tables
    sums="rows weight_sum loglik loglik_null objective"
    for how in "" "--l2 0.3" "--prior-sd 0.5" "--l1 0.01 --standardize" "--no-intercept"; do
        linreg-train -q -t petal_width -x $three $how --fweights f -o a iris.csv
        linreg-train -q -t petal_width -x $three $how -o b iris-repeated.csv
        assert_same_models a b 1e-12 $sums rss tss
        assert_equal "$(field df_residual a)" "$(field df_residual b)"
    done
    for how in "--loss huber:0.2" "--heteroscedastic petal_length"; do
        linreg-train -t petal_width -x $three $how --fweights f -o a iris.csv
        linreg-train -t petal_width -x $three $how -o b iris-repeated.csv
        assert_same_models a b 1e-9 rows weight_sum objective
    done
    for how in "" "--solver lbfgs" "--l2 0.01" "--prior-sd 3" "--class-weight balanced" "--loss squared --l2 0.1"; do
        logreg-train -t diagnosis -x $five $how --fweights f -o a breast-cancer.csv
        logreg-train -t diagnosis -x $five $how -o b breast-cancer-repeated.csv
        assert_same_models a b 1e-7 $sums
    done
    logreg-train -t diagnosis -x $five --fweights f -o a breast-cancer.csv
    logreg-train -t diagnosis -x $five -o b breast-cancer-repeated.csv
    assert_same_models a b 1e-12 $sums
    softmax-train -t species -x sepal_width --fweights f -o a iris.csv
    softmax-train -t species -x sepal_width -o b iris-repeated.csv
    assert_same_models a b 1e-12 $sums
    bayes-train -t species -x 1-4 --fweights f -o a iris.csv
    bayes-train -t species -x 1-4 -o b iris-repeated.csv
    assert_same_models a b 1e-12 rows weight_sum loglik
}

@test "frequencies and importances give what R's lm and glm give" {
    tables
    linreg-train -t petal_width -x $three --fweights f -o model iris.csv
    assert_weighted_reference lm-frequencies model 1e-11
    assert_equal "$(field rows model) $(field df_residual model)" "225 221"
    linreg-train -t petal_width -x $three --aweights a -o model iris.csv
    assert_weighted_reference lm-importances model 1e-11
    assert_equal "$(field rows model) $(field weight_sum model) $(field df_residual model)" "150 129 125"
    logreg-train -t diagnosis -x $five --fweights f -o model breast-cancer.csv
    assert_weighted_reference glm-frequencies model 1e-8
    logreg-train -t diagnosis -x $five --aweights a -o model breast-cancer.csv
    assert_weighted_reference glm-importances model 1e-8
    assert_equal "$(field rows model) $(field weight_sum model)" "569 488"
}

@test "the scale of importances does not matter" {
    tables
    for how in "" "--l2 0.3" "--prior-sd 0.5" "--l1 0.01"; do
        linreg-train -t petal_width -x $three $how --aweights a -o a iris.csv
        linreg-train -t petal_width -x $three $how --aweights a10 -o b iris.csv
        assert_same_models a b 1e-11 weight_sum loglik loglik_null objective rss
    done
    linreg-train -t petal_width -x $three --loss l1 --aweights a -o a iris.csv
    linreg-train -t petal_width -x $three --loss l1 --aweights a10 -o b iris.csv
    assert_same_models a b 1e-11 weight_sum loglik objective
    awk -F, -v OFS=, '{ print $0, (NR == 1 ? "wide" : $2 > 3 ? "yes" : "no") }' iris.csv >wide.csv
    for how in "-x 1,3,species --categorical species" "-x 1,3 --prior-sd 1" "-x 1,3 --class-weight no=2"; do
        logreg-train -t wide $how --aweights a -o a wide.csv
        logreg-train -t wide $how --aweights a10 -o b wide.csv
        assert_same_models a b 1e-10 weight_sum loglik objective
    done
    softmax-train -t species -x 2 --aweights a -o a iris.csv
    softmax-train -t species -x 2 --aweights a10 -o b iris.csv
    assert_same_models a b 1e-10 weight_sum loglik objective
    bayes-train -t species -x 1,2 --categorical 2 --pseudo-count 1 --aweights a -o a iris.csv
    bayes-train -t species -x 1,2 --categorical 2 --pseudo-count 1 --aweights a10 -o b iris.csv
    assert_same_models a b 1e-12 weight_sum loglik
}

@test "importances that are all the same are no weights" {
    awk -F, '{ print $0 "," (NR == 1 ? "w" : 0.125) }' "$data/iris.csv" >same.csv
    linreg-train -t petal_width -x $three --aweights w -o a same.csv
    linreg-train -t petal_width -x $three -o b same.csv
    assert_same_models a b 1e-12 rows weight_sum loglik loglik_null rss tss
    softmax-train -t species -x 2 --aweights w -o a same.csv
    softmax-train -t species -x 2 -o b same.csv
    assert_same_models a b 1e-10 rows weight_sum loglik
    bayes-train -t species -x 1-4 --aweights w -o a same.csv
    bayes-train -t species -x 1-4 -o b same.csv
    assert_same_models a b 1e-12 rows weight_sum loglik
}

@test "a model says what its weights were" {
    tables
    for meaning in "-w counts of rows" "--fweights frequencies" "--aweights importances"; do
        run -0 bash -c "linreg-train -t petal_width -x 1 ${meaning%% *} f iris.csv | model-show"
        assert_line "weights         ${meaning#* }"
        run -0 bash -c "softmax-train -t species -x 1 ${meaning%% *} f iris.csv | model-show"
        assert_line "weights         ${meaning#* }"
        run -0 bash -c "bayes-train -t species -x 1 ${meaning%% *} f iris.csv | model-show"
        assert_line "weights         ${meaning#* }"
    done
    run -0 bash -c "linreg-train -t petal_width -x 1 iris.csv | model-show"
    refute_line --partial weights
}

@test "one pass over frequencies counts them" {
    tables
    logreg-train -t diagnosis -x $five --solver online --fweights f -o a breast-cancer.csv
    logreg-train -t diagnosis -x $five --solver online -w f -o b breast-cancer.csv
    assert_same_models a b 0 weight_sum
    assert_equal "$(field rows a)" "$(field weight_sum a)"
}

@test "weights that are not what they should be are errors" {
    tables
    awk -F, -v OFS=, 'NR == 3 { $6 = -1 } 1' iris.csv >negative.csv
    for train in "linreg-train -t petal_width" "softmax-train -t species" "bayes-train -t species"; do
        fails 1 "${train%% *}: iris.csv:2: column 7 'a': the frequency 0.67 is not a whole number;"\
" use --weights for weights of any size" \
            $train -x 1,2 --fweights a -o model iris.csv
        fails 2 "${train%% *}: --weights cannot be used with --fweights; try '${train%% *} --help'" \
            $train -x 1,2 -w a --fweights f iris.csv
        fails 2 "${train%% *}: --weights cannot be used with --aweights; try '${train%% *} --help'" \
            $train -x 1,2 -w a --aweights f iris.csv
        fails 2 "${train%% *}: --fweights cannot be used with --aweights; try '${train%% *} --help'" \
            $train -x 1,2 --aweights a --fweights f iris.csv
        for option in -w --fweights; do
            fails 1 "${train%% *}: negative.csv:3: column 6 'f': the weight is negative" \
                $train -x 1,2 $option f negative.csv
        done
        assert_not_exist model
    done
    fails 1 "linreg-train: negative.csv:3: column 6 'f': the weight is negative" \
        linreg-train -t petal_width -x 1 --aweights f negative.csv
    fails 1 "logreg-train: iris.csv:2: column 7 'a': the frequency 0.67 is not a whole number;"\
" use --weights for weights of any size" \
        logreg-train -t species -x 1 --solver online --fweights a iris.csv
    awk -F, '{ print $0 "," (NR == 1 ? "zero" : 0) }' iris.csv >zero.csv
    fails 1 "linreg-train: zero.csv: the weights sum to 0" linreg-train -t petal_width -x 1 --aweights zero zero.csv
    fails 1 "softmax-train: zero.csv: all weights are 0" softmax-train -t species -x 1 --aweights zero zero.csv
    fails 2 "logreg-train: --aweights cannot be used with --solver online; use --weights; try 'logreg-train --help'" \
        logreg-train -t species -x 1 --solver online --aweights a iris.csv
    fails 2 "linreg-train: --heteroscedastic cannot be used with --aweights; use --weights for repeated rows;"\
" try 'linreg-train --help'" \
        linreg-train -t petal_width -x 1 --heteroscedastic 1 --aweights a iris.csv
}

@test "a few lines of many rows each are many rows" {
    printf 'x,y,n\n1,2,5\n2,3,5\n3,5,5\n' >few.csv
    linreg-train -t y -x x --fweights n -o model few.csv
    assert_equal "$(field rows model) $(field df_residual model)" "15 13"
    printf 'a,b,c,y,n\n1,2,3,1,1\n2,3,5,2,1\n' >few.csv
    fails 1 "linreg-train: few.csv: 2 rows cannot determine 4 coefficients; use --l2 to penalise coefficients, or"\
" --exclude to omit columns" \
        linreg-train -t y --fweights n few.csv
}

# Usage: assert_combined CASE MODEL — terms, estimates, errors and the log-likelihood of tests/ref/combined.csv.
assert_combined() {
    awk -F, -v case="$1" '$1 == case { print $2 "," $3 "," $4 }' "$ref/combined.csv" >wanted.csv
    model-show --to csv "$2" | awk -F, 'NR > 1 && $4 != "" { print $2 "," $3 "," $4 }' >got.csv
    paste -d, wanted.csv got.csv | awk -F, '
        { n++; for (i = 2; i <= 3; i++) { d = $i - $(i + 3); s = $i < 0 ? -$i : $i; bad += (d < 0 ? -d : d) > 1e-8 * s }
            bad += $1 != $4 }
        END { exit bad || n < 5 }' || fail "$(paste -d, wanted.csv got.csv)"
    assert_close "$(field loglik "$2")" "$(awk -F, -v case="$1" '$1 == case { print $5; exit }' "$ref/combined.csv")" \
        1e-10
}

@test "frequencies, an offset, categories, a constant column and one of large numbers give R's numbers together" {
    awk -F, -v OFS=, 'NR == 1 { for (j = 1; j <= NF; j++) at[$j] = j; print "r,smooth,k,big,c,o,f,y"; next }
        { i = NR - 1; c = substr("abc", 1 + i * i % 7 % 3, 1)
          printf "%s,%s,7,%.17g,%s,%.3f,%d,%s\n", $at["mean_radius"], $at["mean_smoothness"], $at["mean_texture"] * 1e8,
                 i == 5 ? "d" : c, sin(i), i % 4, $at["diagnosis"] }' "$data/breast-cancer.csv" >all.csv
    linreg-train -q -t r -x smooth,k,big,c --categorical c --offset o --fweights f -o linear all.csv
    assert_combined lm linear
    grep -v ',d,' all.csv >most.csv
    for solver in newton newton-cg lbfgs; do
        logreg-train -q -t y -x smooth,k,big,c --categorical c --offset o --fweights f --solver $solver --tol 1e-11 \
            -o logistic most.csv
        assert_combined glm logistic
    done
    fails 3 "logreg-train: column 'k' is constant or a linear combination of earlier columns;"\
$' its coefficient is 0\n'\
"logreg-train: quasi-complete separation by 'c=d': the likelihood has no maximum and the coefficients have no finite"\
" estimates; use --l2" \
        logreg-train -t y -x smooth,k,big,c --categorical c --offset o --fweights f -o separated all.csv
}

@test "weights that sum to 1 are no number of rows, whose errors and corrections are empty" {
    printf 'c,d,w\na,x,0.5\nb,x,0.3\nb,y,0.2\n' >w.csv
    too_few="sum to 1, which is too few rows for" relative="; use --aweights for relative weights"
    run -0 --separate-stderr entropy -x c -w w --estimate miller-madow w.csv
    assert_equal "$stderr" "entropy: the weights $too_few --estimate$relative"
    assert_line --index 1 c,3,1,2,,,
    run -0 --separate-stderr entropy -x c -w w --se w.csv
    assert_equal "$stderr" "entropy: the weights $too_few --se$relative"
    assert_line --index 1 c,3,1,2,1,,2,1
    run -0 --separate-stderr mutual-info -x c,d -w w --estimate miller-madow w.csv
    assert_equal "$stderr" "mutual-info: the weights $too_few --estimate$relative"
    assert_equal "$(cell 1 I_bits)" ""
    run -0 --separate-stderr mle-categorical -x c -w w w.csv
    assert_equal "$stderr" \
        "mle-categorical: the weights of column 'w' sum to 1, which is too few rows for standard errors$relative"
    assert_line --index 1 c,a,1,0.5,0.5,
    run -0 --separate-stderr entropy -x c -w w <<<$'c,w\na,1'
    assert_equal "$stderr" ""
    for p in 0.3 0.8; do
        run -0 --separate-stderr loss-eval -t y -p p -w w -l l2 <<<$'y,p,w\n1,2,0.'"${p#0.}"$'\n2,5,0.2'
        assert_equal "$(cell 1 se)" ""
    done
}

@test "relative weights of symbols count as the effective number of rows, at any scale" {
    printf 'c,d,w\na,x,0.5\nb,x,0.3\nc,y,0.2\n' >'1'
    for exponent in -1000 1000; do
        awk -F, -v OFS=, -v half=$((exponent / 2)) 'NR > 1 { $3 = sprintf("%.17g", $3 * 2^half * 2^half) } 1' 1 \
            >$exponent
    done
    # n = 1 / 0.38, errors sqrt(var log p / n) and sqrt(p (1 - p) / n), Miller and Madow's 2 / 2n nats, in Python
    for file in 1 -1000 1000; do
        run -0 --separate-stderr entropy -x c --se --aweights w ./$file
        assert_equal "$stderr" ""
        assert_equal "$(cell 1 n)" 3
        assert_close "$(cell 1 effective_n)" 2.6315789473684212
        assert_close "$(cell 1 H_se_bits)" 0.3242903634174558
        run -0 entropy -x c --estimate miller-madow --aweights w ./$file
        assert_close "$(cell 1 H_bits)" 2.0336994127651407
        run -0 entropy -x c --given d --aweights w ./$file
        assert_close "$(cell 1 H_bits)" 0.7635472023399721
        run -0 mle-categorical -x c --aweights w ./$file
        assert_close "$(cell 1 se)" 0.3082207001484488
        assert_close "$(cell 3 se)" 0.24657656011875906
        run -0 mle-categorical -x c --summary --aweights w ./$file
        assert_close "$(cell 1 effective_n)" 2.6315789473684212
        assert_close "$(cell 1 nll_nats)" 2.7096131949067725
        run -0 mutual-info -x c,d --se --aweights w ./$file
        assert_close "$(cell 1 effective_n)" 2.6315789473684212
        assert_close "$(cell 1 I_bits)" 0.7219280948873623
        assert_close "$(cell 1 I_se_bits)" 0.49315312023751806
        run -0 mutual-info -x c,d --estimate miller-madow --aweights w ./$file
        assert_close "$(cell 1 I_bits)" 0.9960401526562653
    done
    awk -F, -v OFS=, 'NR > 1 { $5 = 0.1 } NR == 1 { $5 = "w" } 1' "$data/iris.csv" >equal.csv
    diff <(entropy -x 1-4 --se --precision 12 equal.csv) \
        <(entropy -x 1-4 --se --precision 12 --aweights w equal.csv | cut -d, -f 1,2,5-)
    usage="; try 'entropy --help'"
    fails 2 "entropy: --weights cannot be used with --aweights$usage" entropy -w w --aweights w 1
    fails 2 "entropy: --aweights cannot be used with --estimate grassberger$usage" \
        entropy --estimate grassberger --aweights w 1
    fails 2 "mutual-info: --permutations cannot be used with --aweights; try 'mutual-info --help'" \
        mutual-info --permutations 9 --aweights w 1
}

@test "products of weights of any size do not overflow in mutual information" {
    for weight in 1 1e-250 1e250; do
        printf '%s\n' x,y,w a,b,$weight a,c,$weight b,c,$weight | mutual-info -x x,y -w w --precision 12 |
            cut -d, -f 1-4,6- >$weight.csv
        diff 1.csv $weight.csv
    done
    assert_close "$(cell 1 I_bits 1.csv)" 0.2516291673878229
}

@test "a result tells the number of rows from the sum of their weights" {
    printf 'x,y,w\na,b,0.1\na,c,0.1\na,c,0.1\n' >t.csv
    run -0 entropy -x x,y -w w t.csv
    assert_equal "$(cell 1 n)" 3
    assert_close "$(cell 1 weight)" 0.3
    run -0 mutual-info -w w t.csv
    assert_equal "$(cell 1 n)" 3
    run -0 mle-categorical -x y -w w t.csv
    assert_line --index 3 --regexp '^y,c,2,0\.2,'
}

@test "relative weights of losses are the same at any scale, and equal ones as none" {
    awk -v OFS=, -v OFMT=%.17g 'BEGIN { srand(2); print "y,p,q,w,v,e,g"
        for (i = 0; i < 40; i++) { w = 1 + int(rand() * 9)
            print int(rand() * 2), (1 + int(rand() * 8)) / 10, 0.5, w, w / 1024, 0.025, i % 2 } }' >t.csv
    for options in "-l log,squared,auc,f1" "-l log --baseline q" "-l log -g g"; do
        loss-eval -t y -p p $options --aweights w --precision 12 t.csv >whole
        loss-eval -t y -p p $options --aweights v --precision 12 t.csv | diff whole -
    done
    diff <(loss-eval -t y -p p -l log,accuracy --precision 12 t.csv) \
        <(loss-eval -t y -p p -l log,accuracy --precision 12 --aweights e t.csv)
    run -0 --separate-stderr loss-eval -t y -p p -l log -w e t.csv
    assert_equal "$stderr" "loss-eval: the weights sum to 1, which is too few rows for standard errors;"\
" --aweights takes them as relative weights"
    assert_equal "$(cell 1 se)" ""
    usage="; try 'loss-eval --help'"
    fails 2 "loss-eval: --weights cannot be used with --aweights$usage" loss-eval -t y -l log -w w --aweights w t.csv
    fails 2 "loss-eval: --loss trimmed cannot be used with --aweights$usage" \
        loss-eval -t y -l trimmed --aweights w t.csv
    # By hand: losses 0 and 4 of weights 3 and 1: mean 1, n = 16/10, se^2 = 3 n / (n - 1) / n = 5.
    run -0 loss-eval -t y -p p -l mse --aweights w <<<$'y,p,w\n1,1,3\n1,3,1'
    assert_line --index 1 mse,2,1.6,1,2.23606797749979,y^2
}

@test "a group of one row is no reason for a notice" {
    printf 'g,x,w\na,1,1\na,2,3\nb,5,1\nb,6,0\n' >t.csv
    for command in mle-gauss 'mle-location -l l1' mle-laplace; do
        run -0 --separate-stderr $command -g g -x x -w w t.csv
        assert_equal "$stderr" ""
    done
}
