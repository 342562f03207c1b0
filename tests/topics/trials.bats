load ../helper

# logreg-train --trials: successes or proportions among numbers of trials.
# R 4.2.2: glm(cbind(dead, n - dead) ~ dose, binomial, control = glm.control(epsilon = 1e-15, maxit = 100)), and
# mpmath for standard errors.

doses() {
    cat >doses.csv <<'END'
dose,dead,n
0.1,1,8
0.2,0,10
0.4,5,12
0.7,6,9
1.1,11,11
1.6,9,10
END
    awk -F, 'NR == 1 { print "dose,share,n"; next } { printf "%s,%.17g,%s\n", $1, $2 / $3, $3 }' doses.csv >shares.csv
}

number() {
    model-show --to json model | sed -n 's/^ *"'"$1"'": \([^,]*\),*$/\1/p'
}

@test "successes and proportions are those of R's glm" {
    doses
    for how in "-t dead --trials n doses.csv" "-t share --trials n shares.csv"; do
        logreg-train -o model $how
        model-show --to csv model >shown.csv
        assert_cells shown.csv <<END
1	estimate	-2.50917888472087	1e-10
1	se	0.669358463900893	1e-10
2	estimate	4.38556935630296	1e-10
2	se	1.10883440845867	1e-10
END
        assert_close "$(number deviance)" 8.92150181280119 1e-10
        assert_close "$(number deviance_null)" 42.622921656623 1e-12
        assert_close "$(number pearson)" 10.9696436605313 1e-10
        # logLik - sum(lchoose(n, dead))
        assert_close "$(number loglik)" -24.6046886369182 1e-12
        assert_equal "$(number rows) $(number weight_sum)" "6 60"
        assert_equal "$(model-show --to json model | grep -c '"errors": "information"')" 1
    done
}

@test "trials are rows: the same rows one by one, with categories, an offset and class weights" {
    doses
    awk -F, 'NR == 1 { print "dose,dead,n,o,kind"; next }
        { print $0 "," $1 / 7 "," (NR % 2 ? "a" : "b") }' doses.csv >t.csv
    awk -F, 'NR == 1 { print "dose,y,o,kind"; next }
        { for (i = 0; i < $3; i++) print $1 "," (i < $2 ? "dead" : "alive") "," $4 "," $5 }' t.csv >rows.csv
    for options in "-x dose --offset o" "--categorical kind -x dose,kind" "-x dose --l2 0.1"; do
        logreg-train -t dead --trials n $options -o a t.csv
        logreg-train -t y $options -o b rows.csv
        model-show --to csv b | awk -F, -v OFS=$'\t' 'NR > 1 { print NR - 1, "estimate", $3, 1e-8
            if ($4 != "") print NR - 1, "se", $4, 1e-8 }' >wanted
        model-show --to csv a >shown.csv
        assert_cells shown.csv <wanted
    done
    logreg-train -t dead --trials n --class-weight dead=2 -x dose -o a t.csv
    logreg-train -t y -x dose --class-weight dead=2 -o b rows.csv
    model-show --to csv b | awk -F, -v OFS=$'\t' 'NR > 1 { print NR - 1, "se", $4, 1e-8 }' >wanted
    model-show --to csv a >shown.csv
    assert_cells shown.csv <wanted
}

@test "what is no number of successes is said, and so is a target of many numbers" {
    fails 1 "logreg-train: standard input:2: column 2 's': 5 successes are more than 4 trials" \
        logreg-train -t s --trials n <<<$'x,s,n\n1,5,4'
    fails 1 "logreg-train: standard input:2: column 2 's': 1.5 is neither a number of successes nor a proportion" \
        logreg-train -t s --trials n <<<$'x,s,n\n1,1.5,4'
    fails 1 "logreg-train: standard input: the target column 's' has both proportions and numbers of successes" \
        logreg-train -t s --trials n <<<$'x,s,n\n1,2,4\n2,0.5,4'
    fails 1 "logreg-train: standard input: the target column 's' has 3 classes; logistic regression takes two; use"\
" --trials COLUMN for proportions or numbers of successes, or softmax-train for more than two classes" \
        logreg-train -t s -x x <<<$'x,s,n\n1,0.1,4\n2,0.5,4\n3,0.7,5'
    fails 2 "logreg-train: --trials cannot be used with --weights; try 'logreg-train --help'" \
        logreg-train -t s --trials n -w n <<<x
    run -0 --separate-stderr logreg-train -t s --trials n -o model <<<$'x,s,n\n1,0.11,9\n2,0.5,4\n3,0.7,5\n4,0.2,10'
    assert_equal "$stderr" \
        "logreg-train: rows whose number of successes is not whole, used as it is: 2"
}

@test "BIC is that of single trials, however they are combined in rows" {
    doses
    logreg-train -q -t dead --trials n -o together doses.csv
    awk -F, 'NR == 1 { print "dose,dead,n"; next } { for (i = 1; i <= $3; i++) print $1 "," (i <= $2) ",1" }' \
        doses.csv >apart.csv
    logreg-train -q -t dead --trials n -o apart apart.csv
    assert_close "$(field bic together)" "$(field bic apart)" 1e-12
    assert_close "$(field bic together)" "$(awk -v l="$(field loglik together)" \
        'BEGIN { printf "%.17g", 2 * log(60) - 2 * l }')"
}
