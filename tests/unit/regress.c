/* Regression on made rows: least squares without determined columns, robust losses at their optimum, the
 * likelihood of the estimates above that of the true coefficients. */

#include "base/rng.h"
#include "fit/linear/hetero.h"
#include "fit/linear/lad.h"
#include "fit/linear/regress.h"
#include "fit/linear/robust.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 400, COLUMNS = 4, LD = COLUMNS + 2, CHUNKS = 4 };

/* Rows of intercept 3 and slopes 1, -2, 0.5; the last column is the sum of the first two. Mean and sd of the noise are
 * 0 and 0.5 + 0.3 x0, x0 being uniform on [0, 2). */
struct rows {
    struct dataset data;
    struct dataset_chunk chunk[CHUNKS];
    double x[ROWS * LD];
};

static void fill(struct rows *rows, bool weighted, bool rounded)
{
    struct rng rng = rng_seed(7);
    memset(rows, 0, sizeof *rows);
    for (size_t i = 0; i < ROWS; i++) {
        double *x = rows->x + i * LD;
        x[0] = 2 * rng_uniform(&rng);
        x[1] = 1e4 + rng_normal(&rng);
        x[2] = 1e-3 * rng_normal(&rng);
        x[3] = x[0] + x[1];
        x[4] = 3 + x[0] - 2 * (x[1] - 1e4) + 500 * x[2] + (0.5 + 0.3 * x[0]) * rng_normal(&rng);
        if (rounded)
            x[4] = round(x[4]);
        x[5] = 1 + (double)(i % 3);
        rows->data.weight_sum += weighted ? x[5] : 1;
    }
    for (size_t c = 0; c < CHUNKS; c++) {
        double *x = rows->x + c * (ROWS / CHUNKS) * LD;
        rows->chunk[c] = (struct dataset_chunk){.rows = ROWS / CHUNKS, .x = x, .ld = LD, .target = x + 4};
        rows->chunk[c].weight = weighted ? x + 5 : NULL;
    }
    rows->data.n = ROWS;
    rows->data.counted = ROWS;
    rows->data.d = COLUMNS;
    rows->data.chunks = CHUNKS;
    rows->data.chunk = rows->chunk;
    rows->data.target = "y";
}

static struct regress *prepare(struct rows *rows, bool weighted, bool rounded, size_t threads)
{
    struct err err = {0};
    struct regress *r = NULL;
    fill(rows, weighted, rounded);
    CHECK(regress_new_in_place(&r, &rows->data, false, threads, &err) == STATUS_OK, "%s", err.reason);
    return r;
}

static void least_squares_drops_what_others_determine(void)
{
    struct rows rows;
    struct regress *r = prepare(&rows, false, false, 1);
    double theta[COLUMNS + 1], own[COLUMNS + 1];
    struct regress_block all = regress_all_terms(r);
    CHECK(r->terms == 4 && r->aliased[3] && !r->aliased[0], "%zu terms", r->terms);
    regress_least_squares(r, theta);
    regress_unscale(r, &all, true, theta, own);
    CHECK(fabs(own[1] - 1) < 0.3 && fabs(own[2] + 2) < 0.2 && fabs(own[3] - 500) < 100, "%g %g %g", own[1], own[2],
          own[3]);
    CHECK(own[4] == 0, "%g", own[4]);
    CHECK(fabs(own[0] + 1e4 * own[2] - 3) < 0.5, "%g", own[0] + 1e4 * own[2]);
    free(all.term);
    regress_free(r);
}

/* Huber's conditions: the sum of psi times each term is 0. */
static void huber_is_at_its_optimum(void)
{
    struct rows rows;
    for (double delta = 10; delta > 1e-3; delta /= 10) {
        struct regress *r = prepare(&rows, true, false, 2);
        double theta[COLUMNS + 1], sum[COLUMNS + 1] = {0};
        struct robust fit = {.tolerance = 1e-4, .delta = delta};
        robust_fit(r, &fit, theta);
        CHECK(fit.result.status == OPTIM_CONVERGED, "delta %g: norm %g", delta, fit.result.gradient_norm);
        for (size_t i = 0; i < ROWS; i++) {
            const double *x = rows.x + i * LD;
            double residual = x[4] - theta[0], limit = delta / r->target_scale;
            for (size_t k = 1; k < r->terms; k++)
                residual -= theta[k] * x[k - 1];
            double psi = fmax(-limit, fmin(limit, residual)) / limit;
            for (size_t k = 0; k < r->terms; k++)
                sum[k] += x[5] * psi * (k == 0 ? 1 : x[k - 1]);
        }
        for (size_t k = 0; k < r->terms; k++)
            CHECK(fabs(sum[k]) < 1e-9 * ROWS * fmax(1, r->target_scale / delta), "delta %g: sum %zu is %g", delta, k,
                  sum[k]);
        regress_free(r);
    }
}

static void absolute_deviations_are_least(void)
{
    struct rows rows;
    for (int rounded = 0; rounded < 2; rounded++) {
        struct regress *r = prepare(&rows, true, rounded, 1);
        double theta[COLUMNS + 1];
        struct lad_result result;
        lad_fit(r, theta, &result);
        CHECK(result.converged, "rounded %d: gap %g of %g after %zu", rounded, result.gap, result.value,
              result.exchanges);
        size_t through = 0;
        for (size_t i = 0; i < ROWS; i++) {
            const double *x = rows.x + i * LD;
            double residual = x[4] - theta[0];
            for (size_t k = 1; k < r->terms; k++)
                residual -= theta[k] * x[k - 1];
            through += fabs(residual) < 1e-12;
        }
        CHECK(through >= r->terms, "%zu residuals are 0", through);
        regress_free(r);
    }
}

static void threads_change_no_bit(void)
{
    struct rows rows;
    double theta[2][COLUMNS + 1];
    const bool in_sd[COLUMNS] = {true, true};
    for (size_t t = 0; t < 2; t++) {
        struct regress *r = prepare(&rows, false, false, 1 + 2 * t);
        struct hetero *fit;
        hetero_fit(&fit, r, in_sd, 1e-4);
        memcpy(theta[t], fit->theta, sizeof theta[t]);
        hetero_free(fit);
        regress_free(r);
    }
    CHECK(memcmp(theta[0], theta[1], sizeof theta[0]) == 0, "%.17g, %.17g", theta[0][0], theta[1][0]);
}

static void likelihood_is_above_the_truth(void)
{
    struct rows rows;
    const bool in_sd[COLUMNS] = {true};
    double truth = 0;
    fill(&rows, false, false);
    for (size_t i = 0; i < ROWS; i++) {
        const double *x = rows.x + i * LD;
        double sd = 0.5 + 0.3 * x[0], z = (x[4] - 3 - x[0] + 2 * (x[1] - 1e4) - 500 * x[2]) / sd;
        truth -= 0.91893853320467274178 + log(sd) + 0.5 * z * z;
    }
    struct regress *r = prepare(&rows, false, false, 2);
    struct hetero *fit;
    double own[COLUMNS + 1];
    hetero_fit(&fit, r, in_sd, 1e-4);
    CHECK(fit->result.status == OPTIM_CONVERGED && fit->covariance != NULL, "norm %g", fit->result.gradient_norm);
    CHECK(fit->loglik >= truth && fit->loglik < truth + 20, "%.17g against %.17g", fit->loglik, truth);
    regress_unscale(r, &fit->sd, false, fit->theta + fit->mean.n, own);
    CHECK(fabs(own[0] - 0.5) < 0.1 && fabs(own[1] - 0.3) < 0.1 && own[2] == 0, "sd %g + %g x", own[0], own[1]);
    hetero_free(fit);
    regress_free(r);
}

int main(void)
{
    least_squares_drops_what_others_determine();
    huber_is_at_its_optimum();
    absolute_deviations_are_least();
    threads_change_no_bit();
    likelihood_is_above_the_truth();
    return test_report("regress");
}
