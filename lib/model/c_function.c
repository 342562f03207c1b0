/* The model as C source: a comment that names the arrays' elements, the look-up of levels, the scores, the response.
 * Linear scores are written here (add_linear); a kind with scores of its own writes them (struct kind: c_score), and
 * every kind writes its response (c_respond). Numbers have all their digits, so the function and the predictor differ
 * only in the order of additions. */

#include "model/c_function.h"

#include "base/mem.h"
#include "model/kind.h"

#include <stdlib.h>

/* ---- the comment above ---- */

static void add_names(struct c_text *t, const char *array, size_t n, const char *const *names)
{
    for (size_t i = 0; i < n; i++) {
        c_text_add(t, " *     %s[%zu]  ", array, i);
        c_text_comment(t, slice_of(names[i]));
        c_text_add(t, "\n");
    }
}

static void add_comment(struct c_text *t, const struct predictor *p)
{
    const char *target = model_text(p->model, &field_target);
    c_text_add(t, "/* %c%s", p->kind->help[0] - 'a' + 'A', p->kind->help + 1);
    if (target != NULL) {
        c_text_add(t, " of ");
        c_text_comment(t, slice_of(target));
    }
    c_text_add(t, ".\n *\n");
    add_names(t, "x", p->d - p->indicators, p->features);
    if (p->offset != NULL) {
        c_text_add(t, " *     x[%zu]  ", p->d - p->indicators);
        c_text_comment(t, slice_of(p->offset));
        c_text_add(t, "  (offset)\n");
    }
    add_names(t, "category", p->texts, p->text_features);
    add_names(t, "output", p->outputs, (const char *const *)p->output_names);
    c_text_line(t, " *");
    c_text_line(
        t, " * Returns 0 when output is set; if categories have values that the model has not seen, which are then");
    c_text_line(
        t,
        " * ignored, their number; -1, leaving output alone, if there is no prediction: a number is not finite, or a");
    c_text_line(t, " * category is NULL%s. */", p->kind->refusal != NULL ? ", or the model excludes such a row" : "");
}

/* ---- the categories ---- */

struct c_function_levels {
    const struct predictor *predictor;
    size_t *first; /* texts + 1 */
};

static struct slice level_text(const void *context, size_t i)
{
    const struct c_function_levels *levels = context;
    size_t text = 0;
    while (i >= levels->first[text + 1])
        text++;
    return dict_text(levels->predictor->levels[text], (uint32_t)(i - levels->first[text]));
}

static void add_levels(struct c_text *t, const struct predictor *p)
{
    struct c_function_levels levels = {p, mem_zero(p->texts + 1, sizeof(size_t))};
    for (size_t i = 0; i < p->texts; i++)
        levels.first[i + 1] = levels.first[i] + dict_count(p->levels[i]);
    c_text_strings(t, "name", levels.first[p->texts], level_text, &levels);
    c_text_open(t, "static const int first[%zu] = {", p->texts + 1);
    for (size_t i = 0; i <= p->texts; i++)
        c_text_line(t, "%zu,", levels.first[i]);
    c_text_close(t, "};");
    free(levels.first);
    c_text_line(t, "int level[%zu];", p->texts);
    c_text_open(t, "for (int t = 0; t < %zu; t++) {", p->texts);
    c_text_line(t, "if (!category[t])");
    c_text_line(t, "    return -1;");
    c_text_line(t, "level[t] = -1;");
    c_text_open(t, "for (int i = first[t]; i < first[t + 1]; i++) {");
    c_text_line(t, "const char *a = category[t], *b = name[i];");
    c_text_line(t, "while (*a && *a == *b) {");
    c_text_line(t, "    a++;");
    c_text_line(t, "    b++;");
    c_text_line(t, "}");
    c_text_line(t, "if (*a == *b)");
    c_text_line(t, "    level[t] = i;");
    c_text_close(t, "}");
    c_text_line(t, "unseen += level[t] < 0;");
    c_text_close(t, "}");
}

/* ---- linear scores ---- */

static void add_linear(struct c_text *t, const struct predictor *p)
{
    size_t n = p->scores, numbers = p->d - p->indicators;
    c_text_numbers(t, "intercept", n, p->intercept);
    if (p->d > 0)
        c_text_numbers(t, "weight", p->d * n, p->weights);
    c_text_line(t, "for (int k = 0; k < %zu; k++)", n);
    c_text_line(t, "    score[k] = intercept[k];");
    if (numbers > 0) {
        c_text_line(t, "for (int j = 0; j < %zu; j++)", numbers);
        c_text_line(t, "    for (int k = 0; k < %zu; k++)", n);
        c_text_line(t, "        score[k] += x[j] * weight[j * %zu + k];", n);
    }
    if (p->indicators > 0) { /* the first level of each text has no weight */
        c_text_line(t, "for (int t = 0; t < %zu; t++)", p->texts);
        c_text_line(t, "    for (int k = 0; k < %zu && level[t] > first[t]; k++)", n);
        c_text_line(t, "        score[k] += weight[(%zu + level[t] - t - 1) * %zu + k];", numbers, n);
    }
    if (p->offset != NULL)
        c_text_line(t, "score[0] += x[%zu];", numbers);
}

void c_function_write(struct c_text *t, const struct predictor *p)
{
    static const char head[] = "int likely_predict(const double *x, const char *const *category, double *output)";
    size_t numbers = predictor_numbers(p);
    add_comment(t, p);
    c_text_add(t, "#include <math.h>\n\n%s;\n\n%s\n", head, head);
    c_text_open(t, "{");
    c_text_line(t, "int unseen = 0;");
    if (numbers == 0)
        c_text_line(t, "(void)x;");
    if (p->texts == 0)
        c_text_line(t, "(void)category;");
    if (numbers > 0) {
        c_text_line(t, "for (int j = 0; j < %zu; j++)", numbers);
        c_text_line(t, "    if (!isfinite(x[j]))");
        c_text_line(t, "        return -1;");
    }
    if (p->texts > 0)
        add_levels(t, p);
    c_text_line(t, "double score[%zu];", p->scores);
    if (p->kind->c_score != NULL)
        p->kind->c_score(p, t);
    else
        add_linear(t, p);
    p->kind->c_respond(p, t);
    c_text_line(t, "return unseen;");
    c_text_close(t, "}");
}
