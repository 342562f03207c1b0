#!/bin/bash
# Usage: tests/bench/run.sh [WORKLOAD...]
# Times likely and every installed peer on the same data, in turn, ROUNDS times (default 2), each twice in a row, since
# a virtual machine may have given memory back to its host meanwhile, and keeps each one's fastest run.
# Prints a table as TSV and writes it as Markdown to build/bench/table.md. Data is generated once, in BENCH_DATA.
# The workloads `rates`, `dialects` and `epochs` are tables of their own: numbers read and written alone, beside what
# memcpy and cat do on this machine; text read in every dialect; and epochs of a network.
set -eu
cd "$(dirname "$0")/../.."

data=${BENCH_DATA:-${TMPDIR:-/tmp}/likely-bench-data}
rounds=${ROUNDS:-2}
build=$PWD/build/bench
PATH=$PWD/bin:$PATH
mkdir -p "$data" "$build"
make -s build/bench/measure build/bench/generate

# Usage: need FILE KIND ROWS COLUMNS [SKIPPED]
need() {
    [ -s "$data/$1" ] || { echo "generating $1" >&2; "$build/generate" "${@:2}" >"$data/$1.tmp" &&
        mv "$data/$1.tmp" "$data/$1"; }
}

# A workload is a function that generates its data and names its contestants: `contestant NAME TOLERANCE COMMAND
# [RESULT]`, the first being likely, whose output the others' must equal, number by number in the order of printing, to
# that relative tolerance ("-": not comparable; "+T": a loss, which must not be less than the first's by more than T of
# it). RESULT is a command that is not timed and whose output stands in for that of COMMAND.
# On a processor with AVX-512, likely also runs as on one without.
names=() tolerances=() commands=() results=()
contestant() {
    local program=${3%% *}
    if ! command -v "$program" >/dev/null; then
        echo "skipped: $1 (not installed)" >&2
        return
    fi
    names+=("$1") tolerances+=("$2") commands+=("$3") results+=("${4:-}")
    if [ "$1" = likely ] && grep -qw avx512vl /proc/cpuinfo; then
        contestant 'likely, AVX2' "$2" "export LIKELY_CPU=avx2; $3" "${4:-}"
    fi
}

python() { # Usage: python NAME TOLERANCE MODULE PROGRAM [RESULT]
    if /usr/bin/python3 -c "import $3" 2>/dev/null; then
        printf '%s\n' "$4" >"$build/$current.$3.py"
        contestant "$1" "$2" "/usr/bin/python3 $build/$current.$3.py" "${5:-}"
    else
        echo "skipped: $1 (not installed)" >&2
    fi
}

moments() { # Usage: moments FILE
    local f=$data/$1
    contestant likely 0 "mle-gauss --precision 12 $f | cut -d, -f4,5 | tail -n +2"
    contestant 'likely -j1' 1e-9 "mle-gauss -j1 --precision 12 $f | cut -d, -f4,5 | tail -n +2"
    contestant 'R fread' 1e-9 \
        "Rscript -e 'd <- data.table::fread(\"$f\"); m <- colMeans(d); v <- sapply(d, function(x)"\
" mean((x-mean(x))^2)); cat(sprintf(\"%.12g,%.12g\\n\", m, v), sep=\"\")'"
    python pandas 1e-9 pandas "
import pandas
d = pandas.read_csv('$f')
for m, v in zip(d.mean(), d.var(ddof=0)): print('%.12g,%.12g' % (m, v))"
}

w_moments() {
    need gauss.csv gauss 2000000 10
    moments gauss.csv
    contestant datamash 1e-9 \
        "datamash -t, --header-in -R 12 mean 1 pvar 1 mean 2 pvar 2 mean 3 pvar 3 mean 4 pvar 4 mean 5 pvar 5 mean 6"\
" pvar 6 mean 7 pvar 7 mean 8 pvar 8 mean 9 pvar 9 mean 10 pvar 10 < $data/gauss.csv"
    contestant Miller - "mlr --icsv --ojson stats1 -a mean,var -f x1,x2,x3,x4,x5,x6,x7,x8,x9,x10 $data/gauss.csv"
}

w_moments_17_digits() {
    need gauss17.csv gauss17 500000 10
    moments gauss17.csv
}

w_moments_of_pixels() {
    need pixels.csv pixels 60000 784
    moments pixels.csv
}

w_byte_entropy() {
    need gauss.csv gauss 2000000 10
    contestant likely 0 "entropy --bytes --precision 7 $data/gauss.csv | tail -n 1 | cut -d, -f3"
    contestant ent 1e-6 "ent -t $data/gauss.csv | tail -n 1 | cut -d, -f3"
}

w_line_entropy() {
    need words.txt words 10000000 100000
    contestant likely 0 "entropy --precision 10 $data/words.txt | tail -n 1 | cut -d, -f3"
    contestant 'sort | uniq -c | awk' 1e-6 \
        "sort $data/words.txt | uniq -c | awk '{ n += \$1; s += \$1 * log(\$1) } END { printf \"%.10g\\n\", (log(n) -"\
" s / n) / log(2) }'"
    contestant awk 1e-6 \
        "awk '{ c[\$0]++; n++ } END { for (w in c) s += c[w] * log(c[w]); printf \"%.10g\\n\", (log(n) - s / n) /"\
" log(2) }' $data/words.txt"
}

w_mutual_information() {
    need levels.csv levels 1000000 50
    local f=$data/levels.csv
    contestant likely 0 "mutual-info --precision 12 $f | cut -d, -f5 | tail -n +2"
    contestant 'likely -j1' 0 "mutual-info -j1 --precision 12 $f | cut -d, -f5 | tail -n +2"
    python 'pandas + NumPy bincount' 1e-8 pandas "
import pandas, numpy as np
d = pandas.read_csv('$f', dtype=np.int64).to_numpy().T.copy()
n = d.shape[1]
for i in range(len(d)):
    for j in range(i + 1, len(d)):
        p = np.bincount(d[i] * 10 + d[j], minlength=100).reshape(10, 10) / n
        q = np.outer(p.sum(1), p.sum(0))
        print('%.12g' % (p[p > 0] * np.log2(p[p > 0] / q[p > 0])).sum())"
}

# A loss of two columns should cost little more than reading them, which moments of the two show.
w_losses() {
    need gauss.csv gauss 2000000 10
    local f=$data/gauss.csv
    contestant likely 0 "loss-eval -t x1 -p x2 -l mse,l1 --precision 12 $f | cut -d, -f4 | tail -n +2"
    contestant 'likely -j1' 0 "loss-eval -j1 -t x1 -p x2 -l mse,l1 --precision 12 $f | cut -d, -f4 | tail -n +2"
    contestant 'likely, reading (mle-gauss)' - "mle-gauss -x x1,x2 $f"
    python scikit-learn 1e-9 sklearn "
import pandas, sklearn.metrics as m
d = pandas.read_csv('$f', usecols=['x1', 'x2'])
for loss in (m.mean_squared_error, m.mean_absolute_error): print('%.12g' % loss(d['x1'], d['x2']))"
}

w_logistic() {
    need logistic.csv logistic 1000000 28
    need logistic.svm logistic-svm 1000000 28
    local f=$data/logistic.csv
    contestant likely 0 "logreg-train -q -t y $f | model-show --to csv | tail -n +2 | cut -d, -f3,4"
    contestant 'R glm' 1e-6 \
        "Rscript -e 'd <- data.table::fread(\"$f\"); s <- summary(glm(y ~ ., binomial, d))\$coefficients;"\
" cat(sprintf(\"%.12g,%.12g\\n\", s[,1], s[,2]), sep=\"\")'"
    python scikit-learn - sklearn "
import pandas, sklearn.linear_model
d = pandas.read_csv('$f')
m = sklearn.linear_model.LogisticRegression(penalty='none', tol=1e-8, max_iter=1000).fit(d.iloc[:, :-1], d['y'])
print(m.intercept_, m.coef_)"
    contestant liblinear - "liblinear-train -q -s 0 -c 1 -B 1 -e 0.0001 $data/logistic.svm $data/logistic.liblinear"
}

w_logistic_sparse() {
    need onehot.svm onehot-svm 32561 14
    contestant likely - "logreg-train -q -t label --l2 3.07e-5 --tol 1e-4 -o $build/onehot.model $data/onehot.svm"
    contestant liblinear - "liblinear-train -q -s 0 -c 1 -B 1 -e 0.0001 $data/onehot.svm $build/onehot.liblinear"
}

# The lasso of columns of unit sd, to the same objective. What scikit-learn calls C is
# 1/(rows l1); its saga leaves the intercept out of the penalty, as here, which liblinear does not.
w_logistic_l1() {
    need logistic20000.csv logistic 20000 28
    local f=$data/logistic20000.csv
    contestant likely 0 \
        "logreg-train -q -t y --l1 0.005 --standardize $f | model-show --to json | sed -n 's/.*\"objective\":"\
" \([0-9.]*\).*/\1/p'"
    python 'scikit-learn saga' 1e-6 sklearn "
import pandas, numpy, sklearn.linear_model
d = pandas.read_csv('$f')
x, y = d.iloc[:, :-1].to_numpy(), d['y'].to_numpy()
x = (x - x.mean(0)) / x.std(0)
m = sklearn.linear_model.LogisticRegression(
    penalty='l1', solver='saga', C=1 / (0.005 * len(y)), tol=1e-6, max_iter=5000).fit(x, y)
p = m.predict_proba(x)[numpy.arange(len(y)), y]
print('%.10f' % (0.005 * abs(m.coef_).sum() - numpy.log(p).mean()))"
}

w_least_squares() {
    need logistic.csv logistic 1000000 28
    local f=$data/logistic.csv
    contestant likely 0 "linreg-train -q -t y $f | model-show --to csv | tail -n +2 | cut -d, -f3,4"
    contestant 'R lm' 1e-6 \
        "Rscript -e 'd <- data.table::fread(\"$f\"); s <- summary(lm(y ~ ., d))\$coefficients;"\
" cat(sprintf(\"%.12g,%.12g\\n\", s[,1], s[,2]), sep=\"\")'"
}

w_least_squares_of_many_columns() {
    need wide500.csv gauss 20000 500
    local f=$data/wide500.csv
    contestant likely 0 "linreg-train -q -t x1 $f | model-show --to csv | tail -n +2 | cut -d, -f3,4"
    contestant 'R lm' 1e-6 \
        "Rscript -e 'd <- data.table::fread(\"$f\"); s <- summary(lm(x1 ~ ., d))\$coefficients;"\
" cat(sprintf(\"%.12g,%.12g\\n\", s[,1], s[,2]), sep=\"\")'"
    python 'scikit-learn (no errors)' - sklearn "
import pandas, sklearn.linear_model
d = pandas.read_csv('$f')
print(sklearn.linear_model.LinearRegression().fit(d.iloc[:, 1:], d['x1']).intercept_)"
}

# One penalty, of columns of unit sd, to the same objective. glmnet computes a path up to it.
w_lasso() {
    need wide1000.csv gauss 2000 1000
    local f=$data/wide1000.csv
    contestant likely 0 "linreg-train -q -t x1 --l1 0.02 --standardize $f | model-show --to json | sed -n"\
" 's/.*\"objective\": \([0-9.]*\).*/\1/p'"
    contestant glmnet 1e-6 \
        "Rscript -e 'd <- as.matrix(data.table::fread(\"$f\")); x <- d[, -1]; y <- d[, 1]; m <- glmnet::glmnet(x, y,"\
" lambda=0.02*exp(seq(3, 0, length.out=20)), thresh=1e-12); b <- m\$beta[, 20]; s <- apply(x, 2, function(v)"\
" sqrt(mean((v-mean(v))^2))); r <- y-m\$a0[20]-x%*%b; cat(sprintf(\"%.12g\\n\", mean(r^2)/2+0.02*sum(abs(b*s))))'"
    python scikit-learn 1e-6 sklearn "
import pandas, sklearn.linear_model
d = pandas.read_csv('$f').to_numpy()
x, y = (d[:, 1:] - d[:, 1:].mean(0)) / d[:, 1:].std(0), d[:, 0]
m = sklearn.linear_model.Lasso(alpha=0.02, tol=1e-10, max_iter=100000).fit(x, y)
print('%.12g' % (((y - m.predict(x)) ** 2).mean() / 2 + 0.02 * abs(m.coef_).sum()))"
}

# Bounded by reading, which mle-gauss does with next to nothing behind it.
w_least_squares_through_a_pipe() {
    need gauss20.csv gauss 10000000 20
    contestant likely - "cat $data/gauss20.csv | linreg-train -q -t x20 -o $build/pipe.model"
    contestant 'mle-gauss of the same' - "cat $data/gauss20.csv | mle-gauss -o $build/pipe.csv"
}

# One pass over a pipe. Compared is the mean loss (nats) of rows that come after those: likely's should not be above
# that of other learners of one pass, and hardly above that of a fit to the optimum.
w_online() {
    need logistic.csv logistic 1000000 28
    need held-out.csv logistic 200000 28 1000000
    local f=$data/logistic.csv test=$data/held-out.csv
    cut -d, -f29 "$test" >"$build/held-out.y"
    local loss="paste -d, $build/held-out.y - | loss-eval -t y -p logit_1 -l log-logit --precision 6 | tail -n 1 |"\
" cut -d, -f4"
    contestant likely 0 "cat $f | logreg-train -q -t y --solver online -o $build/online.model" \
        "nn-predict -m $build/online.model --predict logit $test | $loss"
    contestant 'likely, to the optimum' +1e-4 "logreg-train -q -t y -o $build/optimum.model $f" \
        "nn-predict -m $build/optimum.model --predict logit $test | $loss"
    if command -v vw >/dev/null; then
        need logistic.svm logistic-svm 1000000 28
        need held-out.svm logistic-svm 200000 28 1000000
        local name
        for name in logistic held-out; do
            [ -s "$data/$name.vw" ] || sed 's/^0/-1/; s/ / | /' "$data/$name.svm" >"$data/$name.vw"
        done
        contestant 'Vowpal Wabbit' +0 \
            "cat $data/logistic.vw | vw --quiet --loss_function logistic -f $build/online.vw" \
            "vw --quiet -t -i $build/online.vw -d $data/held-out.vw -p /dev/stdout | sed 1ilogit_1 | $loss"
    else
        echo 'skipped: Vowpal Wabbit (not installed)' >&2
    fi
    python 'scikit-learn SGD' +0 sklearn "
import pandas, pickle, sklearn.linear_model
m = sklearn.linear_model.SGDClassifier(loss='log_loss')
for d in pandas.read_csv('$f', chunksize=50000): m.partial_fit(d.iloc[:, :-1].to_numpy(), d['y'], [0, 1])
pickle.dump(m, open('$build/online.pickle', 'wb'))" \
        "/usr/bin/python3 -c \"
import pandas, pickle
x = pandas.read_csv('$test').iloc[:, :-1].to_numpy()
print('logit_1', *pickle.load(open('$build/online.pickle', 'rb')).decision_function(x), sep='\\n')\" | $loss"
}

# The digits of MNIST, by way of the experiment that fetches them.
need_mnist() {
    [ -s "$data/mnist/t10k.csv" ] && return
    command -v npm >/dev/null || { echo "skipped: $current (npm is not installed)" >&2; return 1; }
    make -s -C share/experiments/mnist OUT="$data/mnist" BIN="$PWD/bin" "$data/mnist/train.csv" "$data/mnist/t10k.csv" \
        >&2
}

w_softmax_of_digits() {
    need_mnist || return 0
    local f=$data/mnist/train.csv
    contestant likely 0 \
        "softmax-train -q -t digit --l2 6.5025 --tol 1e-5 $f | model-show --to json | sed -n 's/.*\"objective\":"\
" \([0-9.]*\).*/\1/p'"
    python scikit-learn 2e-6 sklearn "
import numpy, pandas, sklearn.linear_model
d = pandas.read_csv('$f')
x, y = d.iloc[:, 1:].to_numpy() / 255, d['digit'].to_numpy()
m = sklearn.linear_model.LogisticRegression(C=1e4 / len(y), tol=1e-4, max_iter=5000).fit(x, y)
print('%.10f' % (5e-5 * (m.coef_ ** 2).sum() - numpy.log(m.predict_proba(x)[numpy.arange(len(y)), y]).mean()))"
}

w_predict() {
    need logistic.csv logistic 1000000 28
    need logistic.svm logistic-svm 1000000 28
    local f=$data/logistic.csv
    [ -s "$data/logistic.model" ] || logreg-train -q -t y -o "$data/logistic.model" "$f"
    contestant likely - "nn-predict -m $data/logistic.model $f"
    contestant 'likely --append' - "nn-predict -m $data/logistic.model --append $f"
    if command -v liblinear-train >/dev/null && [ ! -s "$data/logistic.liblinear" ]; then
        liblinear-train -q -s 0 -c 1 -B 1 -e 0.01 "$data/logistic.svm" "$data/logistic.liblinear" >/dev/null
    fi
    contestant liblinear - "liblinear-predict -b 1 $data/logistic.svm $data/logistic.liblinear $build/liblinear.out"
}

w_start() {
    contestant mle-gauss - "mle-gauss --version"
    contestant logreg-train - "logreg-train --version"
    contestant R - "Rscript -e 0"
    python scikit-learn - sklearn "import sklearn.linear_model"
}

# Numbers of two outputs, pairwise.
agree() { # Usage: agree FILE FILE TOLERANCE
    [ "$3" != - ] || { echo '-'; return; }
    paste <(tr -c '0-9eE.+-' '\n' <"$1" | grep -E '[0-9]') <(tr -c '0-9eE.+-' '\n' <"$2" | grep -E '[0-9]') |
        awk -v t="$3" '{ d = $1 - $2; d = d < 0 && t !~ /^[+]/ ? -d : d; s = $1 < 0 ? -$1 : $1
                if (NF != 2 || d > t * (s > 1e-3 ? s : 1e-3)) bad++ }
            END { print bad || !NR ? "NO" : "yes" }'
}

run_workload() {
    current=$1
    names=() tolerances=() commands=() results=()
    "w_$1"
    local best=() i round again figures
    for ((round = 0; round < rounds; round++)); do
        for i in "${!names[@]}"; do
            for again in 0 1; do
                "$build/measure" "${commands[i]}" >"$build/$i.out" 2>"$build/$i.err" || true
                figures=$(tail -n 1 "$build/$i.err")
                if [ $round$again = 00 ] || awk -v a="${figures%% *}" -v b="${best[i]%% *}" 'BEGIN {
                    exit !(a < b) }'; then
                    best[i]=$figures
                fi
            done
        done
    done
    for i in "${!names[@]}"; do
        [ -z "${results[i]}" ] || sh -c "${results[i]}" >"$build/$i.out"
    done
    for i in "${!names[@]}"; do
        # shellcheck disable=SC2086
        set -- ${best[i]}
        printf '%s\t%s\t%.3f\t%.3f\t%.0f\t%.1f\t%s\n' "$current" "${names[i]}" "$1" "$2" "$3" \
            "$(awk -v a="$1" -v b="${best[0]%% *}" 'BEGIN { print a / b }')" \
            "$(agree "$build/0.out" "$build/$i.out" "${tolerances[i]}")${results[i]:+ ($(cat "$build/$i.out"))}"
    done
}

# MB/s at which a command takes FILE.
rate() { # Usage: rate NAME FILE COMMAND [2: by processor time]
    local round seconds fastest=
    for ((round = 0; round < rounds; round++)); do
        seconds=$("$build/measure" "$3" 2>&1 >/dev/null | cut -d' ' -f"${4:-1}")
        fastest=$(awk -v a="$seconds" -v b="${fastest:-$seconds}" 'BEGIN { print a < b ? a : b }')
    done
    printf '%s\t\t%s\n' "$1" "$(awk -v n="$(wc -c <"$2")" -v s="$fastest" 'BEGIN { printf "%.0f", n / 1e6 / s }')"
}

run_rates() {
    need gauss.csv gauss 2000000 10
    make --no-print-directory -s build/bench/number >&2
    printf 'what\tns_per_number\tMB_per_s\n'
    "$build/number"
    rate 'cat of a file' "$data/gauss.csv" "cat $data/gauss.csv >/dev/null"
    rate 'cat through a pipe' "$data/gauss.csv" "cat $data/gauss.csv | cat >/dev/null"
}

# How fast one thread reads numbers in every dialect, by processor time.
run_dialects() {
    need gauss.csv gauss 2000000 10
    printf 'dialect\t\tMB_per_s\n'
    dialect plain '' ''
    dialect 'quoted' 's/[^,]*/"&"/g' ''
    dialect 'quotes doubled in one field' 's/^[^,]*/"a ""quote"""/' '-x 2-10'
    dialect 'single quotes' "s/,/;/g; s/[^;]*/'&'/g" "-d ; --quote \"'\""
    dialect 'backslash escapes' 's/^[^,]*/"a \\"quote\\""/' '-x 2-10 --escape backslash'
    dialect 'comment lines' '5~10s/^/# /' "--comment '#'"
    dialect 'blanks' 's/,/   /g' ''
    dialect 'quotes between blanks' 's/,/ /g; s/^[^ ]*/"a b"/' "-x 2-10 --input text --quote '\"'"
    dialect 'ragged' '2~7s/,[^,]*$//' '--ragged pad'
    dialect 'decimal commas' 's/,/;/g; s/\./,/g' '-d ; --decimal ,'
    dialect 'marks of thousands' "2,\$s/[^,]*/1'234.5/g; s/,/;/g" "-d ; --thousands \"'\""
    dialect 'UTF-16' '' '' UTF-16LE
    dialect 'Latin-1' 's/$/,\xc3\xa4/' '-x 1-10' LATIN1
}

dialect() { # Usage: dialect NAME SED OPTIONS [ENCODING]
    local file=$data/dialect.csv
    head -n 300001 "$data/gauss.csv" | sed "$2" | iconv -f UTF-8 -t "${4:-UTF-8}" >"$file"
    rate "$1" "$file" "mle-gauss -q -j 1 ${3//;/\\;} $file" 2
    rm "$file"
}

# One network (784-128-10, batches of 128, Adam, single precision): seconds an epoch takes, of the fastest, and what it
# knows after five.
run_epochs() {
    need_mnist || return 0
    local train=$data/mnist/train.csv test=$data/mnist/t10k.csv
    printf 'program\tseconds_per_epoch\taccuracy\n'
    nn-train -q -t digit --loss ce-logits --layers '128 relu' --scale table --dtype float --batch 128 --epochs 5 \
        --trace "$build/epochs.csv" \
        -o "$build/epochs.model" "$train"
    printf 'likely\t%s\t%s\n' \
        "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "seconds") c = i }
        NR > 2 && (!best || $c - last < best) { best = $c - last }
                   NR > 1 { last = $c } END { print best }' "$build/epochs.csv")" \
        "$(nn-predict -m "$build/epochs.model" --predict label --append "$test" | loss-eval -t digit -l accuracy |
        tail -n 1 | cut -d, -f4)"
    /usr/bin/python3 -c 'import torch' 2>/dev/null || { echo "skipped: PyTorch (not installed)" >&2; return 0; }
    /usr/bin/python3 -c "
import pandas, time, torch
torch.set_num_threads($(nproc))
torch.manual_seed(1)
def read(path):
    d = pandas.read_csv(path)
    return torch.tensor(d.iloc[:, 1:].to_numpy() / 255, dtype=torch.float32), torch.tensor(d['digit'].to_numpy())
x, y = read('$train')
net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
adam, loss, best = torch.optim.Adam(net.parameters()), torch.nn.CrossEntropyLoss(), 1e9
for epoch in range(5):
    start = time.perf_counter()
    for rows in torch.randperm(len(y)).split(128):
        adam.zero_grad()
        loss(net(x[rows]), y[rows]).backward()
        adam.step()
    best = min(best, time.perf_counter() - start)
x, y = read('$test')
print('PyTorch %s\t%.3f\t%.4f' % (torch.__version__, best, (net(x).argmax(1) == y).float().mean()))"
}

markdown() { # Usage: markdown RULE <TSV
    awk -F '\t' -v rule="$1" '{ $1 = $1; print "| " $0 " |"; if (NR == 1) print rule }' OFS=' | '
}

workloads=("$@")
[ $# -gt 0 ] ||
    mapfile -t workloads < <(declare -F | sed -n 's/^declare -f w_//p'; printf '%s\n' rates dialects epochs)
others=() tables=()
for workload in "${workloads[@]}"; do
    case $workload in
        rates | dialects | epochs) tables+=("$workload") ;;
        *) others+=("$workload") ;;
    esac
done
: >"$build/table.md"
if [ ${#others[@]} -gt 0 ]; then
    {
        printf 'workload\tprogram\twall_s\tcpu_s\tpeak_MB\tratio\tagrees\n'
        for workload in "${others[@]}"; do
            run_workload "$workload"
        done
    } | tee "$build/table.tsv"
    markdown '|---|---|--:|--:|--:|--:|---|' <"$build/table.tsv" >>"$build/table.md"
fi
for current in "${tables[@]}"; do
    "run_$current" | tee "$build/$current.tsv"
    { echo; markdown '|---|--:|--:|' <"$build/$current.tsv"; } >>"$build/table.md"
done
