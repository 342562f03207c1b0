#!/bin/bash
# The include rule: a file of lib/ includes headers of its own folder or of folders earlier in this list, and only cmd/ and
# lib/cli include lib/cli. Names every breach, and what the library, or any file, must not call.
set -eu
cd "$(dirname "$0")/.."

layers=(base math data family fit file cli)
breaches=0
for i in "${!layers[@]}"; do
    allowed=$(IFS='|'; echo "${layers[*]:0:i+1}")
    while IFS=: read -r file line include; do
        echo "$file:$line: $include is of a later layer than ${layers[i]}"
        breaches=$((breaches + 1))
    done < <(grep -nHoE '^#include "[a-z]+/[^"]+"' "lib/${layers[i]}"/*.[ch] | grep -vE "\"($allowed)/")
done
while IFS=: read -r file line what; do
    echo "$file:$line: the library neither prints, nor exits, nor reads the environment: $what"
    breaches=$((breaches + 1))
done < <(grep -nHE '\b(printf|fprintf|puts|perror|exit|abort|getenv) *\(' $(ls lib/*/*.[ch] | grep -v -e ^lib/cli/ -e ^lib/base/mem.c))
while IFS=: read -r file line what; do
    echo "$file:$line: what is read and written does not depend on the locale: $what"
    breaches=$((breaches + 1))
done < <(grep -nHE '\b(setlocale|newlocale|uselocale) *\(' cmd/*.[ch] lib/*/*.[ch])
exit $((breaches > 0))
