/* Decision regions: the regions of the plane of two features in which a model predicts each class, the borders
 * between them, and the rows.
 *
 * 1. make_grid evaluates the model at grid x grid points that cover the rows.
 * 2. add_regions colours each cell by its most probable class and its probability.
 * 3. add_borders: the border of a class is the zero line of its lead, its probability minus that of the most
 *    probable other class (contour.c). A piece of a border is drawn for the class of lower index only (beyond).
 * 4. add_rows draws the rows as points.
 *
 * Memory: grid x grid x outputs. */
#include "app/plot/plot_rows.h"
#include "app/plot/plot_scene.h"

#include "base/mem.h"
#include "math/contour.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>

enum { GRID = 200 }; /* points in each direction */
enum { PART_X, PART_Y, PART_X_TO, PART_Y_TO, PART_CLASS, PART_PROBABILITY, COLUMNS };

struct plot_boundary_work {
    struct plot_scene scene;
    struct figure *figure;
    size_t grid;
    double *axis[2]; /* grid numbers each */
    double *output;  /* grid x grid x outputs, row by row; NaN where the model has no prediction */
};

/* ---- the model on the grid ---- */

static void predict(struct plot_boundary_work *w)
{
    const struct predictor *p = w->scene.predictor;
    size_t n = w->grid;
    double *x = mem_alloc(2 * n, sizeof *x), *score = mem_alloc(n * p->scores, sizeof *score);
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < n; i++) {
            x[2 * i] = w->axis[0][i];
            x[2 * i + 1] = w->axis[1][j];
        }
        plot_view_scores(&w->scene.view, n, x, score);
        for (size_t i = 0; i < n; i++) {
            double *output = w->output + (j * n + i) * p->outputs;
            if (!p->kind->respond(p, score + i * p->scores, output))
                for (size_t k = 0; k < p->outputs; k++)
                    output[k] = NAN;
        }
    }
    free(x);
    free(score);
}

static void make_grid(struct plot_boundary_work *w)
{
    w->grid = w->scene.task->settings->grid > 0 ? w->scene.task->settings->grid : GRID;
    for (size_t a = 0; a < 2; a++) {
        double range[2];
        plot_rows_range(w->scene.frame, a, 0.05, range);
        w->axis[a] = mem_alloc(w->grid, sizeof *w->axis[a]);
        for (size_t i = 0; i < w->grid; i++)
            w->axis[a][i] = range[0] + (range[1] - range[0]) * (double)i / (double)(w->grid - 1);
    }
    w->output = mem_alloc(w->grid * w->grid * w->scene.predictor->outputs, sizeof *w->output);
    predict(w);
}

/* ---- parts ---- */

/* The probability of a class; with one output also of the other class. */
static double probability_of(const struct plot_boundary_work *w, size_t place, size_t class)
{
    const double *output = w->output + place * w->scene.predictor->outputs;
    if (w->scene.predictor->outputs > 1)
        return output[class];
    return class == 1 ? output[0] : 1 - output[0];
}

/* The most probable class except one; of equal ones the first. */
static size_t best_but(const struct plot_boundary_work *w, size_t place, size_t excluded)
{
    size_t best = excluded == 0;
    for (size_t k = best + 1; k < w->scene.predictor->labels; k++)
        if (k != excluded && probability_of(w, place, k) > probability_of(w, place, best))
            best = k;
    return best;
}

static void add_regions(struct plot_boundary_work *w)
{
    const struct predictor *p = w->scene.predictor;
    struct figure_series *s = figure_add(w->figure, "region", FIGURE_REGIONS, 0);
    s->column[FIGURE_Y_LOW] = PART_CLASS;
    s->column[FIGURE_Y_HIGH] = PART_PROBABILITY;
    for (size_t place = 0; place < w->grid * w->grid; place++) {
        const double *output = w->output + place * p->outputs;
        bool known = !isnan(output[0]);
        size_t class = known ? p->kind->choose(p, output, 0.5) : 0;
        double x = w->axis[0][place % w->grid], y = w->axis[1][place / w->grid];
        double probability = known ? probability_of(w, place, class) : NAN;
        figure_row(w->figure, s, (double[]){x, y, NAN, NAN, known ? (double)class : NAN, probability});
    }
}

/* The index of the lower corner of the cell that contains x. */
static size_t cell_of(const double *axis, size_t n, double x)
{
    double at = (x - axis[0]) / (axis[n - 1] - axis[0]) * (double)(n - 1);
    if (at <= 0)
        return 0;
    return at >= (double)(n - 1) ? n - 2 : (size_t)at;
}

/* The class on the other side of a piece of a border: the most probable other class at the corner of the cell
 * with the least lead. */
static size_t beyond(const struct plot_boundary_work *w, const struct contour_piece *piece, const double *lead,
                     size_t class)
{
    size_t row = cell_of(w->axis[1], w->grid, (piece->y[0] + piece->y[1]) / 2);
    size_t column = cell_of(w->axis[0], w->grid, (piece->x[0] + piece->x[1]) / 2);
    size_t corner = row * w->grid + column, least = corner;
    const size_t others[] = {corner + 1, corner + w->grid, corner + w->grid + 1};
    for (size_t i = 0; i < 3; i++)
        if (lead[others[i]] < lead[least])
            least = others[i];
    return best_but(w, least, class);
}

/* Adds the border of a class, where it is as probable as the most probable other one; each border is drawn for
 * one of its two classes. */
static void add_border(struct plot_boundary_work *w, struct figure_series *s, size_t class)
{
    struct contour_piece *piece;
    size_t cells = w->grid * w->grid;
    double *lead = mem_alloc(cells, sizeof *lead);
    for (size_t place = 0; place < cells; place++)
        lead[place] = probability_of(w, place, class) - probability_of(w, place, best_but(w, place, class));
    size_t n = contour_find(lead, w->axis[0], w->grid, w->axis[1], w->grid, &piece);
    for (size_t i = 0; i < n; i++)
        if (beyond(w, &piece[i], lead, class) > class)
            figure_row(w->figure, s, (double[]){piece[i].x[0], piece[i].y[0], piece[i].x[1], piece[i].y[1], NAN, NAN});
    free(piece);
    free(lead);
}

static void add_borders(struct plot_boundary_work *w)
{
    struct figure_series *s = figure_add(w->figure, "boundary", FIGURE_SEGMENTS, 0);
    s->column[FIGURE_X_HIGH] = PART_X_TO;
    s->column[FIGURE_Y_HIGH] = PART_Y_TO;
    for (size_t k = 0; k + 1 < w->scene.predictor->labels; k++)
        add_border(w, s, k);
}

static void add_rows(struct plot_boundary_work *w)
{
    for (uint32_t k = 0; k < w->scene.predictor->labels; k++) {
        struct figure_series *s = figure_add(w->figure, "data", FIGURE_POINTS, k);
        for (size_t r = 0; r < w->scene.frame->rows; r++)
            if (w->scene.class[w->scene.frame->code[r * w->scene.frame->texts]] == k)
                figure_row(
                    w->figure, s,
                    (double[]){frame_value(w->scene.frame, r, 0), frame_value(w->scene.frame, r, 1), NAN, NAN, k, NAN});
        figure_legend(s, "%s", w->scene.predictor->label[k]);
    }
}

static struct figure *draw(struct plot_boundary_work *w)
{
    const char *const feature[] = {plot_view_name(&w->scene.view, 0), plot_view_name(&w->scene.view, 1)};
    char *to[2];
    for (size_t a = 0; a < 2; a++)
        to[a] = mem_format("%s_to", feature[a]);
    const char *const names[] = {feature[0], feature[1], to[0], to[1], "class", "probability"};
    struct figure *f = w->figure = figure_new("part", COLUMNS, names);
    for (size_t a = 0; a < 2; a++) {
        free(to[a]);
        double *range = a == 0 ? f->x_range : f->y_range;
        range[0] = w->axis[a][0];
        range[1] = w->axis[a][w->grid - 1];
    }
    f->x_label = mem_format("%s", feature[0]);
    f->y_label = mem_format("%s", feature[1]);
    f->word_column = PART_CLASS + 1;
    f->words = mem_alloc(w->scene.predictor->labels, sizeof *f->words);
    for (size_t k = 0; k < w->scene.predictor->labels; k++)
        f->words[k] = mem_format("%s", w->scene.predictor->label[k]);
    f->n_words = w->scene.predictor->labels;
    add_regions(w);
    add_borders(w);
    add_rows(w);
    return f;
}

static enum status plot_boundary_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct plot_boundary_work w = {0};
    enum status status = plot_scene_open(&w.scene, task, err);
    if (status == STATUS_OK && w.scene.predictor->labels == 0) {
        err_data(err, "the model predicts numbers, which have no boundary");
        status = err_at(err, task->settings->model, 0);
    }
    if (status == STATUS_OK)
        status = plot_scene_load(&w.scene, 2, false, err);
    if (status == STATUS_OK) {
        make_grid(&w);
        *figure = draw(&w);
    }
    free(w.axis[0]);
    free(w.axis[1]);
    free(w.output);
    plot_scene_close(&w.scene);
    return status;
}

const struct plot_kind plot_boundary = {
    .name = "boundary",
    .help = "classes that a model predicts from two columns, and the rows",
    .accepts = " model features at target grid ",
    .requires = "model",
    .make = plot_boundary_make,
};
