/* Fields that all trainers of regression models and of naive Bayes write alike (model/field.list, groups ROWS and
 * COLUMNS). What only one trainer knows it writes itself. */

#include "app/train/train_fields.h"

#include "base/mem.h"

#include <stdlib.h>

double train_fields_cases(const struct train_columns *columns, size_t rows, double weight_sum)
{
    return columns->fweights != NULL ? weight_sum : (double)rows;
}

void train_fields_write_rows(struct model *model, const struct train_columns *columns, double cases, size_t skipped,
                             double weight_sum)
{
    model_set_number(model, &field_rows, cases);
    model_set_number(model, &field_skipped, (double)skipped);
    model_set_number(model, &field_weight_sum, weight_sum);
    train_columns_write_weighting(model, columns);
}

void train_fields_write_aliased(struct model *model, size_t n, char *const *features, const bool *aliased,
                                const struct relations *relations)
{
    const char **names = mem_alloc(n, sizeof *names);
    size_t found = 0;
    for (size_t j = 0; j < n; j++)
        if (aliased[j])
            names[found++] = features[j];
    model_set_texts(model, &field_aliased, found, names);
    free(names);
    if (relations->n == 0)
        return;
    model_set_matrix(model, &field_relations, relations->terms, 3, relations->term);
    model_set_vector(model, &field_relations_rounding, relations->n, relations->rounding);
}
