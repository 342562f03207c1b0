# What every command makes of its input, shown through mle-gauss.

load ../helper

# Usage: bad FILE PLACE-AND-REASON — as a file, through a pipe, and compressed.
bad() {
    fails 1 "mle-gauss: $files/$1$2" mle-gauss "$files/$1"
    fails 1 "mle-gauss: standard input$2" mle-gauss <"$files/$1"
    gzip -c "$files/$1" >bad.gz
    fails 1 "mle-gauss: bad.gz$2" mle-gauss bad.gz
}

@test "the same table is read from every form of text, from files, pipes and gzip" {
    mle-gauss "$files/good-plain.csv" >wanted
    for file in "$files"/good-*.{csv,tsv,txt,gz}; do
        [[ $file != *-categories.csv ]] || continue # is another table
        mle-gauss "$file" | diff wanted - || fail "$file"
        cat "$file" | mle-gauss | diff wanted - || fail "$file through a pipe"
        [[ $file == *.gz ]] || gzip -c "$file" | mle-gauss - | diff wanted - || fail "$file compressed"
    done
}

@test "a record that is too short is named by its line" {
    bad bad-short.csv ":3: 1 field, but the header has 2$use_ragged"
}

@test "blank lines count in the line of a record that is too long" {
    bad bad-long.csv ":4: 3 fields, but the header has 2$use_drop"
}

@test "a quote that is never closed is named where it begins" {
    bad bad-unclosed.csv ":2: column 2 'b': the quoted field that begins here is not closed$use_quote"
}

@test "a quote inside an unquoted field is text, or an error behind the records that were looked at" {
    run -0 --separate-stderr table-show "$files/bad-stray-quote.csv"
    assert_output $'a,b,c\n1,"2""2",3'
    assert_equal "$stderr" "table-show: $files/bad-stray-quote.csv: stray quotes are text"
    { echo a,b && seq -f %g,1 2000 && echo '1,2"2'; } >late.csv
    fails 1 "mle-gauss: late.csv:2002: column 2 'b': a quote inside an unquoted field$use_quote" mle-gauss late.csv
}

@test "text in a column of numbers is named by line and column" {
    bad bad-text.csv ":3: column 1 'a': 'x' is not a number"
}

@test "an infinite number is refused" {
    bad bad-infinite.csv ":2: column 1 'a': the value is infinite"
}

@test "input without a record is an error" {
    bad bad-empty.csv ": there is no data"
    bad bad-newlines.csv ": there is no data"
}

# Usage: refused NAME REASON — a file that begins with standard input.
refused() {
    cat >"$1"
    fails 1 "mle-gauss: $1: $2" mle-gauss "$1"
}

@test "UTF-32 is named with the remedy" {
    printf '\377\376\0\0a\0\0\0' |
        refused utf32 "the text is encoded in UTF-32; convert it to UTF-8 first, for example by iconv"
}

@test "what is no text is named with the remedy" {
    printf 'PK\3\4xx' | refused a.zip "this is a ZIP archive; unpack the table first, for example by unzip"
    printf '%%PDF-1.7\n' |
        refused a.pdf "this is a PDF document; extract the table first, for example by pdftotext"
    printf '<!doctype html>\n<html>' | refused a.html "this is an HTML page, not a table, perhaps in place of a"\
" download that failed; save the table as CSV first"
    gzip -c "$files/good-plain.csv" | gzip -c |
        refused twice "the data is compressed twice by gzip; decompress it once first, for example by zcat"
    gzip -c a.pdf | refused b.pdf.gz \
        "this is a PDF document; extract the table first, for example by pdftotext"
    fails 1 "nn-predict: $files/good-logistic.model: this is a model, not a table;"\
" use model-show to view it, or nn-predict -m to apply it" \
        nn-predict -m "$files/good-logistic.model" "$files/good-logistic.model"
}

@test "a later file that is no text is named as well" {
    printf 'PAR1' >b.parquet
    fails 1 "mle-gauss: b.parquet: this is a Parquet file; save the table as CSV first" \
        mle-gauss "$files/good-plain.csv" b.parquet
}

# Usage: lacks FORMAT PROGRAM FILE — whether the build cannot decompress the file, and says so.
lacks() {
    ! mle-gauss "$3" &>/dev/null || return 1
    fails 1 "mle-gauss: $3: the data is compressed by $1; decompress it first, for example by $2" mle-gauss "$3"
    fails 1 "entropy: $3: the data is compressed by $1; decompress it first, for example by $2" entropy "$3"
}

@test "xz, zstd and bzip2 are decompressed, members behind each other, or named with the remedy" {
    mle-gauss "$files/good-plain.csv" >wanted
    for format in xz,xzcat,xz zstd,zstdcat,zst bzip2,bzcat,bz2; do
        IFS=, read -r name program ending <<<"$format"
        file=$files/good-members.csv.$ending
        ! lacks "$name" "$program" "$file" || continue
        mle-gauss "$file" | diff wanted -
        cat "$file" | mle-gauss | diff wanted -
        assert_equal "$(entropy "$file")" "$(entropy "$files/good-plain.csv")"
        head -c 40 "$file" >short.x
        fails 1 "mle-gauss: short.x: the $name data is truncated" mle-gauss short.x
        { cat "$file"; echo 5,6; } >trailing
        fails 1 "mle-gauss: trailing: the $name data is followed by data that is not $name" mle-gauss trailing
    done
}

@test "large compressed files read as the text does, and damage in them is an error" {
    seq 400000 >text
    mle-gauss text >wanted
    for format in gzip,gzip xz,xz zstd,zstd bzip2,bzip2; do
        IFS=, read -r name program <<<"$format"
        command -v "$program" >/dev/null || continue
        "$program" -1c <text >file
        mle-gauss -q - <file >/dev/null 2>&1 || continue # the build lacks the library
        for threads in 1 2; do
            mle-gauss -j "$threads" file | cmp - wanted
        done
        n=$(stat -c %s file)
        for at in $((n / 3)) $((n - n / 10)); do
            { head -c "$at" file; printf '\377\377\377'; tail -c +$((at + 4)) file; } >flipped
            run -1 --separate-stderr mle-gauss flipped
            assert_equal "$output" ""
            assert_regex "$stderr" \
                "^mle-gauss: flipped(: the $name data is (damaged \(|truncated$|followed by)|:[0-9]+: )"
        done
        head -c $((n - 1)) file >short.x
        fails 1 "mle-gauss: short.x: the $name data is truncated" mle-gauss short.x
    done
}

@test "files that only begin like compressed ones are read as they are" {
    printf '\037\213,b\n1,2\n3,4\n' >a.csv
    assert_equal "$(summary --encoding utf-8 a.csv | tr -d '\037\213')" ",2,0,2 b,2,0,3"
    printf 'BZh9,b\n1,2\n3,4\n' >b.csv
    assert_equal "$(summary b.csv)" "BZh9,2,0,2 b,2,0,3"
    printf '\037\213\010' >short
    assert_equal "$(entropy short | cut -d, -f 1,2 | tail -n 1)" 1,1
}

@test "-v reports that the input is compressed" {
    gzip -c "$files/good-plain.csv" >a.csv.gz
    run -0 --separate-stderr mle-gauss -v a.csv.gz
    assert_line --index 0 "$(mle-gauss "$files/good-plain.csv" | head -n 1)"
    assert_equal "$stderr" "mle-gauss: a.csv.gz: decompressed from gzip"
    run -0 --separate-stderr mle-gauss a.csv.gz
    assert_equal "$stderr" ""
}

@test "truncated gzip is an error" {
    fails 1 "mle-gauss: $files/bad-truncated.csv.gz: the gzip data is truncated" mle-gauss "$files/bad-truncated.csv.gz"
}

@test "headers of several files must agree" {
    cp "$files/good-plain.csv" a.csv
    cp "$files/bad-other-header.csv" b.csv
    fails 1 "mle-gauss: b.csv:1: column 2 is 'c' here but 'b' in a.csv" mle-gauss a.csv b.csv
}

@test "a failed run leaves no output file" {
    run -1 mle-gauss -o out "$files/bad-text.csv"
    assert_file_not_exist out
    assert_equal "$(ls)" ""
}

# Usage: summary ARG... — column, n, missing and mean of each, the lines joined by blanks.
summary() {
    mle-gauss -q "$@" | cut -d, -f 1-4 | tail -n +2 | paste -s -d ' '
}

# ---- files that are read, odd as they are ----

@test "quoted line ends and doubled quotes belong to their fields" {
    assert_equal "$(summary "$files/odd-quoted-newlines.csv")" "id,3,0,2 x,3,0,3"
    entropy -x note "$files/odd-quoted-newlines.csv" >out
    assert_equal "$(cut -d, -f 1-3 out | tail -n 1)" note,3,3
    assert_equal "$(mle-gauss -q -g 1 "$files/odd-doubled-quotes.csv" | cut -d, -f 1-5)" \
        $'"a ""b""",column,n,missing,mean\n"say ""yes""",c,2,0,2.5\n"""",c,1,0,2'
}

@test "empty fields of TSV are missing values" {
    assert_equal "$(summary "$files/odd-empty-fields.tsv")" "a,1,2,1 b,1,2,5 c,1,2,3"
}

@test "one column needs no separator, and a header needs no rows" {
    assert_equal "$(summary "$files/odd-one-column.csv")" x,3,3,3
    assert_equal "$(summary "$files/odd-header-only.csv")" "a,0,0, b,0,0,"
}

@test "Latin-1 becomes UTF-8, or its bytes are kept" {
    mle-gauss -q -g b "$files/odd-latin1.csv" | cut -d, -f 1-5 |
        cmp - <(printf 'b,column,n,missing,mean\nä,größe,2,0,1.5\nb,größe,1,0,3\n')
    mle-gauss -q -g b --encoding utf-8 "$files/odd-latin1.csv" | cut -d, -f 1-5 |
        cmp - <(printf 'b,column,n,missing,mean\n\344,gr\366\337e,2,0,1.5\nb,gr\366\337e,1,0,3\n')
}

@test "a NUL byte is an error with its place, wherever it is" {
    use_encoding="; use --encoding utf-16le or utf-16be if the text has two bytes a character"
    for run in "mle-gauss -x a" "mle-gauss -x a -j 2" "mle-categorical -x b" table-show; do
        fails 1 "${run%% *}: $files/bad-nul.csv:2: column 2 'b': a NUL byte, which no text has$use_encoding" \
            $run "$files/bad-nul.csv"
    done
    fails 1 "mle-gauss: standard input:2: 1 field, but the header has 2$use_ragged" mle-gauss < <(printf 'a,b\n1\n\0')
    fails 1 "mle-gauss: standard input:1: column 1: a NUL byte, which no text has$use_encoding" \
        mle-gauss < <(printf '\0\0\0\0')
}

@test "the words for missing values are those of --na, and the empty field" {
    assert_equal "$(summary "$files/odd-missing-words.csv")" "a,2,3,3 b,3,2,4"
    printf 'a,b\n-999,1\n,none\n3,2\n' >na.csv
    assert_equal "$(summary --na -999,none na.csv)" "a,1,2,3 b,2,1,1.5"
    assert_equal "$(summary --header yes --na '' - <<<$'a\n\n5')" a,1,1,5
    fails 1 "mle-gauss: $files/odd-missing-words.csv:2: column 2 'b': 'NA' is not a number" \
        mle-gauss -x a,b --na x --header yes "$files/odd-missing-words.csv"
}

@test "columns without a name are called by their position" {
    assert_equal "$(summary "$files/odd-empty-names.csv")" "a,2,0,3 2,2,0,4 c,2,0,5 4,2,0,6"
}

@test "columns of one name are told apart by position" {
    assert_equal "$(summary "$files/odd-duplicate-names.csv")" "a,2,0,2.5 b,2,0,3.5 a,2,0,4.5"
    assert_equal "$(summary -x @3 "$files/odd-duplicate-names.csv")" a,2,0,4.5
    fails 1 "mle-gauss: $files/odd-duplicate-names.csv: 2 columns are named 'a'; use a position, such as @1" \
        mle-gauss -x a "$files/odd-duplicate-names.csv"
}

@test "a field of 70,000 characters and a row of 10,000 columns are read" {
    printf 'x,note\n1,%070000d\n3,"%070000d"\n' 7 8 >long.csv
    assert_equal "$(summary long.csv)" "x,2,0,2 note,2,0,7.5"
    { seq -s, -f 'c%.0f' 10000; seq -s, 10000; seq -s, 10000; } >wide.csv
    assert_equal "$(summary -x c1,c9999..c10000 wide.csv)" "c1,2,0,1 c9999,2,0,9999 c10000,2,0,10000"
    assert_equal "$(entropy -x @10000 wide.csv | wc -l)" 2
}

@test "- stands for standard input, wherever it is among the files" {
    echo $'a,b\n1,2' >1.csv
    echo $'a,b\n3,4' >2.csv
    echo $'a,b\n8,9' >3.csv
    assert_equal "$(summary 1.csv - 3.csv <2.csv)" "a,3,0,4 b,3,0,5"
    assert_equal "$(gzip -c 2.csv | summary - 1.csv)" "a,2,0,2 b,2,0,3"
    fails 1 "mle-gauss: standard input:1: column 1 is 'x' here but 'a' in 1.csv" mle-gauss 1.csv - <<<$'x,b\n1,2'
    fails 1 "mle-gauss: 2.csv:1: column 1 is 'a' here but 'x' in standard input" mle-gauss - 2.csv <<<$'x,b\n1,2'
}

# ---- options ----

@test "columns are chosen by name, position, range and glob, through every command" {
    iris=$data/iris.csv
    for spec in sepal_length..petal_width 1-4 @1-@4 1,2,3,4 '*_*' 'sepal*,petal*' 1-2,petal_length..4; do
        assert_equal "$(summary -x "$spec" "$iris")" "$(summary "$iris")"
    done
    assert_equal "$(summary -x petal_width,1 "$iris" | cut -d ' ' -f 1,2 | tr -d '0-9.,')" "petal_width sepal_length"
    assert_equal "$(entropy -x species "$iris")" "$(entropy -x 5 "$iris")"
    assert_equal "$(kl -x sepal_width,1 "$iris")" "$(kl -x 2,sepal_length "$iris")"
}

@test "columns that are not there are named, through every command" {
    iris=$data/iris.csv
    for run in "mle-gauss -x" "mle-gauss -g" "mle-gauss -w" "entropy -x" "loss-eval -l l2 -p 1 -t" \
        "linreg-train --loss l1 -t"; do
        fails 1 "${run%% *}: $iris: no column 'specis'; did you mean 'species'?" $run specis "$iris"
        fails 1 "${run%% *}: $iris: no column 9; there are 5" $run 9 "$iris"
    done
    fails 1 "kl: $iris: no column 'sepal_lenght'; did you mean 'sepal_length'?" kl -x sepal_lenght,2 "$iris"
    fails 1 "mle-gauss: $iris: column 'sepal_width' is named twice" mle-gauss -x 2,sepal_width "$iris"
    fails 1 "mle-gauss: $iris: the column range '4-2' is reversed" mle-gauss -x 4-2 "$iris"
    fails 1 "mle-gauss: $iris: the list of columns '1,' contains an empty name" mle-gauss -x 1, "$iris"
}

@test "--header says what the first record is" {
    printf '1,2\n3,4\n' >numbers.csv
    printf 'a,b\nc,d\n' >words.csv
    assert_equal "$(summary numbers.csv)" "1,2,0,2 2,2,0,3"
    assert_equal "$(summary --header yes numbers.csv)" "1,1,0,3 2,1,0,4"
    assert_equal "$(entropy -x 1 words.csv | cut -d, -f 1,2 | tail -n 1)" a,1
    assert_equal "$(entropy -x 1 --header no words.csv | cut -d, -f 1,2 | tail -n 1)" 1,2
    fails 1 "mle-gauss: words.csv: no column is numeric" mle-gauss -q --header no words.csv
    fails 2 "mle-gauss: --header: invalid value 'maybe': expected auto, yes or no; try 'mle-gauss --help'" \
        mle-gauss --header maybe numbers.csv
}

@test "--input and -d say how fields are separated" {
    printf 'a b;c\n1 2;3\n' >odd
    assert_equal "$(summary odd)" c,1,0,3
    assert_equal "$(summary --input text --header yes odd 2>&1)" a,1,0,1
    assert_equal "$(summary -d '|' - <<<$'a|b\n1|2')" "a,1,0,1 b,1,0,2"
    assert_equal "$(summary -d tab - <<<$'a\tb\n1\t2')" "a,1,0,1 b,1,0,2"
    assert_equal "$(summary --input csv -d ';' - <<<$'a;b,c\n1;')" 'a,1,0,1 "b,c",0,1'
    fails 1 "mle-gauss: standard input: no column is numeric" mle-gauss -q --input tsv <<<$'a,b\n1,2'
    fails 2 "mle-gauss: --delimiter: invalid value 'ab': expected one character, neither a quote nor a line end, or"\
" 'tab'; try 'mle-gauss --help'" mle-gauss -d ab odd
}

# ---- files that are refused ----

@test "damaged gzip is an error" {
    seq 100000 | gzip -9 >good.gz
    n=$(stat -c %s good.gz)
    { head -c $((n - 6)) good.gz; printf '\001\002'; tail -c 4 good.gz; } >crc.gz
    fails 1 "mle-gauss: crc.gz: the gzip data is damaged (incorrect data check)" mle-gauss crc.gz
    { cat good.gz; echo trailing; } >trailing.gz
    fails 1 "mle-gauss: trailing.gz: the gzip data is followed by data that is not gzip" mle-gauss trailing.gz
    for at in 12 1000 $((n / 2)) $((n - 20)); do
        { head -c "$at" good.gz; printf '\377\377\377'; tail -c +$((at + 4)) good.gz; } >flipped.gz
        run -1 --separate-stderr mle-gauss flipped.gz
        assert_equal "$output" ""
        assert_regex "$stderr" \
            '^mle-gauss: flipped.gz: the gzip data is (damaged \([a-z0-9 -/]+\)|truncated)$|^mle-gauss:'\
' flipped.gz:[0-9]+: '
    done
    for length in 4 9 11 $((n - 1)); do
        head -c "$length" good.gz >cut.gz
        run -1 --separate-stderr mle-gauss cut.gz
        assert_equal "$output" ""
    done
    { cat good.gz; head -c 64 /dev/zero; } >padded.gz
    assert_equal "$(summary padded.gz)" 1,100000,0,50000.5
}

@test "text far down in a column of numbers is named by its line, for any number of threads" {
    { echo id,x; seq -f '%.0f,1' 5500; } | sed '5002s/1$/late/; 5300s/,.*//' >late.csv
    for threads in 1 2 5; do
        fails 1 "mle-gauss: late.csv:5002: column 2 'x': 'late' is not a number" mle-gauss -j $threads late.csv
        fails 1 "kl: late.csv:5002: column 2 'x': 'late' is not a number" kl -j $threads late.csv
        fails 1 "loss-eval: late.csv:5002: column 2 'x': 'late' is not a number" \
            loss-eval -l l2 -t 1 -p 2 -j $threads late.csv
    done
}

@test "what is echoed of a file cannot reach the terminal's controls" {
    printf 'a,\033[2J\n1,2\n3,\033]0;x\a\n' >escape.csv
    fails 1 "mle-gauss: escape.csv:3: column 2 '\\x1b[2J': '\\x1b]0;x\\x07' is not a number" mle-gauss escape.csv
    run -0 --separate-stderr mle-gauss <<<$'a,\033[2J\n1,x'
    assert_equal "$stderr" "mle-gauss: column 2 '\\x1b[2J' is text and omitted"
    printf 'gr\366\337e\nx\n1\n' >latin.csv
    fails 1 "mle-gauss: latin.csv: no column 'gr\\xf6\\xdf'; did you mean 'gr\\xf6\\xdfe'?" \
        mle-gauss --encoding utf-8 -x $'gr\366\337' latin.csv
}

@test "a later file with a header that is too wide or too narrow is refused" {
    printf 'a,b\n1,2\n' >a.csv
    printf 'a,b,c\n1,2,3\n' >wide.csv
    printf 'a\n1\n' >narrow.csv
    fails 1 "mle-gauss: wide.csv:1: column 3 'c' is not in a.csv" mle-gauss a.csv wide.csv
    fails 1 "mle-gauss: narrow.csv:1: column 2 is '' here but 'b' in a.csv" mle-gauss a.csv narrow.csv
    fails 1 "mle-gauss: $files/bad-empty.csv: there is no data" mle-gauss a.csv "$files/bad-empty.csv"
}

@test "bad tables are refused alike by every command that reads tables" {
    iris=$data/iris.csv
    logreg-train -q --l2 1 -t y -o model - <<<$'a,b,y\n1,2,0\n2,1,1\n3,3,0\n4,1,1\n5,9,0\n1,2,1\n7,5,1'
    for run in "entropy -x a" "entropy -x a --counts" kl "loss-eval -l l2 -t a -p b" "nn-predict -m model" "softmax"; do
        name=${run%% *}
        fails 1 "$name: $files/bad-short.csv:3: 1 field, but the header has 2$use_ragged" $run "$files/bad-short.csv"
        fails 1 "$name: $files/bad-unclosed.csv:2: column 2 'b': the quoted field that begins here is not closed"\
"$use_quote" \
            $run "$files/bad-unclosed.csv"
        fails 1 "$name: $files/bad-empty.csv: there is no data" $run "$files/bad-empty.csv"
        fails 1 "$name: $files/bad-truncated.csv.gz: the gzip data is truncated" $run "$files/bad-truncated.csv.gz"
    done
}

@test "a failed run leaves the file that was there, and no other" {
    logreg-train -q --l2 1 -t y -o model - <<<$'a,b,y\n1,2,0\n2,1,1\n3,3,0\n4,1,1\n5,9,0\n1,2,1\n7,5,1'
    for run in mle-gauss "entropy -x a" kl "loss-eval -l l2 -t a -p b" "nn-predict -m model" softmax \
        "logreg-train -t b"; do
        echo kept >out
        fails 1 "${run%% *}: $files/bad-long.csv:4: 3 fields, but the header has 2$use_drop" \
            $run -o out "$files/bad-long.csv"
        assert_equal "$(cat out)" kept
        assert_equal "$(echo [!s]*)" "model out"
    done
}
