load ../helper

# Learning in one pass: logreg-train and softmax-train --solver online.

setup_file() {
    make -s -C "$root" build/bench/measure
}

# Usage: made ROWS — a table of which P(y = yes) = 1 / (1 + exp(-(0.5 + a - 2 b))) is known, b being measured in
# thousandths.
made() {
    awk -v n="$1" 'BEGIN { srand(7); print "a,b,y"
        for (i = 0; i < n; i++) {
            a = rand() + rand() + rand() - 1.5; b = rand() + rand() - 1
            print a "," 1000 * b + 5000 "," (rand() < 1 / (1 + exp(-(0.5 + a - 2 * b))) ? "yes" : "no") } }'
}

# Usage: loss MODEL TABLE TARGET [LOSS] — the mean loss of the model's predictions.
loss() {
    nn-predict -m "$1" --append "$2" | loss-eval -t "$3" --loss "${4:-log}" | awk -F, 'NR == 2 { print $4 }'
}

# Usage: assert_at_most A B
assert_at_most() {
    awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && b != "" && a + 0 <= b + 0) }' || fail "$1 is more than $2"
}

@test "one pass comes as near to the truth as the optimum does" {
    made 30000 >all.csv
    head -n 20001 all.csv >train.csv
    { head -n 1 all.csv; tail -n 10000 all.csv; } >held.csv
    logreg-train -t y --solver online -o online.model <train.csv
    logreg-train -t y -o optimum.model train.csv
    best=$(loss optimum.model held.csv y)
    assert_at_most "$(loss online.model held.csv y)" "$(awk -v x="$best" 'BEGIN { print 1.002 * x }')"
    run -0 model-show --to csv online.model
    assert_close "$(cell 2 estimate)" 1 0.1
    assert_close "$(cell 3 estimate)" -0.002 0.1
}

@test "one pass over 569 rows tells tumours apart" {
    logreg-train -t diagnosis --solver online -o model "$data/breast-cancer.csv"
    assert_at_most 0.98 "$(loss model "$data/breast-cancer.csv" diagnosis accuracy)"
    softmax-train -t diagnosis --solver online -o model "$data/breast-cancer.csv"
    assert_at_most 0.96 "$(loss model "$data/breast-cancer.csv" diagnosis accuracy)"
}

@test "softmax-train reads digits once" {
    softmax-train -q -t digit --solver online -o model "$data/digits.csv.gz"
    assert_at_most 0.98 "$(loss model "$data/digits.csv.gz" digit accuracy)"
    assert_at_most "$(loss model "$data/digits.csv.gz" digit ce)" 0.1
}

@test "the penalties are those of the optimum" {
    made 20000 >train.csv
    for penalty in "--l2 0.01 --standardize" "--prior-sd 0.01" "--l2 0.5"; do
        logreg-train -t y $penalty --solver online -o online.model train.csv
        logreg-train -t y $penalty -o optimum.model train.csv
        for row in 1 2 3; do
            wanted=$(model-show --to csv optimum.model | awk -F, -v r=$row 'NR == r + 1 { print $3 }')
            run -0 model-show --to csv online.model
            assert_close "$(cell $row estimate)" "$wanted" 0.02
        done
    done
}

@test "the number of threads and of files changes no bit" {
    made 40000 >train.csv
    split -n l/2 train.csv half.
    for command in logreg-train softmax-train; do
        $command -t y --solver online -j 1 train.csv | model-show --to csv >wanted
        for threads in 2 3 8; do
            $command -t y --solver online -j $threads train.csv | model-show --to csv | diff wanted -
        done
        cat half.aa half.ab | $command -t y --solver online | model-show --to csv | diff wanted -
    done
}

@test "an endless stream of rows is learnt from in 32 MB" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers keep memory of their own"
    made 2000 >some.csv
    { head -n 1 some.csv; for i in {1..500}; do tail -n +2 some.csv; done; } |
        "$root/build/bench/measure" "logreg-train -t y --solver online -o model" 2>measured
    read -r _ _ peak < <(tail -n 1 measured)
    assert_at_most "$peak" 32
    run -0 model-show --to json model
    assert_output --partial '"rows": 1000000'
}

@test "a weight counts as that number of rows" {
    made 2000 | awk -F, 'NR == 1 { print $0 ",w"; next } { print $0 "," NR % 3 }' >weighted.csv
    logreg-train -t y -w w --solver online -o online.model weighted.csv
    logreg-train -t y -w w -o optimum.model weighted.csv
    wanted=$(model-show --to csv optimum.model | awk -F, 'NR == 3 { print $3 }')
    run -0 model-show --to csv online.model
    assert_close "$(cell 2 estimate)" "$wanted" 0.02
}

# Usage: dribble FILE — in eight pieces, which end anywhere, some time apart.
dribble() {
    local size
    size=$(wc -c <"$1")
    for i in {0..7}; do
        dd if="$1" bs=$((size / 7)) skip="$i" count=1 status=none
        sleep 0.15
    done
}

@test "rows of a slow pipe are learnt from as they come, to the same bits" {
    made 300 | sed '50s/^/"/; 50s/,/",/' >slow.csv
    sed -n '2,$s/^\([^,]*\),\([^,]*\),\(.*\)$/\3 1:\1 2:\2/p' slow.csv | tr -d '"' >slow.svm
    for input in slow.csv slow.svm; do
        target=y
        [ $input = slow.csv ] || target=label
        rm -f model
        { head -n 210 $input; await model && touch seen.$input; tail -n +211 $input; } |
            logreg-train -t $target --solver online --every 100 -o model
        assert_exists seen.$input
        mv model slow.model
        logreg-train -t $target --solver online --every 100 -o model <$input
        cmp model slow.model
        dribble $input | logreg-train -t $target --solver online --every 100 -o model
        cmp model slow.model
    done
}

@test "--every writes the model of the rows so far, whole" {
    made 20000 >train.csv
    { head -n 15001 train.csv; sleep 1; cp model early.model; tail -n +15002 train.csv; } |
        logreg-train -t y --solver online --every 1000 -o model
    run -0 model-show --to json early.model
    assert_output --regexp '"rows": [0-9]+000,'
    run -0 model-show --to json model
    assert_output --partial '"rows": 20000,'
    head -n 4001 train.csv | logreg-train -t y --solver online --every 1000 -o part.model
    assert [ -s part.model ]
}

@test "--labels and --positive say which classes there are and which is modelled" {
    made 1000 >train.csv
    logreg-train -t y --solver online train.csv | model-show --to csv >yes
    logreg-train -t y --solver online --labels yes,no train.csv | model-show --to csv >same
    diff <(cut -d, -f2 yes) <(cut -d, -f2 same)
    logreg-train -t y --solver online --positive no train.csv | model-show --to csv >no
    assert_equal "$(cell 2 class yes)" yes
    assert_equal "$(cell 2 class no)" no
    assert_equal "$(cell 2 estimate no)" "-$(cell 2 estimate yes)"
}

@test "--trace is a learning curve" {
    made 1000 >train.csv
    logreg-train -t y --solver online --trace trace.csv -o model train.csv
    run -0 cut -d, -f1 trace.csv
    assert_output "rows
64
128
256
512
1000"
    assert_close "$(cell 1 progressive_loss trace.csv)" 0.6931471805599453
    assert_at_most "$(cell 5 recent_loss trace.csv)" 0.68
}

@test "constant columns, columns that repeat others, and huge ones are taken" {
    made 1000 | awk -F, 'NR == 1 { print "c,d,e," $0; next } { print "7.1," $1 "," 1e8 * $1 + 1e10 "," $0 }' >train.csv
    run -0 --separate-stderr logreg-train -t y --solver online -o model train.csv
    assert_equal "$stderr" "logreg-train: column 'c' is constant; its coefficient is 0"
    logreg-train -t y -x a,b -o optimum.model train.csv
    assert_at_most "$(loss model train.csv y)" "$(awk -v x="$(loss optimum.model train.csv y)" 'BEGIN {
        print 1.002 * x }')"
}

@test "what cannot be learnt from is named, and no model is left" {
    printf 'a,y\n1,u\n2,v\n3,w\n' >three.csv
    fails 1 "logreg-train: three.csv:4: column 2 'y': 'w' is a third class; logistic regression takes two;"\
" use softmax-train for more than two classes" \
        logreg-train -t y --solver online -o model three.csv
    fails 1 "logreg-train: three.csv:4: column 2 'y': the class 'w' is not listed; use --labels to list every class" \
        logreg-train -t y --solver online --labels v,u -o model three.csv
    printf 'a,y\n1,u\n2,u\n' >one.csv
    fails 1 "logreg-train: one.csv: every row has the same class 'u' in the target column 'y'" \
        logreg-train -t y --solver online -o model one.csv
    printf 'a,y,w\n1,u,1\n2,v,-1\n' >negative.csv
    fails 1 "logreg-train: negative.csv:3: column 3 'w': the weight is negative" \
        logreg-train -t y -w w --solver online -o model negative.csv
    printf 'a,y\n1,u\n,v\n' >missing.csv
    fails 1 "logreg-train: missing.csv:3: column 1 'a': the value is missing; use --missing skip to omit such rows" \
        logreg-train -t y --solver online -o model missing.csv
    printf 'a,y\n1,u\ninf,v\n' >infinite.csv
    fails 1 "logreg-train: infinite.csv:3: column 1 'a': the value is infinite" \
        logreg-train -t y --solver online -o model infinite.csv
    awk 'BEGIN { for (i = 0; i < 600; i++) printf "x%d,", i; print "y"; for (i = 0; i < 600; i++) printf "1,";
        print "u" }' >wide.csv
    fails 1 "softmax-train: wide.csv: every row has the same class 'u' in the target column 'y'" \
        softmax-train -t y --solver online -o model wide.csv
    fails 1 "logreg-train: wide.csv: every row has the same class 'u' in the target column 'y'" \
        logreg-train -t y --solver online -o model wide.csv
    fails 1 "logreg-train: no row has the class 'x'; the classes are 'u', 'v'" \
        logreg-train -t y --solver online --positive x --missing skip -o model <(printf 'a,y\n1,u\n2,v\n')
    assert [ ! -e model ]
}

@test "options that mean nothing in one pass are refused" {
    try="; try 'logreg-train --help'"
    fails 2 "logreg-train: --every requires --output$try" \
        logreg-train -t y --solver online --every 5 missing
    fails 2 "logreg-train: --every requires --solver online$try" logreg-train -t y --every 5 missing
    fails 2 "logreg-train: --labels requires --solver online$try" logreg-train -t y --labels a,b missing
    fails 2 "logreg-train: --labels: invalid value 'a,b,c': expected 2 classes$try" \
        logreg-train -t y --solver online --labels a,b,c missing
    fails 2 "logreg-train: --labels: 'a' is listed twice$try" logreg-train -t y --solver online --labels a,a missing
    fails 2 "logreg-train: --learning-rate requires --solver gd or sgd$try" \
        logreg-train -t y --solver online --learning-rate 1 missing
    fails 2 "logreg-train: --max-iter cannot be used with --solver online$try" \
        logreg-train -t y --solver online --max-iter 1 missing
    fails 2 "logreg-train: --categorical cannot be used with --solver online$try" \
        logreg-train -t y --solver online --categorical auto missing
    fails 2 "logreg-train: --class-weight cannot be used with --solver online; use --weights$try" \
        logreg-train -t y --solver online --class-weight balanced missing
    fails 2 "logreg-train: --check-gradient cannot be used with --solver online$try" \
        logreg-train -t y --solver online --check-gradient missing
    fails 2 "logreg-train: --solver online cannot be used with --loss squared$try" \
        logreg-train -t y --solver online --loss squared missing
    fails 2 "softmax-train: --reference cannot be used with --solver online; try 'softmax-train --help'" \
        softmax-train -t y --solver online --reference a missing
}
