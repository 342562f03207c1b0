load ../helper

# --by with several columns: the rows of each combination of values, with a key column for each in the result.

diamonds() {
    echo cut,color,key,p,q,y >d.csv
    seq 60 | awk -v OFS=, '{ cut = $1 % 3 ? "Ideal" : "\"Fair, poor\""; color = $1 % 2 ? "E" : "J"
        print cut, color, ($1 % 3 ? "i" : "f") color, $1 % 7 + $1 / 10, ($1 % 5 + 1) / 7, $1 % 4 < 2 }' >>d.csv
}

# Usage: as_key — replaces the two key columns of a CSV on standard input by one.
as_key() {
    sed -E '1s/^cut,color/key/; 2,$s/^Ideal,/i/; 2,$s/^"Fair, poor",/f/'
}

@test "several columns of --by are one key, in every command that has it" {
    diamonds
    for command in "mle-gauss -x p" "mle-gauss -x p,q --cov" "mle-gauss -x p,q --joint" "mle-categorical -x y" \
        "mle-categorical -x y --summary" "mle-location -x p" "mle-laplace -x p" "entropy -x y" "entropy -x y --se" \
        "mutual-info -x q,y --bins 2" "loss-eval -t y -p q -l log" "loss-eval -t y -p q --calibration 3"; do
        run -0 --separate-stderr $command --by cut,color d.csv
        keyed=$(as_key <<<"$output")
        assert_equal "$keyed" "$($command -q --by key d.csv)"
        run -0 --separate-stderr $command -j2 -g 1-2 - <d.csv
        assert_equal "$(as_key <<<"$output")" "$keyed"
    done
}

@test "the key columns are columns of JSON, TSV and aligned tables" {
    diamonds
    run -0 mle-gauss -x p --by cut,color --to json --precision 3 d.csv
    assert_line --index 1 --partial '{"cut": "Ideal", "color": "E", "column": "p", "n": 20,'
    run -0 mle-gauss -x p --by cut,color --to tsv d.csv
    assert_line --index 2 --partial $'Ideal\tJ\tp\t20'
    run -0 mle-gauss -x p --by cut,color --to table --precision 3 d.csv
    assert_line --index 0 --regexp '^cut +color +column'
}

@test "Gaussians by several columns go on to entropy, kl and mle-plot" {
    diamonds
    mle-gauss -x p,q --by cut,color d.csv >fits.csv
    mle-gauss -x p,q --by key d.csv >keyed.csv
    assert_equal "$(entropy --gauss --by cut,color fits.csv | as_key)" "$(entropy --gauss --by key keyed.csv)"
    assert_equal "$(kl --gauss --by cut,color fits.csv fits.csv | as_key)" "$(kl --gauss --by key keyed.csv keyed.csv)"
    mle-plot -k gauss -x p --by cut,color --fit fits.csv --to csv d.csv >figure.csv
    assert_equal "$(cut -d, -f1 figure.csv | sort -u | grep -c Ideal)" 4
    mle-plot -k roc -t y -p q --by cut,color --to csv d.csv >figure.csv
    grep -q '^"\?Ideal E' figure.csv
}

@test "rows that lack one of the keys belong to no group" {
    printf 'a,b,x\nu,v,1\n,v,2\nu,NA,3\nu,v,5\n' >t.csv
    run -0 --separate-stderr mle-gauss --by a,b t.csv
    assert_equal "$(cell 1 n),$(cell 1 mean)" 2,3
    assert_equal "$stderr" "mle-gauss: rows without a value of 'a, b', omitted: 2"
    fails 1 "mle-gauss: t.csv: no column 'c'" mle-gauss --by a,c t.csv
}

@test "values that meet in another way are other groups" {
    printf 'a,b,x\nu v,w,1\nu,v w,2\n"u,v",w,3\nu,"v,w",4\n' >t.csv
    run -0 mle-gauss --by a,b t.csv
    assert_equal "$(wc -l <<<"$output")" 5
}

@test "a list of columns that is given twice is an error" {
    printf 'a,b,x\nu,v,1\n' >t.csv
    fails 2 "mle-gauss: --by is given twice; list the columns: --by A,B; try 'mle-gauss --help'" \
        mle-gauss -g a -g b t.csv
    fails 2 "entropy: --columns is given twice; list the columns: --columns A,B; try 'entropy --help'" \
        entropy -x a --columns b t.csv
}
