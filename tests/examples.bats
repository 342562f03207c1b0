load helper

@test "the examples of every manual page and of the README print what stands there" {
    local wrong=0
    for page in "$root"/man/*.in "$root"/README.md; do
        if [ ! -e "$page" ] || { [[ $page == *.[2-8].in ]] && ! grep -q '^\$ ' "$page"; }; then
            continue
        fi
        "$root/tests/examples.sh" "$page" || wrong=1
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
    run "$root/tests/examples.sh" page.in
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
    run "$root/tests/examples.sh" page.md
    assert_success
    assert_output 'page.md: 2 examples, 0 wrong'
}

@test "a page without examples is a failure" {
    echo '.Sh DESCRIPTION' >page.in
    run "$root/tests/examples.sh" page.in
    assert_failure
}
