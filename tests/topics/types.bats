load ../helper

# Types of columns, and values that are missing: the same in every command, from a file and from a pipe.

# Usage: late VALUE LATE — 50000 rows 1.25,VALUE, then 2.5,LATE.
late() {
    printf 'x,note\n'
    yes "1.25,$1" | head -50000
    echo "2.5,$2"
}

# Usage: same COMMAND... — of a file, of standard input, of a pipe, by one thread and by two; the result in $output.
same() {
    local other
    output=$("$@" -j1 file.csv 2>notices)
    for threads in 1 2; do
        other=$("$@" -j$threads file.csv 2>/dev/null)
        assert_equal "$other" "$output"
        other=$("$@" -j$threads <file.csv 2>/dev/null)
        assert_equal "$other" "$output"
        # shellcheck disable=SC2002 # a pipe is wanted
        other=$(cat file.csv | "$@" -j$threads 2>/dev/null)
        assert_equal "$other" "$output"
    done
}

@test "a text far down makes a column one of text in summaries of numbers" {
    late "" checked >file.csv
    for command in mle-gauss mle-location mle-laplace; do
        same "$command"
        assert_equal "$(cell 1 column),$(cell 1 n)" x,50001
        assert_equal "$(wc -l <<<"$output")" 2
        assert_equal "$(<notices)" "$command: column 2 'note' is text and omitted"
    done
}

@test "a text far down makes a column one that mle-categorical counts" {
    late "" checked >file.csv
    same mle-categorical
    assert_equal "$output" "column,level,n,p,se
note,checked,1,1,0"
}

@test "a number far down makes a column numeric" {
    late N/A 7 >file.csv
    same mle-gauss
    assert_equal "$(cell 2 column),$(cell 2 n),$(cell 2 missing),$(cell 2 mean)" note,1,50000,7
    same mutual-info --bins 2
    assert_equal "$(cell 1 n),$(cell 1 missing)" 1,50000
}

@test "mutual-info bins a column that begins with a word for a missing number" {
    for word in N/A nan -nan NULL n/a None . - '#N/A'; do
        (printf 'a,b\n%s,1\n' "$word" && seq 100 | awk -v OFS=, '{ print $1, 2 * $1 }') >file.csv
        run mutual-info --bins 2 file.csv
        assert_equal "$(cell 1 n),$(cell 1 missing),$(cell 1 I_bits)" 100,1,1
    done
}

@test "a first field of 300 kB leaves the types of the columns behind it as they are" {
    (echo id,x && printf '%300000s,\n' "" | tr ' ' a && printf 'b,2\nc,4\n') >file.csv
    same mle-gauss
    assert_equal "$(cell 1 column),$(cell 1 n),$(cell 1 missing),$(cell 1 mean)" x,2,1,3
}

@test "a category that comes late is one in trainers" {
    (echo y,x,c && seq 60000 | awk '{ print $1 % 7 "," $1 % 3 "," }' && echo 1,2,a && echo 2,1,b && echo 3,1,a &&
        echo 1,0,b && echo 0,2,a) >file.csv
    linreg-train -t y --categorical auto --missing skip -q -o model file.csv
    # shellcheck disable=SC2002 # a pipe is wanted
    cat file.csv | linreg-train -t y --categorical auto --missing skip -q -o model2
    model-show --to csv model | cut -d, -f2 >terms
    assert_equal "$(<terms)" "term
(intercept)
x
c=b"
    assert_equal "$(model-show --to csv model2)" "$(model-show --to csv model)"
}

@test "None, a point and a dash are levels where texts are read, and missing where numbers are" {
    printf 'c,x,d\nNone,1,.\na,-,-\nNone,3,b\n' >file.csv
    run --separate-stderr mle-categorical -q file.csv
    assert_equal "$(cut -d, -f1-3 <<<"$output")" "column,level,n
c,None,2
c,a,1
d,.,1
d,-,1
d,b,1"
    run --separate-stderr mle-gauss -q file.csv
    assert_equal "$(cell 1 column),$(cell 1 n),$(cell 1 missing),$(cell 1 mean)" x,2,1,2
    run --separate-stderr mle-categorical -q --na None,- -x c,d file.csv
    assert_equal "$(cut -d, -f1-3 <<<"$output")" "column,level,n
c,a,1
d,.,1
d,b,1"
}

@test "a column of nothing but None is one of text" {
    printf 'x,c\n1,None\n2,None\n' >file.csv
    run --separate-stderr mle-gauss file.csv
    assert_equal "$(cut -d, -f1 <<<"$output")" "column
x"
    # shellcheck disable=SC2154 # run sets it
    assert_equal "$stderr" "mle-gauss: column 2 'c' is text and omitted"
}

@test "--na compares numbers as numbers" {
    printf 'x,y\n-999,1\n-999.0,2\n-9.99e2,3\n4,4\n-0999,5\n' >file.csv
    run --separate-stderr mle-gauss --na -999 file.csv
    assert_equal "$(cell 1 n),$(cell 1 missing),$(cell 1 mean)" 1,4,4
    run --separate-stderr mle-categorical --na -999,none -x x file.csv
    assert_equal "$(cut -d, -f1-3 <<<"$output")" "column,level,n
x,4,1"
    run --separate-stderr entropy --na -999 -x x file.csv
    assert_equal "$(cell 1 n)" 1
}

@test "--not-numbers missing counts texts in columns of numbers, and says so" {
    printf 'x,v\n1,5\n2,<=5\nn.d.,7\n4,<=5\n' >file.csv
    fails 1 "mle-gauss: file.csv:3: column 2 'v': '<=5' is not a number" mle-gauss file.csv
    run --separate-stderr mle-gauss --not-numbers missing file.csv
    assert_equal "$(cell 1 n),$(cell 1 missing),$(cell 2 n),$(cell 2 missing)" 3,1,2,2
    local x="1 value is not a number and counted as missing: 'n.d.' in line 4"
    local v="2 values are not numbers and counted as missing; the first is '<=5' in line 3"
    assert_equal "$stderr" "mle-gauss: file.csv: column 1 'x': $x
mle-gauss: file.csv: column 2 'v': $v"
    run --separate-stderr mle-gauss -q --not-numbers missing file.csv
    assert_equal "$stderr" ""
    printf 'x,v\nlow,5\n2,7\n4,6\n' >file.csv
    run --separate-stderr mle-gauss -x x --not-numbers missing file.csv
    assert_equal "$(cell 1 n),$(cell 1 missing),$(cell 1 mean)" 2,1,3
}

@test "--not-numbers missing and --missing skip train on the other rows" {
    printf 'x,y\n1,2\n2,4\nbad,5\n3,6\n4,8.5\n' >file.csv
    fails 1 "linreg-train: file.csv:4: column 1 'x': the value is missing; use --missing skip to omit such rows" \
        linreg-train -t y -q --not-numbers missing file.csv
    run --separate-stderr linreg-train -t y --not-numbers missing --missing skip -o model file.csv
    assert_success
    grep -v bad file.csv | linreg-train -t y -o model2 -q -
    assert_equal "$(model-show --to csv model)" "$(model-show --to csv model2)"
}

# A table as pandas writes it, and one without its index.
indexed() {
    printf ',x,y,c\n' >index.csv
    seq 0 29 | awk -v OFS=, '{ print $1, $1 % 7, 2 * ($1 % 7) + $1 % 3, "abc" $1 % 3 }' >>index.csv
    cut -d, -f2- index.csv >plain.csv
}

@test "a row index is measured only where it is listed" {
    indexed
    local said="index.csv: column 1 has no name and numbers the rows; it is used only where it is listed"
    for command in mle-gauss mle-location mle-laplace "mle-gauss --cov" mle-categorical "mutual-info --bins 2" \
        "mutual-info -t c --bins 2"; do
        run --separate-stderr $command index.csv
        assert_equal "$output" "$($command -q plain.csv)"
        [[ $stderr == *": $said"* ]] || fail "$command: $stderr"
    done
    for command in "linreg-train -t y --categorical auto" "bayes-train -t c" "softmax-train -t c --l2 1" \
        "nn-train -t c --epochs 2"; do
        run --separate-stderr $command -o model index.csv
        [[ $stderr == *": $said"* ]] || fail "$command: $stderr"
        $command -q -o plain.model plain.csv || true
        assert_equal "$(nn-predict -m model index.csv)" "$(nn-predict -m plain.model plain.csv)"
    done
    run --separate-stderr mle-gauss -x 1,x index.csv
    assert_equal "$(cell 1 column),$(cell 1 mean)" 1,14.5
    assert_equal "$stderr" ""
}

@test "a first column without a name that repeats values or has fractions is data" {
    for values in '1 1 2' '0.5 1 2' '-1 0 1' '1 NA 2'; do
        (echo ,x && for value in $values; do echo "$value,5"; done) >file.csv
        run --separate-stderr mle-gauss file.csv
        assert_equal "$(cell 1 column),$stderr" 1,
    done
}

@test "a blank line in a table of one column is a missing value, but not before the first record and behind the last" {
    printf '\n\nx\n1\n\n \n4\n\n\n' >file.csv
    same mle-gauss
    assert_equal "$(cell 1 n),$(cell 1 missing),$(cell 1 mean)" 2,2,2.5
    run --separate-stderr mle-categorical <<<$'word\nred\n\nblue\n'
    assert_equal "$stderr" "mle-categorical: missing values of 'word', omitted: 1"
    (echo x && yes '7

8' | head -300000 && printf '\n\n\n') >file.csv
    same mle-gauss
    assert_equal "$(cell 1 n),$(cell 1 missing)" 200000,100000
    run --separate-stderr mle-gauss <<<$'x,y\n1,2\n\n3,4'
    assert_equal "$(cell 1 n),$(cell 1 missing)" 2,0
    run --separate-stderr mle-gauss -q --comment '#' <<<$'# a b\nx\n1\n# c\n\n2'
    assert_equal "$(cell 1 n),$(cell 1 missing)" 2,1
}

@test "columns at the end without a name and a value are no columns" {
    printf 'a,b,,\n1,2,,\n3,4,,\n' >1.csv
    run --separate-stderr mle-gauss 1.csv
    assert_equal "$(cut -d, -f1-2 <<<"$output")" "column,n
a,2
b,2"
    printf 'b,a,,\n4,5,,\n' >2.csv
    run --separate-stderr mle-gauss -q 1.csv 2.csv
    assert_equal "$(cut -d, -f1,2,4 <<<"$output")" "column,n,mean
a,3,3
b,3,3.3333333333333335"
    run --separate-stderr mle-gauss -q <<<$'1,2,\n3,4,'
    assert_equal "$(cut -d, -f1 <<<"$output")" "column
1
2"
    (echo a,b,, && yes 1,2,, | head -60000 && echo 1,2,5,) >file.csv
    same mle-gauss
    assert_equal "$(cut -d, -f1-3 <<<"$output")" "column,n,missing
a,60001,0
b,60001,0
3,1,60000"
}
