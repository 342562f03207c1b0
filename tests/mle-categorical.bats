load helper

@test "iris has the values of R, by species" {
    mle-categorical -q -x petal_width -g species --pseudo-count 0.5 "$data/iris.csv" >levels.csv
    run -0 mle-categorical -q -x petal_width -g species --pseudo-count 0.5 --summary "$data/iris.csv"
    local row=0
    while IFS=, read -r group n levels nll entropy entropy_se first p se map nll_map _; do
        row=$((row + 1))
        assert_equal "$(cell $row species),$(cell $row n),$(cell $row levels)" "$group,$n,$levels"
        assert_close "$(cell $row nll_nats)" "$nll" 1e-14
        assert_close "$(cell $row H_nats)" "$entropy" 1e-14
        assert_close "$(cell $row H_se_nats)" "$entropy_se" 1e-13
        assert_close "$(cell $row nll_map_nats)" "$nll_map" 1e-14
        IFS=, read -r _ _ _ _ my_p my_se my_map < <(grep "^$group,petal_width,$first," levels.csv)
        assert_close "$my_p" "$p" 1e-15
        assert_close "$my_se" "$se" 1e-8
        assert_close "$my_map" "$map" 1e-15
    done < <(sed 1d "$ref/categorical.csv")
    assert_equal $row 3
}

@test "a coin and a die have the values one knows" {
    run -0 mle-categorical --pseudo-count 1 <<<$'1\n0\n1\n1'
    assert_output $'column,level,n,p,se,p_map
1,1,3,0.75,0.21650635094610965,0.6666666666666666
1,0,1,0.25,0.21650635094610965,0.3333333333333333'
    run -0 mle-categorical --summary --unit bits < <(seq 6)
    assert_close "$(cell 1 H_bits)" 2.584962500721156 1e-15
    assert_close "$(cell 1 perplexity)" 6 1e-15
    assert_close "$(cell 1 H_se_bits)" 0
    run -0 mle-categorical --summary --base 6 < <(seq 6)
    assert_close "$(cell 1 H_base_6)" 1
    run -0 mle-categorical --summary --unit bans < <(seq 10)
    assert_close "$(cell 1 nll_bans)" 10 1e-15
}

@test "a level that is certain has no error and no entropy" {
    run -0 mle-categorical <<<$'a\nx\nx'
    assert_line --index 1 a,x,2,1,0
    run -0 mle-categorical --summary <<<$'a\nx\nx'
    assert_line --index 1 a,2,0,1,0,0,0,1
}

@test "a rare level keeps its digits" {
    run -0 mle-categorical -w n --summary <<<$'l,n\na,1e15\nb,1'
    assert_close "$(cell 1 nll_nats)" 35.538776394910684
}

@test "counts give what the rows they stand for give, and a count of 0 is a level" {
    awk 'BEGIN { srand(5); print "l,n"; for (i = 0; i < 30; i++) print "k" i "," int(rand() * 20) + 1 }' >counts.csv
    awk -F, 'NR == 1 { print "l"; next } { for (i = 0; i < $2; i++) print $1 }' counts.csv >rows.csv
    mle-categorical -w n counts.csv | cut -d, -f 1,2,4- >counted
    mle-categorical rows.csv | sed '1s/,n,/,weight,/' | diff counted -
    mle-categorical -w n --summary counts.csv | cut -d, -f 1,3- >counted
    mle-categorical --summary rows.csv | awk -F, -v OFS=, '{ n = $2; $2 = $3; $3 = NR == 1 ? "weight" : n } 1' |
        diff counted -
    run -0 mle-categorical -w n --pseudo-count 0.5 <<<$'l,n\na,3\nb,0'
    assert_line --index 2 l,b,1,0,0,0,0.125
}

@test "no other probabilities are more likely than the estimates" {
    awk 'BEGIN { srand(11); print "g,l"; for (i = 0; i < 2000; i++) print i % 40 "," int(rand() * rand() * 12) }' \
        >random.csv
    for alpha in 0.01 1 30; do
        mle-categorical -x l -g g --summary --pseudo-count $alpha random.csv |
            awk -F, 'NR > 1 { n++; if ($6 > $10) exit 1 } END { exit n != 40 }'
    done
}

@test "probabilities of a column sum to 1, with and without a prior" {
    mle-categorical -x 1 --pseudo-count 0.3 "$data/iris.csv" | awk -F, 'NR > 1 { p += $4; map += $6 }
        END { exit !((p - 1) ^ 2 < 1e-28 && (map - 1) ^ 2 < 1e-28) }'
}

@test "a group's fit is that of its rows alone" {
    (head -n 1 "$data/iris.csv"; grep virginica "$data/iris.csv") >one.csv
    mle-categorical -x 1-4 one.csv | sed 1d >alone
    mle-categorical -x 1-4 -g species "$data/iris.csv" | sed -n 's/^virginica,//p' | diff - alone
}

@test "columns of text are fitted, and all where none is" {
    run -0 --separate-stderr mle-categorical <<<$'a,b\nx,1\ny,1'
    assert_output $'column,level,n,p,se\na,x,1,0.5,0.3535533905932738\na,y,1,0.5,0.3535533905932738'
    assert_equal "$stderr" "mle-categorical: column 2 'b' is numeric and omitted"
    run -0 --separate-stderr mle-categorical -q <<<$'a,b\n1,1\n1.0,1'
    assert_equal "${#lines[@]}" 4
    assert_equal "$stderr" ""
}

@test "missing values and rows without a group are left out, and one is told" {
    run -0 --separate-stderr mle-categorical -g g -x a --summary <<<$'g,a\nu,x\nu,\n,x\nv,NA'
    assert_output $'g,column,n,missing,levels,nll_nats,H_nats,H_se_nats,perplexity\nu,a,1,1,1,0,0,0,1\nv,a,0,1,0,,,,'
    assert_equal "$stderr" "mle-categorical: rows without a value of 'g', omitted: 1
mle-categorical: missing values of 'a', omitted: 2"
}

@test "any number of threads gives the same bytes" {
    awk 'BEGIN { srand(2); print "g,a,b,w"; for (i = 0; i < 80000; i++)
        print int(rand() * 9) "," int(rand() * 99) ",v" int(rand() * 5) "," rand() }' >many.csv
    mle-categorical -j 1 -x a,b -g g -w w many.csv >one
    for threads in 2 5; do
        mle-categorical -j $threads -x a,b -g g -w w many.csv | cmp - one
    done
}

@test "a hundred thousand levels and quoted ones are no trouble" {
    seq 100000 | awk '{ print $1; print $1 }' >many
    run -0 timeout 20 mle-categorical --summary many
    assert_close "$(cell 1 H_nats)" 11.512925464970229 1e-14
    run -0 mle-categorical <<<$'a,b\n"x,""1""",y'
    assert_line --index 1 'a,"x,""1""",1,1,0'
}

@test "a header alone gives no levels" {
    run -0 mle-categorical <<<a
    assert_output column,level,n,p,se
    run -0 mle-categorical --summary --pseudo-count 1 <<<a
    assert_line --index 1 a,0,0,0,,,,,
}

@test "bad weights are errors with their place" {
    fails 1 "mle-categorical: standard input:2: column 2 'n': the weight is negative" \
        mle-categorical -w n <<<$'l,n\na,-1'
    fails 1 "mle-categorical: standard input:3: column 2 'n': the weight is missing" \
        mle-categorical -w n <<<$'l,n\na,1\nb,'
    fails 1 "mle-categorical: standard input:2: column 2 'n': the weight is infinite" \
        mle-categorical -w n <<<$'l,n\na,inf'
    fails 1 "mle-categorical: standard input:2: column 2 'n': 'x' is not a number" mle-categorical -w n <<<$'l,n\na,x'
    fails 1 "mle-categorical: standard input: column 2 'n': the sum of the weights is too large" \
        mle-categorical -w n <<<$'l,n\na,1e308\nb,1e308'
}

@test "bad input is an error with its place" {
    fails 1 "mle-categorical: standard input: there is no data" mle-categorical </dev/null
    fails 1 "mle-categorical: standard input:3: 1 field, but the header has 2$use_ragged" \
        mle-categorical -q <<<$'a,b\nx,2\nx'
    fails 1 "mle-categorical: standard input: no column 'aeg'; did you mean 'age'?" \
        mle-categorical -x aeg <<<$'age,b\n1,1'
    fails 1 "mle-categorical: standard input: there is no column to fit" mle-categorical -g a <<<$'a\nx'
    run --separate-stderr -2 mle-categorical --pseudo-count 0 <<<a
    assert_regex "$stderr" "--pseudo-count"
}

@test "results come as JSON, and an error leaves the output file alone" {
    run -0 mle-categorical --to json <<<$'a\nx'
    assert_line --partial '{"column": "a", "level": "x", "n": 1, "p": 1, "se": 0}'
    echo kept >out.csv
    run -1 mle-categorical -o out.csv -w n <<<$'l,n\na,-1'
    assert_equal "$(cat out.csv)" kept
}

@test "weights that are all 0 leave nothing to measure" {
    fails 1 "mle-categorical: standard input: column 2 'w': all weights are 0" \
        mle-categorical -x x -w w <<<$'x,w\n1,0\n1,0'
}
