load helper

@test "two distributions are compared as SciPy compares them" {
    printf 'p,q\n0.5,0.9\n0.5,0.1\n' >t.csv
    run -0 kl t.csv
    assert_equal "${lines[0]}" "n,D_bits,D_reverse_bits,cross_entropy_bits,H_p_bits,H_q_bits,JS_bits,total_variation"
    while IFS=, read -r name value; do
        assert_close "$(cell 1 "$name")" "$value"
    done < <(tail -n +2 "$ref/kl.csv")
}

@test "a probability far below the other keeps its digits, by decimal arithmetic" {
    run -0 kl <<<$'p,q\n0.5,1e-12\n0.5,0.999999999999'
    assert_close "$(cell 1 D_bits)" 18.931568569324895 1e-15
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

# Usage: reference NAME — a value of information.csv.
reference() {
    awk -F, -v name="$1" '$1 == name { print $2; found = 1 } END { exit !found }' "$ref/information.csv"
}

@test "two files of keyed counts are compared, in whatever order their keys stand" {
    printf 'symbol,n\na,5\nb,5\n' >p.csv
    printf 'n,symbol\n10,b\n90,a\n' >q.csv
    run -0 kl --key symbol p.csv q.csv
    assert_close "$(cell 1 D_bits)" 0.73696559416620622
    assert_close "$(cell 1 D_reverse_bits)" 0.53100440641071878
    run -0 kl --key symbol -x n q.csv p.csv
    assert_close "$(cell 1 D_bits)" 0.53100440641071878
    printf 'a,b,n\nx,y,1\nx,z,1\n' >two.csv
    run -0 kl --key a,b two.csv two.csv
    assert_line --index 1 "2,0,0,1,1,1,0,0"
}

@test "smoothing adds to every count, also of keys that one file lacks" {
    printf 'symbol,n\na,3\nb,1\nd,4\n' >p.csv
    printf 'symbol,n\nb,2\nc,5\nd,1\n' >q.csv
    run -0 --separate-stderr kl --key symbol --smooth 0.5 p.csv q.csv
    assert_equal "$(cell 1 n)" 4
    assert_close "$(cell 1 D_bits)" "$(reference D_smooth)"
    assert_close "$(cell 1 D_reverse_bits)" "$(reference D_smooth_reverse)"
    assert_equal "$stderr" ""
    run -0 --separate-stderr kl --smooth 0.5 <<<$'p,q\n3,0\n1,2\n0,5\n4,1'
    assert_close "$(cell 1 D_bits)" "$(reference D_smooth)"
    assert_equal "$stderr" ""
}

@test "--bytes compares the bytes of files as they are, --decompress those that they decompress to" {
    seq 1000 >a
    seq 2000 >b
    gzip -n <a >a.gz
    assert_equal "$(kl --bytes --decompress a.gz b)" "$(kl --bytes a b)"
    assert_equal "$(kl --bytes --smooth 1 a.gz b)" \
        "$(kl --lines --smooth 1 <(od -An -v -tx1 -w1 a.gz) <(od -An -v -tx1 -w1 b))"
}

@test "two streams of lines, tokens or bytes are counted and compared" {
    printf 'a\na\na\nb\nd\nd\nd\nd\n' >p
    printf 'c c\tb  d c\nb c c' >q
    run -0 kl --tokens --smooth 0.5 p q
    assert_close "$(cell 1 D_bits)" "$(reference D_smooth)"
    tr ' \t' '\n' <q | grep . >r
    run -0 kl --lines --smooth 0.5 p r
    assert_close "$(cell 1 D_bits)" "$(reference D_smooth)"
    run -0 kl --bytes --smooth 0.5 <(tr -d '\n' <p) <(tr -d ' \t\n' <q)
    assert_equal "$(cell 1 n)" 4
    assert_close "$(cell 1 D_bits)" "$(reference D_smooth)"
    run -0 kl --bytes --unit nats p p
    assert_equal "$(cell 1 D_nats)" 0
}

@test "a symbol that the second stream lacks makes the divergence infinite and is named" {
    run -0 --separate-stderr kl --lines <(printf 'x\ny\n') <(printf 'x\n')
    assert_equal "$(cell 1 D_bits)" inf
    assert_equal "$(cell 1 D_reverse_bits)" 1
    assert_equal "$stderr" "kl: 'y': q = 0 where p = 1; the divergence is infinite"
    run -0 --separate-stderr kl --bytes <(printf 'x\n') <(printf 'x')
    assert_equal "$stderr" "kl: '\x0a': q = 0 where p = 1; the divergence is infinite"
}

# Usage: fits — files p.csv, q.csv and their covariances of two columns of two species.
fits() {
    for name in virginica:p setosa:q; do
        grep -e ^sepal_length -e "${name%:*}" "$data/iris.csv" >rows.csv
        mle-gauss -x sepal_length,petal_length rows.csv >"${name#*:}.csv"
        mle-gauss --cov -x sepal_length,petal_length rows.csv >"${name#*:}cov.csv"
    done
}

@test "Gaussians that mle-gauss fitted are compared column by column" {
    fits
    run -0 kl --gauss p.csv q.csv
    assert_equal "${lines[0]}" "column,D_bits,D_reverse_bits,cross_entropy_bits,h_p_bits,h_q_bits"
    assert_equal "$(cell 2 column)" petal_length
    assert_close "$(cell 1 D_bits)" "$(reference D_sepal)"
    assert_close "$(cell 1 h_p_bits)" "$(reference h_sepal)"
    assert_close "$(cell 2 D_bits)" "$(reference D_petal)"
    run -0 kl --gauss p.csv p.csv
    assert_equal "$(cell 1 D_bits)" 0
    mle-gauss --by species -x sepal_length,petal_length "$data/iris.csv" >groups.csv
    run -0 kl --gauss --by species groups.csv groups.csv
    assert_equal "${lines[0]}" "species,column,D_bits,D_reverse_bits,cross_entropy_bits,h_p_bits,h_q_bits"
    assert_equal "${#lines[@]}" 7
    assert_equal "$(cut -d, -f3,4 <<<"$output" | sort -u | head -n 1)" 0,0
    fails 1 "kl: groups.csv:4: column 2 'column': 'sepal_length' occurs twice; use --by to name the column of groups" \
        kl --gauss groups.csv groups.csv
}

@test "Gaussians of several variables are compared jointly, by NumPy's determinants" {
    fits
    run -0 kl --gauss --cov pcov.csv qcov.csv
    assert_equal "${lines[0]}" "columns,D_bits,D_reverse_bits,cross_entropy_bits,h_p_bits,h_q_bits"
    assert_close "$(cell 1 D_bits)" "$(reference D_joint)"
    assert_close "$(cell 1 D_reverse_bits)" "$(reference D_joint_reverse)"
    assert_close "$(cell 1 h_p_bits)" "$(reference h_joint)"
}

@test "joint Gaussians of groups are compared in whatever order their rows stand, and do not diverge from themselves" {
    mle-gauss --cov --by species -x sepal_length,petal_length "$data/iris.csv" >p.csv
    { head -n 1 p.csv; tail -n +2 p.csv | tac; } >q.csv
    run -0 kl --gauss --cov --by species p.csv q.csv
    assert_equal "${lines[0]}" "species,columns,D_bits,D_reverse_bits,cross_entropy_bits,h_p_bits,h_q_bits"
    assert_equal "$(tail -n +2 <<<"$output" | cut -d, -f1-4)" $'setosa,2,0,0\nversicolor,2,0,0\nvirginica,2,0,0'
    for row in 1 2 3; do
        assert_close "$(cell $row h_p_bits)" "$(reference "h_$(cell $row species)")"
    done
    sed -n '1p;/virginica/s/virginica/x/p' p.csv >virginica.csv
    sed -n '1p;/setosa/s/setosa/x/p' p.csv >setosa.csv
    run -0 kl --gauss --cov --by species virginica.csv setosa.csv
    assert_close "$(cell 1 D_bits)" "$(reference D_joint)"
}

@test "targets are compared with the softmax of scores, in its parts" {
    printf 'q1,q2,q3,o1,o2,o3\n0.7,0.2,0.1,2,-1,0.5\n1,0,0,1000,0,-inf\n0.5,0.5,0,7,7,-inf\n0,1,0,2000,0,0\n' >t.csv
    run -0 kl -x q1,q2,q3 --logits o1,o2,o3 t.csv
    assert_equal "${lines[0]}" "row,D_bits,H_q_bits,logsumexp_bits,q_logits_bits"
    assert_close "$(cell 1 D_bits)" "$(reference D_scores)"
    assert_close "$(cell 1 H_q_bits)" "$(reference H_target)"
    assert_close "$(cell 1 logsumexp_bits)" "$(reference logsumexp)"
    assert_close "$(cell 1 q_logits_bits)" "$(reference q_logits)"
    assert_equal "$(cell 2 D_bits)" 0
    assert_equal "$(cell 3 D_bits)" 0
    assert_close "$(cell 4 D_bits)" 2885.3900817779268
}

@test "keys that are missing or there twice are named" {
    printf 'k,n\na,5\nb,5\n' >p.csv
    printf 'k,n\na,5\n' >q.csv
    printf 'k,n\na,5\nb,5\na,1\n' >t.csv
    fails 1 "kl: t.csv:4: column 1 'k': the key 'a' occurs twice" kl --key k p.csv t.csv
    printf 'k,n\na,5\n,5\n' >t.csv
    fails 1 "kl: t.csv:3: column 1 'k': the key is missing" kl --key k p.csv t.csv
    fails 1 "kl: p.csv: no column 'key'" kl --key key p.csv q.csv
    fails 1 "kl: p.csv: no column but the key is numeric" kl --key k,n p.csv q.csv
}

@test "bad counts of keys are refused with their place" {
    printf 'k,n\na,5\nb,5\n' >p.csv
    printf 'k,n\na,5\nb,-1\n' >t.csv
    fails 1 "kl: t.csv:3: column 2 'n': -1 is neither a count nor a probability" kl --key k p.csv t.csv
    printf 'k,n\na,5\nb,NaN\n' >t.csv
    fails 1 "kl: t.csv:3: column 2 'n': the value is missing" kl --key k t.csv p.csv
    printf 'k,n\na,0\nb,0\n' >t.csv
    fails 1 "kl: t.csv: column 2 'n': all values are 0" kl --key k p.csv t.csv
    fails 1 "kl: p.csv:2: column 2 'n': 5 is not a probability" kl --probabilities --key k p.csv t.csv
    echo k,n >t.csv
    fails 1 "kl: t.csv: no column but the key is numeric" kl --key k p.csv t.csv
    fails 1 "kl: t.csv: no data" kl --key k -x n p.csv t.csv
    fails 1 "kl: none: cannot open: No such file or directory" kl --lines p.csv none
    fails 1 "kl: /dev/null: no data" kl --tokens p.csv /dev/null
}

@test "Gaussians that are none are refused" {
    printf 'column,mean,variance\nx,1,2\n' >p.csv
    printf 'column,mean,variance\nx,1,0\n' >t.csv
    fails 1 "kl: t.csv:2: column 3 'variance': 0 is not a variance of a Gaussian" kl --gauss p.csv t.csv
    printf 'column,mean,variance\ny,1,1\n' >t.csv
    fails 1 "kl: t.csv: there is no column 'x', which p.csv has" kl --gauss p.csv t.csv
    printf 'column,mean,variance\nx,1,2\nx,1,2\n' >t.csv
    fails 1 "kl: t.csv:3: column 1 'column': 'x' occurs twice; use --by to name the column of groups" \
        kl --gauss p.csv t.csv
    printf 'column,mean,variance\nx,,2\n' >t.csv
    fails 1 "kl: t.csv:2: column 2 'mean': the value is missing" kl --gauss p.csv t.csv
    printf 'column,mean,variance\nx,1,inf\n' >t.csv
    fails 1 "kl: t.csv:2: column 3 'variance': inf is not a variance of a Gaussian" kl --gauss p.csv t.csv
    printf 'column,mean,variance\n' >t.csv
    fails 1 "kl: t.csv: no data" kl --gauss p.csv t.csv
    printf 'x,y,covariance\nx,x,-1\n' >c.csv
    fails 1 "kl: c.csv: no column 'column'" kl --gauss c.csv c.csv
}

@test "joint Gaussians that are none, or of different columns, are refused" {
    header=g,x,y,mean_x,mean_y,covariance
    printf '%s\n' $header u,a,a,1,1,2 u,a,b,1,0,1 u,b,b,0,0,2 >p.csv
    cp p.csv t.csv
    echo u,b,a,0,1,1 >>t.csv
    fails 1 "kl: t.csv:5: the pair 'b' and 'a' occurs twice; use --by to name the column of groups" \
        kl --gauss --cov p.csv t.csv
    sed 's/u,b,b,0/u,b,b,5/' p.csv >t.csv
    fails 1 "kl: t.csv:4: column 4 'mean_x': the mean of 'b' was 0 above, here it is 5" kl --gauss --cov p.csv t.csv
    sed 2d p.csv >t.csv
    fails 1 "kl: t.csv: the covariance of 'a' and 'a' is missing" kl --gauss --cov p.csv t.csv
    fails 1 "kl: t.csv: the covariance of 'a' and 'a' of group 'u' is missing" kl --gauss --cov --by g p.csv t.csv
    sed 's/1,0,1$/1,0,9/' p.csv >t.csv
    fails 1 "kl: t.csv: the covariance is not positive definite" kl --gauss --cov p.csv t.csv
    fails 1 "kl: t.csv: the covariance of group 'u' is not positive definite" kl --gauss --cov --by g p.csv t.csv
    sed s/^u/v/ p.csv >t.csv
    fails 1 "kl: t.csv: there is no group 'u', which p.csv has" kl --gauss --cov --by g p.csv t.csv
    tail -n +2 p.csv >>t.csv
    fails 1 "kl: p.csv: there is no group 'v', which t.csv has" kl --gauss --cov --by g p.csv t.csv
    printf '%s\n' $header u,a,a,1,1,2 >t.csv
    fails 1 "kl: t.csv: there is no column 'b' of group 'u', which p.csv has" kl --gauss --cov --by g p.csv t.csv
    fails 1 "kl: t.csv: there is no column 'b', which p.csv has" kl --gauss --cov t.csv p.csv
    fails 1 "kl: p.csv: no column 'column'" kl --gauss p.csv t.csv
    fails 1 "kl: p.csv: no column 'species'" kl --gauss --cov --by species p.csv t.csv
}

@test "a bad row at the end of the scores leaves no file, nor an old one changed" {
    awk 'BEGIN { print "a,b,c,d"; for (i = 0; i < 100000; i++) print ".5,.5,1,2"; print ".5,.4,1,2" }' >t.csv
    fails 1 "kl: t.csv:100002: the targets sum to 0.9, not to 1" kl -x a,b --logits c,d -o new t.csv
    assert_not_exist new
    echo old >kept
    fails 1 "kl: t.csv:100002: the targets sum to 0.9, not to 1" kl -x a,b --logits c,d -o kept t.csv
    assert_equal "$(cat kept)" old
    assert_equal "$(find . -type f ! -name '*separate-stderr*' | sort)" $'./kept\n./t.csv'
}

@test "bad targets and scores are refused with their place" {
    fails 1 "kl: standard input:2: the targets sum to 0.9, not to 1" kl -x a,b --logits c,d <<<$'a,b,c,d\n.5,.4,1,2'
    fails 1 "kl: standard input:2: column 1 'a': -1 is not a probability" kl -x a,b --logits c,d <<<$'a,b,c,d\n-1,2,1,2'
    fails 1 "kl: standard input:2: column 3 'c': inf is not a score" kl -x a,b --logits c,d <<<$'a,b,c,d\n0,1,inf,2'
    fails 1 "kl: standard input:2: all scores are -inf" kl -x a,b --logits c,d <<<$'a,b,c,d\n0,1,-inf,-inf'
    fails 2 "kl: standard input: --logits: expected as many columns as --columns, 1, not 2; try 'kl --help'" \
        kl -x a --logits c,d <<<$'a,b,c,d\n0,1,1,2'
}

@test "options that contradict each other are refused" {
    fails 2 "kl: --bytes cannot be used with --gauss; try 'kl --help'" kl --bytes --gauss a b
    fails 2 "kl: missing operand: expected 2 files, not 1; try 'kl --help'" kl --lines a
    fails 2 "kl: missing operand: expected 2 files, not 1; try 'kl --help'" kl --gauss --cov a
    fails 2 "kl: --cov requires --gauss; try 'kl --help'" kl --cov a b
    fails 2 "kl: --by requires --gauss; try 'kl --help'" kl --by g a b
    fails 2 "kl: --gauss cannot be used with --key; try 'kl --help'" kl --gauss --key g a b
    fails 2 "kl: --smooth cannot be used with --gauss; try 'kl --help'" kl --gauss --smooth 1 a b
    fails 2 "kl: --logits requires --columns, the targets; try 'kl --help'" kl --logits a
    fails 2 "kl: --lines cannot be used with --columns; try 'kl --help'" kl --lines -x a p q
}

@test "bad values are named with their place" {
    printf 'p,q\n0.5,0.9\n-1,0.1\n' >t.csv
    fails 1 "kl: t.csv:3: column 1 'p': -1 is neither a count nor a probability" kl t.csv
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

@test "keys of several columns are told apart wherever their values meet" {
    printf 'a,b,n\nx+y,z,1\nx,y+z,2\n' >p.csv
    printf 'a,b,n\nx,y+z,1\nx+y,z,2\n' >q.csv
    run -0 kl --key a,b p.csv q.csv
    assert_close "$(cell 1 D_bits)" 0.3333333333333333
    printf 'a,b,n\nx,y+z,1\n' >one.csv
    run -0 --separate-stderr kl --key a,b p.csv one.csv
    assert_equal "$(cell 1 n),$(cell 1 D_bits)" 2,inf
    assert_equal "$stderr" "kl: 'x+y+z': q = 0 where p = 1; the divergence is infinite"
    printf 'a,n\nx,1\n' >fewer.csv
    fails 1 "kl: fewer.csv: the key has 1 columns here, but 2 in the first file" kl --key '[ab]*' p.csv fewer.csv
}

@test "--probabilities refuses what is greater than 1 with its place" {
    printf 'k,p,q\na,0.5,0.5\nb,1.5,0.5\n' >t
    fails 1 "kl: t:3: column 2 'p': 1.5 is not a probability" kl -x p,q --probabilities t
    fails 1 "kl: t:3: column 2 'p': 1.5 is not a probability" kl --key k -x p --probabilities t t
    printf 'k,p,q\na,0,0.5\nb,0,0.5\n' >t
    fails 1 "kl: t: column 2 'p': all values are 0" kl --key k -x p t t
}

@test "a key that one file lacks has the count 0 there, as a line has" {
    printf 'a\na\nb\nc\n' >p
    printf 'a\nc\nd\n' >q
    for side in p q; do
        sort $side | uniq -c | awk -v OFS=, 'BEGIN { print "k", "n" } { print $2, $1 }' >$side.csv
    done
    counted=$(kl -q --lines p q)
    run -0 --separate-stderr kl --key k p.csv q.csv
    assert_equal "$output" "$counted"
    assert_equal "$(cell 1 D_bits),$(cell 1 D_reverse_bits)" inf,inf
    assert_close "$(cell 1 JS_bits)" 0.3080790459672315
    assert_equal "$stderr" "kl: 'b': q = 0 where p = 1; the divergence is infinite"
    assert_equal "$(kl --key k --smooth 0.5 p.csv q.csv)" "$(kl --lines --smooth 0.5 p q)"
    printf 'k,p\na,0.5\nb,0.5\n' >p.csv
    printf 'k,p\na,1\n' >q.csv
    run -0 --separate-stderr kl --probabilities --key k q.csv p.csv
    assert_equal "$(cell 1 D_bits),$(cell 1 D_reverse_bits)" 1,inf
}

@test "a row index of pandas or R is not compared" {
    run -0 --separate-stderr kl <<<$',p,q\n0,0.5,0.2\n1,0.3,0.3\n2,0.2,0.5'
    assert_close "$(cell 1 D_bits)" 0.39657842846620866
    assert_equal "$stderr" "kl: standard input: column 1 has no name and numbers the rows; it is used only where it is \
listed"
    wanted=$output
    for table in '"","p","q"\n"1",0.5,0.2\n"2",0.3,0.3\n"3",0.2,0.5\n' \
        'Unnamed: 0,p,q\n0,.5,.2\n1,.3,.3\n2,.2,.5\n' ',p,q\n7,.5,.2\n3,.3,.3\n9,.2,.5\n' \
        'id,p,q\n1,.5,.2\n2,.3,.3\n3,.2,.5\n' \
        'p,n,q,se\n.5,10,.2,.1\n.3,7,.3,.1\n.2,5,.5,.1\n' '0 .5 .2\n1 .3 .3\n2 .2 .5\n' \
        'word,x,old,new\na,1,.5,.2\nb,2,.3,.3\nc,3,.2,.5\n'; do
        run -0 --separate-stderr kl <<<"$(printf "$table")"
        assert_equal "$output" "$wanted"
        [ -n "$stderr" ] || fail "no notice: $table"
    done
}

@test "columns that cannot be told apart are named" {
    local names="'a', 'b' and 'c'"
    fails 1 "kl: standard input: columns $names are numeric, of which two are to be compared; use -x to name them" \
        kl <<<$'a,b,c\n5,2,2\n3,3,1'
    run -0 --separate-stderr kl <<<$'a,b\n1,2\n2,3\n3,3'
    assert_equal "$stderr" ""
    printf 'k,n,p,se\na,5,.5,.1\nb,5,.5,.1\n' >p.csv
    run -0 --separate-stderr kl --key k p.csv p.csv
    assert_equal "$stderr" "kl: p.csv: column 'n' holds the counts
kl: p.csv: column 'n' holds the counts"
    run -0 --separate-stderr kl --probabilities --key k p.csv p.csv
    assert_equal "$(cell 1 D_bits)" 0
}
