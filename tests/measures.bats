load helper

# Lines of measures.tsv for the commands whose name begins with $1; those of one command follow one another.
assert_measures() {
    local command row column value last= cases=0
    while IFS=$'\t' read -r command row column value _; do
        [[ $command == $1* ]] || continue
        if [ "$command" != "$last" ]; then
            output=$($command "$ref/measures-input.csv")
            last=$command
        fi
        assert_close "$(cell "$row" "$column")" "$value" 1e-10 || fail "$command: row $row, $column"
        cases=$((cases + 1))
    done <"$ref/measures.tsv"
    [ $cases -ge "$2" ] || fail "only $cases values"
}

@test "entropies, joint and conditional, by group, with weights and corrected, are those of SciPy" {
    assert_measures entropy 80
}

@test "mutual information, conditional, by group and with weights, and its standard error are those of SciPy" {
    assert_measures mutual-info 30
}

@test "locations, their errors and influence, by group and with weights, are those of SciPy" {
    assert_measures mle-location 120
}

@test "fits of columns by group and with weights have the likelihoods of SciPy" {
    assert_measures mle-laplace 16
    assert_measures mle-categorical 32
    assert_measures mle-gauss 16
}

@test "gradients at a temperature, of classes, shares and margins, and trimmed losses with weights are those of NumPy" {
    assert_measures loss-eval 60
}
