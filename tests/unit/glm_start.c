/* A start from a sample of rows leads to the same optimum as a start at zero, in fewer passes. */

#include "base/mem.h"
#include "base/rng.h"
#include "family/loss/loss.h"
#include "fit/glm/glm.h"
#include "optim/optim.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNKS = 100, ROWS = 800, D = 2, N = D + 1 };

/* Rows of two classes whose log-odds are 0.5 + x1 - 2 x2, or which x1 > 0 tells apart. */
static struct dataset *made(size_t chunks, size_t rows, bool separable)
{
    struct dataset *data = mem_zero(1, sizeof *data);
    struct rng rng = rng_seed(7);
    *data = (struct dataset){.n = chunks * rows, .d = D, .chunks = chunks, .chunks_in_memory = chunks, .classes = 2};
    data->chunk = mem_zero(chunks, sizeof *data->chunk);
    data->features = mem_zero(D, sizeof *data->features);
    data->labels = mem_zero(2, sizeof *data->labels);
    data->counts = mem_zero(2, sizeof *data->counts);
    data->target = mem_copy_text("y");
    data->weight_sum = (double)data->n;
    for (size_t j = 0; j < D; j++)
        data->features[j] = mem_format("x%zu", j + 1);
    for (size_t k = 0; k < 2; k++)
        data->labels[k] = mem_format("%zu", k);
    for (size_t c = 0; c < chunks; c++) {
        struct dataset_chunk *chunk = &data->chunk[c];
        *chunk = (struct dataset_chunk){.rows = rows, .ld = D};
        chunk->x = arena_room(&data->arena, rows * D);
        arena_claim(&data->arena, rows * D);
        chunk->label = mem_alloc(rows, sizeof *chunk->label);
        for (size_t r = 0; r < rows; r++) {
            double *x = chunk->x + r * D;
            x[0] = rng_normal(&rng);
            x[1] = 1000 + 5 * rng_normal(&rng);
            double odds = exp(0.5 + x[0] - 2 * (x[1] - 1000) / 5);
            chunk->label[r] = separable ? x[0] > 0 : rng_uniform(&rng) < odds / (1 + odds);
            data->counts[chunk->label[r]]++;
        }
    }
    return data;
}

struct found {
    double start[N], theta[N], coefficients[N];
    struct optim_result result;
};

static struct found fit(size_t chunks, size_t rows, bool separable, bool sample, size_t threads)
{
    struct found found = {0};
    struct err err = {0};
    struct glm *glm = NULL;
    struct dataset *data = made(chunks, rows, separable);
    struct glm_options options = {.loss = loss_find("log-logit"), .positive = 1, .threads = threads};
    CHECK(glm_new_in_place(&glm, data, &options, &err) == STATUS_OK, "%s", err.reason);
    struct objective objective = glm_objective(glm);
    if (sample)
        glm_start(glm, found.start);
    memcpy(found.theta, found.start, sizeof found.theta);
    optim_newton.run(&objective, &(struct optim_options){.tolerance = 1e-9, .max_iterations = 30}, found.theta,
                     &found.result);
    glm_coefficients(glm, found.theta, found.coefficients);
    glm_free(glm);
    dataset_free(data);
    return found;
}

static void check_sample(size_t chunks, size_t rows)
{
    struct found plain = fit(chunks, rows, false, false, 1), sampled = fit(chunks, rows, false, true, 1);
    CHECK(sampled.start[1] > 0.5 && sampled.start[2] < -1, "the start has learnt: %g, %g", sampled.start[1],
          sampled.start[2]);
    CHECK(sampled.result.status == OPTIM_CONVERGED && sampled.result.evaluations < plain.result.evaluations,
          "%zu passes instead of %zu", sampled.result.evaluations, plain.result.evaluations);
    for (size_t i = 0; i < N; i++)
        CHECK(fabs(sampled.coefficients[i] - plain.coefficients[i]) <= 1e-11 * fabs(plain.coefficients[i]),
              "%zu: %.17g, %.17g", i, sampled.coefficients[i], plain.coefficients[i]);
}

static void a_sample_leads_to_the_same_optimum_in_fewer_passes(void)
{
    check_sample(CHUNKS, ROWS);     /* one chunk in 16 */
    check_sample(2, 50 * ROWS);     /* one block of rows in 16 */
    check_sample(CHUNKS / 4, ROWS); /* one in 4 */
}

static void few_rows_start_at_zero(void)
{
    struct found found = fit(20, ROWS, false, true, 1);
    for (size_t i = 0; i < N; i++)
        CHECK(found.start[i] == 0, "%g", found.start[i]);
}

static void a_sample_that_separates_is_no_start(void)
{
    struct found found = fit(CHUNKS, ROWS, true, true, 1);
    for (size_t i = 0; i < N; i++)
        CHECK(isfinite(found.start[i]) && fabs(found.start[i]) < 1e3, "%g", found.start[i]);
}

static void threads_change_no_bit_of_it(void)
{
    struct found one = fit(CHUNKS, ROWS, false, true, 1), three = fit(CHUNKS, ROWS, false, true, 3);
    CHECK(memcmp(one.start, three.start, sizeof one.start) == 0, "start");
    CHECK(memcmp(one.coefficients, three.coefficients, sizeof one.coefficients) == 0, "coefficients");
}

static void a_point_evaluated_again_has_the_same_value(void)
{
    struct err err = {0};
    struct glm *glm = NULL;
    struct dataset *data = made(3, ROWS, false);
    struct glm_options options = {.loss = loss_find("log-logit"), .positive = 1, .threads = 1};
    CHECK(glm_new_in_place(&glm, data, &options, &err) == STATUS_OK, "%s", err.reason);
    struct objective objective = glm_objective(glm);
    double theta[N] = {0.1, 0.2, -0.3}, other[N] = {0.1, 0.2, -0.31}, first[N], second[N], hessian[2][N * N];
    double value = objective.evaluate(glm, theta, first, hessian[0]);
    CHECK(objective.evaluate(glm, theta, second, hessian[1]) == value, "value");
    CHECK(memcmp(first, second, sizeof first) == 0 && memcmp(hessian[0], hessian[1], sizeof hessian[0]) == 0,
          "derivatives");
    CHECK(objective.evaluate(glm, other, NULL, NULL) != value, "another point");
    CHECK(objective.evaluate(glm, other, second, NULL) != value && second[0] != first[0], "asked for more of it");
    CHECK(objective.evaluate(glm, theta, second, NULL) == value && memcmp(first, second, sizeof first) == 0,
          "back again");
    CHECK(glm_mean_loss(glm, loss_find("log-logit"), theta) == value, "the mean loss");
    glm_free(glm);
    dataset_free(data);
}

int main(void)
{
    a_sample_leads_to_the_same_optimum_in_fewer_passes();
    few_rows_start_at_zero();
    a_sample_that_separates_is_no_start();
    threads_change_no_bit_of_it();
    a_point_evaluated_again_has_the_same_value();
    return test_report("glm_start");
}
