/* Classes by their labels, and their weights. --class-weight is a list LABEL=W,..., or "balanced": W / (K W_k) for each
 * of K classes, W_k being the weight of its rows and W that of all. */
#include "app/train/train_classes.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "text/buffer.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum status train_classes_find(const struct dataset *data, const char *label, size_t *class, struct err *err)
{
    char echo[ERR_ECHO], list[ERR_ECHO];
    struct buffer all = {0};
    for (size_t k = 0; k < data->classes; k++) {
        if (strcmp(data->labels[k], label) == 0) {
            *class = k;
            buffer_free(&all);
            return STATUS_OK;
        }
        buffer_add_format(&all, "%s'%s'", k > 0 ? ", " : "", data->labels[k]);
    }
    err_data(err, "no row has the class '%s'; the classes are %s", err_echo(echo, slice_of(label)),
             err_echo(list, (struct slice){all.p, all.n}));
    buffer_free(&all);
    return err->status;
}

static bool is_balanced(const char *text)
{
    return strcmp(text, "balanced") == 0;
}

/* The label and weight at *text, which moves behind them; false: there is no LABEL=W with W > 0. */
static bool next_weight(const char **text, struct slice *label, double *weight)
{
    size_t n = strcspn(*text, ","), equals = n;
    while (equals > 0 && (*text)[equals - 1] != '=')
        equals--;
    if (equals < 2)
        return false;
    *label = (struct slice){*text, equals - 1};
    struct slice number = {*text + equals, n - equals};
    *text += (*text)[n] == ',' ? n + 1 : n;
    return number_parse(number, weight) && *weight > 0 && isfinite(*weight);
}

enum status train_classes_check(const char *text, struct err *err)
{
    char echo[ERR_ECHO];
    const char *at = text;
    if (text == NULL || is_balanced(text))
        return STATUS_OK;
    do {
        struct slice label, item = {at, strcspn(at, ",")};
        double weight;
        if (!next_weight(&at, &label, &weight))
            return usage_value(err, "--class-weight", err_echo(echo, item), "balanced or LABEL=W with W above 0");
        for (const char *other = at; *other != '\0';) {
            struct slice again;
            if (!next_weight(&other, &again, &weight))
                break;
            if (slice_equal(label, again))
                return usage_option(err, "--class-weight", "'%s' is listed twice", err_echo(echo, label));
        }
    } while (*at != '\0');
    return STATUS_OK;
}

/* W / (K W_k): then all classes have the same weight together, and the sum of weights stays. */
static void balance(const struct dataset *data, double *factor)
{
    dataset_class_weights(data, factor);
    for (size_t k = 0; k < data->classes; k++)
        factor[k] = factor[k] > 0 ? data->weight_sum / ((double)data->classes * factor[k]) : 1;
}

enum status train_classes_weigh(struct dataset *data, const char *text, struct err *err)
{
    if (text == NULL)
        return STATUS_OK;
    double *factor = mem_alloc(data->classes, sizeof *factor);
    enum status status = STATUS_OK;
    for (size_t k = 0; k < data->classes; k++)
        factor[k] = 1;
    if (is_balanced(text))
        balance(data, factor);
    for (const char *at = text; !is_balanced(text) && *at != '\0' && status == STATUS_OK;) {
        struct slice label;
        double weight;
        size_t class;
        next_weight(&at, &label, &weight);
        char *name = mem_copy(label.p, label.n);
        status = train_classes_find(data, name, &class, err);
        if (status == STATUS_OK)
            factor[class] = weight;
        free(name);
    }
    if (status == STATUS_OK)
        dataset_weigh_classes(data, factor);
    free(factor);
    return status;
}
