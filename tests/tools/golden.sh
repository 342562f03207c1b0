#!/bin/bash
# Runs the examples of the manual pages and of the README and writes what they print now in place of what stands there.
# Examples in which "..." stands for lines are left alone. Look at the difference before committing it.
# Usage: tests/tools/golden.sh [PAGE...]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
export PATH=${LIKELY_BIN:-$root/bin}:$PATH LC_ALL=C
unset LIKELY_THREADS NO_COLOR

# Usage: show COMMAND OLD — what stands below the command.
show() {
    if grep -qx '\.\.\.' <<<"$2"; then
        printf '%s' "$2"
    else
        (cd "$scratch" && eval "${1//\\e$'\n'/\\$'\n'}" 2>&1) | sed "s/^[.']/\\\\\\&&/" || true
    fi
}

# The page with its examples run anew, from standard input to standard output.
rewrite() {
    local inside='' command='' old='' line
    while IFS= read -r line; do
        if [ -n "$command" ]; then
            case $line in
            '> '*) command+=$'\n'${line#> } && printf '%s\n' "$line" && continue ;;
            '$ '* | .Ed | '```') show "$command" "$old" ;;
            *) old+=$line$'\n' && continue ;;
            esac
            command='' old=''
        fi
        case $line in
        '.Bd -literal'* | '```console') inside=1 ;;
        .Ed | '```') inside= ;;
        '$ '*) [ -z "$inside" ] || command=${line#\$ } ;;
        esac
        printf '%s\n' "$line"
    done
}

[ $# -gt 0 ] || set -- "$root"/man/*.in "$root/README.md"
for page in "$@"; do
    scratch=$(mktemp -d)
    cp -R "$root/share/data/." "$scratch"
    rewrite <"$page" >"$scratch/page"
    cmp -s "$scratch/page" "$page" || { cp "$scratch/page" "$page" && echo "changed: $page"; }
    rm -rf "$scratch"
done
