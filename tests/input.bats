# What every command makes of its input, shown through mle-gauss.

load helper

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
        mle-gauss "$file" | diff wanted - || fail "$file"
        cat "$file" | mle-gauss | diff wanted - || fail "$file through a pipe"
        [[ $file == *.gz ]] || gzip -c "$file" | mle-gauss - | diff wanted - || fail "$file compressed"
    done
}

@test "a record that is too short is named by its line" {
    bad bad-short.csv ":3: 1 field, but the header has 2"
}

@test "blank lines count in the line of a record that is too long" {
    bad bad-long.csv ":4: 3 fields, but the header has 2"
}

@test "a quote that is never closed is named where it begins" {
    bad bad-unclosed.csv ":2: column 2 'b': a quoted field that begins here is never closed"
}

@test "a quote inside an unquoted field is no ragged record" {
    bad bad-stray-quote.csv ":2: column 2 'b': a quote inside an unquoted field"
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

@test "UTF-16 is named with the remedy" {
    bad bad-utf16.csv ": the text is in UTF-16 or UTF-32; convert it first: iconv -f UTF-16 -t UTF-8"
}

@test "truncated gzip is an error" {
    fails 1 "mle-gauss: $files/bad-truncated.csv.gz: the gzip data is cut short" mle-gauss "$files/bad-truncated.csv.gz"
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
