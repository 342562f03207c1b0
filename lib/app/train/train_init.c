/* The model of --init, and its coefficients in the order of the features and classes of this fit; of two classes the
 * score changes its sign if the other one is positive. */
#include "app/train/train_init.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/keys/names.h"
#include "data/table/input.h"
#include "model/modelfile.h"
#include "model/predictor_open.h"

#include <stdlib.h>
#include <string.h>

enum status train_init_open(struct train_init *init, const char *path, const char *kind, const struct invocation *run,
                            struct err *err)
{
    if (strcmp(path, "-") == 0 && command_reads_stdin(run))
        return usage_conflict(err, "--init -", "rows from standard input");
    init->path = input_name(path);
    enum status status = predictor_open(&init->predictor, path, err);
    if (status != STATUS_OK)
        return status;
    init->model = init->predictor->model;
    if (strcmp(model_kind(init->model), kind) == 0)
        return STATUS_OK;
    err_data(err, "a model of the kind '%s' cannot initialise one of the kind '%s'", model_kind(init->model), kind);
    return err_at(err, init->path, 0);
}

void train_init_close(struct train_init *init)
{
    predictor_free(init->predictor);
}

enum status train_init_coefficients(const struct train_init *init, size_t d, const char *const *features,
                                    size_t classes, const char *const *labels, double **coefficients, struct err *err)
{
    const struct predictor *p = init->predictor;
    size_t *column = mem_alloc(d, sizeof *column), *class = mem_alloc(classes, sizeof *class);
    enum status status = names_match(d, features, p->d, p->features, "feature", column, err);
    if (status == STATUS_OK)
        status = names_match(classes, labels, p->labels, p->label, "class", class, err);
    double *made = mem_alloc(p->scores, (1 + d) * sizeof *made);
    for (size_t k = 0; k < p->scores && status == STATUS_OK; k++) {
        size_t score = p->scores > 1 ? class[k] : 0;
        double sign = p->scores == 1 && class[1] == 0 ? -1 : 1;
        made[k * (1 + d)] = sign * p->intercept[score];
        for (size_t j = 0; j < d; j++)
            made[k * (1 + d) + 1 + j] = sign * p->weights[column[j] * p->scores + score];
    }
    if (status == STATUS_OK)
        *coefficients = made;
    else
        free(made);
    free(column);
    free(class);
    return status == STATUS_OK ? status : err_at(err, init->path, 0);
}
