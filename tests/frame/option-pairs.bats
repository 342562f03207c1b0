# All pairs of options of each command: an option that has no effect beside another one is refused, or a notice says so.
# tests/frame/pairs/NAME.txt has samples of the options, and the few pairs that are allowed, with the reason.

load ../helper

setup_file() {
    make -s -C "$root" build/tools/pairs
}

@test "every option has an effect beside every other one, or is refused, or a notice tells" {
    bash "$root/tests/frame/pairs/fixtures.sh"
    printf '%s\n' "$root"/cmd/*.c | sed 's|.*/||; s|\.c$||' |
        xargs -P "$(nproc)" -I{} sh -c '"$0" "$2" "$1/common.txt" "$1/$2.txt" >"$2.pairs" || cat "$2.pairs"' \
            "$root/build/tools/pairs" "$root/tests/frame/pairs" {} >faults
    [ ! -s faults ] || fail "$(cat faults)"
    assert_equal "$(cat ./*.pairs | wc -l)" "$(printf '%s\n' "$root"/cmd/*.c | wc -l)"
}
