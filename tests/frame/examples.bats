load ../helper

@test "the examples of every manual page and of the README print what stands there" {
    local wrong=0
    for page in "$root"/man/*.in "$root"/README.md; do
        if [ ! -e "$page" ] || { [[ $page == *.[2-8].in ]] && ! grep -q '^\$ ' "$page"; }; then
            continue
        fi
        "$root/tests/tools/examples.sh" "$page" || wrong=1
    done
    [ "$wrong" = 0 ]
}

@test "an example whose output differs is found" {
    cat >page.in <<'END'
.Bd -literal -offset indent
$ echo one; echo two
...
$ printf '%s\en' '\ea'
three
.Ed
END
    run "$root/tests/tools/examples.sh" page.in
    assert_failure
    assert_line 'page.in: 2 examples, 1 wrong'
    assert_line '-three'
}

@test "the dots of an example stand for any lines, also none" {
    cat >page.md <<'END'
```console
$ seq 9
1
...
5
...
9
...
$ cat <<EOF
> two
> EOF
two
```
END
    run "$root/tests/tools/examples.sh" page.md
    assert_success
    assert_output 'page.md: 2 examples, 0 wrong'
}

@test "a page without examples is a failure" {
    echo '.Sh DESCRIPTION' >page.in
    run "$root/tests/tools/examples.sh" page.in
    assert_failure
}

@test "pictures of another gnuplot need the same words only" {
    command -v gnuplot >/dev/null || skip "gnuplot is not installed"
    cat >page.md <<'END'
```console
$ mle-plot -k gauss -x sepal_width --size 64x16 iris.csv
END
    mle-plot -k gauss -x sepal_width --size 64x16 "$data/iris.csv" >>page.md
    echo '```' >>page.md
    mkdir other
    cat >other/gnuplot <<END
#!/bin/sh
[ "\$1" != --version ] || { echo gnuplot 6.0 patchlevel 2; exit; }
"$(command -v gnuplot)" "\$@" | sed 's/#/*/g; s/-+/ +/g'
END
    chmod +x other/gnuplot
    PATH=$PWD/other:$PATH run -0 "$root/tests/tools/examples.sh" page.md
    run -0 "$root/tests/tools/examples.sh" page.md
    sed 's/mean 3/men 3/' page.md >wrong.md
    PATH=$PWD/other:$PATH run -1 "$root/tests/tools/examples.sh" wrong.md
    sed -i s/6.0/5.4/ other/gnuplot
    PATH=$PWD/other:$PATH run -1 "$root/tests/tools/examples.sh" page.md
}
