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
    run -0 entropy --bytes --decompress a b.gz
    assert_equal "$(cell 1 n)" 7
    assert_equal "$(cell 1 distinct)" 5
}

@test "--bytes measures the bytes of a file as they are, --decompress those that it decompresses to" {
    seq 1000 >text
    gzip -n <text >text.gz
    assert_equal "$(entropy --bytes text.gz)" "$(od -An -v -tx1 -w1 text.gz | entropy)"
    assert_equal "$(entropy --bytes - <text.gz)" "$(entropy --bytes text.gz)"
    assert_equal "$(entropy --bytes --decompress text.gz)" "$(entropy --bytes text)"
    assert_equal "$(entropy --bytes --decompress text)" "$(entropy --bytes text)"
    printf '\037\213xyz' >like.gz
    assert_equal "$(entropy --bytes like.gz | cut -d, -f 1 | tail -n 1)" 5
    assert_equal "$(entropy --bytes --decompress like.gz | cut -d, -f 1 | tail -n 1)" 5
    fails 2 "entropy: --decompress requires --bytes; try 'entropy --help'" entropy --decompress text.gz
}

@test "--counts reads the output of uniq -c, symbols with blanks and empty ones too" {
    printf '200\n200\n200\n404\n404\n500\n' | sort | uniq -c >counts
    run -0 --separate-stderr entropy --counts counts
    assert_close "$(cell 1 H_bits)" 1.4591479170272448
    assert_equal "$(cell 1 n),$(cell 1 distinct)" 6,3
    assert_equal "$stderr" "entropy: counts: read as the output of uniq: counts, then symbols"
    printf 'GET /a b\n\nPOST\n\n\nGET /a b\n' >lines
    assert_equal "$(sort lines | uniq -c | entropy --counts -q | cut -d, -f 2-)" "$(entropy lines)"
    assert_equal "$(sort lines | uniq -c | sed 's/^ *//' | entropy --counts -q | cut -d, -f 2-)" "$(entropy lines)"
    seq 300000 | sed 's/.$/ x y/' | uniq -c >large
    for threads in 1 2; do
        assert_equal "$(entropy -q -j $threads --counts large | cut -d, -f 2,3 | tail -n 1)" 300000,30001
    done
    # Another table of the same counts is read as before.
    assert_equal "$(printf '200 3\n404 2\n500 1\n' | entropy --counts | cut -d, -f 2-4 | tail -n 1)" \
        6,3,1.4591479170272448
}

@test "every byte counts, wherever the data ends" {
    for length in 1 2 3 7 8 9 15 17 263 262144 262153 700001; do
        seq 200000 | head -c "$length" >some
        assert_equal "$(entropy --bytes some)" "$(od -An -v -tx1 -w1 some | entropy)"
    done
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

# Usage: reference NAME — a value of information.csv.
reference() {
    awk -F, -v name="$1" '$1 == name { print $2; found = 1 } END { exit !found }' "$ref/information.csv"
}

@test "estimates of a column are those of SciPy and of Grassberger's recursion" {
    for estimate in miller-madow grassberger; do
        run -0 entropy -x petal_width --estimate $estimate "$data/iris.csv"
        assert_close "$(cell 1 H_bits)" "$(reference "H_width_${estimate/-/_}")"
    done
    run -0 entropy --counts --estimate grassberger <<<$'1\n39\n40\n41\n1000'
    assert_close "$(cell 1 H_bits)" "$(reference H_counts_grassberger)"
    run -0 entropy -x petal_width --se "$data/iris.csv"
    assert_close "$(cell 1 H_bits)" "$(reference H_width)"
    assert_close "$(cell 1 H_se_bits)" "$(reference H_width_se)"
}

@test "joint and conditional entropies are those of tuples, and the chain rule holds" {
    run -0 entropy --joint -x petal_width,species "$data/iris.csv"
    assert_equal "$(cell 1 column)" petal_width+species
    assert_equal "$(cell 1 distinct)" 27
    assert_close "$(cell 1 H_bits)" "$(reference H_joint)"
    joint=$(cell 1 H_bits)
    run -0 entropy --given species -x petal_width --se "$data/iris.csv"
    assert_equal "${lines[0]}" "column,given,n,distinct,H_bits,H_se_bits,perplexity,normalised"
    assert_close "$(cell 1 H_bits)" "$(reference H_width_given_species)"
    assert_close "$(cell 1 H_se_bits)" "$(reference H_width_given_species_se)"
    conditional=$(cell 1 H_bits)
    run -0 entropy -x species "$data/iris.csv"
    assert_close "$(awk -v a="$conditional" -v b="$(cell 1 H_bits)" 'BEGIN { printf "%.17g", a + b }')" "$joint"
    for estimate in miller-madow grassberger; do
        run -0 entropy --given species -x petal_width --estimate $estimate "$data/iris.csv"
        assert_close "$(cell 1 H_bits)" "$(reference "H_width_given_species_${estimate/-/_}")"
    done
}

@test "what is given may be several columns, and what they tell leaves no entropy" {
    run -0 entropy --given x,y -x z --redundancy <<<$'x,y,z\n0,0,0\n0,1,1\n1,0,1\n1,1,0'
    assert_line --index 1 "z,x+y,4,2,0,1,0,1"
    run -0 entropy --given x -x z <<<$'x,y,z\n0,0,0\n0,1,1\n1,0,1\n1,1,0'
    assert_line --index 1 "z,x,4,2,1,2,1"
    run -0 entropy --given x --joint <<<$'x,y,z\n0,0,0\n0,1,1\n1,0,1\n1,1,0'
    assert_line --index 1 "y+z,x,4,4,1,2,0.5"
}

@test "values that meet at their ends are told apart in tuples" {
    run -0 entropy --joint --header no <<<$'ab,c\na,bc'
    assert_line --index 1 "1+2,2,2,1,2,1"
}

@test "groups are taken apart, rows in any order, values and counts alike" {
    run -0 --separate-stderr entropy -g g -x a <<<$'g,a\nu,x\nv,x\nu,y\n,x\nv,'
    assert_output $'g,column,n,distinct,H_bits,perplexity,normalised\nu,a,2,2,1,2,1\nv,a,1,1,0,1,'
    assert_equal "$stderr" "entropy: rows without a value of 'g', omitted: 1
entropy: missing values of 'a', omitted: 1"
    run -0 entropy -g g --counts <<<$'g,n\nu,3\nv,1\nu,3\nv,0'
    assert_output $'g,column,n,distinct,H_bits,perplexity,normalised\nu,n,6,2,1,2,1\nv,n,1,1,0,1,'
    run -0 entropy -g g --probabilities <<<$'g,p\nu,0.5\nv,1\nu,0.5'
    assert_line --index 1 "u,p,,2,1,2,1"
}

@test "weights say how often a row counts, tables of counts included" {
    run -0 entropy --joint -w n <<<$'x,y,n\n0,0,3\n0,1,3\n1,0,0'
    assert_line --index 0 "column,n,weight,distinct,H_bits,perplexity,normalised"
    assert_line --index 1 "x+y,3,6,2,1,2,1"
    run -0 entropy --given x -x y -w n <<<$'x,y,n\n0,0,3\n0,1,3\n1,0,2'
    assert_close "$(cell 1 H_bits)" 0.75
}

@test "numbers that hardly occur twice are reported, their distribution having another measure" {
    awk 'BEGIN { srand(3); print "x,c"; for (i = 0; i < 40; i++) print rand() ",s" i }' >t.csv
    run -0 --separate-stderr entropy -x x,c t.csv
    assert_equal "$stderr" "entropy: column 'x' has 40 different values in 40 rows, each of which is a symbol: the"\
" entropy is near log n; mle-gauss and --gauss measure continuous columns"
    run -0 --separate-stderr entropy -x c t.csv
    assert_equal "$stderr" ""
    run -0 --separate-stderr entropy -x x,c -w w <<<$'x,c,w\n1,a,30\n2,b,20\n3,a,10\n4,b,10\n5,a,3\n6,b,4\n7,b,5\n8,a,9'
    assert_equal "$stderr" ""
    run -0 --separate-stderr bash -c 'mle-gauss -x x t.csv | entropy --gauss'
    assert_equal "$stderr" ""
}

@test "tokens stand between blanks of any kind, also at the ends of blocks" {
    run -0 entropy --tokens < <(printf ' a  b\ta\r\n\fa\v')
    assert_line --index 1 "4,2,0.8112781244591328,1.7547653506033232,0.8112781244591328"
    yes 'one two  three' | head -n 100000 >t
    run -0 entropy --tokens --precision 15 -j 3 t
    assert_line --index 1 "300000,3,1.58496250072116,3,1"
}

@test "the correction of Miller and Madow is one over 2 n ln 2 for each symbol but one" {
    run -0 entropy --estimate miller-madow --unit nats <<<$'a\nb\nc\nc'
    assert_close "$(cell 1 H_nats)" 1.2897207708399179
}

@test "standard errors are those of mle-categorical" {
    run -0 mle-categorical -x petal_width --summary --unit bits "$data/iris.csv"
    se=$(cell 1 H_se_bits)
    run -0 entropy -x petal_width --se "$data/iris.csv"
    assert_close "$(cell 1 H_se_bits)" "$se"
}

@test "any number of threads gives the same bytes" {
    awk 'BEGIN { srand(3); print "g,a,b";
        for (i = 0; i < 60000; i++) print int(rand() * 5) "," int(rand() * 99) "," int(rand() * 7) }' >t
    entropy -j 1 -g g -x a --given b --se t >one
    entropy -j 4 -g g -x a --given b --se t | cmp - one
}

@test "Gaussians that mle-gauss fitted have SciPy's differential entropy, by column and jointly" {
    mle-gauss --by species -x sepal_length,petal_length "$data/iris.csv" >fits.csv
    run -0 entropy --gauss --by species fits.csv
    assert_equal "${lines[0]}" "species,column,h_bits"
    assert_close "$(cell 2 h_bits)" "$(reference h_petal_setosa)"
    mle-gauss --by species --cov -x sepal_length,petal_length "$data/iris.csv" >fits.csv
    run -0 entropy --gauss --cov --by species fits.csv
    assert_equal "${lines[0]}" "species,columns,h_bits"
    for row in 1 2 3; do
        assert_close "$(cell $row h_bits)" "$(reference "h_$(cell $row species)")"
    done
    run -0 entropy --gauss --unit nats <<<$'column,mean,variance\nx,3,1'
    assert_output $'column,h_nats\nx,1.4189385332046727'
}

@test "Gaussians that are none have no entropy" {
    fails 1 "entropy: standard input:2: column 3 'variance': 0 is not a variance of a Gaussian" \
        entropy --gauss <<<$'column,mean,variance\nx,1,0'
    fails 1 "entropy: standard input:3: column 1 'column': 'x' occurs twice; use --by to name the column of groups" \
        entropy --gauss <<<$'column,mean,variance\nx,1,1\nx,1,1'
    fails 1 "entropy: standard input: the covariance is not positive definite" \
        entropy --gauss --cov <<<$'x,y,mean_x,mean_y,covariance\na,a,0,0,-1'
    fails 2 "entropy: --cov requires --gauss; try 'entropy --help'" entropy --cov
    fails 2 "entropy: --gauss cannot be used with --se; try 'entropy --help'" entropy --gauss --se
}

@test "options that contradict each other are refused" {
    fails 2 "entropy: --bytes cannot be used with --tokens; try 'entropy --help'" entropy --bytes --tokens
    fails 2 "entropy: --tokens cannot be used with --columns; try 'entropy --help'" entropy --tokens -x a
    fails 2 "entropy: --counts cannot be used with --joint; try 'entropy --help'" \
        entropy --joint --counts
    fails 2 "entropy: --probabilities cannot be used with --se; try 'entropy --help'" \
        entropy --se --probabilities
}

@test "bad columns, groups and counts are named" {
    fails 1 "entropy: standard input: no column 'speces'; did you mean 'species'?" \
        entropy --given speces <<<$'species,b\nx,y'
    fails 1 "entropy: standard input: no column 'speces'; did you mean 'species'?" \
        entropy --by speces <<<$'species,b\nx,y'
    fails 1 "entropy: standard input: there is no column to count" entropy --by a <<<$'a\nx'
    fails 1 "entropy: standard input: column 2 'n' of group 'v': all counts are 0" \
        entropy -g g --counts <<<$'g,n\nu,3\nv,0'
    fails 1 "entropy: standard input: column 2 'p' of group 'u': the probabilities sum to 0.5, not to 1" \
        entropy -g g --probabilities <<<$'g,p\nu,0.5'
    fails 1 "entropy: standard input: column 1 'n': 1.5 is not a whole number, which --estimate grassberger requires" \
        entropy --counts --estimate grassberger <<<$'n\n1.5'
    fails 1 "entropy: standard input:3: column 1 'n': the value is missing" entropy --counts <<<$'n\n1\nNaN'
    fails 1 "entropy: standard input:2: column 2 'n': the weight is negative" entropy -w n <<<$'a,n\nx,-1'
    fails 1 "entropy: standard input: column 'a+b': no data" entropy --joint <<<$'a,b\nx,\n,y'
    fails 1 "entropy: standard input: no data" entropy --tokens <<<'  '
}

@test "bad input is refused with its place" {
    fails 1 "entropy: standard input: no data" entropy </dev/null
    fails 1 "entropy: standard input: no data" entropy --bytes </dev/null
    printf 'c\n1\n-1\n' >t
    fails 1 "entropy: t:3: column 1 'c': -1 is not a count" entropy --counts t
    fails 1 "entropy: t:3: column 1 'c': -1 is not a probability" entropy --probabilities t
    printf 'c\n.5\n.6\n' >t
    fails 1 "entropy: t: column 1 'c': the probabilities sum to 1.1, not to 1" entropy --probabilities t
    printf 'c\n0\n0\n' >t
    fails 1 "entropy: t: column 1 'c': all counts are 0" entropy --counts t
    fails 1 "entropy: none: cannot open: No such file or directory" entropy none
    fails 1 "entropy: /dev/full: cannot write: No space left on device" entropy -o /dev/full t
    fails 2 "entropy: --counts cannot be used with --probabilities; try 'entropy --help'" \
        entropy --counts --probabilities t
}

@test "a probability greater than 1 is refused with its place" {
    fails 1 "entropy: standard input:3: column 1 'p': 1.5 is not a probability" \
        entropy --probabilities <<<$'p\n0.5\n1.5'
}

@test "a line or a token without an end is told" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers take much longer"
    endless() { printf 'a\nb\nc d\n'; head -c 1100000000 /dev/zero; }
    run --separate-stderr -1 entropy < <(endless)
    assert_equal "$stderr" "entropy: standard input:4: the line is longer than 1 GiB"
    run --separate-stderr -1 entropy --tokens < <(endless)
    assert_equal "$stderr" "entropy: standard input: token 5 is longer than 1 GiB"
    assert_equal "$output" ""
}

@test "counts and probabilities are found by name or by evidence, which is told" {
    printf 'a\na\nb\nc\n' | mle-categorical --header no >fit.csv
    run -0 --separate-stderr entropy --counts fit.csv
    assert_equal "$(cell 1 column),$(cell 1 H_bits)" n,1.5
    assert_equal "$stderr" "entropy: fit.csv: column 'n' holds the counts"
    run -0 --separate-stderr entropy --probabilities fit.csv
    assert_equal "$(cell 1 column),$(cell 1 H_bits)" p,1.5
    printf 'k,w\na,2\nb,1\nc,1\na,0\n' | mle-categorical -x k -w w >fit.csv
    run -0 --separate-stderr entropy --counts fit.csv
    assert_equal "$(cell 1 column),$(cell 1 H_bits)" weight,1.5
    for table in 'status,count\n200,2\n404,1\n500,1\n' 'count,status\n2,200\n1,404\n1,500\n' \
        ',x\n0,2\n1,1\n2,1\n' 'id,x\n1,2\n2,1\n3,1\n' 'code freq\n4 2\n5 1\n6 1\n' '7,2\n8,1\n9,1\n'; do
        run -0 --separate-stderr entropy --counts <<<"$(printf "$table")"
        assert_equal "$(cell 1 H_bits)" 1.5
        [ -n "$stderr" ] || fail "no notice: $table"
    done
    fails 1 "entropy: standard input: columns 'a' and 'b' are numeric, and none of them is named as one of counts; \
use -x to name one" entropy --counts <<<$'a,b\n200,2\n404,1'
    run -0 --separate-stderr entropy --counts <<<$'a,b\nx,2\ny,1'
    assert_equal "$stderr" ""
}
