load ../helper

# Whatever a command writes has the same bytes under every instruction set (LIKELY_CPU).

setup_file() {
    awk 'BEGIN {
        srand(3); print "x1,x2,x3,g,y,p_1,w"
        for (i = 0; i < 6000; i++) {
            x = rand() * 4 - 2; z = rand() - 0.5; p = 1 / (1 + exp(-x - z))
            printf "%.6g,%.17g,%d,%s,%d,%.6g,%d\n", x, z, 100 * rand(),
                substr("abcdefg", 1 + 7 * rand(), 1), rand() < p, p, 1 + 3 * rand()
        }
    }' >"$BATS_FILE_TMPDIR/rows.csv"
}

# Usage: same COMMAND [ARG...]
same() {
    "$@" >wanted
    [ -s wanted ]
    for level in avx2 portable; do
        LIKELY_CPU=$level "$@" >got 2>err || [ "$(wc -l <err)" = 1 ]
        ! grep -q 'at most' err || continue # the processor does not have this level
        cmp got wanted || fail "$*, $level"
    done
}

@test "every instruction set gives the same bytes" {
    local rows=$BATS_FILE_TMPDIR/rows.csv
    same mle-gauss -x x1,x2,x3 --cov "$rows"
    same mle-location -x x1,x3 --loss huber:0.5 "$rows"
    same entropy -x g,x3 "$rows"
    same loss-eval -t y -p p_1 -l log,squared,auc "$rows"
    same linreg-train -t x2 -x x1,x3,w "$rows"
    same linreg-train -t x2 -x x1,x3,w --loss l1 "$rows"
    same logreg-train -t y -x x1,x2,x3 "$rows"
    same logreg-train -t y -x x1,x2,x3 --solver lbfgs "$rows"
    same softmax-train -t g -x x1,x2,x3 "$rows"
    same softmax-train -t g -x x1,x2,x3 --solver online "$rows"
    same bayes-train -t g -x x1,x2,x3 "$rows"
    same nn-train -q -t y -x x1,x2,x3 --layers "17 tanh" --epochs 2 "$rows"
    same nn-train -q -t g -x x1,x2,x3 --layers "9 relu" --dtype float --epochs 2 "$rows"
    softmax-train -t g -x x1,x2,x3 "$rows" >model
    same nn-predict -m model "$rows"
}

@test "a level that does not exist is refused" {
    LIKELY_CPU=sse run mle-gauss /dev/null
    assert_failure 2
    assert_output "mle-gauss: LIKELY_CPU: invalid value 'sse': expected portable, avx2 or avx512;\
 try 'mle-gauss --help'"
}
