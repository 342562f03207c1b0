/* The list of losses, made from loss.list, and look-up by name or alias. */
#include "family/loss/loss.h"

#include <string.h>

#define LOSS(name) &loss_##name,
const struct loss *const loss_all[] = {
#include "family/loss/loss.list"
    NULL,
};
#undef LOSS

const struct loss *loss_find(const char *name)
{
    for (size_t i = 0; loss_all[i] != NULL; i++) {
        const char *const *alias = loss_all[i]->aliases;
        if (strcmp(loss_all[i]->name, name) == 0)
            return loss_all[i];
        for (; alias != NULL && *alias != NULL; alias++)
            if (strcmp(*alias, name) == 0)
                return loss_all[i];
    }
    return NULL;
}
