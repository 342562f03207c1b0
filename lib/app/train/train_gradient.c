/* --check-gradient of regressions of classes: the gradient of the objective at a random point against differences
 * (optim/gradcheck.c), and the worst parameter by its class and term. */
#include "app/train/gradient.h"
#include "app/train/train_work.h"

#include "base/mem.h"

#include <stdlib.h>

enum status train_check_gradient(const struct train *t, struct err *err)
{
    const struct glm *glm = t->glm;
    struct objective objective = glm_objective(t->glm);
    struct out *out;
    double *theta = mem_alloc(objective.n, sizeof *theta);
    gradcheck_point(objective.n, t->run->general->seed, theta);
    struct gradcheck worst = gradcheck_at(&objective, theta);
    free(theta);
    enum status status = gradient_begin(&out, t->settings->output, "class", "term", err);
    if (status != STATUS_OK)
        return status;
    size_t class = glm->scores == 1 ? glm->options.positive : glm_block_score(glm, worst.parameter / glm->width);
    size_t term = worst.parameter % glm->width;
    out_word(out, t->data->labels[class]);
    out_word(out, term == 0 ? "(intercept)" : t->data->features[term - 1]);
    return gradient_end(out, &worst, err);
}
