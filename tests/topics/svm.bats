load ../helper

# Sparse rows: svmlight text, "LABEL INDEX:VALUE ...".

# Usage: sparse <CSV >SVM — rows of CSV with the label last and a header; what is 0 is left out.
sparse() {
    awk -F, 'NR > 1 { printf "%s", $NF; for (i = 1; i < NF; i++) if ($i != 0) printf " %d:%s", i, $i; print "" }'
}

# Usage: coefficients MODEL
coefficients() {
    model-show --to csv --precision 7 "$1" | cut -d, -f2-5
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    # Columns are called 1, 2, ... in both; a tenth of the values is 0.
    zcat "$data/digits.csv.gz" | awk -F, -v OFS=, 'NR == 1 { for (i = 1; i < NF; i++) $i = i; $NF = "label" } {
        print }' >dense.csv
    sparse <dense.csv >sparse.svm
}

@test "dense and sparse rows give the same model" {
    awk -F, 'NR == 1 || $65 == 3 || $65 == 8' dense.csv | cut -d, -f4,12-14,20-22,65 |
        awk -F, -v OFS=, 'NR == 1 { for (i = 1; i < NF; i++) $i = i } { print }' >pair.csv
    sparse <pair.csv >pair.svm
    logreg-train -q -t label --header yes -o dense.model pair.csv
    logreg-train -q -t label -o sparse.model pair.svm
    coefficients dense.model >wanted
    coefficients sparse.model | diff wanted -
}

@test "penalised models of many classes are the same, and so are their predictions" {
    softmax-train -q -t label --l2 0.01 --tol 1e-10 --header yes -o dense.model dense.csv
    softmax-train -q -t label --l2 0.01 --tol 1e-10 -o sparse.model sparse.svm
    nn-predict -m dense.model --header yes --precision 6 dense.csv >wanted
    nn-predict -m sparse.model --precision 6 sparse.svm | diff wanted -
    nn-predict -m sparse.model --precision 6 --header yes dense.csv | diff wanted -
    nn-predict -m sparse.model --predict label sparse.svm >labels
    assert_equal "$(wc -l <labels)" 1798
}

@test "the model has the same bytes for any number of threads, from files, pipes and gzip" {
    softmax-train -q -j1 -t label --l2 1 sparse.svm >wanted
    softmax-train -q -j3 -t label --l2 1 sparse.svm | cmp - wanted
    for _ in {1..6}; do sed 's/^[0-4] /low /; s/^[5-9] /high /' sparse.svm; done >many.svm
    logreg-train -q -j1 -t label --l2 1 many.svm >wanted
    for threads in 2 5; do
        logreg-train -q -j$threads -t label --l2 1 many.svm | cmp - wanted
    done
    LIKELY_THREADS=1 nn-predict -m wanted many.svm >rows
    gzip many.svm
    for threads in 1 3; do
        nn-predict -j$threads -m wanted many.svm.gz | cmp - rows
        zcat many.svm.gz | nn-predict -j$threads -m wanted | cmp - rows
    done
}

@test "comments, queries, blank lines, CRLF and runs of blanks are no values" {
    printf '# a comment\n+1 qid:3 1:1 2:2 # more\r\n\n  -1\t1:2  2:1 \n+1\n-1 2:3\n-1 1:1\n+1 2:1\n' >odd.svm
    run -0 --separate-stderr logreg-train -t label --l2 1 --input svm odd.svm -o model
    run -0 model-show --to json model
    assert_output --partial '"rows": 6,'
    assert_output --partial '"features": ["1", "2"]'
    assert_output --partial '"labels": ["-1", "+1"]'
}

@test "an index that no training row had has no effect" {
    printf '1 1:1\n0 1:2\n1 1:3\n0 1:1\n' | logreg-train -q -t label -o model
    printf '0 1:1\n' | nn-predict -m model >wanted
    printf '0 1:1 7:1000\n' | nn-predict -m model | diff wanted -
}

@test "indexes that no row has are no features, however large the others are" {
    awk 'BEGIN {
        for (i = 0; i < 300; i++) print (sin(i) > 0.3 * cos(3 * i)), "1:" cos(i), "2:" sin(i * i), "3:" i % 7 }' \
            >near.svm
    sed 's/ 3:/ 1073741824:/; s/ 2:/ 70000:/; s/ 1:/ 64:/' near.svm >far.svm
    logreg-train -q -t label --l2 0.1 -o near near.svm
    logreg-train -q -t label --l2 0.1 -o far far.svm
    assert_equal "$(model-show --to csv far)" "$(model-show --to csv near |
        sed 's/,3,/,1073741824,/; s/,2,/,70000,/; s/,1,/,64,/')"
    assert_equal "$(nn-predict -m far far.svm)" "$(nn-predict -m near near.svm)"
    assert [ "$(wc -c <far)" -lt 2000 ]
}

@test "bad rows are named by their line" {
    reads() { # Usage: reads TEXT MESSAGE
        printf "$1" >bad.svm
        fails 1 "logreg-train: bad.svm:$2" logreg-train -t label --input svm bad.svm
        fails 1 "logreg-train: standard input:$2" logreg-train -t label --input svm <bad.svm
    }
    reads '1 1:2\n0 1:x\n' "2: '1:x' has a value that is not a number"
    reads '1 1:2\n\n0 1:inf\n' "3: '1:inf' has an infinite value"
    reads '1 1:2\n0 1:1 2:nan # a\n' "2: '2:nan' has a value that is not a number"
    reads '1 1:2\n 1:1 2:3\n' "2: '1:1' is found in place of the label"
    reads '1 1:2\n0 1\n' "2: '1' is not INDEX:VALUE"
    reads '1 1:2\n0 1:\n' "2: '1:' is not INDEX:VALUE"
    reads '1 1:2\n0 a:1\n' "2: 'a:1' is not INDEX:VALUE"
    reads '1 0:2\n' "1: '0:2' has index 0, but indexes begin at 1"
    reads '1 1:2\n0 2:1 2:3\n' "2: '2:3' has an index that is not above the previous index"
    reads '1 9999999999:2\n' "1: '9999999999:2' has an index above 2^30"
    reads '1 1:2\n0 1:\e[31m\n' "2: '1:\\x1b[31m' has a value that is not a number"
    reads '# nothing\n' " there is no data"
    reads '1\n0\n' " no row has a feature"
}

@test "commands for columns read svmlight text as the columns label, 1, 2, ..." {
    # Values that are 0 in all rows of the first block have no column.
    cut -d, -f3-6,11-14,65 dense.csv | awk -F, -v OFS=, 'NR == 1 { for (i = 1; i < NF; i++) $i = i } {
        print $NF, $1, $2, $3, $4, $5, $6, $7, $8 }' >columns.csv
    awk -F, -v OFS=, '{ print $2, $3, $4, $5, $6, $7, $8, $9, $1 }' columns.csv | sparse >columns.svm
    table-show columns.svm | cmp - columns.csv
    gzip -c columns.svm | table-show - | cmp - columns.csv
    for run in mle-gauss "mle-gauss --by label" "mutual-info -t label" "entropy -x 3,label" "kl -x 2,3"; do
        $run --header yes columns.csv >wanted
        for threads in 1 2; do
            $run -j $threads columns.svm | cmp - wanted
        done
    done
    for run in "linreg-train -t label" "bayes-train -t label --variance-floor 1e-3" \
        "nn-train -t label --loss l2 --epochs 2 --layers 3"; do
        $run -q --header yes columns.csv | model-show --to csv >wanted
        $run -q columns.svm | model-show --to csv | cmp - wanted
    done
    linreg-train -q -t label -o model columns.svm
    nn-predict -q -m model --precision 9 columns.svm >wanted
    nn-predict -q -m model --precision 9 --header yes columns.csv | cmp - wanted
}

@test "an index above those at the begin, and rows that are too wide, are errors of such commands" {
    { seq -f '1 1:%.0f' 60000; echo '0 2:1'; echo '0 x'; } >late.svm
    for threads in 1 2; do
        fails 1 "mle-gauss: late.svm:60001: the index 2 is above those at the begin of the input, 1 at most" \
            mle-gauss -j $threads late.svm
    done
    seq -f '1 %.0f:1' 1000000 1009999 >wide.svm
    fails 1 "mle-gauss: wide.svm:1: rows of 1009999 columns, most of which are 0, are too wide" mle-gauss wide.svm
    fails 1 "mle-gauss: standard input:3: column 2 '1': 'a' is not a number" mle-gauss <<<$'1 1:3\n# x\n0 1:a'
    fails 1 "mle-gauss: standard input:2: '1:2' has an index that is not above the previous index" \
        mle-gauss <<<$'1 2:3\n0 1:1 1:2'
    fails 1 "linreg-train: standard input: no column 'y'" linreg-train -t y <<<$'1 1:3\n0 1:4'
}

@test "times and ratios are no svmlight text" {
    printf '2024-01-01 12:30\n2024-01-02 13:30\n' >moments
    assert_equal "$(entropy -x 2 --header no moments | cut -d, -f 2,3 | tail -n 1)" 2,2
    printf 'game odds\nhome 3:1\naway 1:2\n' >ratios
    assert_equal "$(entropy -x odds ratios | cut -d, -f 2,3 | tail -n 1)" 2,2
}

@test "what sparse rows cannot do is said" {
    fails 1 "softmax-train: sparse.svm: the target of svmlight rows is their first field, 'label'; use --target label" \
        softmax-train -t digit sparse.svm
    fails 1 "softmax-train: sparse.svm: svmlight rows have no columns to select, exclude, weight by or offset by" \
        softmax-train -t label -x 1,2 sparse.svm
    fails 1 "softmax-train: sparse.svm: --fold cannot be used with svmlight rows" \
        softmax-train -t label --fold 1/2 sparse.svm
    fails 1 \
        "nn-predict: sparse.svm: the model's feature 'ash' is missing: svmlight text has the features 1, 2, 3, ..." \
        nn-predict -m "$files/good-softmax.model" sparse.svm
    softmax-train -q -t label --l2 1 -o model sparse.svm
    fails 1 "nn-predict: --append cannot be used with svmlight rows" nn-predict --append -m model sparse.svm
}

@test "more indexes than rows are refused without a penalty" {
    printf '1 3:1 7:2\n-1 5:1\n1 900:1\n' >few.svm
    fails 1 "logreg-train: few.svm: 3 rows cannot determine 5 coefficients; use --l2 to penalise coefficients" \
        logreg-train -t label -o model few.svm
    fails 1 \
        "softmax-train: few.svm: 3 rows cannot determine 5 coefficients per class; use --l2 to penalise coefficients" \
        softmax-train -t label -o model few.svm
    assert_not_exist model
    logreg-train -q -t label --l1 0.01 -o model few.svm
    # An index that every row has with the same value has no effect.
    printf '1 1:1 2:1\n-1 1:1 2:2\n' >constant.svm
    run --separate-stderr -3 logreg-train -q -t label -o model constant.svm
}

@test "separation is found among sparse rows too" {
    printf '1 1:1 2:1\n1 1:2\n0 2:1\n0 2:2\n1 1:3\n' >separable.svm
    run -3 --separate-stderr logreg-train -t label -o model separable.svm
    assert_regex "$stderr" "separation by '1'"
}

# Usage: levels CLASS LEVEL... — svmlight rows of two categories of 1100 levels whose first ones have no feature, each
# level having rows of both classes but for those named, levels of the first category from 0 on, whose rows are all of
# CLASS.
levels() {
    awk -v class="$1" -v pure=" ${*:2} " 'BEGIN { split("3 7 9 13 17 19", turn); for (i = 0; i < 6600; i++) {
        a = i % 1100; b = (i * turn[1 + int(i / 1100)] + int(i / 2200)) % 1100; y = (i * i + int(i / 1100)) % 2
        if (index(pure, " " a " ")) y = class
        printf "%d", y
        if (a > 0) printf " %d:1", a
        if (b > 0) printf " %d:1", 1100 + b
        print " 2200:" i % 13 } }'
}

@test "of thousands of columns those that separate are found, by themselves and together" {
    local remedy="the likelihood has no maximum and the coefficients have no finite estimates; use --l2"
    levels 1 >overlapped.svm
    run -0 --separate-stderr logreg-train -t label -o model overlapped.svm
    assert_equal "$stderr" ""
    levels 1 17 300 >alone.svm
    fails 3 "logreg-train: quasi-complete separation by '17', '300' (each by itself): $remedy" \
        logreg-train -t label -o model alone.svm
    # The level without a feature separates by all others of its category.
    levels 0 0 >together.svm
    fails 3 "logreg-train: quasi-complete separation by '1', '2', '3', '4', '5' and 1094 more (together): $remedy" \
        logreg-train -t label -o model together.svm
    run -0 --separate-stderr logreg-train -t label --l2 1e-6 -o model together.svm
    assert_equal "$stderr" ""
}

@test "CSV that is mostly 0 is held as sparse rows, with the same fit, also where it becomes dense" {
    awk 'BEGIN { for (j = 1; j <= 20; j++) printf "x%d,", j; print "w,y"
        for (i = 0; i < 6000; i++) {
            for (j = 1; j <= 20; j++) printf "%s,", (sin(i * i * j + j) > (i < 5000 ? 0.97 : 0.3) ? 1 + i % 3 : 0)
            print "1," (sin(i) > cos(i * i) + i % 3 - 1.5) } }' >mostly.csv
    for options in "" "--l2 0.01" "--l1 0.01" "--l2 0.001 --solver lbfgs"; do
        logreg-train -q -t y --exclude w $options -o sparse mostly.csv
        logreg-train -q -t y -w w $options -o dense mostly.csv
        paste -d, <(model-show --to csv sparse) <(model-show --to csv dense) |
            awk -F, -v OFS=, 'NR > 1 { d = $3 - $11; s = $4 - $12; if ($2 != $10 || d * d > 1e-14 || s * s > 1e-14) {
            print; bad = 1 } n++ }
                END { exit bad || n != 21 }'
        logreg-train -q -t y --exclude w -j 3 $options -o again mostly.csv
        cmp <(model-show --to json sparse | grep -v command) <(model-show --to json again | grep -v command)
    done
}

@test "rows of any length are read whole, wherever blocks of bytes end" {
    awk 'BEGIN { srand(5); for (r = 1; r <= 120; r++) {
        printf "%d", (r % 3 > 0); n = r % 10 == 0 ? 20000 : 500
        for (i = 1; i <= n; i += 1 + int(4 * rand())) printf " %d:%.3g", i, rand(); print "" } }' >long.svm
    assert [ "$(sed -n 10p long.svm | wc -c)" -gt 70000 ]
    logreg-train -q -t label --l2 0.1 --solver newton-cg -o whole long.svm
    assert_equal "$(model-show --to json whole | grep '"rows"')" '  "rows": 120,'
    head -n 60 long.svm >one.svm
    tail -n +61 long.svm >two.svm
    cat long.svm | logreg-train -q -t label --l2 0.1 --solver newton-cg -o piped
    gzip -c long.svm | logreg-train -q -t label --l2 0.1 --solver newton-cg -o zipped
    logreg-train -q -t label --l2 0.1 --solver newton-cg -o parts one.svm two.svm
    for model in piped zipped parts; do
        diff <(model-show --to csv whole) <(model-show --to csv $model)
    done
    { cat long.svm; printf '1 7:x\n'; } >bad.svm
    fails 1 "logreg-train: bad.svm:121: '7:x' has a value that is not a number" \
        logreg-train -t label --l2 0.1 -o model bad.svm
}

@test "combinations of columns far from 0 are found, nearly collinear columns are kept" {
    awk 'BEGIN { srand(3); for (r = 0; r < 20; r++) { c = 1000000 + int(90000 * rand()) / 100
        printf "%d 1:%.2f 2:%.3f\n", r % 2, c, c / 2 + 1 } }' >far.svm
    run --separate-stderr logreg-train -t label -o far.model far.svm
    assert_success
    assert_equal "$stderr" "logreg-train: column '2' is constant or a linear combination of earlier columns; \
its coefficient is 0"
    awk 'BEGIN { srand(3); for (r = 0; r < 60; r++) { c = 10000 + int(900000 * rand()) / 100
        printf "%d 1:%.2f 2:%.2f\n", rand() < 0.5, c, c + 0.01 * (r % 7 == 0) } }' >near.svm
    run --separate-stderr logreg-train -t label -o near.model near.svm
    assert_success
    assert_equal "$stderr" ''
    awk -F '[ :]' 'BEGIN { print "1,2,label" } { print $3 "," $5 "," $1 }' near.svm >near.csv
    logreg-train -q -t label --header yes -o dense.model near.csv
    for model in near dense; do
        model-show --to csv --precision 5 $model.model | cut -d, -f2-5 >$model.out
    done
    diff near.out dense.out
}
