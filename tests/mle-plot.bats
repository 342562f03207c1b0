load helper

# Usage: reference WHAT OF — the numbers of the reference file, one row a line.
reference() {
    awk -F, -v what="$1" -v of="$2" '$1 == what && $2 == of { print $3, $4, $5, $6 }' "$ref/plot.csv"
}

# Usage: part NAME [COLUMNS, 2-] — these columns of the rows of $output that NAME begins, separated by blanks.
part() {
    awk -F, -v name="$1" '$1 == name' <<<"$output" | cut -d, -f "${2-2-}" | tr , ' '
}

# Usage: assert_rows ACTUAL EXPECTED [TOLERANCE] — lines of numbers that are close.
assert_rows() {
    assert_equal "$(wc -l <<<"$1")" "$(wc -l <<<"$2")"
    paste -d ' ' <(echo "$1") <(echo "$2") | awk -v t="${3:-1e-14}" '{
        for (i = 1; i <= NF / 2; i++) {
            d = $i - $(i + NF / 2); s = $i < 0 ? -$i : $i
            if ($i != $(i + NF / 2) && !((d < 0 ? -d : d) <= t * (s > 1 ? s : 1))) { print NR ": " $0; exit 1 }
        } }' || fail "the rows differ"
}

cancer() {
    logreg-train -q -t diagnosis -x "$1" -o "${2:-cancer.model}" "$data/breast-cancer.csv"
}

# ---- the numbers ----

@test "curves of true against false positives have scikit-learn's corners" {
    for column in mean_radius mean_texture; do
        run -0 mle-plot -k roc -t diagnosis -p $column --positive malignant --to csv "$data/breast-cancer.csv"
        assert_line --index 0 curve,false_positive_rate,true_positive_rate,threshold,area
        assert_rows "$(part $column 2-4)" "$(reference roc $column | sed 's/ *$//')" 1e-15
        assert_rows "$(part $column 5 | uniq)" "$(reference area $column | xargs)" 1e-14
    done
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "mean_texture") t = i; if ($i == "diagnosis") d = i }
                       print "rounded,diagnosis"; next }
        { printf "%.0f,%s\n", $t / 4, $d }' "$data/breast-cancer.csv" >rounded.csv
    run -0 mle-plot -k roc -t diagnosis -p rounded --positive malignant --to csv rounded.csv
    assert_rows "$(part rounded 2-4)" "$(reference roc rounded | sed 's/ *$//')" 1e-15
}

@test "curves of precision against recall are scikit-learn's, with the average precision" {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "mean_texture") t = i; if ($i == "diagnosis") d = i }
                       print "rounded,diagnosis"; next }
        { printf "%.0f,%s\n", $t / 4, $d }' "$data/breast-cancer.csv" >rounded.csv
    run -0 mle-plot -k pr -t diagnosis -p rounded --positive malignant --to csv rounded.csv
    assert_line --index 0 curve,recall,precision,threshold,average_precision
    assert_rows "$(part rounded 2-4 | sed 1d)" "$(reference pr rounded | sed 's/ *$//')" 1e-15
    assert_equal "$(part rounded 2-4 | head -n 1)" "0 $(part rounded 3 | sed -n 2p) inf"
    for column in mean_radius mean_texture; do
        run -0 mle-plot -k pr -t diagnosis -p $column --positive malignant --to csv "$data/breast-cancer.csv"
        assert_rows "$(part $column 5 | uniq)" "$(reference average $column | xargs)" 1e-14
        mle-plot -k pr -t diagnosis -p $column --positive malignant -o pr.svg "$data/breast-cancer.csv"
        grep -q "$column: average precision $(reference average $column | xargs printf %.4f)" pr.svg
    done
    # All scores equal, weights, and no positive row
    printf 'y,p_1,w\n1,0.5,1\n0,0.5,3\n1,0.5,0\n' >t.csv
    run -0 mle-plot -k pr -t y -w w --to csv t.csv
    assert_output $'curve,recall,precision,threshold,average_precision\np_1,0,0.25,inf,0.25\np_1,1,0.25,0.5,0.25'
    fails 1 "mle-plot: t.csv: p_1: no row is of the class '9'; use --positive to name the predicted class" \
        mle-plot -k pr -t y --positive 9 t.csv
}

@test "the area under the curve is scikit-learn's, and stands in the picture" {
    for column in mean_radius mean_texture; do
        mle-plot -k roc -t diagnosis -p $column --positive malignant -o roc.svg "$data/breast-cancer.csv"
        area=$(reference area $column | xargs printf %.4f)
        grep -q "$column: area $area" roc.svg
    done
}

@test "a curve for each class against the others, and for each group" {
    softmax-train -q -t species --l2 1e-3 -x petal_length -o iris.model "$data/iris.csv"
    nn-predict -m iris.model --append "$data/iris.csv" >iris.csv
    run -0 mle-plot -k roc -t species --to csv iris.csv
    assert_equal "$(sed 1d <<<"$output" | cut -d, -f1 | uniq | tr '\n' ' ')" "p_setosa p_versicolor p_virginica "
    printf 'y,p_1,g\n1,0.9,a\n0,0.1,a\n1,0.2,b\n0,0.7,b\n' >groups.csv
    run -0 mle-plot -k roc -t y --by g --to csv groups.csv
    assert_line --index 2 a,0,1,0.9,1
    assert_line --index 5 b,1,0,0.7,0
}

@test "a ROC curve has the same points whatever the size of the weights" {
    seq 20 | awk 'BEGIN { print "p,t,w" } { print $1 * 7 % 11 / 16 "," $1 % 2 "," 1 }' >w.csv
    mle-plot -k roc -p p -t t -w w --to csv w.csv >wanted
    for exponent in -900 900; do
        awk -F, -v OFS=, -v scale=$exponent 'NR > 1 { $3 = sprintf("%.17g", 2^scale) } 1' w.csv |
            mle-plot -k roc -p p -t t -w w --to csv | diff wanted -
    done
}

@test "weights count rows" {
    printf 's,y,w\n1,1,2\n2,0,1\n2,1,3\n3,1,1\n' >w.csv
    awk -F, 'NR == 1 { print "s,y"; next } { for (i = 0; i < $3; i++) print $1 "," $2 }' w.csv >rows.csv
    for kind in roc 'gauss -x s'; do
        [ "$kind" = roc ] && more='-t y -p s' || more=
        # shellcheck disable=SC2086
        assert_equal "$(mle-plot -k $kind $more -w w --to csv --bins 3 w.csv 2>&1 | sed '1s/,weight$/,n/')" \
            "$(mle-plot -k $kind $more --to csv --bins 3 rows.csv 2>&1)"
    done
}

@test "histograms have NumPy's bins" {
    for column in petal_length mean_radius; do
        [ $column = petal_length ] && file=iris || file=breast-cancer
        run -0 mle-plot -k gauss -x $column --bins 7 --to csv "$data/$file.csv"
        assert_rows "$(part histogram 3-6)" "$(reference histogram $column | awk '{ print $4, $1, $2, $3 }')" 1e-14
        run -0 mle-plot -k gauss -x $column --to csv "$data/$file.csv"
        bins=$(part histogram | wc -l)
        assert_equal "$bins" "$(part histogram 4-5 | awk -v w="$(reference width $column)" '
            NR == 1 { low = $1 } { high = $2 } END { n = (high - low) / w; print (n > int(n) ? int(n) + 1 : n) }')"
    done
}

@test "the curve is the density of what mle-gauss fits, of each group" {
    fit=$(mle-gauss -q -x petal_length --by species "$data/iris.csv")
    run -0 mle-plot -k gauss -x petal_length --by species --to csv "$data/iris.csv"
    for row in 1 2 3; do
        group=$(sed 1d <<<"$fit" | cut -d, -f1 | sed -n ${row}p)
        mean=$(output=$fit cell $row mean) variance=$(output=$fit cell $row variance)
        assert_equal "$(part "fit $group" | wc -l)" 401
        assert_rows "$(part "fit $group" 3)" "$(part "fit $group" 2 | awk -v m="$mean" -v v="$variance" \
            '{ printf "%.17g\n", exp(-($1 - m) ^ 2 / (2 * v)) / sqrt(v * 8 * atan2(1, 1)) }')" 1e-12
    done
}

@test "the curve may be what mle-gauss has written, about other rows too" {
    mle-gauss -q -x petal_length,petal_width "$data/iris.csv" >fits.csv
    assert_equal "$(mle-plot -k gauss -x petal_width --fit fits.csv --to csv "$data/iris.csv")" \
        "$(mle-plot -k gauss -x petal_width --to csv "$data/iris.csv")"
    mle-gauss -q -x petal_width --by species "$data/iris.csv" >groups.csv
    sed 's/virginica/odd/; s/setosa/virginica/' "$data/iris.csv" >other.csv
    run -0 mle-plot -k gauss -x petal_width --by species --fit groups.csv --to csv <(grep -v odd other.csv)
    mean=$(output=$(cat groups.csv) cell 3 mean)
    assert_close "$(part 'fit virginica' 2 | sed -n 201p)" "$mean" 1e-14
    fails 1 "mle-plot: groups.csv: there is no fit of 'petal_width' in the group 'odd'" \
        mle-plot -k gauss -x petal_width --by species --fit groups.csv other.csv
    fails 1 "mle-plot: fits.csv: there is no fit of 'sepal_width'" \
        mle-plot -k gauss -x sepal_width --fit fits.csv "$data/iris.csv"
    fails 1 "mle-plot: $data/iris.csv: no column 'column'" \
        mle-plot -k gauss -x 1 --fit "$data/iris.csv" "$data/iris.csv"
}

@test "the curve of a fit is what nn-predict says, with its intervals" {
    cancer mean_radius
    run -0 mle-plot -k fit -m cancer.model --to csv "$data/breast-cancer.csv"
    assert_line --index 0 part,mean_radius,probability,lower,upper
    assert_rows "$(part p_malignant 3-)" \
        "$({ echo mean_radius; part p_malignant 2; } | nn-predict -m cancer.model --interval 0.95 | sed 1d |
        tr , ' ')" 1e-15
    assert_equal "$(part data 2-3 | sort | uniq)" "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) {
        if ($i == "mean_radius") r = i
        if ($i == "diagnosis") d = i }; next } { print $r, $d == "malignant" }' "$data/breast-cancer.csv" | sort |
            uniq)"
    linreg-train -q -t petal_width -x petal_length -o line.model "$data/iris.csv"
    run -0 mle-plot -k fit -m line.model --confidence 0.8 --to csv "$data/iris.csv"
    assert_rows "$(part mean 3-)" \
        "$({ echo petal_length; part mean 2; } | nn-predict -m line.model --interval 0.8 | sed 1d | tr , ' ')" 1e-15
    assert_equal "$(part data | wc -l)" 150
}

@test "a model of more columns is shown by one or two, the others being held" {
    logreg-train -q -t diagnosis -x mean_radius,mean_texture,mean_area -o cancer.model "$data/breast-cancer.csv"
    # At given values, with intervals
    run -0 --separate-stderr mle-plot -k fit -m cancer.model --at mean_texture=20,mean_area=700 --to csv \
        "$data/breast-cancer.csv"
    assert_equal "$stderr" ""
    assert_line --index 0 part,mean_radius,probability,lower,upper
    assert_rows "$(part p_malignant 3-)" "$({ echo mean_radius,mean_texture,mean_area; part p_malignant 2 |
        sed 's/$/,20,700/'; } |
        nn-predict -m cancer.model --interval 0.95 | sed 1d | tr , ' ')" 1e-13
    # At the rows' means
    run -0 --separate-stderr mle-plot -k fit -m cancer.model -x mean_texture --at mean_area=700 --to csv \
        "$data/breast-cancer.csv"
    mean=$(mle-gauss -x mean_radius "$data/breast-cancer.csv" |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "mean") m = i } NR == 2 { print $m }')
    assert_equal "$stderr" \
        "mle-plot: fixed at the means and most frequent values of the rows: mean_radius = $(printf %.4g "$mean")"
    assert_rows "$(part p_malignant 3-)" "$({ echo mean_texture,mean_radius,mean_area; part p_malignant 2 |
        sed "s/\$/,$mean,700/"; } |
        nn-predict -m cancer.model --interval 0.95 | sed 1d | tr , ' ')" 1e-12
    # Two of three, in either order
    run -0 mle-plot -q -k boundary -m cancer.model -x mean_texture,mean_radius --at mean_area=700 --grid 9 --to csv \
        "$data/breast-cancer.csv"
    assert_line --index 0 part,mean_texture,mean_radius,mean_texture_to,mean_radius_to,class,probability
    assert_equal "$(part region 6)" "$({ echo mean_texture,mean_radius,mean_area; part region 2-3 | tr ' ' , |
        sed 's/$/,700/'; } |
        nn-predict -m cancer.model --predict label | sed 1d)"
}

@test "points and shares are adjusted for the columns that are fixed, whose values stand in the numbers" {
    linreg-train -q -t petal_width -x sepal_width,petal_length,sepal_length -o model "$data/iris.csv"
    run -0 --separate-stderr mle-plot -k fit -m model -x sepal_width --at sepal_length=5 --to csv "$data/iris.csv"
    assert_rows "$(part 'partial residual' 2-3)" \
        "$(awk -F, '$1 == "partial residual" { print $2, $3 }' "$ref/partial.csv")" 1e-12
    assert_rows "$(part 'fixed petal_length' 3)" "$(mle-gauss -x petal_length "$data/iris.csv" | awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "mean") m = i } NR == 2 { print $m }')" 1e-14
    assert_line "fixed sepal_length,,5,,"
    refute_line --regexp '^data'
    cancer mean_radius,mean_texture
    run -0 --separate-stderr mle-plot -k fit -m cancer.model -x mean_texture --bins 8 --to csv "$data/breast-cancer.csv"
    assert_rows "$(part 'adjusted share malignant' 2-3)" \
        "$(awk -F, '$1 ~ /^adjusted/ { print $2, $3 }' "$ref/partial.csv")" 1e-10
    # Each lies between its bounds
    part 'adjusted share malignant' 3- | awk '!($2 <= $1 && $1 <= $3) { exit 1 }'
}

@test "the picture says what is fixed, and an adjusted share of a group of one class is 0 or 1" {
    printf 'x,c,z,y\n1,a,1,2\n2,a,2,3\n3,b,1,5\n4,b,3,9\n5,a,2,4\n6,b,1,8\n' >t.csv
    linreg-train -q -t y --categorical c -o model t.csv
    run -0 --separate-stderr mle-plot -k fit -m model -x x --at c=b --size 60x20 t.csv
    assert_line --regexp '^ *fixed: z = 1.667, c = b$'
    mle-plot -q -k fit -m model -x x --at c=b -o picture.svg t.csv
    grep -q 'fixed: z = 1.667, c = b' picture.svg
    run -0 --separate-stderr mle-plot -q -k fit -m model -x x --at c=b --to csv t.csv
    assert_line "fixed c = b,,,,"
    awk -F, -v OFS=, '{ print $0, NR == 1 ? "k" : ($1 > 3) }' t.csv >two.csv
    logreg-train -q -t k -x x,z --l2 0.1 -o model two.csv
    run -0 --separate-stderr mle-plot -q -k fit -m model -x x --bins 3 --to csv two.csv
    assert_equal "$(part 'adjusted share 1' 3 | head -n 1) $(part 'adjusted share 1' 3 | tail -n 1)" "0 1"
}

@test "a logarithmic axis counts what it omits, and an empty one is an error" {
    printf 'epoch,loss\n1,0\n2,0.5\n3,-1\n' >some.csv
    run -0 --separate-stderr mle-plot -k trace --log y some.csv
    assert_equal "$stderr" "mle-plot: values of 'loss' that are not above 0, which a logarithmic axis omits: 2, the"\
" first 0 in row 1 of 'loss'"
    printf 'epoch,loss\n1,0\n2,-3\n' >none.csv
    fails 1 "mle-plot: no value of 'loss' is above 0, which a logarithmic axis requires: row 1 of 'loss' is 0" \
        mle-plot -k trace --log xy none.csv
}

@test "categories and offsets of a model are held, too" {
    awk -F, -v OFS=, 'NR == 1 { print $0, "size", "base"; next } {
        print $0,  ($3 > 4 ? "big" : NR % 9 ? "small" : "odd"), $1 / 10 }' "$data/iris.csv" >sizes.csv
    for kind in softmax bayes network; do
        case $kind in
        softmax) softmax-train -q -t species -x sepal_width,size --categorical auto --l2 0.1 -o model sizes.csv ;;
        bayes) bayes-train -q -t species -x sepal_width,size --pseudo-count 1 -o model sizes.csv ;;
        network) nn-train -q -t species -x sepal_width,petal_length --layers '3 tanh' --epochs 2 -o model sizes.csv ;;
        esac
        [ $kind = network ] && at=petal_length=3 || at=size=small
        run -0 mle-plot -k fit -m model --at $at --to csv sizes.csv
        assert_rows "$(part p_virginica 3)" "$({ echo "sepal_width,${at%=*}"; part p_virginica 2 |
            sed "s/\$/,${at#*=}/"; } |
            nn-predict -m model | sed 1d | cut -d, -f3)" 1e-14
    done
    softmax-train -q -t species -x sepal_width,size --categorical auto --l2 0.1 -o model sizes.csv
    run -0 --separate-stderr mle-plot -k fit -m model --to csv sizes.csv
    assert_equal "$stderr" "mle-plot: fixed at the means and most frequent values of the rows: size = big"
    linreg-train -q -t petal_width -x petal_length,size --categorical auto --offset base -o offset.model sizes.csv
    run -0 mle-plot -k fit -m offset.model --at size=odd,base=0.5 --to csv sizes.csv
    assert_rows "$(part mean 3-)" "$({ echo petal_length,size,base; part mean 2 | sed 's/$/,odd,0.5/'; } |
        nn-predict -m offset.model --interval 0.95 | sed 1d | tr , ' ')" 1e-13
}

@test "a model with a standard deviation shows it, and one of several classes a curve for each" {
    linreg-train -q -t petal_width -x petal_length --heteroscedastic all -o sd.model "$data/iris.csv"
    run -0 mle-plot -k fit -m sd.model --to csv "$data/iris.csv"
    assert_rows "$(part mean 3-)" "$({ echo petal_length; part mean 2; } | nn-predict -m sd.model | sed 1d |
        awk -F, '{ printf "%.17g %.17g %.17g\n", $1, $1 - $2, $1 + $2 }')" 1e-14
    softmax-train -q -t species --l2 1e-3 -x petal_length -o iris.model "$data/iris.csv"
    run -0 mle-plot -k fit -m iris.model --to csv "$data/iris.csv"
    assert_rows "$(part p_virginica 3)" \
        "$({ echo petal_length; part p_virginica 2; } | nn-predict -m iris.model | sed 1d | cut -d, -f3)" 1e-15
    # Of ten groups, about equal.
    assert_equal "$(part 'share setosa' 2- | awk '{ s += $2 } END { print (s > 3 && s < 4) }')" 1
}

@test "shares have Wilson's intervals" {
    for x in 0/5 1/1 7/20 20/20 123/1000; do
        awk -v hits="${x%/*}" -v n="${x#*/}" 'BEGIN { print "y,p"; for (i = 0; i < n; i++) print (i < hits) ",0.5";
            print "1,0.95" }' >shares.csv
        run -0 mle-plot -k reliability -t y -p p --bins 2 --to csv shares.csv
        assert_rows "$(part p 4-5 | head -n 1)" "$(reference wilson $x | sed 's/ *$//')" 1e-12
    done
}

@test "reliability is scikit-learn's, and in the bins of loss-eval" {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "mean_radius") r = i; if ($i == "diagnosis") d = i }
                       print "diagnosis,p_malignant"; next }
        { p = $r / 32 + 0.0001; printf "%s,%.17g\n", $d, (p > 1 ? 1 : p) }' "$data/breast-cancer.csv" >p.csv
    run -0 mle-plot -k reliability -t diagnosis --to csv p.csv
    assert_rows "$(part p_malignant 2-3)" "$(reference reliability '' | sed 's/ *$//')" 1e-12
    assert_rows "$(part p_malignant 2,3,6-8)" \
        "$(loss-eval -t diagnosis --calibration 10 p.csv | awk -F, 'NR > 1 && $3 > 0 { print $4, $5, $1, $2, $3 }')" \
        1e-15
}

@test "regions are what nn-predict says, and boundaries lie between them" {
    cancer mean_radius,mean_texture
    run -0 mle-plot -k boundary -m cancer.model --grid 21 --to csv "$data/breast-cancer.csv"
    assert_line --index 0 part,mean_radius,mean_texture,mean_radius_to,mean_texture_to,class,probability
    assert_equal "$(part region | wc -l)" 441
    { echo mean_radius,mean_texture; part region 2-3 | tr ' ' ,; } | nn-predict -m cancer.model --predict all \
        >predicted.csv
    assert_equal "$(part region 6)" "$(sed 1d predicted.csv | cut -d, -f1)"
    assert_rows "$(part region 7)" "$(awk -F, 'NR > 1 { printf "%.17g\n", ($1 == "malignant" ? $2 : 1 - $2) }' \
        predicted.csv)" 1e-14
    { echo mean_radius,mean_texture; part boundary 2-3 | tr ' ' ,; part boundary 4-5 | tr ' ' ,; } |
        nn-predict -m cancer.model | awk 'NR > 1 { n++; if ($1 < 0.4 || $1 > 0.6) exit 1 } END { exit n < 20 }'
    assert_equal "$(part data 6 | sort | uniq -c | awk '{ print $1, $2 }')" $'357 benign\n212 malignant'
}

@test "every border between several classes is drawn once" {
    # p of each class is the same along the lines from the middle of three points that are equally far from it
    printf 'x,y,c\n0,2,a\n-1.7320508,-1,b\n1.7320508,-1,c\n' >three.csv
    for i in $(seq 20); do sed 1d three.csv; done | awk -F, -v OFS=, 'BEGIN { srand(3); print "x,y,c" }
        { $1 += rand() - 0.5; $2 += rand() - 0.5; print }' >rows.csv
    softmax-train -q -t c --l2 1 -o three.model rows.csv
    run -0 mle-plot -k boundary -m three.model --grid 101 --to csv rows.csv
    length=$(part boundary | awk '{ s += sqrt(($3 - $1) ^ 2 + ($4 - $2) ^ 2) } END { print s }')
    box=$(part region 2-3 | awk 'NR == 1 { x = $1; y = $2 } { X = $1; Y = $2 } END { print X - x + Y - y }')
    # Three rays; twice that were they drawn twice.
    awk -v l="$length" -v b="$box" 'BEGIN { exit !(l > 0.4 * b && l < 0.8 * b) }'
}

@test "a border stands wherever the class changes, however steeply" {
    zcat "$data/digits.csv.gz" >digits.csv
    bayes-train -q -t digit -x 22,44 -o digits.model digits.csv
    run -0 mle-plot -k boundary -m digits.model --grid 60 --to csv digits.csv
    # from one point of the grid to the next one in its row a piece must begin or end between them
    { part boundary 2-3; part boundary 4-5; } >ends
    part region 2-6 | tr -s ' ' | awk 'NR == FNR { n++; ex[n] = $1; ey[n] = $2; next }
        { if ($2 == y && $3 != class) {
              changes++; found = 0
              for (i = 1; i <= n && !found; i++) { d = ey[i] - $2; found = d * d < 1e-18 && ex[i] >= x && ex[i] <= $1 }
              missing += !found }
          x = $1; y = $2; class = $3 }
        END { print changes, missing + 0; exit !(changes > 100 && missing <= changes / 50) }' ends - \
            # corners of three may lack one
}

@test "weights are those of the model" {
    softmax-train -q -t species --l2 1e-2 -o iris.model "$data/iris.csv"
    run -0 mle-plot -k weights -m iris.model --to csv
    assert_line --index 0 unit,column,row,weight
    assert_equal "$(part versicolor 4)" "$(model-show --to csv iris.model |
        awk -F, '$1 == "versicolor" && $2 != "(intercept)" { print $3 }')"
    assert_equal "$(part versicolor 2-3 | tr '\n' ' ')" "1 1 2 1 1 2 2 2 " # four columns make a square
    run -0 mle-plot -k weights -m iris.model --tile 4 --to csv
    assert_equal "$(part versicolor 2-3 | tr '\n' ' ')" "1 1 2 1 3 1 4 1 "
    nn-train -q -t species --layers '3 tanh' --epochs 2 -o net.model "$data/iris.csv"
    run -0 mle-plot -k weights -m net.model --to csv
    assert_equal "$(sed 1d <<<"$output" | cut -d, -f1 | uniq | tr '\n' ,)" "unit 1,unit 2,unit 3,"
    assert_equal "$(part 'unit 2' 4)" "$(model-show --to json net.model | tr -d ' \n' |
        sed 's/.*"parameters_1":\[\(\[[^"]*\]\)\].*/\1/' | tr -d '[' | tr ']' '\n' | sed 's/^,//' | cut -d, -f2 |
        sed -n 2,5p)"
    fails 1 "mle-plot: iris.model: --tile: 4 features do not make rows of 3" mle-plot -k weights -m iris.model --tile 3
    bayes-train -q -t species -o bayes.model "$data/iris.csv"
    fails 1 "mle-plot: bayes.model: models of this kind (naive Bayes) have no weights" \
        mle-plot -k weights -m bayes.model
}

@test "traces give a curve for each loss, or for each file" {
    nn-train -q -t species --epochs 3 --valid 0.3 --trace one-trace.csv -o a.model "$data/iris.csv"
    nn-train -q -t species --epochs 3 --trace two-trace.csv -o a.model "$data/iris.csv"
    run -0 mle-plot -k trace --to csv one-trace.csv
    assert_line --index 0 curve,epoch,value
    assert_equal "$(part loss)" "$(sed 1d one-trace.csv | cut -d, -f1,2 | tr , ' ')"
    assert_equal "$(part valid_loss 3)" "$(sed 1d one-trace.csv | cut -d, -f4)"
    run -0 mle-plot -k trace --to csv -y loss one-trace.csv two-trace.csv
    assert_line --index 0 curve,epoch,loss
    assert_equal "$(cut -d, -f1 <<<"$output" | uniq | tr '\n' ' ')" "curve one two "
    run -0 mle-plot -k trace --to csv one-trace.csv two-trace.csv
    assert_equal "$(cut -d, -f1 <<<"$output" | uniq | tr '\n' ,)" "curve,one loss,one valid_loss,two,"
    run -0 mle-plot -k trace --to csv -x seconds -y accuracy - <one-trace.csv
    assert_equal "$(part accuracy)" "$(sed 1d one-trace.csv | cut -d, -f7,3 | awk -F, '{ print $2, $1 }')"
}

@test "the numbers have the same bits for any number of threads" {
    awk 'BEGIN { srand(5); print "y,p_1"; for (i = 0; i < 100000; i++) { p = int(1e6 * rand()) / 1e6;
        print (rand() < p) "," p } }' >many.csv
    for kind in 'roc -t y' 'reliability -t y' 'gauss -x p_1'; do
        # shellcheck disable=SC2086
        assert_equal "$(mle-plot -j1 -k $kind --to csv many.csv | cksum)" "$(mle-plot -j4 -k $kind --to csv many.csv |
            cksum)"
    done
}

# ---- pictures ----

# Usage: every_kind COMMAND... — runs it with the arguments of a picture of each kind, for which there are files then.
every_kind() {
    local kind
    cancer mean_radius radius.model
    cancer mean_radius,mean_texture two.model
    nn-predict -m radius.model --append "$data/breast-cancer.csv" >cancer.csv
    nn-train -q -t species --epochs 3 --trace some-trace.csv -o net.model "$data/iris.csv"
    for kind in 'trace some-trace.csv' 'trace --log xy some-trace.csv' 'gauss -x mean_radius cancer.csv' \
        'gauss -x mean_radius --by diagnosis cancer.csv' 'fit -m radius.model cancer.csv' \
        'boundary -m two.model cancer.csv' \
        'roc -t diagnosis cancer.csv' 'pr -t diagnosis cancer.csv' 'reliability -t diagnosis cancer.csv' \
        'weights -m net.model'; do
        # shellcheck disable=SC2086
        "$@" -k $kind || fail "$kind"
    done
}

# Usage: draws ARG... — whether mle-plot makes SVG, PNG and text that look like it, and prints no message.
draws() {
    local said
    said=$(mle-plot "$@" -o picture.svg 2>&1 && mle-plot "$@" -o picture.png 2>&1 &&
        mle-plot "$@" -o picture.txt 2>&1) || return 1
    [ "$said" = "" ] || return 1
    head -n 2 picture.svg | grep -q '<svg' || return 1
    tail -n 2 picture.svg | grep -q '</svg>' || return 1
    [ "$(head -c 8 picture.png | od -An -t x1 | tr -d ' \n')" = 89504e470d0a1a0a ] || return 1
    [ "$(wc -l <picture.txt)" -ge 5 ] && ! grep -q $'[\f\r\e\t]\\| $' picture.txt
}

@test "every kind is drawn as SVG, PNG and text" {
    every_kind draws
}

@test "the same numbers give the same bytes" {
    for file in picture.svg picture.png; do
        mle-plot -k gauss -x mean_radius -o $file "$data/breast-cancer.csv"
        mv $file before
        mle-plot -k gauss -x mean_radius -o $file "$data/breast-cancer.csv"
        cmp $file before
    done
}

@test "one row, equal rows and numbers on the edge of what there is are drawn or refused" {
    mle-plot -k trace --log xy -o a.svg <<<$'x,y\n3,5'
    mle-plot -k trace -o a.svg <<<$'x,y\n0,inf\n1,2'
    mle-plot -q -k gauss -x x -o a.svg <<<$'x\n5'
    mle-plot -k roc -t y -p p -o a.svg <<<$'y,p\n1,0.5\n0,0.5'
    mle-plot -k trace -o a.svg <<<$'x,y\n1e300,1\n-1e300,2'
    fails 1 "mle-plot: standard input: column 'x' has values from -1e+308 to 1e+308, which are too far apart for a"\
" plot" \
        mle-plot -k gauss -x x <<<$'x\n1e308\n-1e308'
}

@test "text is as wide as asked for, and the size of graphics too" {
    mle-plot -k gauss -x mean_radius --size 50x15 "$data/breast-cancer.csv" >text
    [ "$(awk 'length > 50' text)" = "" ] && [ "$(awk 'length > 45' text)" != "" ] && [ "$(wc -l <text)" -le 15 ]
    mle-plot -k gauss -x mean_radius --size 320x200 -o p.png "$data/breast-cancer.csv"
    assert_equal "$(od -An -t u1 -j 16 -N 8 p.png | tr -s ' ')" " 0 0 1 64 0 0 0 200"
    mle-plot -k gauss -x mean_radius --size 320x200 --to svg "$data/breast-cancer.csv" |
        grep -q 'width="320" height="200"'
}

@test "nothing in names or titles is a command" {
    name="a' b\`touch one\` \$(touch two) \"'; system('touch three') # @c {/=99 d} _e ^f"
    printf '"%s"\n1\n2\n4\n' "${name//\"/\"\"}" >odd.csv
    every=$'\n\t\x01'
    mle-plot -k gauss -x 1 --title "$name$every" --y-label "$name" -o odd.svg odd.csv
    mle-plot -k gauss -x 1 --title "$name$every" -o odd.txt odd.csv
    assert_equal "$(ls)" $'odd.csv\nodd.svg\nodd.txt'
    grep -qF "$name" odd.txt
    grep -qF "a' b\`touch one\` \$(touch two) " odd.svg
}

@test "points beyond what can be seen are not in the picture" {
    awk 'BEGIN { srand(1); print "x,y"; for (i = 0; i < 300000; i++) print rand() "," rand() }' >many.csv
    linreg-train -q -t y -o line.model many.csv
    mle-plot -k fit -m line.model --size 100x100 -o many.svg many.csv
    [ "$(wc -c <many.svg)" -lt 6000000 ]
    assert_equal "$(mle-plot -k fit -m line.model --to csv many.csv | grep -c ^data)" 300000
}

@test "text has colour on a terminal only, not with NO_COLOR" {
    command -v script >/dev/null || skip "script (util-linux) is not installed"
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "there is no pseudo-terminal to be had"
    draw="mle-plot -k gauss -x mean_radius '$data/breast-cancer.csv'"
    coloured() {
        TERM=$1 SHELL=$BASH script -qec "stty cols 60 rows 20; $2" typescript </dev/null >/dev/null
        grep -q $'\e\\[38;5' typescript
    }
    coloured xterm "$draw"
    [ "$(sed $'s/\e\\[[0-9;]*m//g; s/\r//g; /^Script/d' typescript | awk 'length > 60 || NR > 20')" = "" ]
    run ! coloured xterm "NO_COLOR=1 $draw"
    run ! coloured dumb "$draw"
    run ! grep -q $'\e' <(mle-plot -k gauss -x mean_radius "$data/breast-cancer.csv")
}

# ---- gnuplot ----

# Usage: gnuplot_is SCRIPT — what stands in gnuplot's place; PATH holds nothing else, but for mle-plot.
gnuplot_is() {
    mkdir -p path
    ln -sf "$(command -v mle-plot)" path/mle-plot
    [ "$1" = "" ] || printf '#!/bin/sh\n%s\n' "$1" >path/gnuplot
    [ "$1" = "" ] || chmod +x path/gnuplot
}

@test "without gnuplot the message says how to get it, and nothing is written" {
    gnuplot_is ''
    echo old >picture.svg
    fails 1 "mle-plot: gnuplot is not installed; install it (on Debian: apt install gnuplot-nox), or use --to csv for"\
" the numbers" \
        /usr/bin/env PATH=path mle-plot -k gauss -x mean_radius -o picture.svg "$data/breast-cancer.csv"
    assert_equal "$(cat picture.svg)" old
    assert_equal "$(ls picture*)" picture.svg
    run -0 env PATH=path mle-plot -k gauss -x mean_radius --to csv "$data/breast-cancer.csv"
}

@test "a gnuplot that fails is reported, and nothing is written" {
    draw=(mle-plot -k gauss -x mean_radius -o picture.svg "$data/breast-cancer.csv")
    gnuplot_is 'read line; echo "<svg"; printf "\n     ^\n     line 7: no such thing\n\n" >&2; exit 1'
    PATH=path:$PATH fails 1 "mle-plot: gnuplot failed: no such thing" "${draw[@]}"
    gnuplot_is 'printf "line 0: warning: odd\nwell\n  line 70: ^ range is invalid\n\n" >&2; exit 1'
    PATH=path:$PATH fails 1 "mle-plot: gnuplot failed: ^ range is invalid" "${draw[@]}"
    gnuplot_is 'exec >&-; exit 0'
    PATH=path:$PATH fails 1 "mle-plot: gnuplot failed: it wrote no message" "${draw[@]}"
    gnuplot_is 'echo "<svg"; kill -9 $$'
    PATH=path:$PATH fails 1 "mle-plot: gnuplot was terminated by signal 9" "${draw[@]}"
    gnuplot_is 'echo oops >&2; exit 3'
    PATH=path:$PATH fails 1 "mle-plot: gnuplot failed: oops" "${draw[@]}"
    assert_not_exist picture.svg
}

@test "a gnuplot that reads nothing, or writes much before it reads, neither ends nor blocks the command" {
    awk 'BEGIN { srand(1); print "x,y"; for (i = 0; i < 100000; i++) print rand() "," rand() }' >many.csv
    linreg-train -q -t y -o line.model many.csv
    gnuplot_is 'exit 1'
    PATH=path:$PATH fails 1 "mle-plot: gnuplot failed: it wrote no message" mle-plot -k fit -m line.model many.csv
    gnuplot_is 'exec </dev/null; echo drawn'
    run -0 env PATH="path:$PATH" mle-plot -k fit -m line.model --to svg many.csv
    assert_output drawn
    gnuplot_is 'head -c 1000000 /dev/zero | tr "\0" x; head -c 500000 /dev/zero >&2; cat >script'
    PATH=path:$PATH timeout 60 mle-plot -k fit -m line.model --to svg many.csv | cmp - <(head -c 1000000 /dev/zero |
        tr '\0' x)
    tail -n 1 script | grep -q ^plot
}

@test "a closed pipe ends the command as it ends cat, and a full disk is an error" {
    run -0 bash -c "set +o pipefail; mle-plot -k gauss -x mean_radius '$data/breast-cancer.csv' | head -c 1 >/dev/null"
    fails 1 "mle-plot: /dev/full: cannot write: No space left on device" \
        mle-plot -k gauss -x mean_radius --to svg -o /dev/full "$data/breast-cancer.csv"
    fails 1 "mle-plot: no/picture.svg: cannot open for writing: No such file or directory" \
        mle-plot -k gauss -x mean_radius -o no/picture.svg "$data/breast-cancer.csv"
}

@test "gnuplot's own settings of a user do not count" {
    mkdir home
    echo 'exit status 9' | tee home/.gnuplot >home/.gnuplotrc
    HOME=$PWD/home run -0 mle-plot -k gauss -x mean_radius "$data/breast-cancer.csv"
}

# ---- bad input ----

@test "options that make no sense are named" {
    try="; try 'mle-plot --help'"
    fails 2 "mle-plot: --bins cannot be used with --kind roc$try" mle-plot -k roc -t y --bins 3
    fails 2 "mle-plot: missing --target, which --kind roc requires$try" mle-plot -k roc
    fails 2 "mle-plot: missing --features, which --kind gauss requires$try" mle-plot -k gauss
    fails 2 "mle-plot: missing --model, which --kind weights requires$try" mle-plot -k weights
    fails 2 "mle-plot: --output: invalid value 'p.pdf': expected a name ending in .svg, .png, .txt or .csv;"\
" use --to for other names$try" mle-plot -k roc -t y -o p.pdf
    fails 2 "mle-plot: --size: invalid value '80': expected WIDTHxHEIGHT, two whole numbers from 10 to 1000$try" \
        mle-plot -k roc -t y --size 80
    fails 2 "mle-plot: --size: invalid value '1x1': expected WIDTHxHEIGHT, two whole numbers from 10 to 20000$try" \
        mle-plot -k roc -t y --size 1x1 --to svg
    fails 2 "mle-plot: --log cannot be used with --kind roc$try" mle-plot -k roc -t y --log y
    fails 2 "mle-plot: --model - cannot be used with rows from standard input$try" mle-plot -k fit -m -
    fails 2 "mle-plot: unexpected operand 'x.csv': expected no files with --kind weights$try" \
        mle-plot -k weights -m a.model x.csv
}

@test "data that cannot be drawn is named with its place" {
    fails 1 "mle-plot: standard input: no column 'yy'; did you mean 'y'?" mle-plot -k roc -t yy <<<$'y,p_1\n1,1\n0,0'
    fails 1 "mle-plot: standard input: p_1: every row is of the class '1'; use --positive to name the predicted class" \
        mle-plot -k roc -t y <<<$'y,p_1\n1,1\n1,0'
    fails 1 "mle-plot: standard input: p_x: no row is of the class 'x'; use --positive to name the predicted class" \
        mle-plot -k reliability -t y <<<$'y,p_x\n1,1\n0,0'
    fails 1 "mle-plot: standard input:3: column 2 'p_1': 1.5 is not between 0 and 1" \
        mle-plot -k reliability -t y <<<$'y,p_1\n1,1\n0,1.5'
    fails 1 "mle-plot: standard input:2: column 2 'p_1': the value is infinite" \
        mle-plot -k roc -t y <<<$'y,p_1\n1,inf\n0,1'
    fails 1 "mle-plot: standard input:2: column 3 'w': -1 is less than 0" \
        mle-plot -k roc -t y -w w <<<$'y,p_1,w\n1,1,-1\n0,1,1'
    fails 1 "mle-plot: standard input: there are no rows to draw" mle-plot -k roc -t y <<<y,p_1
    fails 1 "mle-plot: standard input: column 'x' has no values" mle-plot -k gauss -x x <<<$'x\nNA'
    fails 1 "mle-plot: standard input:3: column 1 'x': 'a' is not a number" mle-plot -k gauss -x x <<<$'x\n1\na'
    fails 1 "mle-plot: standard input: a trace has at least two columns" mle-plot -k trace <<<$'x\n1'
}

@test "models that do not suit a picture are named" {
    cancer mean_radius,mean_texture two.model
    cancer mean_radius one.model
    linreg-train -q -t petal_width -x petal_length,sepal_width -o line.model "$data/iris.csv"
    fails 1 "mle-plot: two.model: the model has 2 numeric columns, but this plot shows 1;"\
" use --features to choose them, and --at or rows to fix the others" \
        mle-plot -k fit -m two.model "$data/breast-cancer.csv"
    fails 1 "mle-plot: one.model: the model has 1 numeric column, but this plot shows 2" \
        mle-plot -k boundary -m one.model "$data/breast-cancer.csv"
    fails 1 "mle-plot: line.model: the model predicts numbers, which have no boundary" \
        mle-plot -k boundary -m line.model "$data/iris.csv"
    fails 1 "mle-plot: $data/iris.csv: no column 'mean_radius'" mle-plot -k fit -m one.model "$data/iris.csv"
    fails 1 "mle-plot: standard input: the model has no class 'unsure'" \
        mle-plot -k fit -m one.model <<<$'mean_radius,diagnosis\n1,benign\n2,unsure'
}

@test "values to hold columns at that do not suit the model are named" {
    logreg-train -q -t diagnosis -x mean_radius,mean_texture,mean_area -o cancer.model "$data/breast-cancer.csv"
    try="; try 'mle-plot --help'"
    draw="mle-plot -k fit -m cancer.model $data/breast-cancer.csv"
    fails 2 "mle-plot: --at: invalid value 'mean_area': expected COLUMN=VALUE$try" $draw --at mean_area
    fails 2 "mle-plot: --at: the model has no column 'area'$try" $draw --at area=3
    fails 2 "mle-plot: --at: the model's column 'mean_area' is numeric, but 'big' is not a number$try" \
        $draw --at mean_area=big
    fails 2 "mle-plot: --at: the column 'mean_area' is one of --features$try" $draw -x mean_area --at mean_area=3
    fails 2 "mle-plot: --features: the model has no numeric column 'id'$try" \
        mle-plot -k fit -m cancer.model -x id <<<$'id,mean_radius,mean_texture,mean_area,diagnosis\n1,2,3,4,benign'
    fails 2 "mle-plot: --features: expected 1 column, not 2$try" $draw -x mean_area,mean_radius
    fails 1 "mle-plot: cancer.model: the model has 1 numeric column that --at does not fix, but this plot shows 2" \
        mle-plot -k boundary -m cancer.model --at mean_area=1,mean_radius=2 "$data/breast-cancer.csv"
    fails 2 "mle-plot: --at cannot be used with --kind roc$try" mle-plot -k roc -t y --at x=1
    awk -F, -v OFS=, '{ print $1, $3, (NR == 1 ? "size" : $3 > 4 ? "big" : "small"), $5 }' "$data/iris.csv" >sizes.csv
    softmax-train -q -t species --categorical auto --l2 0.1 -o sizes.model sizes.csv
    fails 2 "mle-plot: --at: the model has no category 'huge' of the column 'size'$try" \
        mle-plot -k boundary -m sizes.model --at size=huge sizes.csv
}

@test "rows that lack a value are left out and counted; a constant column has no curve" {
    run --separate-stderr -0 mle-plot -k roc -t y --to csv <<<$'y,p_1\n1,0.9\n0,\n,0.3\n0,0.2'
    assert_equal "$stderr" "mle-plot: rows with missing values, omitted: 2"
    run --separate-stderr -0 mle-plot -k gauss -x x --to csv <<<$'x,y\n1,2\n,2\n1,2'
    assert_equal "$stderr" "mle-plot: rows with missing values, omitted: 1
mle-plot: all values are equal: there is no curve"
    assert_equal "$output" $'part,x,density,low,high,n\nhistogram,1,1,0.5,1.5,2'
}

@test "a range that no number can say is an error" {
    printf 'step,loss\n-1.7e308,1\n1.7e308,2\n' >trace.csv
    fails 1 "mle-plot: gnuplot failed: x range is invalid" mle-plot -k trace trace.csv
    logreg-train -q --l2 1 -t y -o model - <<<$'a,b,y\n1,2,0\n2,1,1\n3,1,1'
    fails 1 "mle-plot: gnuplot failed: x range is invalid" \
        mle-plot -k boundary -m model <<<$'a,b,y\n1.7e308,1,0\n-1.7e308,2,1'
}
