# Text that is not plain CSV, read as options state; shown through table-show.

load ../helper

# Usage: shows TEXT WANTED OPTION... — the table of the text, with its escapes, read as the options say.
shows() {
    printf "$1" >input
    assert_equal "$(table-show -q "${@:3}" input)" "$(printf "$2")"
    assert_equal "$(printf "$1" | table-show -q -j 2 "${@:3}")" "$(printf "$2")"
}

@test "lines at the head of every file are skipped, and count in the lines of errors" {
    shows 'Report 3\n"open\na,b\n1,2\n' 'a,b\n1,2' --skip-lines 2
    shows 'x\r\ny\ra,b\r1,2\r' 'a,b\n1,2' --skip-lines 2
    shows 'one\n1,2\n' 'one\n' --skip-lines 0 --ragged drop
    printf 'title\na,b\n1,2\n' >a.csv
    printf 'other title\na,b\n3,4\n' >b.csv
    assert_equal "$(table-show --skip-lines 1 a.csv b.csv)" $'a,b\n1,2\n3,4'
    printf 'other title\na,b\n3,x\n' >b.csv
    fails 1 "mle-gauss: b.csv:3: column 2 'b': 'x' is not a number" mle-gauss --skip-lines 1 a.csv b.csv
    fails 1 "mle-gauss: a.csv: there is no data" mle-gauss --skip-lines 3 a.csv
    yes | tr -d '\n' | head -c 3000000 >long || true
    printf '\na\n1\n' >>long
    assert_equal "$(table-show --skip-lines 1 long)" $'a\n1'
}

@test "the header of a slow pipe is awaited behind the lines that are skipped" {
    run -0 bash -c "{ printf 'title\n'; sleep 0.3; printf 'a,b\n'; sleep 0.3; printf '1,2\n'; } |
        softmax --skip-lines 1 --header yes"
    assert_equal "$output" $'a,b,p_a,p_b\n1,2,0.2689414213699951,0.7310585786300049'
}

@test "lines that begin with a comment character are skipped, wherever they are" {
    shows '# by hand\na,b\n1,2\n  #,,,\n3,4#\n#' 'a,b\n1,2\n3,4#' --comment '#' -d ,
    shows '%% x\na b\n; "\n1 2\n' 'a,b\n1,2' --comment '%;' --input text
    fails 1 "table-show: standard input:3: 1 field, but the header has 2$use_ragged" table-show \
        --comment ';' <<<$'a,b\n1,2\n#'
}

@test "a quote is any character, or none" {
    shows "a;b\n'x;y';1\n'it''s';2\n" "a,b\nx;y,1\nit's,2" -d ';' --quote "'"
    shows 'a,b\n5" pipe,1\n"x,2\n' 'a,b\n"5"" pipe",1\n"""x",2' --quote none
    shows 'a b\n"x y" 1\n' 'a,b\nx y,1' --input text --quote '"'
    shows 'a b\n"x 1\n' 'a,b\n"""x",1' --input text
    fails 1 "table-show: standard input:2: column 1 'a': text after a closing quote$use_quote" table-show \
        --input text --quote '"' <<<$'a b\n"x"y 1'
    fails 2 "table-show: --quote: invalid value 'ab': expected one character, but no line end, or 'none'; try"\
" 'table-show --help'" table-show --quote ab
}

@test "a backslash stands before a quote, a separator or a line end, and is text elsewhere" {
    shows 'a,b\n"say \\"yes\\"",1\n"C:\\\\new\\dir",2\n' 'a,b\n"say ""yes""",1\nC:\\new\\dir,2' --escape backslash
    shows 'a,b\nx\\,y,1\n"p\\\nq",2\n' 'a,b\n"x,y",1\n"p\nq",2' --escape backslash
    shows 'a,b\nx\\,y,1\n' 'a,b\n"x,y",1' --escape backslash --quote none
    shows 'a,b\n"x\\",1\n' 'a,b\nx\\,1' --escape double
}

@test "ragged records are padded or dropped, and counted" {
    shows 'a,b\n1\n2,3\n4,5,\n' 'a,b\n1,\n2,3\n4,5' --ragged pad
    shows 'a,b\n1\n2,3\n4,5,6\n' 'a,b\n2,3' --ragged drop
    run -0 --separate-stderr table-show --ragged pad <<<$'a,b\n1\n2,3\n4'
    assert_equal "$stderr" "table-show: standard input: 2 short records filled with missing values"
    run -0 --separate-stderr table-show --ragged drop <<<$'a,b\n1\n2,3'
    assert_equal "$stderr" "table-show: standard input: 1 record of another width than the header left out"
    fails 1 "mle-gauss: standard input:2: 3 fields, but the header has 2$use_drop" \
        mle-gauss --ragged pad <<<$'a,b\n1,2,3'
}

@test "UTF-16 and Latin-1 become UTF-8" {
    printf 'gr\303\266\303\237e;ort\n1;K\303\266ln \342\202\254\n2;\305\201\303\263d\305\272 \360\237\230\200\n' >utf8
    table-show utf8 >wanted
    for encoding in UTF-16LE UTF-16BE UTF-16; do
        iconv -f UTF-8 -t "$encoding" utf8 >input
        table-show input | cmp wanted -
        table-show -j 2 <input | cmp wanted -
        gzip -c input | table-show | cmp wanted -
        { head -c 7 input; sleep 0.2; tail -c +8 input; } | table-show | cmp wanted -
    done
    table-show --encoding utf-16le <(iconv -f UTF-8 -t UTF-16LE utf8) | cmp wanted -
    head -n 2 utf8 | iconv -f UTF-8 -t CP1252 >latin
    assert_equal "$(table-show latin)" "$(head -n 2 wanted)"
    printf 'gr\366\337e;ort\n7;x\n' >other
    assert_equal "$(table-show utf8 latin other | tail -n 2)" $'1,K\303\266ln \342\202\254\n7,x'
    assert_equal "$(printf '\200\n\201\n' | table-show --encoding latin1)" $'\342\202\254\n\302\201'
}

@test "bytes that are no characters of the encoding are an error" {
    use_encoding="; use --encoding to state the encoding"
    fails 1 "table-show: standard input: the text is not UTF-16: it ends within a character$use_encoding" \
        table-show < <(printf 'a\0\n\0001\0\n\0002')
    fails 1 "table-show: standard input: the text is not UTF-16: half of a surrogate pair stands alone$use_encoding" \
        table-show < <(printf 'a\0\n\0001\0\n\0\0\3302\0')
}

@test "blocks of any encoding are cut alike" {
    seq 90000 | awk '{ print $1 ",\303\244" $1 % 7 }' >utf8
    iconv -f UTF-8 -t UTF-16BE utf8 >utf16
    iconv -f UTF-8 -t LATIN1 utf8 >latin
    mle-gauss --by 2 -x 1 utf8 >wanted
    for file in utf16 latin; do
        mle-gauss -j 2 --by 2 -x 1 "$file" | cmp wanted -
    done
}

@test "rows of text that is not plain are passed on as CSV" {
    linreg-train -q -t y -o model - <<<$'a,y\n1,2\n2,4\n3,6\n4,8'
    printf "a;b\r\n1;'x,y'\r\n2;'\"'\r\n" >input
    assert_equal "$(nn-predict -m model --append --quote "'" input | cut -d. -f 1)" $'a,b,mean\n1,"x,y",2\n2,"""",4'
}

@test "any number of threads gives the same bits in any dialect" {
    awk 'BEGIN { print "a;b;c"; for (i = 0; i < 60000; i++) {
        if (i % 1000 == 7) print "# \047 comment"
        printf "%d;\047x;%d\n\047;%.3f\n", i, i % 7, i / 7 } }' >input
    for j in 1 2 3; do
        mle-gauss -j "$j" --by b --quote "'" --comment '#' input >out."$j"
    done
    cmp out.1 out.2
    cmp out.1 out.3
    assert_equal "$(wc -l <out.1)" 29 # two lines a group and column, and the header
}

@test "numbers have decimal commas, marks between right groups, and signs" {
    options=(-d ';' --decimal ',' --thousands . --number-signs drop)
    shows 'a;b;c\n1,5;1.234.567,8;12 %%\n-2,25;1.000;$ 5\n;-12.345;(3)\n+,5e1;999;-€7,5\n' \
        'a,b,c\n1.5,1234567.8,12\n-2.25,1000,5\n,-12345,-3\n+.5e1,999,-7.5' "${options[@]}"
    for number in 1.23.4 0.123 1.2345 1234.567 .123 1..000 1.000. 12.34,5 1,2,3 5%5 %%5 --5; do
        printf 'a;b\n1,5;2\n%s;2\n' "$number" >input
        fails 1 "mle-gauss: input:3: column 1 'a': '$number' is not a number" mle-gauss "${options[@]}" input
    done
    shows "a;b\n1'234.5;7\n1\342\200\231000;7\n" 'a,b\n1234.5,7\n1000,7' -d ';' --thousands "'"
    shows 'a;b\n1 234,5;7\n1\302\240234\342\200\257567;7\n' 'a,b\n1234.5,7\n1234567,7' \
        -d ';' --decimal , --thousands ' '
    shows 'a;b\n\342\210\2225,5;x\n' 'a,b\n-5.5,x' -d ';' --decimal ,
    shows 'a;b\n1;1,5\n2;x\n' 'a,b\n1,"1,5"\n2,x' -d ';' --thousands none
}

@test "a number of another spelling is an error that names the option" {
    use_decimal="; use --decimal , for decimal commas"
    printf 'a\n1\n1,5\n' >input
    fails 1 "mle-gauss: input:3: column 1 'a': '1,5' is not a number$use_decimal" mle-gauss -d ';' input
    printf 'a\n1\n1,500\n' >input
    fails 1 "mle-gauss: input:3: column 1 'a': '1,500' is not a number$use_decimal,"\
" or --thousands , if commas group the digits" mle-gauss -d ';' input
    printf 'a\n1\n1.500.000\n' >input
    fails 1 "mle-gauss: input:3: column 1 'a': '1.500.000' is not a number; use --thousands CHAR if CHAR groups the"\
" digits" mle-gauss -d ';' input
    printf 'a\n1\n$5\n' >input
    fails 1 "mle-gauss: input:3: column 1 'a': '\$5' is not a number; use --number-signs drop for currencies and per"\
" cent" mle-gauss input
    fails 2 "mle-gauss: --decimal and --thousands cannot be the same character; try 'mle-gauss --help'" \
        mle-gauss --decimal , --thousands , input
    fails 2 "mle-gauss: --decimal: invalid value 'x': expected one of the characters '.,'; try 'mle-gauss --help'" \
        mle-gauss --decimal x input
}

@test "folds are those of the values, however numbers are spelt" {
    seq 400 | awk '{ x = sprintf("%.3f", $1 * 12.345); print $1 % 9 "," x }' >plain
    tr ., ',;' <plain >marked
    for fold in 1/3 2/3; do
        table-show --fold "$fold" plain >wanted
        table-show --fold "$fold" --decimal , -d ';' marked | cmp wanted -
    done
    table-show --fold 1/3 --key 2 plain >wanted
    table-show --fold 1/3 --key 2 --decimal , -d ';' marked | cmp wanted -
}

@test "rows with numbers of another spelling are predicted and passed on as plain ones" {
    linreg-train -q -t y -x a -o model - <<<$'a,g,y\n1.5,x,2\n2.5,x,4\n3.5,y,6\n4.5,y,9'
    printf 'a;g\n1,5;x\n4,5;y\n' >input
    nn-predict -m model --append --decimal , input >out
    nn-predict -m model --append <<<$'a,g\n1.5,x\n4.5,y' | cmp out -
    assert_equal "$(mle-categorical --decimal , -x a input | cut -d, -f 2 | tail -n 2)" $'1.5\n4.5'
}
