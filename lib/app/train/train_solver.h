#ifndef LIKELY_APP_TRAIN_TRAIN_SOLVER_H
#define LIKELY_APP_TRAIN_TRAIN_SOLVER_H

#include "cli/opt.h"
#include "optim/optim.h"

/* The solvers of --solver: "auto", the optimisers of optim.list, then those that see rows instead of an objective. A
 * new one is a file that defines its struct optim and one line, of optim.list or of train_solver.c. */

/* Of --solver, in the order of the table below; index 0 is auto. */
const struct opt_choice *train_solver_choices(void);

/* The solver of a choice. NULL: auto. */
const struct optim *train_solver_at(int choice);

#endif
