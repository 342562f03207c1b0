/* The table of optimisers, made of optim.list, and the words for why one stopped. */

#include "optim/optim.h"

#define OPTIM(name) &optim_##name,
const struct optim *const optim_all[] = {
#include "optim/optim.list"
    NULL,
};
#undef OPTIM

const char *optim_status_text(enum optim_status status)
{
    switch (status) {
    case OPTIM_CONVERGED:
        return "converged";
    case OPTIM_ITERATIONS:
        return "the limit on iterations was reached";
    case OPTIM_STALLED:
        return "no step lowers the objective any further";
    case OPTIM_STOPPED:
        return "the caller stopped it";
    case OPTIM_EPOCHS:
        return "all epochs are done";
    case OPTIM_DIVERGED:
        return "the objective is no longer a finite number";
    }
    return "";
}
