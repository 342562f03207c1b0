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
        run -0 mutual-info -x species,petal_width --normalise "$how" "$data/iris.csv"
        assert_close "$(cell 1 normalised)" "$(reference "nmi_$name")"
    done <<<$'min min\nmax max\nmean arithmetic\nroot geometric\nx min\ny max'
    run -0 mutual-info -x species,petal_width --normalise joint "$data/iris.csv"
    joint=$(awk -v i="$(reference I_bits)" -v v="$(reference variation)" 'BEGIN { printf "%.17g", i / (i + v) }')
    assert_close "$(cell 1 normalised)" "$joint"
}

@test "conditional mutual information is that of four entropies" {
    run -0 mutual-info --given species -x petal_width,petal_length "$data/iris.csv"
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
    run -0 mutual-info -x x,y t
    assert_close "$(cell 1 I_bits)" 14.287712379549449
    run -0 mutual-info -x x,y --given z t
    assert_close "$(cell 1 I_bits)" 13.287712379549449
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
    awk 'BEGIN { srand(9); print "x,y,z"; for (i = 0; i < 2000; i++) { a = int(rand() * 6); b = (a + int(rand() * 3)) % 6
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
    fails 2 "mutual-info: standard input: column 'x' is compared and given; try 'mutual-info --help'" \
        mutual-info -x x,y --given x <<<$'x,y\n1,2'
    fails 2 "mutual-info: standard input: the target is among --columns; try 'mutual-info --help'" \
        mutual-info -x x,y -t x <<<$'x,y\n1,2'
    fails 1 "mutual-info: standard input: no column 'speces'; did you mean 'species'?" \
        mutual-info -t speces <<<$'species,b\nx,y'
    fails 2 "mutual-info: --matrix goes with neither --target nor --permutations nor --se; try 'mutual-info --help'" \
        mutual-info --matrix -t x
}

@test "bad input is refused with its place" {
    fails 1 "mutual-info: standard input: there is no data" mutual-info </dev/null
    fails 1 "mutual-info: standard input: no data" mutual-info <<<x,y
    fails 1 "mutual-info: standard input:3: 1 field, but the header has 2" mutual-info <<<$'x,y\n1,2\n1'
    fails 1 "mutual-info: standard input:3: column 2 'y': an infinite number falls into no bin" \
        mutual-info --bins 3 <<<$'x,y\n1,2\n2,inf'
    fails 1 "mutual-info: standard input:3: column 2 'y': 'a' is not a number" mutual-info --bins 3 <<<$'x,y\n1,2\n2,a'
    fails 2 "mutual-info: --bins: 1 is below 2; try 'mutual-info --help'" mutual-info --bins 1 <<<$'x,y\n1,2'
    fails 1 "mutual-info: none: cannot open: No such file or directory" mutual-info none
    fails 1 "mutual-info: /dev/full: cannot write: No space left on device" mutual-info -o /dev/full <<<$'x,y\n1,2'
}
