#include "file/kind.h"

#include <string.h>

#define KIND(name) extern const struct kind kind_##name;
#include "file/kind.list"
#undef KIND

#define KIND(name) &kind_##name,
const struct kind *const kind_all[] = {
#include "file/kind.list"
    NULL,
};
#undef KIND

const struct kind *kind_find(const char *name)
{
    for (size_t i = 0; kind_all[i] != NULL; i++)
        if (strcmp(kind_all[i]->name, name) == 0)
            return kind_all[i];
    return NULL;
}
