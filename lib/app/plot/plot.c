/* Pictures: checks that the options fit the kind of picture, lets the kind make a figure, and writes it. The
 * kinds are listed in plot.list. */
#include "app/plot/plot.h"

#include "cli/usage.h"

#include <stdio.h>
#include <string.h>

#define PLOT(name) &plot_##name,
static const struct plot_kind *const plot_kinds[] = {
#include "app/plot/plot.list"
    NULL};
#undef PLOT

static struct opt_choice plot_kind_at(size_t i)
{
    return plot_kinds[i] != NULL ? (struct opt_choice){plot_kinds[i]->name, plot_kinds[i]->help}
                                 : (struct opt_choice){NULL, NULL};
}

const struct opt_choice *plot_kind_choices(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, plot_kind_at);
}

static bool is_listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += n)
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

/* Whether the option is accepted by some kinds only. */
static bool is_of_kinds(const char *name)
{
    for (size_t i = 0; plot_kinds[i] != NULL; i++)
        if (is_listed(plot_kinds[i]->accepts, name))
            return true;
    return false;
}

static enum status check_options(const struct plot_kind *kind, const struct invocation *run, struct err *err)
{
    for (size_t i = 0; i < run->n_options; i++) {
        const char *name = run->options[i].name;
        char option[ERR_ECHO];
        snprintf(option, sizeof option, "--%s", name);
        if (run->given[i] && is_of_kinds(name) && !is_listed(kind->accepts, name))
            return usage_conflict(err, option, "--kind %s", kind->name);
        if (!run->given[i] && kind->requires != NULL && strcmp(kind->requires, name) == 0)
            return usage_missing(err, "%s, which --kind %s requires", option, kind->name);
    }
    return STATUS_OK;
}

/* Values that a logarithmic axis cannot show: a notice, or an error if they are all there are. Every trace begins at
 * step 0, which is worth a notice to those who ask for all. */
static enum status check_log(const struct invocation *run, const struct figure *figure, enum figure_place axis,
                             struct err *err)
{
    struct figure_log_fault fault = figure_log_faults(figure, axis);
    char echo[ERR_ECHO], column[ERR_ECHO];
    if (fault.faults == 0)
        return STATUS_OK;
    err_echo(echo, slice_of(fault.series));
    err_echo(column, slice_of(figure->column[axis == FIGURE_X ? 0 : 1]));
    if (fault.shown == 0)
        return err_data(err, "no value of '%s' is above 0, which a logarithmic axis requires: row %zu of '%s' is %.6g",
                        column, fault.row, echo, fault.value);
    void (*give)(const struct invocation *, const char *, ...) = axis == FIGURE_X ? notice_verbose : notice;
    give(run,
         "values of '%s' that are not above 0, which a logarithmic axis omits: %zu, the first %.6g in row %zu of '%s'",
         column, fault.faults, fault.value, fault.row, echo);
    return STATUS_OK;
}

/* Options of pictures beside numbers, and of numbers beside pictures; the suffix of --output may choose the format. */
static enum status check_format(const struct plot_settings *s, enum picture_format format, struct err *err)
{
    const struct usage_given of_pictures[] = {{"--size", s->picture.size != NULL}, {"--title", s->title != NULL},
                                              {"--x-label", s->x_label != NULL},   {"--y-label", s->y_label != NULL},
                                              {"--log", s->log != PLOT_LOG_NONE},  {NULL, false}};
    if (format == PICTURE_CSV)
        return usage_exclude(err, "--to csv", of_pictures);
    return s->picture.digits > 0 ? usage_requires(err, "--precision", "--to csv") : STATUS_OK;
}

enum status plot_run(const struct plot_settings *settings, const struct invocation *run, struct err *err)
{
    const struct plot_kind *kind = plot_kinds[settings->kind];
    const struct plot_task task = {settings, run};
    struct figure *figure = NULL;
    struct picture picture;
    enum status status = check_options(kind, run, err);
    if (status == STATUS_OK)
        status = picture_prepare(&picture, &settings->picture, err);
    if (status == STATUS_OK)
        status = check_format(settings, picture.format, err);
    if (status == STATUS_OK)
        status = kind->make(&task, &figure, err);
    if (status == STATUS_OK) {
        figure->log_x = settings->log == PLOT_LOG_X || settings->log == PLOT_LOG_BOTH;
        figure->log_y = settings->log == PLOT_LOG_Y || settings->log == PLOT_LOG_BOTH;
        figure_name(&figure->title, settings->title);
        figure_name(&figure->x_label, settings->x_label);
        figure_name(&figure->y_label, settings->y_label);
        if (figure->log_x)
            status = check_log(run, figure, FIGURE_X, err);
        if (status == STATUS_OK && figure->log_y)
            status = check_log(run, figure, FIGURE_Y, err);
        if (status == STATUS_OK)
            status = picture_write(&picture, figure, err);
    }
    figure_free(figure);
    return status;
}
