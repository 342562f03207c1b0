/* The values of options: text to the field that an option's row names, checked against the type, the range and the
 * choices of the row. Every refusal states the value and what is expected; a misspelt choice is answered with the
 * nearest one. */

#include "cli/opt_value.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "cli/synonyms.h"
#include "cli/usage.h"
#include "text/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "--NAME: invalid value 'TEXT': expected EXPECTED" */
static enum status refuse(const struct opt *opt, const char *text, const char *expected, struct err *err)
{
    char option[ERR_ECHO];
    snprintf(option, sizeof option, "--%s", opt->name);
    return usage_value(err, option, text, "%s", expected);
}

/* A minimum that is almost 0 excludes 0 and nothing else, a huge maximum infinity. */
static enum status refuse_range(const struct opt *opt, const char *text, bool below, struct err *err)
{
    char expected[NUMBER_MAX + 32], limit[NUMBER_MAX + 1];
    if (below && opt->min > 0 && opt->min < 1e-100)
        return refuse(opt, text, "a number above 0", err);
    if (!below && opt->max > 1e100)
        return refuse(opt, text, "a finite number", err);
    limit[number_write(limit, below ? opt->min : opt->max)] = '\0';
    snprintf(expected, sizeof expected, "a number of at %s %s", below ? "least" : "most", limit);
    return refuse(opt, text, expected, err);
}

static enum status set_number(const struct opt *opt, const char *text, void *field, struct err *err)
{
    double value;
    bool is_real = opt->type == OPT_REAL;
    if (!number_parse(slice_of(text), &value))
        return refuse(opt, text, is_real ? "a number" : "a whole number", err);
    if (value < opt->min || value > opt->max)
        return refuse_range(opt, text, value < opt->min, err);
    if (is_real)
        *(double *)field = value;
    else if (value == (double)(size_t)value)
        *(size_t *)field = (size_t)value;
    else
        return refuse(opt, text, "a whole number", err);
    return STATUS_OK;
}

/* "csv, tsv or json", and the one that is probably meant */
static char *describe_choices(const struct opt_choice *choices, const char *text)
{
    size_t n = 0, length = 128;
    for (; choices[n].name != NULL; n++)
        length += strlen(choices[n].name) + sizeof " or ";
    const char **names = mem_alloc(n, sizeof *names);
    char *out = mem_zero(length, 1), *end = out;
    for (size_t i = 0; i < n; i++) {
        names[i] = choices[i].name;
        end += sprintf(end, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", names[i]);
    }
    const char *near = synonyms_find_choice(choices, text);
    if (near == NULL)
        near = nearest_word(names, n, text);
    if (near != NULL)
        sprintf(end, "; did you mean '%s'?", near);
    free(names);
    return out;
}

static enum status set_choice(const struct opt *opt, const char *text, int *field, struct err *err)
{
    const struct opt_choice *choices = opt_choices(opt);
    for (int i = 0; choices[i].name != NULL; i++) {
        if (strcmp(choices[i].name, text) == 0) {
            *field = i;
            return STATUS_OK;
        }
    }
    char *expected = describe_choices(choices, text);
    enum status status = refuse(opt, text, expected, err);
    free(expected);
    return status;
}

static enum status set_size(const struct opt *opt, const char *text, size_t *field, struct err *err)
{
    static const char units[] = "KMGT";
    struct slice number = slice_of(text);
    const char *unit = number.n > 0 ? strchr(units, text[number.n - 1]) : NULL;
    double value, factor = 1;
    for (const char *u = units; unit != NULL && u <= unit; u++)
        factor *= 1024;
    number.n -= unit != NULL;
    if (!number_parse(number, &value) || !(value * factor >= 1 && value * factor < 0x1p62))
        return refuse(opt, text, "a size such as 500M or 4G", err);
    *field = (size_t)(value * factor);
    return STATUS_OK;
}

/* "one of the characters . or ,, or 'none'" and the like */
static enum status refuse_char(const struct opt *opt, const char *text, struct err *err)
{
    char expected[96];
    int n = snprintf(expected, sizeof expected, "one ");
    if (opt->accepts != NULL)
        n += snprintf(expected + n, sizeof expected - (size_t)n, "of the characters '%s'", opt->accepts);
    else
        n += snprintf(expected + n, sizeof expected - (size_t)n, "character, %s",
                      opt->word != NULL ? "but no line end" : "neither a quote nor a line end");
    if (opt->word != NULL || opt->accepts == NULL)
        snprintf(expected + n, sizeof expected - (size_t)n, ", or '%s'", opt->word != NULL ? opt->word : "tab");
    return refuse(opt, text, expected, err);
}

static enum status set_char(const struct opt *opt, const char *text, char *field, struct err *err)
{
    bool is_tab = strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0;
    bool is_word = opt->word != NULL && strcmp(text, opt->word) == 0;
    char c = is_word ? OPT_NO_CHAR : is_tab ? '\t' : text[0];
    bool is_one = is_word || is_tab || strlen(text) == 1;
    bool is_accepted = opt->accepts == NULL || strchr(opt->accepts, c) != NULL;
    bool is_refused = strchr(opt->word != NULL ? "\n\r" : "\"\n\r", c) != NULL;
    if (!is_word && (!is_one || !is_accepted || is_refused))
        return refuse_char(opt, text, err);
    *field = c;
    return STATUS_OK;
}

static enum status add_text(const struct opt *opt, const char *text, struct opt_texts *field, struct err *err)
{
    if (field->n == OPT_TEXTS_MAX)
        return err_usage(err, "--%s: given more than %d times", opt->name, OPT_TEXTS_MAX);
    field->text[field->n++] = text;
    return STATUS_OK;
}

enum status opt_value_set(const struct opt *opt, const char *text, void *settings, struct err *err)
{
    void *field = (char *)settings + opt->offset;
    switch (opt->type) {
    case OPT_FLAG:
        *(bool *)field = true;
        return STATUS_OK;
    case OPT_REAL:
    case OPT_COUNT:
        return set_number(opt, text, field, err);
    case OPT_TEXT:
        *(const char **)field = text;
        return STATUS_OK;
    case OPT_TEXTS:
        return add_text(opt, text, field, err);
    case OPT_CHOICE:
        return set_choice(opt, text, field, err);
    case OPT_SIZE:
        return set_size(opt, text, field, err);
    case OPT_CHAR:
        return set_char(opt, text, field, err);
    }
    return STATUS_OK;
}
