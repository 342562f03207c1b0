/* Files that are no text tables, told by the bytes that they begin with (as file(1) does): a table of constants at the
 * very beginning, and functions for formats that are known by bytes further on. Only bytes that no table begins with
 * are listed. */

#include "data/table/stranger.h"

#include "data/table/codec.h"

#include <stdbool.h>

static const char model_reason[] = "this is a model, not a table";
static const char wide_reason[] = "the text is encoded in UTF-32; convert it to UTF-8 first, for example by iconv";
static const char image_reason[] = "this is an image, not a table; convert its pixels to text first";
static const char html_reason[] =
    "this is an HTML page, not a table, perhaps in place of a download that failed; save the table as CSV first";
static const char office_reason[] = "this is a document of an office suite, as .xls is; save the table as CSV first";
static const char pickle_reason[] =
    "this is a Python pickle; save the table as CSV first, for example by to_csv of pandas";
static const char r_reason[] = "this is a data file of R; save the table as CSV first, for example by write.csv";
static const char seven_reason[] = "this is a 7z archive; unpack the table first, for example by 7z";

/* clang-format off */
#define MAGIC(text, reason) {sizeof(text) - 1, (text), (reason)}
static const struct {
    size_t n;
    const char *magic, *reason;
} strangers[] = {
    MAGIC("LIKELYM\n", model_reason),
    MAGIC("\0\0\xfe\xff", wide_reason),
    MAGIC("\xff\xfe\0\0", wide_reason),
    MAGIC("PAR1", "this is a Parquet file; save the table as CSV first"),
    MAGIC("ARROW1\0\0", "this is an Arrow (Feather) file; save the table as CSV first"),
    MAGIC("FEA1", "this is a Feather file; save the table as CSV first"),
    MAGIC("Obj\1", "this is an Avro file; save the table as CSV first"),
    MAGIC("\x89HDF\r\n\x1a\n", "this is an HDF5 file; save the table as CSV first"),
    MAGIC("\x93NUMPY", "this is a NumPy array; save the table as CSV first, for example by numpy.savetxt"),
    MAGIC("SQLite format 3\0", "this is an SQLite database; write the table as CSV first, for example by sqlite3"),
    MAGIC("MATLAB 5.0 MAT-file", "this is a MATLAB file; save the table as CSV first, for example by writematrix"),
    MAGIC("$FL2@(#)", "this is an SPSS file; save the table as CSV first"),
    MAGIC("$FL3@(#)", "this is an SPSS file; save the table as CSV first"),
    MAGIC("<stata_dta>", "this is a Stata file; save the table as CSV first, for example by export delimited"),
    MAGIC("RDX2\nX\n", r_reason),
    MAGIC("RDX3\nX\n", r_reason),
    MAGIC("X\n\0\0\0\2", r_reason),
    MAGIC("X\n\0\0\0\3", r_reason),
    MAGIC("\x80\2", pickle_reason),
    MAGIC("\x80\3", pickle_reason),
    MAGIC("\x80\4\x95", pickle_reason),
    MAGIC("\x80\5\x95", pickle_reason),
    MAGIC("GGUF\2\0\0\0", "this is a model of GGUF format, not a table"),
    MAGIC("GGUF\3\0\0\0", "this is a model of GGUF format, not a table"),
    MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", office_reason),
    MAGIC("{\\rtf", "this is an RTF document; save the table as CSV first"),
    MAGIC("%PDF-", "this is a PDF document; extract the table first, for example by pdftotext"),
    MAGIC("%!PS", "this is a PostScript document, not a table"),
    MAGIC("<?xml", "this is XML, not a table; convert it to CSV first"),
    MAGIC("\x89PNG\r\n\x1a\n", image_reason),
    MAGIC("\xff\xd8\xff", image_reason),
    MAGIC("GIF87a", image_reason),
    MAGIC("GIF89a", image_reason),
    MAGIC("II*\0", image_reason),
    MAGIC("MM\0*", image_reason),
    MAGIC("\x7f""ELF", "this is a program, not a table"),
    MAGIC("\x1f\x9d", "the data is compressed by compress; decompress it first, for example by zcat"),
    MAGIC("\x04\x22\x4d\x18", "the data is compressed by lz4; decompress it first, for example by lz4cat"),
    MAGIC("\xff\6\0\0sNaPpY", "the data is compressed by snappy; decompress it first, for example by snzip"),
    MAGIC("\x89LZO\0\r\n\x1a\n", "the data is compressed by lzop; decompress it first, for example by lzop"),
    MAGIC("LZIP\1", "the data is compressed by lzip; decompress it first, for example by lzip"),
    MAGIC("\x5d\0\0", "the data is compressed by lzma; decompress it first, for example by lzcat"),
    MAGIC("7z\xbc\xaf\x27\x1c", seven_reason),
    MAGIC("Rar!\x1a\7", "this is a RAR archive; unpack the table first, for example by unrar"),
    MAGIC("PK\5\6", "this is an empty ZIP archive"),
    MAGIC("version https://git-lfs", "this is a pointer of Git LFS to a file; get the file first, by git lfs pull"),
};
/* clang-format on */

static bool begins_with(struct slice bytes, const char *magic, size_t n)
{
    return bytes.n >= n && memcmp(bytes.p, magic, n) == 0;
}

/* ZIP (APPNOTE 4.3.7): the name of the first entry, at byte 30, tells formats that are archives. */
static const char *find_zip(struct slice head)
{
    enum { NAME_LENGTH = 26, NAME = 30 };
    if (!begins_with(head, "PK\3\4", 4))
        return NULL;
    size_t n =
        head.n < NAME ? 0 : (unsigned char)head.p[NAME_LENGTH] | (size_t)(unsigned char)head.p[NAME_LENGTH + 1] << 8;
    struct slice name = {head.p + NAME, head.n < NAME + n ? 0 : n};
    if (begins_with(name, "[Content_Types].xml", 19) || begins_with(name, "xl/", 3) || begins_with(name, "_rels/", 6))
        return "this is an Office Open XML document, as .xlsx is; save the table as CSV first";
    if (begins_with(name, "mimetype", 8))
        return "this is an OpenDocument file, as .ods is; save the table as CSV first";
    if (name.n > 4 && memcmp(name.p + name.n - 4, ".npy", 4) == 0)
        return "this is an archive of NumPy arrays; save the table as CSV first, for example by numpy.savetxt";
    if (name.n >= 8 && memcmp(name.p + name.n - 8, "data.pkl", 8) == 0)
        return "this is a model of PyTorch, not a table";
    return "this is a ZIP archive; unpack the table first, for example by unzip";
}

/* The magic number of tar lies behind the first file's name and sizes. */
static const char *find_tar(struct slice head)
{
    enum { AT = 257 };
    bool is_tar = head.n > AT && begins_with((struct slice){head.p + AT, head.n - AT}, "ustar", 5);
    return is_tar ? "this is a tar archive; unpack the table first, for example by tar" : NULL;
}

static const char *find_riff(struct slice head)
{
    enum { FORM = 8 };
    if (!begins_with(head, "RIFF", 4) || head.n < FORM + 4)
        return NULL;
    if (memcmp(head.p + FORM, "WEBP", 4) == 0)
        return image_reason;
    return memcmp(head.p + FORM, "WAVE", 4) == 0 ? "this is a sound, not a table" : NULL;
}

/* Models of LIBSVM and LIBLINEAR are lines of a keyword and its values; two of the keywords tell them. */
static const char *find_libsvm(struct slice head)
{
    static const char *const keywords[][2] = {{"svm_type ", "\nkernel_type "}, {"solver_type ", "\nnr_class "}};
    const char *lf = head.n > 0 ? memchr(head.p, '\n', head.n) : NULL;
    for (size_t i = 0; i < 2 && lf != NULL; i++) {
        struct slice rest = {lf, head.n - (size_t)(lf - head.p)};
        if (begins_with(head, keywords[i][0], strlen(keywords[i][0])) &&
            begins_with(rest, keywords[i][1], strlen(keywords[i][1])))
            return "this is a model of LIBSVM or LIBLINEAR, not a table";
    }
    return NULL;
}

/* IDX, in which the digits of MNIST are given: two bytes of 0, a type, a number of dimensions. */
static const char *find_idx(struct slice head)
{
    bool is_idx = head.n > 4 && head.p[0] == 0 && head.p[1] == 0 && head.p[2] >= 8 && head.p[2] <= 14 &&
                  head.p[3] >= 1 && head.p[3] <= 4;
    return is_idx ? "this is an array in IDX format, as the images of MNIST are; convert it to CSV first" : NULL;
}

/* Whether the bytes begin with the word, in letters of any case. */
static bool begins_with_word(struct slice bytes, const char *word)
{
    size_t i = 0;
    while (i < bytes.n && word[i] != '\0' && (bytes.p[i] | 0x20) == (word[i] | 0x20))
        i++;
    return word[i] == '\0';
}

static const char *find_html(struct slice head)
{
    size_t i = begins_with(head, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (i < head.n && (head.p[i] == ' ' || head.p[i] == '\t' || head.p[i] == '\r' || head.p[i] == '\n'))
        i++;
    struct slice rest = {head.p + i, head.n - i};
    return begins_with_word(rest, "<!doctype html") || begins_with_word(rest, "<html") ? html_reason : NULL;
}

static const char *find(struct slice head)
{
    static const char *(*const finders[])(struct slice head) = {find_zip,    find_tar, find_riff,
                                                                find_libsvm, find_idx, find_html};
    const char *reason = NULL;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers && reason == NULL; i++)
        if (begins_with(head, strangers[i].magic, strangers[i].n))
            reason = strangers[i].reason;
    for (size_t i = 0; i < sizeof finders / sizeof *finders && reason == NULL; i++)
        reason = finders[i](head);
    return reason;
}

enum status stranger_refuse(struct slice head, const struct codec *codec, struct err *err)
{
    const struct codec *inner = codec != NULL ? codec_find(head, NULL) : NULL;
    const char *reason = find(head);
    if (inner != NULL && inner == codec)
        return err_data(err, "the data is compressed twice by %s; decompress it once first, for example by %s",
                        codec->name, codec->program);
    if (inner != NULL)
        return err_data(err, "the data is compressed by %s within %s; decompress it once first, for example by %s",
                        inner->name, codec->name, codec->program);
    if (reason == NULL)
        return STATUS_OK;
    err_data(err, "%s", reason);
    return err_because(err, reason == model_reason ? ERR_MODEL_AS_TABLE : ERR_NO_REMEDY, NULL);
}
