/* Verdicts on separation of classes, held against linear programmes (separation.csv). */

#include "base/mem.h"
#include "fit/glm/glm.h"
#include "fit/glm/inference.h"
#include "fit/glm/separation_wide.h"
#include "optim/optim.h"
#include "test.h"

#include <stdint.h>
#include <string.h>

enum { COLUMNS = 5, ROWS = 64 };

struct made {
    int number, separable;
    struct dataset data;
    struct dataset_chunk chunk;
    double x[ROWS * COLUMNS];
    uint32_t label[ROWS];
    uint64_t counts[3];
};

static char *names[] = {"a", "b", "c", "d", "e"}, *labels[] = {"0", "1", "2"};

/* The next table of tests/ref/separation.csv, in which linear programmes have looked for separation; false at the end.
 */
static bool made_read(struct made *t, FILE *file)
{
    int number, separable;
    unsigned label;
    double x[COLUMNS];
    long at = ftell(file);
    memset(t, 0, sizeof *t);
    while (fscanf(file, "%d,%d,%u,%lf,%lf,%lf,%lf,%lf ", &number, &separable, &label, x, x + 1, x + 2, x + 3, x + 4) ==
           8) {
        if (t->data.n > 0 && number != t->number) {
            fseek(file, at, SEEK_SET);
            break;
        }
        t->number = number;
        t->separable = separable;
        memcpy(t->x + t->data.n * COLUMNS, x, sizeof x);
        t->label[t->data.n++] = label;
        t->counts[label]++;
        at = ftell(file);
    }
    double n = (double)t->data.n;
    t->chunk = (struct dataset_chunk){.rows = t->data.n, .ld = COLUMNS, .x = t->x, .label = t->label};
    t->data = (struct dataset){.n = t->data.n,
                               .d = COLUMNS,
                               .chunks = 1,
                               .chunk = &t->chunk,
                               .features = names,
                               .target = "y",
                               .labels = labels,
                               .counts = t->counts,
                               .weight_sum = n,
                               .cases = n,
                               .counted = n,
                               .classes = t->counts[2] > 0 ? 3 : 2};
    return t->data.n > 0;
}

/* By second derivatives, without them, and without them where columns by themselves are not looked at. */
static void check_table(struct made *t)
{
    struct err err = {0};
    struct glm *glm = NULL;
    struct glm_options options = {.loss = loss_find(t->data.classes == 2 ? "log-logit" : "ce-logits"), .positive = 1};
    CHECK(glm_new_in_place(&glm, &t->data, &options, &err) == STATUS_OK, "table %d: %s", t->number, err.reason);
    struct objective objective = glm_objective(glm);
    size_t n = objective.n;
    double *theta = mem_zero(n, (n + 2) * sizeof *theta), *gradient = theta + n, *hessian = theta + 2 * n;
    struct optim_result result;
    struct separation s;
    optim_lbfgs.run(&objective, &(struct optim_options){.tolerance = 1e-8, .max_iterations = 1000}, theta, &result);
    objective.evaluate(objective.context, theta, gradient, hessian);
    struct inference inference;
    bool is_definite = inference_new(&inference, glm, theta, hessian);
    if (is_definite) {
        inference_invert(&inference, glm, hessian);
        inference_free(&inference);
    }
    separation_find(glm, theta, gradient, is_definite ? hessian : NULL, &s);
    CHECK((s.kind != SEPARATION_NONE) == t->separable, "table %d by the Hessian: %d", t->number, (int)s.kind);
    separation_free(&s);
    separation_find_wide(glm, theta, &s);
    CHECK((s.kind != SEPARATION_NONE) == t->separable, "table %d without: %d", t->number, (int)s.kind);
    separation_free(&s);
    enum separation_kind kind = separation_search_wide(glm, theta);
    CHECK((kind != SEPARATION_NONE) == t->separable, "table %d by the search: %d", t->number, (int)kind);
    free(theta);
    glm_free(glm);
}

static void verdicts_are_those_of_linear_programmes(void)
{
    FILE *file = fopen("tests/ref/separation.csv", "r");
    struct made *t = mem_alloc(1, sizeof *t);
    char heading[200];
    size_t tables = 0;
    CHECK(file != NULL && fgets(heading, sizeof heading, file) != NULL, "tests/ref/separation.csv");
    for (; file != NULL && made_read(t, file); tables++)
        check_table(t);
    CHECK(tables == 120, "%zu tables", tables);
    if (file != NULL)
        fclose(file);
    free(t);
}

int main(void)
{
    verdicts_are_those_of_linear_programmes();
    return test_report("separation");
}
