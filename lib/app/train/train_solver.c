/* The table of solvers that a trainer of regression models has. Which options each takes, whether its result is an
 * optimum, and its limits are properties of its struct optim; nobody else asks for a solver by its place here or by
 * its name. */

#include "app/train/train_solver.h"

#include "fit/glm/glm_sgd.h"
#include "fit/online/online_fit.h"

static const struct opt_choice automatic = {"auto",
                                            "newton where second derivatives are cheap, else newton-cg or lbfgs"};

static const struct optim *const solvers[] = {
    NULL, /* auto */
#define OPTIM(name) &optim_##name,
#include "optim/optim.list"
#undef OPTIM
    &glm_sgd_solver,
    &online_fit_solver,
};

const struct optim *train_solver_at(int choice)
{
    return solvers[choice];
}

static struct opt_choice choice_at(size_t i)
{
    if (i == 0)
        return automatic;
    if (i == sizeof solvers / sizeof *solvers)
        return (struct opt_choice){NULL, NULL};
    return (struct opt_choice){solvers[i]->name, solvers[i]->help};
}

const struct opt_choice *train_solver_choices(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, choice_at);
}
