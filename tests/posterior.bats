load helper

excuses=$'hypothesis,prior,likelihood\nlazy,0.8,1\ngrandmother,0.19,1\ndog,0.0099,1\naliens,0.0001,1'

# Usage: case_of NAME — that case of the reference, with a header.
case_of() {
    grep -v '^#' "$ref/posterior.csv" | awk -F, -v name="$1" 'NR == 1 || $1 == name'
}

# Usage: agrees TOLERANCE — posterior, its logarithm and the evidence of the output are those wanted, in every row.
agrees() {
    awk -F, -v tolerance="$1" '
        function far(m, w,    d, s) { d = m - w; d = d < 0 ? -d : d; s = w < 0 ? -w : w; return m == "" ||
            d > tolerance * s }
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        far($at["posterior"], $at["want"]) || far($at["log_posterior_nats"], $at["want_log"]) ||
        far($at["log_evidence_nats"], $at["want_evidence"]) { print "row " NR - 1 ": " $0; wrong = 1 }
        END { exit wrong || NR < 3 }' <<<"$output"
}

@test "observations that every hypothesis explains change nothing" {
    run -0 posterior <<<"$excuses"
    assert_line --index 0 hypothesis,prior,likelihood,posterior,log_posterior_nats,map,log_evidence_nats
    assert_line --index 1 --regexp '^lazy,0.8,1,0.8,-0.223143551314.*,1,0$'
    assert_line --index 2 --regexp '^grandmother,0.19,1,0.19,.*,0,0$'
    assert_line --index 3 --regexp '^dog,0.0099,1,0.0099,.*,0,0$'
    assert_line --index 4 --regexp '^aliens,0.0001,1,0.0001,.*,0,0$'
}

@test "posteriors are those of exact rational arithmetic, far below the range of numbers too" {
    for case in near far two; do
        run -0 posterior -x a,b,c < <(case_of $case)
        agrees 2e-14
    done
}

@test "logarithms of likelihoods do as well" {
    for case in near far two; do
        run -0 posterior -x a,b,c --log < <(case_of $case |
            awk -F, 'NR > 1 { for (i = 4; i <= 6; i++) $i = sprintf("%.17g", log($i)) } 1' OFS=,)
        agrees 2e-12
    done
}

@test "one observation after another gives what all at once do" {
    for case in near far two; do
        run -0 bash -c "posterior -x a | posterior -x b --to tsv | posterior -x c" < <(case_of $case)
        output=$(tr '\t' , <<<"$output")
        agrees 1e-13
    done
    printf 'h,prior,l1,l2\na,0.5,1e-200,1e-200\nb,0.5,1,1\n' >tiny.csv
    run -0 bash -c "posterior -x l1 tiny.csv | posterior -x l2"
    assert_close "$(cell 1 log_posterior_nats)" -921.0340371976183
    assert_equal "$(cell 1 posterior)" 0
}

@test "the hypotheses that share the greatest posterior are all marked" {
    run -0 posterior --flat <<<$'h,likelihood\na,0.3\nb,0.1\nc,0.3'
    assert_equal "$(cell 1 map)$(cell 2 map)$(cell 3 map)" 101
    assert_close "$(cell 2 posterior)" 0.14285714285714285
    assert_close "$(cell 1 log_evidence_nats)" -1.455287232606842
}

@test "priors that are counts are divided by their sum" {
    run -0 posterior --normalize --prior n <<<$'h,n,likelihood\na,30,0.5\nb,10,0.25'
    assert_close "$(cell 1 posterior)" 0.8571428571428571
    assert_close "$(cell 1 log_evidence_nats)" -0.8266785731844679
}

@test "densities may be greater than 1, and a hypothesis may be impossible" {
    run -0 posterior <<<$'h,prior,likelihood\na,0.5,30\nb,0.5,10\nc,0,99'
    assert_close "$(cell 1 posterior)" 0.75
    assert_line --index 3 --regexp '^c,0,99,0,-inf,0,'
    run -0 posterior --log <<<$'h,prior,likelihood\na,0.5,-inf\nb,0.5,800'
    assert_line --index 1 --regexp '^a,0.5,-inf,0,-inf,0,'
    assert_line --index 2 --regexp '^b,0.5,800,1,0,1,'
}

@test "cells pass through, and results come as JSON" {
    run -0 posterior --to json --precision 3 <<<$'h;prior;likelihood;note\n"a;b";1;0.5;'
    assert_line --partial \
        '{"h": "a;b", "prior": "1", "likelihood": "0.5", "note": null, "posterior": 1, "log_posterior_nats":'\
' 0, "map": 1,'
}

@test "columns are found by position where there is no header" {
    run -0 posterior --prior 2 -x 3 <<<$'1 0.5 1\n2 0.5 3'
    assert_line --index 2 --partial 2,0.5,3,0.75,
}

@test "bad priors are errors with their place" {
    fails 1 "posterior: standard input:3: column 2 'prior': the prior is negative" \
        posterior <<<$'h,prior,likelihood\na,1,1\nb,-0.1,1'
    fails 1 "posterior: standard input:2: column 2 'prior': the prior is greater than 1" \
        posterior <<<$'h,prior,likelihood\na,1.5,1'
    fails 1 "posterior: standard input:2: column 2 'prior': the prior is missing" \
        posterior <<<$'h,prior,likelihood\na,,1\nb,1,1'
    fails 1 "posterior: standard input:2: column 2 'prior': 'x' is not a number" \
        posterior <<<$'h,prior,likelihood\na,x,1'
    fails 1 "posterior: standard input: the priors sum to 0.9, not to 1; use --normalize to divide them by their sum" \
        posterior <<<$'h,prior,likelihood\na,0.5,1\nb,0.4,1'
    fails 1 "posterior: standard input: all priors are 0" posterior --normalize <<<$'h,prior,likelihood\na,0,1'
    fails 1 "posterior: standard input: no column 'prior'; use --prior to name the column, or --flat for equal priors" \
        posterior <<<$'h,likelihood\na,1'
}

@test "bad likelihoods are errors with their place" {
    fails 1 "posterior: standard input:2: column 3 'likelihood': the likelihood is negative; use --log for logarithms" \
        posterior <<<$'h,prior,likelihood\na,1,-1'
    fails 1 "posterior: standard input:2: column 3 'likelihood': the likelihood is missing" \
        posterior <<<$'h,prior,likelihood\na,1,NA'
    fails 1 "posterior: standard input:2: column 3 'likelihood': the likelihood is infinite" \
        posterior <<<$'h,prior,likelihood\na,1,inf'
    fails 1 "posterior: standard input: no column 'likelihood'" posterior <<<$'h,prior\na,1'
}

@test "evidence of 0 leaves no posterior" {
    for options in "" --log; do
        [ -n "$options" ] && zero=-inf || zero=0
        fails 1 "posterior: standard input: the evidence is 0: the prior or the likelihood of every hypothesis is 0" \
            posterior $options <<<$'h,prior,likelihood\na,1,'"$zero"$'\nb,0,1'
    done
}

@test "input without hypotheses is an error" {
    fails 1 "posterior: standard input: the input has no hypotheses" posterior <<<h,prior,likelihood
    fails 1 "posterior: standard input: there is no data" posterior </dev/null
    fails 1 "posterior: standard input:2: 1 field, but the header has 3$use_ragged" \
        posterior <<<$'h,prior,likelihood\na'
    fails 1 "posterior: standard input:2: column 5 'log_evidence_nats': the earlier evidence is not a finite number" \
        posterior <<<$'h,posterior,likelihood,map,log_evidence_nats\na,1,1,1,'
}

@test "--flat and --prior contradict each other" {
    fails 2 "posterior: --flat cannot be used with --prior; try 'posterior --help'" \
        posterior --flat --prior prior missing
}

@test "an error leaves the output file alone" {
    echo kept >out.csv
    run -1 posterior -o out.csv <<<$'h,prior,likelihood\na,1,-1'
    assert_equal "$(cat out.csv)" kept
}
