#!/bin/bash
# Runs the examples of a manual page (man/NAME.in: literal displays) or of a Markdown file (```console blocks) in a copy
# of share/data, one after the other, and compares what they print, standard error included. "$ command" is run, lines
# that begin with "> " continue it, the lines below are what it prints; a line "..." stands for any lines. Of pictures
# that gnuplot draws as text the pages show those of gnuplot 5.4; of any other release's the words are compared only.
# Usage: tests/tools/examples.sh PAGE   (commands: those of $LIKELY_BIN, default bin/)
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
page=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$root/share/data/." "$scratch" || exit 1
PATH=${LIKELY_BIN:-$root/bin}:$PATH
export LC_ALL=C
unset LIKELY_THREADS NO_COLOR

# Usage: literals PAGE — the lines of its literal displays.
literals() {
    sed -n '/^\.Bd -literal/,/^\.Ed$/{/^\.Bd/d;/^\.Ed/d;s/^\\&//;p;}' "$1"
}

# Usage: examples PAGE — the lines of the page that are examples.
examples() {
    # shellcheck disable=SC2016 # the quotes of Markdown
    case $1 in
    *.md) sed -n '/^```console$/,/^```$/{/^```/!p;}' "$1" ;;
    *.[2-8].in) literals "$1" | sed 's/\\e/\\/g' ;; # these pages are mdoc as they stand
    *) literals "$1" ;;
    esac
}

# Usage: matches — whether the lines of `actual` are those of `wanted`, "..." there standing for any.
matches() {
    awk 'NR == FNR { wanted[++w] = $0; next } { actual[++a] = $0 }
        END { exit !fits(1, 1) }
        function fits(i, j) {
            for (; i <= w; i++) {
                if (wanted[i] == "...") {
                    for (; j <= a + 1; j++)
                        if (fits(i + 1, j))
                            return 1
                    return 0
                }
                if (j > a || wanted[i] != actual[j])
                    return 0
                j++
            }
            return j > a
        }' "$scratch/.wanted" "$scratch/.actual"
}

# Usage: is_other_picture — whether what is wanted is a picture, by its frame, and this gnuplot is not that which drew
# it.
is_other_picture() {
    [[ $command == *mle-plot* ]] && grep -q '+-----*+$' "$scratch/.wanted" && ! gnuplot --version 2>/dev/null |
        grep -q '^gnuplot 5\.4 '
}

# Usage: words FILE — what is written in a picture, once each; o and x are points, repeated letters lines.
words() {
    grep -oE '[A-Za-z_]{2,}' "$1" | grep -vE '^[ox]*$|^(.)\1*$' | sort -u
}

# Usage: looks_alike — whether the pictures in `actual` have the words of those in `wanted`, and frames of about their
# width.
looks_alike() {
    [ "$(words "$scratch/.wanted")" = "$(words "$scratch/.actual")" ] &&
        awk 'FNR == 1 { file++ } { n = length($0); if (n > width[file]) width[file] = n; lines[file]++ }
            END { exit !(width[2] > 0.8 * width[1] && width[2] < 1.2 * width[1] &&
                    lines[2] > 0.8 * lines[1] && lines[2] < 1.2 * lines[1]) }' \
            "$scratch/.wanted" "$scratch/.actual"
}

run=0 wrong=0 command=
# Usage: finish — runs the command that has been read and compares.
finish() {
    [ -n "$command" ] || return
    run=$((run + 1))
    (cd "$scratch" && bash -c "$command") </dev/null >"$scratch/.actual" 2>&1
    if ! matches && ! { is_other_picture && looks_alike; }; then
        wrong=$((wrong + 1))
        printf '%s: $ %s\n' "${page##*/}" "$command"
        diff -u --label 'the page' --label 'the command' "$scratch/.wanted" "$scratch/.actual"
    fi
    command=
}

touch "$scratch/.wanted"
while IFS= read -r line; do
    case $line in
    '$ '*)
        finish
        command=${line#'$ '}
        : >"$scratch/.wanted"
        ;;
    '> '*)
        command+=$'\n'${line#'> '}
        ;;
    *)
        printf '%s\n' "$line" >>"$scratch/.wanted"
        ;;
    esac
done < <(examples "$page")
finish

echo "${page##*/}: $run examples, $wrong wrong"
[ "$run" -gt 0 ] && [ "$wrong" = 0 ]
