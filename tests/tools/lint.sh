#!/bin/bash
# Static checks. Prints every finding; fails if there is one.
# Usage: tests/tools/lint.sh layout    C is laid out as clang-format does it
#        tests/tools/lint.sh columns   no line of C, shell, make and bats is longer than 120 columns
#        tests/tools/lint.sh shell     shellcheck over the scripts and the bats files
#        tests/tools/lint.sh cppcheck  cppcheck over lib/ and cmd/
#        tests/tools/lint.sh tidy FILE.c...   clang-tidy with the checks of .clang-tidy
# Another release of a tool finds other things. The releases below are those that must find nothing here; what another
# one finds is printed and does not count, and another clang-format is not asked at all.
set -u
cd "$(dirname "$0")/../.." || exit 1
declare -A release=([clang-format]=14 [clang-tidy]=14 [cppcheck]=2.10 [shellcheck]=0.9)
# Of bats files shellcheck does not know that bats sets variables (2154) that the helper and tests read (2034, 2128,
# 2178), that a test is a subshell (2030, 2031), that words are to be split (2086), that formats come from a list
# (2059), that a file is written and read in turn (2094), that cat makes a pipe (2002), and what awk, sed and C are
# (1003, 2001, 2016, 2028).
apart=SC1003,SC2001,SC2002,SC2016,SC2028,SC2030,SC2031,SC2034,SC2059,SC2086,SC2094,SC2128,SC2140,SC2154,SC2178

# Usage: find_tool NAME — sets `tool` to the command, NAME or NAME-RELEASE, and `counts` to whether its findings do.
find_tool() {
    local version
    for tool in "$1" "$1-${release[$1]}"; do
        counts=1
        version=$("$tool" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
        [[ $version. != "${release[$1]}".* ]] || return 0
    done
    tool=$1 counts=0
    if command -v "$tool" >/dev/null; then
        echo "notice: this $1 is not of release ${release[$1]}: what it finds does not count"
    else
        echo "notice: $1 is not installed: not checked"
        tool=:
    fi
}

# Usage: ask ARG... — runs the tool.
ask() {
    "$tool" "$@" || [ "$counts" = 0 ]
}

# Usage: files PATTERN... — the files of the project whose names match, without what was built.
files() {
    local tests=() pattern
    for pattern; do
        tests+=(-o -name "$pattern")
    done
    find .ci Makefile cmd lib share tests -type f \( "${tests[@]:1}" \) ! -path 'tests/ref/*' | sort
}

case ${1-} in
layout)
    find_tool clang-format
    [ "$counts" = 1 ] || exit 0
    files '*.[ch]' | xargs "$tool" --dry-run -Werror
    ;;
columns)
    long=$(files '*.[ch]' '*.sh' '*.bats' '*.bash' '*.mk' Makefile deps run |
        LC_ALL=C.UTF-8 xargs grep -nHE '^.{121,}$')
    printf '%s' "${long:+$long$'\n'}"
    [ -z "$long" ]
    ;;
shell)
    find_tool shellcheck
    mapfile -t scripts < <(files '*.sh' deps run '*.bash')
    mapfile -t tests < <(files '*.bats')
    ask -e SC2140 "${scripts[@]}" && ask -e "$apart" "${tests[@]}"
    ;;
cppcheck)
    find_tool cppcheck
    # Not believed: what gcc, clang and ASan know better (uninitvar), and values that it thinks possible
    # (invalidFunctionArg).
    ask -q -j"$(nproc)" --std=c11 --enable=warning,performance,portability --error-exitcode=1 --inline-suppr -Ilib \
        --suppress=uninitvar --suppress=invalidFunctionArg --suppress=invalidPointerCast --suppress=shiftNegativeLHS \
        lib cmd
    ;;
tidy)
    find_tool clang-tidy
    shift
    ask --quiet "$@" -- -std=c17 -D_POSIX_C_SOURCE=200809L -Ilib -Ibuild -pthread 2> >(grep -vE 'warnings? generated' \
        >&2)
    ;;
*)
    sed -n '3,7s/^# //p' "$0" >&2
    exit 2
    ;;
esac
