load ../helper

# Several files as one table, and names for rows without a header.

# dist = 1 + 2 speed
line_model() {
    printf 'speed,dist\n0,1\n1,3\n2,5\n3,7\n' | linreg-train -q -t dist -o model
}

@test "columns of several files correspond by name" {
    printf 'x,y,c\n1,10,a\n2,20,b\n' >1.csv
    printf 'c,y,x\nb,30,3\n' >2.csv
    printf 'x,c,y\n4,"a,b",40\n' >3.csv
    printf 'x,y,c\n1,10,a\n2,20,b\n3,30,b\n4,40,"a,b"\n' >all.csv
    for command in mle-gauss mle-categorical "entropy -x c --joint" "mutual-info -x x,c"; do
        run --separate-stderr $command all.csv
        expected=$output
        for threads in 1 2; do
            run --separate-stderr $command -j$threads 1.csv 2.csv 3.csv
            assert_equal "$output" "$expected"
            # shellcheck disable=SC2002 # a pipe is wanted
            output=$(cat 2.csv | $command -q -j$threads 1.csv - 3.csv)
            assert_equal "$output" "$expected"
        done
    done
    run table-show 1.csv 2.csv 3.csv
    assert_output "$(<all.csv)"
}

@test "rows of files in another order are passed on in the order of the first" {
    line_model
    printf 'speed;id\n10;a\n20;b\n' >1.csv
    printf 'id;speed\n"c;d";10\n' >2.csv
    run nn-predict -m model --append --precision 4 1.csv 2.csv
    assert_output "speed;id;mean
10;a;21
20;b;41
10;\"c;d\";21"
}

@test "a file that lacks a column or has another is refused by the name of the column" {
    printf 'x,y\n1,2\n' >1.csv
    printf 'x,y,z\n1,2,3\n' >more.csv
    printf 'y\n1\n' >fewer.csv
    printf 'y,z\n1,2\n' >other.csv
    printf 'x,z\n1,2\n' >named.csv
    fails 1 "mle-gauss: more.csv:1: column 3 'z' is not in 1.csv" mle-gauss 1.csv more.csv
    fails 1 "mle-gauss: fewer.csv:1: column 'x' of 1.csv is missing" mle-gauss 1.csv fewer.csv
    fails 1 "mle-gauss: other.csv:1: column 'x' of 1.csv is missing, and column 2 'z' is not in it" \
        mle-gauss 1.csv other.csv
    fails 1 "mle-gauss: named.csv:1: column 2 is 'z' here but 'y' in 1.csv" mle-gauss 1.csv named.csv
}

@test "columns of the same name keep their order, and types come from every file" {
    printf 'a,a,b\n1,2,\n' >1.csv
    printf 'b,a,a\nword,3,4\n' >2.csv
    run --separate-stderr mle-gauss 1.csv 2.csv
    assert_equal "$(cut -d, -f1,2,4 <<<"$output")" "column,n,mean
a,2,2
a,2,3"
    # shellcheck disable=SC2154 # run sets it
    assert_equal "$stderr" "mle-gauss: column 3 'b' is text and omitted"
}

@test "--names names the columns of rows without a header" {
    line_model
    output=$(echo 10 | nn-predict -m model --names speed --precision 4)
    assert_output "mean
21"
    output=$(printf '10 x\n' | nn-predict -m model --names speed,id --append --precision 4)
    assert_output "speed id mean
10 x 21"
    local reason="the input has no header, which the model's feature 'speed' requires"
    fails 1 "nn-predict: standard input: $reason; use --names 'speed' to name the columns" nn-predict -m model <<<10
    fails 1 "nn-predict: standard input: $reason; use --names to name the columns" nn-predict -m model <<<10,x
    output=$(printf 'red,blue\nred,green\n' | mle-categorical --names a,b --summary | cut -d, -f1,2)
    assert_output "column,n
a,2
b,2"
    printf '1,2\n3,4\n' >1.csv
    printf '5,6\n' >2.csv
    run mle-gauss --names x,y 1.csv 2.csv
    assert_equal "$(cell 2 column),$(cell 2 n),$(cell 2 mean)" y,3,4
}

@test "--names with --header yes replaces the names of the header" {
    printf 'a,b\n1,2\n' >1.csv
    run mle-gauss --names x,y --header yes 1.csv
    assert_equal "$(cell 1 column),$(cell 2 column),$(cell 2 n)" x,y,1
}

@test "--names that do not fit are refused" {
    printf '1,2\n' >1.csv
    fails 1 "mle-gauss: 1.csv: there are 3 names for 2 columns" mle-gauss --names x,y,z 1.csv
    printf 'x,y\n1,2\n' >1.csv
    local reason="the first record is the header with the same names"
    fails 1 "mle-gauss: 1.csv: $reason; use --header yes to read it as the header" mle-gauss --names x,y 1.csv
}
