load helper

@test "two distributions are compared as SciPy compares them" {
    printf 'p,q\n0.5,0.9\n0.5,0.1\n' >t.csv
    run -0 kl t.csv
    assert_equal "${lines[0]}" "n,D_bits,D_reverse_bits,cross_entropy_bits,H_p_bits,H_q_bits,JS_bits,total_variation"
    while IFS=, read -r name value; do
        assert_close "$(cell 1 "$name")" "$value"
    done < <(tail -n +2 "$ref/kl.csv")
}

@test "counts are normalised" {
    printf 'p,q\n5,90\n5,10\n' >t.csv
    run -0 kl t.csv
    assert_close "$(cell 1 D_bits)" 0.73696559416620622
}

@test "equal distributions do not diverge" {
    printf 'p,q\n1,2\n3,6\n0,0\n' >t.csv
    run -0 kl t.csv
    assert_equal "$(cell 1 D_bits)" 0
    assert_equal "$(cell 1 total_variation)" 0
}

@test "units and columns can be chosen" {
    printf 'a,p,q\nx,0.5,0.9\ny,0.5,0.1\n' >t.csv
    run -0 kl --unit nats -x q,p t.csv
    assert_close "$(cell 1 D_nats)" 0.36806420716849707
}

@test "q = 0 where p is not gives inf, and the place is told" {
    printf 'p,q\n0.5,1\n0.5,0\n' >t.csv
    run --separate-stderr -0 kl t.csv
    assert_equal "$(cell 1 D_bits)" inf
    assert_equal "$stderr" "kl: t.csv:3: q = 0 where p = 0.5; the divergence is infinite"
    run --separate-stderr -0 kl -q t.csv
    assert_equal "$stderr" ""
}

@test "gzip and several files are read as one table" {
    printf 'p,q\n0.5,0.9\n' | gzip >a.csv.gz
    printf 'p,q\n0.5,0.1\n' >b.csv
    run -0 kl a.csv.gz b.csv
    assert_equal "$(cell 1 n)" 2
}

@test "bad values are named with their place" {
    printf 'p,q\n0.5,0.9\n-1,0.1\n' >t.csv
    fails 1 "kl: t.csv:3: column 1 'p': -1 is no count and no probability" kl t.csv
    printf 'p,q\n0.5,0.9\n1,\n' >t.csv
    fails 1 "kl: t.csv:3: column 2 'q': the value is missing" kl t.csv
    printf 'p,q\n0,0.9\n0,1\n' >t.csv
    fails 1 "kl: t.csv: column 1 'p': all values are 0" kl t.csv
    printf 'p,q\n0.5,0.9\n0.5,0.2\n' >t.csv
    fails 1 "kl: t.csv: column 2 'q': the probabilities sum to 1.1, not to 1" kl --probabilities t.csv
    printf 'p\n1\n' >t.csv
    fails 1 "kl: t.csv: there are no two numeric columns to compare" kl t.csv
    fails 1 "kl: standard input: there is no data" kl </dev/null
    printf 'p,q\n1,1\n' >t.csv
    fails 1 "kl: /dev/full: cannot write: No space left on device" kl -o /dev/full t.csv
}
