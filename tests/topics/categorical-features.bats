load ../helper

# Categories as features: --categorical of the trainers of regressions.

# Iris with a category written as numbers (5, 10, 15, 20), a label, and weights.
flowers() {
    awk -F, -v OFS=, 'NR == 1 { print $0, "size", "w", "wide"; next }
        { print $0, 5 * int($1) - 15, 1 + (NR - 1) % 3, ($2 > 3 ? "yes" : "no") }' "$data/iris.csv" >flowers.csv
    printf 'petal_length,species,size\n1.5,virginica,20\n4.2,setosa,5\n6,versicolor,10\n' >new.csv
}

# The same with a column of 0 and 1 per level, named as features are.
indicators() {
    awk -F, -v OFS=, 'NR == 1 { print $0, "species=versicolor", "species=virginica", "size=10", "size=15", "size=20";
        next }
        { print $0, $5 == "versicolor", $5 == "virginica", $6 == 10, $6 == 15, $6 == 20 }' flowers.csv >indicators.csv
}
levels='species=versicolor,species=virginica,size=10,size=15,size=20'

# Usage: assert_reference CASE — $output has the terms, estimates and errors of a case of the reference file.
assert_reference() {
    awk -F, -v OFS='\t' -v name="$1" -v tolerance="1e-8" '$1 == name {
        print ++row, "term", $2, 0
        print row, "estimate", $3, tolerance
        print row, "se", $4, tolerance }' "$ref/factors.csv" | assert_cells
}

# Usage: assert_predictions CASE COLUMN — the column of $output has the case's values.
assert_predictions() {
    local row
    for row in 1 2 3; do
        assert_close "$(cell $row "$2")" "$(awk -F, -v c="$1" -v r=$row '$1 == c && $2 == r {
            print $3 }' "$ref/factors.csv")" 1e-8
    done
}

@test "logistic estimates, errors and predictions are those of R's glm with factors" {
    flowers
    logreg-train -t wide -x petal_length,species,size --categorical species,size -o model flowers.csv
    run -0 model-show --to csv model
    assert_reference logistic
    run -0 nn-predict -m model new.csv
    assert_predictions predicted p_yes
    logreg-train -t wide -x petal_length,species,size -w w --categorical species,size -o model flowers.csv
    run -0 model-show --to csv model
    assert_reference weights
}

@test "linear estimates, errors and predictions are those of R's lm with factors" {
    flowers
    linreg-train -t sepal_width -x petal_length,species,size --categorical species,size -o model flowers.csv
    run -0 model-show --to csv model
    assert_reference linear
    run -0 nn-predict -m model new.csv
    assert_predictions means mean
}

@test "least squares with categories is the same as with a column per level, in whatever order levels come up" {
    flowers
    { cat flowers.csv; for i in $(seq 40); do tail -n +2 flowers.csv | sort -t, -k$((1 + i % 6)); done; } >many.csv
    mv many.csv flowers.csv
    indicators
    for way in "" "-w w" "--l2 0.1" "--l1 0.01" "--prior-sd 1 --standardize" "--no-intercept"; do
        linreg-train -t sepal_width,petal_width -x petal_length,species,size --categorical species,size $way \
            -o category flowers.csv
        linreg-train -t sepal_width,petal_width -x petal_length,$levels $way -o columns indicators.csv
        paste -d, <(model-show --to csv category) <(model-show --to csv columns) |
            awk -F, 'NR > 1 { n = NF / 2; bad = bad || $2 != $(2 + n)
                for (i = 3; i <= 4; i++) { d = $i - $(i + n); if (d > 1e-9 || d < -1e-9) { print; bad = 1 } } } END {
                    exit bad || NR < 13 }'
    done
}

@test "other linear losses take categories as columns, too" {
    flowers
    indicators
    for way in "--loss l1" "--loss huber:0.5" "--heteroscedastic all"; do
        linreg-train -q -t sepal_width -x petal_length,species --categorical auto $way -o category flowers.csv
        linreg-train -q -t sepal_width -x petal_length,species=versicolor,species=virginica $way -o columns \
            indicators.csv
        diff <(model-show --to csv category) <(model-show --to csv columns)
        paste -d, <(nn-predict -m category flowers.csv | tail -n +2) <(nn-predict -m columns indicators.csv |
            tail -n +2) |
            awk -F, '{ n = NF / 2; for (i = 1; i <= n; i++) { d = $i - $(i + n); if (d > 1e-12 || d < -1e-12) { print;
            bad = 1 } } }
                END { exit bad || NR != 150 }'
    done
}

@test "least squares with categories has the same bytes for any number of threads" {
    flowers
    { cat flowers.csv; for i in $(seq 200); do tail -n +2 flowers.csv | sort -t, -k$((1 + i % 6)); done; } >many.csv
    for j in 1 2 5; do
        LIKELY_THREADS=$j linreg-train -t sepal_width -x petal_length,species,size --categorical species,size many.csv \
            >"model.$j"
    done
    cmp model.1 model.2
    cmp model.1 model.5
}

@test "categories can be the only features" {
    flowers
    logreg-train -t wide -x species --categorical auto -o model flowers.csv
    run -0 model-show --to csv model
    assert_reference alone
}

@test "auto takes the columns of text" {
    flowers
    logreg-train -t wide -x petal_length,species --categorical auto flowers.csv | model-show --to csv >auto
    logreg-train -t wide -x petal_length,species --categorical species flowers.csv | model-show --to csv >named
    cmp auto named
    run -0 cut -d, -f2 auto
    assert_output $'term\n(intercept)\npetal_length\nspecies=versicolor\nspecies=virginica'
}

@test "a category is the same as a column per level" {
    flowers
    indicators
    for way in "" "--l2 0.01" "--solver lbfgs --tol 1e-11"; do
        for trainer in "logreg-train -t wide -x petal_length" "softmax-train -t 5 -x petal_length"; do
            [[ $trainer == softmax* ]] && categories=size || categories=species,size
            [ $categories = size ] && columns='size=10,size=15,size=20' || columns=$levels
            $trainer,$categories --categorical $categories $way -o category flowers.csv || [ $? -eq 3 ]
            $trainer,$columns $way -o columns indicators.csv || [ $? -eq 3 ]
            diff <(model-show --to csv category) <(model-show --to csv columns)
            paste -d, <(nn-predict --predict all -m category flowers.csv | tail -n +2) \
                <(nn-predict --predict all -m columns indicators.csv | tail -n +2) |
                awk -F, '{ n = NF / 2; for (i = 2; i <= n; i++) { d = $i - $(i + n); if (d > 1e-12 || d < -1e-12) {
                print; bad = 1 } } }
                    END { exit bad || NR != 150 }'
        done
    done
}

@test "intervals of predictions are those of a column per level" {
    flowers
    indicators
    logreg-train -t wide -x petal_length,species,size --categorical species,size -o category flowers.csv
    logreg-train -t wide -x petal_length,$levels -o columns indicators.csv
    paste -d, <(nn-predict --interval 0.9 -m category flowers.csv | tail -n +2) <(nn-predict --interval 0.9 -m columns \
        indicators.csv | tail -n +2) |
        awk -F, '{ for (i = 1; i <= 3; i++) { d = $i - $(i + 3); if (d > 1e-12 || d < -1e-12) { print; bad = 1 } } }
        END { exit bad || NR != 150 }'
}

@test "levels are ordered by value when all are numbers, else by bytes" {
    printf 'a,b,y\n10,10,0\n9,9,1\n-1,x,0\n10,x,1\n9,10,0\n-1,9,1\n' >t.csv
    logreg-train -q -t y --categorical a,b --l2 1 t.csv | model-show --to csv >shown
    run -0 cut -d, -f2 shown
    assert_output $'term\n(intercept)\na=9\na=10\nb=9\nb=x'
}

@test "the model has the same bytes for any number of threads and any limit of memory" {
    flowers
    { head -n 1 flowers.csv; for i in $(seq 100); do tail -n +2 flowers.csv; done; } >many.csv
    for j in 1 2 5; do
        logreg-train -t wide -x petal_length,species,size --categorical species,size -j $j many.csv | zcat |
            sed "s/ -j $j//" >"model.$j"
    done
    [ "$(wc -c <model.1)" -gt 1000 ]
    cmp model.1 model.2
    cmp model.1 model.5
    TMPDIR=. logreg-train -t wide -x petal_length,species,size --categorical species,size --memory 100K many.csv |
        model-show --to csv >spooled
    logreg-train -t wide -x petal_length,species,size --categorical species,size many.csv | model-show --to csv >plain
    cmp plain spooled
}

@test "levels of an aliased feature and of separated classes are named" {
    printf 'a,b,y\nu,p,0\nu,p,1\nv,q,0\nv,q,1\nw,q,0\nw,q,1\n' >t.csv
    run --separate-stderr -0 logreg-train -t y --categorical auto -o model t.csv
    assert_equal "$stderr" \
        "logreg-train: column 'b=q' is constant or a linear combination of earlier columns; its coefficient is 0"
    printf 'a,y\nu,0\nu,1\nv,1\nv,1\nw,0\nw,1\n' >t.csv
    run --separate-stderr -3 logreg-train -t y --categorical auto -o model t.csv
    assert_equal "$stderr" \
        "logreg-train: quasi-complete separation by 'a=v': the likelihood has no maximum and the coefficients have no"\
" finite estimates; use --l2"
}

@test "a level that was not seen is an error with its place, or counts as the reference level" {
    flowers
    logreg-train -t wide -x petal_length,species --categorical auto -o model flowers.csv
    printf 'petal_length,species\n1,setosa\n1,rose\n' >rose.csv
    run --separate-stderr -1 nn-predict -m model rose.csv
    assert_equal "$stderr" \
        "nn-predict: rose.csv:3: column 2 'species': the model has no category 'rose';"\
" use --unseen missing to leave such predictions empty"
    run --separate-stderr -0 nn-predict -m model --unseen reference rose.csv
    assert_equal "${lines[1]}" "${lines[2]}"
    assert_equal "$stderr" "nn-predict: rows with categories that the model does not know, predicted as the reference"\
" level: 1, the first rose.csv:3: column 2 'species': 'rose' as 'setosa'"
    printf 'petal_length,species\n1,setosa\n1,rose\n1,tulip\n2,setosa\n' >garden.csv
    run --separate-stderr -0 nn-predict -m model --unseen missing --append --precision 3 garden.csv rose.csv
    assert_output "petal_length,species,p_yes
1,setosa,0.73
1,rose,
1,tulip,
2,setosa,0.923
1,setosa,0.73
1,rose,"
    assert_equal "$stderr" "nn-predict: rows with categories that the model does not know, whose predictions are"\
" empty: 3, the first garden.csv:3: column 2 'species': 'rose'"
    fails 2 "nn-predict: --unseen omit: a logistic model cannot omit a column; use --unseen missing or reference; try"\
" 'nn-predict --help'" \
        nn-predict -m model --unseen omit rose.csv
    fails 2 "nn-predict: --unseen: invalid value 'ignore': expected error, missing, reference or omit; did you mean"\
" 'reference'?; try 'nn-predict --help'" \
        nn-predict -m model --unseen ignore rose.csv
    printf 'petal_length,species\n1,\n' >rose.csv
    fails 1 "nn-predict: rose.csv:2: column 2 'species': the value is missing; use --missing skip to leave such"\
" predictions empty" \
        nn-predict -m model rose.csv
    printf 'petal_length\n1\n' >rose.csv
    fails 1 "nn-predict: rose.csv: the model's feature 'species' is missing" nn-predict -m model rose.csv
}

@test "rows that lack a category are left out on request, and their levels with them" {
    printf 'a,x,y\nu,1,0\nu,2,1\nv,1,1\nv,3,0\n,2,1\nw,,0\n' >t.csv
    run --separate-stderr -0 logreg-train -t y --categorical auto --missing skip -o model t.csv
    assert_equal "$stderr" "logreg-train: 2 of 6 rows omitted because of missing values"
    head -n 5 t.csv | logreg-train -t y --categorical a -o whole
    diff <(model-show --to csv model) <(model-show --to csv whole)
    fails 1 "logreg-train: t.csv:6: column 1 'a': the value is missing; use --missing skip to omit such rows" \
        logreg-train -t y --categorical auto t.csv
}

@test "bad categories are errors" {
    flowers
    fails 1 "logreg-train: flowers.csv: column 5 'species' is text; use --categorical auto to encode text columns, or"\
" --exclude 'species' to omit the column" \
        logreg-train -t wide flowers.csv
    fails 1 "softmax-train: flowers.csv: column 5 'species' is text; use --categorical auto to encode text columns,"\
" or --exclude 'species' to omit the column" \
        softmax-train -t wide --categorical size flowers.csv
    fails 1 "logreg-train: flowers.csv: the categorical column 'size' is not a feature" \
        logreg-train -t wide -x species --categorical size flowers.csv
    fails 1 "logreg-train: flowers.csv: the categorical column 'wide' is not a feature" \
        logreg-train -t wide --categorical wide flowers.csv
    fails 1 "logreg-train: flowers.csv: no column 'specie'; did you mean 'species'?" \
        logreg-train -t wide --categorical specie flowers.csv
    fails 1 "linreg-train: flowers.csv: no column 'auto'" linreg-train -t w --categorical auto,size flowers.csv
    printf 'a,b,y\nu,1,0\nu,2,1\nu,3,0\n' >t.csv
    fails 1 "logreg-train: t.csv: column 'a' has the same value 'u' in all rows; use --exclude 'a' to omit the column" \
        logreg-train -t y --categorical auto -o model t.csv
    assert_not_exist model
    fails 1 "linreg-train: t.csv: column 'a' has the same value 'u' in all rows; use --exclude 'a' to omit the column" \
        linreg-train -t y --categorical auto -o model t.csv
    printf 'a,b,y\nu,1,0\n,2,1\nv,3,0\n' >t.csv
    fails 1 "linreg-train: t.csv:3: column 1 'a': the value is missing; use --missing skip to omit such rows" \
        linreg-train -t y --categorical auto t.csv
    fails 1 "linreg-train: flowers.csv: the categorical column 'size' is not a feature" \
        linreg-train -t w -x species --categorical size flowers.csv
    printf '1 1:2 3:4\n0 2:1\n' >t.svm
    fails 1 "logreg-train: t.svm: svmlight rows have no categorical columns" \
        logreg-train -t label --categorical auto t.svm
}
