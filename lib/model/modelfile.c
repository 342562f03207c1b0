/* The model container: one gzip member (RFC 1952) with time 0 and no name around
 *
 *     +-------------+-------------+------+-------+-------+-----+-------+------+
 *     | "LIKELYM\n" | u32 version | kind | field | field | ... | field | u8 0 |
 *     +-------------+-------------+------+-------+-------+-----+-------+------+
 *                                   text    |
 *                                           v
 *     field   u8 type, text name, value
 *     value   1 text     u32 length, bytes without NUL
 *             2 texts    u32 count, texts
 *             3 number   f64
 *             4 array    u8 dimensions (1 to 4), u64 sizes, f64 values, row-major
 *
 * Integers are unsigned, f64 is IEEE 754 binary64; both are little-endian on every machine. Nothing follows the end
 * mark in the member, and nothing follows the member. Version 0 had no kind behind the version but a text field "kind";
 * it was written before the first release. likely-model(7) describes the same for users.
 *
 * This file reads files and descriptors into memory; modelfile_encode and modelfile_decode know the layout. */

#include "model/modelfile.h"

#include "data/table/input.h"
#include "text/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum status modelfile_read(int fd, const char *name, struct model **model, struct err *err)
{
    struct buffer b = {0};
    ssize_t got;
    do {
        got = read(fd, buffer_room(&b, 65536), 65536);
        b.n += got > 0 ? (size_t)got : 0;
        if (b.n >= 2 && !modelfile_is_gzip(b.p, b.n))
            break; /* however much there may be */
    } while (got > 0 || (got < 0 && errno == EINTR));
    enum status status;
    if (got < 0) {
        err_io(err, "cannot read");
        status = err_at(err, name, 0);
    } else if (b.n == 0) {
        err_data(err, "there is no model: the input is empty");
        status = err_at(err, name, 0);
    } else {
        status = modelfile_decode(b.p, b.n, name, model, err);
    }
    buffer_free(&b);
    return status;
}

enum status modelfile_load(const char *path, struct model **model, struct err *err)
{
    if (strcmp(path, "-") == 0)
        return modelfile_read(STDIN_FILENO, input_name(path), model, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        err_io(err, "cannot open");
        return err_at(err, path, 0);
    }
    enum status status = modelfile_read(fd, path, model, err);
    close(fd);
    return status;
}
