load ../helper

# Small tables as people have them, and the clean CSV that they are read as. plain: nothing is on standard error.
# told: a notice states the assumptions. refused: an error names an option.

# Usage: plain INPUT EXPECTED — read without a word.
plain() {
    printf '%s' "$1" >input
    run -0 --separate-stderr table-show input
    assert_equal "$output" "$2"
    assert_equal "$stderr" ""
}

# Usage: told INPUT EXPECTED [REGEX] — read, and said in one line, which matches REGEX.
told() {
    printf '%s' "$1" >input
    run -0 --separate-stderr table-show input
    assert_equal "$output" "$2"
    [ "${#stderr_lines[@]}" = 1 ] || fail "no notice of one line: $stderr"
    [[ $stderr =~ ${3-} ]] || fail "'$stderr' does not match '$3'"
    table-show -q input 2>&1 | diff - <(printf '%s\n' "$2")
}

# Usage: refused INPUT REGEX
refused() {
    printf '%s' "$1" >input
    run -1 table-show input
    [[ $output =~ $2 ]] || fail "'$output' does not match '$2'"
}

@test "separators" {
    plain $'a,b\n1,2\n3,4\n' $'a,b\n1,2\n3,4'
    plain $'a\tb\n1\t2\n3\t4\n' $'a,b\n1,2\n3,4'
    plain $'a;b\n1;2\n3;4\n' $'a,b\n1,2\n3,4'
    told $'a|b\n1|2\n3|4\n' $'a,b\n1,2\n3,4'
    told $'root:x:0:0\nbin:x:1:1\ndaemon:x:2:2\n' $'root,x,0,0\nbin,x,1,1\ndaemon,x,2,2'
    plain $'  a   b\n  1   2\n 13   4\n' $'a,b\n1,2\n13,4'
    plain $'name,time\nx,12:30:00\ny,13:31:10\n' $'name,time\nx,12:30:00\ny,13:31:10'
    plain $'date,value\n2024-01-01 12:30,1\n2024-01-02 13:30,2\n' $'date,value\n2024-01-01 12:30,1\n2024-01-02 13:30,2'
    plain $'text\tvalue\na, b\t1\nc, d\t2\n' $'text,value\n"a, b",1\n"c, d",2'
    plain $'a;note\n1;"x, y"\n2;"p, q"\n' $'a,note\n1,"x, y"\n2,"p, q"'
}

@test "a separator of the header that is none in the rows" {
    told $'Zeit;Temperatur (Boden, 2 m)\n1;2,5\n2;3,5\n' $'Zeit,"Temperatur (Boden, 2 m)"\n1,2.5\n2,3.5' 'decimal comma'
    plain $'id;"Height (m, above ground)"\n1;2.5\n2;3.5\n' $'id,"Height (m, above ground)"\n1,2.5\n2,3.5'
    plain $'x,y; comment\n1,2\n3,4\n' $'x,y; comment\n1,2\n3,4'
}

@test "headers by the types of their columns" {
    told $'region,2023,2024\nnorth,10,20\nsouth,5,6\n' $'region,2023,2024\nnorth,10,20\nsouth,5,6'
    plain $'red\nblue\nred\nred\n' $'red\nblue\nred\nred'
    plain $'colour\nred\nblue\nred\nred\nblue\n' $'colour\nred\nblue\nred\nred\nblue'
    plain $'1,2\n3,4\n5,6\n' $'1,2\n3,4\n5,6'
    plain $'x,y\n1,2\n3,4\n' $'x,y\n1,2\n3,4'
    plain $'id,NA,value\n1,2,3\n4,5,6\n' $'id,NA,value\n1,2,3\n4,5,6'
    plain $'a,,b\n1,2,3\n4,5,6\n' $'a,2,b\n1,2,3\n4,5,6'
    plain $'x,y\nNA,1\n2,NA\n' $'x,y\n,1\n2,'
    plain $'name,city\nAnn,Rome\nBob,Paris\nCem,Rome\nDan,Paris\nEve,Rome\n' \
        $'name,city\nAnn,Rome\nBob,Paris\nCem,Rome\nDan,Paris\nEve,Rome'
    plain $'north,1,2\nsouth,3,4\nwest,5,6\n' $'north,1,2\nsouth,3,4\nwest,5,6'
    plain $'A1,B7\nA2,B9\nA3,B4\nA4,B7\n' $'A1,B7\nA2,B9\nA3,B4\nA4,B7'
    plain $'2024-01-01,x\n2024-01-02,y\n' $'2024-01-01,x\n2024-01-02,y'
    plain $'12:30,1\n12:45,2\n' $'12:30,1\n12:45,2'
    told $'Ann,Rome\nBob,Paris\nCem,Oslo\nDan,Bern\n' $'Ann,Rome\nBob,Paris\nCem,Oslo\nDan,Bern' header
    refused $'region,2023\nnorth,10\nsouth,5\n' 'line 1|may name the columns.*--header yes.*--header no'
}

@test "decimal commas and thousands marks" {
    told $'x;y\n1,5;2,25\n3,5;4,75\n' $'x,y\n1.5,2.25\n3.5,4.75' 'decimal comma'
    told $'x\ty\n1,5\t2,25\n3,5\t4,75\n' $'x,y\n1.5,2.25\n3.5,4.75' 'decimal comma'
    told $'Ort;Einwohner;Anteil\nA;1.234.567;3,5\nB;234.567;0,7\nC;12.345.678;35,1\n' \
        $'Ort,Einwohner,Anteil\nA,1234567,3.5\nB,234567,0.7\nC,12345678,35.1' 'thousands'
    told $'town,people\nA,"1,234,567"\nB,"234,567"\nC,"12,345,678"\n' \
        $'town,people\nA,1234567\nB,234567\nC,12345678' 'thousands'
    plain $'x;y\n1.5;2.25\n3.5;4.75\n' $'x,y\n1.5,2.25\n3.5,4.75'
    told $'x;y\n1.234,5;7\n12.345,25;8\n' $'x,y\n1234.5,7\n12345.25,8' 'points between thousands'
    told $'x;y\n1 234,5;7\n12 345,25;8\n' $'x,y\n1234.5,7\n12345.25,8' 'blanks between thousands'
    told $'x\ty\n1\x27234.5\t7\n12\x27345.2\t8\n' $'x,y\n1234.5,7\n12345.2,8' 'apostrophes'
    told $'x;y\n1,234;2\n5,678;3\n' $'x,y\n"1,234",2\n"5,678",3' 'may be decimal or group'
    told $'x\n1,5\n2,5\n3,25\n' $'x\n1.5\n2.5\n3.25' 'one column'
    told $'x,y\n"1,25",2\n"3,50",4\n' $'x,y\n1.25,2\n3.50,4' 'decimal comma'
    plain $'lines,n\n"296,299,302,305,308,311",5\n"297,301",6\n' $'lines,n\n"296,299,302,305,308,311",5\n"297,301",6'
    plain $'answers,n\n"1,2",5\n"3,4",6\n' $'answers,n\n"1,2",5\n"3,4",6'
    told $'1,5;2,5\n3,5;4,5\n' $'1.5,2.5\n3.5,4.5' 'semicolons'
    plain $'version;x\n1.2.3;4\n1.2.4;5\n' $'version,x\n1.2.3,4\n1.2.4,5'
}

@test "title lines, comments and sep=" {
    told $'# measured by A\n# on Monday\nx,y\n1,2\n3,4\n' $'x,y\n1,2\n3,4' 'comment'
    told $'Table 1. Results\n\nx,y,z\n1,2,3\n4,5,6\n7,8,9\n' $'x,y,z\n1,2,3\n4,5,6\n7,8,9' 'title'
    told $'Sales report 2024,,\nquarter,region,amount\n1,north,10\n2,south,20\n3,north,30\n' \
        $'quarter,region,amount\n1,north,10\n2,south,20\n3,north,30' 'title'
    told $'sep=;\nx;y\n1;2\n3;4\n' $'x,y\n1,2\n3,4' 'sep='
    told $'x,y\n1,2\n# interrupted\n3,4\n' $'x,y\n1,2\n3,4' 'comment'
    told $'%% created by tool\n%% v2\n1 2\n3 4\n5 6\n' $'1,2\n3,4\n5,6' 'comment'
    plain $'#id,x\n1,2\n3,4\n' $'#id,x\n1,2\n3,4'
}

@test "lines before a table, and comments" {
    told $'# x y\n# 2024\n0 1\n1 2\n2 3\n' $'0,1\n1,2\n2,3' '2 comment lines'
    told $'// made by hand\nx,y\n1,2\n3,4\n' $'x,y\n1,2\n3,4' 'comment'
    told $'! station 7\n! north\nx,y\n1,2\n3,4\n' $'x,y\n1,2\n3,4' 'comment'
    told $'Name:,"station"\nDate:,"2024"\n\nt,x,y,z,w\n1,2,3,4,5\n2,3,4,5,6\n' \
        $'t,x,y,z,w\n1,2,3,4,5\n2,3,4,5,6' '3 title lines'
    told $',,,\n,,The report,\na,b,c,d\n1,2,3,4\n5,6,7,8\n' $'a,b,c,d\n1,2,3,4\n5,6,7,8' 'header in line 3'
    told $'Report\nof the year\nx,y\n1,2\n3,4\n' $'x,y\n1,2\n3,4' 'header in line 3'
    told $'a,b\n# one\n1,2\n# two\n3,4\n' $'a,b\n1,2\n3,4' '2 comment lines'
    plain $'hit,n\n#1,5\n#2,6\n' $'hit,n\n#1,5\n#2,6'
    refused $'total\n1,x\n3,y\n5,z\n' 'title, or a header that lacks a name; use --skip-lines 1, or --header yes'
    refused $'x,y\n1,2\n3,4\n\nx,y\n5,6\n' 'repeated'
}

@test "separators that compete" {
    plain $'date,price\nJan 1 2000,1394.46\nFeb 1 2000,1366.42\nMar 1 2000,1498.58\n' \
        $'date,price\nJan 1 2000,1394.46\nFeb 1 2000,1366.42\nMar 1 2000,1498.58'
    plain $'t\n01:02:03\n04:05:06\n07:08:09\n' $'t\n01:02:03\n04:05:06\n07:08:09'
    plain $'t\n2020-01-01 01:02:03\n2020-01-02 04:05:06\n' $'t\n2020-01-01 01:02:03\n2020-01-02 04:05:06'
    plain $'d\n"Dec 8, 2022"\n"Dec 9, 2022"\n' $'d\n"Dec 8, 2022"\n"Dec 9, 2022"'
    told $'7|Ann Lee, Rome|x|\n8|Bob Ray, Paris|y|\n9|Cem Ak, Oslo|z|\n' \
        $'7,"Ann Lee, Rome",x\n8,"Bob Ray, Paris",y\n9,"Cem Ak, Oslo",z' 'bars'
    told $'New York\nParis\nSan Francisco\nNew York\n' $'New York\nParis\nSan Francisco\nNew York' 'one column'
    plain $'id;note\n1;hello, world\n2;foo, bar\n' $'id,note\n1,"hello, world"\n2,"foo, bar"'
    plain $'id,note\n1,a; b\n2,c; d\n' $'id,note\n1,a; b\n2,c; d'
    plain $'url,n\nhttp://a.b/c?x=1|2,3\nhttp://d.e/f?x=4|5,6\n' $'url,n\nhttp://a.b/c?x=1|2,3\nhttp://d.e/f?x=4|5,6'
    plain $'"Dec 8, 2022"\n"Sep 26, 2022"\n"Aug 31, 2022"\n' $'"Dec 8, 2022"\n"Sep 26, 2022"\n"Aug 31, 2022"'
    refused $'1,23\n4,5\n6\n7,89\n' '--delimiter.*--decimal ,'
    refused $'10,100,1000\n10,100,1000,10000\n10\n10,100\n' 'ragged'
    refused $'1 234,5\n2 345,6\n3 456,7\n' 'delimiter'
}

@test "several header lines and units" {
    told $'time,speed\ns,m/s\n0,1.5\n1,2.5\n2,3.5\n' $'time,speed\n0,1.5\n1,2.5\n2,3.5' 'unit'
    told $'time;speed\n[s];[m/s]\n0;1.5\n1;2.5\n2;3.5\n' $'time,speed\n0,1.5\n1,2.5\n2,3.5' 'unit'
    told $'control,,fire,\nX,Y,X,Y\n1,2,3,4\n5,6,7,8\n9,8,7,6\n' \
        $'control X,control Y,fire X,fire Y\n1,2,3,4\n5,6,7,8\n9,8,7,6' 'header'
}

@test "totals and notes at the end" {
    told $'item,n\na,1\nb,2\nc,4\nTotal,9\n' $'item,n\na,1\nb,2\nc,4\nTotal,9' 'is data'
    plain $'item,n\na,1\nTotal,3\nb,2\n' $'item,n\na,1\nTotal,3\nb,2'
    told $'item,n\na,1\nb,2\nTotal,3\n' $'item,n\na,1\nb,2' '[Tt]otal'
    told $'item,n,m\na,1,4\nb,2,5\nc,3,6\n\nSource: the office\n' $'item,n,m\na,1,4\nb,2,5\nc,3,6'
}

@test "trailing separators and rows of other lengths" {
    told $'x,y\n1,2,\n3,4,\n5,6,\n' $'x,y\n1,2\n3,4\n5,6'
    told $'x,y,\n1,2,\n3,4,\n' $'x,y\n1,2\n3,4'
    told $'x,y,z\n1,2,3\n4,5\n6,7,8\n9,1,2\n' $'x,y,z\n1,2,3\n4,5,\n6,7,8\n9,1,2' 'short record'
    told $'id,name,\n1,Ann\n2,Bob\n3,Cem\n' $'id,name\n1,Ann\n2,Bob\n3,Cem' 'header ends'
    refused $'x,y\n1,2\n3,4,5\n6,7\n' 'ragged'
    refused $'one,two,three\n1,2,3,4\n1,2,3,4\n1,2,3,4\n' 'header has 3'
}

@test "quotes and escapes" {
    plain $'a,b\n"x, y",1\n"p ""q""",2\n' $'a,b\n"x, y",1\n"p ""q""",2'
    told $'a,b\n\'x, y\',1\n\'p, q\',2\n' $'a,b\n"x, y",1\n"p, q",2' 'quote'
    told $'a,b\n"x \\"y\\"",1\n"p \\"q\\"",2\n' $'a,b\n"x ""y""",1\n"p ""q""",2' 'backslash'
    told $'"x" "y"\n"1" 2 3\n"2" 4 5\n' $'1,x,y\n1,2,3\n2,4,5' 'no name in the header'
    told $'size,n\n5" pipe,1\n6" pipe,2\n' $'size,n\n"5"" pipe",1\n"6"" pipe",2' 'stray quotes'
    plain $'name,n\nO\'Brien,1\nO\'Neill,2\n' $'name,n\nO\'Brien,1\nO\'Neill,2'
}

@test "encodings" {
    printf 'x,stra\337e\n1,M\374ller\n2,K\366ln\n' >input
    run -0 --separate-stderr table-show input
    assert_equal "$output" $'x,straße\n1,Müller\n2,Köln'
    [ -n "$stderr" ]
    printf '\377\376x\0,\0y\0\n\0001\0,\0002\0\n\0' >input
    run -0 --separate-stderr table-show input
    assert_equal "$output" $'x,y\n1,2'
    printf 'x\0,\0y\0\n\0001\0,\0002\0\n\0003\0,\0004\0\n\0' >input
    run -0 --separate-stderr table-show input
    assert_equal "$output" $'x,y\n1,2\n3,4'
    printf '\357\273\277x,y\n1,2\n' >input
    run -0 --separate-stderr table-show input
    assert_equal "$output" $'x,y\n1,2'
    assert_equal "$stderr" ""
}

@test "what commands compute from such tables" {
    run -0 mle-gauss -q <<<$'region,2023,2024\nnorth,10,20\nsouth,5,6'
    assert_equal "$(cell 1 mean)" 7.5
    run -0 mle-categorical <<<$'red\nblue\nred\nred'
    assert_equal "$(cell 1 p)" 0.75
    run -0 mle-gauss -q <<<$'Zeit;Temperatur (Boden, 2 m)\n1;2,5\n2;3,5'
    [[ $output == *,1.5,* && $output == *,3,* ]]
    run -0 entropy -q -x 2 <<<$'2024-01-01 12:30\n2024-01-02 13:30'
    [[ $output == *1* ]]
}

@test "dates above numbers name the columns, and letters of clocks are no dates" {
    plain $'region,2024-01,2024-02\nnorth,1,2\nsouth,3,4\n' $'region,2024-01,2024-02\nnorth,1,2\nsouth,3,4'
    run -0 table-show --dialect <<<$'t,t2,t3,y\n2011,4044121,8132727331,3\n2012,4048144,8144865728,1'
    [[ $output == *'--header yes'* ]]
    run -0 table-show --dialect <<<$'2024-01-02,2\n2024-01-03,4'
    [[ $output == *'--header no'* ]]
}
