load helper

@test "a fair coin has one bit, lines and bytes alike" {
    run -0 entropy <<<$'h\nt'
    assert_output $'n,distinct,H_bits,perplexity,normalised\n2,2,1,2,1'
    run -0 entropy --bytes < <(printf ab)
    assert_output $'n,distinct,H_bits,perplexity,normalised\n2,2,1,2,1'
}

@test "coins and dice have the entropy of decimal arithmetic with 50 digits" {
    while IFS=, read -r weights bits; do
        tr ' ' '\n' <<<"$weights" >t
        run -0 entropy --counts t
        assert_close "$(cell 1 H_bits)" "$bits"
    done < <(tail -n +2 "$ref/entropy.csv")
}

@test "units stand in the header" {
    printf '0.5\n0.5\n' >t
    run -0 entropy --probabilities --unit nats t
    assert_close "$(cell 1 H_nats)" 0.69314718055994529
    run -0 entropy --probabilities --unit bans t
    assert_close "$(cell 1 H_bans)" 0.3010299956639812
    run -0 entropy --probabilities --base 4 t
    assert_equal "$(cell 1 H_base_4)" 0.5
}

@test "each column has its row" {
    run -0 entropy -x species "$data/iris.csv"
    assert_close "$(cell 1 H_bits)" 1.584962500721156
    assert_equal "$(cell 1 distinct)" 3
}

@test "certainty has no entropy" {
    run -0 entropy <<<$'a\na'
    assert_equal "$(cell 1 H_bits)" 0
}

@test "a line ends with its file, NUL bytes are bytes, and gzip is inflated" {
    printf 'a\nb' >a
    printf 'a\0c\n' | gzip >b.gz
    run -0 entropy a b.gz
    assert_equal "$(cell 1 n)" 3
    assert_equal "$(cell 1 distinct)" 3
    run -0 entropy --bytes a b.gz
    assert_equal "$(cell 1 n)" 7
    assert_equal "$(cell 1 distinct)" 5
}

@test "bytes do not depend on threads" {
    seq 200000 >t
    run -0 entropy --bytes -j 1 t
    one=$output
    run -0 entropy --bytes -j 3 t
    assert_equal "$output" "$one"
    assert_equal "$(cell 1 n)" "$(wc -c <t)"
    assert_equal "$(cell 1 distinct)" 11
}

@test "lines longer than a block are whole" {
    head -c 600000 /dev/zero | tr '\0' x >t
    echo >>t
    cat t t >u
    run -0 entropy u
    assert_equal "$(cell 1 n)" 2
    assert_equal "$(cell 1 distinct)" 1
}

@test "bad input is refused with its place" {
    fails 1 "entropy: standard input: no data" entropy </dev/null
    fails 1 "entropy: standard input: no data" entropy --bytes </dev/null
    printf 'c\n1\n-1\n' >t
    fails 1 "entropy: t:3: column 1 'c': -1 is no count" entropy --counts t
    fails 1 "entropy: t:3: column 1 'c': -1 is no probability" entropy --probabilities t
    printf 'c\n.5\n.6\n' >t
    fails 1 "entropy: t: column 1 'c': the probabilities sum to 1.1, not to 1" entropy --probabilities t
    printf 'c\n0\n0\n' >t
    fails 1 "entropy: t: column 1 'c': all counts are 0" entropy --counts t
    fails 1 "entropy: none: cannot open: No such file or directory" entropy none
    fails 1 "entropy: /dev/full: cannot write: No space left on device" entropy -o /dev/full t
    fails 2 "entropy: --counts and --probabilities exclude each other; try 'entropy --help'" \
        entropy --counts --probabilities t
}
