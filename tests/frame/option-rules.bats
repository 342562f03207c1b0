# The rules between the options of a command (struct command, rules): each is enforced, whatever other options say.

load ../helper

# Usage: required COMMAND — options that the command always requires, with values.
required() {
    case $1 in
    mle-plot) echo "-k trace" ;;
    nn-predict) echo "-m model" ;;
    *-train | loss-eval) echo "-t y" ;;
    posterior) echo "-x p" ;;
    esac
}

@test "every option that has no effect beside another one is refused, as the rules say" {
    rules=0
    for command in "$root"/cmd/*.c; do
        command=$(basename "$command" .c)
        "$command" --view=rules >rules.tsv
        while IFS=$'\t' read -r message options; do
            rules=$((rules + 1))
            # shellcheck disable=SC2046,SC2086
            $command $(required "$command") $options file.csv 2>said && fail "$command $options: accepted"
            grep -qF "$command: $message" said && continue
            # Options that break two rules are refused by the first of them.
            cut -f1 rules.tsv | sed "s/^/$command: /" | grep -qF -f - said || fail "$command $options: $(cat said)"
        done <rules.tsv
    done
    [ "$rules" -ge 250 ]
}

@test "pairs of options that a rule does not name are accepted" {
    printf 'x,y\n1,2\n2,3\n3,5\n4,4\n' >t.csv
    linreg-train -q -t y -o model t.csv
    for options in "--interval 0.9 --precision 3" "--append --precision 3" "--append --interval 0.9" \
        "--to tsv --interval 0.9" "--missing skip --inestimable error" "--unseen missing --inestimable predict"; do
        # shellcheck disable=SC2086
        run --separate-stderr -0 nn-predict -m model $options t.csv
        assert_equal "$stderr" ""
    done
}
