#include "base/mem.h"
#include "cli/command.h"
#include "cli/memory.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "data/columns.h"
#include "data/runs.h"
#include "data/tally.h"
#include "family/gaussians.h"
#include "family/information.h"
#include "fit/frequencies.h"
#include "fit/keyed.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *columns, *keys, *logits, *memory;
    double smooth, base;
    int unit;
    bool probabilities, bytes, lines, tokens, gauss, cov;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

static const struct opt options[] = {
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the two columns to compare; without it the first two numeric ones; with --key the one of counts, without it the last "
             "numeric one; with --logits those of the targets"},
    {FLAG(struct settings, probabilities), .name = "probabilities", .help = "insist that probabilities sum to 1"},
    {TEXT(struct settings, keys), .letter = 'k', .name = "key", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare two files, in which these columns name the symbol of each row"},
    {FLAG(struct settings, lines), .name = "lines", .help = "compare how often each line occurs in two files"},
    {FLAG(struct settings, tokens), .name = "tokens", .help = "compare how often each run of bytes between blanks does"},
    {FLAG(struct settings, bytes), .name = "bytes", .help = "compare how often each byte does"},
    {FLAG(struct settings, gauss), .name = "gauss", .help = "compare the Gaussians of two files that mle-gauss wrote"},
    {FLAG(struct settings, cov), .name = "cov",
     .help = "compare all columns jointly, by covariances that mle-gauss --cov wrote to two files more"},
    {TEXT(struct settings, logits), .name = "logits", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the targets of each row with the softmax of these scores"},
    {REAL(struct settings, smooth), .name = "smooth", .arg = "ALPHA", .min = 5e-324, .max = 1e300, .group = OPT_MODEL_GROUP,
     .help = "add ALPHA to each count, also to those of symbols that one side lacks"},
    OPT_UNIT_ROW(struct settings, unit),
    {REAL(struct settings, base), .name = "base", .arg = "B", .min = 1.0000001, .max = 1e300, .group = OPT_OUTPUT_GROUP,
     .help = "base of the logarithm, instead of a unit"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_MEMORY_ROW(struct settings, memory),
    OPT_GENERAL_ROWS(struct settings, general),
};

struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct unit unit;
};

/* ---- results ---- */

/* Columns: the first, measures with their unit, and the last unless it is NULL. */
static enum status open_result(struct out **out, const struct work *w, const char *first, const char *const *measures, size_t n,
                               const char *last, struct err *err)
{
    char names[8][UNIT_COLUMN];
    const char *all[10];
    size_t count = 0;
    all[count++] = first;
    for (size_t i = 0; i < n; i++)
        all[count++] = unit_column(names[i], measures[i], &w->unit);
    if (last != NULL)
        all[count++] = last;
    return out_open(out, &w->settings->output, count, all, err);
}

static void put_measures(const struct work *w, struct out *out, const double *bits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out_number(out, bits[i] * w->unit.per_bit);
}

/* times: how many symbols have each pair of values; NULL: one. */
static enum status write_result(const struct work *w, double *const value[2], const double *times, size_t n, struct err *err)
{
    static const char *const measures[] = {"D", "D_reverse", "cross_entropy", "H_p", "H_q", "JS"};
    double symbols = times != NULL ? information_sum(times, n) : (double)n;
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < n; i++)
            value[s][i] += w->settings->smooth;
    struct information_divergence d = information_compare(value[0], value[1], times, n);
    double bits[] = {d.forward, d.reverse, d.cross_entropy, d.entropy_p, d.entropy_q, d.jensen_shannon};
    struct out *out;
    enum status status = open_result(&out, w, "n", measures, 6, "total_variation", err);
    if (status != STATUS_OK)
        return status;
    out_number(out, symbols);
    put_measures(w, out, bits, 6);
    out_number(out, d.total_variation);
    out_end_row(out);
    return out_close(out, err);
}

/* What is wrong with the sum of weights, which stand where `of` says. */
static enum status check_sum(const struct work *w, const double *value, size_t n, const char *of, struct err *err)
{
    double sum = information_sum(value, n);
    if (sum == 0)
        return err_data(err, "%sall values are 0", of);
    if (isinf(sum))
        return err_data(err, "%sthe sum is too large", of);
    if (w->settings->probabilities && !(fabs(sum - 1) <= 1e-9 * (double)n))
        return err_data(err, "%sthe probabilities sum to %.12g, not to 1", of, sum);
    return STATUS_OK;
}

/* ---- two columns ---- */

struct columns {
    const struct work *work;
    size_t column[2];
    double *value[2];
    size_t capacity[2], n;
    bool told;
};

static enum status choose_columns(struct columns *c, const struct table *table, const char *spec, struct err *err)
{
    size_t *columns = NULL, count = 0, width = table_width(table);
    enum status status = STATUS_OK;
    if (spec != NULL) {
        status = columns_find(table_names(table), width, spec, &columns, &count, err);
        for (size_t i = 0; status == STATUS_OK && i < count && i < 2; i++)
            c->column[i] = columns[i];
        if (status == STATUS_OK && count != 2)
            status = err_usage(err, "--columns must name two columns, not %zu", count);
    } else {
        for (size_t k = 0; k < width && count < 2; k++)
            if (table_kind(table, k) == COLUMN_NUMBER)
                c->column[count++] = k;
        if (count < 2)
            status = err_data(err, "there are no two numeric columns to compare");
    }
    free(columns);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static enum status keep(void *context, void *state, struct block *block, struct err *err)
{
    struct columns *c = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++, c->n++) {
        for (size_t s = 0; s < 2; s++) {
            double v = block->numbers[r * block->row_step + s * block->column_step];
            if (isnan(v))
                return block_number_error(block, r, s, err, "the value is missing");
            if (v < 0 || isinf(v))
                return block_number_error(block, r, s, err, "%g is no count and no probability", v);
            c->value[s] = mem_grow(c->value[s], &c->capacity[s], c->n + 1, sizeof **c->value);
            c->value[s][c->n] = v;
        }
        if (c->value[1][c->n] == 0 && c->value[0][c->n] > 0 && !c->told && c->work->settings->smooth == 0) {
            struct err place = {0};
            block_row_error(block, r, &place, "q = 0 where p = %g; the divergence is infinite", c->value[0][c->n]);
            notice(c->work->run, "%s:%zu: %s", place.file, place.line, place.reason);
            c->told = true;
        }
    }
    return STATUS_OK;
}

static enum status check_columns(const struct columns *c, const struct table *table, struct err *err)
{
    enum status status = c->n == 0 ? err_data(err, "no data") : STATUS_OK;
    for (size_t s = 0; s < 2 && status == STATUS_OK; s++) {
        char echo[ERR_ECHO];
        err_echo(echo, slice_of(table_name(table, c->column[s])));
        char *of = mem_format("column %zu '%s': ", c->column[s] + 1, echo);
        status = check_sum(c->work, c->value[s], c->n, of, err);
        free(of);
    }
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static enum status compare_columns(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct columns c = {.work = w};
    struct table *table = NULL;
    enum status status = command_open_table(&table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(&c, table, s->columns, err);
    if (status == STATUS_OK) {
        table_want_number(table, c.column[0]);
        table_want_number(table, c.column[1]);
        status = table_fold(table, &(struct fold){.reduce = keep}, &c, s->general.threads, err);
    }
    if (status == STATUS_OK)
        status = check_columns(&c, table, err);
    if (status == STATUS_OK)
        status = write_result(w, c.value, NULL, c.n, err);
    free(c.value[0]);
    free(c.value[1]);
    table_close(table);
    return status;
}

/* ---- two files of symbols ---- */

static void tell_infinite(const struct work *w, struct slice symbol, double p)
{
    char echo[ERR_ECHO];
    notice(w->run, "'%s': q = 0 where p = %g; the divergence is infinite", err_echo(echo, symbol), p);
}

/* How many symbols have which counts in the two files, and the least symbol that the second one alone lacks. */
struct streams {
    struct frequencies *frequencies;
    char *lacking;
    size_t lacking_n;
    double p;
};

static void add_symbol(struct streams *s, struct slice symbol, double p, double q)
{
    frequencies_add(s->frequencies, 0, p, q);
    if (q > 0 || (s->lacking != NULL && runs_compare((struct slice){s->lacking, s->lacking_n}, symbol) < 0))
        return;
    free(s->lacking);
    s->lacking = mem_copy(symbol.p, symbol.n);
    s->lacking_n = symbol.n;
    s->p = p;
}

static enum status take_text(void *context, struct slice key, const struct dd *count, struct err *err)
{
    (void)err;
    add_symbol(context, key, count[0].high, count[1].high);
    return STATUS_OK;
}

/* Bytes that occur in neither file do not count as symbols. */
static void take_bytes(struct streams *s, const uint64_t *p, const uint64_t *q)
{
    for (size_t i = 0; i < 256; i++) {
        char byte = (char)i;
        if (p[i] + q[i] > 0)
            add_symbol(s, (struct slice){&byte, 1}, (double)p[i], (double)q[i]);
    }
}

static enum status write_streams(const struct work *w, const struct streams *s, struct err *err)
{
    size_t start[2];
    struct information_frequency *f = frequencies_take(s->frequencies, 1, start);
    size_t n = start[1];
    double *value[2] = {mem_alloc(n, sizeof(double)), mem_alloc(n, sizeof(double))}, *times = mem_alloc(n, sizeof *times);
    for (size_t i = 0; i < n; i++) {
        value[0][i] = f[i].count;
        value[1][i] = f[i].whole;
        times[i] = f[i].times;
    }
    if (s->lacking != NULL && w->settings->smooth == 0)
        tell_infinite(w, (struct slice){s->lacking, s->lacking_n}, s->p);
    enum status status = write_result(w, value, times, n, err);
    free(value[0]);
    free(value[1]);
    free(times);
    free(f);
    return status;
}

static enum status compare_streams(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct counts_limit limit = {.directory = memory_directory()};
    enum status status = memory_limit(s->memory, &limit.memory, err);
    struct counts *texts = s->bytes ? NULL : counts_new(2, &limit);
    struct tally tally[2] = {{.texts = texts, .tokens = s->tokens}, {.texts = texts, .tokens = s->tokens, .which = 1}};
    struct streams streams = {.frequencies = frequencies_new()};
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++) {
        status = tally_file(&tally[k], w->run->operands[k], s->general.threads, err);
        if (status == STATUS_OK && tally[k].n == 0) {
            err_data(err, "no data");
            status = err_at(err, strcmp(w->run->operands[k], "-") == 0 ? "standard input" : w->run->operands[k], 0);
        }
    }
    if (status == STATUS_OK && s->bytes)
        take_bytes(&streams, tally[0].bytes, tally[1].bytes);
    else if (status == STATUS_OK)
        status = counts_walk(texts, false, &streams, take_text, err);
    if (status == STATUS_OK)
        status = write_streams(w, &streams, err);
    counts_free(texts);
    frequencies_free(streams.frequencies);
    free(streams.lacking);
    return status;
}

/* ---- two files of keyed numbers ---- */

/* Which columns hold the keys and the numbers: by name, or NULL for the last numeric column that is no key. */
struct layout {
    const char *keys, *values;
    size_t n_values;
    const double *least;
    const char *const *what;
};

static enum status find_values(const struct table *table, const struct layout *layout, const size_t *keys, size_t n_keys,
                               size_t **values, size_t *n_values, struct err *err)
{
    size_t width = table_width(table);
    if (layout->values != NULL) {
        enum status status = columns_find(table_names(table), width, layout->values, values, n_values, err);
        if (status == STATUS_OK && *n_values != layout->n_values)
            status = err_usage(err, "--columns must name one column, not %zu", *n_values);
        return status;
    }
    *values = mem_alloc(1, sizeof **values);
    for (size_t c = 0; c < width; c++) {
        bool is_key = false;
        for (size_t i = 0; i < n_keys; i++)
            is_key = is_key || keys[i] == c;
        if (is_key || table_kind(table, c) != COLUMN_NUMBER)
            continue;
        (*values)[0] = c;
        *n_values = 1;
    }
    return *n_values == 1 ? STATUS_OK : err_data(err, "no column but the key is numeric");
}

static enum status read_keyed(const struct work *w, struct keyed *keyed, size_t which, size_t operand, const struct layout *layout,
                              struct err *err)
{
    struct invocation one = *w->run;
    struct table *table = NULL;
    size_t *keys = NULL, *values = NULL, n_keys = 0, n_values = 0;
    one.operands += operand;
    one.n_operands = 1;
    enum status status = command_open_table(&table, &w->settings->input, &one, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK) {
        status = columns_find(table_names(table), table_width(table), layout->keys, &keys, &n_keys, err);
        if (status == STATUS_OK)
            status = find_values(table, layout, keys, n_keys, &values, &n_values, err);
        if (status != STATUS_OK)
            err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK) {
        struct keyed_columns columns = {keys, n_keys, values, n_values, layout->least, layout->what};
        status = keyed_read(keyed, which, table, &columns, err);
    }
    free(keys);
    free(values);
    table_close(table);
    return status;
}

static const char *operand_name(const struct work *w, size_t operand)
{
    const char *path = w->run->operands[operand];
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static enum status read_both(const struct work *w, struct keyed *keyed, const struct layout *layout, const char *remedy,
                             struct err *err)
{
    uint32_t key;
    size_t lacks;
    char echo[ERR_ECHO], file[ERR_ECHO];
    enum status status = read_keyed(w, keyed, 0, 0, layout, err);
    if (status == STATUS_OK)
        status = read_keyed(w, keyed, 1, 1, layout, err);
    if (status != STATUS_OK || w->settings->smooth > 0 || !keyed_unequal(keyed, &key, &lacks))
        return status;
    err_data(err, "there is no key '%s', which %s has%s", err_echo(echo, dict_text(keyed->keys, key)),
             err_echo(file, slice_of(operand_name(w, 1 - lacks))), remedy);
    return err_at(err, operand_name(w, lacks), 0);
}

static enum status compare_keyed(const struct work *w, struct err *err)
{
    static const double least[] = {0};
    static const char *const what[] = {"count and no probability"};
    struct layout layout = {w->settings->keys, w->settings->columns, 1, least, what};
    struct keyed keyed = {0};
    enum status status = read_both(w, &keyed, &layout, "; --smooth ALPHA gives it a count", err);
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++) {
        keyed_fill(&keyed, k, 0);
        if (check_sum(w, keyed.value[k], dict_count(keyed.keys), "", err) != STATUS_OK)
            status = err_at(err, operand_name(w, k), 0);
    }
    if (status == STATUS_OK) {
        for (uint32_t i = 0; i < dict_count(keyed.keys) && w->settings->smooth == 0; i++)
            if (keyed.value[1][i] == 0 && keyed.value[0][i] > 0) {
                tell_infinite(w, dict_text(keyed.keys, i), keyed.value[0][i]);
                break;
            }
        status = write_result(w, keyed.value, NULL, dict_count(keyed.keys), err);
    }
    keyed_release(&keyed);
    return status;
}

/* ---- two Gaussians ---- */

static const char *const gauss_measures[] = {"D", "D_reverse", "cross_entropy", "h_p", "h_q"};

static void put_gaussians(const struct work *w, struct out *out, const struct gaussians_divergence *d)
{
    double per_nat = 1.4426950408889634;
    double bits[] = {d->forward * per_nat, d->reverse * per_nat, (d->entropy_p + d->forward) * per_nat, d->entropy_p * per_nat,
                     d->entropy_q * per_nat};
    put_measures(w, out, bits, 5);
    out_end_row(out);
}

static enum status write_gaussians(const struct work *w, const struct keyed *fits, const char *keys, struct err *err)
{
    struct out *out;
    char name[ERR_ECHO];
    size_t n = 0;
    for (; keys[n] != '\0' && n + 1 < sizeof name; n++)
        name[n] = keys[n] == ',' ? '+' : keys[n];
    name[n] = '\0';
    enum status status = open_result(&out, w, name, gauss_measures, 5, NULL, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t key = 0; key < dict_count(fits->keys); key++) {
        const double *p = fits->value[0] + 2 * key, *q = fits->value[1] + 2 * key;
        struct gaussians_divergence d;
        size_t singular;
        gaussians_compare(1, (const double *const[]){p, q}, (const double *const[]){p + 1, q + 1}, &d, &singular);
        out_text(out, dict_text(fits->keys, key));
        put_gaussians(w, out, &d);
    }
    return out_close(out, err);
}

static enum status fill_gaussian(const struct work *w, const struct keyed *fits, const struct keyed *covariances, size_t which,
                                 double *mean, double *matrix, struct err *err)
{
    size_t n = dict_count(fits->keys);
    for (uint32_t i = 0; i < n; i++) {
        mean[i] = fits->value[which][2 * i];
        for (uint32_t j = 0; j < n; j++) {
            char x[ERR_ECHO], y[ERR_ECHO];
            struct slice of_x = dict_text(fits->keys, i), of_y = dict_text(fits->keys, j);
            matrix[i * n + j] = keyed_find_pair(covariances, which, of_x, of_y);
            if (!isnan(matrix[i * n + j]))
                continue;
            err_data(err, "the covariance of '%s' and '%s' is missing", err_echo(x, of_x), err_echo(y, of_y));
            return err_at(err, operand_name(w, 2 + which), 0);
        }
    }
    return STATUS_OK;
}

static enum status compare_joint(const struct work *w, const struct keyed *fits, struct err *err)
{
    static const double least[] = {-DBL_MAX};
    static const char *const what[] = {"covariance"};
    struct layout layout = {"x,y", "covariance", 1, least, what};
    struct keyed covariances = {0};
    size_t n = dict_count(fits->keys), singular;
    double *mean[2] = {mem_alloc(n, sizeof(double)), mem_alloc(n, sizeof(double))};
    double *matrix[2] = {mem_alloc(n * n, sizeof(double)), mem_alloc(n * n, sizeof(double))};
    struct gaussians_divergence d;
    struct out *out;
    enum status status = STATUS_OK;
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++)
        status = read_keyed(w, &covariances, k, 2 + k, &layout, err);
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++)
        status = fill_gaussian(w, fits, &covariances, k, mean[k], matrix[k], err);
    if (status == STATUS_OK && !gaussians_compare(n, (const double *const[]){mean[0], mean[1]},
                                                  (const double *const[]){matrix[0], matrix[1]}, &d, &singular)) {
        err_data(err, "the covariance is not positive definite");
        status = err_at(err, operand_name(w, 2 + singular), 0);
    }
    if (status == STATUS_OK)
        status = open_result(&out, w, "columns", gauss_measures, 5, NULL, err);
    if (status == STATUS_OK) {
        out_count(out, n);
        put_gaussians(w, out, &d);
        status = out_close(out, err);
    }
    for (size_t k = 0; k < 2; k++) {
        free(mean[k]);
        free(matrix[k]);
    }
    keyed_release(&covariances);
    return status;
}

static enum status compare_gauss(const struct work *w, struct err *err)
{
    static const double least[] = {-DBL_MAX, DBL_TRUE_MIN};
    static const char *const what[] = {"mean", "variance of a Gaussian"};
    const char *keys = w->settings->keys != NULL ? w->settings->keys : "column";
    struct layout layout = {keys, "mean,variance", 2, least, what};
    struct keyed fits = {0};
    enum status status = read_both(w, &fits, &layout, "", err);
    if (status == STATUS_OK)
        status = w->settings->cov ? compare_joint(w, &fits, err) : write_gaussians(w, &fits, keys, err);
    keyed_release(&fits);
    return status;
}

/* ---- targets and scores ---- */

struct scoring {
    const struct work *work;
    size_t *targets, *logits, n, n_logits;
    double *q, *o;
    struct out *out;
};

static enum status score_block(void *context, void *state, struct block *block, struct err *err)
{
    struct scoring *s = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++) {
        bool finite = false;
        for (size_t i = 0; i < 2 * s->n; i++) {
            double v = block->numbers[r * block->row_step + i * block->column_step];
            if (isnan(v))
                return block_number_error(block, r, i, err, "the value is missing");
            if (i < s->n && (v < 0 || v > 1))
                return block_number_error(block, r, i, err, "%g is no probability", v);
            if (i >= s->n && v == INFINITY)
                return block_number_error(block, r, i, err, "inf is no score");
            finite = finite || (i >= s->n && isfinite(v));
            (i < s->n ? s->q : s->o)[i % s->n] = v;
        }
        double sum = information_sum(s->q, s->n);
        if (!(fabs(sum - 1) <= 1e-9 * (double)s->n))
            return block_row_error(block, r, err, "the targets sum to %.12g, not to 1", sum);
        if (!finite)
            return block_row_error(block, r, err, "all scores are -inf");
        struct information_scored d = information_score(s->q, s->o, s->n);
        out_count(s->out, block->first_row + r + 1);
        put_measures(s->work, s->out, (double[]){d.divergence, d.entropy, d.log_sum_exp, d.score}, 4);
        out_end_row(s->out);
    }
    return STATUS_OK;
}

static enum status choose_scores(struct scoring *s, const struct table *table, struct err *err)
{
    const struct settings *settings = s->work->settings;
    const char *const *names = table_names(table);
    enum status status = columns_find(names, table_width(table), settings->columns, &s->targets, &s->n, err);
    if (status == STATUS_OK)
        status = columns_find(names, table_width(table), settings->logits, &s->logits, &s->n_logits, err);
    if (status == STATUS_OK && s->n != s->n_logits)
        status = err_usage(err, "--columns names %zu columns of targets, --logits %zu of scores", s->n, s->n_logits);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static enum status compare_scores(const struct work *w, struct err *err)
{
    static const char *const measures[] = {"D", "H_q", "logsumexp", "q_logits"};
    struct scoring s = {.work = w};
    struct table *table = NULL;
    enum status status = command_open_table(&table, &w->settings->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_scores(&s, table, err);
    if (status == STATUS_OK)
        status = open_result(&s.out, w, "row", measures, 4, NULL, err);
    if (status == STATUS_OK) {
        for (size_t i = 0; i < s.n; i++)
            table_want_number(table, s.targets[i]);
        for (size_t i = 0; i < s.n; i++)
            table_want_number(table, s.logits[i]);
        s.q = mem_alloc(s.n, sizeof *s.q);
        s.o = mem_alloc(s.n, sizeof *s.o);
        status = table_fold(table, &(struct fold){.reduce = score_block}, &s, w->settings->general.threads, err);
        if (status == STATUS_OK)
            status = out_close(s.out, err);
        else
            out_abandon(s.out);
    }
    free(s.targets);
    free(s.logits);
    free(s.q);
    free(s.o);
    table_close(table);
    return status;
}

/* ---- which of them ---- */

static enum status check_settings(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    int streams = s->bytes + s->lines + s->tokens, modes = streams + s->gauss + (s->logits != NULL);
    size_t files = s->cov ? 4 : 2, n = w->run->n_operands;
    if (modes > 1)
        return err_usage(err, "--bytes, --lines, --tokens, --gauss and --logits exclude each other");
    if (s->cov && (!s->gauss || s->keys != NULL))
        return err_usage(err, "--cov goes with --gauss, and not with --key");
    if (s->logits != NULL && (s->columns == NULL || s->keys != NULL))
        return err_usage(err, "--logits needs the targets by --columns, and no --key");
    if (s->smooth > 0 && (s->gauss || s->logits != NULL || s->probabilities))
        return err_usage(err, "--smooth is for counts");
    if (streams > 0 && (s->columns != NULL || s->keys != NULL || s->probabilities))
        return err_usage(err, "--bytes, --lines and --tokens go with no columns");
    if (s->gauss && (s->columns != NULL || s->probabilities))
        return err_usage(err, "--gauss goes with neither --columns nor --probabilities");
    if ((streams > 0 || s->gauss || s->keys != NULL) && n != files)
        return err_usage(err, "there must be %zu files to compare, not %zu", files, n);
    return STATUS_OK;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct work w = {s, run, unit_of(s->unit, s->base)};
    if (check_settings(&w, err) != STATUS_OK)
        return err->status;
    if (s->gauss)
        return compare_gauss(&w, err);
    if (s->logits != NULL)
        return compare_scores(&w, err);
    if (s->keys != NULL)
        return compare_keyed(&w, err);
    return s->bytes || s->lines || s->tokens ? compare_streams(&w, err) : compare_columns(&w, err);
}

const struct command command = {
    .name = "kl",
    .purpose = "Compare two distributions by their divergence",
    .operands = "[FILE...]",
    .example = "kl --columns p,q distributions.csv",
    .see_also = "entropy,loss-eval,mle-categorical,mle-gauss,mutual-info,softmax",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
