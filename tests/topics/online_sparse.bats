load ../helper

# Learning in one pass from svmlight text and from many columns: logreg-train and softmax-train --solver online.

setup_file() {
    make -s -C "$root" build/bench/measure build/bench/generate
}

# Usage: sparse_loss MODEL ROWS [LOSS] — the mean loss of the model's predictions of svmlight text.
sparse_loss() {
    paste -d, <(nn-predict -m "$1" "$2") <(echo label; cut -d' ' -f1 "$2") | loss-eval -t label --loss "${3:-log}" |
        awk -F, 'NR == 2 { print $4 }'
}

# Usage: csv_loss MODEL TABLE [LOSS]
csv_loss() {
    nn-predict -m "$1" --append "$2" | loss-eval -t y --loss "${3:-log}" | awk -F, 'NR == 2 { print $4 }'
}

# Usage: kinds ROWS — svmlight text of four classes whose scores are linear in 30 numbers, of which a row has half.
kinds() {
    awk -v n="$1" 'BEGIN { srand(11); split("ash birch elm fir", name, " ")
        for (i = 0; i < n; i++) {
            row = ""; for (k = 1; k <= 4; k++) s[k] = k / 4
            for (j = 1; j <= 30; j++) {
                if (rand() < .5) continue
                x = 2 * rand() - .5; row = row " " j * j ":" x
                for (k = 1; k <= 4; k++) s[k] += x * sin(3 * j * k) }
            sum = 0; for (k = 1; k <= 4; k++) sum += s[k] = exp(s[k])
            u = rand() * sum; for (k = 1; k < 4 && u > s[k]; k++) u -= s[k]
            print name[k] row } }'
}

# Usage: assert_at_most A B
assert_at_most() {
    awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && b != "" && a + 0 <= b + 0) }' || fail "$1 is more than $2"
}

# Usage: wide ROWS — 520 columns far from 0, on scales that differ by 1000; y depends on the first 5 of them.
wide() {
    awk -v n="$1" 'BEGIN { srand(5); for (j = 0; j < 520; j++) printf "x%d,", j; print "y"
        for (i = 0; i < n; i++) {
            e = 0.3
            for (j = 0; j < 520; j++) {
                z = 2 * rand() - 1; e += j < 5 ? 1.5 * z : 0
                printf "%.6g,", (j % 4 == 0 ? 1000 : 1) * (z + 5) }
            print (rand() < 1 / (1 + exp(-e)) ? "yes" : "no") } }'
}

@test "one pass over svmlight text comes as near to the truth as the optimum does" {
    for kind in "onehot-svm 30000 14" "logistic-svm 20000 28"; do
        "$root/build/bench/generate" $kind >all.svm
        head -n 15000 all.svm >train.svm
        tail -n +15001 all.svm >held.svm
        logreg-train -q -t label --solver online -o online.model <train.svm
        logreg-train -q -t label --l2 3e-5 -o optimum.model train.svm
        best=$(sparse_loss optimum.model held.svm)
        assert_at_most "$(sparse_loss online.model held.svm)" "$(awk -v x="$best" 'BEGIN { print 1.005 * x }')"
    done
}

@test "one pass over svmlight text of several classes comes as near to the truth as the optimum does" {
    kinds 30000 >all.svm
    head -n 25000 all.svm >train.svm
    tail -n 5000 all.svm >held.svm
    softmax-train -t label --solver online -o online.model <train.svm
    softmax-train -t label -o optimum.model train.svm
    best=$(sparse_loss optimum.model held.svm ce)
    assert_at_most "$(sparse_loss online.model held.svm ce)" "$(awk -v x="$best" 'BEGIN { print 1.005 * x }')"
    softmax-train -t label --solver online --labels fir,ash,elm,birch -o given.model train.svm
    assert_at_most "$(sparse_loss given.model held.svm ce)" "$(awk -v x="$best" 'BEGIN { print 1.005 * x }')"
    model-show --to csv given.model | awk -F, 'NR > 1 { n++; sum[$2] += $3 } END {
        for (t in sum) if (sum[t]^2 > 1e-20) exit 1; exit n != 124 }'
}

@test "digits as svmlight text are told apart after one pass" {
    zcat "$data/digits.csv.gz" | awk -F, 'NR > 1 { printf "%s", $65;
        for (j = 1; j < 65; j++) if ($j != 0) printf " %d:%s", j, $j; print "" }' >digits.svm
    softmax-train -q -t label --solver online -o model digits.svm
    assert_at_most 0.94 "$(sparse_loss model digits.svm accuracy)"
    assert_at_most "$(sparse_loss model digits.svm ce)" 0.3
}

@test "the scale of a sparse feature is of no account" {
    "$root/build/bench/generate" logistic-svm 3000 10 >train.svm
    sed 's/ 3:\([^ ]*\)/ 3:\1e6/; s/ 4:\([^ ]*\)/ 4:\1e-6/' train.svm >scaled.svm
    run ! cmp -s train.svm scaled.svm
    logreg-train -q -t label --solver online -o model train.svm
    logreg-train -q -t label --solver online -o scaled.model scaled.svm
    assert_close "$(sparse_loss scaled.model scaled.svm)" "$(sparse_loss model train.svm)" 1e-9
}

@test "only indexes that occur are features, and these take memory" {
    awk 'BEGIN { srand(2); for (i = 0; i < 400; i++) { a = rand() < .5;
        print (rand() < (a ? .8 : .3)) (a ? " 7:1" : "") " 90000:" i % 3 " 1000000000:1" } }' >far.svm
    "$root/build/bench/measure" "logreg-train -t label --solver online -o model far.svm" 2>measured
    run -0 model-show --to csv model
    assert_equal "$(cell 1 term),$(cell 2 term),$(cell 3 term),$(cell 4 term)" "(intercept),7,90000,1000000000"
    [[ ${LIKELY_BIN-} == *asan* ]] && return
    read -r _ _ peak < <(tail -n 1 measured)
    assert_at_most "$peak" 32
}

@test "an endless stream of svmlight rows is learnt from in 32 MB" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers keep memory of their own"
    kinds 4000 >some.svm
    for command in "softmax-train -t label" "logreg-train -t label"; do
        [ "$command" = "logreg-train -t label" ] && sed -i 's/^[be][a-z]*/odd/; s/^ash/fir/' some.svm
        { for i in {1..100}; do cat some.svm; done; } |
            "$root/build/bench/measure" "$command --solver online --every 150000 -o model" 2>measured
        read -r _ _ peak < <(tail -n 1 measured)
        assert_at_most "$peak" 32
        assert_equal "$(field rows model)" 400000
    done
}

@test "several hundred thousand features of several classes go on to the same bits" {
    awk 'BEGIN { srand(4); for (i = 0; i < 12000; i++) { k = int(3 * rand());
        printf "%s %d:1", substr("abc", k + 1, 1), 1 + k + 4 * (rand() < .3)
        for (j = 0; j < 20; j++) printf " %d:1", 100 + 50000000 * j + int(25000 * rand()) * 2000; print "" } }' >all.svm
    softmax-train -t label --solver online -j 1 -o whole all.svm
    head -n 6000 all.svm | softmax-train -t label --solver online -o first
    tail -n +6001 all.svm | softmax-train -t label --solver online -j 4 --init first -o second
    model-show --to csv whole | cut -d, -f3 >wanted
    model-show --to csv second | cut -d, -f3 | cmp wanted -
    assert_at_most 500000 "$(wc -l <wanted)"
}

@test "the number of threads changes no bit of what svmlight text teaches" {
    "$root/build/bench/generate" onehot-svm 30000 14 >train.svm
    logreg-train -t label --solver online -j 1 train.svm | model-show --to csv >wanted
    for threads in 2 3 8; do
        logreg-train -t label --solver online -j $threads train.svm | model-show --to csv | diff wanted -
    done
    kinds 10000 >kinds.svm
    softmax-train -t label --solver online -j 1 kinds.svm | model-show --to csv >wanted
    for threads in 2 3 8; do
        softmax-train -t label --solver online -j $threads <kinds.svm | model-show --to csv | diff wanted -
    done
}

@test "penalties pull at sparse features" {
    "$root/build/bench/generate" logistic-svm 20000 10 >train.svm
    for penalty in "--l2 0.1" "--l2 0.1 --standardize" "--prior-sd 0.05"; do
        logreg-train -t label $penalty --solver online -o online.model train.svm
        logreg-train -t label $penalty -o optimum.model train.svm
        paste -d, <(model-show --to csv online.model | cut -d, -f3) <(model-show --to csv optimum.model | cut -d, -f3) |
            awk -F, 'NR > 2 { d += ($1 - $2)^2; s += $2^2 } END { exit !(sqrt(d / s) < 0.1) }' || fail "$penalty"
    done
}

@test "--every, --labels and --trace know svmlight text" {
    { printf '1 3:1 5:2\n-1 4:1\n1 3:1\n'; printf '1 9:1\nbad\n'; } >cut.svm
    fails 1 "logreg-train: cut.svm:5: the class 'bad' is not listed; use --labels to list every class" \
        logreg-train -t label --labels -1,1 --solver online --every 3 --trace curve.csv -o model cut.svm
    run -0 model-show --to csv model
    assert_equal "$(cell 2 term),$(cell 3 term),$(cell 4 term)" 3,4,5
    head -n 4 cut.svm | logreg-train -t label --positive -1 --solver online --trace curve.csv -o model
    run -0 model-show --to json model
    assert_output --partial '"rows": 4'
    run -0 tail -n 1 curve.csv
    assert_output --regexp '^4,'
}

@test "more columns than the full recursion takes are learnt from too" {
    wide 6000 >all.csv
    head -n 4001 all.csv >train.csv
    { head -n 1 all.csv; tail -n 2000 all.csv; } >held.csv
    logreg-train -t y --solver online -o online.model train.csv
    logreg-train -t y -o optimum.model train.csv
    assert_at_most "$(csv_loss online.model held.csv)" "$(csv_loss optimum.model held.csv)"
    for threads in 1 3; do
        cat train.csv | logreg-train -t y --solver online -j $threads | model-show --to csv >of_$threads.csv
    done
    diff of_1.csv of_3.csv
    softmax-train -t y --solver online -o online.model train.csv
    assert_at_most "$(csv_loss online.model held.csv ce)" "$(csv_loss optimum.model held.csv ce)"
}

@test "where there is no room for one more class in the full recursion, the fit goes on without it" {
    awk 'BEGIN { srand(3); for (j = 0; j < 200; j++) printf "x%d,", j; print "y"
        for (i = 0; i < 4000; i++) {
            k = int(8 * rand()); if (k > 5 && i < 1000) k -= 5
            for (j = 0; j < 200; j++) printf "%.4g,", 10 + rand() + rand() + (j % 8 == k) * (.1 + rand() / 4)
            print "c" k } }' >all.csv
    head -n 3001 all.csv >train.csv
    { head -n 1 all.csv; tail -n 1000 all.csv; } >held.csv
    softmax-train -t y --solver online -o grown.model train.csv
    softmax-train -t y --solver online --labels c0,c1,c2,c3,c4,c5,c6,c7 -o given.model train.csv
    softmax-train -t y --l2 0.03 --standardize -o optimum.model train.csv
    best=$(csv_loss optimum.model held.csv accuracy)
    for model in grown given; do
        assert_at_most "$(awk -v x="$best" 'BEGIN { print x - 0.05 }')" "$(csv_loss $model.model held.csv accuracy)"
    done
    softmax-train -t y --solver online -j 3 <train.csv | model-show --to csv |
        diff <(softmax-train -t y --solver online -j 1 train.csv | model-show --to csv) -
    head -n 900 train.csv | softmax-train -t y --solver online -o few.model
    run -0 model-show --to json few.model
    assert_output --partial online_quadratic
    run -0 model-show --to json grown.model
    refute_output --partial online_quadratic
}

@test "weights, offsets and constant columns have their place among many columns" {
    wide 300 | awk -F, 'NR == 1 { print "w,c," $0; next } { print NR % 3 ",7," $0 }' >train.csv
    awk -F, 'NR == 1 || $1 > 0 { print; if (NR > 1 && $1 == 2) print }' train.csv >repeated.csv
    run -0 --separate-stderr logreg-train -t y -w w --solver online -o model train.csv
    assert_equal "$stderr" "logreg-train: column 'c' is constant; its coefficient is 0"
    run -0 model-show --to json model
    assert_output --partial '"weight_sum": 300'
    wide 300 | awk -F, 'NR == 1 { print "o," $0; next } { print 3 * (NR % 2) "," $0 }' >offset.csv
    logreg-train -t y --offset o --labels no,yes --solver online -o beside.model offset.csv
    logreg-train -t y --exclude o --solver online -o without.model offset.csv
    assert_at_most "$(csv_loss without.model offset.csv)" 0.5
    assert_at_most "$(csv_loss beside.model offset.csv)" 0.9
}

@test "what cannot be learnt from is named, whatever the kind of rows" {
    printf '1 1:1\n1 2:1\n' >one.svm
    fails 1 "logreg-train: one.svm: every row has the same class '1' in the target column 'label'" \
        logreg-train -t label --solver online -o model one.svm
    printf '1 1:1\n2 2:1\n3 2:1\n' >three.svm
    fails 1 "logreg-train: three.svm:3: '3' is a third class; logistic regression takes two;"\
" use softmax-train for more than two classes" \
        logreg-train -t label --solver online -o model three.svm
    fails 1 "softmax-train: one.svm: every row has the same class '1' in the target column 'label'" \
        softmax-train -t label --solver online -o model one.svm
    { yes '1 1:1 ' | head -n 60000; printf '\n# two more\n2 1:1\n3 2:1\n'; } >long.svm
    fails 1 "logreg-train: long.svm:60004: '3' is a third class; logistic regression takes two;"\
" use softmax-train for more than two classes" \
        logreg-train -t label --solver online -o model long.svm
    fails 1 "logreg-train: long.svm:60004: '3' is a third class; logistic regression takes two;"\
" use softmax-train for more than two classes" \
        logreg-train -t label --solver online -j 3 -o model <(printf '1 1:1\n') long.svm
    fails 1 "softmax-train: three.svm:2: the class '2' is not listed; use --labels to list every class" \
        softmax-train -t label --solver online --labels 1,3 -o model three.svm
    fails 1 "logreg-train: one.svm: the target of svmlight rows is their first field, 'label'; use --target label" \
        logreg-train -t y --solver online -o model one.svm
    fails 1 "logreg-train: one.svm: svmlight rows have no columns to select, exclude, weight by or offset by" \
        logreg-train -t label -x 1 --solver online -o model one.svm
    printf '1\n2\n' >label.svm
    fails 1 "logreg-train: label.svm: no row has a feature" \
        logreg-train -t label --solver online -o model --input svm label.svm
    printf '1 1:1e200\n2 1:-1e200\n' >huge.svm
    fails 1 "logreg-train: huge.svm:1: the values are too large for the online solver; scale them down" \
        logreg-train -t label --solver online -o model huge.svm
    assert [ ! -e model ]
}
