# A small table in many polluted spellings (tests/tools/pollute.sh), and what every command makes of it, shown through
# table-show: by detection alone, and with the options that state how the file is written.

load ../helper

setup_file() {
    "$root/tests/tools/pollute.sh" "$BATS_FILE_TMPDIR"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    made=$BATS_FILE_TMPDIR
}

# Usage: cases STATUS — the names of the cases of that status.
cases() {
    awk -F '\t' -v status="$1" '$2 == status { print $1 }' "$made/cases"
}

# Usage: assert_clean NAME — out is the clean table of the case.
assert_clean() {
    cmp out "$made/$1.csv" || fail "$1 is read otherwise, with the notice: $(cat said)"
}

@test "spellings without doubt are read as the clean table" {
    for name in $(cases read); do
        table-show "$made/$name.in" >out 2>said || fail "$name: $(cat said)"
        assert_clean "$name"
    done
}

@test "other spellings are read as the clean table, and named in a notice" {
    for name in $(cases said); do
        table-show "$made/$name.in" >out 2>said || fail "$name: $(cat said)"
        assert_clean "$name"
        grep -q "^table-show: $made/$name.in: " said || fail "$name: there is no notice"
    done
}

@test "what can be read in two ways is refused, with the option for each" {
    for name in $(cases refused); do
        run -1 --separate-stderr table-show "$made/$name.in"
        [[ $stderr == *"$name.in:"*"; use --"* ]] || fail "$name: $stderr"
    done
}

@test "options that state how a file is written give the clean table" {
    for name in $(cases read) $(cases said) $(cases named); do
        read -r -a options <"$made/$name.options"
        table-show "${options[@]}" "$made/$name.in" >out 2>said || fail "$name: $(cat said)"
        assert_clean "$name"
    done
}

@test "the dialect as options gives the same table as the detection" {
    for name in $(cases read) $(cases said); do
        eval "table-show '$made/$name.in' $(table-show -q --dialect "$made/$name.in")" >out 2>said ||
            fail "$name: $(cat said)"
        assert_clean "$name"
    done
}

@test "a pipe gives the same table as a file, and any number of threads" {
    for name in $(cases read) $(cases said); do
        table-show -q -j 2 <"$made/$name.in" >out 2>said || fail "$name: $(cat said)"
        assert_clean "$name"
    done
}
