/* The list of layers, made from layer.list, and look-up by name. */
#include "family/layer/layer.h"

#include <string.h>

#define LAYER(name) &layer_##name,
const struct layer *const layer_all[] = {
#include "family/layer/layer.list"
    NULL,
};
#undef LAYER

const struct layer *layer_find(const char *name)
{
    for (size_t i = 0; layer_all[i] != NULL; i++)
        if (strcmp(layer_all[i]->name, name) == 0)
            return layer_all[i];
    return NULL;
}
