# The line that tells on a terminal how far a command is.

load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    command -v script >/dev/null || skip "script (util-linux) is not installed"
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "there is no pseudo-terminal to be had"
}

# Usage: on_terminal COMMAND — what the command, one of bash (which knows the functions exported here), says on standard
# error where that is a terminal.
on_terminal() {
    TERM=xterm SHELL=$BASH script -qec "$1" typescript </dev/null >/dev/null
    sed '/^Script \(started\|done\)/d' typescript
}

# Two blocks of rows, and others after a while.
slowly() {
    { echo x; seq 100000; sleep 0.8; seq 100000; }
}
export -f slowly

@test "bytes and rate are told after half a second, in a line that is erased at the end" {
    said=$(on_terminal "bash -c slowly | mle-gauss -o out")
    assert_regex "$said" $'^\r\rmle-gauss: [0-9.]+ MB, [0-9.]+ MB/s(\r *\rmle-gauss: [0-9.]+ MB, [0-9.]+ MB/s)*\r +\r$'
    slowly | mle-gauss | cmp - out
}

@test "a notice and an error stand on a line of their own" {
    said=$(on_terminal "{ bash -c slowly; echo y; } | mle-gauss || :")
    assert_regex "$said" $'\r +\rmle-gauss: standard input:200002: column 1 \'x\': \'y\' is not a number\r?$'
}

@test "nothing is told before half a second, with --quiet, to a dumb terminal, or to what is none" {
    assert_equal "$(on_terminal "seq 100000 | mle-gauss -o out")" ""
    assert_equal "$(on_terminal "bash -c slowly | mle-gauss -q -o out")" ""
    assert_equal "$(on_terminal "bash -c slowly | TERM=dumb mle-gauss -o out")" ""
    run -0 --separate-stderr mle-gauss < <(slowly)
    assert_equal "$stderr" ""
}

@test "the line has no colour, and so none with NO_COLOR" {
    refute_regex "$(on_terminal "bash -c slowly | mle-gauss -o out")" $'\033'
}

@test "trainers tell of the iteration and the objective" {
    awk 'BEGIN { print "a,b,y"; for (i = 0; i < 3000; i++) print sin(i) "," cos(i * i) "," (sin(i * 7) > 0) }' >rows.csv
    said=$(on_terminal \
        "logreg-train -t y --solver gd --learning-rate 1e-9 --max-iter 1000000 --tol 1e-300 -o model rows.csv & sleep"\
" 1.5; kill \$!; wait \$!")
    assert_regex "$said" $'\rlogreg-train: iteration [0-9]+, objective 0\\.[0-9]+, [0-9]+ s\r'
}
