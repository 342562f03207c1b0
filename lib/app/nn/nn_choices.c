/* The choices of the options of nn-train. Those of optimisers, schedules and losses are made from the registries, so
 * that a new one is a choice without a change here. */
#include "app/nn/nn_work.h"

/* clang-format off */
const struct opt_choice nn_starts[] = {
    [NETWORK_START_AUTO] = {"auto", "he before relu, glorot otherwise"},
    [NETWORK_START_GLOROT] = {"glorot", "uniform, scaled by the inputs and outputs of the layer"},
    [NETWORK_START_HE] = {"he", "normal, scaled by the inputs of the layer"},
    {NULL, NULL},
};

const struct opt_choice nn_scales[] = {
    [TRAINER_SCALE_COLUMNS] = {"columns", "each column to mean 0 and standard deviation 1"},
    [TRAINER_SCALE_TABLE] = {"table", "all columns, such as pixels, by the same mean and standard deviation"},
    [TRAINER_SCALE_NONE] = {"none", "no scaling"},
    {NULL, NULL},
};

const struct opt_choice nn_dtypes[] = {
    [NN_DOUBLE] = {"double", "double precision"},
    [NN_SINGLE] = {"float", "single precision for features and matrix products: faster, with half the memory"},
    {NULL, NULL},
};
/* clang-format on */

static struct opt_choice optimizer_at(size_t i)
{
    return (struct opt_choice){step_all[i].name, step_all[i].help};
}

const struct opt_choice *nn_optimizers(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, optimizer_at);
}

static struct opt_choice schedule_at(size_t i)
{
    return (struct opt_choice){schedule_all[i].name, schedule_all[i].help};
}

const struct opt_choice *nn_schedules(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, schedule_at);
}

/* The losses that are not metrics only. */
static struct opt_choice loss_at(size_t i)
{
    const struct loss *const *loss = loss_all;
    for (; *loss != NULL; loss++)
        if (!(*loss)->metric && i-- == 0)
            return (struct opt_choice){(*loss)->name, (*loss)->help};
    return (struct opt_choice){NULL, NULL};
}

const struct opt_choice *nn_losses(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, loss_at);
}
