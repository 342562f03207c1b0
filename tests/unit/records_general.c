/* Records of dialects that are not plain, whole and in blocks cut at every place. */

#include "base/mem.h"
#include "data/table/records.h"
#include "test.h"

#include <stdio.h>

static const struct dialect
    single = {.format = DIALECT_CSV, .delimiter = ';', .quote = '\''},
    none = {.format = DIALECT_CSV, .delimiter = ',', .quote = DIALECT_NO_QUOTE},
    backslash = {.format = DIALECT_CSV, .delimiter = ',', .escape = DIALECT_ESCAPE_BACKSLASH},
    bare = {.format = DIALECT_TSV, .delimiter = '\t', .quote = DIALECT_NO_QUOTE, .escape = DIALECT_ESCAPE_BACKSLASH},
    bare_text = {.format = DIALECT_TEXT, .escape = DIALECT_ESCAPE_BACKSLASH},
    quoted_text = {.format = DIALECT_TEXT, .quote = '"'},
    commented = {.format = DIALECT_CSV, .delimiter = ',', .comments = "#%"},
    wide_blanks = {.format = DIALECT_TEXT, .min_blanks = 2},
    rest = {.format = DIALECT_TEXT, .columns = 3, .open_ended = true},
    trailing = {.format = DIALECT_CSV, .delimiter = ',', .trailing_delimiter = true},
    named_rows = {.format = DIALECT_CSV, .delimiter = ',', .row_names = true},
    padded = {.format = DIALECT_CSV, .delimiter = ',', .ragged = DIALECT_RAGGED_PAD},
    dropped = {.format = DIALECT_CSV, .delimiter = ',', .ragged = DIALECT_RAGGED_DROP},
    widened = {.format = DIALECT_CSV, .delimiter = ',', .columns = 3, .ragged = DIALECT_RAGGED_PAD},
    two_headers = {
        .format = DIALECT_CSV, .delimiter = ',', .header = DIALECT_HEADER_YES, .header_lines = 2, .units_row = true};

static const struct {
    const struct dialect *dialect;
    const char *text, *wanted; /* [field][field]; and, behind a fault, !line,column: reason */
} examples[] = {
    {&single, "a;b\n'x;y';'it''s'\n\"q\";' z'\n", "[a][b];[x;y][it's];[\"q\"][ z];"},
    {&single, "a;b\n'x\ny' ;1\r\n2;'\n", "[a][b];[x\ny][1];!4,2: the quoted field that begins here is not closed"},
    {&single, "a;b\n1;x'y\n", "[a][b];!2,2: a quote inside an unquoted field"},
    {&none, "a,b\n\"x,y\n5\" , \"\"\n", "[a][b];[\"x][y];[5\"][\"\"];"},
    {&backslash, "a,b\n\"x\\\"y\",\"C:\\dir\\\\\"\n\"p\\\nq\",u\\,v\n", "[a][b];[x\"y][C:\\dir\\];[p\nq][u,v];"},
    {&backslash, "a,b\n1,\"x\\\"\n", "[a][b];!2,2: the quoted field that begins here is not closed"},
    {&bare, "a\tb\nx\\\ty\t\"1\nz\\\nw\t2\\\r\n3\n", "[a][b];[x\ty][\"1];[z\nw][2\r\n3];"},
    {&quoted_text, "a b\n\"x y\"   1\n\"say \"\"z\"\"\" \t2\n", "[a][b];[x y][1];[say \"z\"][2];"},
    {&quoted_text, "a b\n\"x\"y 1\n", "[a][b];!2,1: text after a closing quote"},
    {&bare_text, "a b\nx\\ y 1\n", "[a][b];[x y][1];"},
    {&commented, "# \"\na,b\n  %,\"\n1,2#\n#", "[a][b];[1][2#];"},
    {&commented, "a,b\n\"#x\n#y\",1\n#'\n\n2,3", "[a][b];[#x\n#y][1];[2][3];"},
    {&wide_blanks, "NAME  NEW NAME   N\na b  c \t 3 \n", "[NAME][NEW NAME][N];[a b][c][3];"},
    {&rest, "A B C\n 1 2  x  y z \n3 4 \"5\n", "[A][B][C];[1][2][x  y z];[3][4][\"5];"},
    {&trailing, "a,b\n1,2,\n3,4\n5,,\n", "[a][b];[1][2];[3][4];[5][];"},
    {&trailing, "a,b,\n1,2,\n3,4,5\n", "[a][b];[1][2];!3,0: 3"},
    {&named_rows, "x,y\n1,2,3\n4,5,6\n", "[][x][y];[1][2][3];[4][5][6];"},
    {&padded, "a,b,c\n1\n2,3\n4,5,6,,\n7,8,9\n1,2,3,4\n", "[a][b][c];[1][][];[2][3][];[4][5][6];[7][8][9];!6,0: 4"},
    {&dropped, "a,b\n1\n2,3\n4,5,6\n", "[a][b];[2][3];"},
    {&widened, "a,b\n1,2,3\n4\n", "[a][b][];[1][2][3];[4][][];"},
    {&two_headers, "x,y,\nof a,,c\nkg,m,\n1,2,3\n", "[x of a][y][y c];[1][2][3];"},
    {&two_headers, "x,y\n\"of \"\"a\"\"\",\nkg,m\n1,2\n", "[x of \"a\"][y];[1][2];"},
};

/* Text between the padding that may be read, which has bytes that mean something. */
static char *surround(const char *text, size_t n)
{
    char *memory = mem_alloc(n + 2 * RECORDS_PADDING, 1);
    memset(memory, '\\', n + 2 * RECORDS_PADDING);
    memcpy(memory + RECORDS_PADDING, text, n);
    return memory;
}

static size_t add_records(char *out, size_t room, const struct records *r, size_t lines)
{
    size_t n = 0;
    for (size_t row = 0; row < r->rows; row++) {
        for (size_t f = 0; f < r->width; f++) {
            struct slice field = records_field(r, row, f);
            n += (size_t)snprintf(out + n, room - n, "[%.*s]", (int)field.n, field.p);
        }
        n += (size_t)snprintf(out + n, room - n, ";");
    }
    if (r->fault.reason == NULL)
        return n;
    n += (size_t)snprintf(out + n, room - n, "!%zu,%zu: ", lines + records_line(r, r->fault.at), r->fault.column);
    if (r->fault.fields > 0)
        return n + (size_t)snprintf(out + n, room - n, "%zu", r->fault.fields);
    return n + (size_t)snprintf(out + n, room - n, "%s", r->fault.reason);
}

/* Reads the text in blocks of `step` bytes or more; the first one has `head` line ends at least. */
static void read_blocks(char out[512], const struct dialect *d, const char *text, size_t step, size_t head)
{
    struct records r;
    size_t n = strlen(text), width = 0, lines = 0, at = 0;
    char *whole = surround(text, n);
    records_init(&r);
    out[0] = '\0';
    for (size_t from = 0; from < n;) {
        size_t cut = 0, ends = 0;
        for (size_t upto = from + step; upto < n; upto++) {
            cut = records_cut(d, whole + RECORDS_PADDING + from, upto - from);
            ends = 0;
            for (size_t i = 0; i < cut; i++)
                ends += text[i] == '\n';
            if (cut > 0 && (from > 0 || ends >= head))
                break;
            cut = 0;
        }
        cut = cut > 0 ? cut : n - from;
        char *block = surround(text + from, cut);
        records_split(&r, d, block + RECORDS_PADDING, cut, width, from == 0);
        at += add_records(out + at, 512 - at, &r, lines);
        bool ends_here = r.fault.reason != NULL;
        width = r.width;
        lines += r.lines;
        from += cut;
        free(block);
        if (ends_here)
            break;
    }
    free(whole);
    records_free(&r);
}

int main(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct dialect *d = examples[i].dialect;
        bool is_sized = d->row_names || d->columns > 0; /* the first block must show the width */
        char out[512];
        for (size_t step = strlen(examples[i].text); step > 0; step--) {
            read_blocks(out, d, examples[i].text, step, d->header_lines > 0 ? 3 : is_sized ? 2 : 1);
            CHECK(strcmp(out, examples[i].wanted) == 0, "example %zu in blocks of %zu gave <%s>, not <%s>", i, step,
                  out, examples[i].wanted);
        }
    }
    return test_report("records_general");
}
