load helper

made=$files/good-categories.csv

# Usage: compare CASE FILE ARG... — predictions of the model of these arguments are those of a case of the reference.
compare() {
    local case=$1 file=$2
    shift 2
    bayes-train -o model "$@" "$file"
    nn-predict -m model --predict all "$file" >out.csv
    run awk -F, -v case="$case" '
        NR == FNR && FNR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
        NR == FNR { for (i = 1; i <= NF; i++) value[FNR - 1, name[i]] = $i; next }
        $1 != case { next }
        {
            a = value[$2, "logit_" $3] - $4; b = value[$2, "p_" $3] - $5; n++
            if (!(($2, "p_" $3) in value) || a * a > 1e-20 * $4 * $4 || b * b > 1e-20) { print; exit 1 }
        }
        END { print n + 0 }' out.csv "$ref/bayes.csv"
    assert_success
}

# Usage: value CLASS COLUMN LEVEL NAME — a cell of the estimates of `model`.
value() {
    model-show --to csv model | awk -F, -v class="$1" -v column="$2" -v level="$3" -v name="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        $1 == class && $2 == column && $3 == level { print $at; found = 1 }
        END { exit !found }'
}

days() {
    printf 'sky,wind,play\nsunny,3,no\nrain,5,no\nsunny,1,yes\ncloudy,2,yes\n' >days.csv
}

# Usage: bad TEXT — a file bad.csv with these lines.
bad() {
    printf "$1" >bad.csv
}

@test "joint and posterior probabilities of numbers are those of scikit-learn" {
    compare iris "$data/iris.csv" -t species
    assert_output 450
    compare wine "$data/wine.csv" -t cultivar
    assert_output 534
}

@test "those of categories are, with pseudo-counts" {
    compare categories "$made" -t kind -x colour,rooms --categorical rooms --pseudo-count 0.5
    assert_output 720
}

@test "those of both together are, and weighted" {
    compare mixed "$made" -t kind --exclude times --categorical rooms --pseudo-count 1
    assert_output 720
    compare weighted "$made" -t kind -w times --categorical rooms --pseudo-count 1
    assert_output 720
}

@test "estimates are frequencies, means and standard deviations" {
    days
    bayes-train -t play -o model days.csv
    assert_equal "$(value no '' '' probability)" 0.5
    assert_equal "$(value no wind '' mean)" 4
    assert_equal "$(value yes wind '' sd)" 0.5
    assert_equal "$(value yes sky cloudy probability)" 0.5
    assert_equal "$(value yes sky rain probability)" 0
}

@test "a weight of 2 is a row twice" {
    days
    bayes-train -t play --pseudo-count 1 -o model <(cat days.csv; tail -n 2 days.csv)
    model-show --to csv model >twice
    awk -F, '{ print $0 "," (NR == 1 ? "w" : NR < 4 ? 1 : 2) }' days.csv >weighted.csv
    bayes-train -t play --pseudo-count 1 -w w -o model weighted.csv
    diff <(model-show --to csv model) twice
}

@test "pseudo-counts are Laplace's rule" {
    days
    bayes-train -t play --pseudo-count 1 -o model days.csv
    assert_equal "$(value yes sky rain probability)" 0.2
    assert_equal "$(value no sky sunny probability)" 0.4
    run -0 model-show model
    assert_line "pseudo-count    1"
}

@test "the floor of variances is a fraction of the column's" {
    bad 'x,y\n1,a\n1,a\n3,b\n5,b\n'
    bayes-train -t y --variance-floor 0.01 -o model bad.csv
    assert_close "$(value a x '' sd)" "$(awk 'BEGIN { printf "%.17g", sqrt(0.01 * 2.75) }')"
    assert_equal "$(value b x '' sd)" 1
    run -0 model-show model
    assert_line "variance floor  0.01"
}

@test "classes and levels come by value where they are numbers, else by bytes" {
    bad 'z,y\nb,10\na,9\nb,9\na,10\n'
    bayes-train -t y -o model bad.csv
    run -0 model-show --to csv model
    assert_line -n 1 9,,,0.5,,
    assert_line -n 2 10,,,0.5,,
    assert_line -n 3 9,z,a,0.5,,
    assert_line -n 6 10,z,b,0.5,,
}

@test "the log-likelihood and the free parameters are those of the joint model" {
    days
    bayes-train -t play -o model days.csv
    # 4 log 1/2 for the classes, 4 log 1/2 for the sky, -(log(2 pi v) + 1) per class for the wind, v = 1 and 1/4
    wanted=$(awk 'BEGIN { pi = atan2(0, -1); printf "%.17g", 8 * log(0.5) - 2 * log(2 * pi) - log(0.25) - 2 }')
    assert_close "$(model-show --to json model | sed -n 's/.*"loglik": \(.*\),/\1/p')" "$wanted"
    run -0 model-show --count model
    assert_output 9
}

@test "any number of threads gives the same bytes" {
    awk 'NR == 1 || /./ { lines[NR] = $0 } END { print lines[1];
        for (i = 0; i < 200; i++) for (r = 2; r <= NR; r++) print lines[r] }' \
        "$made" >many.csv
    for j in 1 2 5; do
        bayes-train -t kind --categorical rooms -w times -j "$j" many.csv | zcat | sed "s/-j $j//" >"model.$j"
    done
    assert [ "$(wc -l <many.csv)" -eq 48001 ]
    cmp model.1 model.2
    cmp model.1 model.5
}

@test "a pipe, gzip and several files are one table" {
    days
    wanted=$(bayes-train -t play <days.csv | model-show --to csv)
    gzip -k days.csv
    assert_equal "$(bayes-train -t play days.csv.gz | model-show --to csv)" "$wanted"
    head -n 3 days.csv >a.csv
    { head -n 1 days.csv; tail -n 2 days.csv; } >b.csv
    assert_equal "$(bayes-train -t play a.csv b.csv | model-show --to csv)" "$wanted"
}

@test "many improbable columns do not underflow" {
    awk 'BEGIN { for (r = 0; r < 5; r++) for (c = 0; c < 400; c++)
        printf "%s%s", r == 0 ? "c" c : (r - 1) % 2 + (r > 2) * 100,
            c < 399 ? "," : r == 0 ? ",y\n" : "," (r > 2 ? "b" : "a") "\n" }' >wide.csv
    bayes-train -t y -o model wide.csv
    run -0 nn-predict -m model --predict label wide.csv
    assert_output $'predicted\na\na\nb\nb'
}

@test "rows with missing values are left out on request" {
    bad 'sky,wind,play\nsunny,3,no\nrain,5,no\nsunny,1,yes\ncloudy,2,yes\nNA,2,yes\nrain,,no\nrain,2,?\n'
    run --separate-stderr -0 bayes-train -t play --missing skip -o model bad.csv
    assert_equal "$stderr" "bayes-train: 3 of 7 rows omitted because of missing values"
    model-show --to csv model >skipped
    days
    bayes-train -t play -o model days.csv
    diff <(model-show --to csv model) skipped
}

@test "missing values are errors with their place" {
    remedy="the value is missing; use --missing skip to omit such rows"
    bad 'sky,wind,play\nsunny,3,no\nNA,5,yes\n'
    fails 1 "bayes-train: bad.csv:3: column 1 'sky': $remedy" bayes-train -t play bad.csv
    bad 'sky,wind,play\nsunny,3,no\nrain,,yes\n'
    fails 1 "bayes-train: bad.csv:3: column 2 'wind': $remedy" bayes-train -t play bad.csv
    bad 'sky,wind,play\nsunny,3,\nrain,2,yes\n'
    fails 1 "bayes-train: bad.csv:2: column 3 'play': $remedy" bayes-train -t play bad.csv
    bad 'sky,play\nNA,no\n,yes\n'
    fails 1 "bayes-train: bad.csv: every row has a missing value" bayes-train -t play --missing skip bad.csv
}

@test "a class of one row has no variance, which is said with the remedy" {
    bad 'x,y\n1,a\n2,a\n3,b\n'
    fails 1 "bayes-train: bad.csv: column 1 'x' has variance 0 in the class 'b' (1 row);"\
" use --variance-floor 1e-9 to keep variances above 0, or --exclude 'x' to omit the column" \
        bayes-train -t y -o model bad.csv
    assert_not_exist model
    bayes-train -t y --variance-floor 1e-9 -o model bad.csv
    assert_close "$(value b x '' sd)" "$(awk 'BEGIN { printf "%.17g", sqrt(1e-9 * 2 / 3) }')"
}

@test "a constant column says so" {
    bad 'x,z,y\n1,7,a\n2,7,a\n3,7,b\n5,7,b\n'
    fails 1 "bayes-train: bad.csv: column 2 'z' is constant; use --exclude 'z' to omit the column" \
        bayes-train -t y --variance-floor 0.1 bad.csv
}

@test "bad tables are errors" {
    bad 'x,y\n1,a\n2,a\n'
    fails 1 "bayes-train: bad.csv: every row has the same class 'a' in the target column 'y'" \
        bayes-train -t y bad.csv
    bad 'x,y\n1,a\n2,a\nz,b\n'
    fails 1 "bayes-train: bad.csv:4: column 1 'x': 'z' is not a number" bayes-train -t y bad.csv
    bad 'x,y\n1,a\n-inf,b\n'
    fails 1 "bayes-train: bad.csv:3: column 1 'x': the value is infinite" bayes-train -t y bad.csv
    bad 'x,y\n'
    fails 1 "bayes-train: bad.csv: there are no rows" bayes-train -t y bad.csv
    bad 'y\na\n'
    fails 1 "bayes-train: bad.csv: no feature columns are left" bayes-train -t y bad.csv
    bad 'x,y\n1e308,a\n-1e308,a\n3,b\n4,b\n'
    fails 1 "bayes-train: bad.csv: column 1 'x': the differences between its values exceed the range of numbers" \
        bayes-train -t y bad.csv
}

@test "bad weights are errors" {
    bad 'x,w,y\n1,1,a\n2,-1,a\n3,1,b\n4,1,b\n'
    fails 1 "bayes-train: bad.csv:3: column 2 'w': the weight is negative" bayes-train -t y -w w bad.csv
    bad 'x,w,y\n1,1,a\n2,1,a\n3,0,b\n4,0,b\n'
    fails 1 "bayes-train: bad.csv: every row of the class 'b' has weight 0" bayes-train -t y -w w bad.csv
}

@test "columns that are not there or have two roles are errors" {
    days
    fails 1 "bayes-train: days.csv: no column 'plya'; did you mean 'play'?" bayes-train -t plya days.csv
    fails 1 "bayes-train: days.csv: column 'play' is the target and cannot also be a feature" \
        bayes-train -t play -x play days.csv
    fails 1 "bayes-train: days.csv: the categorical column 'wind' is not a feature" \
        bayes-train -t play -x sky --categorical wind days.csv
}

@test "a category that was not seen is an error, or is omitted" {
    days
    bayes-train -t play --pseudo-count 1 -o model days.csv
    printf 'sky,wind\nsunny,3\nfog,3\n' >new.csv
    run --separate-stderr -1 nn-predict -m model new.csv
    assert_equal "$stderr" \
        "nn-predict: new.csv:3: column 1 'sky': the model has no category 'fog'; use --unseen missing to leave"\
" such predictions empty"
    run --separate-stderr -0 nn-predict -m model --unseen omit -o out new.csv
    assert_equal "$stderr" "nn-predict: rows with categories that the model does not know, predicted without the"\
" column: 1, the first new.csv:3: column 1 'sky': 'fog'"
    fails 2 "nn-predict: --unseen reference: a bayes model has no reference level; use --unseen omit; try 'nn-predict"\
" --help'" nn-predict -m model --unseen reference new.csv
    bayes-train -t play -x wind -o wind days.csv
    assert_equal "$(sed -n 3p out)" "$(nn-predict -m wind new.csv | sed -n 3p)"
}

@test "a missing category is an error, or leaves the prediction empty" {
    days
    bayes-train -t play -o model days.csv
    printf 'sky,wind\nNA,3\nsunny,3\n' >new.csv
    fails 1 "nn-predict: new.csv:2: column 1 'sky': the value is missing; use --missing skip to leave such"\
" predictions empty" \
        nn-predict -m model new.csv
    run --separate-stderr -0 nn-predict -m model --missing skip --append --predict label new.csv
    assert_output $'sky,wind,predicted\nNA,3,\nsunny,3,no'
}

@test "a row that no class allows is an error" {
    bad 'a,b,y\nu,u,1\nv,v,2\n'
    bayes-train -t y -o model bad.csv
    printf 'a,b\nu,u\nu,v\n' >new.csv
    fails 1 "nn-predict: new.csv:3: the row is impossible under the model: every class gives it probability 0;"\
" use bayes-train --pseudo-count to give every category a probability above 0" \
        nn-predict -m model new.csv
}

@test "usage errors" {
    fails 2 "bayes-train: missing --target; try 'bayes-train --help'" bayes-train
    fails 2 \
        "bayes-train: --pseudo-count: invalid value '-1': expected a number of at least 0; try 'bayes-train --help'" \
        bayes-train -t y --pseudo-count -1
    fails 2 \
        "bayes-train: --variance-floor: invalid value '2': expected a number of at most 1; try 'bayes-train --help'" \
        bayes-train -t y --variance-floor 2
}
