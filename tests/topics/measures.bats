load ../helper

# Usage: assert_measures COMMAND VALUES [FILE...] — the lines of measures.tsv for commands that begin with COMMAND, of
# which there are as many values or more; without FILE of measures-input.csv.
assert_measures() {
    local files=("${@:3}") command cases=0
    while IFS= read -r command; do
        output=$($command "${files[@]:-$ref/measures-input.csv}")
        awk -F'\t' -v OFS='\t' -v command="$command" '$1 == command { print $2, $3, $4, 1e-10 }' "$ref/measures.tsv" \
            >expected
        assert_cells <expected || fail "$command"
        cases=$((cases + $(wc -l <expected)))
    done < <(cut -f1 "$ref/measures.tsv" | grep "^$1" | uniq)
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

@test "divergences of joint Gaussians by group and of smoothed counts by key are those of NumPy and SciPy" {
    mle-gauss --cov --by g -x a,c,b "$ref/measures-input.csv" >p.csv
    mle-gauss --cov --by g -x a,c,b -w w "$ref/measures-input.csv" >q.csv
    assert_measures "kl --gauss" 12 p.csv q.csv
    mle-categorical -x x "$ref/measures-input.csv" >p.csv
    mle-categorical -x x -w w "$ref/measures-input.csv" | tac | sed '$d; 1i column,level,rows,n,p,se' >q.csv
    assert_measures "kl --key" 14 p.csv q.csv
}
