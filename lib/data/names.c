#include "data/names.h"

#include "base/mem.h"

#include <stdlib.h>

bool names_match(size_t n, const char *const *name, size_t m, const char *const *other, size_t *place, const char **odd,
                 bool *is_other)
{
    struct dict *dict = dict_new();
    bool *met = mem_zero(m, sizeof *met);
    *odd = NULL;
    for (size_t i = 0; i < m; i++)
        dict_add(dict, slice_of(other[i]));
    for (size_t i = 0; i < n && *odd == NULL; i++) {
        uint32_t number = dict_find(dict, slice_of(name[i]));
        *is_other = false;
        if (number == DICT_NONE) {
            *odd = name[i];
            break;
        }
        place[i] = number;
        met[number] = true;
    }
    for (size_t i = 0; i < m && *odd == NULL; i++) {
        *is_other = true;
        if (!met[i])
            *odd = other[i];
    }
    free(met);
    dict_free(dict);
    return *odd == NULL;
}
