/* Weights as a picture in Netpbm's PGM (P5, or P2 as text), without any library.
 *
 * 1. find_weights: those of a network's layer, or the coefficients of a regression: inputs x outputs.
 * 2. find_tile: the width and height in which the inputs of an output are arranged, row by row.
 * 3. draw_tile: an output's weights, divided by its greatest absolute weight: black -1, mid-grey 0, white 1.
 *
 * Tiles stand in a grid as near to a square as their number allows, with black borders. Memory: a byte per pixel. */

#include "app/show/model_view.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GREY_MAX = 255, BORDER = 1, PIXELS_A_LINE = 17 }; /* lines of a plain PGM have at most 70 characters */

struct model_view_image_weights {
    size_t inputs, outputs;
    const double *values; /* inputs x outputs */
};

static enum status find_weights(const struct predictor *p, size_t number, struct model_view_image_weights *weights,
                                struct err *err)
{
    struct kind_layer layer = {0};
    if (p->kind->layer == NULL && number == 0) {
        *weights = (struct model_view_image_weights){p->d, p->scores, p->weights};
        if (p->weights == NULL || p->d == 0)
            return usage_option(err, "--image", "a %s model has no weights", p->kind->name);
        return STATUS_OK;
    }
    for (size_t i = 0; number == 0 && p->kind->layer(p, i, &layer); i++)
        number = layer.is_weighted ? i + 1 : 0;
    enum status status = usage_of_option(kind_find_layer(p, number > 0 ? number : 1, &layer, err), err, "--layer");
    if (status != STATUS_OK)
        return status;
    if (!layer.is_weighted)
        return usage_option(err, "--image", "layer %zu, %s, has no weights", number, layer.text);
    *weights = (struct model_view_image_weights){layer.inputs, layer.outputs,
                                                 layer.values + (layer.has_bias ? layer.outputs : 0)};
    return STATUS_OK;
}

/* "WxH", two whole numbers greater than 0. */
static bool parse_tile(const char *text, size_t *width, size_t *height)
{
    size_t *side[] = {width, height};
    for (size_t i = 0; i < 2; i++) {
        size_t digits = strspn(text, "0123456789");
        if (digits < 1 || digits > 9 || text[digits] != "x"[i])
            return false;
        *side[i] = (size_t)strtoul(text, NULL, 10);
        text += digits + 1;
    }
    return *width > 0 && *height > 0;
}

static enum status find_tile(const char *text, size_t inputs, size_t *width, size_t *height, struct err *err)
{
    if (text != NULL && !parse_tile(text, width, height))
        return usage_value(err, "--tile", text, "WIDTHxHEIGHT, such as 28x28");
    if (text == NULL)
        *width = *height = (size_t)lround(sqrt((double)inputs));
    if (*width * *height == inputs)
        return STATUS_OK;
    if (text == NULL)
        return usage_option(err, "--image", "%zu inputs are not a square; add --tile WxH", inputs);
    return usage_option(err, "--tile", "%zux%zu is %zu, but the layer has %zu inputs", *width, *height,
                        *width * *height, inputs);
}

static double greatest_of(const struct model_view_image_weights *w, size_t output)
{
    double greatest = 0;
    for (size_t j = 0; j < w->inputs; j++)
        greatest = fmax(greatest, fabs(w->values[j * w->outputs + output]));
    return greatest;
}

/* pixel: where the tile begins in an image of `columns` columns. */
static void draw_tile(const struct model_view_image_weights *w, size_t output, size_t width, size_t columns,
                      unsigned char *pixel)
{
    double greatest = greatest_of(w, output);
    for (size_t j = 0; j < w->inputs; j++) {
        double share = greatest > 0 ? w->values[j * w->outputs + output] / greatest : 0; /* -1 .. 1 */
        pixel[j / width * columns + j % width] = (unsigned char)lround((share + 1) / 2 * GREY_MAX);
    }
}

static void write_plain(struct sink *sink, const unsigned char *pixel, size_t n, size_t columns)
{
    for (size_t i = 0; i < n; i++) {
        bool last = i % columns == columns - 1 || i % columns % PIXELS_A_LINE == PIXELS_A_LINE - 1;
        sink_format(sink, last ? "%u\n" : "%u ", pixel[i]);
    }
}

enum status model_view_image(struct sink *sink, const struct model_view *view, const struct model_image *image,
                             struct err *err)
{
    struct model_view_image_weights w = {0};
    size_t width = 0, height = 0;
    enum status status = find_weights(view->predictor, image->layer, &w, err);
    if (status == STATUS_OK)
        status = find_tile(image->tile, w.inputs, &width, &height, err);
    if (status == STATUS_OK && !image->plain && sink_is_terminal(sink))
        status =
            usage_option(err, "--image", "a picture is not written to a terminal; add -o FILE, or --plain for text");
    if (status != STATUS_OK)
        return status;
    size_t across = (size_t)ceil(sqrt((double)w.outputs)), down = (w.outputs + across - 1) / across;
    size_t columns = across * (width + BORDER) + BORDER, rows = down * (height + BORDER) + BORDER;
    unsigned char *pixel = mem_zero(rows, columns); /* borders, and places without a tile, are black */
    for (size_t k = 0; k < w.outputs; k++) {
        size_t top = k / across * (height + BORDER) + BORDER, left = k % across * (width + BORDER) + BORDER;
        draw_tile(&w, k, width, columns, pixel + top * columns + left);
    }
    sink_format(sink, "%s\n%zu %zu\n%d\n", image->plain ? "P2" : "P5", columns, rows, GREY_MAX);
    if (image->plain)
        write_plain(sink, pixel, rows * columns, columns);
    else
        sink_write(sink, pixel, rows * columns);
    free(pixel);
    return STATUS_OK;
}
