load ../helper

# Fits in one pass that go on where a model ended, to the last bit: --solver online --init.

# Usage: rows N KINDS — svmlight text of KINDS classes, whose scores are linear in some of 400 numbers.
rows() {
    awk -v n="$1" -v kinds="$2" 'BEGIN { srand(11)
        for (i = 0; i < n; i++) {
            row = ""; for (k = 0; k < kinds; k++) s[k] = k / 4
            for (j = 1 + int(40 * rand()); j <= 400; j += 1 + int(60 * rand())) {
                x = 2 * rand() - .5; row = row " " j * j ":" x
                for (k = 0; k < kinds; k++) s[k] += x * sin(3 * j * (k + 1)) }
            sum = 0; for (k = 0; k < kinds; k++) sum += s[k] = exp(s[k])
            u = rand() * sum; for (k = 0; k < kinds - 1 && u > s[k]; k++) u -= s[k]
            print substr("tcabed", k + 1, 1) row } }'
}

# Usage: columns N CLASSES COLUMNS — a table of them.
columns() {
    awk -v n="$1" -v kinds="$2" -v d="$3" 'BEGIN { srand(5); for (j = 0; j < d; j++) printf "x%d,", j; print "w,y"
        for (i = 0; i < n; i++) {
            e = 0
            for (j = 0; j < d; j++) { z = 2 * rand() - 1; e += j < 5 ? z : 0;
                printf "%.6g,", (j % 4 == 0 ? 1000 : 1) * (z + 5) }
            k = int((e / 2 + rand() - .5) * kinds / 3 + kinds / 2)
            print i % 3 ",c" (k < 0 ? 0 : k >= kinds ? kinds - 1 : k) } }'
}

# Usage: halves FILE HEADER ROWS — day1 and day2 of it, with as many lines of header each.
halves() {
    head -n $(($2 + $3)) "$1" >day1
    { head -n "$2" "$1"; tail -n +$(($2 + $3 + 1)) "$1"; } >day2
}

# Usage: content MODEL — all that it holds, but how it was made.
content() {
    model-show --to json "$1" | grep -v '^  "command"'
}

# Usage: estimates MODEL DIGITS
estimates() {
    model-show --to csv --precision "$2" "$1" | cut -d, -f2,3
}

# Usage: assert_goes_on COMMAND ARG... — a fit that goes on with day2 where one of day1 ended is that of both, to the
# last bit.
assert_goes_on() {
    "$@" --solver online -o whole all
    "$@" --solver online -o first day1
    "$@" --solver online --init first -j 3 -o second day2
    content whole >wanted
    content second | cmp wanted - || fail "$*"
}

# Usage: kill_writer PID — once it has written the file part; what it reads comes by descriptor 7.
kill_writer() {
    await part
    kill -9 "$1"
    exec 7>&-
    wait "$1" || true
}

@test "a fit of svmlight text goes on with other rows to the same bits" {
    rows 4000 2 >all
    for cut in 7 1999; do
        halves all 0 $cut
        for how in "" "--l2 0.01" "--prior-sd 2" "--l2 0.01 --standardize" "--positive t"; do
            assert_goes_on logreg-train -t label $how
        done
    done
    rows 4000 6 >all
    for cut in 100 1999; do
        halves all 0 $cut
        assert_goes_on softmax-train -t label
        assert_goes_on softmax-train -t label --l2 0.01
    done
}

@test "a fit of many columns goes on with other rows to the same bits" {
    columns 600 2 520 >all
    halves all 1 250
    assert_goes_on logreg-train -t y --exclude w
    assert_goes_on logreg-train -t y -w w --l2 0.01 --standardize
    columns 600 4 520 >all
    halves all 1 250
    assert_goes_on softmax-train -t y --exclude w
}

@test "a fit of few columns goes on with other rows to the same bits, wherever the first ended" {
    columns 3000 2 12 >all
    for cut in 3 64 65 1700 2900; do
        halves all 1 $cut
        assert_goes_on logreg-train -t y --exclude w
    done
    halves all 1 777
    assert_goes_on logreg-train -t y -w w --l2 0.01 --standardize
    assert_goes_on logreg-train -t y --fweights w --prior-sd 2 --positive c0
    columns 3000 4 12 >all
    for cut in 20 1900; do
        halves all 1 $cut
        assert_goes_on softmax-train -t y -w w
    done
    logreg-train -t y -o batch <(grep -v 'c[23]$' all)
    grep -v 'c[23]$' all >two
    for cut in 10 200; do
        head -n $((cut + 1)) two | logreg-train -t y --solver online --init batch -o first
        { head -n 1 two; tail -n +$((cut + 2)) two; } | logreg-train -t y --solver online --init first -o second
        logreg-train -t y --solver online --init batch -o whole two
        content whole >wanted
        content second | cmp wanted -
    done
}

@test "models on the way change nothing, and are those of the rows so far" {
    columns 2000 3 12 >all
    softmax-train -t y --solver online -o whole all
    content whole >wanted
    softmax-train -t y --solver online --every 37 -o model all
    content model | cmp wanted -
    mkfifo pipe
    softmax-train -t y --solver online --every 37 -o part <pipe &
    exec 7>pipe
    { cat all; sed 1d all; } >&7
    kill_writer $!
    { cat all; sed 1d all; } | head -n $(($(field rows part) + 1)) | softmax-train -t y --solver online -o same
    content same >wanted
    content part | cmp wanted -
}

@test "columns may stand in another order on the next day" {
    columns 400 3 510 >all
    halves all 1 200
    awk -F, '{ for (i = NF; i > 1; i--) printf "%s,", $i; print $1 }' day2 >turned
    softmax-train -t y -w w --solver online -o whole all
    softmax-train -t y -w w --solver online -o first day1
    softmax-train -t y -w w --solver online --init first -o second turned
    content whole >wanted
    content second | cmp wanted -
}

@test "an offset stays that of the same class, whichever came first" {
    columns 600 2 510 >all
    halves all 1 250
    for positive in c0 c1; do
        options="-t y --offset w --positive $positive --solver online"
        logreg-train $options --labels c0,c1 -o whole all
        logreg-train $options --labels c0,c1 -o first day1
        logreg-train $options --init first -o second day2
        content whole >wanted
        content second | cmp wanted -
    done
    awk -F, -v OFS=, 'NR > 1 { $511 = -$511 } { print }' day2 >negated
    logreg-train -t y --offset w --positive c0 --solver online --init first -o turned negated
    estimates second 9 | tr -d - >wanted
    estimates turned 9 | tr -d - | cmp wanted -
}

@test "a fit that outgrew the full recursion goes on" {
    columns 900 6 250 >all
    for cut in 60 500; do
        halves all 1 $cut
        softmax-train -t y -w w --solver online -o first day1
    done
    run -0 model-show --to json first
    assert_output --partial online_diagonal
    assert_goes_on softmax-train -t y -w w
}

@test "a stream whose learner is killed goes on at its last model" {
    rows 4000 5 >all
    softmax-train -t label --solver online -o whole all
    mkfifo pipe
    softmax-train -t label --solver online --every 500 -o part <pipe &
    exec 7>pipe
    head -n 2300 all >&7
    kill_writer $!
    done=$(field rows part)
    [ "$done" -ge 500 ] && [ "$done" -le 2000 ] && [ $((done % 500)) = 0 ]
    tail -n +$((done + 1)) all | softmax-train -t label --solver online --init part --every 700 --trace trace.csv \
        -o part
    content whole >wanted
    content part | cmp wanted -
    assert_equal "$(tail -n 1 trace.csv | cut -d, -f1)" 4000
}

@test "rows and models that do not fit together are named" {
    rows 200 3 >three.svm
    rows 200 2 >two.svm
    columns 60 2 510 >wide.csv
    printf 'x1,x4,label\n1,2,t\n3,1,c\n' >few.csv
    softmax-train -t label --solver online -o sparse three.svm
    sed '3s/^./z/' three.svm >more.svm
    fails 1 "softmax-train: more.svm:3: the initial model has no class 'z'" \
        softmax-train -t label --solver online --init sparse -o model more.svm
    fails 1 "logreg-train: sparse: a model of the kind 'softmax' cannot initialise one of the kind 'logistic'" \
        logreg-train -t label --solver online --init sparse -o model two.svm
    fails 1 "softmax-train: sparse: the model was trained on svmlight rows and resumes with such rows only" \
        softmax-train -t label --solver online --init sparse -o model few.csv
    softmax-train -t y --exclude w --solver online -o wide wide.csv
    fails 1 "softmax-train: wide: the model was trained on columns and does not resume with svmlight rows" \
        softmax-train -t label --solver online --init wide -o model three.svm
    fails 1 "softmax-train: wide: the model lacks the feature 'w' of the training rows" \
        softmax-train -t y --solver online --init wide -o model wide.csv
    fails 1 "softmax-train: wide: the model has the feature 'x3', which the training rows lack" \
        softmax-train -t y --exclude w,x3 --solver online --init wide -o model wide.csv
    printf 'x1,x4,label\n1,2,t\n3,1,c\n' | softmax-train -t label --solver online -o narrow
    fails 1 "softmax-train: narrow: the model was trained on columns and does not resume with svmlight rows" \
        softmax-train -t label --solver online --init narrow -o model three.svm
    softmax-train -q -t y --exclude w --l2 1 -o batch wide.csv
    fails 1 "softmax-train: batch: the model has features that are not indexes of svmlight rows" \
        softmax-train -t label --solver online --init batch -o model three.svm
    assert_not_exist model
}

# Usage: sparse_loss MODEL ROWS
sparse_loss() {
    paste -d, <(nn-predict -m "$1" "$2") <(echo label; cut -d' ' -f1 "$2") | loss-eval -t label --loss ce |
        awk -F, 'NR == 2 { print $4 }'
}

# Usage: csv_loss MODEL ROWS
csv_loss() {
    nn-predict -m "$1" --append "$2" | loss-eval -t y --loss ce | awk -F, 'NR == 2 { print $4 }'
}

# Usage: assert_at_most A B [FACTOR]
assert_at_most() {
    awk -v a="$1" -v b="$2" -v f="${3:-1}" 'BEGIN { exit !(a != "" && b != "" && a + 0 <= f * b) }' ||
        fail "$1 is more than $2"
}

@test "a fit of svmlight text goes on from another solver's model, which counts as its rows" {
    rows 24000 4 >all
    head -n 6000 all >early
    tail -n 4000 all >held
    head -n 20000 all | tail -n +6001 >late
    softmax-train -q -t label --l2 1e-3 -o batch early
    wanted=$(sparse_loss batch held)
    for n in 1 10 100 1000; do
        head -n $n late | softmax-train -t label --solver online --init batch -o model
        assert_at_most "$(sparse_loss model held)" "$wanted" 1.01
    done
    softmax-train -t label --solver online --init batch -o whole late
    softmax-train -t label --solver online -o scratch late
    assert_at_most "$(sparse_loss whole held)" "$wanted" 0.99
    assert_at_most "$(sparse_loss whole held)" "$(sparse_loss scratch held)"
    head -n 3000 late | softmax-train -t label --solver online --init batch -o first
    tail -n +3001 late | softmax-train -t label --solver online --init first -o second
    content whole >wanted
    content second | cmp wanted -
}

@test "a fit of many columns goes on from another solver's model" {
    columns 3000 2 510 >all
    halves all 1 2000
    logreg-train -t y --exclude w --l2 0.01 --standardize -o batch day1
    { head -n 1 day2; tail -n 500 day2; } >held
    for n in 2 20 500; do
        head -n $((n + 1)) day2 | logreg-train -t y --exclude w --solver online --init batch -o model
        assert_at_most "$(csv_loss model held)" "$(csv_loss batch held)" 1.02
    done
    logreg-train -t y --exclude w --solver online --init batch --positive c0 -o turned <(head -n 21 day2)
    logreg-train -t y --exclude w --solver online --init batch -o straight <(head -n 21 day2)
    estimates straight 9 | tr -d - >wanted
    estimates turned 9 | tr -d - | cmp wanted -
    columns 400 8 250 >all
    softmax-train -q -t y --exclude w --l2 0.1 --standardize -o batch all
    head -n 3 all | softmax-train -t y --exclude w --solver online --init batch -o model
    assert_at_most "$(csv_loss model all)" "$(csv_loss batch all)" 1.02
}
