#!/bin/bash
# Whether the committed manual pages and completions are those that `make docs` would make, no others lie about, and the
# pages are clean mdoc that refers to pages there are. Names every fault.
# Usage: tests/tools/docs.sh MADE DOCUMENT...   (MADE: the directory of the freshly made ones)
set -u
cd "$(dirname "$0")/../.." || exit 1

made=$1
shift
faults=0

# Usage: fault TEXT
fault() {
    echo "$1"
    faults=$((faults + 1))
}

for document in "$@"; do
    cmp -s "$made/$document" "$document" || fault "$document: not what its sources say; run 'make docs'"
done

shopt -s nullglob
for file in man/*.[17] completions/bash/* completions/zsh/* completions/fish/*; do
    [[ " $* " == *" $file "* ]] || fault "$file: nothing makes it; delete it"
done

for page in man/*.[17]; do
    while read -r _ _ name section _; do
        [ -e "man/$name.$section" ] || fault "$page: refers to $name($section), which is not in man/"
    done < <(grep '^\.Xr ' "$page" | sed 's/^\.Xr /.Xr - /' |
        grep -vE ' (gnuplot|gzip|xz|zstd|bzip2|zcat|sort|awk|jq|parallel|make|bash|zsh|fish) ')
done

# Whether the page that .Xr names is installed on this machine is no matter here.
if command -v mandoc >/dev/null; then
    pages=(man/*.[17])
    [ ${#pages[@]} = 0 ] ||
        while read -r message; do
            fault "$message"
        done < <(mandoc -Tlint "${pages[@]}" 2>/dev/null | grep -vE 'referenced manual not found|outdated mandoc.db')
else
    echo "mandoc is not installed: pages not linted"
fi

exit $((faults > 0))
