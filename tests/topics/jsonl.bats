# JSON Lines as a format of tables, through commands of every kind.

load ../helper

# Usage: to_jsonl FILE.csv — its rows as objects, the keys in the order of the header.
to_jsonl() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
        { line = ""
          for (i = 1; i <= NF; i++)
              line = line (i > 1 ? "," : "") "\"" name[i] "\":" ($i ~ /^-?[0-9.]+$/ ? $i : "\"" $i "\"")
          print "{" line "}" }' "$1"
}

@test "a table of JSON Lines has the results of the same table in CSV, through every kind of command" {
    to_jsonl "$data/iris.csv" >iris.jsonl
    for run in "mle-gauss --by species" "mle-categorical -x species" "entropy -x species,petal_width" \
        "mutual-info -t species" "linreg-train -q -t sepal_length -x petal_length -o -"; do
        $run "$data/iris.csv" >wanted
        $run iris.jsonl | sed 's/iris\.jsonl/iris.csv/' >jsonl
        [[ $run == *-train* ]] || diff wanted jsonl
        $run - <iris.jsonl >/dev/null
    done
    linreg-train -t sepal_length -x petal_length,species --categorical species iris.jsonl | model-show --to csv >jsonl
    linreg-train -t sepal_length -x petal_length,species --categorical species "$data/iris.csv" |
        model-show --to csv | diff - jsonl
}

@test "threads, pipes and gzip give the same bytes, also where keys stand in any order or lack" {
    awk 'BEGIN { for (i = 0; i < 30000; i++)
        if (i % 3 == 0) printf "{\"id\":%d,\"x\":%.3f,\"s\":\"a\\u00e9%d\"}\n", i, i * 0.37 % 11, i % 4
        else if (i % 3 == 1) printf "{ \"s\" : \"b\", \"id\" : %d, \"x\" : null }\n", i
        else printf "{\"x\":%d,\"id\":%d}\r\n", i % 7, i }' >t.jsonl
    awk 'BEGIN { print "id,x,s"; for (i = 0; i < 30000; i++)
        if (i % 3 == 0) printf "%d,%.3f,a\303\251%d\n", i, i * 0.37 % 11, i % 4
        else if (i % 3 == 1) printf "%d,,b\n", i
        else printf "%d,%d,\n", i, i % 7 }' >t.csv
    mle-gauss -q -g s t.csv >wanted
    for threads in 1 2 3; do
        mle-gauss -q -j $threads -g s t.jsonl | cmp - wanted
    done
    cat t.jsonl | mle-gauss -q -g s | cmp - wanted
    gzip -c t.jsonl | mle-gauss -q -g s - | cmp - wanted
    (head -c 100000 t.jsonl; sleep 0.2; tail -c +100001 t.jsonl) | mle-gauss -q -g s | cmp - wanted
    table-show t.jsonl | cmp - t.csv
}

@test "nested values have dotted names, and escapes are read" {
    printf '{"a":{"b":1,"c":[2,3]},"s":"x\\"\\u00e9\\n,"}\n{"a":{"c":[4]},"s":"\\ud83d\\ude00","a.d":true}\n' >t.jsonl
    run -0 table-show t.jsonl
    assert_output $'a.b,a.c.1,a.c.2,s,a.d\n1,2,3,"x""\303\251\n,",\n,4,,\360\237\230\200,1'
    assert_equal "$(mle-gauss -q -x 'a.c.*' t.jsonl | cut -d, -f 1-4 | tail -n +2 | paste -sd ' ')" \
        "a.c.1,2,0,3 a.c.2,1,1,3"
}

@test "a key that only appears later is an error at its line, for any number of threads" {
    { seq -f '{"x":%.0f}' 40000; echo '{"x":1,"y":2}'; echo '{"x":"a"}'; } >t.jsonl
    for threads in 1 2; do
        run -1 --separate-stderr mle-gauss -j $threads t.jsonl
        assert_equal "$output" ""
        assert_equal "${stderr%%;*}" "mle-gauss: t.jsonl:40001: the key 'y' is not a column: the columns are the keys"\
" of the first objects"
    done
    printf '{"x":1}\n{"x":2,"y":null}\n' >null.jsonl
    { printf '{"x":1}\n'; seq -f '{"x":%.0f,"z":null}' 40000; } | mle-gauss -q >/dev/null
}

@test "JSON of another shape is named with the remedy" {
    fails 1 "mle-gauss: standard input: this is a JSON array of objects, not an object a line; use jq -c '.[]' to"\
" write each object on a line" mle-gauss <<<'[{"a":1},{"a":2}]'
    fails 1 "mle-gauss: standard input:1: the JSON object is spread over several lines; use jq -c . to write each"\
" object on a line" mle-gauss <<<$'{\n  "a": 1\n}'
    fails 1 "mle-gauss: standard input: these are JSON arrays, not objects; use jq -r '.[] | @csv' for an array of"\
" arrays, or jq -r @csv for an array on each line" mle-gauss <<<$'["a","b"]\n[1,2]'
    fails 1 "mle-gauss: standard input: the only JSON object has its rows in the array 'data'; use jq -c '.data[]' to"\
" write each row on a line" mle-gauss <<<'{"n":2,"data":[{"a":1},{"a":2}]}'
}

@test "invalid JSON is named with its line, the text there, and what is expected" {
    fails 1 "mle-gauss: standard input:3: invalid JSON at 'oops}': a value expected" \
        mle-gauss <<<$'{"a":1}\n\n{"a":oops}'
    fails 1 "mle-gauss: standard input:2: the key 'a' occurs twice" mle-gauss <<<$'{"a":1}\n{"a":1,"a":2}'
    fails 1 "mle-gauss: standard input:2: the JSON object does not end in its line (',' or '}' expected)" \
        mle-gauss <<<$'{"a":1}\n{"a":1'
    fails 1 "mle-gauss: standard input:2: column 1 'a': 'x' is not a number" mle-gauss <<<$'{"a":1}\n{"a":"x"}'
    fails 1 "mle-gauss: standard input:1: invalid JSON at 'a,b': a JSON object expected" \
        mle-gauss --input jsonl <<<$'a,b\n1,2'
    fails 1 "mle-gauss: standard input: the JSON objects have no keys" mle-gauss <<<'{}'
}

@test "text that only resembles JSON stays what it is" {
    assert_equal "$(printf '{a},b\n1,2\n' | mle-gauss -q -x b | cut -d, -f 1,4 | tail -n 1)" b,2
    run -0 --separate-stderr table-show --input csv <<<'{"a":1}'
    assert_output '"{""a"":1}"'
    assert_equal "$stderr" "table-show: standard input: stray quotes are text"
}

@test "predictions are appended to JSON Lines as to clean CSV" {
    to_jsonl "$data/iris.csv" >iris.jsonl
    linreg-train -q -t sepal_length -x petal_length -o model iris.jsonl
    nn-predict -m model --append iris.jsonl >jsonl
    nn-predict -m model --append "$data/iris.csv" | cmp - jsonl
}

@test "an object is shown as soon as it is there" {
    : >out
    { echo '{"a":1}'; await shown; } | table-show >out &
    for _ in {1..200}; do
        [ "$(wc -l <out)" -lt 2 ] || break
        sleep 0.05
    done
    assert_equal "$(cat out)" $'a\n1'
    touch shown
    wait
}

@test "several files match by key" {
    printf '{"a":1,"b":2}\n' >1.jsonl
    printf '{"b":4,"a":3}\n' >2.jsonl
    assert_equal "$(table-show 1.jsonl 2.jsonl | paste -sd ' ')" "a,b 1,2 3,4"
}
