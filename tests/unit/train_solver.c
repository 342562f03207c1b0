/* The choices of --solver, held against the table of solvers. */

#include "app/train/train_solver.h"
#include "test.h"

#include <string.h>

/* Every choice of --solver but auto is the solver of that name, in the order of the table. */
static void check_choices(void)
{
    const struct opt_choice *choices = train_solver_choices();
    CHECK(strcmp(choices[0].name, "auto") == 0 && train_solver_at(0) == NULL);
    for (int i = 1; choices[i].name != NULL; i++)
        CHECK(strcmp(train_solver_at(i)->name, choices[i].name) == 0, "%s", choices[i].name);
}

/* An optimiser has a function and a limit; a solver that sees rows has neither function nor Hessian, and is one of two
 * kinds. */
static void check_properties(void)
{
    const struct opt_choice *choices = train_solver_choices();
    for (int i = 1; choices[i].name != NULL; i++) {
        const struct optim *solver = train_solver_at(i);
        if (solver->run != NULL)
            CHECK(solver->max_iterations > 0 && !solver->is_stochastic && !solver->streams, "%s", solver->name);
        else
            CHECK(solver->is_stochastic != solver->streams && !solver->uses_hessian && !solver->takes_l1, "%s",
                  solver->name);
    }
}

int main(void)
{
    check_choices();
    check_properties();
    return test_report("train_solver");
}
