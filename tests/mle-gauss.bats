load helper

header=column,n,missing,mean,variance,sd,sample_variance,sample_sd,se_mean,loglik_nats

# Usage: nist NAME — the data of a NIST univariate set, a number per line.
nist() {
    awk '/^Data:/ { values = ""; next } /^ *-?[0-9.]+[ \r]*$/ { values = values $1 "\n" } END { printf "%s", values }' \
        "$ref/nist/$1.dat" | tr -d '\r'
}

# Usage: reference KIND X Y — mean, covariance, sample covariance and sample sd by exact arithmetic.
reference() {
    awk -F, -v kind="$1" -v x="$2" -v y="$3" '$1 == kind && $2 == x && $3 == y { print $5, $6, $7, $8; found = 1 }
        END { exit !found }' "$ref/moments.csv"
}

# Usage: within_2_ulp ACTUAL EXPECTED
within_2_ulp() {
    awk -v a="$1" -v b="$2" 'BEGIN {
        if (a == "" || b == "") exit 1
        d = a - b; d = d < 0 ? -d : d; s = b < 0 ? -b : b; ulp = 2 ^ -52
        while (s >= 2) { s /= 2; ulp *= 2 }
        while (s < 1 && s > 0) { s *= 2; ulp /= 2 }
        exit !(d <= 2 * ulp) }' || fail "$1 is not within 2 ulp of $2"
}

@test "the NIST sets have their exact mean, variance and sample variance to 2 ulp" {
    for set in Lew Lottery Mavro Michelso NumAcc1 NumAcc2; do
        read -r mean variance sample_variance sample_sd < <(reference nist $set $set)
        run -0 mle-gauss < <(nist $set)
        within_2_ulp "$(cell 1 mean)" "$mean"
        within_2_ulp "$(cell 1 variance)" "$variance"
        within_2_ulp "$(cell 1 sample_variance)" "$sample_variance"
        assert_close "$(cell 1 sample_sd)" "$sample_sd" 1e-15
    done
}

@test "columns with a mean far above their deviation are exact to 2 ulp, weighted and not" {
    for kind in plain weighted; do
        weights=()
        [ $kind = plain ] || weights=(-w weight)
        run -0 mle-gauss "${weights[@]}" "$ref/moments-rows.csv"
        row=0
        for column in billion million scales tenths; do
            row=$((row + 1))
            read -r mean variance sample_variance sample_sd < <(reference $kind $column $column)
            assert_equal "$(cell $row column)" $column
            within_2_ulp "$(cell $row mean)" "$mean"
            within_2_ulp "$(cell $row variance)" "$variance"
            within_2_ulp "$(cell $row sample_variance)" "$sample_variance"
        done
    done
}

@test "weights that sum to 1 are no number of rows, unless they are relative" {
    (echo x,w && seq 10 19 | sed 's/$/,0.1/') >w.csv
    notice="mle-gauss: the weights of column 'w' sum to 1, which is too few rows for standard errors;"\
" use --aweights for relative weights"
    run -0 --separate-stderr mle-gauss -x x -w w w.csv
    assert_equal "$stderr" "$notice"
    assert_line --index 1 x,10,0,1,14.5,8.25,2.8722813232690143,,,,-2.4740451333779676
    run -0 --separate-stderr mle-gauss -x x --aweights w w.csv
    assert_equal "$stderr" ""
    assert_line --index 1 \
        x,10,0,1,10,14.5,8.25,2.8722813232690143,9.166666666666666,3.0276503540974917,0.9574271077563381,\
-24.740451333779674
    run -0 --separate-stderr mle-gauss --cov -x x -w w w.csv
    assert_equal "$stderr" "$notice"
    assert_line --index 1 x,x,10,14.5,14.5,8.25,,1
    run -0 --separate-stderr mle-gauss --cov -x x --aweights w w.csv
    assert_line --index 1 x,x,10,14.5,14.5,8.25,9.166666666666666,1
    sed 's/0.1$/0.1000049/' w.csv >rounded.csv
    run -0 --separate-stderr mle-gauss -x x -w w rounded.csv
    assert_equal "$(cell 1 sample_sd)" ""
}

@test "relative weights of any size have the same results" {
    seq 40 | awk 'BEGIN { print "g,x,y,w" } { print $1 % 3 "," $1 * 7 % 11 "," sin($1) "," $1 % 5 }' >w.csv
    run -0 mle-gauss -x x,y -g g --aweights w w.csv
    cut -d, -f 1-4,6- <<<"$output" >wanted
    run -0 mle-gauss --cov -x x,y --aweights w w.csv
    echo "$output" >covariances
    for exponent in -1060 -700 -530 530 1000; do
        awk -F, -v OFS=, -v half=$((exponent / 2)) 'NR > 1 { $4 = sprintf("%.17g", $4 * 2^half * 2^half) } 1' w.csv \
            >scaled.csv
        mle-gauss -x x,y -g g --aweights w scaled.csv | cut -d, -f 1-4,6- | diff wanted -
        mle-gauss --cov -x x,y --aweights w scaled.csv | diff covariances -
    done
}

@test "covariances are exact to 2 ulp, weighted and not" {
    for kind in plain weighted; do
        weights=()
        [ $kind = plain ] || weights=(-w weight)
        run -0 mle-gauss --cov "${weights[@]}" -x billion..tenths "$ref/moments-rows.csv"
        assert_equal "${#lines[@]}" 11
        for row in {1..10}; do
            read -r _ covariance sample_covariance _ < <(reference $kind "$(cell $row x)" "$(cell $row y)")
            within_2_ulp "$(cell $row covariance)" "$covariance"
            within_2_ulp "$(cell $row sample_covariance)" "$sample_covariance"
        done
    done
}

@test "the rows may stand in any order and in any number of files" {
    read -r mean variance _ < <(reference plain billion billion)
    (head -n 1 "$ref/moments-rows.csv"; tail -n +2 "$ref/moments-rows.csv" | sort -t, -k 3) >sorted.csv
    run -0 mle-gauss -x billion sorted.csv "$ref/moments-rows.csv" sorted.csv
    assert_equal "$(cell 1 n)" 1500
    within_2_ulp "$(cell 1 mean)" "$mean"
    within_2_ulp "$(cell 1 variance)" "$variance"
}

@test "any number of threads gives the same bytes" {
    many=()
    for _ in {1..40}; do many+=("$ref/moments-rows.csv"); done
    for options in "" "--cov" "-w weight" "-g tenths" "-g tenths --cov -w weight"; do
        mle-gauss -j 1 $options "${many[@]}" >one
        for threads in 2 5; do
            mle-gauss -j $threads $options "${many[@]}" | cmp - one
        done
    done
}

@test "iris has the values of R" {
    run -0 --separate-stderr mle-gauss "$data/iris.csv"
    assert_equal "${lines[0]}" "$header"
    assert_equal "$(cell 1 column)" sepal_length
    assert_close "$(cell 1 mean)" 5.84333333333333
    assert_close "$(cell 1 sample_sd)" 0.828066127977863 1e-14
    assert_close "$(cell 1 loglik_nats)" -184.0397664076418
    assert_equal "$stderr" "mle-gauss: column 5 'species' is text and omitted"
}

@test "-q keeps quiet about the text columns" {
    run -0 --separate-stderr mle-gauss -q "$data/iris.csv"
    assert_equal "$stderr" ""
}

@test "a constant column has its value as mean, variance 0 and infinite likelihood" {
    run -0 mle-gauss < <(yes 0.1 | head -n 12345)
    assert_line --index 1 1,12345,0,0.1,0,0,0,0,0,inf
}

@test "a single value has no sample variance" {
    run -0 mle-gauss <<<$'a\n42'
    assert_output \
        $'column,n,missing,mean,variance,sd,sample_variance,sample_sd,se_mean,loglik_nats\na,1,0,42,0,0,,,,inf'
}

@test "missing values are skipped and counted" {
    run -0 mle-gauss <<<$'a,b\n1,NA\n,NaN\n3,?'
    assert_line --index 1 --partial a,2,1,2,1,1,2,
    assert_line --index 2 b,0,3,,,,,,,
}

@test "a header alone gives columns without values" {
    run -0 mle-gauss <<<a,b
    assert_line --index 1 a,0,0,,,,,,,
    assert_line --index 2 b,0,0,,,,,,,
}

@test "groups stand in the order of their first rows, whatever the order of the rows" {
    run -0 --separate-stderr mle-gauss -g g <<<$'a,g\n1,y\n5,x\n3,y\n7,\n9,x'
    assert_equal "${lines[0]}" "g,$header"
    assert_regex "${lines[1]}" '^y,a,2,0,2,1,'
    assert_regex "${lines[2]}" '^x,a,2,0,7,4,'
    assert_equal "${#lines[@]}" 3
    assert_equal "$stderr" "mle-gauss: rows without a value of 'g', omitted: 1"
}

@test "a group's fit is that of its rows alone" {
    head -n 1 "$data/iris.csv" >one.csv
    grep virginica "$data/iris.csv" >>one.csv
    mle-gauss -q one.csv | sed 1d >alone
    mle-gauss -g species "$data/iris.csv" | sed -n 's/^virginica,//p' | diff - alone
}

@test "a hundred thousand groups are no trouble" {
    awk 'BEGIN { print "g,x"; for (i = 0; i < 200000; i++) print i % 100000 "," i }' >many.csv
    run -0 timeout 20 mle-gauss -g g -o out.csv many.csv
    assert_equal "$(wc -l <out.csv)" 100001
    assert_equal "$(sed -n '3p' out.csv | cut -d, -f 1-6)" 1,x,2,0,50001,2500000000
}

@test "a weight counts as that number of rows" {
    run -0 mle-gauss -w w <<<$'a,w\n1,3\n2,1\n9,0'
    assert_line --index 1 --partial a,3,0,4,1.25,0.1875,
    assert_equal "$(cell 1 sample_variance)" 0.25
    assert_equal "$(cell 1 loglik_nats)" "$(mle-gauss <<<$'a\n1\n1\n1\n2' | cut -d, -f 10 | tail -n 1)"
}

@test "the joint log-likelihood is the sum of SciPy's log-densities" {
    run -0 mle-gauss --joint --by species -x sepal_length,petal_length "$data/iris.csv"
    assert_equal "${lines[0]}" "species,columns,n,h_nats,loglik_nats"
    for row in 1 2 3; do
        wanted=$(awk -F, -v name="loglik_$(cell $row species)" '$1 == name { print $2 }' "$ref/information.csv")
        assert_close "$(cell $row loglik_nats)" "$wanted"
    done
    run -0 mle-gauss -x sepal_length "$data/iris.csv"
    single=$(cell 1 loglik_nats)
    run -0 mle-gauss --joint -x sepal_length "$data/iris.csv"
    assert_close "$(cell 1 loglik_nats)" "$single"
    run -0 mle-gauss --joint -w w <<<$'a,b,w\n1,2,2\n2,1,3\n4,4,1'
    weighted=$(cell 1 loglik_nats)
    run -0 mle-gauss --joint <<<$'a,b\n1,2\n1,2\n2,1\n2,1\n2,1\n4,4'
    assert_close "$(cell 1 loglik_nats)" "$weighted"
    run -0 mle-gauss --joint <<<$'a,b\n1,2\n2,4\n3,6'
    assert_output $'columns,n,h_nats,loglik_nats\n2,3,-inf,inf'
    run -0 mle-gauss --joint <<<a,b
    assert_output $'columns,n,h_nats,loglik_nats\n2,0,,'
}

@test "covariance takes complete rows only, and says how many others there are" {
    run -0 --separate-stderr mle-gauss --cov <<<$'a,b\n1,2\n2,NA\n3,5\n,1'
    assert_output \
        $'x,y,n,mean_x,mean_y,covariance,sample_covariance,correlation\na,a,2,2,2,1,2,1\na,b,2,2,3.5,1.5,3,1\nb,b,2,'\
$'3.5,3.5,2.25,4.5,1'
    assert_equal "$stderr" "mle-gauss: rows with missing values, omitted: 2"
}

@test "there is no correlation with a constant" {
    run -0 mle-gauss --cov <<<$'a,b\n1,2\n2,2'
    assert_line a,b,2,1.5,2,0,0,
}

@test "a prior pulls the mean towards its own by the precisions" {
    run -0 mle-gauss --prior 0,1 --known-variance 4 <<<$'a\n1\n3\n2\n2'
    assert_close "$(cell 1 map_mean)" 1
    assert_close "$(cell 1 map_sd)" 0.7071067811865476
    assert_equal "$(cell 1 map_variance)" 4
}

@test "with an unknown variance the most probable mean and variance agree with each other" {
    run -0 mle-gauss -x 1 --prior 5,0.1 "$data/iris.csv"
    awk -v m="$(cell 1 map_mean)" -v v="$(cell 1 map_variance)" -v mean="$(cell 1 mean)" -v s="$(cell 1 variance)" \
        'BEGIN {
        a = (150 * mean / v + 5 / 0.01) / (150 / v + 1 / 0.01) - m; b = s + (mean - m) ^ 2 - v
        exit !(a * a < 1e-24 && b * b < 1e-24) }'
}

@test "the likelihood under the estimates is the best there is" {
    run -0 mle-gauss --parameters 2,1 <<<$'a\n1\n3'
    assert_close "$(cell 1 nll_given_nats)" 2.8378770664093453
    assert_close "$(cell 1 loglik_nats)" -2.8378770664093453
    run -0 mle-gauss --parameters 0,2 <<<$'a\n1\n3'
    assert_close "$(cell 1 nll_given_nats)" 5.0310242469692907
}

@test "gzip, pipes, tabs, blanks and files without a header are read alike" {
    printf 'a,b\n1,2\n3,4\n' >c.csv
    run -0 mle-gauss c.csv
    wanted=$output
    gzip -c c.csv >c.csv.gz
    assert_equal "$(mle-gauss c.csv.gz)" "$wanted"
    assert_equal "$(gzip -c c.csv | mle-gauss)" "$wanted"
    assert_equal "$(tr , '\t' <c.csv | mle-gauss -)" "$wanted"
    assert_equal "$(tr , ' ' <c.csv | mle-gauss)" "$wanted"
    assert_equal "$(sed 's/$/\r/' c.csv | mle-gauss)" "$wanted"
    assert_equal "$(sed 1d c.csv | mle-gauss | sed 1d | cut -d, -f 2-)" "$(sed 1d <<<"$wanted" | cut -d, -f 2-)"
}

@test "columns that are not asked for are not read as numbers" {
    run -0 mle-gauss -x a <<<$'a,b\n1,2\n3,x'
    assert_line --index 1 --partial a,2,0,2,1,
}

@test "results come as JSON, TSV and a table, with the digits asked for" {
    run -0 mle-gauss --to json --precision 3 <<<$'a\n1\n2\n4'
    assert_line --partial '{"column": "a", "n": 3, "missing": 0, "mean": 2.33, "variance": 1.56,'
    run -0 mle-gauss --to json <<<$'a\n1'
    assert_line --partial '"sample_variance": null'
    run -0 mle-gauss --to tsv <<<$'a\n1'
    assert_line --index 1 $'a\t1\t0\t1\t0\t0\t\t\t\tinf'
    run -0 mle-gauss --to table <<<$'a\n1'
    assert_line --index 0 --regexp '^column +n +missing +mean'
}

@test "huge and tiny values" {
    run -0 mle-gauss <<<$'a\n1e300\n-1e300'
    assert_line --index 1 a,2,0,0,inf,inf,inf,inf,inf,-inf
    run -0 mle-gauss <<<$'a\n1e-320\n3e-320'
    assert_equal "$(cell 1 mean)" 2e-320
    fails 1 "mle-gauss: standard input: column 1 'a': the differences between its values exceed the range of numbers" \
        mle-gauss <<<$'a\n1.7e308\n1.7e308\n-1.7e308'
}

@test "what is no number is an error with its place" {
    fails 1 "mle-gauss: standard input:3: column 2 'b': 'x' is not a number" mle-gauss <<<$'a,b\n1,2\n3,x'
    fails 1 "mle-gauss: standard input:2: column 1 'a': 'x' is not a number" mle-gauss -x a <<<$'a,b\nx,1'
    fails 1 "mle-gauss: standard input:3: column 1 'a': the value is infinite" mle-gauss <<<$'a\n1\ninf'
    fails 1 "mle-gauss: standard input:3: column 1 'a': the value is infinite" mle-gauss <<<$'a\n1\n-1e999'
}

@test "malformed input is an error with its place" {
    fails 1 "mle-gauss: standard input:3: 1 field, but the header has 2$use_ragged" mle-gauss <<<$'a,b\n1,2\n1'
    fails 1 "mle-gauss: standard input:3: column 1 'a': the quoted field that begins here is not closed$use_quote" \
        mle-gauss <<<$'a,b\n1,2\n"1,3'
    fails 1 "mle-gauss: standard input: there is no data" mle-gauss </dev/null
    printf 'a\n1\n' | gzip | head -c 20 >cut.gz
    fails 1 "mle-gauss: cut.gz: the gzip data is truncated" mle-gauss cut.gz
}

@test "files whose headers differ are not one table" {
    echo $'a\n1' >1.csv
    echo $'b\n1' >2.csv
    fails 1 "mle-gauss: 2.csv:1: column 1 is 'b' here but 'a' in 1.csv" mle-gauss 1.csv 2.csv
}

@test "columns that are not there are named" {
    fails 1 "mle-gauss: standard input: no column 'aeg'; did you mean 'age'?" mle-gauss -x aeg <<<$'age,b\n1,1'
    fails 1 "mle-gauss: standard input: no column 'zzz'" mle-gauss -g zzz <<<$'age,b\n1,1'
    fails 1 "mle-gauss: standard input: no column 'zzz'" mle-gauss -w zzz <<<$'age,b\n1,1'
    run --separate-stderr -1 mle-gauss <<<$'a,b\nx,y'
    assert_equal "${stderr_lines[2]}" "mle-gauss: standard input: no column is numeric"
}

@test "a weight is a number that is not negative" {
    fails 1 "mle-gauss: standard input:2: column 2 'w': the weight is negative" mle-gauss -w w <<<$'a,w\n1,-1'
    fails 1 "mle-gauss: standard input:3: column 2 'w': the weight is missing" mle-gauss -w w <<<$'a,w\n1,1\n2,'
    fails 1 "mle-gauss: standard input:2: column 2 'w': the weight is infinite" mle-gauss -w w <<<$'a,w\n1,inf'
    fails 1 "mle-gauss: standard input:2: column 2 'w': 'x' is not a number" mle-gauss -w w <<<$'a,w\n1,x'
}

@test "the arguments of the model are checked before the input is read" {
    usage="; try 'mle-gauss --help'"
    fails 2 "mle-gauss: --prior: invalid value '3': expected MEAN,SD with SD above 0$usage" mle-gauss --prior 3 missing
    fails 2 "mle-gauss: --prior: invalid value '3,x': expected MEAN,SD with SD above 0$usage" \
        mle-gauss --prior 3,x missing
    fails 2 "mle-gauss: --prior: invalid value '3,0': expected MEAN,SD with SD above 0$usage" \
        mle-gauss --prior 3,0 missing
    fails 2 "mle-gauss: --parameters: invalid value '0,-1': expected MEAN,VARIANCE with VARIANCE above 0$usage" \
        mle-gauss --parameters 0,-1 missing
    fails 2 "mle-gauss: --known-variance requires --prior$usage" mle-gauss --known-variance 2 missing
    fails 2 "mle-gauss: --joint cannot be used with --parameters$usage" mle-gauss --joint --parameters 0,1 missing
    fails 2 "mle-gauss: --cov cannot be used with --joint$usage" mle-gauss --joint --cov missing
    fails 2 "mle-gauss: --cov cannot be used with --parameters$usage" mle-gauss --cov --parameters 0,1 missing
}

@test "a full disk is an error" {
    [ -e /dev/full ] || skip "no /dev/full"
    fails 1 "mle-gauss: standard output: cannot write: No space left on device" \
        bash -c 'printf "a\n1\n" | mle-gauss >/dev/full'
}

@test "an error leaves the output file alone" {
    echo kept >out.csv
    run -1 mle-gauss -o out.csv <<<$'a\n1\nx'
    assert_equal "$(cat out.csv)" kept
}

@test "likelihoods and entropies are in the unit that --unit names" {
    for unit in bits:0.69314718055994531 bans:2.3025850929940457; do
        for options in "" --joint "--parameters 0,1"; do
            mle-gauss -x x,y $options <<<$'x,y\n1,2\n2,3\n4,1' >nats
            mle-gauss -x x,y $options --unit ${unit%:*} <<<$'x,y\n1,2\n2,3\n4,1' >other
            for name in loglik h nll_given; do
                grep -q ${name}_nats nats || continue
                output=$(<other)
                other=$(cell 1 ${name}_${unit%:*})
                output=$(<nats)
                assert_close "$(awk -v o="$other" -v u="${unit#*:}" 'BEGIN { printf "%.17g", o * u }')" \
                    "$(cell 1 ${name}_nats)" 1e-15
            done
        done
    done
    run -0 mle-gauss --base 3 <<<$'x\n1\n2'
    assert_line --index 0 column,n,missing,mean,variance,sd,sample_variance,sample_sd,se_mean,loglik_base_3
}

@test "weights that are all 0, or whose sum is too large, leave nothing to measure" {
    fails 1 "mle-gauss: standard input: column 2 'w': all weights are 0" mle-gauss -x x -w w <<<$'x,w\n1,0\n1,0'
    fails 1 "mle-gauss: standard input: column 2 'w': the sum of the weights is too large" \
        mle-gauss -x x -w w <<<$'x,w\n1,1e308\n1,1e308'
}
