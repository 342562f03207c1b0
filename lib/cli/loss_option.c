/* The value of --loss in every command that takes losses: a name or an alias of the list of losses, and its parameter.
 * A name that is unknown is answered with the nearest one; a measure that no loss equals, with the loss it is made of.
 */

#include "cli/loss_option.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "cli/usage.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *expected;
} related[] = {
    {"rmse", "mse, whose square root it is"},
    {"perplexity", "ce, whose exponential it is"},
    {"gini", "auc, of which it is 2 auc - 1"},
    {"error", "accuracy, which is 1 minus the error rate"},
    {"error-rate", "accuracy, which is 1 minus the error rate"},
};

/* Names and aliases of all losses; returns how many. NULL: only counts them. */
static size_t list_names(const char **names)
{
    size_t n = 0;
    for (const struct loss *const *loss = loss_all; *loss != NULL; loss++) {
        if (names != NULL)
            names[n] = (*loss)->name;
        n++;
        for (size_t a = 0; (*loss)->aliases != NULL && (*loss)->aliases[a] != NULL; a++, n++)
            if (names != NULL)
                names[n] = (*loss)->aliases[a];
    }
    return n;
}

static enum status refuse_name(const char *name, const char *text, struct err *err)
{
    for (size_t i = 0; i < sizeof related / sizeof *related; i++)
        if (strcmp(related[i].name, name) == 0)
            return usage_value(err, "--loss", text, "%s", related[i].expected);
    size_t n = list_names(NULL);
    const char **names = mem_alloc(n, sizeof *names);
    list_names(names);
    const char *near = nearest_word(names, n, name);
    free(names);
    if (near != NULL)
        return usage_value(err, "--loss", text, "the name of a loss; did you mean '%s'?", near);
    return usage_value(err, "--loss", text, "the name of a loss");
}

static enum status parse_parameter(struct loss_option *o, const char *number, const char *text, struct err *err)
{
    const struct loss *loss = o->loss;
    const char *kind = loss->whole_parameter ? "a whole number" : "a number";
    if (loss->parameter == NULL)
        return usage_value(err, "--loss", text, "%s, which has no parameter", loss->name);
    if (number_parse(slice_of(number), &o->parameter) && o->parameter >= loss->min && o->parameter <= loss->max &&
        (!loss->whole_parameter || o->parameter == floor(o->parameter)))
        return STATUS_OK;
    if (loss->max > 1e100)
        return usage_value(err, "--loss", text, "%s:%s with a number %s %s 0", loss->name, loss->parameter,
                           loss->parameter, loss->min > 0 ? "above" : "of at least");
    return usage_value(err, "--loss", text, "%s:%s with %s %s from %g to %g", loss->name, loss->parameter, kind,
                       loss->parameter, loss->min, loss->max);
}

enum status loss_option_parse(struct loss_option *option, struct slice text, struct err *err)
{
    char *whole = mem_copy(text.p, text.n), *name = mem_copy(text.p, text.n), *colon = strchr(name, ':');
    if (colon != NULL)
        *colon = '\0';
    *option = (struct loss_option){.loss = loss_find(name), .is_given = colon != NULL};
    enum status status = STATUS_OK;
    if (option->loss == NULL)
        status = refuse_name(name, whole, err);
    else if (colon != NULL)
        status = parse_parameter(option, colon + 1, whole, err);
    else
        option->parameter = option->loss->fallback;
    free(name);
    free(whole);
    return status;
}
