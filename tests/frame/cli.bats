load ../helper

# What holds for every command alike; each test goes through all of them.

commands=$(cd "$root/cmd" && printf '%s\n' *.c | sed 's/\.c$//')

# Usage: needed COMMAND FILE — sets `args` to arguments for the options that COMMAND requires: FILE for files, a loss
# for lists, a kind of picture, 1 for all else.
needed() {
    local words word
    args=()
    read -ra words < <("$1" --help)
    for word in "${words[@]:2}"; do
        case $word in
        '['*) break ;;
        -*) args+=("$word") ;;
        FILE | MODEL) args+=("$2") ;;
        LIST) args+=(l2) ;;
        KIND) args+=(trace) ;;
        *) args+=(1) ;;
        esac
    done
    [ "$1" != loss-eval ] || args+=(--loss l2) # one of several options is needed there
}

# Usage: reads_files COMMAND
reads_files() {
    "$1" --help | head -n 1 | grep -q -e FILE -e MODEL
}

# Usage: rows COMMAND — the long names of its options.
rows() {
    "$1" --view=fish | sed -n 's/^complete .* -l \([a-z0-9-]*\) .*/\1/p'
}

# Usage: column_options COMMAND — those whose argument is a column or columns.
column_options() {
    "$1" --view=fish | sed -n 's/^complete .* -l \([a-z0-9-]*\) .*_columns).*/\1/p'
}

@test "there are commands, and each has its table right" {
    [ -n "$commands" ]
    for c in $commands; do
        run -0 "$c" --view=check
        assert_output ""
    done
}

@test "--help shows every option, within 80 columns, and ends with an example" {
    for c in $commands; do
        run --separate-stderr -0 "$c" --help
        assert_equal "$stderr" ""
        assert_regex "${lines[0]}" "^Usage: $c "
        [ "$(awk 'length > 79' <<<"$output")" = "" ] || fail "$c --help is too wide"
        assert_regex "$(tail -n 2 <<<"$output")" $'^Example:\n  .*'"$c"
        sed -nE 's/^  (-., |    )--([a-z0-9-]+)( .*)?$/\2/p' <<<"$output" | sort | diff <(rows "$c" | sort) -
        assert_line 'General:'
    done
}

@test "--help and --version win over what else is missing or to be read" {
    for c in $commands; do
        run --separate-stderr -0 "$c" --version no-such-file
        assert_regex "$output" "^$c \(likely\) [0-9]+\.[0-9]+\.[0-9]+$"
        run -0 "$c" no-such-file --help
    done
}

@test "-h and -V are letters of --help and --version" {
    for c in $commands; do
        assert_equal "$("$c" -h)" "$("$c" --help)"
        assert_equal "$("$c" -V)" "$("$c" --version)"
    done
}

@test "spellings of other programs are answered where the command has the option" {
    fails 2 "nn-train: unknown option '--lr'; did you mean '--learning-rate'?; try 'nn-train --help'" nn-train --lr 0.1
    fails 2 "nn-train: unknown option '--hidden'; did you mean '--layers'?; try 'nn-train --help'" nn-train --hidden 5
    fails 2 "mle-gauss: unknown option '--json'; did you mean '--to json'?; try 'mle-gauss --help'" mle-gauss --json
    fails 2 "mle-gauss: unknown option '--group'; did you mean '--by'?; try 'mle-gauss --help'" mle-gauss --group a
    fails 2 "mle-gauss: unknown option '--features'; did you mean '--columns'?; try 'mle-gauss --help'" \
        mle-gauss --features a
    fails 2 "logreg-train: unknown option '--columns'; did you mean '--features'?; try 'logreg-train --help'" \
        logreg-train --columns a
    fails 2 "logreg-train: unknown option '--label'; did you mean '--target'?; try 'logreg-train --help'" \
        logreg-train --label a
    fails 2 "logreg-train: unknown option '--C'; use --l2 with the value 1/C; try 'logreg-train --help'" \
        logreg-train --C 1
    fails 2 "logreg-train: unknown option '--json'; try 'logreg-train --help'" logreg-train --json
    fails 2 "kl: unknown option '-n'; did you mean '-j'?; try 'kl --help'" kl -n 4
    fails 2 "logreg-train: --solver: invalid value 'lbgfs': expected auto, newton, newton-cg, lbfgs, gd, sgd or"\
" online; did you mean 'lbfgs'?; try 'logreg-train --help'" \
        logreg-train -t y --solver lbgfs
}

@test "an unknown option is named, with the one that was meant" {
    for c in $commands; do
        fails 2 "$c: unknown option '--qiet'; did you mean '--quiet'?; try '$c --help'" "$c" --qiet
        fails 2 "$c: unknown option '--qiet'; did you mean '--quiet'?; try '$c --help'" "$c" x --qiet=3 y
        fails 2 "$c: unknown option '--xyzxyzxyz'; try '$c --help'" "$c" --xyzxyzxyz
        fails 2 "$c: unknown option '-%'; try '$c --help'" "$c" -q%
        fails 2 "$c: unknown option '--a\\x1b[1m'; try '$c --help'" "$c" $'--a\e[1m'
    done
}

@test "the beginning of an option is enough where it fits one only" {
    for c in $commands; do
        fails 2 "$c: ambiguous option '--ver': '--verbose' or '--version'; try '$c --help'" "$c" --ver
        run -0 "$c" --versi
        run -0 "$c" --hel
    done
}

@test "arguments of options are checked before anything is read" {
    for c in $commands; do
        fails 2 "$c: --threads: invalid value '0': expected a number of at least 1; try '$c --help'" "$c" -j0 missing
        fails 2 "$c: --threads: invalid value 'two': expected a whole number; try '$c --help'" \
            "$c" --threads two missing
        fails 2 "$c: --seed: invalid value '1.5': expected a whole number; try '$c --help'" "$c" --seed=1.5 missing
        fails 2 "$c: --seed requires a value; try '$c --help'" "$c" missing --seed
        fails 2 "$c: --quiet takes no value; try '$c --help'" "$c" --quiet=no missing
    done
}

@test "a size is a number of bytes, 1 at least, and a delimiter no quote, whether they matter or not" {
    for c in $commands; do
        if rows "$c" | grep -qx memory; then
            for size in '' M x 4X 0 0.5 -5M nan 1e30; do
                fails 2 "$c: --memory: invalid value '$size': expected a size such as 500M or 4G; try '$c --help'" \
                    "$c" --memory "$size" missing
            done
        fi
        rows "$c" | grep -qx delimiter || continue
        for byte in '"' $'\n' $'\r'; do
            shown=${byte/$'\n'/\\x0a} shown=${shown/$'\r'/\\x0d}
            fails 2 "$c: --delimiter: invalid value '$shown': expected one character, neither a quote nor a line end,"\
" or 'tab'; try '$c --help'" "$c" -d "$byte" missing
        done
    done
}

@test "standard input can be named once" {
    for c in $commands; do
        reads_files "$c" || continue
        needed "$c" 1
        fails 2 "$c: unexpected operand '-': expected standard input once, not 2 times; try '$c --help'" \
            "$c" "${args[@]}" - "$data/iris.csv" -
    done
}

@test "LIKELY_THREADS must be a number of threads" {
    for c in $commands; do
        reads_files "$c" || continue
        needed "$c" missing
        fails 2 "$c: LIKELY_THREADS: invalid value 'many': expected a whole number from 1 to 1024; try '$c --help'" \
            env LIKELY_THREADS=many "$c" "${args[@]}" missing
        fails 2 "$c: LIKELY_THREADS: invalid value '0': expected a whole number from 1 to 1024; try '$c --help'" \
            env LIKELY_THREADS=0 "$c" "${args[@]}" missing
        fails 1 "$c: missing: cannot open: No such file or directory" \
            env LIKELY_THREADS=many "$c" -j2 "${args[@]}" missing
    done
}

@test "an option that is required is asked for" {
    for c in $commands; do
        needed "$c" missing
        if [ ${#args[@]} -gt 0 ]; then
            run --separate-stderr -2 "$c" missing
            assert_equal "$output" ""
            assert_regex "$stderr" "^$c: missing --[a-z0-9-]+; try '$c --help'$"
        fi
    done
}

@test "a file that is not there is named, whatever its name" {
    for c in $commands; do
        reads_files "$c" || continue
        needed "$c" missing
        fails 1 "$c: missing: cannot open: No such file or directory" "$c" "${args[@]}" missing
        needed "$c" $'two\nlines\e[1m'
        fails 1 "$c: two\\x0alines\\x1b[1m: cannot open: No such file or directory" "$c" "${args[@]}" $'two\nlines\e[1m'
        needed "$c" $'gr\xf6\xdfe\xc2\x9bm'
        fails 1 "$c: gr\\xf6\\xdfe\\xc2\\x9bm: cannot open: No such file or directory" \
            "$c" "${args[@]}" $'gr\xf6\xdfe\xc2\x9bm'
        needed "$c" ''
        fails 1 "$c: '': cannot open: No such file or directory" "$c" "${args[@]}" ''
        needed "$c" -missing
        fails 1 "$c: -missing: cannot open: No such file or directory" "$c" "${args[@]}" -- -missing
    done
}

@test "a directory is no input" {
    mkdir folder
    for c in $commands; do
        reads_files "$c" || continue
        needed "$c" folder
        run --separate-stderr -1 "$c" "${args[@]}" folder
        assert_equal "$output" ""
        assert_regex "$stderr" "^$c: folder: .*[Ii]s a directory$"
    done
}

@test "closed standard input is an error, and no file takes its place" {
    for c in $commands; do
        reads_files "$c" || continue
        needed "$c" -
        [[ " ${args[*]} " != *" - "* ]] || args+=("$data/iris.csv") # a model comes from there, rows do not
        run --separate-stderr -1 bash -c '"$@" <&-' - "$c" "${args[@]}"
        assert_equal "$output" ""
        assert_equal "$stderr" "$c: standard input: cannot read: Bad file descriptor"
    done
}

@test "closed or full standard output is an error" {
    for c in $commands; do
        for option in --help --version --view=bash; do
            fails 1 "$c: standard output: cannot write: Bad file descriptor" bash -c '"$@" >&-' - "$c" $option
            [ -e /dev/full ] || continue
            fails 1 "$c: standard output: cannot write: No space left on device" \
                bash -c '"$@" >/dev/full' - "$c" $option
        done
    done
}

@test "a result that cannot be written is an error" {
    local tried=0
    for c in $commands; do
        needed "$c" "$data/iris.csv"
        "$c" -q "${args[@]}" "$data/iris.csv" >result 2>&1 && [ -s result ] || continue
        tried=$((tried + 1))
        fails 1 "$c: standard output: cannot write: Bad file descriptor" \
            bash -c '"$@" >&-' - "$c" -q "${args[@]}" "$data/iris.csv"
        [ -e /dev/full ] || continue
        fails 1 "$c: standard output: cannot write: No space left on device" \
            bash -c '"$@" >/dev/full' - "$c" -q "${args[@]}" "$data/iris.csv"
    done
    [ $tried -gt 0 ]
}

@test "neither the locale nor anything else of the environment changes a result" {
    local comma=nonsense locale tried=0
    for locale in $(locale -a); do # a decimal comma, where there is such a locale
        [ "$(LC_ALL=$locale locale decimal_point)" != , ] || comma=$locale
    done
    mkdir "an öther place"
    for c in $commands; do
        needed "$c" "$data/iris.csv"
        "$c" -q "${args[@]}" "$data/iris.csv" >usual 2>&1 || continue
        tried=$((tried + 1))
        env -i PATH="$PATH" "$c" -q "${args[@]}" "$data/iris.csv" >bare 2>&1
        (cd "an öther place" && env LC_ALL=$comma LANGUAGE=tr TERM=dumb COLUMNS=-3 LINES=x TZ=:/etc/passwd \
            POSIXLY_CORRECT=1 \
            NO_COLOR=1 HOME= "$c" -q "${args[@]}" "$data/iris.csv" >../odd 2>&1)
        cmp usual bare
        cmp usual odd
    done
    [ $tried -gt 0 ]
}

@test "a page without prose is still made" {
    for c in $commands; do
        run -0 "$c" --view=man </dev/null
        assert_line ".Nm $c"
        fails 2 "$c: there is no view 'woman'; try '$c --help'" "$c" --view=woman
    done
}

@test "closed standard error takes nothing but the message" {
    for c in $commands; do
        run -2 bash -c '"$@" 2>&-' - "$c" --xyzxyzxyz
        assert_output ""
    done
}

@test "manual page and completions are there and current" {
    for c in $commands; do
        "$c" --view=man <"$root/man/$c.in" | diff - "$root/man/$c.1"
        "$c" --view=bash | diff - "$root/completions/bash/$c"
        "$c" --view=zsh | diff - "$root/completions/zsh/_$c"
        "$c" --view=fish | diff - "$root/completions/fish/$c.fish"
    done
}

@test "the columns of the first input on the command line are known to completion" {
    printf 'a b,$(touch evaluated),age\n1,2,3\n' >odd.csv
    printf 'other\n1\n' >other.csv
    for c in $commands; do
        run -0 "$c" --complete-columns odd.csv
        assert_output $'a b\n$(touch evaluated)\nage'
        run -0 "$c" --complete-columns missing -qj other.csv -q --threads=2 --seed other.csv --threads other.csv -- \
            odd.csv other.csv
        assert_line age
        run -0 "$c" --complete-columns missing
        assert_output ""
    done
}

# Usage: bash_completes WORD... — what Tab offers behind the words, the last of which is being typed.
bash_completes() {
    env -i PATH="$PATH" bash --norc -c '
        source <("$1" --view=bash)
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        "$(complete -p "$1" | sed "s/.*-F \([^ ]*\) .*/\1/")"
        printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}

@test "bash completes options, choices, files, and columns without evaluating their names" {
    printf 'a b,$(touch evaluated),age\n1,2,3\n' >odd.csv
    for c in $commands; do
        run -0 bash_completes "$c" --verb
        assert_output "--verbose"
        run -0 bash_completes "$c" odd
        assert_output "odd.csv"
        run -0 bash_completes "$c" --seed ''
        assert_output ""
        for option in $(column_options "$c"); do
            run -0 bash_completes "$c" odd.csv "--$option" ''
            assert_equal "$(grep -vxE 'auto|all' <<<"$output")" $'a\\ b\n\\$\\(touch\\ evaluated\\)\nage'
            run -0 bash_completes "$c" odd.csv "--$option" = ag
            assert_output age
        done
        if rows "$c" | grep -qx to; then
            run -0 bash_completes "$c" --to cs
            assert_output csv
        fi
    done
    assert_not_exists evaluated
}

@test "words that may stand for columns are completed in all shells" {
    run -0 bash_completes linreg-train --categorical au
    assert_output auto
    run -0 bash_completes linreg-train --heteroscedastic al
    assert_output all
    run -0 bash_completes nn-train --class-weight ''
    assert_output balanced
    run -0 zsh_completes logreg-train
    assert_line --partial ':COLUMNS|auto:{ compadd - auto; _sequence _likely_logreg_train_columns }'
    assert_line --partial ':balanced|LABEL=W,...:(balanced)'
    command -v fish >/dev/null || skip "fish is not installed"
    run -0 fish_completes logreg-train 'logreg-train --categorical '
    assert_line --regexp '^auto'
    run -0 fish_completes logreg-train 'logreg-train --class-weight '
    assert_line --regexp '^balanced'
}

# Usage: fish_completes COMMAND LINE
fish_completes() {
    "$1" --view=fish >"$1.fish"
    fish --no-config -c "source $1.fish; complete -C '$2'"
}

@test "fish completes options, choices and columns" {
    command -v fish >/dev/null || skip "fish is not installed"
    printf 'a_b,$(touch evaluated),age\n1,2,3\n' >odd.csv
    for c in $commands; do
        run -0 fish_completes "$c" "$c --verb"
        assert_output --regexp '^--verbose'
        for option in $(column_options "$c"); do
            run -0 fish_completes "$c" "$c odd.csv --$option "
            assert_line --regexp '^age'
            assert_line --regexp '^\$\(touch evaluated\)'
        done
    done
    assert_not_exists evaluated
}

# Usage: zsh_completes COMMAND — the specifications it gives to _arguments, then the columns of odd.csv.
zsh_completes() {
    "$1" --view=zsh >"_$1"
    zsh -f -c '_arguments() { print -rl -- "$@" }
        compadd() { print -rl -- COLUMNS ${(P)@[-1]} }
        source ./_$1
        words=($1 odd.csv -q ""); _likely_${1//[^a-zA-Z0-9]/_}_columns' - "$1"
}

@test "zsh completes options and columns" {
    command -v zsh >/dev/null || skip "zsh is not installed"
    printf 'a b,$(touch evaluated),age\n1,2,3\n' >odd.csv
    for c in $commands; do
        run -0 zsh_completes "$c"
        assert_line --regexp '--verbose.*\[write details of the work to standard error\]'
        assert_equal "$(sed '1,/^COLUMNS$/d' <<<"$output")" $'a b\n$(touch evaluated)\nage'
        for row in $(rows "$c"); do
            assert_line --regexp "^(\(-. --$row\))?(-.[+]?|--$row=?)"
        done
    done
    assert_not_exists evaluated
}
