/* The output of a figure: the format from --to or the suffix of the file, the size from --size or the terminal,
 * and the picture from gnuplot, from characters, or as CSV. Written whole or not at all (sink.c). */
#include "app/draw/picture.h"

#include "app/draw/gnuplot.h"
#include "cli/usage.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { TEXT_WIDTH = 79, TEXT_HEIGHT = 24, WIDTH = 800, HEIGHT = 560, SQUARE = 600 };
enum { LEAST_SIZE = 10, MOST_TEXT = 1000, MOST_PIXELS = 20000 };

/* clang-format off */
const struct opt_choice picture_formats[] = {
    [PICTURE_AUTO] = {"auto", "by the suffix of the file; text without one"},
    [PICTURE_TEXT] = {"text", "text for terminals"},
    [PICTURE_SVG] = {"svg", "vector graphics"},
    [PICTURE_PNG] = {"png", "pixel graphics"},
    [PICTURE_CSV] = {"csv", "the numbers of the picture"},
    {NULL, NULL},
};
/* clang-format on */

static enum status choose_format(struct picture *p, struct err *err)
{
    static const struct {
        const char *suffix;
        enum picture_format format;
    } suffixes[] = {{".svg", PICTURE_SVG}, {".png", PICTURE_PNG}, {".txt", PICTURE_TEXT}, {".csv", PICTURE_CSV}};
    const char *path = p->settings->path;
    size_t n = path != NULL ? strlen(path) : 0;
    p->format = (enum picture_format)p->settings->to;
    if (p->format != PICTURE_AUTO)
        return STATUS_OK;
    p->format = PICTURE_TEXT;
    for (size_t i = 0; path != NULL && i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (n >= 4 && strcmp(path + n - 4, suffixes[i].suffix) == 0) {
            p->format = suffixes[i].format;
            return STATUS_OK;
        }
    if (path == NULL || strncmp(path, "/dev/", 5) == 0)
        return STATUS_OK;
    return usage_value(err, "--output", path, "a name ending in .svg, .png, .txt or .csv; use --to for other names");
}

static enum status parse_size(struct picture *p, struct err *err)
{
    const char *text = p->settings->size, *x = text != NULL ? strchr(text, 'x') : NULL;
    double width, height, most = p->format == PICTURE_TEXT ? MOST_TEXT : MOST_PIXELS;
    if (text == NULL)
        return STATUS_OK;
    if (x == NULL || !number_parse((struct slice){text, (size_t)(x - text)}, &width) ||
        !number_parse(slice_of(x + 1), &height) ||
        !(width >= LEAST_SIZE && width <= most && height >= LEAST_SIZE && height <= most) || width != floor(width) ||
        height != floor(height))
        return usage_value(err, "--size", text, "WIDTHxHEIGHT, two whole numbers from %d to %.0f", LEAST_SIZE, most);
    p->width = (size_t)width;
    p->height = (size_t)height;
    return STATUS_OK;
}

enum status picture_prepare(struct picture *p, const struct picture_settings *settings, struct err *err)
{
    *p = (struct picture){.settings = settings};
    enum status status = choose_format(p, err);
    if (status == STATUS_OK)
        status = parse_size(p, err);
    if (status == STATUS_OK && p->format == PICTURE_PNG && settings->path == NULL && isatty(STDOUT_FILENO))
        status = usage_requires(err, "--to png", "--output, as a terminal cannot show it");
    return status;
}

/* ---- the terminal ---- */

static void find_terminal_size(int fd, size_t *width, size_t *height)
{
    struct winsize size;
    if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_SIZE || size.ws_row < LEAST_SIZE)
        return;
    *width = size.ws_col < MOST_TEXT ? size.ws_col : MOST_TEXT;
    *height = size.ws_row - 2 < 40 ? (size_t)size.ws_row - 2 : 40; /* the command and the next prompt stay visible */
}

static bool has_colour(int fd)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(fd) && (none == NULL || none[0] == '\0') && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

/* ---- drawing ---- */

static struct figure_look look_of(const struct picture *p, const struct figure *figure)
{
    struct figure_look look = {FIGURE_TEXT, TEXT_WIDTH, TEXT_HEIGHT, false};
    if (p->format == PICTURE_TEXT && p->settings->path == NULL) {
        find_terminal_size(STDOUT_FILENO, &look.width, &look.height);
        look.colour = has_colour(STDOUT_FILENO);
    } else if (p->format != PICTURE_TEXT) {
        look.format = p->format == PICTURE_SVG ? FIGURE_SVG : FIGURE_PNG;
        look.width = figure->square ? SQUARE : WIDTH;
        look.height = figure->square ? SQUARE : HEIGHT;
    }
    if (p->width > 0) {
        look.width = p->width;
        look.height = p->height;
    }
    return look;
}

/* Removes page breaks, leading and trailing empty lines and blanks at line ends from the text of gnuplot. */
static void tidy_text(struct buffer *text)
{
    size_t n = 0, last = 0; /* number of bytes kept; the same up to the last one in its line that is not blank */
    for (size_t i = 0; i < text->n; i++) {
        char c = text->p[i];
        if (c == '\n' || c == '\f')
            n = last;
        if (c == '\f' || (c == '\n' && n == 0))
            continue;
        text->p[n++] = c;
        if (c != ' ')
            last = n;
    }
    for (text->n = last; text->n > 0 && text->p[text->n - 1] == '\n'; text->n--)
        continue;
    if (text->n > 0 && text->p[text->n - 1] != '\n')
        buffer_add_char(text, '\n');
}

static enum status draw(const struct picture *p, const struct figure *figure, struct buffer *drawn, struct err *err)
{
    struct figure_look look = look_of(p, figure);
    struct buffer script = {0};
    if (p->format == PICTURE_TEXT && figure_has_tiles(figure)) {
        figure_tiles_text(figure, look.width, drawn);
        return STATUS_OK;
    }
    figure_script(figure, &look, &script);
    enum status status = gnuplot_run(&script, drawn, err);
    if (status == STATUS_OK && p->format == PICTURE_TEXT)
        tidy_text(drawn);
    buffer_free(&script);
    return status;
}

enum status picture_write(const struct picture *p, const struct figure *figure, struct err *err)
{
    if (p->format == PICTURE_CSV)
        return figure_write_data(figure, &(struct output_settings){p->settings->path, OUT_CSV, p->settings->digits},
                                 err);
    struct buffer drawn = {0};
    struct sink *sink = NULL;
    enum status status = draw(p, figure, &drawn, err);
    if (status == STATUS_OK)
        status = sink_open(&sink, p->settings->path, err);
    if (status == STATUS_OK) {
        sink_write(sink, drawn.p, drawn.n);
        status = sink_close(sink, err);
    }
    buffer_free(&drawn);
    return status;
}
