load ../helper

# What "converged" means: no coefficient is further from the optimum than --tol of its standard error, for rare and
# common events, any scale of columns and weights, and any solver. Values are of Newton's method in 40 digits (mpmath).

# Events among 1e11 rows per setting, as counts.
rare() {
    printf 'snr,bad,bits\n10,1,412\n10,0,99999999588\n11,1,77\n11,0,99999999923\n12,1,12\n12,0,99999999988\n' >rare.csv
    printf '12.5,1,5\n12.5,0,99999999995\n' >>rare.csv
}

separable() {
    printf 'x,y\n1,0\n2,0\n3,0\n4,0\n6,1\n7,1\n8,1\n9,1\n' >separable.csv
}

# Usage: slope MODEL [TERM] — the estimate of the last class.
slope() {
    model-show --to csv "$1" | awk -F, -v term="${2:-x}" '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
        $column["term"] == term { value = $column["estimate"] }
        END { print value }'
}

@test "rare events in counts: every solver finds the same optimum" {
    rare
    for solver in newton newton-cg lbfgs; do
        tolerance=1e-8
        [ $solver = newton ] || tolerance=1e-6
        for command in logreg-train softmax-train; do
            $command -t bad --fweights bits --solver $solver -o model rare.csv
            assert_close "$(slope model snr)" -1.7273391152932177 $tolerance
            assert_equal "$(field converged)" 1
            awk -v a="$(field loglik)" -v b="$(field loglik_null)" 'BEGIN { exit !(a > b) }'
        done
    done
}

@test "a slight penalty on separated classes: the optimum, not a point where steps were thought small" {
    separable
    for l2 in 1e-8=14.3692934286174 1e-10=18.7104731478383 1e-12=23.1046910808956; do
        for solver in newton newton-cg lbfgs; do
            tolerance=1e-5
            [ $solver != newton ] || tolerance=1e-11
            logreg-train -t y --l2 "${l2%=*}" --solver $solver -o model separable.csv
            assert_close "$(slope model)" "${l2#*=}" $tolerance
        done
        softmax-train -t y --l2 "${l2%=*}" -o model separable.csv
    done
    assert_close "$(slope model)" 11.8847359362 1e-9
}

@test "neither the scale of columns nor that of importances changes what is found" {
    awk -F, 'NR == 1 { print "a,b,w,y"; next } { print $1, $2, 1 + NR % 3, $NF }' OFS=, "$data/breast-cancer.csv" |
        head -n 200 >rows.csv
    awk -F, 'NR > 1 { $1 *= 1e8; $2 *= 1e-8; $3 *= 1e6 } 1' OFS=, CONVFMT=%.17g OFMT=%.17g rows.csv >scaled.csv
    awk -F, 'NR > 1 { $3 *= 1e-6 } 1' OFS=, CONVFMT=%.17g OFMT=%.17g rows.csv >light.csv
    for solver in newton newton-cg lbfgs; do
        for rows in rows scaled light; do
            logreg-train -t y --aweights w --solver $solver -o $rows.model $rows.csv
        done
        wanted=$(slope rows.model a)
        assert_close "$(slope light.model a)" "$wanted" 1e-6
        assert_close "$(slope scaled.model a)" "$(awk -v x="$wanted" 'BEGIN { printf "%.17g", x / 1e8 }')" 1e-6
    done
}

@test "coefficients of all classes sum to 0 under a penalty, whatever the scale of a column" {
    awk -F, 'NR > 1 { $1 *= 1e8 } 1' OFS=, OFMT=%.17g CONVFMT=%.17g "$data/iris.csv" >scaled.csv
    for solver in newton newton-cg lbfgs; do
        softmax-train -t species --l2 1e-3 --solver $solver -o model scaled.csv
        model-show --to csv model | awk -F, '
            NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
            { x = $column["estimate"]; sum[$column["term"]] += x; size[$column["term"]] += x < 0 ? -x : x }
            END { for (t in sum) if (sum[t] ^ 2 > 1e-20 * size[t] ^ 2) exit 1 }'
    done
}

@test "conjugate gradients with l1 and l2 get where Newton's method does, between nearly collinear columns" {
    printf 'a,b,y\n1,1.000001,0\n2,1.000002,0\n3,1.000001,1\n4,1.000003,0\n5,1.000002,1\n6,1.000001,1\n' >near.csv
    for penalty in "--l1 1e-4 --l2 1e-4" "--l1 1e-6 --l2 1e-8 --standardize" "--l1 0.01 --l2 1e-10"; do
        for solver in newton newton-cg; do
            logreg-train -t y $penalty --solver $solver -o $solver near.csv
        done
        assert_close "$(slope newton-cg a)" "$(slope newton a)" 1e-6
    done
}

@test "a fit from its own optimum takes no iteration" {
    logreg-train -t diagnosis -x mean_radius,mean_texture -o first "$data/breast-cancer.csv"
    for solver in newton newton-cg lbfgs; do
        logreg-train -t diagnosis -x mean_radius,mean_texture --init first --solver $solver -o model \
            "$data/breast-cancer.csv"
        assert_equal "$(field iterations)" 0
        assert_equal "$(field converged)" 1
    done
}

@test "gd and sgd are not below the null model, however rare the events are" {
    rare
    for solver in gd sgd; do
        run --separate-stderr logreg-train -q -t bad --fweights bits --solver $solver -o model rare.csv
        awk -v fit="$(field loglik)" -v null="$(field loglik_null)" 'BEGIN { exit !(fit >= null * (1 + 1e-6)) }'
    done
}

@test "sgd says how far from the optimum it stops" {
    logreg-train -t diagnosis -x mean_radius,mean_texture --solver sgd -o model "$data/breast-cancer.csv"
    assert_equal "$(field converged)" ""
    awk -v d="$(field decrement)" 'BEGIN { exit !(d > 1e-8 && d < 10) }'
}

@test "separation between nearly collinear columns is found, in just the tables where a linear program finds it" {
    for table in {0..59}; do
        awk -F, -v table="$table" 'NR == 1 || $1 == table { print $3 "," $4 "," $5 }' "$ref/near_separation.csv" \
            >table.csv
        status=0
        softmax-train -q -t y -o model table.csv 2>said || status=$?
        wanted=$(awk -F, -v table="$table" '$1 == table { print $2; exit }' "$ref/near_separation.csv")
        [ "$status:$wanted:$(grep -c ' separation by ' said)" = 3:1:1 ] ||
            [ "$status:$wanted" = 0:0 ] || fail "table $table: $status, $(cat said)"
    done
}

# Usage: shape TABLE — writes a table of hard shape to table.csv.
shape() {
    awk -F, -v OFS=, -v table="$1" '
        NR == 1 { print "x1,x2,x3,x4,w,o,y"; next }
        $1 == table { $1 = ""; for (i = 2; i <= 5; i++) if ($i == "") $i = 0; print substr($0, 2) }' \
        "$ref/glm_shapes-rows.csv" >table.csv
}

@test "tables of hard shapes have the coefficients of R, by each solver" {
    for table in {0..47}; do
        shape $table
        for solver in newton newton-cg lbfgs; do
            logreg-train -q -t y --fweights w --offset o --solver $solver -o model table.csv
            model-show --to csv model >found.csv
            awk -F, -v table="$table" '
                NR == FNR { if ($1 == table) { wanted[n++] = $5; se[n - 1] = $6 } next }
                FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
                FNR - 2 < n {
                    off = $column["estimate"] - wanted[FNR - 2]; off = off < 0 ? -off : off
                    size = wanted[FNR - 2]; size = size < 0 ? -size : size
                    if (!(off <= 1e-8 * size || off <= 1e-8 * se[FNR - 2])) { print; exit 1 } }' \
                "$ref/glm_shapes.csv" found.csv || fail "table $table, $solver"
        done
    done
}

@test "neither repeated rows nor the order of the classes change what is found" {
    for table in 0 7 21 33; do
        shape $table
        awk -F, 'NR == 1 { print; next } { for (i = 0; i < 37; i++) print }' table.csv >repeated.csv
        for solver in newton newton-cg lbfgs; do
            for rows in table repeated; do
                logreg-train -q -t y --fweights w --offset o --solver $solver -o $rows $rows.csv
            done
            assert_close "$(slope repeated x1)" "$(slope table x1)" 1e-7
            logreg-train -q -t y --fweights w --solver $solver -o one table.csv
            logreg-train -q -t y --fweights w --solver $solver --positive 0 -o other table.csv
            assert_close "$(slope other x1)" "$(awk -v x="$(slope one x1)" 'BEGIN { printf "%.17g", -x }')" 1e-7
        done
    done
}

# Usage: targets — 300 rows with a heavy-tailed target y, weights w of 1, 2 and 3, and a class k.
targets() {
    awk 'BEGIN { srand(11); print "a,b,w,y,k"
        for (r = 0; r < 300; r++) { a = rand(); b = rand(); e = (rand() - 0.5) / (0.05 + rand())
            k = rand() < 1 / (1 + exp(a - 2 * b))
            printf "%.5f,%.5f,%d,%.5f,%d\n", a, b, 1 + r % 3, 2 * a - b + (1 + a) * e, k } }'
}

# Usage: changed FACTOR SHIFT WEIGHT — the rows with a * FACTOR + SHIFT and w * WEIGHT.
changed() {
    awk -F, -v f="$1" -v s="$2" -v w="$3" 'NR > 1 { $1 = $1 * f + s; $3 *= w } 1' OFS=, OFMT=%.17g CONVFMT=%.17g \
        rows.csv
}

@test "linear fits do not depend on scale, shift, repetition or the size of importances" {
    targets >rows.csv
    changed 1e8 0 1 >large.csv
    changed 1e-8 1e-6 1e-9 >small.csv
    changed 1 0 1e9 >heavy.csv
    awk 'NR == 1 { print; next } { for (i = 0; i < 40; i++) print }' rows.csv >repeated.csv
    for fit in "--loss huber --aweights w -x a,b" "--loss huber:0.5 --aweights w -x a,b" \
        "--loss huber-absolute:0.3 --aweights w -x a,b" "--heteroscedastic all -x a,b" \
        "--l1 0.01 --standardize --aweights w -x a,b"; do
        linreg-train -q -t y $fit -o rows rows.csv
        wanted=$(slope rows b)
        for rows in large small heavy repeated; do
            # The scale of huber[:DELTA] has the divisor n - p, which repetition changes.
            [[ $rows != repeated || $fit != --loss\ huber[:\ ]* ]] || continue
            linreg-train -q -t y $fit -o $rows $rows.csv
            assert_close "$(slope $rows b)" "$wanted" 1e-8
        done
    done
}

@test "--tol of linear fits and of networks is a distance in standard errors" {
    targets >rows.csv
    for fit in "--loss huber --exclude k,w" "--heteroscedastic all --exclude k,w"; do
        linreg-train -t y $fit --tol 1e-6 -o model rows.csv
        assert_equal "$(field converged)" 1
        awk -v d="$(field decrement)" 'BEGIN { exit !(d <= 1e-12) }'
        run linreg-train -q -t y $fit --tol 0 -o model rows.csv
        assert_failure 3
        assert_output --partial 'standard errors from the optimum, required 0'
    done
    logreg-train -t k --exclude y,w -o logreg rows.csv
    for tol in 1e-1 1e-6; do
        nn-train -t k --exclude y,w --loss log-logit --optimizer lbfgs --tol $tol -o nn rows.csv
        for model in nn logreg; do
            nn-predict -m $model --predict prob rows.csv >$model.csv
        done
        paste -d, nn.csv logreg.csv |
            awk -F, -v tol=$tol 'NR > 1 { d = $1 - $(NF / 2 + 1); if (d * d > tol * tol / 100) exit 1 }'
    done
}

@test "--tol without an iterative fit is an error" {
    targets >rows.csv
    fails 2 "linreg-train: --tol requires --loss huber, --loss huber-absolute, --heteroscedastic or --l1;"\
" other fits end at the optimum; try 'linreg-train --help'" linreg-train -t y --tol 1e-6 rows.csv
    fails 2 "nn-train: --tol requires --optimizer lbfgs; try 'nn-train --help'" nn-train -t y --tol 1e-6 rows.csv
}

@test "penalties of 1e-24 and 1e-28 on separated classes: the optimum as well" {
    separable # mpmath, 60 digits
    for l2 in 1e-24=49.964436390571699 1e-28=59.008408295479055; do
        for solver in newton newton-cg lbfgs; do
            tolerance=1e-5
            [ $solver != newton ] || tolerance=1e-10
            logreg-train -t y --l2 "${l2%=*}" --solver $solver -o model separable.csv
            assert_close "$(slope model)" "${l2#*=}" $tolerance
        done
    done
}
