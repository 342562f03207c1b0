/* The model that a picture shows, and the classes of the model among the labels of rows: a label that is no class of
 * the model is an error. */
#include "app/plot/plot_model.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/keys/names.h"
#include "model/predictor_open.h"

#include <string.h>

enum status plot_model_open(const struct plot_task *task, bool reads_rows, struct predictor **predictor,
                            struct err *err)
{
    const char *path = task->settings->model;
    bool has_rows = reads_rows || task->run->n_operands > 0;
    if (strcmp(path, "-") == 0 && has_rows && command_reads_stdin(task->run))
        return usage_conflict(err, "--model -", "rows from standard input");
    return predictor_open(predictor, path, err);
}

enum status plot_model_find_classes(const struct frame *frame, const struct predictor *predictor,
                                    const struct table *table, uint32_t **class, struct err *err)
{
    size_t words = dict_count(frame->words[0]);
    uint32_t *found = *class = mem_alloc(words, sizeof *found);
    for (uint32_t w = 0; w < words; w++) {
        struct slice word = dict_text(frame->words[0], w);
        char echo[ERR_ECHO];
        found[w] = 0;
        while (found[w] < predictor->labels && !names_same_label(word, slice_of(predictor->label[found[w]])))
            found[w]++;
        if (found[w] == predictor->labels) {
            err_data(err, "the model has no class '%s'", err_echo(echo, word));
            return err_at(err, table_file(table), 0);
        }
    }
    return STATUS_OK;
}
