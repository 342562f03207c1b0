load ../helper

# Coefficients of logreg-train and softmax-train that are 0 by --l1, alone or with --l2.

# Usage: assert_elastic CASE COMMAND… — the model of the command has the estimates, zeros, objective and standard errors
# of a case of the reference file.
assert_elastic() {
    local name=$1
    shift
    "$@" -o model
    model-show --to csv model >table.csv
    awk -F, -v OFS='\t' -v name="$name" '$1 == name {
        print "class=" $2 ";term=" $3, "estimate", $4, 1e-9
        if ($6 != "") print "class=" $2 ";term=" $3, "se", $6, 1e-8 }' "$ref/elastic.csv" | assert_cells table.csv
    assert_close "$(model-show --to json model | grep -o '"objective": [^,]*' | cut -d' ' -f2)" \
        "$(awk -F, -v name="$name" '$1 == name { print $5; exit }' "$ref/elastic.csv")"
}

columns=mean_radius,mean_texture,mean_perimeter,mean_area,mean_smoothness

@test "zeros and coefficients are those of scikit-learn" {
    cancer="logreg-train -t diagnosis $data/breast-cancer.csv"
    assert_elastic l1 $cancer --l1 0.01 --standardize
    assert_elastic both $cancer --l1 0.02 --l2 0.01 --standardize
    assert_elastic own-scale $cancer -x mean_texture,mean_smoothness,mean_symmetry --l1 0.003
}

@test "zeros and coefficients of several classes are those of scikit-learn" {
    wine="softmax-train -t cultivar $data/wine.csv"
    assert_elastic classes-l1 $wine --l1 0.01 --standardize
    assert_close "$(awk -F, '$2 == "(intercept)" { s += $3 } END { print s }' table.csv)" 0
    assert_elastic classes-both $wine --l1 0.02 --l2 0.01 --standardize
    assert_elastic classes-own-scale softmax-train -t species --l1 0.02 "$data/iris.csv"
}

@test "conjugate gradients find the same zeros and coefficients" {
    cancer="logreg-train -t diagnosis $data/breast-cancer.csv --solver newton-cg --tol 1e-13"
    assert_elastic l1 $cancer --l1 0.01 --standardize
    assert_elastic both $cancer --l1 0.02 --l2 0.01 --standardize
    wine="softmax-train -t cultivar $data/wine.csv --solver newton-cg --tol 1e-13"
    assert_elastic classes-l1 $wine --l1 0.01 --standardize
    assert_elastic classes-both $wine --l1 0.02 --l2 0.01 --standardize
}

@test "weights count as that number of rows" {
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + (NR - 1) % 3 }' "$data/breast-cancer.csv" >weighted.csv
    assert_elastic weights logreg-train -t diagnosis -x $columns -w w --l1 0.03 --standardize weighted.csv
}

@test "sparse rows give what dense ones give" {
    awk 'BEGIN { srand(5); print "y,a,b,c,d,e"; for (i = 0; i < 400; i++) {
        s = 0; row = ""
        for (j = 1; j <= 5; j++) { x = rand() < 0.4 ? 1 + int(rand() * 3) : 0; s += x * (j - 3); row = row "," x }
        print (rand() < 1 / (1 + exp(-s))) row } }' >rows.csv
    awk -F, 'NR > 1 { printf "%s", $1; for (j = 2; j <= NF; j++) if ($j != 0) printf " %d:%s", j - 1, $j; print "" }' \
        rows.csv >rows.svm
    for command in logreg-train softmax-train; do
        for penalty in "--l1 0.03" "--l1 0.01 --l2 0.1"; do
            $command -t y $penalty rows.csv | model-show --to csv | cut -d, -f3 >dense
            $command -t label $penalty rows.svm | model-show --to csv | cut -d, -f3 >sparse
            paste -d, dense sparse | awk -F, 'NR > 1 { d = $1 - $2; n++; zeros += $1 == 0;
                if (d * d > 1e-18 || ($1 == 0) != ($2 == 0)) exit 1 }
                END { exit !(n > 5 && zeros > 0) }'
        done
    done
}

@test "where there are many features conjugate gradients are chosen, and find what Newton's method does" {
    awk 'BEGIN { srand(11); for (i = 0; i < 600; i++) { s = -0.5; row = ""
        for (j = 1; j <= 1200; j += 1 + int(rand() * 120)) { x = 1 + int(rand() * 9);
            s += (j < 200 ? (j % 3 - 1) : 0) * x / 4; row = row " " j ":" x }
        print (rand() < 1 / (1 + exp(-s))) row } }' >wide.svm
    for penalty in "--l1 0.01" "--l1 0.001" "--l1 0.005 --l2 0.01 --standardize"; do
        run --separate-stderr -0 logreg-train -q -v -t label $penalty --tol 1e-12 -o auto wide.svm
        [[ $stderr == *" by newton-cg in "* ]]
        logreg-train -q -t label $penalty --solver newton -o newton wide.svm
        paste -d, <(model-show --to csv auto | cut -d, -f3) <(model-show --to csv newton | cut -d, -f3) |
            awk -F, 'NR > 1 { d = $1 - $2; n += $1 != 0; if (d * d > 1e-18 || ($1 == 0) != ($2 == 0)) exit 1 } END {
            exit !(n > 5 && n < 600) }'
    done
    LIKELY_THREADS=1 logreg-train -q -t label --l1 0.003 wide.svm >one
    LIKELY_THREADS=3 logreg-train -q -t label --l1 0.003 wide.svm >three
    cmp one three
}

@test "the order of columns does not matter" {
    fit() {
        logreg-train -t diagnosis -x "$1" --l1 0.01 --standardize "$data/breast-cancer.csv" | model-show --to csv |
            cut -d, -f2,3 | sort
    }
    fit 1-12 >forward
    fit 12,5,6,7,8,9,10,11,1,4,3,2 >permuted
    join -t, forward permuted | awk -F, '$1 != "term" { n++; d = $2 - $3; if (d * d > 1e-18 * $2 * $2) exit 1 } END {
        exit n != 13 }'
}

@test "of columns that say the same, copies included, the sum is what matters" {
    awk -F, -v OFS=, '{ print $1, $2, (NR == 1 ? "copy" : $1), $NF }' "$data/breast-cancer.csv" >copies.csv
    logreg-train -t diagnosis --l1 0.05 --standardize copies.csv | model-show --to csv >both.csv
    logreg-train -t diagnosis -x 1,2 --l1 0.05 --standardize copies.csv | model-show --to csv >one.csv
    assert_close "$(awk -F, 'NR == 3 || NR == 5 { s += $3 } END { printf "%.17g", s }' both.csv)" \
        "$(cell 2 estimate one.csv)" 1e-8
    assert_close "$(cell 3 estimate both.csv)" "$(cell 3 estimate one.csv)" 1e-8
}

@test "a large penalty leaves the intercept alone" {
    run -0 logreg-train -t diagnosis --l1 1e6 -o model "$data/breast-cancer.csv"
    run -0 model-show --to csv model
    assert_close "$(cell 1 estimate)" -0.5211495071076266 1e-9 # log(212 / 357)
    assert_equal "$(tail -n +3 <<<"$output" | cut -d, -f3 | sort -u)" 0
    softmax-train -t species --l1 1e6 "$data/iris.csv" -o model
    run -0 model-show --to csv model
    assert_equal "$(tail -n +2 <<<"$output" | cut -d, -f3 | sort -u)" 0
}

@test "a smaller penalty leaves more coefficients, and a lower loss" {
    last=0
    for l1 in 0.3 0.1 0.03 0.01 0.003 0.001; do
        logreg-train -t diagnosis --l1 $l1 --standardize -o model "$data/breast-cancer.csv"
        n=$(model-show --to csv model | awk -F, 'NR > 2 && $3 != 0' | wc -l)
        [ "$n" -ge $last ] || fail "$n coefficients after $last"
        last=$n
    done
    [ $last -gt 10 ]
}

@test "separated classes have finite estimates" {
    run --separate-stderr -0 logreg-train -t species --l1 1e-4 --standardize -o model \
        <(grep -v virginica "$data/iris.csv")
    assert_equal "$stderr" ""
}

@test "the model has the same bytes for any number of threads" {
    for command in "logreg-train -t diagnosis --l1 0.001 $data/breast-cancer.csv" \
        "softmax-train -t digit --l1 0.01 $data/digits.csv.gz"; do
        LIKELY_THREADS=1 $command -q >one
        LIKELY_THREADS=3 $command -q >three
        cmp one three
    done
}

@test "the objective, the parameters that are left and no standard errors are in the model" {
    run --separate-stderr -0 logreg-train -v -t diagnosis --l1 0.01 --l2 0.1 --standardize -o model \
        "$data/breast-cancer.csv"
    [[ $stderr == *" + 0.01 sum |theta| + 0.1/2 sum theta^2 (columns of unit sd) = "*" by newton in "* ]]
    run -0 model-show model
    assert_line --partial \
        "mean log loss + 0.01 |coefficients of columns of unit sd|_1 + 0.1/2 |coefficients of columns of unit sd|^2"
    assert_line --regexp "converged$"
    assert_line --regexp "^effective k +[0-9.]+$"
    logreg-train -t diagnosis --l1 0.01 --standardize -o model "$data/breast-cancer.csv"
    k=$(model-show --to csv model | awk -F, 'NR > 1 && $3 != 0' | wc -l)
    loglik=$(model-show --to json model | grep -o '"loglik": [^,]*' | cut -d' ' -f2)
    assert_close "$(model-show model | awk '$1 == "AIC" { print $2 }')" "$(awk -v k="$k" -v l="$loglik" 'BEGIN {
        print 2 * k - 2 * l }')" 1e-5
    run -0 model-show --to csv model
    assert_equal "$(cell 2 se)" ""
}

@test "a softmax model with an L1 penalty has one intercept less than classes in its AIC" {
    softmax-train -t species -x 1,2 --l1 0.05 -o model "$data/iris.csv"
    k=$(($(model-show --to csv model | awk -F, 'NR > 1 && $3 != 0' | wc -l) - 1))
    assert_close "$(model-show --precision 9 model | awk '$1 == "AIC" { print $2 }')" \
        "$(awk -v k="$k" -v l="$(field loglik)" 'BEGIN { printf "%.9g", 2 * k - 2 * l }')" 1e-8
}

@test "--confidence and --tol where they have no effect are errors" {
    for command in logreg-train softmax-train; do
        try="; try '$command --help'"
        fails 2 "$command: --confidence cannot be used with --l1, which has no standard errors$try" \
            $command -t diagnosis --l1 0.1 --confidence 0.9 "$data/breast-cancer.csv"
        fails 2 "$command: --confidence with --l2 requires --penalized-errors se or p$try" \
            $command -t diagnosis --l2 0.1 --confidence 0.9 "$data/breast-cancer.csv"
        for solver in sgd online; do
            fails 2 "$command: --confidence cannot be used with --solver $solver, which has no standard errors$try" \
                $command -t diagnosis --solver $solver --confidence 0.9 "$data/breast-cancer.csv"
        done
        fails 2 "$command: --tol cannot be used with --solver online$try" \
            $command -t diagnosis --solver online --tol 0.1 "$data/breast-cancer.csv"
    done
    try="; try 'linreg-train --help'"
    for penalty in "--l1 0.1" "--l2 0.1" "--prior-sd 1"; do
        fails 2 "linreg-train: --confidence cannot be used with ${penalty% *}, which has no standard errors$try" \
            linreg-train -t mean_radius -x 2,3 $penalty --confidence 0.9 "$data/breast-cancer.csv"
    done
}

@test "standard errors of penalised coefficients are those of the inverse Hessian" {
    assert_elastic l2 logreg-train -t diagnosis -x $columns --l2 0.03 --penalized-errors se "$data/breast-cancer.csv"
    awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," 1 + (NR - 1) % 3 }' "$data/breast-cancer.csv" >weighted.csv
    assert_elastic l2-weights logreg-train -t diagnosis -x $columns -w w --l2 0.03 --standardize --penalized-errors p \
        weighted.csv
    assert_elastic classes-l2 softmax-train -t cultivar -x 1-5 --l2 0.03 --penalized-errors se "$data/wine.csv"
    assert_elastic classes-l2-unit softmax-train -t species --l2 0.003 --standardize --penalized-errors se \
        "$data/iris.csv"
}

@test "a small penalty leaves the standard errors of the likelihood" {
    logreg-train -t diagnosis -x 1,2 "$data/breast-cancer.csv" | model-show --to csv >plain.csv
    logreg-train -t diagnosis -x 1,2 --l2 1e-12 --penalized-errors p "$data/breast-cancer.csv" |
        model-show --to csv >small.csv
    for column in estimate se z lower upper; do
        for row in 1 2 3; do
            assert_close "$(cell $row $column small.csv)" "$(cell $row $column plain.csv)" 1e-7
        done
    done
}

@test "penalised coefficients are tested on demand only" {
    logreg-train -t diagnosis -x 1,2 --l2 0.1 --penalized-errors se -o model "$data/breast-cancer.csv"
    run -0 model-show --to csv model
    assert_equal "$(cell 2 z)$(cell 2 p)" ""
    [ -n "$(cell 2 se)" ] && [ -n "$(cell 2 lower)" ]
    run -0 model-show model
    assert_line "standard errors of the penalised likelihood"
    for weights in "--class-weight balanced" "--aweights 3" "-w 3"; do
        # shellcheck disable=SC2086
        logreg-train -q -t diagnosis -x 1,2 --l2 0.1 --penalized-errors se $weights -o weighted \
            "$data/breast-cancer.csv"
        run -0 model-show weighted
        assert_line "standard errors of the penalised likelihood, with weights as counts of rows"
    done
    nn-predict -m model --interval 0.95 "$data/breast-cancer.csv" >/dev/null
    logreg-train -t diagnosis -x 1,2 --l2 0.1 --penalized-errors p -o model "$data/breast-cancer.csv"
    run -0 model-show --to csv model
    [ -n "$(cell 2 z)" ] && [ -n "$(cell 2 p)" ]
    logreg-train -t diagnosis -x 1,2 --l2 0.1 -o model "$data/breast-cancer.csv"
    run -0 model-show --to csv model
    assert_equal "$(cell 2 se)$(cell 2 z)$(cell 2 p)$(cell 2 lower)" ""
}

@test "penalised standard errors that make no sense are refused" {
    printf 'a,y\n1,u\n2,v\n3,u\n' >small.csv
    for command in logreg-train softmax-train; do
        try="; try '$command --help'"
        fails 2 "$command: --penalized-errors requires --l2 or --prior-sd$try" \
            $command -t y --penalized-errors se small.csv
        fails 2 "$command: --penalized-errors cannot be used with --l1$try" \
            $command -t y --l1 1 --l2 1 --penalized-errors se small.csv
        fails 2 "$command: --penalized-errors cannot be used with --solver sgd$try" \
            $command -t y --l2 1 --solver sgd --penalized-errors se small.csv
    done
    fails 2 "logreg-train: --penalized-errors cannot be used with --loss squared; try 'logreg-train --help'" \
        logreg-train -t y --l2 1 --loss squared --penalized-errors se small.csv
}

@test "options that make no sense are refused" {
    printf 'a,y\n1,u\n2,v\n3,u\n' >small.csv
    for command in logreg-train softmax-train; do
        try="; try '$command --help'"
        fails 2 "$command: --l1: invalid value '-1': expected a number of at least 0$try" \
            $command -t y --l1 -1 small.csv
        fails 2 "$command: --l1 cannot be used with --prior-sd; use --l2$try" \
            $command -t y --l1 1 --prior-sd 1 small.csv
        fails 2 "$command: --l1 requires --solver newton or newton-cg$try" $command -t y --l1 1 --solver lbfgs small.csv
        fails 2 "$command: --l1 requires --solver newton or newton-cg$try" \
            $command -t y --l1 1 --solver online small.csv
    done
    fails 2 "softmax-train: --reference cannot be used with --l1, which treats all classes alike;"\
" try 'softmax-train --help'" \
        softmax-train -t y --reference u --l1 1 small.csv
}
