#!/bin/bash
# Runs the examples of a manual page (man/NAME.in: literal displays) or of a Markdown file (```console blocks) in a copy of
# share/data, one after the other, and compares what they print, standard error included. "$ command" is run, lines that
# begin with "> " continue it, the lines below are what it prints; a line "..." stands for any lines.
# Usage: tests/examples.sh PAGE   (commands: those of $LIKELY_BIN, default bin/)
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
page=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$root/share/data/." "$scratch" || exit 1
PATH=${LIKELY_BIN:-$root/bin}:$PATH
export LC_ALL=C
unset LIKELY_THREADS NO_COLOR

# The lines of the page that are examples.
examples() {
    case $1 in
    *.md) sed -n '/^```console$/,/^```$/{/^```/!p;}' "$1" ;;
    *) sed -n '/^\.Bd -literal/,/^\.Ed$/{/^\.Bd/d;/^\.Ed/d;s/^\\&//;p;}' "$1" ;;
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

run=0 wrong=0 command=
# Usage: finish — runs the command that has been read and compares.
finish() {
    [ -n "$command" ] || return
    run=$((run + 1))
    (cd "$scratch" && bash -c "$command") </dev/null >"$scratch/.actual" 2>&1
    if ! matches; then
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
