load helper

small() {
    printf 'y,p_1,g,w\n1,0.5,a,2\n0,0.25,b,1\n1,0.75,a,1\n'
}

@test "log, squared, cross-entropy and accuracy of a probability" {
    run loss-eval -t y --loss log,squared,ce,accuracy < <(small)
    assert_success
    assert_close "$(cell 1 sum)" 1.2685113254635072 # log 2 - 2 log 0.75
    assert_equal "$(cell 2 mean)" 0.125
    assert_close "$(cell 3 sum)" 1.2685113254635072
    assert_equal "$(cell 4 sum)" 3 # 0.5 is positive
}

@test "weights count rows" {
    run loss-eval -t y -w w --loss squared < <(small)
    assert_equal "$(cell 1 sum)" 0.625
}

@test "groups come in the order of their first rows" {
    run loss-eval -t y --by g --loss squared < <(small)
    assert_line -n 1 --partial a,squared,2,0.3125,0.15625,
    assert_line -n 2 b,squared,1,0.0625,0.0625,,1
}

@test "losses of numbers" {
    run loss-eval -t y -p m --loss l2,l1,huber:1 <<<$'y,m\n0,3\n1,1'
    assert_equal "$(cell 1 sum)" 4.5
    assert_equal "$(cell 2 sum)" 3
    assert_equal "$(cell 3 sum)" 2.5
}

@test "logits of 800 are exact in both tails" {
    run loss-eval -t y --by y --loss log-logit <<<$'y,logit_1\n1,-800\n0,-800'
    assert_equal "$(cell 1 sum)" 800
    assert_equal "$(cell 2 sum)" 0
}

@test "an infinite loss is reported with its row" {
    run --separate-stderr loss-eval -t y --loss log <<<$'y,p_1\n0,0\n1,0'
    assert_line -n 1 log,2,inf,inf,,nats
    assert_equal "$stderr" "loss-eval: standard input:3: the log loss is infinite"
}

@test "a probability beyond 1, and probabilities that do not sum to 1, are errors" {
    fails 1 "loss-eval: standard input:2: column 2 'p_1': the probability 2 is not between 0 and 1" \
        loss-eval -t y --loss log <<<$'y,p_1\n0,2'
    fails 1 "loss-eval: standard input:2: the probabilities sum to 0.75, not to 1" \
        loss-eval -t y --loss ce <<<$'y,p_a,p_b\na,0.5,0.25'
}

@test "unknown classes and targets are errors" {
    fails 1 "loss-eval: standard input:2: column 1 'y': no prediction column is for the class 'c'" \
        loss-eval -t y --loss ce <<<$'y,p_a,p_b\nc,0.5,0.5'
    fails 1 "loss-eval: standard input:3: column 1 'y': the target '2' is neither 0 nor 1;"\
" use --positive to name the predicted class" \
        loss-eval -t y -p p --loss log <<<$'y,p\n1,0.5\n2,0.5'
}

@test "a third class beside the two of one column is an error" {
    fails 1 "loss-eval: standard input:5: column 1 'y': 'nO' is a third class beside 'yes' and 'no';"\
" use --positive 'yes' to compare this class with all others" \
        loss-eval -t y --loss log <<<$'y,p_yes\nno,0.5\nyes,0.5\nno,0.5\nnO,0.5'
    fails 1 "loss-eval: standard input:4: column 1 'y': '2' is a third class beside '1' and '0';"\
" use --positive '1' to compare this class with all others" \
        loss-eval -t y --loss accuracy <<<$'y,p_1\n0,0.5\n1.0,0.5\n2,0.5'
    fails 1 "loss-eval: standard input:2: column 1 'y': 'x' is a third class beside 'yes' and 'no'" \
        loss-eval -t y --positive yes --loss log <<<$'y,p_no,p_yes\nx,0.5,0.5'
}

@test "missing values stop, or are skipped and counted" {
    fails 1 "loss-eval: standard input:2: column 2 'p_1': the value is missing; use --missing skip to omit such rows" \
        loss-eval -t y --loss log <<<$'y,p_1\n1,NA\n1,1'
    run --separate-stderr loss-eval -t y --missing skip --loss log <<<$'y,p_1\n1,NA\n1,1'
    assert_equal "$stderr" "loss-eval: rows with missing values, omitted: 1"
    assert_equal "$(cell 1 n)" 1
}

@test "the result has the same bits for any number of threads" {
    awk 'BEGIN { print "y,p_1"; for (i = 1; i < 200000; i++) print i % 2 "," i / 200001 }' >big.csv
    assert_equal "$(loss-eval -j1 -t y --loss log,squared big.csv)" "$(loss-eval -j4 -t y --loss log,squared big.csv)"
}

@test "unknown losses and wrong parameters are usage errors" {
    fails 2 "loss-eval: --loss: invalid value 'foo': expected the name of a loss; try 'loss-eval --help'" \
        loss-eval -t y --loss foo
    fails 2 "loss-eval: --loss: invalid value 'l2:3': expected l2, which has no parameter; try 'loss-eval --help'" \
        loss-eval -t y --loss l2:3
    fails 2 "loss-eval: --loss: invalid value 'huber:x': expected huber:DELTA with a number DELTA above 0;"\
" try 'loss-eval --help'" \
        loss-eval -t y --loss huber:x
    fails 2 "loss-eval: --loss: invalid value 'ece:2.5': expected ece:BINS with a whole number BINS from 1 to 10000;"\
" try 'loss-eval --help'" loss-eval -t y --loss ece:2.5
}

@test "losses have their common names as aliases, and a near or related one is proposed" {
    local pair
    for pair in mae=l1 logloss=log log-loss=log bce=log brier=squared crossentropy=ce cross-entropy=ce hinge=margin \
        acc=accuracy roc-auc=auc; do
        run -0 loss-eval -t y -p p_1 --loss "${pair%=*}" <<<$'y,p_1\n1,0.7\n0,0.4\n1,0.2'
        assert_equal "${output//${pair%=*}/${pair#*=}}" \
            "$(loss-eval -t y -p p_1 --loss "${pair#*=}" <<<$'y,p_1\n1,0.7\n0,0.4\n1,0.2')"
    done
    fails 2 "loss-eval: --loss: invalid value 'rmse': expected mse, whose square root it is; try 'loss-eval --help'" \
        loss-eval -t y --loss rmse missing
    fails 2 "loss-eval: --loss: invalid value 'hubber:2': expected the name of a loss; did you mean 'huber'?;"\
" try 'loss-eval --help'" \
        loss-eval -t y --loss hubber:2 missing
}

@test "a loss of one number does not guess among several columns" {
    fails 2 "loss-eval: standard input: --loss: log requires one column of predictions, not 2;"\
" use --positive LABEL for one class, or --loss ce for all classes; try 'loss-eval --help'" \
        loss-eval -t y --loss log <<<$'y,p_a,p_b\n1,0.5,0.5'
    fails 1 "loss-eval: standard input: no column 'p_*'" loss-eval -t y --loss log <<<$'y,q\n1,0.5'
}

@test "gzip, on a pipe too, reads as the text does" {
    small | gzip >small.csv.gz
    assert_equal "$(loss-eval -t y --loss log small.csv.gz)" "$(small | loss-eval -t y --loss log)"
    assert_equal "$(loss-eval -t y --loss log - <small.csv.gz)" "$(small | loss-eval -t y --loss log)"
}

@test "labels are matched by name, and predicted labels compared as text" {
    run loss-eval -t y -p predicted --loss accuracy <<<$'y,predicted\nx,x\ny,x'
    assert_line -n 1 accuracy,2,1,0.5,0.5,1
    run loss-eval -t y --loss log <<<$'y,p_yes\nyes,0.5\nno,0.5'
    assert_close "$(cell 1 sum)" 1.3862943611198906
}

@test "--per-row puts the losses behind the unchanged rows" {
    run loss-eval -t y --loss ce,accuracy,squared --per-row <<<$'y,p_1,note\n1,0.25,"a ""b"", c"\n 0,1.0,'
    assert_success
    assert_output 'y,p_1,note,loss_ce_nats,loss_accuracy,loss_squared
1,0.25,"a ""b"", c",1.3862943611198906,0,0.5625
 0,1.0,,inf,0,1'
}

@test "all losses, weighted and by group too, are those of scikit-learn and SciPy" {
    awk -F'\t' 'NR > 1 {
        printf "-t %s -p %s --loss %s%s%s\n", $2, $3, $1, $4 == "-" ? "" : " -w " $4, $5 == "-" ? "" : " --by side" }' \
        "$ref/losses.tsv" >options
    while read -r -a options; do
        loss-eval "${options[@]}" "$ref/losses-input.csv"
    done <options | awk '/^(side,)?loss,/ { side = /^side/ ? "" : "-,"; if (n++ == 0) print "case,side," $0; next }
        { print n "," side $0 }' >results.csv
    awk -F'\t' -v OFS='\t' '
        function expect(column, value, tolerance) {
            print "case=" NR - 1 ";side=" $5, column, value, value == "-" ? "empty" : tolerance }
        NR > 1 { expect("n", $6, 0); expect("sum", $7, 1e-12); expect("mean", $8, 1e-12)
            if ($1 !~ /^auc-o/) expect("se", $9, 1e-12) }' \
        "$ref/losses.tsv" >expected
    assert_cells results.csv <expected
    assert_equal "$(wc -l <options)" 223
}

@test "predictions are found by name: predicted, p_* or logit_*" {
    run loss-eval -t t --loss l1 <<<$'t,p_1,predicted\n1,0.5,3'
    assert_equal "$(cell 1 sum)" 2
    run loss-eval -t t --loss ce,ce-logits <<<$'t,p_a,p_b,logit_a,logit_b\nb,0.5,0.5,0,0'
    assert_close "$(cell 1 sum)" 0.69314718055994531
    assert_close "$(cell 2 sum)" 0.69314718055994531
}

@test "of p_0 and p_1 a loss of one probability takes p_1, and --positive chooses" {
    local rows=$'y,p_0,p_1\n1,0.75,0.25\n0,0.75,0.25'
    assert_equal "$(loss-eval -t y --loss log,squared <<<"$rows")" \
        "$(loss-eval -t y -p p_1 --loss log,squared <<<"$rows")"
    assert_equal "$(loss-eval -t y --positive 0 --loss log <<<"$rows")" "$(loss-eval -t y -p p_0 --loss log <<<"$rows")"
    run loss-eval -t y -p q --positive yes --loss squared <<<$'y,q\nyes,0.75\nno,0.25'
    assert_equal "$(cell 1 sum)" 0.125
}

@test "classes 1 and 2 are as good as 0 and 1" {
    run loss-eval -t y --loss squared <<<$'y,p_2\n2,0.75\n1,0.25\n2.0,1'
    assert_equal "$(cell 1 sum)" 0.125
}

@test "--threshold is where the positive class begins" {
    local rows=$'y,p_1\n1,0.3\n0,0.3\n1,0.5'
    run loss-eval -t y --loss accuracy --threshold 0.3 <<<"$rows"
    assert_equal "$(cell 1 sum)" 2
    run loss-eval -t y --loss accuracy --threshold 0.31 <<<"$rows"
    assert_equal "$(cell 1 sum)" 2
    run loss-eval -t y --loss accuracy --per-row <<<"$rows"
    assert_output $'y,p_1,loss_accuracy\n1,0.3,0\n0,0.3,1\n1,0.5,1'
    fails 2 \
        "loss-eval: --threshold requires a metric of the class that a probability predicts; try 'loss-eval --help'" \
        loss-eval -t y --loss log --threshold 0.3 <<<"$rows"
    fails 2 "loss-eval: --threshold: invalid value '1.5': expected a number of at most 1; try 'loss-eval --help'" \
        loss-eval -t y --loss accuracy --threshold 1.5 <<<"$rows"
}

@test "an own variance is the mean squared residual, and of perfect predictions the likelihood has no bound" {
    local rows=$'t,predicted\n0,1\n0,-3'
    run loss-eval -t t --loss nll,nll:5 <<<"$rows"
    assert_equal "$(cell 1 sum)" "$(cell 2 sum)"
    run loss-eval -t t --loss nll <<<$'t,predicted\n1,1\n2,2'
    assert_line -n 1 nll,2,-inf,-inf,,nats
}

@test "a probability near 0 keeps its digits, from one column too" {
    run loss-eval -t y --loss ce,log --per-row <<<$'y,p_1\n0,1e-300\n1,1e-300'
    assert_line -n 1 0,1e-300,1e-300,1e-300
    assert_line -n 2 1,1e-300,690.7755278982137,690.7755278982137
}

@test "logits of 800 are exact in both tails, one or several" {
    run loss-eval -t y -p logit_1 --loss log-logit,ce-logits --per-row <<<$'y,logit_1\n1,800\n1,-800\n0,800\n0,-800'
    assert_output \
        $'y,logit_1,loss_log-logit_nats,loss_ce-logits_nats\n1,800,0,0\n1,-800,800,800\n0,800,800,800\n0,-800,0,0'
    run loss-eval -t y --loss ce-logits --per-row <<<$'y,logit_a,logit_b\na,800,-800\nb,800,-800'
    assert_output $'y,logit_a,logit_b,loss_ce-logits_nats\na,800,-800,0\nb,800,-800,1600'
}

@test "a header alone has no losses" {
    assert_equal "$(loss-eval -t y --loss log <<<y,p_1)" $'loss,n,sum,mean,se,unit\nlog,0,0,,,nats'
    assert_equal "$(loss-eval -t y --loss log --by y <<<y,p_1)" y,loss,n,sum,mean,se,unit
    assert_equal "$(loss-eval -t y --loss log --per-row <<<y,p_1)" y,p_1,loss_log_nats
}

@test "empty input, closed input and a full disk are errors" {
    fails 1 "loss-eval: standard input: there is no data" loss-eval -t y --loss log </dev/null
    fails 1 "loss-eval: standard input: cannot read: Bad file descriptor" bash -c 'loss-eval -t y --loss log <&-'
    fails 1 "loss-eval: missing.csv: cannot open: No such file or directory" loss-eval -t y --loss log missing.csv
    small >small.csv
    fails 1 "loss-eval: /dev/full: cannot write: No space left on device" \
        loss-eval -t y --loss log -o /dev/full small.csv
    fails 1 "loss-eval: standard output: cannot write: No space left on device" \
        bash -c 'loss-eval -t y --loss log --per-row small.csv >/dev/full'
}

@test "rows of --per-row stay aligned where values are missing" {
    run --separate-stderr loss-eval -t y --loss log --per-row --missing skip <<<$'y,p_1\n1,1\nNA,0.5\n1,\n0,0'
    assert_output $'y,p_1,loss_log_nats\n1,1,0\nNA,0.5,\n1,,\n0,0,0'
    assert_equal "$stderr" "loss-eval: rows with missing values, whose losses are empty: 2"
    run loss-eval -t y -p p_1 --header no --loss log --per-row <<<$'1,1'
    assert_failure
    run loss-eval -t 1 -p 2 --header no --loss squared --per-row --precision 3 <<<$'1;0.3333'
    assert_output '1;0.3333;0.444'
}

@test "what --per-row cannot do is a usage error" {
    fails 2 "loss-eval: --per-row cannot be used with --by; try 'loss-eval --help'" \
        loss-eval -t y --loss log --per-row --by g < <(small)
    fails 2 "loss-eval: --per-row cannot be used with --weights; try 'loss-eval --help'" \
        loss-eval -t y --loss log --per-row -w w < <(small)
    fails 2 "loss-eval: --per-row cannot be used with --to, as it keeps the format of the input;"\
" try 'loss-eval --help'" \
        loss-eval -t y --loss log --per-row --to json < <(small)
    fails 2 "loss-eval: --loss: nll requires its parameter with --per-row: nll:VARIANCE; try 'loss-eval --help'" \
        loss-eval -t y --loss nll --per-row < <(small)
    fails 1 "loss-eval: standard input: the column 'loss_l1' exists already; --per-row would add another" \
        loss-eval -t y --loss l1 --per-row <<<$'y,predicted,loss_l1\n1,1,0'
}

@test "an error deep in the input of --per-row names its line, and -o leaves nothing behind" {
    awk 'BEGIN { print "y,p_yes";
        for (i = 1; i < 200000; i++) print (i == 150000 ? "maybe" : i % 2 ? "yes" : "no") ",0.5" }' >deep.csv
    fails 1 "loss-eval: deep.csv:150001: column 1 'y': 'maybe' is a third class beside 'yes' and 'no';"\
" use --positive 'yes' to compare this class with all others" \
        loss-eval -j3 -t y --loss log --per-row -o out.csv deep.csv
    assert_not_exist out.csv
    fails 1 "loss-eval: deep.csv:150001: column 1 'y': 'maybe' is a third class beside 'yes' and 'no';"\
" use --positive 'yes' to compare this class with all others" \
        loss-eval -j3 -t y --loss log deep.csv
}

@test "--per-row writes the same bytes for any number of threads, from a file, a pipe and gzip" {
    awk 'BEGIN { print "y,p_1"; for (i = 1; i < 200000; i++) print i % 2 "," i / 200001 }' >big.csv
    loss-eval -j1 -t y --loss log,ce --per-row big.csv >one
    [ "$(wc -l <one)" = 200000 ]
    loss-eval -j4 -t y --loss log,ce --per-row big.csv | cmp - one
    cat big.csv | loss-eval -j3 -t y --loss log,ce --per-row | cmp - one
    gzip -c big.csv | loss-eval -j3 -t y --loss log,ce --per-row | cmp - one
    assert_equal "$(cut -d, -f1,2 one | cmp - big.csv)" ""
}

@test "many groups take no longer than few" {
    awk 'BEGIN { print "y,p_1,g"; for (i = 1; i < 100000; i++) print i % 2 ",0.5," int(i / 2) }' >groups.csv
    run timeout 20 loss-eval -t y --loss log --by g groups.csv
    assert_success
    assert_equal "${#lines[@]}" 50001
}

@test "weights and the earliest row's error are checked" {
    fails 1 "loss-eval: standard input:2: column 3 'w': the weight is negative" \
        loss-eval -t y --loss log -w w <<<$'y,p_1,w\n1,1,-1'
    fails 1 "loss-eval: standard input:2: column 3 'w': the weight is infinite" \
        loss-eval -t y --loss log -w w <<<$'y,p_1,w\n1,1,inf'
    fails 1 "loss-eval: standard input:3: column 3 'p_1': the probability -1 is not between 0 and 1" \
        loss-eval -t y --loss l1,log <<<$'y,predicted,p_1\n1,1,1\n1,1,-1\n1,x,1'
    fails 1 "loss-eval: standard input:3: the l1 loss is not a number" \
        loss-eval -t y --loss log,l1 <<<$'y,predicted,p_1\n1,1,1\ninf,inf,1\n1,1,2'
}

@test "wrong columns and lists are errors" {
    fails 1 "loss-eval: standard input: no column 'z'" loss-eval -t z --loss log < <(small)
    fails 1 "loss-eval: standard input:2: column 3 'g': 'a' is not a number" loss-eval -t y -p g --loss l2 < <(small)
    fails 2 "loss-eval: standard input: --loss: l2 requires one column of predictions, not 2; use --predictions;"\
" try 'loss-eval --help'" \
        loss-eval -t y -p p_1,w --loss l2 < <(small)
    fails 2 "loss-eval: --loss: 'l1' is listed twice; try 'loss-eval --help'" loss-eval -t y --loss l1,l2,l1 < <(small)
    fails 2 "loss-eval: --loss: invalid value '': expected the name of a loss; try 'loss-eval --help'" \
        loss-eval -t y --loss l1, < <(small)
    fails 2 "loss-eval: standard input: --predictions: column 'w' names no class; expected p_LABEL or logit_LABEL;"\
" try 'loss-eval --help'" \
        loss-eval -t y -p p_1,w --loss ce < <(small)
}

@test "metrics of all rows together have no sum, and may not be defined" {
    run --separate-stderr loss-eval -t y --loss auc,f1 <<<$'y,p_1\n1,0.5\n1,0.75'
    assert_equal "$stderr" "loss-eval: auc is not defined: the rows are of one class only"
    assert_output $'loss,n,sum,mean,se,unit\nauc,2,,,,1\nf1,2,,1,,1'
    run loss-eval -t y --loss auc <<<$'y,logit_1\n1,0.5\n0,0.5\n0,-3'
    assert_line -n 1 auc,3,,0.75,,1
    run --separate-stderr loss-eval -t y --loss r2,trimmed:0.5 <<<$'y,mean\n1,1\n1,2'
    assert_equal "$stderr" "loss-eval: r2 is not defined: the targets are all the same"
    assert_output $'loss,n,sum,mean,se,unit\nr2,2,,,,1\ntrimmed:0.5,2,,0,,y^2'
    run --separate-stderr loss-eval -t y --loss auc,f1 --by g <<<$'y,p_1,g\n1,0.5,a\n0,0.5,a\n0,0.25,b\n0,0.25,c'
    assert_equal "$stderr" "loss-eval: auc of group 'b' is not defined: the rows are of one class only
loss-eval: f1 of group 'b' is not defined: no row is of the class, nor predicted to be"
    run --separate-stderr loss-eval -t y --loss auc,r2,ece <<<'y,p_1,predicted'
    assert_equal "$stderr" ""
    assert_output $'loss,n,sum,mean,se,unit\nauc,0,,,,1\nr2,0,,,,1\nece,0,,,,1'
    fails 2 \
        "loss-eval: --loss: auc is computed over all rows and cannot be used with --per-row; try 'loss-eval --help'" \
        loss-eval -t y --loss auc --per-row < <(small)
}

@test "metrics of all rows together come out alike for any number of threads, by group too" {
    awk 'BEGIN { print "y,p_1,g";
        for (i = 1; i < 100000; i++) print i % 3 % 2 "," i * 7919 % 100003 / 100003 "," i % 5 }' >big.csv
    assert_equal "$(loss-eval -j1 -t y --loss auc,f1,ece --by g big.csv)" \
        "$(loss-eval -j4 -t y --loss auc,f1,ece --by g big.csv)"
}

@test "--confusion counts, weighs and shares out the classes" {
    run loss-eval -t y --confusion -w w <<<$'y,p_no,p_yes,w\nno,0.5,0.5,1\nyes,0,1,3\nyes,0.75,0.25,1'
    assert_output 'target,predicted,n,weight,share
no,no,1,1,1
no,yes,0,0,0
yes,no,1,1,0.25
yes,yes,1,3,0.75'
    run loss-eval -t y --confusion --threshold 0.25 <<<$'y,p_yes\nno,0.5\nyes,0.25\nyes,0'
    assert_output 'target,predicted,n,weight,share
no,no,0,0,0
no,yes,1,1,1
yes,no,1,1,0.5
yes,yes,1,1,0.5'
    run loss-eval -t y --confusion <<<$'y,p_yes\nyes,1'
    assert_line -n 1 ',,0,0,'
    assert_equal "$(loss-eval -t y --confusion -p p <<<$'y,p' | sed -n 2p)" 0,0,0,0,
}

@test "--calibration shows by bins what --loss ece sums up, 0 and 1 included" {
    run loss-eval -t y --calibration 2 --by g <<<$'y,p_1,g\n0,0,a\n1,0.5,a\n1,1,b\n1,0.75,b\n0,0.75,b'
    assert_output 'g,low,high,n,confidence,share,se
a,0,0.5,2,0.25,0.5,0.3535533905932738
a,0.5,1,0,,,
b,0,0.5,0,,,
b,0.5,1,3,0.8333333333333334,0.6666666666666666,0.2721655269759087'
    loss-eval -t y -p p_1 --calibration 10 "$ref/losses-input.csv" >table.csv
    assert_close "$(awk -F, 'NR > 1 && $3 { n += $3; e += $3 * ($4 > $5 ? $4 - $5 : $5 - $4) } END {
        printf "%.17g", e / n }' table.csv)" \
        "$(loss-eval -t y -p p_1 --loss ece "$ref/losses-input.csv" | cut -d, -f4 | tail -n 1)"
}

@test "one output at a time" {
    fails 2 "loss-eval: missing --loss, --confusion, --report or --calibration; try 'loss-eval --help'" loss-eval -t y
    fails 2 "loss-eval: --loss cannot be used with --confusion; try 'loss-eval --help'" \
        loss-eval -t y --confusion --loss l1
    fails 2 "loss-eval: --confusion cannot be used with --per-row; try 'loss-eval --help'" \
        loss-eval -t y --confusion --per-row
}

@test "comparisons, temperatures, soft targets and predicted labels are those of SciPy and scikit-learn" {
    local cases=0 list
    while IFS=$'\t' read -r options column value _; do
        read -ra list <<<"${options% --row *}"
        output=$(loss-eval "${list[@]}" "$ref/losses-input.csv")
        [[ $options == *--row* ]] || options+=" --row 1"
        assert_close "$(cell "${options##* }" "$column")" "$value" 1e-10
        cases=$((cases + 1))
    done < <(tail -n +2 "$ref/losses-options.tsv")
    assert_equal "$cases" 43
}

models() {
    printf '%s\n' y,p_a,p_b,base_a,base_b,q_b,q_a,logit_a,logit_b a,0.5,0.5,0.25,0.75,0.75,0.25,0,2 \
        b,0.25,0.75,0.5,0.5,0,1,1,1
}

@test "--baseline compares two models row by row" {
    run loss-eval -t y --loss ce,accuracy --baseline 'base_b,base_a' < <(models)
    assert_line -n 0 loss,n,mean,baseline,difference,se,p,unit
    assert_close "$(cell 1 difference)" -0.5493061443340549 # (log(1/2) + log(2/3)) / 2
    assert_close "$(cell 1 se)" 0.14384103622589045
    assert_line -n 2 --regexp '^accuracy,2,1,0,1,0,'
    run --separate-stderr loss-eval -t y -p p_1 --loss log --baseline q --by y <<<$'y,p_1,q\n0,0.5,1\n1,0,0.5'
    assert_equal "$(cell 1 difference) $(cell 2 difference)" "-inf inf"
    fails 2 "loss-eval: standard input: --baseline: no column has a name that ends with the class 'b';"\
" try 'loss-eval --help'" \
        loss-eval -t y --loss ce --baseline base_a < <(models)
    fails 2 \
        "loss-eval: --loss: r2 is computed over all rows and cannot be used with --baseline; try 'loss-eval --help'" \
        loss-eval -t y --loss r2 --baseline p_a < <(models)
    fails 2 "loss-eval: --loss: nll requires its parameter with --baseline: nll:VARIANCE; try 'loss-eval --help'" \
        loss-eval -t y --loss nll --baseline p_a < <(models)
}

@test "--gradient writes the derivatives by the predictions behind the loss" {
    run loss-eval -t t --loss l2 --per-row --gradient <<<$'t,predicted\n1,3\n2,1.5'
    assert_output $'t,predicted,loss_l2,dloss_predicted\n1,3,2,2\n2,1.5,0.125,-0.5'
    run loss-eval -t y --loss ce --per-row --gradient < <(models)
    assert_equal "$(cell 2 dloss_p_a_nats) $(cell 2 dloss_p_b_nats)" "0 -1.3333333333333333"
    run loss-eval -t y --loss margin --per-row --gradient < <(models)
    assert_equal "$(cell 1 loss_margin) $(cell 1 dloss_logit_a) $(cell 1 dloss_logit_b)" "3 -1 1"
    fails 2 "loss-eval: --gradient requires --per-row; try 'loss-eval --help'" \
        loss-eval -t y --loss ce --gradient < <(models)
    fails 2 "loss-eval: --gradient requires one loss, not 2; try 'loss-eval --help'" \
        loss-eval -t y --loss ce,margin --gradient --per-row < <(models)
    fails 2 "loss-eval: --gradient: accuracy has no gradient; try 'loss-eval --help'" \
        loss-eval -t y --loss accuracy --gradient --per-row < <(models)
}

# Usage: gradients OPTION... — compares --gradient with differences of the loss where each prediction in turn moves by
# ±1e-5.
gradients() {
    local columns=$1 h=1e-5 column
    shift
    loss-eval "$@" -p "$columns" --per-row --gradient rows.csv >analytic.csv
    for column in ${columns//,/ }; do
        for sign in + -; do
            awk -F, -v OFS=, -v name="$column" -v h="$sign$h" '
                NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i } NR > 1 { $at = sprintf("%.17g", $at + h) }
                    1' rows.csv |
                loss-eval "$@" -p "$columns" --per-row | awk -F, '{ print $NF }' >"moved$sign"
        done
        paste -d, moved+ moved- analytic.csv | awk -F, -v name="dloss_$column" -v h=$h '
            NR == 1 { for (i = 1; i <= NF; i++) if ($i == name || $i == name "_nats" || $i == name "_bits") at = i;
                next }
            { d = ($1 - $2) / (2 * h) - $at; if (d * d > 1e-10) { print name, ($1 - $2) / (2 * h), $at; exit 1 } }
            END { exit NR != 4 }' || return 1
    done
}

@test "--gradient agrees with finite differences for every loss that has one" {
    printf '%s\n' t,y,c,m,p_1,logit_1,logit_a,logit_b,logit_c,q_a,q_b,q_c \
        1,1,a,1.7,0.3,0.4,0.5,-1,2,0.25,0.5,0.25 2,0,c,0.1,0.6,-2,1,0.5,0.25,1,0,0 \
        -1,1,b,-1.2,0.9,3,0,4,-1,0,0.125,0.875 >rows.csv
    for loss in l2 mse l1 huber:1 nll:2 nll-laplace:2; do
        run gradients m -t t -l $loss
        assert_success
    done
    run gradients m,p_1 -t t -l nll-sd
    assert_success
    for loss in log squared ce; do
        run gradients p_1 -t y -l $loss
        assert_success
    done
    for loss in log-logit ce-logits margin:1.5; do
        run gradients logit_1 -t y -l $loss --temperature 3
        assert_success
    done
    for target in c q_c,q_a,q_b; do
        run gradients logit_a,logit_b,logit_c -t "$target" -l ce-logits --temperature 0.5
        assert_success
    done
    run gradients logit_a,logit_b,logit_c -t c -l margin:1.5
    assert_success
    run gradients logit_1 -t y -l log --logit --unit bits
    assert_success
}

@test "the unit stands beside the losses: --unit of log-likelihoods, that of the target of others, or 1" {
    local rows=$'y,mean,p_1\n0,1,0.5\n1,1,0.25'
    run -0 loss-eval -t y -l log,l1,l2,squared <<<"$rows"
    assert_output $'loss,n,sum,mean,se,unit\nlog,2,2.0794415416798357,1.0397207708399179,0.34657359027997264,nats
l1,2,1,0.5,0.5,y\nl2,2,0.5,0.25,0.25,y^2\nsquared,2,0.8125,0.40625,0.15625,1'
    run -0 --separate-stderr loss-eval -t y -l log,squared --unit bits --baseline mean --precision 6 <<<"$rows"
    assert_output \
        $'loss,n,mean,baseline,difference,se,p,unit\nlog,2,1.5,inf,-inf,,,bits\nsquared,2,0.40625,0.5,-0.09375,'\
$'0.65625,0.909666,1'
    run -0 loss-eval -t y -l log --base 4 --per-row --gradient <<<"$rows"
    assert_line --index 0 y,mean,p_1,loss_log_base_4,dloss_p_1_base_4
    assert_line --index 2 --regexp '^1,1,0.25,1,-2.885390081777926'
    run -0 loss-eval -t y -l nll --unit bans <<<"$rows"
    assert_close "$(cell 1 mean)" 0.4657221772986929 1e-14 # (log10(pi) + log10(e)) / 2
    fails 2 "loss-eval: --unit requires a loss that is a negative log-likelihood; try 'loss-eval --help'" \
        loss-eval -t y -l l1 --unit bits
}

@test "predicted labels have an F1 and a confusion of their own, equal numbers being one label" {
    printf 'y,predicted,w,g\n1.0,1,2,a\n0,1,1,a\n0,0.0,3,b\n1,0,1,b\n' >t
    run -0 loss-eval -t y -l f1,accuracy -w w t
    assert_equal "$(cell 1 mean)" 0.6666666666666666
    assert_equal "$(cell 2 mean)" 0.7142857142857143
    run -0 loss-eval -t y -l f1 --positive 0 t
    assert_equal "$(cell 1 mean)" 0.5
    run -0 loss-eval -t y --confusion --by g -w w t
    assert_output 'g,target,predicted,n,weight,share
a,0,0,0,0,0
a,0,1,1,1,1
a,1,0,0,0,0
a,1,1,1,2,1
b,0,0,1,3,1
b,0,1,0,0,0
b,1,0,1,1,1
b,1,1,0,0,0'
    run -0 loss-eval -t y --confusion <<<$'y,predicted\nx,x\nnew,x\nx,other'
    assert_line --index 1 new,new,0,0,0
    assert_line --index 9 x,x,1,1,0.5
    assert_equal "$(loss-eval -t y -l f1 <<<$'y,predicted\nx,x' | sed -n 2p)" f1,1,,1,,1
    assert_equal "$(loss-eval -t y -l f1 <<<y,predicted | sed -n 2p)" f1,0,,,,1
    awk 'BEGIN { srand(2); print "y,predicted";
        for (i = 0; i < 60000; i++) print int(rand() * 30) "," int(rand() * 40) }' >t
    loss-eval -t y --confusion -j 1 t >one
    loss-eval -t y --confusion -j 4 t | cmp - one
}

@test "--logit is of log and ce" {
    fails 2 "loss-eval: --logit requires --loss log or ce; try 'loss-eval --help'" loss-eval -t y -l l2 --logit
}

@test "--temperature divides logits, and only these" {
    run loss-eval -t y --loss ce-logits --temperature 2 <<<$'y,logit_a,logit_b\na,0,2'
    assert_close "$(cell 1 sum)" 1.3132616875182228 # log(1 + e)
    fails 2 "loss-eval: --temperature requires a loss of logits; try 'loss-eval --help'" \
        loss-eval -t y --loss ce --temperature 2 < <(models)
}

@test "a target may be the probability of each class" {
    run loss-eval -t q_a,q_b --loss ce,ce-logits --per-row < <(models)
    assert_close "$(cell 1 loss_ce_nats)" 0.6931471805599453
    assert_close "$(cell 2 loss_ce_nats)" 1.3862943611198906
    assert_close "$(cell 1 loss_ce-logits_nats)" 0.6269280110429727 # log(1 + e^2) - 3/4 2
    run loss-eval -t q_a,q_b --loss ce <<<$'q_a,q_b,p_a,p_b\n1,0,1,0'
    assert_line -n 1 --partial ce,1,0,0
    fails 1 "loss-eval: standard input:2: the probabilities sum to 0.75, not to 1" \
        loss-eval -t q_a,q_b --loss ce <<<$'q_a,q_b,p_a,p_b\n0.25,0.5,1,0'
    fails 2 "loss-eval: standard input: --target: columns of class probabilities require --loss ce or ce-logits of"\
" several classes; try 'loss-eval --help'" \
        loss-eval -t q_a,q_b --loss accuracy < <(models)
}

@test "--per-row keeps the line end of each row" {
    printf 't,mean\r\n1,2\r\n2,2\n' | loss-eval -t t -p mean --loss l2 --per-row >out
    printf 't,mean,loss_l2\r\n1,2,0.5\r\n2,2,0\n' | diff - out
}

@test "weights that are all 0, or whose sum is too large, leave nothing to measure" {
    fails 1 "loss-eval: standard input: column 3 'w': all weights are 0" \
        loss-eval -t t -l l2,r2 -w w <<<$'t,mean,w\n1,1,0\n2,1,0'
    fails 1 "loss-eval: standard input: column 3 'w': the sum of the weights is too large" \
        loss-eval -t t -l l2 -w w <<<$'t,mean,w\n1,1,1e308\n2,1,1e308'
}

@test "a row of weight 0 counts not at all, not even with an infinite loss" {
    run -0 --separate-stderr loss-eval -t y -l log -w w <<<$'y,p_1,w\n1,0,0\n0,0.5,2'
    assert_equal "$stderr" ""
    assert_line -n 1 log,2,1.3862943611198906,0.6931471805599453,0,nats
    run -0 --separate-stderr loss-eval -t y -l log -p p_1 --baseline q -w w <<<$'y,p_1,q,w\n1,0,0.5,0\n0,0.5,0.5,2'
    assert_line -n 1 --partial log,2,0.6931471805599453,0.6931471805599453,0,0,
}

@test "a standard deviation that is not above 0, and scores without a difference, are errors" {
    fails 1 "loss-eval: standard input:3: column 3 'sd': the standard deviation 0 is not above 0" \
        loss-eval -t t -l nll-sd <<<$'t,mean,sd\n1,1,1\n1,1,0'
    fails 1 "loss-eval: standard input:2: column 3 'sd': the standard deviation -2 is not above 0" \
        loss-eval -t t -l nll-sd <<<$'t,mean,sd\n1,1,-2'
    fails 1 "loss-eval: standard input:2: the margin loss is not a number" \
        loss-eval -t y -l margin <<<$'y,logit_a,logit_b\na,-inf,-inf'
}

@test "likely-losses has each loss with its formula and gradient, and each metric with its formula" {
    local name cases=0
    for source in "$root"/lib/family/loss/loss_*.c; do
        name=$(sed -n 's/^    \.name = "\(.*\)",$/\1/p' "$source")
        awk -v name="$name" -v metric="$(grep -c 'metric = true' "$source")" '
            /^\.It Cm / || /^\.Sh / { inside = $3 == name } inside && /^Gradient:/ { gradient = 1 }
            inside && !/^\.It/ && formula == "" { formula = $0 } END { exit formula == "" || !(gradient || metric) }' \
            "$root/man/likely-losses.7" || fail "$name"
        cases=$((cases + 1))
    done
    [ $cases -ge 34 ]
    run ! grep -q '^@' "$root/man/likely-losses.7"
    run -0 grep -A1 -F -x '.It Cm log , Cm logloss , Cm log-loss , Cm bce , Cm binary-crossentropy' \
        "$root/man/likely-losses.7"
    assert_line --index 1 '\(milog p if the target is positive, else \(milog(1 \(mi p), in nats.'
}

@test "predictions of several targets are found by the target's name" {
    linreg-train -q -t petal_length,petal_width -x sepal_length,sepal_width "$data/iris.csv" |
        nn-predict -m - --append "$data/iris.csv" >both.csv
    for target in petal_length petal_width; do
        assert_equal "$(loss-eval -t $target -l nll,l1 both.csv)" \
            "$(loss-eval -t $target -p mean_$target -l nll,l1 both.csv)"
    done
    run -0 loss-eval -t 't,u' -l nll-sd,l2 <<<$'"t,u","mean_t,u","sd_t,u",mean_t\n1,3,2,1'
    assert_close "$(cell 1 sum)" 2.1120857137646179 # log(2 pi) / 2 + log 2 + 1/2
    assert_equal "$(cell 2 sum)" 2
    fails 1 "loss-eval: standard input: no column 'mean'" loss-eval -t t -l nll-sd <<<$'t,mean_t\n1,3'
}

@test "areas and other losses of one class say what is for three, and that works as it stands there" {
    printf 'y,p_a,p_b,p_c\na,0.7,0.2,0.1\nb,0.5,0.3,0.2\nc,0.1,0.3,0.6\nb,0.2,0.5,0.3\nc,0.4,0.4,0.2\na,0.6,0.3,0.1\n' \
        >p.csv
    for pair in auc=auc-ovr log=ce squared=brier-multi; do
        fails 2 \
            "loss-eval: p.csv: --loss: ${pair%=*} requires one column of predictions, not 3;"\
" use --positive LABEL for one class,"\
" or --loss ${pair#*=} for all classes; try 'loss-eval --help'" loss-eval -t y --loss "${pair%=*}" p.csv
        run -0 --separate-stderr loss-eval -t y --loss "${pair#*=}" p.csv
        run -0 --separate-stderr loss-eval -t y --loss "${pair%=*}" --positive b p.csv
    done
    fails 1 "loss-eval: p.csv:4: column 1 'y': 'c' is a third class beside 'a' and 'b';"\
" use --positive 'a' to compare this class with all others" loss-eval -t y --loss auc -p p_a p.csv
    run -0 loss-eval -t y --loss auc -p p_a --positive a p.csv
    assert_line --index 1 auc,6,,1,0,1
    assert_equal "$(loss-eval -t y --loss auc --positive a p.csv)" "$output"
    fails 2 "loss-eval: p.csv: --positive: no prediction column is for the class 'd'; try 'loss-eval --help'" \
        loss-eval -t y --loss precision --positive d p.csv
    run -0 loss-eval -t y --loss precision,recall --positive b p.csv
    assert_line --index 1 precision,6,,1,,1
    assert_line --index 2 recall,6,,0.5,,1
}

@test "areas of several classes are not defined where a class is absent, by groups too" {
    printf 'y,p_a,p_b,p_c,g\na,0.7,0.2,0.1,u\nb,0.5,0.3,0.2,u\nc,0.1,0.3,0.6,u\nb,0.2,0.5,0.3,v\nc,0.4,0.4,0.2,v\n' \
        >p.csv
    run -0 --separate-stderr loss-eval -t y -l auc-ovr,auc-ovo -g g p.csv
    assert_line --index 1 u,auc-ovr,3,,0.9166666666666666,,1
    assert_line --index 3 v,auc-ovr,2,,,,1
    assert_equal "$stderr" \
        $'loss-eval: auc-ovr of group \'v\' is not defined: some class has no row, or all rows\nloss-eval:'\
$' auc-ovo of group \'v\' is not defined: some class has no row, or all rows'
    run -0 --separate-stderr loss-eval -t y -l precision <<<$'y,p_1\n1,0.2\n0,0.1'
    assert_line --index 1 precision,2,,,,1
    assert_equal "$stderr" "loss-eval: precision is not defined: no row is predicted to be of the class"
    run -0 loss-eval -t y -l auc-ovr,auc-ovo,auc <<<$'y,p_1\n1,0.2\n0,0.1\n1,0.05'
    assert_line --index 1 auc-ovr,3,,0.5,,1
    assert_line --index 2 auc-ovo,3,,0.5,,1
}

@test "areas of several classes have the errors of exact arithmetic, weighted and not" {
    for case in three four; do
        for weights in "" w; do
            awk -F, -v case=$case 'NR == 1 || $1 == case' "$ref/auc_errors-rows.csv" >rows.csv
            columns=p_0..p_2
            [ $case = three ] || columns=p_0..p_3
            run -0 loss-eval -t y -p $columns ${weights:+-w w} rows.csv \
                -l auc-ovr,auc-ovr-weighted,auc-ovo,auc-ovo-weighted
            awk -F, -v OFS='\t' -v case=$case -v weights=$weights '$1 == case && $2 == weights {
                print ++row, "mean", $4, 1e-12; print row, "se", $5, 1e-12 }' "$ref/auc_errors.csv" >expected
            assert_cells <expected
        done
    done
    # of two classes, the error of one area
    awk -F, -v OFS=, 'NR == 1 { print "y,p_0,p_1" } NR > 1 { print ($2 > 0), $3, 1 - $3 }' \
        "$ref/auc_errors-rows.csv" >two.csv
    run -0 loss-eval -t y -l auc,auc-ovr,auc-ovr-weighted,auc-ovo,auc-ovo-weighted two.csv
    for row in 2 3 4 5; do
        assert_close "$(cell $row se)" "$(cell 1 se)"
    done
    # a class of one row has no variance
    run -0 loss-eval -t y -l auc-ovr < \
        <(printf '%s\n' y,p_a,p_b,p_c a,0.5,0.2,0.3 a,0.4,0.4,0.2 b,0.1,0.5,0.4 b,0.6,0.3,0.1 c,0,0,1)
    assert_equal "$(cell 1 se)" ""
}

@test "areas of several classes take weights as repeated rows, and have the same bits for any number of threads" {
    awk 'BEGIN { srand(8); print "y,p_a,p_b,p_c,w"; for (i = 0; i < 3000; i++) { a = int(rand() * 9);
        b = int(rand() * 9); c = 1 + int(rand() * 9)
        printf "%s,%.17g,%.17g,%.17g,%d\n", substr("abc", 1 + int(rand() * 3), 1), a / (a + b + c), b / (a + b + c),
            c / (a + b + c), rand() * 3 } }' >w.csv
    awk -F, 'NR == 1 { print; next } { for (i = 0; i < $5; i++) print }' w.csv >rows.csv
    losses=auc-ovr,auc-ovr-weighted,auc-ovo,auc-ovo-weighted,precision-weighted,fbeta:3,top:2,brier-multi
    loss-eval -t y -p p_a,p_b,p_c -l $losses -w w --precision 12 w.csv | cut -d, -f1,5 >weighted
    loss-eval -t y -p p_a,p_b,p_c -l $losses --precision 12 rows.csv | cut -d, -f1,5 | diff weighted -
    loss-eval -t y -p p_a,p_b,p_c -l $losses -j 1 rows.csv >one
    loss-eval -t y -p p_a,p_b,p_c -l $losses -j 3 rows.csv | cmp one -
}

@test "relative weights of any size have the same losses, errors and comparisons" {
    seq 40 | awk 'BEGIN { print "p,q,t,w" } { print $1 % 7 "," $1 % 5 "," sin($1) "," 1 + $1 % 3 }' >w.csv
    loss-eval -l l2,l1 -p p -t t --baseline q --aweights w w.csv >wanted
    for exponent in -1060 -700 -530 530 1000; do
        awk -F, -v OFS=, -v half=$((exponent / 2)) 'NR > 1 { $4 = sprintf("%.17g", $4 * 2^half * 2^half) } 1' w.csv \
            >scaled.csv
        loss-eval -l l2,l1 -p p -t t --baseline q --aweights w scaled.csv | diff wanted -
    done
}

@test "top-k accuracy gives ties their expected value, whatever the order of the columns" {
    third=0.3333333333333333
    printf '%s\n' t,p_a,p_b,p_c a,0.2,0.4,0.4 b,0.2,0.4,0.4 c,$third,$third,$third a,1,0,0 >t.csv
    # by hand: 0 + 1/2 + 1/3 + 1, and 0 + 1 + 2/3 + 1
    run -0 loss-eval -t t -l top:1,top:2,top:3 t.csv
    assert_close "$(cell 1 sum)" 1.8333333333333333
    assert_close "$(cell 2 sum)" 2.6666666666666667
    assert_close "$(cell 3 sum)" 4
    awk -F, -v OFS=, '{ print $4, $2, $1, $3 }' t.csv | loss-eval -t t -l top:1,top:2,top:3 |
        diff <(loss-eval -t t -l top:1,top:2,top:3 t.csv) -
    run -0 loss-eval -t t -p p -l top:1 <<<$'t,p\n1,0.5\n0,0.5\n1,0.75\n1,0.25'
    assert_close "$(cell 1 sum)" 2
}

@test "errors of calibration are those of the effective number of rows, at any scale of relative weights" {
    for exponent in 0 -1000 1000; do
        awk -v half=$((exponent / 2)) 'BEGIN { print "y,p,w"; for (i = 0; i < 5; i++)
            printf "%d,0.3,%.17g\n", i < 2, (1 + i) * 2^half * 2^half }' >w.csv
        # by hand: share 3/15, n = 15^2 / 55, error sqrt(0.2 0.8 / n)
        run -0 loss-eval --calibration 2 -t y -p p --aweights w w.csv
        assert_close "$(cell 1 share)" 0.2
        assert_close "$(cell 1 se)" 0.19776529298921773
    done
    run -0 --separate-stderr loss-eval --calibration 2 -t y -p p -w w <<<$'y,p,w\n1,0.3,0.5\n0,0.3,0.5'
    assert_equal "$(cell 1 share),$(cell 1 se)" "0.5,"
}

@test "the error of an area needs two rows of each class, not a rounding error above one" {
    run -0 loss-eval -l auc -p p -t t -w w <<<$'p,t,w\n0.1,0,2\n0.6,0,1\n0.3,1,0.3\n0.5,1,0.3\n0.9,1,0.4000000000000003'
    assert_close "$(cell 1 mean)" 0.8
    assert_equal "$(cell 1 se)" ""
}

@test "a trimmed loss omits the fraction that was meant" {
    { echo y,p; seq 0 99 | sed 's/$/,0/'; } >t.csv
    run -0 loss-eval -t y -p p -l trimmed:0.29 t.csv
    assert_close "$(cell 1 mean)" "$(seq 0 70 | awk '{ s += $1 * $1 / 2 } END { printf "%.15g", s / 71 }')"
}

@test "--report has the precision, recall and F1 of each class" {
    run -0 loss-eval -t y -p predicted --report <<<$'y,predicted\na,a\na,b\nb,b\nc,b'
    assert_output $'class,n,weight,predicted,correct,precision,recall,f1
a,2,2,1,1,1,0.5,0.6666666666666666
b,1,1,3,1,0.3333333333333333,1,0.5
c,1,1,0,0,,0,0'
    run -0 loss-eval -t y -w w -g g --report <<<$'y,p_1,w,g\n1,0.7,2,u\n0,0.6,1,u\n1,0.2,0.5,v'
    assert_line --index 2 u,1,1,2,3,2,0.6666666666666666,1,0.8
    assert_line --index 4 v,1,1,0.5,0,0,,0,0
    fails 2 "loss-eval: --confusion cannot be used with --report; try 'loss-eval --help'" \
        loss-eval -t y --confusion --report missing
}

@test "labels that never equal the predicted ones are noticed, with the most similar pair" {
    said() { # TARGET,PREDICTED in lines, and the pair
        run -0 --separate-stderr loss-eval -t y -p predicted -l accuracy < <(echo y,predicted; printf '%b' "$1")
        assert_equal "$stderr" \
            "loss-eval: no label of the target 'y' equals any predicted label; compare $2"
    }
    said '<=50K.,>50K\n>50K.,<=50K\n>50K.,>50K\n' "'<=50K.' with '<=50K'"
    said 'b,x\nNew York,x\nb,new-york\n' "'New York' with 'new-york'"
    said 'setosa,x\nsetosa,setossa\n' "'setosa' with 'setossa'"
    said '0,no\n1,yes\n' "'0' with 'no'"
    said 'yes,1.0\nno,0\n' "'yes' with '1.0'"
    for rows in '1,1.0\n2,3' 'a,b\nb,a' 'a,a\nb,b.'; do
        run -0 --separate-stderr loss-eval -t y -p predicted -l accuracy,f1 < <(printf "y,predicted\n$rows\n")
        assert_equal "$stderr" ""
    done
    run -0 --separate-stderr loss-eval -t y -p predicted -l accuracy --per-row < <(printf 'y,predicted\na,A\n')
    assert_equal "$stderr" "loss-eval: no label of the target 'y' equals any predicted label; compare 'a' with 'A'"
    run -0 --separate-stderr loss-eval -t y -p predicted --confusion < <(printf 'y,predicted\na,A\n')
    assert_equal "$stderr" "loss-eval: no label of the target 'y' equals any predicted label; compare 'a' with 'A'"
}
