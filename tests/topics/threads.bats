load ../helper

# Whatever a command writes has the same bytes for any number of threads, on input of several blocks, plain and
# compressed.

setup_file() {
    awk 'BEGIN {
        srand(7); print "x1,x2,x3,g,y,p_1,w"
        for (i = 0; i < 40000; i++) {
            x = rand() * 4 - 2; z = rand() - 0.5; p = 1 / (1 + exp(-x - z))
            printf "%.6g,%.17g,%d,%s,%d,%.6g,%d\n", x, z, 100 * rand(),
                substr("abcdefg", 1 + 7 * rand(), 1), rand() < p, p, 1 + 3 * rand()
        }
    }' >"$BATS_FILE_TMPDIR/rows.csv"
    gzip -k "$BATS_FILE_TMPDIR/rows.csv"
}

# Usage: same COMMAND [ARG...] — run on the rows with 1, 2, 3 and 7 threads.
same() {
    local rows=$BATS_FILE_TMPDIR/rows.csv
    [ "$(wc -c <"$rows")" -gt 1500000 ]
    "$@" -j1 "$rows" >wanted
    [ -s wanted ]
    for threads in 2 3 7; do
        "$@" -j$threads "$rows" | cmp - wanted || fail "$*, $threads threads"
    done
    [[ $1 != *-train ]] || return 0 # a model holds the name of its input
    "$@" -j3 "$rows.gz" | cmp - wanted || fail "$*, compressed"
    "$@" -j3 <"$rows" | cmp - wanted || fail "$*, through a pipe"
}

@test "fits of columns" {
    same mle-gauss -x x1,x2,x3
    same mle-gauss -x x1,x2 --by g -w w --cov
    same mle-categorical -x g
    same mle-laplace -x x1,x2 --by g
    same mle-location -x x1,x3 --loss huber:0.5
}

@test "measures of information" {
    same entropy -x g
    same entropy
    same entropy --bytes --decompress
    same kl -x p_1,w
}

@test "losses" {
    same loss-eval -t y -p p_1 -l log,squared,accuracy --by g
    same loss-eval -t y -p p_1 -l log --per-row
}

@test "scores" {
    same softmax -x x1,x2
    same posterior --flat --likelihood p_1
}

@test "trainers" {
    same linreg-train -q -t x3 -x x1,x2
    same logreg-train -q -t y -x x1..x3
    same logreg-train -q -t y -x x1,x2 --solver lbfgs --l2 0.1
    same softmax-train -q -t g -x x1,x2 --l2 0.1
    same bayes-train -q -t y -x x1..g
    same nn-train -q -t y -x x1,x2 --layers '4 tanh' --epochs 2
}

@test "predictions" {
    logreg-train -q -t y -x x1,x2 -o model "$BATS_FILE_TMPDIR/rows.csv"
    same nn-predict -m model --predict logit --append
    same nn-predict -m model --predict all
}
