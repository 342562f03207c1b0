load ../helper

# Usage: make_here TARGET [VARIABLE=VALUE...] — of the commands that are there; nothing is built.
make_here() {
    local bin=${LIKELY_BIN:-bin}
    make --no-print-directory -s -o all -C "$root" BIN="${bin#"$(cd -P "$root" && pwd)/"}" "$@"
}

@test "what is installed can be read by all, whatever the umask, and is all removed again" {
    (umask 077 && make_here install DESTDIR="$PWD/to here" PREFIX=/usr)
    assert_equal "$(find "to here/usr" -type f ! -perm 644 ! -path '*/bin/*')" ""
    assert_equal "$(find "to here/usr" -type f ! -perm 755 -path '*/bin/*')" ""
    assert_equal "$(find "to here/usr" -type d ! -perm 755)" ""
    run -0 "to here/usr/bin/mle-gauss" -q "to here/usr/share/likely/data/iris.csv"
    assert_equal "$(cd "to here/usr/share/likely" && find data experiments -type f | sort)" \
        "$(cd "$root/share" && find data experiments -type f ! -path '*/out/*' | sort)"
    for page in "$root"/man/*.7; do
        assert_file_exists "to here/usr/share/man/man7/${page##*/}"
    done
    make_here uninstall DESTDIR="$PWD/to here" PREFIX=/usr
    assert_equal "$(find "to here" -type f)" ""
}
