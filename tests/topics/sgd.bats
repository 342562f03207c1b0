load ../helper

# Stochastic gradient descent: logreg-train and softmax-train --solver sgd.

# Usage: objective COMMAND… — the objective that the trainer's model has.
objective() {
    "$@" -q | model-show --to json | grep -o '"objective": [^,]*' | cut -d' ' -f2
}

# Usage: assert_near SHARE COMMAND… — with --solver sgd the objective is above the optimum, by no more than this share.
assert_near() {
    local share=$1
    shift
    awk -v a="$(objective "$@" --solver sgd)" -v b="$(objective "$@")" -v s="$share" \
        'BEGIN { print a, b; exit !(a != "" && a >= b && a <= (1 + s) * b) }' || fail "too far from the optimum"
}

@test "20 epochs come near the optimum" {
    assert_near 0.001 logreg-train -t diagnosis -x 1,2 "$data/breast-cancer.csv"
    assert_near 0.001 logreg-train -t diagnosis -x 1,2 --loss squared "$data/breast-cancer.csv"
    assert_near 0.002 logreg-train -t diagnosis --l2 0.01 --standardize "$data/breast-cancer.csv"
    assert_near 0.005 softmax-train -t cultivar -x 1-3 "$data/wine.csv"
    assert_near 0.1 softmax-train -t digit --l2 0.01 "$data/digits.csv.gz"
}

@test "more epochs come nearer" {
    few=$(objective logreg-train -t diagnosis -x 1,2 --solver sgd --epochs 1 "$data/breast-cancer.csv")
    more=$(objective logreg-train -t diagnosis -x 1,2 --solver sgd --epochs 200 "$data/breast-cancer.csv")
    best=$(objective logreg-train -t diagnosis -x 1,2 "$data/breast-cancer.csv")
    awk -v a="$few" -v b="$more" -v c="$best" 'BEGIN { exit !(a > b && b <= 1.00001 * c) }' || fail "$few, $more, $best"
}

@test "a penalty of any size is taken" {
    assert_near 0.001 logreg-train -t diagnosis -x 1,2 --l2 1e6 "$data/breast-cancer.csv"
    assert_near 0.001 logreg-train -t diagnosis -x 1,2 --l2 1 "$data/breast-cancer.csv"
}

@test "the seed decides the bits, the threads do not" {
    sgd() {
        logreg-train -t diagnosis -x 1-5 --solver sgd "$@" "$data/breast-cancer.csv" | model-show --to csv
    }
    sgd >wanted
    sgd --seed 1 -j 1 | diff wanted -
    sgd -j 3 | diff wanted -
    run -1 diff -q wanted <(sgd --seed 2)
}

@test "weights of rows and classes are those of the optimum" {
    assert_near 0.001 logreg-train -t diagnosis -x 1,2 --class-weight benign=5 "$data/breast-cancer.csv"
    awk -F, 'NR == 1 { print "x,y,w" } NR > 1 { print $1 "," $NF "," 1 + NR % 3 }' "$data/breast-cancer.csv" \
        >weighted.csv
    assert_near 0.002 logreg-train -t y -x x -w w weighted.csv
}

@test "sparse rows are taken" {
    awk 'BEGIN { srand(3); for (i = 0; i < 500; i++) { a = rand(); printf "%d", rand() < a
        for (j = 1; j < 9; j++) if (rand() < 0.4) printf " %d:%g", j, rand(); print " 9:" a } }' >rows.svm
    assert_near 0.005 logreg-train -t label rows.svm
}

@test "the trace has a line per epoch" {
    logreg-train -t diagnosis -x 1,2 --solver sgd --epochs 3 --trace trace.csv -o model "$data/breast-cancer.csv"
    run -0 cut -d, -f1 trace.csv
    assert_output "iteration
0
1
2
3"
    run -0 model-show model
    assert_output --regexp "solver +sgd, 3 iterations, [0-9.]+ standard errors from the optimum"
}

@test "a rate that leads away from the optimum is told" {
    run -3 --separate-stderr logreg-train -t diagnosis -x 1,2 --solver sgd --learning-rate 1e300 -o model \
        "$data/breast-cancer.csv"
    assert_regex "$stderr" \
        "^logreg-train: not converged after 20 iterations, no step lowers the objective any further: .*;"\
" use a smaller --learning-rate$"
    run -0 model-show --to csv model
    refute_output --regexp ",-?(inf|nan)"
}

@test "options of other solvers are refused" {
    try="; try 'logreg-train --help'"
    fails 2 "logreg-train: --epochs requires --solver sgd$try" logreg-train -t y --epochs 3 missing
    fails 2 "logreg-train: --max-iter cannot be used with --solver sgd; use --epochs$try" \
        logreg-train -t y --solver sgd --max-iter 3 missing
    fails 2 "logreg-train: --epochs: invalid value '0': expected a number of at least 1$try" \
        logreg-train -t y --solver sgd --epochs 0 missing
}
