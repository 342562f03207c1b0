# Predictions that the training data do not determine: rows outside the row space of the training data.

load ../helper

# Writes table T of estimability.csv as train.csv (columns, y, class, bin) and new.csv (columns, estimable).
write_table() {
    awk -F, -v t="$1" '
        NR == 1 { split($0, name, ","); next }
        $1 != t { next }
        !k {
            for (i = 4; i <= 10; i++)
                if ($i != "")
                    column[++k] = i
            for (i = 1; i <= k; i++)
                header = header name[column[i]] ","
            print header "y,class,bin" >"train.csv"
            print header "estimable" >"new.csv"
        }
        {
            row = ""
            for (i = 1; i <= k; i++)
                row = row $column[i] ","
            if ($2 == "train")
                print row $11 "," $12 "," ($12 == "p" ? "p" : "o") >"train.csv"
            else
                print row $3 >"new.csv"
        }' "$ref/estimability.csv"
}

# The trainer's model predicts the rows that are estimable in exact arithmetic, and no others.
check_table() { # table, trainer...
    local table=$1
    shift
    "$@" -q --categorical auto -o model train.csv 2>/dev/null || [ $? = 3 ]
    nn-predict -q -m model --append new.csv >out 2>message || [ $? = 3 ]
    awk -F, -v id="$table $1" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "estimable") e = i; next }
        { rows++; if ($e != ($(e + 1) != "")) { print id ": row " NR ": " $0; wrong = 1 } }
        END { exit wrong || rows == 0 }' out
}

@test "rows of random tables are predicted if and only if exact arithmetic says that they are estimable" {
    for table in $(seq 0 59); do
        write_table "$table"
        check_table "$table" linreg-train -t y --exclude class,bin
        check_table "$table" linreg-train --loss huber -t y --exclude class,bin
        check_table "$table" logreg-train -t bin --exclude y,class
        check_table "$table" softmax-train -t class --exclude y,bin
    done
}

shares() {
    printf 'before,after,y\n0.1,0.9,3\n0.4,0.6,5\n0.7,0.3,4\n0.8,0.2,9\n' >train.csv
    printf 'before,after\n0.2,0.8\n1,1\n0.33,0.67\n2,2\n' >new.csv
    linreg-train -q -t y -o model train.csv
}

@test "a row that is not estimable has an empty prediction and an empty interval, and the exit status is 3" {
    shares
    run --separate-stderr -3 nn-predict -m model --interval 0.9 --precision 4 new.csv
    assert_output "mean,mean_lower,mean_upper
3.45,-1.38,8.28
,,
4.23,0.3971,8.063
,,"
    assert_equal "$stderr" \
        "nn-predict: rows whose predictions are empty, as the training data do not determine them: 2,"\
" the first new.csv:3; in the training data, 'after' = 1 - 'before'; use --inestimable predict to predict such rows"\
" nevertheless"
    run -3 nn-predict -m model -o out new.csv
    assert_equal "$(wc -l <out)" 5
}

@test "such rows are predicted or refused on request" {
    shares
    run --separate-stderr -0 nn-predict -m model --inestimable predict --precision 4 new.csv
    assert_output "mean
3.45
8.25
4.23
14.25"
    assert_equal "$stderr" "nn-predict: rows whose predictions the training data do not determine: 2, the first"\
" new.csv:3; in the training data, 'after' = 1 - 'before'"
    fails 1 \
        "nn-predict: new.csv:3: the training data do not determine the prediction, as in all of their rows 'after' ="\
" 1 - 'before'; use --inestimable predict to predict such rows nevertheless" \
        nn-predict -m model --inestimable error new.csv
}

@test "players who never met, directly or through others, have no prediction" {
    printf 'a,b,c,d,win\n1,-1,0,0,1\n1,-1,0,0,0\n-1,1,0,0,1\n-1,1,0,0,0\n1,-1,0,0,1\n' >train.csv
    printf '0,0,1,-1,1\n0,0,1,-1,0\n0,0,-1,1,1\n0,0,-1,1,0\n0,0,1,-1,0\n' >>train.csv
    logreg-train -q -t win -o model train.csv
    printf 'a,b,c,d\n1,-1,0,0\n1,0,-1,0\n0,0,1,-1\n0,1,0,-1\n' >new.csv
    run --separate-stderr -3 nn-predict -m model --precision 3 new.csv
    assert_output "p_1
0.6
\"\"
0.4
\"\""
}

@test "a column that was constant, or far from 0, determines what may change" {
    printf 'start,end,seconds,k,y\n1700000000,1700000090,90,7,1\n1700000500,1700000515,15,7,4\n' >train.csv
    printf '1700003600,1700003630,30,7,2\n1700009000,1700009006,6,7,8\n1700009999,1700010099,100,7,0\n' >>train.csv
    softmax-train -q -t y --l2 1 -o model train.csv
    printf 'start,end,seconds,k\n1700000100,1700000101,1,8\n' >new.csv
    run -0 nn-predict -m model new.csv
    awk -F, -v OFS=, '{ print; if (NR > 1) { $5 = 9 - $5; print } }' train.csv >twice.csv
    linreg-train -q --loss huber -t y -o model twice.csv
    printf 'start,end,seconds,k\n1700000100,1700000101,1,7\n1700000100,1700000102,1,7\n1700000100,1700000101,1,8\n' \
        >new.csv
    run --separate-stderr -3 nn-predict -m model --append --precision 3 new.csv
    assert_line --index 1 --regexp '^1700000100,1700000101,1,7,.'
    assert_line --index 2 "1700000100,1700000102,1,7,"
    assert_line --index 3 "1700000100,1700000101,1,8,"
}

@test "sparse rows are checked by the features that they have" {
    printf '1 1:1 2:1\n0 1:2 2:2\n1 3:1\n0 1:1 2:1 3:2\n1 3:3\n0 3:1\n1 1:2 2:2 3:1\n' >train.svm
    logreg-train -q -t label -o model train.svm
    printf '1 1:2 2:2\n0 1:1\n1 3:9\n' >new.svm
    run --separate-stderr -3 nn-predict -m model --precision 3 new.svm
    assert_equal "${lines[2]}" '""'
    assert_equal "$stderr" \
        "nn-predict: rows whose predictions are empty, as the training data do not determine them: 1,"\
" the first row 2; in the training data, '2' = '1'; use --inestimable predict to predict such rows nevertheless"
    fails 1 \
        "nn-predict: new.svm:2: the training data do not determine the prediction, as in all of their rows '2' = '1';"\
" use --inestimable predict to predict such rows nevertheless" \
        nn-predict -m model --inestimable error new.svm
}

@test "a penalty determines every prediction" {
    printf 'before,after,y\n0.1,0.9,3\n0.4,0.6,5\n0.7,0.3,4\n0.8,0.2,9\n' >train.csv
    printf 'before,after\n1,1\n' >new.csv
    linreg-train -q -t y --l2 0.1 -o model train.csv
    run -0 nn-predict -m model new.csv
    refute_output --partial ",,"
}

@test "rows with missing values are counted" {
    shares
    printf 'before,after\n0.2,0.8\nNA,1\n0.33,0.67\n,\n' >new.csv
    run --separate-stderr -0 nn-predict -m model --missing skip --precision 4 new.csv
    assert_output 'mean
3.45
""
4.23
""'
    assert_equal "$stderr" \
        "nn-predict: rows with missing or infinite values, whose predictions are empty: 2, the first"\
" new.csv:3"
}
