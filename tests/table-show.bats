load helper

@test "plain CSV comes out as it went in" {
    for file in "$data"/{iris,wine,breast-cancer}.csv; do
        table-show "$file" | cmp - "$file"
    done
}

@test "every spelling of a table gives the same clean CSV" {
    for file in "$files"/good-{crlf,cr,semicolons,bom,no-final-newline,blank-lines}.csv "$files"/good-tabs.tsv \
        "$files"/good-blanks.txt; do
        table-show "$file" >once
        table-show once | cmp - once
        run -0 table-show --summary "$file"
        assert_equal "$output" "$(table-show --summary once)"
    done
}

@test "numbers keep their text, and missing words become empty fields" {
    run -0 table-show <<<$'id;x\n007;1.10\n+1;NA\n1e3;.5'
    assert_output $'id,x\n007,1.10\n+1,\n1e3,.5'
}

@test "fields are quoted where CSV needs it, and nowhere else" {
    printf '"a","b c"\n"1","x, y"\n2,"q""r"\n3,"two\nlines"\n4," z "\n5,plain\n' >quoted
    run -0 table-show quoted
    assert_output $'a,b c\n1,"x, y"\n2,"q""r"\n3,"two\nlines"\n4," z "\n5,plain'
    run -0 table-show --to tsv quoted
    assert_output $'a\tb c\n1\tx, y\n2\t"q""r"\n3\t"two\nlines"\n4\t" z "\n5\tplain'
}

@test "a missing value alone in its row is no empty line" {
    run -0 table-show <<<$'x\n1\nNA\n3'
    assert_output $'x\n1\n""\n3'
    run -0 table-show <<<"$output"
    assert_output $'x\n1\n""\n3'
}

@test "a table without header is written without one" {
    run -0 table-show <<<$'1;a\n2;b'
    assert_output $'1,a\n2,b'
}

@test "columns come in the order of the list" {
    run -0 table-show -x c,a <<<$'a,b,c\n1,2,3\n4,5,6'
    assert_output $'c,a\n3,1\n6,4'
    fails 1 "table-show: standard input: no column 'd'" table-show -x d <<<$'a,b,c\n1,2,3'
}

@test "JSON has numbers as numbers, texts as texts, and null for missing values" {
    run -0 table-show --to json <<<$'n,t\n007,"a""\\b"\n1.10,12\n.5,é\ninf,\n-2E+3,\x01\nNA,x'
    assert_output '[
 {"n": 7, "t": "a\"\\b"},
 {"n": 1.10, "t": "12"},
 {"n": 0.5, "t": "é"},
 {"n": "inf", "t": null},
 {"n": -2E+3, "t": "\u0001"},
 {"n": null, "t": "x"}
]'
}

@test "JSON of a header alone is an empty array" {
    run -0 table-show --to json <<<a,b
    assert_output '[]'
}

@test "JSON never has two members of one name" {
    run -0 --separate-stderr table-show --to json <<<$'x,x\n1,2'
    assert_output $'[\n {"x": 1, "x@2": 2}\n]'
    assert_equal "$stderr" "table-show: two columns are named 'x'; the second one is 'x@2' in JSON"
}

@test "aligned columns have numbers to the right, cut long texts, and show control characters" {
    printf '%s\n' name,n hä,1 0123456789012345678901234567890123456789,22 \
        01234567890123456789012345678901234567890,3 $'a\tb,' >texts
    run -0 table-show --to table texts
    assert_output 'name                                       n
hä                                         1
0123456789012345678901234567890123456789  22
0123456789012345678901234567890123456...   3
a\x09b                                      '
}

@test "a page of aligned rows is as wide as it needs to be, and no earlier one is" {
    { echo x,y; seq 1000 | sed 's/.*/1,a/'; echo 12345,b; } | table-show --to table >pages
    assert_equal "$(sed -n '1p;1000p;1001p' pages)" $'x  y\n1  a\n    1  a'
}

@test "the first rows are all that is read" {
    run -0 table-show -n 2 < <(yes 1,2)
    assert_output $'1,2\n1,2'
    run -0 timeout 5 table-show -n 2 < <(echo a,b; echo 1,2; echo 3,4; exec sleep 20)
    assert_output $'a,b\n1,2\n3,4'
    run -0 table-show -q -n 2 <<<$'a,b\n1,2\n3,4\n5'
    assert_output $'a,b\n1,2\n3,4'
    run -0 table-show -n 9 <<<$'a\n1\n2'
    assert_output $'a\n1\n2'
    run -1 --separate-stderr table-show --ragged error -n 3 <<<$'a,b\n1,2\n3,4\n5'
    assert_equal "$stderr" "table-show: standard input:4: 1 field, but the header has 2$use_ragged"
}

@test "rows come while the input waits" {
    mkfifo rows
    table-show <rows >out &
    exec 8>rows
    printf 'a,b\n1,2\n' >&8
    for _ in {1..100}; do [ -s out ] && break || sleep 0.05; done
    assert_equal "$(cat out)" $'a,b\n1,2'
    exec 8>&-
    wait $!
}

@test "the summary counts values, and finds range and first values" {
    printf '%s\n' n,t,e,d 3,b,,2024-03-01 -1,a,,2024-01-31 NA,b,, 3.0,c,,2024-02-01 x,,,2024-02-01 \
        1e2,d,,2024-02-01 7,e,,2024-02-01 8,f,,2024-02-01 >table
    run -0 table-show --summary table
    assert_output 'column,type,n,missing,not_numbers,distinct,distinct_se,minimum,maximum,values
n,number,7,1,1,6,0,-1,100,"3, -1, x, 1e2, 7, ..."
t,text,7,1,0,6,0,a,f,"b, a, c, d, e, ..."
e,empty,0,8,0,0,0,,,
d,text,7,1,0,3,0,2024-01-31,2024-03-01,"2024-03-01, 2024-01-31, 2024-02-01"'
}

@test "the summary of a header alone, and of the first rows" {
    run -0 table-show --summary <<<a
    assert_line --index 1 a,empty,0,0,0,0,0,,,
    run -0 table-show --summary -n 2 <<<$'a\n1\n2\n3\nx'
    assert_line --index 1 'a,number,2,0,0,2,0,1,2,"1, 2"'
}

@test "many distinct values are counted exactly, more are estimated within a few standard errors" {
    run -0 table-show --summary -x 1 < <(echo x; seq 130000; seq 130000)
    assert_equal "$(cell 1 distinct) $(cell 1 distinct_se)" '130000 0'
    run -0 table-show --summary -x 1 < <(echo x; seq 400000)
    assert_equal "$(cell 1 distinct_se)" 1563
    assert_close "$(cell 1 distinct)" 400000 0.008
}

@test "every result has the same bytes for any number of threads" {
    { echo n,t,u; seq 60000 | awk '{ print $1 * 7919 % 60013 / 8 "," ($1 % 7 ? "t" $1 % 1013 : "") "," $1 }'; } >rows
    for options in '' '--to json' '--to table' --summary '-n 40000' '--fold 2/3'; do
        # shellcheck disable=SC2086 # several options
        table-show -j 1 $options rows >one
        # shellcheck disable=SC2086
        table-show -j 3 $options rows | cmp - one
    done
}

@test "several files are one table" {
    printf 'a,b\n1,2\n' >one
    printf 'a;b\n3;4\n' | tr ';' , >two
    run -0 table-show one two
    assert_output $'a,b\n1,2\n3,4'
}

@test "folds are a partition of the rows" {
    for k in 1 2 3; do table-show --fold "$k/3" "$data/iris.csv" | tail -n +2; done | sort >folds
    tail -n +2 "$data/iris.csv" | sort | cmp - folds
}

@test "the dialect is written as options that read the same table" {
    for file in "$files"/good-{crlf,semicolons,quoted}.csv "$files"/good-tabs.tsv "$files"/good-blanks.txt; do
        eval "table-show $(table-show --dialect "$file") '$file'" >given
        table-show "$file" | cmp - given
    done
    run -0 table-show --dialect <<<$'a;b\n1;2'
    assert_output "--input csv --delimiter ';' --header yes"
    run -0 table-show --dialect <<<$'1\t2'
    assert_output "--input tsv --header no"
}

@test "options of rows have no effect on the dialect, and are refused" {
    for option in --head=3 --summary --columns=a --fold=1/2 --to=json; do
        fails 2 "table-show: --dialect cannot be used with ${option%%=*}; try 'table-show --help'" \
            table-show --dialect "$option"
    done
}

@test "-o writes a complete file or none" {
    run ! table-show -o out <<<$'a,b\n1,2\n3'
    assert_not_exists out
    table-show -o out <<<$'a,b\n1,2'
    assert_equal "$(cat out)" $'a,b\n1,2'
}
