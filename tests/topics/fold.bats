load ../helper

trainer() {
    bayes-train -t diagnosis -x mean_radius,mean_texture "$@"
}

# Usage: held FOLD ARG... — the rows of a fold as nn-predict sees them, without its predictions.
held() {
    local fold=$1
    shift
    nn-predict -m model --fold "$fold" --append --predict label "$@" | tail -n +2 | sed 's/\r$//; s/,[a-z]*$//'
}


@test "folds partition the rows" {
    trainer -o model "$data/breast-cancer.csv"
    for k in 1 2 3 4; do
        held "$k/4" "$data/breast-cancer.csv" >"rows.$k"
        [ "$(wc -l <"rows.$k")" -gt 100 ]
    done
    diff <(sort rows.?) <(tail -n +2 "$data/breast-cancer.csv" | sort)
}

@test "each trainer learns from the rows that nn-predict does not predict" {
    trainer -o model "$data/breast-cancer.csv"
    { head -n 1 "$data/breast-cancer.csv"; for k in 1 3; do held "$k/3" "$data/breast-cancer.csv"; done; } >others.csv
    for command in "bayes-train -t diagnosis" "logreg-train -t diagnosis" "softmax-train -t diagnosis" \
        "linreg-train -t mean_area"; do
        $command -x mean_radius,mean_texture --fold 2/3 -o folded "$data/breast-cancer.csv"
        $command -x mean_radius,mean_texture -o plain others.csv
        model-show --to csv folded >a.csv
        model-show --to csv plain >b.csv
        assert_equal "$(wc -l <a.csv)" "$(wc -l <b.csv)"
        # The rows come in another order: equal but for rounding.
        run awk -F, 'NR == FNR { for (i = 1; i <= NF; i++) v[FNR, i] = $i; next }
            { for (i = 1; i <= NF; i++) { d = v[FNR, i] - $i; if (d * d > 1e-14 * $i * $i) { print; exit 1 } } }' \
                a.csv b.csv
        assert_success
    done
}

@test "a fold is the same for any number of threads, for a pipe, gzip and several files" {
    { cat "$data/breast-cancer.csv"; for i in {1..20}; do tail -n +2 "$data/breast-cancer.csv" | sed "s/^/$i/"; done
    } >many.csv
    trainer -o model many.csv
    held 2/3 -j 1 many.csv >wanted
    assert [ "$(wc -l <wanted)" -gt 3000 ]
    held 2/3 -j 5 many.csv | cmp - wanted
    held 2/3 <many.csv | cmp - wanted
    gzip -k many.csv
    held 2/3 many.csv.gz | cmp - wanted
    head -n 5000 many.csv >a.csv
    { head -n 1 many.csv; tail -n +5001 many.csv; } >b.csv
    held 2/3 a.csv b.csv | cmp - wanted
    { head -n 1 b.csv; tail -n +2 b.csv; tail -n +2 a.csv; } >swapped.csv
    diff <(held 2/3 swapped.csv | sort) <(sort wanted)
    for j in 1 4; do
        trainer --fold 1/3 -j "$j" many.csv | zcat | sed "s/-j $j//" >"trained.$j"
    done
    cmp trained.1 trained.4
}

# Usage: folds_of FILE [ARG...] — the fold of each row of a table with a column id, by id.
folds_of() {
    local file=$1 k
    shift
    for k in 1 2 3 4 5; do
        nn-predict -m model --fold "$k/5" --append --predict label "$@" "$file" >rows 2>/dev/null
        awk -v k=$k -v FS='[,;\t]' '{ for (i = 1; i <= NF; i++) gsub(/"/, "", $i) }
            NR == 1 { for (i = 1; i <= NF; i++) if ($i == "id") at = i; next } { print $at, k }' rows
    done | sort -n
}

@test "a table rewritten by another program has the same folds" {
    awk 'BEGIN { srand(6); print "id,x,y,note"; for (i = 0; i < 300; i++)
        printf "%d,%s,%s,%s\n", i, i % 3 ? i * 1000 : i / 8, i % 7 ? "a" : "b", i % 11 ? "n" i % 5 : "" }' >t.csv
    bayes-train -t y -x x -o model t.csv
    folds_of t.csv >wanted
    assert_equal "$(wc -l <wanted)" 300
    sed 's/[^,]*/"&"/g' t.csv >quoted.csv
    awk -F, -v OFS=, 'NR > 1 { $2 = sprintf("%.6e", $2); $1 = $1 ".0"; if ($4 == "") $4 = "NA" } { print }' t.csv \
        >spelt.csv
    tr , '\t' <t.csv >tabs.tsv
    tr , ';' <t.csv >semicolons.csv
    awk -F, -v OFS=, '{ print $3, $2, $4, $1 }' t.csv >columns.csv
    for file in quoted.csv tabs.tsv semicolons.csv columns.csv; do
        folds_of $file | diff wanted - || fail "$file"
    done
    folds_of spelt.csv | sed 's/\.0 / /' | diff wanted -
    cut -d, -f 1-3 t.csv | folds_of /dev/stdin >fewer
    run -1 cmp -s wanted fewer
    folds_of t.csv --key id >wanted
    awk -F, -v OFS=, 'NR > 1 { $1 = $1 "e0" } { print $3, $1, $2 }' t.csv >keyed.csv
    folds_of keyed.csv --key id | sed 's/e0 / /' | diff wanted -
    folds_of t.csv --key y,note >wanted
    assert_equal "$(join wanted <(awk -F, 'NR > 1 { print $1, $3 $4 }' t.csv | sort -n) 2>/dev/null |
        awk '{ seen[$3 " " $2]; keys[$3] }
        END { for (k in seen) n++; for (k in keys) m++; print n == m }')" 1
}

@test "line ends do not matter to folds" {
    trainer -o model "$data/breast-cancer.csv"
    sed 's/$/\r/' "$data/breast-cancer.csv" >crlf.csv
    diff <(held 1/3 crlf.csv) <(held 1/3 "$data/breast-cancer.csv")
}

@test "rows of a key stay together" {
    awk 'BEGIN { print "id,x,y";
        for (i = 0; i < 300; i++) printf (i % 2 ? "k%d,%d,%s\n" : "\"k%d\",%d,%s\n"), i % 30, i, i % 7 ? "a" : "b" }' \
            >keyed.csv
    bayes-train -t y -x x -o model keyed.csv
    for k in 1 2 3; do
        nn-predict -m model --fold "$k/3" --key id --append --predict label keyed.csv | tail -n +2 | tr -d '"' |
            cut -d, -f1 |
            sort | uniq -c >"keys.$k"
    done
    run awk '$1 != 10 { print } { seen[$2]++; n++ } END { for (k in seen) if (seen[k] > 1) print k;
        if (n != 30) print n }' keys.?
    assert_output ""
    assert [ -s keys.1 ] && [ -s keys.2 ] && [ -s keys.3 ]
}

@test "folds of known rows never change" {
    printf 'x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n' >t.csv
    bayes-train -t y -o model t.csv
    run -0 nn-predict -m model --fold 1/3 --append --predict label t.csv
    assert_output $'x,y,predicted\n2,b,a\n3,a,a\n8,b,b'
}

@test "rows that are not kept are not parsed, and lines of those that are stay right" {
    printf 'id,x,y\n' >t.csv
    for i in {1..40}; do echo "$((i % 8)),$i,$((i % 3 > 0))"; done >>t.csv
    bayes-train -t y -x x -o model t.csv
    echo '3,bad,1' >>t.csv
    run nn-predict -m model --fold 1/2 --key id -o /dev/null t.csv
    first=$status message=$output
    run nn-predict -m model --fold 2/2 --key id -o /dev/null t.csv
    assert_equal "$((first + status))" 1
    assert_equal "$message$output" "nn-predict: t.csv:42: column 2 'x': 'bad' is not a number"
}

@test "a row without a key is an error" {
    printf 'id,x,y\nu,1,a\nv,2,b\n,3,a\nw,4,b\n' >t.csv
    fails 1 "bayes-train: t.csv:4: column 1 'id': the key is missing, so the row belongs to no fold" \
        bayes-train -t y -x x --fold 1/2 --key id t.csv
    fails 1 "bayes-train: t.csv: no column 'idd'; did you mean 'id'?" bayes-train -t y -x x --fold 1/2 --key idd t.csv
}

@test "what is no fold is a usage error" {
    for fold in 0/5 6/5 1/1 1 a/b 1/ /5 1/5x -1/5 1/5/5 1/1000001 1/99999999999999999999; do
        for command in "nn-predict -m $files/good-logistic.model" "bayes-train -t y" "logreg-train -t y" \
            "softmax-train -t y" "linreg-train -t y"; do
            fails 2 "${command%% *}: --fold: invalid value '$fold': expected k/K, such as 1/5:"\
" a number K of folds from 2 to 1000000, and k from 1 to K; try '${command%% *} --help'" \
                $command "--fold=$fold" "$data/iris.csv"
        done
    done
    fails 2 "bayes-train: --key requires --fold; try 'bayes-train --help'" \
        bayes-train -t species --key species "$data/iris.csv"
}

@test "the experiment runs its folds side by side" {
    run -0 make -s -j2 -C "$root/share/experiments/cross-validation" BIN="${LIKELY_BIN:-$root/bin}" K=3 OUT="$PWD/out"
    assert_line --regexp '^bayes +accuracy +569 +0\.9'
    assert_equal "$(wc -l <out/result.csv)" 9
}
