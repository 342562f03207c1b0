# Blank-separated text as other programs write it: values with blanks in the last column, columns that two blanks part,
# the names of rows that R writes.

load ../helper

# Usage: shows NOTICE <TEXT — the notice of table-show, and its output as lines joined by blanks in $output.
shows() {
    run --separate-stderr -0 table-show -
    assert_equal "$stderr" "table-show: standard input: $1"
}

ps_aux() {
    cat <<'EOF'
USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root         1  0.0  0.5  52712 22820 ?        SLl  Nov30   0:13 /sbin/init --log level
root         2 12.5  0.0      0     0 ?        S    Nov30   0:00 [kthreadd]
www-data 31337  0.0  1.0      0     0 pts/1    S    Nov30   0:00 nginx: worker, idle
EOF
}

@test "the commands of ps aux are the last column" {
    shows "the last of 11 columns takes the rest of the line" < <(ps_aux)
    assert_output 'USER,PID,%CPU,%MEM,VSZ,RSS,TTY,STAT,START,TIME,COMMAND
root,1,0.0,0.5,52712,22820,,SLl,Nov30,0:13,/sbin/init --log level
root,2,12.5,0.0,0,0,,S,Nov30,0:00,[kthreadd]
www-data,31337,0.0,1.0,0,0,pts/1,S,Nov30,0:00,"nginx: worker, idle"'
    assert_equal "$(ps_aux | mle-gauss -q -x RSS,%CPU | cut -d, -f 1,2,4 | tail -n +2 | paste -sd ' ')" \
        "RSS,3,7606.666666666667 %CPU,3,4.166666666666667"
}

@test "so are the mount points of df, whose name has a blank, and the file names of ls -l" {
    shows "the last of 6 columns takes the rest of the line" <<'EOF'
Filesystem     1K-blocks     Used Available Use% Mounted on
tmpfs           24731708        0  24731708   0% /dev/shm
/dev/vda       264212084 23676340  76660848  24% /my files
EOF
    assert_output 'Filesystem,1K-blocks,Used,Available,Use%,Mounted on
tmpfs,24731708,0,24731708,0%,/dev/shm
/dev/vda,264212084,23676340,76660848,24%,/my files'
    shows "1 title line is skipped, the last of 9 columns takes the rest of the line" <<'EOF'
total 8
drwxr-xr-x 2 root root 4096 Dec  1 04:09 a b
-rw-r--r-- 1 root root  292 Dec  1 04:09 file one.txt
lrwxrwxrwx 1 root root    1 Dec  1 04:09 link -> a
EOF
    assert_output 'drwxr-xr-x,2,root,root,4096,Dec,1,04:09,a b
-rw-r--r--,1,root,root,292,Dec,1,04:09,file one.txt
lrwxrwxrwx,1,root,root,1,Dec,1,04:09,link -> a'
}

@test "columns with blanks in their values are parted by two blanks or more" {
    shows "two blanks or more separate fields" <<'EOF'
CONTAINER ID   IMAGE          STATUS         NAMES
4c01db0b339c   ubuntu:22.04   Up 2 minutes   web
d7886598dbe2   redis          Up 5 hours     cache
EOF
    assert_output 'CONTAINER ID,IMAGE,STATUS,NAMES
4c01db0b339c,ubuntu:22.04,Up 2 minutes,web
d7886598dbe2,redis,Up 5 hours,cache'
}

@test "records of numbers with different widths stay an error" {
    fails 1 "table-show: standard input:2: 2 fields, but the first record has 3; use --ragged pad to fill short"\
" records, or --ragged drop to omit them" table-show <<<$'1 2 3\n4 5\n6 7 8'
    run -1 table-show <<<$'  1  2  3\n  4     6\n 17 18 19'
    run -1 table-show --ragged error <(ps_aux)
}

@test "the names of rows that R writes are a column" {
    shows "the first column has no name in the header" <<<$'"x" "y"\n"1" 2 3\n"2" 4 5'
    assert_output $'1,x,y\n1,2,3\n2,4,5'
    shows "the first column has no name in the header" <<<$'x y\na 2 3\nb 4 5'
    shows "the first column has no name in the header" <<<$'"name" "v"\n"1" "a b" 3\n"2" "c" 5'
    assert_output $'1,name,v\n1,a b,3\n2,c,5'
}
