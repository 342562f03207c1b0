# How results are written: formats, files, pipes and what interrupts them; shown through mle-gauss and others.

load ../helper

mode() {
    stat -c %a "$1"
}

# Usage: await CONDITION... — until the command succeeds, ten seconds at most.
await() {
    for _ in {1..1000}; do
        ! "$@" || return 0
        sleep 0.01
    done
    return 1
}

has_files() {
    [ "$(find . -name "$1" | wc -l)" -gt 0 ]
}

# ---- formats ----

@test "--to csv, tsv, json and table hold the same" {
    table=$'a,"b ""x"""\n1,-2.5\n2,1e300\n'
    printf '%s' "$table" >t.csv
    run -0 mle-gauss --to csv t.csv
    assert_line --index 2 --partial '"b ""x""",2,0,5e299,'
    run -0 mle-gauss --to tsv t.csv
    assert_line --index 2 --partial $'"b ""x"""\t2\t0\t5e299\t'
    run -0 mle-gauss --to json t.csv
    assert_line --index 0 "["
    assert_line --index 1 --regexp '^ \{"column": "a", "n": 2, "missing": 0, "mean": 1\.5, .*\},$'
    assert_line --index 2 --regexp '^ \{"column": "b \\"x\\"", "n": 2, "missing": 0, "mean": 5e299, .*\}$'
    assert_line --index 3 "]"
    run -0 mle-gauss --to table t.csv
    assert_line --index 1 --regexp '^a       2        0    1\.5 '
    assert_line --index 2 --regexp '^b "x"   2        0  5e299 '
}

@test "NaN is an empty cell and null, infinity is inf in every format" {
    assert_equal "$(mle-gauss <<<$'a\n7' | tail -n 1)" a,1,0,7,0,0,,,,inf
    assert_equal "$(mle-gauss --to tsv <<<$'a\n7' | tail -n 1)" $'a\t1\t0\t7\t0\t0\t\t\t\tinf'
    run -0 mle-gauss --to json <<<$'a\n7'
    assert_output --partial '"sample_variance": null, '
    assert_output --partial '"loglik_nats": "inf"}'
}

@test "--precision counts significant digits" {
    assert_equal "$(mle-gauss --precision 3 <<<$'a\n1\n1\n2' | cut -d, -f 4-6 | tail -n 1)" 1.33,0.222,0.471
    assert_equal "$(mle-gauss --precision 17 <<<$'a\n0.1\n0.1' | cut -d, -f 4 | tail -n 1)" 0.10000000000000001
    assert_equal "$(mle-gauss <<<$'a\n0.1\n0.1' | cut -d, -f 4 | tail -n 1)" 0.1
    fails 2 "mle-gauss: --precision: invalid value '0': expected a number of at least 1; try 'mle-gauss --help'" \
        mle-gauss --precision 0 t.csv
    fails 2 "mle-gauss: --precision: invalid value '18': expected a number of at most 17; try 'mle-gauss --help'" \
        mle-gauss --precision 18 t.csv
    fails 2 "mle-gauss: --precision: invalid value '1.5': expected a whole number; try 'mle-gauss --help'" \
        mle-gauss --precision 1.5 t.csv
}

# Usage: counts COLUMNS COMMAND [ARG...] — the columns, separated by commas, of its CSV.
counts() {
    local columns=$1
    shift
    "$@" | awk -F, -v names="$columns" '
        NR == 1 { for (n = split(names, name, ","); n > 0; n--) for (i = 1; i <= NF; i++) if ($i == name[n]) wanted[i] }
        { for (i = 1; i <= NF; i++) if (i in wanted) printf "%s,", $i; print "" }'
}

# Usage: keeps_counts COLUMNS COMMAND [ARG...] — the columns are there, and --precision 1 leaves them as they are.
keeps_counts() {
    counts "$@" >whole
    counts "$@" --precision 1 >rounded
    assert_equal "$(head -n 1 whole | tr -cd , | wc -c)" "$(printf '%s,' "$1" | tr -cd , | wc -c)"
    grep -q "[1-9].*[1-9]" whole
    diff whole rounded
}

@test "--precision leaves counts as they are, in every command" {
    awk -v OFS=, 'BEGIN { print "x,y,c,w,f";
        for (i = 0; i < 2123; i++) print i % 17 + i / 8, i % 2, "abc" i % 3, 1 + i % 2, 47 }' >t.csv
    keeps_counts n,weight mle-gauss -x x -w w t.csv
    keeps_counts n,weight mle-gauss --joint -x x,y,f -w f t.csv
    keeps_counts n mle-gauss --cov -x x,y t.csv
    keeps_counts n,weight mle-location -l l1 -x x -w w t.csv
    keeps_counts n,weight mle-laplace -x x -w w t.csv
    keeps_counts n mle-categorical -x c -w w t.csv
    keeps_counts n mle-categorical --summary -x c t.csv
    keeps_counts n entropy -x c -w w t.csv
    keeps_counts n,distinct entropy -x x t.csv
    keeps_counts n mutual-info -x c,y -w w t.csv
    sed 13q t.csv >few.csv
    keeps_counts n kl -x f,w few.csv
    awk -v OFS=, 'BEGIN { print "y,p"; for (i = 0; i < 2123; i++) print i % 2, i % 10 / 10 + 0.05 }' >p.csv
    keeps_counts n,sum loss-eval -t y -p p -l accuracy p.csv
    keeps_counts n,weight loss-eval -t y -p p --confusion p.csv
    keeps_counts n loss-eval -t y -p p --calibration 5 p.csv
    keeps_counts n mle-plot -k gauss -x x --bins 5 --to csv t.csv
    keeps_counts n mle-plot -k reliability -t y -p p --to csv p.csv
    printf 'rows,loss\n2120,1.5\n2123,1.25\n' >trace
    keeps_counts rows mle-plot -k trace --to csv trace
}

@test "--precision leaves counts in models as they are" {
    awk -v OFS=, 'BEGIN { print "x,y,w"; for (i = 0; i < 2123; i++) print i % 17, (i % 5 > 2), 1 + i % 2 }' >t.csv
    logreg-train -t y -x x -w w -o model t.csv
    run -0 model-show --precision 1 model
    assert_line --regexp '^rows +2123$'
    run -0 model-show --precision 1 --to json model
    assert_line --partial '"rows": 2123'
    linreg-train -t y -x x -w w -o model t.csv
    run -0 model-show --precision 1 model
    assert_line --regexp "^residual df +3182$"
    run -0 model-show --precision 1 --to json model
    assert_line --partial '"df_residual": 3182'
}

@test "sums of counts are written without an exponent" {
    assert_equal "$(mle-categorical -w w <<<$'c,w\na,1e17\nb,123456789012345678' | cut -d, -f 4)" \
        $'weight\n100000000000000000\n123456789012345680'
    assert_equal "$(mle-categorical -w w --precision 2 <<<$'c,w\na,2120.5\nb,2' | cut -d, -f 4)" $'weight\n2100\n2'
}

@test "a table is aligned by characters and shows control characters" {
    printf 'g,x\n\303\274\303\274,1\nabc,2\na\033b,3\n' >t.csv
    mle-gauss -g g --to table -x x t.csv >out
    grep -q '^üü      x ' out
    grep -q '^abc     x ' out
    grep -q '^a\\x1bb  x ' out
}

@test "JSON of text that is not UTF-8 is still JSON" {
    printf 'g,x\n\374,1\n' | mle-gauss --encoding utf-8 -g g --to json >out
    grep -qF $'{"g": "\357\277\275", ' out
}

@test "results read back as they were written" {
    printf 'g,x\n"two\nlines",1\n" a, ""b""\t",2\n' >t.csv
    for format in csv tsv; do
        mle-gauss -g g --to $format t.csv | mle-gauss -q -g g -x mean --to csv | cut -d, -f 1-5 >out
        assert_equal "$(cat out)" $'g,column,n,missing,mean\n"two\nlines",mean,1,0,1\n" a, ""b""\t",mean,1,0'
    done
}

@test "a single column of predictions keeps a record for every row" {
    logreg-train -q --l2 1 -t y -o model - <<<$'a,y\n1,0\n2,1\n3,1'
    nn-predict -m model --missing skip <<<$'a\nNA\n9' >out
    assert_equal "$(sed -n 2p out)" '""'
    assert_equal "$(mle-gauss out | cut -d, -f 2,3 | tail -n 1)" 1,1
}

# ---- files ----

@test "-o makes a file with the permissions that the umask leaves" {
    for mask in 022 077 002; do
        (umask $mask && mle-gauss -o out-$mask "$files/good-plain.csv")
        mle-gauss "$files/good-plain.csv" | cmp - out-$mask
    done
    assert_equal "$(mode out-022) $(mode out-077) $(mode out-002)" "644 600 664"
    assert_equal "$(echo *)" "out-002 out-022 out-077"
}

@test "-o keeps the mode of a file it replaces, and what leads to it" {
    echo old >target
    chmod 640 target
    ln target hard
    ln -s target link
    mle-gauss -o link "$files/good-plain.csv"
    assert_equal "$(mode target)" 640
    assert [ -L link ]
    mle-gauss "$files/good-plain.csv" | cmp - target
    assert_equal "$(cat hard)" old
}

@test "-o writes where a link leads though nothing is there yet, and not around a circle of links" {
    mkdir models
    ln -s models/today link
    ln -s "$PWD/link" far
    mle-gauss -o far "$files/good-plain.csv"
    mle-gauss "$files/good-plain.csv" | cmp - models/today
    assert [ -L link ]
    assert [ -L far ]
    ln -s round circle
    ln -s circle round
    fails 1 "mle-gauss: round: cannot open for writing: Too many levels of symbolic links" \
        mle-gauss -o round "$files/good-plain.csv"
    ln -s nowhere/x lost
    fails 1 "mle-gauss: lost: cannot open for writing: No such file or directory" \
        mle-gauss -o lost "$files/good-plain.csv"
}

@test "-o keeps the owner of a file it replaces, where it may" {
    [ "$(id -u)" = 0 ] || skip "only root may give files away"
    echo old >out
    chown 12345:23456 out
    chmod 640 out
    mle-gauss -o out "$files/good-plain.csv"
    assert_equal "$(stat -c '%u %g %a' out)" "12345 23456 640"
}

@test "-o says where nothing can be written" {
    fails 1 "mle-gauss: /proc/nonexistent: cannot open for writing: No such file or directory" \
        mle-gauss -o /proc/nonexistent "$files/good-plain.csv"
    fails 1 "mle-gauss: .: cannot open for writing: Is a directory" mle-gauss -o . "$files/good-plain.csv"
    fails 1 "mle-gauss: $files/good-plain.csv/x: cannot open for writing: Not a directory" \
        mle-gauss -o "$files/good-plain.csv/x" "$files/good-plain.csv"
    [ "$(id -u)" != 0 ] || skip "root may write everywhere else"
    mkdir closed
    echo old >closed/old
    chmod 555 closed
    for name in closed/new closed/old; do
        fails 1 "mle-gauss: $name: cannot open for writing: Permission denied" \
            mle-gauss -o $name "$files/good-plain.csv"
    done
    chmod 755 closed
    assert_equal "$(cat closed/*)" old
    cp "$files/good-plain.csv" secret.csv
    chmod 000 secret.csv
    fails 1 "mle-gauss: secret.csv: cannot open: Permission denied" mle-gauss secret.csv
}

@test "-o /dev/stdout and other names of open files write on in them" {
    result=$(mle-gauss "$files/good-plain.csv")
    { echo before && mle-gauss -o /dev/stdout "$files/good-plain.csv" && echo behind; } >out
    assert_equal "$(cat out)" $'before\n'"$result"$'\nbehind'
    for name in /dev/stdout /dev/fd/1 /proc/self/fd/1; do
        echo old >log
        mle-gauss -o $name "$files/good-plain.csv" >>log
        assert_equal "$(cat log)" $'old\n'"$result"
    done
    mle-gauss -o /dev/fd/7 "$files/good-plain.csv" 7>out
    assert_equal "$(cat out)" "$result"
    mle-gauss -o /dev/stderr "$files/good-plain.csv" 2>out
    assert_equal "$(cat out)" "$result"
    fails 1 "mle-gauss: /dev/fd/99: cannot open for writing: Bad file descriptor" \
        mle-gauss -o /dev/fd/99 "$files/good-plain.csv"
}

@test "-o may name the input itself" {
    cp "$files/good-plain.csv" same.csv
    mle-gauss -o same.csv same.csv
    mle-gauss "$files/good-plain.csv" | cmp - same.csv
}

@test "-o - is standard output, and no file that is called so" {
    run --separate-stderr mle-gauss -o - "$data/iris.csv"
    assert_success
    assert_equal "$output" "$(mle-gauss -q "$data/iris.csv")"
    linreg-train -t petal_width -x petal_length -o - "$data/iris.csv" >width.model
    nn-predict -m width.model -o - "$data/iris.csv" >predicted.csv
    assert_equal "$(wc -l <predicted.csv)" 151
    [ ! -e ./- ]
    fails 2 "nn-train: --checkpoint requires --output; try 'nn-train --help'" \
        nn-train -t species --layers '2 tanh' --checkpoint 1 -o - "$data/iris.csv"
}

@test "-o writes to devices and FIFOs in place" {
    mle-gauss -o /dev/null "$files/good-plain.csv"
    assert [ -c /dev/null ]
    [ ! -e /dev/full ] || fails 1 "mle-gauss: /dev/full: cannot write: No space left on device" \
        mle-gauss -o /dev/full "$files/good-plain.csv"
    mkfifo fifo
    cat fifo >copy &
    mle-gauss -o fifo "$files/good-plain.csv"
    wait $!
    assert [ -p fifo ]
    mle-gauss "$files/good-plain.csv" | cmp - copy
}

@test "-o into what is no directory of ours is an error" {
    for c in mle-gauss "entropy -x 1" kl; do
        fails 1 "${c%% *}: no/where: cannot open for writing: No such file or directory" \
            $c -o no/where "$files/good-plain.csv"
        fails 1 "${c%% *}: '': cannot open for writing: No such file or directory" $c -o '' "$files/good-plain.csv"
        mkdir -p folder
        fails 1 "${c%% *}: folder: cannot open for writing: Is a directory" $c -o folder "$files/good-plain.csv"
    done
    [ "$(id -u)" = 0 ] && return
    mkdir closed && chmod 500 closed
    fails 1 "mle-gauss: closed/out: cannot open for writing: Permission denied" \
        mle-gauss -o closed/out "$files/good-plain.csv"
}

# ---- what interrupts ----

@test "a closed pipe ends a command quietly, as it ends cat" {
    { echo x; seq 300000; } >many.csv
    awk 'BEGIN { print "g,x"; for (i = 0; i < 50000; i++) print i ",1" }' >groups.csv
    logreg-train -q --l2 1 -t y -o model - <<<$'x,y\n1,0\n2,1\n3,1'
    for run in "mle-gauss -g g groups.csv" "nn-predict -m model many.csv" "nn-predict -m model --append many.csv" \
        "softmax --sigmoid many.csv"; do
        bash -c "$run"' 2>err | head -n 1 >first; echo ${PIPESTATUS[0]} >status'
        assert_equal "$run: $(cat status)" "$run: 141"
        assert_equal "$(wc -l <first)" 1
        assert_equal "$(cat err)" ""
        bash -c "trap '' PIPE; $run"' 2>err | head -n 1 >first; echo ${PIPESTATUS[0]} >status'
        assert_equal "$run: $(cat status)" "$run: 1"
        assert_equal "$(cat err)" "${run%% *}: standard output: cannot write: Broken pipe"
    done
}

# Usage: interrupt SIGNAL [VARIABLE=VALUE] — ends a command that writes to `out`, amid its rows; its exit status is that
# of the signal.
interrupt() {
    local id status=0
    [ -p rows ] || mkfifo rows
    [ -e model ] || logreg-train -q --l2 1 -t y -o model - <<<$'a,b,y\n1,2,0\n2,1,1\n3,1,1'
    # A shell starts background jobs with SIGINT and SIGQUIT ignored; env gives them back.
    env --default-signal=INT,QUIT ${2+"$2"} nn-predict -m model -o out rows 5>&- &
    id=$!
    exec 5>rows
    echo a,b >&5
    yes 1,2 | head -n 100000 >&5
    [ "${2-}" = "" ] || await has_files 'out.*'
    kill -s "$1" $id
    wait $id || status=$?
    exec 5>&-
    assert_equal $status $((128 + $(kill -l "$1")))
}

# Usage: prepare_shim — a library, shim.so, with which there are no files without a name.
prepare_shim() {
    command -v "${CC:-cc}" >/dev/null || skip "there is no C compiler"
    cat >shim.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/types.h>
int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if ((flags & O_TMPFILE) == O_TMPFILE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    return next(path, flags, mode);
}
END
    "${CC:-cc}" -shared -fPIC -o shim.so shim.c -ldl || skip "there is no shared library to be had"
    export ASAN_OPTIONS=verify_asan_link_order=0
}

# Usage: probe — skips a test where there are no files without a name.
probe() {
    cat >probe.c <<'END'
#define _GNU_SOURCE
#include <fcntl.h>
int main(void) { return open(".", O_TMPFILE | O_WRONLY, 0600) < 0; }
END
    { "${CC:-cc}" -o probe probe.c && ./probe; } 2>/dev/null || skip "there are no files without a name here"
}

@test "an interrupted run leaves the old file and no temporary one" {
    prepare_shim
    for signal in INT TERM HUP QUIT PIPE XCPU; do
        for without in LD_PRELOAD=$PWD/shim.so ''; do
            echo kept >out
            interrupt $signal ${without:+"$without"}
            assert_equal "$(cat out)" kept
            refute has_files 'out.*'
        done
    done
}

@test "a killed run leaves the old file and, where files need no name, nothing else" {
    probe
    echo kept >out
    interrupt KILL
    assert_equal "$(cat out)" kept
    refute has_files 'out.*'
    rm out
    interrupt KILL
    refute has_files 'out*'
}

@test "several that write the same file at once do no harm" {
    for _ in {1..50}; do
        softmax -o out <<<$'a,b\n1,1' &
        softmax -o out <<<$'a,b\n1,1' &
        softmax -o out <<<$'a,b\n1,1'
        wait
        assert_equal "$(tail -n 1 out)" 1,1,0.5,0.5
    done
    assert_equal "$(ls out*)" out
}

@test "a file is replaced with its permissions, and a link stays one, with names from the start or not" {
    prepare_shim
    for without in LD_PRELOAD=$PWD/shim.so X=; do
        rm -f real link new
        echo old >real
        chmod 640 real
        ln -s real link
        env "$without" softmax -o link <<<$'a,b\n1,1'
        assert_equal "$(tail -n 1 real)" 1,1,0.5,0.5
        [ -L link ]
        assert_equal "$(stat -c %a real)" 640
        (umask 027; env "$without" softmax -o new <<<$'a,b\n1,1')
        assert_equal "$(stat -c %a new)" 640
        assert_equal "$(find . -name 'real.*' -o -name 'new.*')" ''
    done
}

@test "a limit of a file's size is an error like a full disk" {
    { seq -s, -f 'c%.0f' 2000; seq -s, 2000; seq -s, 2000; } >wide.csv
    for c in mle-gauss "entropy -x *" "softmax" "mle-laplace"; do
        echo kept >out
        fails 1 "${c%% *}: out: cannot write: File too large" bash -f -c 'ulimit -f 2; $1 -q -o out wide.csv' - "$c"
        assert_equal "$(cat out)" kept
        assert_equal "$(echo *)" "out wide.csv"
    done
}

@test "running out of memory is told by name, and leaves the old file and no temporary one" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers reserve more than any limit"
    { seq -s, -f 'c%.0f' 20000; seq -s, 20000; } >wide.csv
    logreg-train -q --l2 1 -t y -o model - <<<$'a,b,y\n1,2,0\n2,1,1\n3,1,1'
    { printf 'a,b\n1,2\n3,"'; head -c 60000000 /dev/zero; echo '"'; } >field.csv
    echo kept >out
    prepare_shim
    for run in "mle-gauss --cov wide.csv" "nn-predict -m model field.csv"; do
        run --separate-stderr -1 env LD_PRELOAD="$PWD/shim.so" bash -c 'ulimit -v 50000; "$@"' - $run -j 1 -o out
        assert_equal "$output" ""
        assert_regex "$stderr" "^${run%% *}: out of memory: [0-9]+ MB more are needed$"
        assert_equal "$(cat out)" kept
        refute has_files 'out.*'
    done
}
