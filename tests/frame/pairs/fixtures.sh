#!/bin/bash
# Makes the tables and models that the specifications of this folder name, in the current directory.
set -eu

# t.csv has all columns: a numeric target y, features x, z, k, classes c and c3, groups g, weights w and f, an offset o,
# successes s of n trials, predictions p_*, q_yes, l (of c) and m (of y), counts b.
awk 'function r() { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648 }
    BEGIN {
        seed = 7; OFS = ","
        print "y,x,z,k,c,c3,g,w,f,o,s,n,p_no,p_yes,q_yes,l,m,b"
        for (i = 1; i <= 40; i++) {
            x = int(r() * 200) / 10; z = int(r() * 9); k = substr("abd", 1 + int(r() * 3), 1)
            y = int(10 * (2 + 0.5 * x - z + 4 * r() - 2 + (k == "b"))) / 10
            c = r() < 1 / (1 + exp(2 - 0.2 * x)) ? "yes" : "no"
            c3 = r() < 0.4 ? "u" : x + 6 * r() > 13 ? "v" : "t"
            n = 1 + int(r() * 5); s = int(r() * (n + 1)); p = 0.01 + int(98 * r()) / 100
            print y, x, z, k, c, c3, i % 2 ? "g1" : "g2", 1 + i % 3, (1 + i % 5) / 4, int(10 * r()) / 10, s, n,
                1 - p, p, 0.3 + 0.6 * p, log(p / (1 - p)), int(10 * (y + r())) / 10, int(r() * 4)
        }
    }' >t.csv

# Usage: pick COLUMNS — these columns of t.csv
pick() {
    awk -F, -v OFS=, -v names="$1" '
        NR == 1 { n = split(names, want, ","); for (i = 1; i <= NF; i++) at[$i] = i }
        { for (i = 1; i <= n; i++) printf "%s%s", $at[want[i]], i < n ? OFS : "\n" }' t.csv
}

# Usage: rows TABLE ROW... — rows under the header of TABLE
rows() {
    head -n 1 "$1"
    shift
    printf '%s\n' "$@"
}

pick g,k,c,w,b,f | sed 's/,yes/,yes sir/' >e.csv
pick k,c,x,z,g,w,f >m.csv
pick y,x,z,k,g,w,f,o >l.csv
pick c,x,z,k,g,w,f,o >r.csv
pick c3,x,z,k,g,w,f >r3.csv
pick y,x,z,o,w >ln.csv
pick c,x,z,o,w >rn.csv
pick c3,x,z,o,w >r3n.csv
pick c,p_no,p_yes,q_yes,l,g,w,f >p.csv
pick b,k >a.csv
pick w,k >b.csv
gzip -c e.csv >e.csv.gz
gzip -c a.csv >a.csv.gz
awk -F, -v OFS=, 'NR > 1 { $1 += 1 - $2 / 9; $2 *= 1.5 } { print }' t.csv >t2.csv

# Missing values, and a category that no model knows.
rows l.csv 3,,1,a,g1,1,1,0 >l-gaps.csv
rows r.csv no,,1,a,g1,1,1,0 >r-gaps.csv
rows r3.csv u,,1,a,g1,1,1 >r3-gaps.csv
rows p.csv no,0.5,,0.5,,g1,1,1 >p-gaps.csv
rows t.csv {3..9},,1,a,yes,u,g1,1,1,0,1,2,0.5,0.5,0.5,0,3,1 >gaps.csv
rows t.csv {3..9},2,1,new,yes,u,g1,1,1,0,1,2,0.5,0.5,0.5,0,3,1 >unseen.csv

printf 'h,x,z,p,q,prior\na,0.9,0.5,0.2,2,0.1\nb,0.1,0.3,0.3,1,0.7\nd,0.5,0.7,0.5,3,0.2\n' >h.csv
printf 'id,x,y,z\na,1.123456,2,3\nb,3,1,0.5\n' >scores.csv
printf 'id,x,y,z\ne,1,,3\n' >scores-gaps.csv
printf 'k,p\na,0.2\nb,0.3\nc,0.5\n' >probabilities.csv
printf 'p,q,r,k\n2,3,1,a\n5,4,2,b\n3,3,7,d\n' >pq.csv
printf 'p1,p2,l1,l2,a,b\n0.2,0.8,1,2,0,1\n0.7,0.3,0.5,0,1,0\n' >scores-kl.csv
printf 'a,b,d\n1,2,3.1234\n2,4,6\n3,6,9.5\n4,8,1\n5,10,2\n' >aliased.csv
printf 'a,b\n11.9,2\n1,3\n2,3\n' >aliased-rows.csv

mle-gauss -q --columns y,x t.csv >gauss.csv
mle-gauss -q --columns y,x t2.csv >gauss-b.csv
mle-gauss -q --cov --columns y,x t.csv >cov.csv
mle-gauss -q --cov --columns y,x t2.csv >cov-b.csv
mle-gauss -q --by g --columns y,x t.csv >gauss-g.csv
mle-gauss -q --by g --columns y,x t2.csv >gauss-gb.csv

logreg-train -q --target c --features x,z,k --categorical k t.csv --output logit.model
logreg-train -q --target c --features x,z r.csv --l2 1 --output logit-r.model
logreg-train -q --target c --features x,z r.csv --output logit2.model
logreg-train -q --target c --features x,z,o r.csv --output logit3.model
softmax-train -q --target c3 --features x,z r3.csv --l2 1 --output softmax-r.model
softmax-train -q --target c3 --features x,z,k --categorical k t.csv --output soft.model
bayes-train -q --target c --features x,k t.csv --output bayes.model
linreg-train -q --target y --features x,z t.csv --output line.model
linreg-train -q --target y --features x,z,o t.csv --output line2.model
linreg-train -q --target d --features a,b aliased.csv --output aliased.model
nn-train -q --target y --features x,z,o,w --layers '2 tanh' --epochs 3 t.csv --output net4.model
nn-train -q --target c3 --features x,z --layers '2 tanh, 3 tanh' --epochs 3 t.csv --output net.model
nn-train -q --target y --features x,z --epochs 5 l.csv --output net-l.model
nn-train -q --target y --features x,z --epochs 5 l.csv --valid 0.2 --trace trace.csv --output /dev/null
