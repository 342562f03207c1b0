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
    assert_line -n 2 b,squared,1,0.0625,0.0625,
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
    assert_line -n 1 log,2,inf,inf,
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
    fails 1 "loss-eval: standard input:3: column 1 'y': the target '2' is neither 0 nor 1; --positive names the class that is predicted" \
        loss-eval -t y -p p --loss log <<<$'y,p\n1,0.5\n2,0.5'
}

@test "a third class beside the two of one column is an error" {
    fails 1 "loss-eval: standard input:5: column 1 'y': 'nO' is a third class beside 'yes' and 'no'" \
        loss-eval -t y --loss log <<<$'y,p_yes\nno,0.5\nyes,0.5\nno,0.5\nnO,0.5'
    fails 1 "loss-eval: standard input:4: column 1 'y': '2' is a third class beside '1' and '0'" \
        loss-eval -t y --loss accuracy <<<$'y,p_1\n0,0.5\n1.0,0.5\n2,0.5'
    fails 1 "loss-eval: standard input:2: column 1 'y': 'x' is a third class beside 'yes' and 'no'" \
        loss-eval -t y --positive yes --loss log <<<$'y,p_no,p_yes\nx,0.5,0.5'
}

@test "missing values stop, or are skipped and counted" {
    fails 1 "loss-eval: standard input:2: column 2 'p_1': the value is missing; --missing skip leaves such rows out of the losses" \
        loss-eval -t y --loss log <<<$'y,p_1\n1,NA\n1,1'
    run --separate-stderr loss-eval -t y --missing skip --loss log <<<$'y,p_1\n1,NA\n1,1'
    assert_equal "$stderr" "loss-eval: rows with missing values, left out: 1"
    assert_equal "$(cell 1 n)" 1
}

@test "the result has the same bits for any number of threads" {
    awk 'BEGIN { print "y,p_1"; for (i = 1; i < 200000; i++) print i % 2 "," i / 200001 }' >big.csv
    assert_equal "$(loss-eval -j1 -t y --loss log,squared big.csv)" "$(loss-eval -j4 -t y --loss log,squared big.csv)"
}

@test "unknown losses and wrong parameters are usage errors" {
    fails 2 "loss-eval: --loss: there is no loss 'foo'; see --help; try 'loss-eval --help'" loss-eval -t y --loss foo
    fails 2 "loss-eval: --loss: l2 has no parameter; try 'loss-eval --help'" loss-eval -t y --loss l2:3
    fails 2 "loss-eval: --loss: the DELTA of huber must be a number from 1e-300 to 1e+300; try 'loss-eval --help'" \
        loss-eval -t y --loss huber:x
}

@test "a loss of one number does not guess among several columns" {
    fails 2 "loss-eval: standard input: the log loss needs one column of predictions, not 2; choose one by -p or --positive; try 'loss-eval --help'" \
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
    assert_line -n 1 accuracy,2,1,0.5,0.5
    run loss-eval -t y --loss log <<<$'y,p_yes\nyes,0.5\nno,0.5'
    assert_close "$(cell 1 sum)" 1.3862943611198906
}

@test "--per-row puts the losses behind the unchanged rows" {
    run loss-eval -t y --loss ce,accuracy,squared --per-row <<<$'y,p_1,note\n1,0.25,"a ""b"", c"\n 0,1.0,'
    assert_success
    assert_output 'y,p_1,note,loss_ce,loss_accuracy,loss_squared
1,0.25,"a ""b"", c",1.3862943611198906,0,0.5625
 0,1.0,,inf,0,1'
}
