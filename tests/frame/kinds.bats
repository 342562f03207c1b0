load ../helper

# Kinds of wrong numbers: the table of tests/README.md, and figures in the manual.

@test "the tests that tests/README.md lists by kind exist" {
    local cases=0 file name
    while IFS='|' read -r _ _ file name _; do
        file=${file//[\` ]/}
        name=${name# }
        grep -qF "@test \"${name% }\" {" "$root/tests/$file" || fail "$file: $name"
        cases=$((cases + 1))
    done < <(grep '^|.*| `[a-z/_-]*\.bats` | ' "$root/tests/README.md")
    [ $cases -ge 40 ]
}

@test "figures of small samples in the manual are those of the simulation" {
    number() { # N COLUMN
        awk -F, -v n="$1" -v name="$2" '!/^#/ && !named++ { for (i = 1; i <= NF; i++) column[$i] = i }
            $1 == n { print $column[name] }' "$ref/small_samples.csv"
    }
    apart() { # N COLUMN: by how many percent it is off
        awk -v x="$(number "$1" "$2")" 'BEGIN { print 100 * (x > 1 ? x - 1 : 1 - x) }'
    }
    said=$(tr '\n' ' ' <"$root/man/mle-laplace.in")
    assert_regex "$said" "it is $(printf %.2f "$(number 5 laplace_median)") of .* for 5 values from a Laplace"
    for n in 10 30 100; do
        assert_regex "$said" "$(printf %.2f "$(number $n laplace_median)") for $n"
    done
    assert_regex "$said" "too small by $(apart 5 laplace_bias) percent for 5 values"
    assert_regex "$said" "and by $(apart 10 laplace_bias) percent for 10"
    said=$(tr '\n' ' ' <"$root/man/mle-location.in")
    assert_regex "$said" "large by $(printf %.0f "$(apart 10 median_normal)") percent for 10 values"
    for n in 15 20 30 50; do
        awk -v x="$(apart $n median_normal)" 'BEGIN { exit !(x < 20) }'
    done
    awk -v x="$(apart 100 median_normal)" 'BEGIN { exit !(x < 1) }'
}
