/* The options of a view: the values of --at (parse_values), and the features that vary, named by --features
 * (show_chosen) or left by --at (show_rest). */
#include "app/plot/plot_view_choose.h"

#include "cli/usage.h"
#include "data/table/columns.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t features_of(const struct predictor *p)
{
    return p->d - p->indicators;
}

const char *plot_view_number_name(const struct predictor *p, size_t i)
{
    return i < features_of(p) ? p->features[i] : p->offset;
}

static size_t find_number(const struct predictor *p, struct slice name)
{
    size_t i = 0;
    while (i < predictor_numbers(p) && !slice_equal(name, slice_of(plot_view_number_name(p, i))))
        i++;
    return i;
}

static size_t find_text(const struct predictor *p, struct slice name)
{
    size_t t = 0;
    while (t < p->texts && !slice_equal(name, slice_of(p->text_features[t])))
        t++;
    return t;
}

static enum status parse_value(struct plot_view_making *m, struct slice name, struct slice value, struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t i = find_number(p, name), t = find_text(p, name);
    char echo[ERR_ECHO], other[ERR_ECHO];
    err_echo(echo, name);
    err_echo(other, value);
    if (i < predictor_numbers(p)) {
        m->is_given[i] = true;
        if (!number_parse(value, &m->view->x[i]) || !isfinite(m->view->x[i]))
            return usage_option(err, "--at", "the model's column '%s' is numeric, but '%s' is not a number", echo,
                                other);
        return STATUS_OK;
    }
    if (t == p->texts)
        return usage_option(err, "--at", "the model has no column '%s'", echo);
    m->is_given_text[t] = true;
    m->view->level[t] = dict_find(p->levels[t], value);
    if (m->view->level[t] == PREDICTOR_UNSEEN)
        return usage_option(err, "--at", "the model has no category '%s' of the column '%s'", other, echo);
    return STATUS_OK;
}

/* Parses COLUMN=VALUE,... */
static enum status parse_values(struct plot_view_making *m, struct err *err)
{
    const char *rest = m->task->settings->at;
    enum status status = STATUS_OK;
    while (rest != NULL && status == STATUS_OK) {
        const char *end = strchr(rest, ',');
        size_t n = end != NULL ? (size_t)(end - rest) : strlen(rest);
        const char *sign = memchr(rest, '=', n);
        char echo[ERR_ECHO];
        if (sign == NULL)
            return usage_value(err, "--at", err_echo(echo, (struct slice){rest, n}), "COLUMN=VALUE");
        struct slice name = {rest, (size_t)(sign - rest)};
        status = parse_value(m, name, (struct slice){sign + 1, n - name.n - 1}, err);
        rest = end != NULL ? end + 1 : NULL;
    }
    return status;
}

static enum status show(struct plot_view_making *m, const char *name, struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t i = find_number(p, slice_of(name));
    char echo[ERR_ECHO];
    err_echo(echo, slice_of(name));
    if (i >= features_of(p))
        return usage_option(err, "--features", "the model has no numeric column '%s'", echo);
    if (m->is_given[i])
        return usage_option(err, "--at", "the column '%s' is one of --features", echo);
    m->view->shown[m->view->n_shown++] = i;
    m->is_given[i] = true;
    return STATUS_OK;
}

/* Shows the features chosen by the options. */
static enum status show_chosen(struct plot_view_making *m, size_t wanted, struct err *err)
{
    size_t *columns = NULL, n = 0;
    enum status status =
        columns_find(table_names(m->table), table_width(m->table), m->task->settings->x, &columns, &n, err);
    if (status != STATUS_OK)
        return err_at(err, table_file(m->table), 0);
    if (n != wanted)
        status = usage_option(err, "--features", "expected %zu column%s, not %zu", wanted, wanted == 1 ? "" : "s", n);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = show(m, table_name(m->table, columns[i]), err);
    free(columns);
    return status;
}

/* Shows the features that --at does not hold. */
static enum status show_rest(struct plot_view_making *m, size_t wanted, struct err *err)
{
    const struct predictor *p = m->view->predictor;
    size_t all = features_of(p), left = 0;
    for (size_t i = 0; i < all; i++)
        left += !m->is_given[i];
    if (left > wanted)
        err_data(err,
                 "the model has %zu numeric columns, but this plot shows %zu; use --features to choose them, and "
                 "--at or rows to fix the others",
                 all, wanted);
    else if (left < wanted)
        err_data(err, "the model has %zu numeric column%s%s, but this plot shows %zu", left, left == 1 ? "" : "s",
                 left < all ? " that --at does not fix" : "", wanted);
    if (left != wanted)
        return err_at(err, m->task->settings->model, 0);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < all && status == STATUS_OK; i++)
        if (!m->is_given[i])
            status = show(m, p->features[i], err);
    return status;
}

enum status plot_view_choose(struct plot_view_making *m, size_t n_shown, struct err *err)
{
    enum status status = parse_values(m, err);
    if (status != STATUS_OK)
        return status;
    return m->task->settings->x != NULL ? show_chosen(m, n_shown, err) : show_rest(m, n_shown, err);
}
