/* The list of kinds, made from kind.list. It stands above the kinds: only predictor_open and views include kind_all. */

#include "model/kind.h"

#include <string.h>

#define KIND(name) extern const struct kind kind_##name;
#include "model/kind.list"
#undef KIND

#define KIND(name) &kind_##name,
const struct kind *const kind_all[] = {
#include "model/kind.list"
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

enum status kind_find_layer(const struct predictor *p, size_t number, struct kind_layer *layer, struct err *err)
{
    size_t layers = 0;
    if (p->kind->layer == NULL)
        return err_usage(err, "a %s model has no layers", p->kind->name);
    while (p->kind->layer(p, layers, layer))
        layers++;
    if (number > layers)
        return err_usage(err, "layer %zu does not exist: the network has %zu layer%s", number, layers,
                         layers == 1 ? "" : "s");
    p->kind->layer(p, number - 1, layer);
    return STATUS_OK;
}
