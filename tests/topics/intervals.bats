load ../helper

# Usage: years DEGREE FIRST N — a table of powers of the years and a target, as tests/ref/years.py makes it.
years() {
    awk -v degree="$1" -v first="$2" -v n="$3" 'BEGIN {
        for (k = 1; k <= degree; k++) printf "t%d,", k
        print "y"
        for (i = 0; i < n; i++) {
            for (k = 1; k <= degree; k++) printf "%.0f,", (first + i) ^ k
            print (7 * i * i + 3 * i) % 11
        }
    }'
}

@test "intervals and errors of polynomials in the year are those of exact arithmetic to 1e-8" {
    awk -F, '!/^#/ { print $1, $2, $3 }' "$ref/years.csv" | uniq >cases
    while read -r degree first n; do
        years "$degree" "$first" "$n" >table.csv
        linreg-train -t y -o model table.csv
        model-show --to csv model | awk -F, 'NR > 1 { print "se" NR - 2 "," $4 }' >found
        awk -F, -v d="$degree" -v f="$first" -v n="$n" '$1 == d && $2 == f && $3 == n { print $4 "," $5 }' \
            "$ref/years.csv" >wanted
        { years "$degree" "$first" 1 | head -n 1
            awk -F, -v d="$degree" '!/^se/ { for (k = 1; k <= d; k++) printf "%.0f,", $1 ^ k; print 0 }' wanted
        } >new.csv
        nn-predict -m model --interval 0.95 new.csv |
            awk -F, 'NR > 1 { printf "half,%.17g\n", ($3 - $2) / 2 }' >>found
        paste -d, found wanted | awk -F, -v c="$degree $first $n" '
            { d = $2 / $4 - 1; if (d > 1e-8 || d < -1e-8) { print c ": " $0 " " d; bad = 1 } }
            END { exit bad || NR < 5 }'
    done <cases
}

@test "models of 0.1.0, which have a covariance, still give intervals" {
    run -0 nn-predict -m "$files/good-linear-0.1.0.model" --interval 0.9 "$data/iris.csv"
    assert_line --index 0 mean,mean_lower,mean_upper
}
