/* Names of two sources compared: columns or classes by their bytes, labels also by their value. */

#include "data/keys/names.h"

#include "base/mem.h"
#include "data/keys/dict.h"
#include "text/number.h"

#include <stdlib.h>

enum status names_match(size_t n, const char *const *names, size_t m, const char *const *of_model, const char *what,
                        size_t *place, struct err *err)
{
    char echo[ERR_ECHO];
    struct dict *dict = dict_new();
    bool *met = mem_zero(m, sizeof *met);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < m; i++)
        dict_add(dict, slice_of(of_model[i]));
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        uint32_t number = dict_find(dict, slice_of(names[i]));
        if (number == DICT_NONE) {
            status = err_data(err, "the model lacks the %s '%s' of the training rows", what,
                              err_echo(echo, slice_of(names[i])));
            break;
        }
        place[i] = number;
        met[number] = true;
    }
    for (size_t i = 0; i < m && status == STATUS_OK; i++)
        if (!met[i])
            status = err_data(err, "the model has the %s '%s', which the training rows lack", what,
                              err_echo(echo, slice_of(of_model[i])));
    free(met);
    dict_free(dict);
    return status;
}

bool names_same_label(struct slice a, struct slice b)
{
    double x, y;
    return slice_equal(a, b) || (number_parse(a, &x) && number_parse(b, &y) && x == y);
}
