load helper

# Usage: reference NAME — a value of information.csv.
reference() {
    awk -F, -v name="$1" '$1 == name { print $2; found = 1 } END { exit !found }' "$ref/information.csv"
}

@test "mutual information of species and petals is scikit-learn's" {
    run -0 mutual-info -x species,petal_width --se "$data/iris.csv"
    assert_equal "${lines[0]}" "x,y,n,missing,I_bits,I_se_bits,H_x_bits,H_y_bits,normalised"
    assert_close "$(cell 1 I_bits)" "$(reference I_bits)"
    assert_close "$(cell 1 I_se_bits)" "$(reference I_se)"
    assert_close "$(cell 1 H_y_bits)" "$(reference H_width)"
    run -0 mutual-info -x species,petal_width --estimate miller-madow "$data/iris.csv"
    assert_close "$(cell 1 I_bits)" "$(reference I_miller_madow)"
}

@test "normalised variants are scikit-learn's, and those by one entropy or the joint one follow" {
    while read -r how name; do
        run -0 mutual-info -x species,petal_width --normalize "$how" "$data/iris.csv"
        assert_close "$(cell 1 normalised)" "$(reference "nmi_$name")"
    done <<<$'min min\nmax max\nmean arithmetic\nroot geometric\nx min\ny max'
    run -0 mutual-info -x species,petal_width --normalize joint "$data/iris.csv"
    joint=$(awk -v i="$(reference I_bits)" -v v="$(reference variation)" 'BEGIN { printf "%.17g", i / (i + v) }')
    assert_close "$(cell 1 normalised)" "$joint"
}

@test "conditional mutual information is that of four entropies" {
    run -0 --separate-stderr mutual-info --given species -x petal_width,petal_length "$data/iris.csv"
    assert_close "$(cell 1 I_bits)" "$(reference I_given)"
    assert_close "$(cell 1 H_x_bits)" "$(reference H_width_given_species)"
}

@test "bins of the same width are those of the formula" {
    run -0 mutual-info --bins 5 -x petal_width,petal_length "$data/iris.csv"
    assert_close "$(cell 1 I_bits)" "$(reference I_bins)"
}

@test "bins by frequency share values out evenly and keep equal ones together" {
    run -0 mutual-info --bins 2 --binning frequency <<<$'x,y\n1,1\n2,2\n3,300\n4,400'
    assert_line --index 1 x,y,4,0,1,1,1,1
    run -0 mutual-info --bins 2 --binning frequency <<<$'x,y\n1,1\n1,2\n1,3\n4,4'
    assert_line --index 1 x,y,4,0,0.31127812445913283,0.8112781244591328,1,0.34371101848545077
    run -0 mutual-info --bins 2 <<<$'x,y\n1,1\n2,2\n3,300\n4,400'
    assert_line --index 1 x,y,4,0,1,1,1,1
    run -0 mutual-info --bins 3 <<<$'x,y\n-1.7e308,1\n1.7e308,2\n0,3'
    assert_close "$(cell 1 I_bits)" 1.584962500721156
}

@test "an exclusive or tells nothing by one input and all when the other is known" {
    printf 'x,y,z\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n' >xor
    run -0 mutual-info xor
    assert_output 'x,y,n,missing,I_bits,H_x_bits,H_y_bits,normalised
x,y,4,0,0,1,1,0
x,z,4,0,0,1,1,0
y,z,4,0,0,1,1,0'
    run -0 mutual-info --given y -x x,z xor
    assert_line --index 1 x,z,4,0,1,1,1,1
    run -0 mutual-info --unit nats -x x,z --given y xor
    assert_close "$(cell 1 I_nats)" 0.69314718055994531
    run -0 mutual-info --base 4 -x x,z --given y xor
    assert_close "$(cell 1 I_base_4)" 0.5
}

@test "the matrix is symmetric and has the entropies on its diagonal" {
    run -0 mutual-info --matrix -x species,petal_width "$data/iris.csv"
    assert_equal "${lines[0]}" "I_bits,species,petal_width"
    assert_close "$(cell 1 species)" 1.584962500721156
    assert_close "$(cell 2 petal_width)" "$(reference H_width)"
    assert_close "$(cell 1 petal_width)" "$(reference I_bits)"
    assert_equal "$(cell 1 petal_width)" "$(cell 2 species)"
}

@test "a target is compared with every other column" {
    run -0 mutual-info -t species "$data/iris.csv"
    assert_equal "${#lines[@]}" 5
    assert_equal "$(cell 4 y)" species
    assert_close "$(cell 4 I_bits)" "$(reference I_bits)"
}

@test "rows that lack one of the two are left out of the pair alone" {
    run -0 mutual-info --precision 6 <<<$'x,y,z\na,b,c\na,,d\nb,c,c\n,b,d'
    assert_output 'x,y,n,missing,I_bits,H_x_bits,H_y_bits,normalised
x,y,2,2,1,1,1,1
x,z,3,1,0.251629,0.918296,0.918296,0.274018
y,z,3,1,0.251629,0.918296,0.918296,0.274018'
    run -0 mutual-info <<<$'x,y\na,\n,b'
    assert_line --index 1 x,y,0,2,,,,
    run -0 mutual-info --given z -x x,y <<<$'x,y,z\na,b,1\nb,a,1\na,a,\nb,b,'
    assert_line --index 1 x,y,2,2,1,1,1,1
}

@test "many levels are counted as few are" {
    awk 'BEGIN { print "x,y,z"; for (i = 0; i < 40000; i++) print i % 20000 "," i % 40000 "," i % 2 }' >t
    run -0 --separate-stderr mutual-info -x x,y t
    assert_close "$(cell 1 I_bits)" 14.287712379549449
    run -0 --separate-stderr mutual-info -x x,y --given z t
    assert_close "$(cell 1 I_bits)" 13.287712379549449
}

@test "each group has what its rows alone have, whatever their order" {
    awk 'BEGIN { srand(7); print "g,x,y,z"; for (i = 0; i < 3000; i++) { a = int(rand() * 4)
        print "g" int(rand() * 3) "," a "," (rand() < 0.3 ? a : int(rand() * 300)) "," int(rand() * 2) } }' >t
    for options in "" "--given z -x x,y --se" "-t x --permutations 30 --estimate miller-madow"; do
        # shellcheck disable=SC2086
        mutual-info -g g $options t | sort >all
        for g in g0 g1 g2; do
            # shellcheck disable=SC2086
            sed -n "1p;/^$g,/p" t | cut -d, -f2- | mutual-info $options | sed "1s/^/g,/;2,\$s/^/$g,/"
        done | sort -u | diff all -
    done
}

@test "rows without a group are left out, and bins are those of all groups" {
    run -0 --separate-stderr mutual-info -g g --bins 2 <<<$'g,x,y\nu,0,0\nv,4,4\nu,1,1\nv,4,3\n,9,9'
    assert_output $'g,x,y,n,missing,I_bits,H_x_bits,H_y_bits,normalised
u,x,y,2,0,0,0,0,
v,x,y,2,0,0,0,0,'
    assert_equal "$stderr" "mutual-info: rows without a value of 'g', omitted: 1"
}

@test "a row of weight 3 counts as three rows" {
    awk 'BEGIN { srand(8); print "x,y,z,w"; for (i = 0; i < 400; i++) { a = int(rand() * 4)
        print a "," (rand() < 0.3 ? "" : rand() < 0.4 ? a : int(rand() * 9)) "," int(rand() * 2) "," int(rand() * 4) }
            }' >t
    awk -F, 'NR == 1 { print "x,y,z" } NR > 1 { for (i = 0; i < $4; i++) print $1 "," $2 "," $3 }' t >rows
    # rows are fewer, and only weights have a sum
    cat >same.awk <<'END'
BEGIN { FS = OFS = "," }
NR == 1 { for (i = 1; i <= NF; i++) left[i] = $i == "n" || $i == "missing" || $i == "weight" }
{ line = $1; for (i = 2; i <= NF; i++) if (!left[i]) line = line OFS $i; print line }
END
    for options in "-x x,y --se" "-x x,y --given z --estimate miller-madow" "-x x,y,z --matrix"; do
        # shellcheck disable=SC2086
        mutual-info -w w $options --precision 12 t | awk -f same.awk >weighted
        # shellcheck disable=SC2086
        mutual-info $options --precision 12 rows | awk -f same.awk | diff weighted -
    done
    run -0 mutual-info -w w <<<$'x,y,w\na,b,0.5\na,c,0.5\nb,b,0.25\nb,c,0.25\nb,,1\nq,q,0'
    assert_line --index 1 x,y,5,1,1.5,0,0.9182958340544896,1,0
}

@test "permutations tell dependence from chance, by seed and whatever the threads" {
    awk 'BEGIN { srand(5); print "x,y,z"; for (i = 0; i < 300; i++) { a = int(rand() * 4)
        print a "," (rand() < 0.3 ? a : int(rand() * 4)) "," int(rand() * 4) } }' >t
    run -0 mutual-info --permutations 199 t
    assert_close "$(cell 1 p)" 0.005
    awk -v p="$(cell 2 p)" 'BEGIN { exit !(p > 0.01) }'
    one=$output
    run -0 mutual-info --permutations 199 -j 3 t
    assert_equal "$output" "$one"
    run -0 mutual-info --permutations 199 --seed 2 t
    refute [ "$output" = "$one" ]
}

@test "the p-value of a table of four rows is that of all its permutations" {
    run -0 mutual-info --permutations 20000 <<<$'x,y\n0,0\n0,0\n1,1\n1,1'
    assert_close "$(cell 1 p)" 0.33333333333333331 0.05
}

@test "permutations under a condition do not leave it" {
    awk 'BEGIN { print "x,y,z"; for (i = 0; i < 40; i++) print i % 2 "," i % 2 "," i % 2 }' >t
    run -0 mutual-info --permutations 50 -x x,y t
    awk -v p="$(cell 1 p)" 'BEGIN { exit !(p < 0.05) }'
    run -0 mutual-info --permutations 50 -x x,y --given z t
    assert_equal "$(cell 1 I_bits)" 0
    assert_equal "$(cell 1 p)" 1
}

@test "information is never negative, symmetric, and less behind a channel" {
    awk 'BEGIN { srand(9); print "x,y,z"; for (i = 0; i < 2000; i++) { a = int(rand() * 6);
        b = (a + int(rand() * 3)) % 6
        print a "," b "," int(b / 2) } }' >t
    run -0 mutual-info t
    awk -v xy="$(cell 1 I_bits)" -v xz="$(cell 2 I_bits)" 'BEGIN { exit !(xz >= 0 && xz <= xy) }'
    xy=$(cell 1 I_bits)
    run -0 mutual-info -x y,x t
    assert_close "$(cell 1 I_bits)" "$xy"
}

@test "any number of threads gives the same bytes" {
    awk 'BEGIN { srand(3); print "a,b,c,d"; for (i = 0; i < 60000; i++)
        print int(rand() * 5) "," int(rand() * 999) "," rand() "," (rand() < 0.1 ? "" : int(rand() * 3)) }' >t
    mutual-info -j 1 --bins 7 t >one
    mutual-info -j 4 --bins 7 t | cmp - one
}

@test "bad columns are named" {
    fails 1 "mutual-info: standard input: there are no two columns to compare" mutual-info <<<$'x\n1'
    fails 1 "mutual-info: standard input: there are no two columns to compare" mutual-info --given y <<<$'x,y\n1,2'
    fails 2 "mutual-info: standard input: --given: column 'x' is also compared; try 'mutual-info --help'" \
        mutual-info -x x,y --given x <<<$'x,y\n1,2'
    fails 2 "mutual-info: standard input: --columns: the target 'x' is one of them; try 'mutual-info --help'" \
        mutual-info -x x,y -t x <<<$'x,y\n1,2'
    fails 1 "mutual-info: standard input: no column 'speces'; did you mean 'species'?" \
        mutual-info -t speces <<<$'species,b\nx,y'
    fails 2 "mutual-info: --matrix cannot be used with --target; try 'mutual-info --help'" \
        mutual-info --matrix -t x
}

@test "bad groups and weights are named" {
    fails 1 "mutual-info: standard input:3: column 3 'w': the weight is negative" \
        mutual-info -w w <<<$'x,y,w\na,b,1\na,b,-1'
    fails 1 "mutual-info: standard input:2: column 3 'w': the weight is missing" mutual-info -w w <<<$'x,y,w\na,b,'
    fails 1 "mutual-info: standard input: column 3 'w': the sum of the weights is too large" \
        mutual-info -w w <<<$'x,y,w\na,b,1e308\na,b,1e308'
    fails 1 "mutual-info: standard input: no column 'h'" mutual-info -g h <<<$'x,y,w\na,b,1'
    fails 1 "mutual-info: standard input: no data" mutual-info -g g <<<$'x,y,g\na,b,'
    fails 2 "mutual-info: --permutations cannot be used with --weights; try 'mutual-info --help'" \
        mutual-info -w w --permutations 9
    fails 2 "mutual-info: --matrix cannot be used with --by; try 'mutual-info --help'" mutual-info -g g --matrix
}

@test "bad input is refused with its place" {
    fails 1 "mutual-info: standard input: there is no data" mutual-info </dev/null
    fails 1 "mutual-info: standard input: no data" mutual-info <<<x,y
    fails 1 "mutual-info: standard input:3: 1 field, but the header has 2$use_ragged" mutual-info <<<$'x,y\n1,2\n1'
    fails 1 "mutual-info: standard input:3: column 2 'y': an infinite value has no bin" \
        mutual-info --bins 3 <<<$'x,y\n1,2\n2,inf'
    fails 1 "mutual-info: standard input:3: column 2 'y': 'a' is not a number" mutual-info --bins 3 <<<$'x,y\n1,2\n2,a'
    fails 2 "mutual-info: --bins: invalid value '1': expected a number of at least 2; try 'mutual-info --help'" \
        mutual-info --bins 1 <<<$'x,y\n1,2'
    fails 1 "mutual-info: none: cannot open: No such file or directory" mutual-info none
    fails 1 "mutual-info: /dev/full: cannot write: No space left on device" mutual-info -o /dev/full <<<$'x,y\n1,2'
}

@test "weights that are all 0 leave nothing to measure" {
    fails 1 "mutual-info: standard input: column 3 'w': all weights are 0" \
        mutual-info -x x,y -w w <<<$'x,y,w\n1,1,0\n1,1,0'
}

# Usage: same_estimates K NAME TOLERANCE — the column I_nats of $output is NAME of the reference, in the cases of K
# neighbours.
same_estimates() {
    paste -d, <(printf '%s\n' "$output" | sed 1d) <(sed 1d "$ref/neighbours.csv" |
        cut -d, -f "$2") <(sed 1d "$ref/neighbours.csv" | cut -d, -f 2) |
        awk -F, -v k="$1" -v t="$3" '$8 == k || k == "any" { n++; e = $6 - $7; if (e > t || -e > t) { print; bad = 1 } }
        END { exit bad || n < 20 }'
}

@test "nearest neighbours estimate what scikit-learn and Ross's definition do, whatever the scales" {
    for k in 1 3 5; do
        run -0 --separate-stderr mutual-info -g case -x x,y --unit nats --estimate knn:$k "$ref/neighbours-rows.csv"
        same_estimates $k 3 1e-13
        run -0 --separate-stderr mutual-info -g case -x x,c --unit nats --estimate knn:$k "$ref/neighbours-rows.csv"
        same_estimates $k 4 1e-13
        run -0 --separate-stderr mutual-info -g case -x c,y --unit nats --estimate knn:$k "$ref/neighbours-rows.csv"
        same_estimates $k 5 1e-13
    done
    run -0 --separate-stderr mutual-info -g case -x x,y --unit nats --estimate gauss "$ref/neighbours-rows.csv"
    same_estimates any 6 1e-13
}

# 20000 pairs with correlation 0.6: -log(1 - 0.36) / 2 = 0.2231 nats.
gaussian_pairs() {
    awk 'BEGIN { srand(3); print "x,y,g"; for (i = 0; i < 20000; i++) { u = sqrt(-2 * log(1 - rand()));
        t = 6.283185307179586 * rand()
        printf "%.12g,%.12g,%d\n", u * cos(t), 0.6 * u * cos(t) + 0.8 * u * sin(t), i % 2 } }'
}

@test "nearest neighbours come near the truth of a Gaussian, and 0 of independence" {
    gaussian_pairs >pairs.csv
    run -0 mutual-info -x x,y --estimate knn --unit nats pairs.csv
    assert_line --index 0 x,y,n,missing,I_nats
    assert_close "$(cell 1 I_nats)" 0.2231 0.05
    run -0 mutual-info -x x,y --estimate gauss --unit nats pairs.csv
    assert_close "$(cell 1 I_nats)" 0.2231 0.05
    run -0 mutual-info -x x,g --categorical g --estimate knn --unit nats pairs.csv
    [ "$(awk -v i="$(cell 1 I_nats)" 'BEGIN { print i * i < 1e-4 }')" = 1 ]
    mutual-info -j 1 --estimate knn pairs.csv 2>/dev/null >one
    mutual-info -j 3 --estimate knn pairs.csv 2>/dev/null | cmp one -
}

@test "values that hardly occur twice are reported, and what measures them works as it stands there" {
    gaussian_pairs | head -401 >pairs.csv
    run -0 --separate-stderr mutual-info -x x,y pairs.csv
    assert_equal "$stderr" \
        "mutual-info: column 'x' has 400 different values in 400 rows, each of which is a symbol:"\
" the estimate is near log n whatever the dependence; --estimate knn or --bins N measures continuous columns"
    run -0 --separate-stderr mutual-info -x x,y --estimate knn pairs.csv
    assert_equal "$stderr" ""
    run -0 --separate-stderr mutual-info -x x,y --bins 5 pairs.csv
    assert_equal "$stderr" ""
    run -0 --separate-stderr mutual-info -x x,g --estimate knn pairs.csv
    assert_equal "$stderr" \
        "mutual-info: column 'g': 400 of 400 values occur repeatedly, which nearest neighbours take for close ones;"\
" --categorical takes them as symbols"
    run -0 --separate-stderr mutual-info -x x,g --categorical g --estimate knn pairs.csv
    assert_equal "$stderr" ""
}

@test "pairs of values that hardly occur twice are reported, whatever their type" {
    awk 'BEGIN { srand(4); print "x,y,n"
        for (i = 0; i < 400; i++) print int(rand() * 100) "," int(rand() * 100) ",3" }' >t
    bias="different pairs of values in 400 rows: the estimate is mostly bias, whatever the dependence;"
    run -0 --separate-stderr mutual-info -x x,y t
    assert_regex "$stderr" "^mutual-info: columns 'x' and 'y' have 39[0-9] $bias --estimate knn or --bins N"
    run -0 --separate-stderr mutual-info -x x,y --aweights n t
    assert_regex "$stderr" "^mutual-info: columns 'x' and 'y' have 39[0-9] $bias"
    run -0 --separate-stderr mutual-info -x x,y --bins 40 t
    assert_regex "$stderr" "; use fewer --bins, or --estimate knn\$"
    sed 's/^/i/;s/,/,j/' t >texts
    run -0 --separate-stderr mutual-info -x ix,jy texts
    assert_regex "$stderr" "; --permutations N tests for independence\$"
    run -0 --separate-stderr mutual-info -x x,y --bins 4 t
    assert_equal "$stderr" ""
    # by groups, the values of the group count
    awk -F, 'NR > 1 { print $0 "," NR % 20 }' t | sed '1i x,y,n,g' >groups
    run -0 --separate-stderr mutual-info -x x,y -g g groups
    assert_regex "$stderr" "^mutual-info: column '[xy]' has [12][0-9] different values in 20 rows, each of which is"
    # a table of counts is no table of single rows
    run -0 --separate-stderr mutual-info -w n <<<$'x,y,n\n1,1,50\n1,2,20\n2,1,10\n2,2,40\n3,1,3\n3,2,4\n4,1,5\n4,2,9'
    assert_equal "$stderr" ""
}

@test "rows too few for the nearest neighbours, and symbols of a single row, are reported" {
    printf 'x,y\n1,1\n2,4\n3,9\n4,16\n5,25\n' >square.csv
    # of a function, psi(5) - psi(4) = 1/4 nat is the most that 4 neighbours can show
    run -0 --separate-stderr mutual-info --estimate knn:4 --unit nats square.csv
    assert_equal "$stderr" "mutual-info: columns 'x' and 'y': of 5 rows, the estimate by 4 neighbours cannot exceed"\
" 0.361 bits, whatever the dependence"
    run -0 --separate-stderr mutual-info --estimate knn:1 --unit nats square.csv
    assert_equal "$stderr" ""
    for k in 5 1000; do
        run -0 --separate-stderr mutual-info --estimate knn:$k square.csv
        assert_equal "$stderr" "mutual-info: columns 'x' and 'y': 5 rows have no estimate by $k neighbours"
        assert_line --index 1 x,y,5,0,
    done
    run -0 --separate-stderr mutual-info --estimate knn <<<$'x,c\n1,a\n2,b\n3,b\n4,c'
    assert_equal "$stderr" "mutual-info: column 'c': rows with a symbol that no other row has, omitted: 2"
    assert_line --index 1 x,c,4,0,
    run -0 --separate-stderr mutual-info --estimate knn <<<$'x,c\n1,a\n2,a\n3,a\n4,a'
    assert_equal "$stderr" ""
    assert_line --index 1 x,c,4,0,0
}

@test "nearest neighbours of labels, constants, missing values and few rows" {
    run -0 --separate-stderr mutual-info --estimate knn <<<$'a,b\nx,1\nx,2\ny,3\ny,3.5\nz,9\n,4\nx,NA'
    assert_line --index 1 --partial a,b,5,2,
    run -0 --separate-stderr mutual-info --estimate knn <<<$'a,b\nx,p\nx,p\ny,q\ny,q'
    assert_line --index 1 a,b,4,0,1
    run -0 --separate-stderr mutual-info --estimate knn <<<$'a,b\n1,7\n2,7\n4,7\n5,7\n6,7'
    assert_line --index 1 a,b,5,0,0
    run -0 --separate-stderr mutual-info --estimate knn <<<$'a,b\n1,7\n2,9\n4,3'
    assert_line --index 1 a,b,3,0,
    run -0 mutual-info --estimate gauss <<<$'a,b\n1,7\n2,9\n4,13'
    assert_line --index 1 a,b,3,0,inf
    for scale in '' e-300 e300; do
        echo a,b >t.csv
        for x in 1,2e300 2.3,1.3e300 5.1,9e299 7.7,1e299 8.2,1; do echo "${x%,*}$scale,${x#*,}"; done >>t.csv
        run -0 --separate-stderr mutual-info --estimate gauss --unit nats t.csv
        assert_close "$(cell 1 I_nats)" 1.7768260565544651 1e-13
        run -0 --separate-stderr mutual-info --estimate knn:1 --unit nats t.csv
        assert_close "$(cell 1 I_nats)" 0.6833333333333332 1e-13
        assert_equal "$stderr" ""
    done
    run -0 mutual-info --estimate gauss --matrix --unit nats <<<$'a,b\n1,7\n2,3\n4,3.5'
    assert_line --index 1 --partial a,,0.30510840061460
}

@test "estimates of numbers say what they cannot be used with" {
    usage="; try 'mutual-info --help'"
    expected="expected ml, miller-madow, gauss, or knn:K with K from 1 to 1000"
    for value in x knn:0 knn:1.5 knn: knn:1001 ml:2; do
        fails 2 "mutual-info: --estimate: invalid value '$value': $expected$usage" mutual-info --estimate $value missing
    done
    fails 2 "mutual-info: --estimate knn cannot be used with --bins$usage" mutual-info --estimate knn --bins 3 missing
    fails 2 "mutual-info: --estimate gauss cannot be used with --weights$usage" \
        mutual-info --estimate gauss -w w missing
    fails 2 "mutual-info: --estimate knn cannot be used with --se$usage" mutual-info --estimate knn --se missing
    fails 2 "mutual-info: --categorical requires --estimate knn$usage" mutual-info --categorical x missing
    printf 'a,b,c\n1,2,x\n' >t.csv
    fails 2 "mutual-info: --categorical: column 'c' is not compared$usage" \
        mutual-info -x a,b --categorical c --estimate knn t.csv
    fails 1 "mutual-info: t.csv: column 3 'c' is text; --estimate gauss is for numbers" \
        mutual-info --estimate gauss t.csv
    fails 1 "mutual-info: t.csv:2: column 1 'a': the value is infinite" \
        mutual-info -x a,b --estimate knn <(printf 'a,b\ninf,2\n') ||
        fails 1 "mutual-info: standard input:2: column 1 'a': the value is infinite" \
        mutual-info -x a,b --estimate knn <<<$'a,b\ninf,2'
}
