load ../helper

# Streams of any length are held in constant memory: 70 MB go through a pipe, and no process grows beyond 32 MB.

setup_file() {
    make -s -C "$root" build/bench/measure
}

# Usage: stream_through COMMAND — feeds it 6 million rows and keeps its peak memory.
stream_through() {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers keep memory of their own"
    cat >feed <<END
printf 'x,y,p_1,t\n'
yes '1.5,2,.25,0' | head -n 6000000
END
    bash feed | "$root/build/bench/measure" "$1" >result 2>measured
}

# Usage: assert_small — below 32 MB.
assert_small() {
    local peak
    read -r _ _ peak < <(tail -n 1 measured)
    awk -v peak="$peak" 'BEGIN { exit !(peak < 32) }' || fail "peak memory: $peak MB"
}

@test "mle-gauss holds an endless stream in 32 MB" {
    stream_through "mle-gauss -x x,y"
    assert_small
    assert_equal "$(cell 1 n result)" 6000000
}

@test "mle-gauss by group holds an endless stream in 32 MB" {
    stream_through "mle-gauss -x x --by t"
    assert_small
}

@test "entropy holds an endless stream in 32 MB" {
    stream_through "entropy"
    assert_small
    stream_through "entropy --bytes"
    assert_small
}

# Usage: within_memory COMMAND — run on `keys` with --memory 4M, it stays small and gives what it gives without that.
within_memory() {
    $1 <keys >wanted
    "$root/build/bench/measure" "$1 --memory 4M <keys" >result 2>measured
    assert_small
    diff wanted result
}

@test "different symbols that exceed --memory are counted in a temporary file, with the same bits, in 32 MB" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers keep memory of their own"
    awk 'BEGIN { print "a,b,w"; for (i = 0; i < 500000; i++) print i * 7919 % 330017 "," i % 3 "," i % 5 / 8 }' >keys
    within_memory "entropy --se"
    assert_equal "$(cell 1 n result)" 500001
    within_memory "entropy --tokens --estimate grassberger"
    within_memory "entropy -x a --by b --estimate miller-madow"
    within_memory "entropy -x b --given a --se"
    within_memory "entropy -x a --given b --estimate grassberger"
    within_memory "entropy -x a -w w --se"
    within_memory "entropy --joint -x a,b"
    tac keys >other
    echo more >>keys
    within_memory "kl --lines other -"
    within_memory "kl --tokens other - --smooth 0.5"
}

@test "symbols that exceed --memory need a directory for the file" {
    seq 10000 |
        fails 1 "entropy: $PWD/missing: cannot create a temporary file for data that exceeds the memory limit:"\
" No such file or directory; use --memory to raise the limit" \
        env TMPDIR="$PWD/missing" entropy --memory 1K
    mkdir spool
    seq 10000 | TMPDIR=$PWD/spool entropy --memory 1K >result
    assert_equal "$(cell 1 distinct result)" 10000
    assert_equal "$(ls spool)" ""
}

@test "loss-eval holds an endless stream in 32 MB" {
    stream_through "loss-eval -t t -p p_1 --loss log,squared"
    assert_small
    assert_equal "$(cell 1 n result)" 6000000
}

@test "nn-predict holds an endless stream in 32 MB" {
    printf 'x,y,t\n1,2,0\n2,1,1\n1,1,1\n2,2,0\n1,2,1\n2,1,0\n' | logreg-train -t t --l2 1 -o model
    stream_through "nn-predict -m model --append | tail -n 1"
    assert_small
}

@test "nn-train holds its rows in single precision, and little besides" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers keep memory of their own"
    awk 'BEGIN { for (r = 0; r < 3; r++) { printf "%s", r == 0 ? "y" : r
        for (j = 1; j <= 784; j++) printf r == 0 ? ",x%d" : ",%d", r == 0 ? j : j * (r + 3) % 256
        print "" } }' >two.csv
    { head -n 1 two.csv; yes "$(tail -n 2 two.csv)" | head -n 30000; } >rows.csv
    for j in 1 4; do
        "$root/build/bench/measure" \
            "nn-train -q -j $j -t y --loss log-logit --layers '128 relu' --dtype float --batch 128 --epochs 1 -o"\
" model rows.csv" 2>measured
        read -r _ _ peak < <(tail -n 1 measured)
        awk -v peak="$peak" 'BEGIN { exit !(peak < 30000 * 784 * 4 / 1e6 + 64) }' || fail "peak memory: $peak MB"
    done
}

@test "a trainer whose data exceed --memory gives the same coefficients from a temporary file" {
    logreg-train -t diagnosis -x mean_radius,mean_texture "$data/breast-cancer.csv" | model-show --to csv >wanted
    mkdir spool
    for size in 1 1K 0.01M 1G; do
        TMPDIR=$PWD/spool logreg-train -t diagnosis -x mean_radius,mean_texture --memory $size \
            "$data/breast-cancer.csv" |
            model-show --to csv | diff wanted - || fail "$size"
    done
    assert_equal "$(ls spool)" ""
    fails 1 "logreg-train: $PWD/missing: cannot create a temporary file for data that exceeds the memory limit:"\
" No such file or directory; use --memory to raise the limit" \
        env TMPDIR="$PWD/missing" logreg-train -t diagnosis --memory 1K "$data/breast-cancer.csv"
}

@test "a table that exceeds --memory has the same mutual information from a temporary file" {
    awk 'BEGIN { print "x,y,z,n,w"; for (i = 0; i < 20000; i++)
        print i * 7919 % 811 "," i * i % 907 ",c" i % 4 "," i * 31 % 1009 / 7 "," i % 5 / 8 }' >t
    mkdir spool
    for options in "-x x,y" "-x x,y,n --bins 7 --binning frequency --se" "-x x,y --given z" "-x x,y -w w --by z" \
        "-x x,n --bins 300 --by z" "-x x,y --permutations 3 --given z" "-x x,y,z --matrix"; do
        mutual-info $options t >wanted
        for size in 1 100K 300K; do
            TMPDIR=$PWD/spool mutual-info $options --memory $size t | diff wanted - || fail "$options $size"
        done
    done
    assert_equal "$(ls spool)" ""
    fails 1 "mutual-info: $PWD/missing: cannot create a temporary file for data that exceeds the memory limit:"\
" No such file or directory; use --memory to raise the limit" \
        env TMPDIR="$PWD/missing" mutual-info -x x,y --memory 1K t
}

@test "--memory is a size" {
    for size in abc 0 -1 '' K 1X 1e400; do
        fails 2 "logreg-train: --memory: invalid value '$size': expected a size such as 500M or 4G;"\
" try 'logreg-train --help'" \
            logreg-train -t t --memory "$size" missing
    done
}

@test "nn-predict averages several models over an endless stream in 32 MB" {
    awk 'BEGIN { print "x,y,t"; for (i = 0; i < 30; i++) print i "," i * i % 7 "," i % 4 * i }' >rows.csv
    linreg-train -q -t t -x x -o one rows.csv
    nn-train -q -t t -x y,x --layers '3 tanh' --epochs 1 -o two rows.csv
    stream_through "nn-predict -m one -m two --append -o /dev/null"
    assert_small
    stream_through "nn-predict -m two --layer 1 -o /dev/null"
    assert_small
}

@test "a model that claims 128 MB in a small file is refused in 32 MB" {
    [[ ${LIKELY_BIN-} != *asan* ]] || skip "sanitizers keep memory of their own"
    { printf 'LIKELYM\n\1\0\0\0\10\0\0\0logistic\4\1\0\0\0x\1\0\0\0\1\0\0\0\0'; head -c 128M /dev/zero
    } | gzip -1 >bomb.model
    "$root/build/bench/measure" "model-show bomb.model || :" >result 2>measured
    assert_small
    fails 1 "model-show: bomb.model: the model claims more memory than is sensible for a file of $(stat -c %s \
        bomb.model) bytes" \
        model-show bomb.model
    head -c 128M /dev/zero | gzip -1 >zeros.gz
    "$root/build/bench/measure" "nn-predict -m zeros.gz $data/iris.csv || :" >result 2>measured
    assert_small
    grep -q "this is not a model: the compressed data is something else" measured
    "$root/build/bench/measure" "model-show /dev/zero || :" >result 2>measured
    assert_small
    grep -q "/dev/zero: this is not a model: it does not begin as a gzip stream" measured
}
