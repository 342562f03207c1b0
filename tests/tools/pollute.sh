#!/bin/bash
# Writes a small table in many polluted spellings: the kinds of the Pollock benchmark, and others that files have.
# Usage: tests/tools/pollute.sh FOLDER
# For each case FOLDER has NAME.in, the polluted file; NAME.csv, the clean table; NAME.options, options that state how
# the file is written. FOLDER/cases lists the cases: NAME, and what is to happen without options, after a tab:
#   read     the clean table, with or without a notice
#   said     the clean table, and a notice
#   refused  an error that names an option: more than one reading is likely, or data would be lost
set -eu
cd "$1"

# Each case starts from the clean table (start), changes what is written (raw fields, the text before each, lines before
# and behind) or what is wanted (the cells), and ends by writing both (end).
awk -v apostrophe="'" '
function replace(text, from, to,   out, i) {
    for (out = ""; (i = index(text, from)) > 0; text = substr(text, i + length(from)))
        out = out substr(text, 1, i - 1) to
    return out text
}
# A field as CSV has it, with any delimiter, quote and spelling of a quote inside quotes.
function field(text, delimiter, quote, escaped) {
    if (index(text, delimiter) || index(text, quote) || text ~ /^ | $/)
        return quote replace(text, quote, escaped) quote
    return text
}
function start(name) {
    NAME = name; HEAD = FOOT = TAIL = ""; LINE = LAST = "\n"; BEGIN_ROW = 0; END_ROW = ROWS; WANT_ROW = 0
    for (r = 0; r <= ROWS; r++)
        for (c = 1; c <= WIDTH; c++)
            want[r, c] = cell[r, c]
    spell(",", "\"", "\"\"")
}
# Writes the wanted cells with this delimiter, quote and spelling of a quote inside quotes.
function spell(delimiter, quote, escaped) {
    for (r = 0; r <= ROWS; r++)
        for (c = 1; c <= WIDTH; c++) {
            before[r, c] = c > 1 ? delimiter : ""
            raw[r, c] = field(want[r, c], substr(delimiter, 1, 1), quote, escaped)
        }
}
function record(r,   out, c) {
    out = ""
    for (c = 1; c <= WIDTH; c++)
        out = out before[r, c] raw[r, c]
    return out TAIL
}
function end(what, options,   r, c, line) {
    printf "%s", HEAD >(NAME ".in")
    for (r = BEGIN_ROW; r <= END_ROW; r++)
        printf "%s%s", record(r), r < END_ROW || FOOT != "" ? LINE : LAST >(NAME ".in")
    printf "%s", FOOT >(NAME ".in")
    printf "" >(NAME ".csv")
    for (r = WANT_ROW; r <= END_ROW; r++) {
        line = ""
        for (c = 1; c <= WIDTH; c++)
            line = line (c > 1 ? "," : "") field(want[r, c], ",", "\"", "\"\"")
        print line >(NAME ".csv")
    }
    print options >(NAME ".options")
    close(NAME ".in"); close(NAME ".csv"); close(NAME ".options")
    print NAME "\t" what >"cases"
}
# Record r lacks the delimiter before column c: two fields are one, and the last one is missing.
function merge(r, c,   i) {
    before[r, c] = ""
    want[r, c - 1] = want[r, c - 1] want[r, c]
    for (i = c; i < WIDTH; i++)
        want[r, i] = want[r, i + 1]
    want[r, WIDTH] = ""
}
# Record r has another delimiter before column c: fields move to the right, and the last one is beyond the header.
function insert(r, c,   i) {
    before[r, c] = before[r, c] ","
    for (i = WIDTH; i > c; i--)
        want[r, i] = want[r, i - 1]
    want[r, c] = ""
}
# The header lacks a name, so that it is taken for that of the first column, which names the rows.
function name_rows(   i) {
    for (i = WIDTH; i > 1; i--)
        want[0, i] = want[0, i - 1]
    want[0, 1] = "1"
}
function file_cases() {
    start("source"); end("read", "--header yes")
    start("no_final_line_end"); LAST = ""; end("read", "--header yes")
    start("two_final_line_ends"); LAST = "\n\n"; end("read", "--header yes")
    start("crlf"); LINE = LAST = "\r\n"; end("read", "--header yes")
    start("cr"); LINE = LAST = "\r"; end("read", "--header yes")
    start("bom"); HEAD = "\357\273\277"; end("read", "--header yes")
    start("header_only"); END_ROW = 0; end("read", "--header yes")
    start("one_row"); END_ROW = 1; end("read", "--header yes")
    start("no_header"); BEGIN_ROW = WANT_ROW = 1; end("read", "--header no")
    start("names"); BEGIN_ROW = 1; end("named", "--header no --names id,date,amount,colour,remark")
}
function head_cases(   title) {
    title = "Sales of March\n"
    start("title"); HEAD = title; end("said", "--skip-lines 1")
    start("title_and_empty_line"); HEAD = title "\n"; end("said", "--skip-lines 2")
    start("titles"); HEAD = title "by the main shop\nprinted 2024-04-01\n"; end("said", "--skip-lines 3")
    start("title_with_a_comma"); HEAD = title "main shop, north\n\n"; end("said", "--skip-lines 3")
    start("delimited_title"); HEAD = "Sales of March,,,,\n,,,,\n"; end("said", "--skip-lines 2")
    start("comments"); HEAD = "# Sales of March\n# by the main shop\n"; end("said", "--comment #")
    start("sep_line"); HEAD = "sep=;\n"; spell(";", "\"", "\"\""); end("said", "--skip-lines 1 --delimiter ;")
    start("two_header_lines"); HEAD = "sale,sale,sale,item,item\n"
    for (c = 1; c <= WIDTH; c++) want[0, c] = (c < 4 ? "sale " : "item ") cell[0, c]
    end("said", "--header-lines 2")
    start("header_twice"); HEAD = record(0) "\n"
    for (c = 1; c <= WIDTH; c++) want[0, c] = cell[0, c] " " cell[0, c]
    end("said", "--header-lines 2")
    start("units_line"); HEAD = record(0) "\n,yyyy-mm-dd,EUR,,\n"; BEGIN_ROW = 1; end("said", "")
}
function foot_cases() {
    start("note"); FOOT = "\nSource: main shop\n"; end("said", "--footer-lines 2")
    start("total"); FOOT = "Total,,21923.75,,\n"; end("skip", "--footer-lines 1")
    start("second_table"); FOOT = "\nshop,rent\nmain,800\nnorth,350\n"; end("refused", "--footer-lines 4")
    start("header_again"); FOOT = record(0) "\n" record(1) "\n"; end("refused", "")
}
function delimiter_cases() {
    start("semicolon"); spell(";", "\"", "\"\""); end("read", "--delimiter ;")
    start("tab"); spell("\t", "\"", "\"\""); end("read", "--delimiter tab")
    start("bar"); spell("|", "\"", "\"\""); end("read", "--delimiter |")
    start("comma_and_blank"); spell(", ", "\"", "\"\""); end("read", "--delimiter ,")
    start("trailing_delimiter"); TAIL = ","; BEGIN_ROW = 1; HEAD = "id,date,amount,colour,remark\n"; end("said", "")
}
function quote_cases() {
    start("all_quoted")
    for (r = 0; r <= ROWS; r++) for (c = 1; c <= WIDTH; c++)
        raw[r, c] = "\"" replace(cell[r, c], "\"", "\"\"") "\""
    end("read", "--header yes")
    start("apostrophes"); spell(",", apostrophe, apostrophe apostrophe); end("said", "--quote " apostrophe)
    start("backslashes"); spell(",", "\"", "\\\""); end("said", "--escape backslash")
    start("unescaped"); raw[3, 5] = "\"a board 48\" wide\""; end("said", "")
}
# A record of its own in a table of others: the header, the first, one with blanks, the last.
function row_cases(   k, r, c) {
    for (k = 1; k <= 4; k++) {
        r = substr("0248", k, 1) + 0
        for (c = 2; c <= WIDTH; c++) {
            start("less_" r "_" c); merge(r, c)
            if (r == 0) name_rows()
            end("said", r > 0 ? "--ragged pad" : "")
            start("more_" r "_" c); insert(r, c); end(r == 2 ? "said" : "refused", "--ragged pad")
        }
        for (c = 1; c <= WIDTH; c++) {
            start("quote_" r "_" c); want[r, c] = "\"" cell[r, c]; raw[r, c] = "\"" raw[r, c]; end("said", "")
        }
    }
}
function number_cases() {
    start("decimal_comma"); spell(";", "\"", "\"\"")
    for (r = 1; r <= ROWS; r++) raw[r, 3] = replace(cell[r, 3], ".", ",")
    end("skip", "--delimiter ; --decimal ,")
    start("thousands")
    for (r = 1; r <= ROWS; r++) raw[r, 3] = r == 3 ? "\"1,830.00\"" : r == 7 ? "\"20,100.20\"" : cell[r, 3]
    end("skip", "--thousands ,")
    start("decimal_comma_and_points"); spell(";", "\"", "\"\"")
    for (r = 1; r <= ROWS; r++) raw[r, 3] = r == 3 ? "1.830,00" : r == 7 ? "20.100,20" : replace(cell[r, 3], ".", ",")
    end("skip", "--delimiter ; --decimal , --thousands .")
}
BEGIN {
    # Each kind of value: numbers, dates, prices, words, and texts with a comma, quotes, an apostrophe, blanks.
    ROWS = 8; WIDTH = 5
    n = split("id|date|amount|colour|remark" \
        "|1|2024-03-01|12.50|red|plain, with a comma" \
        "|2|2024-03-02|7.25|dark blue|" \
        "|3|2024-03-05|1830.00|red|a board 48\" wide" \
        "|4|2024-03-06|0.75|green|mens" apostrophe " boots" \
        "|5|2024-03-09|55.10|red|\"sold\", as they say" \
        "|6|2024-03-11|3.95|dark blue|two words" \
        "|7|2024-03-12|20100.20|green|" \
        "|8|2024-03-15|14.00|red|last", part, "|")
    for (i = 1; i <= n; i++)
        cell[int((i - 1) / WIDTH), (i - 1) % WIDTH + 1] = part[i]
    file_cases(); head_cases(); foot_cases(); delimiter_cases(); quote_cases(); row_cases(); number_cases()
}'

# Encodings of the source.
encode() {
    iconv -f UTF-8 -t "$2" source.in >"$1.in"
    cp source.csv "$1.csv"
    echo "--encoding $3" >"$1.options"
    printf '%s\tsaid\n' "$1" >>cases
}
encode utf16_le UTF-16LE utf-16le
encode utf16_be UTF-16BE utf-16be
{ printf '\377\376' && cat utf16_le.in; } >utf16_mark.in
cp source.csv utf16_mark.csv
cp utf16_le.options utf16_mark.options
printf 'utf16_mark\tsaid\n' >>cases
