load ../helper

# Whether classes are separated, and how, against exact certificates (tests/ref/separation_kinds.py).

# Usage: kind_of TABLE [WEIGHTS] — fits the table and prints the exit status and the kind of separation that is said.
# WEIGHTS: the option that names the weights.
kind_of() {
    local command=softmax-train offset=(--exclude offset) status=0
    awk -F, -v OFS=, -v table="$1" '
        NR == 1 { heading = $0; next }
        $1 == table && n == 0 { for (n = NF; $n == ""; n--); split(heading, name) }
        $1 == table {
            if (rows++ == 0) { for (i = 3; i <= n; i++) printf "%s%s", name[i], i < n ? OFS : ORS }
            for (i = 3; i <= n; i++) printf "%s%s", $i, i < n ? OFS : ORS
        }' "$ref/separation_kinds.csv" >table.csv
    if [ "$(awk -F, 'NR > 1 { print $1 }' table.csv | sort -u | wc -l)" = 2 ]; then
        command=logreg-train
        offset=(--offset offset)
    fi
    $command -t y "${2:---weights}" w "${offset[@]}" -o model table.csv 2>said || status=$?
    echo "$status $(sed -n 's/^[a-z-]*: \([a-z-]*\) separation by .*/\1/p' said)"
}

@test "separation of tables of hard shapes is found, of its kind, and no other is reported" {
    local tables=0
    while IFS=, read -r table kind; do
        wanted="3 $kind"
        [ "$kind" != none ] || wanted="0 "
        weights=--weights
        ((table % 2)) || weights=--fweights
        assert_equal "$table: $(kind_of "$table" $weights)" "$table: $wanted"
        tables=$((tables + 1))
    done < <(awk -F, 'NR > 1 && $1 != last { print $1 "," $2; last = $1 }' "$ref/separation_kinds.csv")
    assert_equal "$tables" 108
}

@test "rows far out are no separation of the others" {
    for far in 1e3 1e6 1e8 1e9 1e10; do
        printf '%s\n' x,y "-$far,a" 1,a 2,b 1.5,b 1.8,a 0.2,a 3,b "$far,b" >far.csv
        for command in logreg-train softmax-train; do
            run --separate-stderr -0 $command -t y -o model far.csv
            assert_equal "$stderr" ""
        done
    done
}
