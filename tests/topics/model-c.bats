load ../helper

# The C99 functions that model-show writes, compiled and compared with nn-predict.

warnings=(-std=c99 -Wall -Wextra -Wconversion -pedantic -Werror)

setup_file() {
    cat >"$BATS_FILE_TMPDIR/main.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int likely_predict(const double *x, const char *const *category, double *output);

/* Usage: main NUMBERS TEXTS OUTPUTS; rows of tab-separated numbers, then texts. */
int main(int argc, char **argv)
{
    static char line[1 << 20];
    static double x[4096], output[4096];
    static const char *category[64];
    int numbers = atoi(argv[argc - 3]), texts = atoi(argv[argc - 2]), outputs = atoi(argv[argc - 1]);
    while (fgets(line, sizeof line, stdin)) {
        char *p = strtok(line, "\t\n");
        for (int j = 0; j < numbers; j++, p = strtok(NULL, "\t\n"))
            x[j] = strtod(p, NULL);
        for (int t = 0; t < texts; t++, p = strtok(NULL, "\t\n"))
            category[t] = strcmp(p, "NULL") ? p : NULL;
        for (int k = 0; k < outputs; k++)
            output[k] = -7;
        printf("%d", likely_predict(x, category, output));
        for (int k = 0; k < outputs; k++)
            printf(",%.17g", output[k]);
        puts("");
    }
    return 0;
}
END
}

# Usage: compile MODEL — its function as ./predict, its features and outputs, in order, in the files x, category and
# output.
compile() {
    model-show --to c "$1" >model.c
    grep -E '^#include' model.c | grep -v '^#include <math.h>$' && return 1
    cc "${warnings[@]}" -c model.c
    cc -std=c99 "$BATS_FILE_TMPDIR/main.c" model.o -o predict -lm
    for part in x category output; do
        sed -n "s/^ \*     $part\[[0-9]*\]  //p" model.c | sed 's/  (offset)$//' | tr -d '\\' >"$part"
    done
}

# Usage: call FILE.csv — what ./predict says of its rows.
call() {
    awk -F, '!is_data { name[++n] = $0; next }
        !header++ { for (i = 1; i <= NF; i++) column[$i] = i; next }
        { for (i = 1; i <= n; i++) printf "%s%s", $column[name[i]], i < n ? "\t" : "\n" }' x category is_data=1 "$1" \
            >rows
    ./predict "$(wc -l <x)" "$(wc -l <category)" "$(wc -l <output)" <rows
}

# Usage: assert_same MODEL FILE [OPTION...] — the function says of the rows what nn-predict does.
assert_same() {
    compile "$1"
    call "$2" >c.csv
    nn-predict -m "$1" "${@:3}" "$2" >likely.csv
    assert_equal "$(head -n 1 likely.csv)" "$(paste -sd, output)"
    tail -n +2 likely.csv | paste -d, - c.csv | awk -F, '
        { n = (NF - 1) / 2
          for (i = 1; i <= n; i++) {
              d = $i - $(n + 1 + i); s = $i < 0 ? -$i : $i
              if (!(d * d <= 1e-24 * (s > 1 ? s * s : 1))) { print NR ": " $0; exit bad = 1 } } }
        END { if (!NR || n < 1) print "nothing to compare"; exit bad || !NR || n < 1 }'
}

# Irises with two categories, one of them named so that no compiler should see it unescaped.
categories() {
    awk -F, -v OFS=, 'NR == 1 { print $0, "size*/", "shade"; next }
        { size = $3 > 4.5 ? "big" : $3 > 3 ? "a\\b??/" : "größe"; shade = (NR * 7) % 3 ? "dark" : "light";
            print $0, size, shade }' \
        "$data/iris.csv" >categories.csv
}

@test "a logistic regression" {
    logreg-train -t diagnosis -o model "$data/breast-cancer.csv" --l2 1e-3
    assert_same model "$data/breast-cancer.csv"
}

@test "a softmax regression" {
    softmax-train -t cultivar -x alcohol,malic_acid,ash --l2 1e-3 -o model "$data/wine.csv"
    assert_same model "$data/wine.csv"
}

@test "a linear regression, of several targets, too" {
    linreg-train -t sepal_width --exclude species -o model "$data/iris.csv"
    assert_same model "$data/iris.csv"
    linreg-train -t petal_width,sepal_width --exclude species -o model "$data/iris.csv"
    assert_same model "$data/iris.csv"
    assert_equal "$(paste -sd, output)" mean_petal_width,mean_sepal_width
}

@test "a heteroscedastic regression, which has no prediction where the sd is not positive" {
    awk 'BEGIN { print "x,y"; for (i = 1; i <= 200; i++) { x = i / 20; print x "," 1 + 2 * x + x * sin(i * i) / 2 } }' \
        >t.csv
    linreg-train -t y --heteroscedastic all -o model t.csv
    assert_same model t.csv
    assert_equal "$(paste -sd, output)" mean,sd
    printf 'x\n-1000\n' >far.csv
    run -0 call far.csv
    assert_output -- "-1,-7,-7"
}

@test "naive Bayes of numbers and categories" {
    categories
    bayes-train -t species --pseudo-count 1 -o model categories.csv
    assert_same model categories.csv
    bayes-train -t species -x shade,size* --pseudo-count 1 -o model categories.csv
    assert_same model categories.csv
    bayes-train -t species -x 1-4 -o model categories.csv
    assert_same model categories.csv
}

@test "a row that naive Bayes excludes has no prediction" {
    printf 'c,y\np,a\np,a\nq,b\nq,b\nr,b\n' >t.csv
    bayes-train -t y -o model t.csv
    assert_same model t.csv
    printf 'c,z,y\np,u,a\np,u,a\nq,v,b\nq,v,b\n' >t.csv
    bayes-train -t y -o model t.csv
    compile model
    printf 'c,z\np,v\np,u\n' >odd.csv
    run -0 call odd.csv
    assert_output $'-1,-7,-7\n0,1,0'
}

@test "regressions on categories" {
    categories
    linreg-train -t petal_width -x sepal_length,size*,shade --categorical auto -o model categories.csv
    assert_same model categories.csv
    softmax-train -t species -x sepal_length,size*,shade --categorical auto --l2 1e-3 -o model categories.csv
    assert_same model categories.csv
    logreg-train -t shade -x sepal_length,size* --categorical auto -o model categories.csv
    assert_same model categories.csv
    linreg-train -t petal_width -x size*,shade --categorical auto -o model categories.csv
    assert_same model categories.csv
}

@test "an offset is the last number" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "shade", "base"; next } { print $0, NR % 3 ? "dark" : "light", $1 / 10 }' \
        "$data/iris.csv" >t.csv
    linreg-train -t petal_width -x sepal_width,shade --categorical auto --offset base -o model t.csv
    assert_same model t.csv
    assert_equal "$(paste -sd, x)" sepal_width,base
    logreg-train -t shade -x sepal_width,petal_width --offset base -o model t.csv
    assert_same model t.csv
    linreg-train -t petal_width -x sepal_width --heteroscedastic all --offset base -o model t.csv
    assert_same model t.csv
}

@test "categories that were not seen say nothing, are counted, and must be there" {
    categories
    for model in bayes linear; do
        if [ $model = bayes ]; then
            bayes-train -t species -x 1,shade,size* --pseudo-count 1 -o model categories.csv
        else
            linreg-train -t petal_width -x 1,shade,size* --categorical auto -o model categories.csv
        fi
        awk -F, -v OFS=, 'NR > 1 { if (NR % 2) $6 = "huge"; if (NR % 3 == 0) $7 = "dar" } { print }' categories.csv \
            >unseen.csv
        [ $model = bayes ] && unseen=omit || unseen=reference
        assert_same model unseen.csv -q --unseen $unseen
        assert_equal "$(cut -d, -f1 c.csv | sort | uniq -c | tr -s ' \n' ' ')" " 50 0 75 1 25 2 "
        printf 'sepal_length,size*/,shade\n5,NULL,dark\n' >gap.csv
        run -0 call gap.csv
        assert_output --regexp '^-1(,-7)+$'
    done
}

@test "numbers that are not finite have no prediction" {
    compile "$files/good-logistic.model"
    printf 'sepal_length,sepal_width\n5,nan\n-inf,3\n' >t.csv
    run -0 call t.csv
    assert_output $'-1,-7\n-1,-7'
}

@test "a network with every layer" {
    for layers in '5 sigmoid, 4 tanh, 6 relu' '3 softmax, dropout 0.1, 4 log-softmax, 3'; do
        nn-train -q -t cultivar --layers "$layers" --epochs 5 -o model "$data/wine.csv"
        assert_same model "$data/wine.csv"
        nn-train -q -t cultivar --no-bias --loss ce --layers "$layers" --epochs 5 -o model "$data/wine.csv"
        assert_same model "$data/wine.csv"
        nn-train -q -t diagnosis --layers "$layers" --scale table --epochs 5 -o model "$data/breast-cancer.csv"
        assert_same model "$data/breast-cancer.csv"
        nn-train -q -t petal_width --exclude species --layers "$layers" --epochs 5 --dtype float -o model \
            "$data/iris.csv"
        assert_same model "$data/iris.csv"
        nn-train -q -t petal_width --loss nll --exclude species --layers "$layers" --epochs 5 -o model "$data/iris.csv"
        assert_same model "$data/iris.csv"
        nn-train -q -t petal_width,petal_length --loss nll-sd --exclude species --layers "$layers" --epochs 5 -o model \
            "$data/iris.csv"
        assert_same model "$data/iris.csv"
        nn-train -q -t petal_width,petal_length --exclude species --layers "$layers" --epochs 5 -o model \
            "$data/iris.csv"
        assert_same model "$data/iris.csv"
    done
}

@test "a network of images" {
    nn-train -q -t digit --loss ce --layers '30 relu' --epochs 1 -o model "$data/digits.csv.gz"
    zcat "$data/digits.csv.gz" | head -n 200 >some.csv
    assert_same model some.csv
}

@test "a very long category" {
    printf 'c,y\n%s,1\nb,2\n%s,3\n' "$(printf 'a%.0s' {1..5000})" "$(printf 'a%.0s' {1..5001})" >long.csv
    linreg-train -q -t y --categorical auto -o model long.csv
    assert_same model long.csv
}

@test "--precision does not go with C" {
    fails 2 "model-show: --precision cannot be used with --to c; try 'model-show --help'" \
        model-show --to c --precision 3 "$files/good-logistic.model"
}
