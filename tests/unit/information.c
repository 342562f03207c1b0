/* Properties of entropy, divergence and mutual information over random distributions. */
#include "test.h"

#include "base/rng.h"
#include "family/dist/gaussians.h"
#include "family/dist/information.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

enum { TRIALS = 2000, MOST = 12 };

static const double tiny = 1e-13;

/* n probabilities, some of them 0 and some small. */
static void draw(struct rng *rng, double *p, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        p[i] = rng_below(rng, 5) == 0 ? 0 : pow(rng_uniform(rng), (double)(1 + rng_below(rng, 20)));
        sum += p[i];
    }
    p[0] += sum == 0;
    sum += sum == 0;
    for (size_t i = 0; i < n; i++)
        p[i] /= sum;
}

static void check_entropy_is_concave(struct rng *rng)
{
    double p[MOST], q[MOST], mixture[MOST], lambda = rng_uniform(rng);
    size_t n = 1 + rng_below(rng, MOST);
    draw(rng, p, n);
    draw(rng, q, n);
    for (size_t i = 0; i < n; i++)
        mixture[i] = lambda * p[i] + (1 - lambda) * q[i];
    double h = information_entropy(mixture, n),
           both = lambda * information_entropy(p, n) + (1 - lambda) * information_entropy(q, n);
    CHECK(h >= both - tiny, "H of the mixture is %.17g, below %.17g", h, both);
    CHECK(h >= 0 && h <= log2((double)n) + tiny, "H is %.17g of %zu symbols", h, n);
}

static void check_divergence_is_not_negative(struct rng *rng)
{
    double p[MOST], q[MOST];
    size_t n = 1 + rng_below(rng, MOST);
    draw(rng, p, n);
    draw(rng, q, n);
    struct information_divergence d = information_compare(p, q, NULL, n), same = information_compare(p, p, NULL, n);
    CHECK(d.forward >= 0 && d.reverse >= 0 && d.jensen_shannon >= 0, "divergences %g, %g, %g", d.forward, d.reverse,
          d.jensen_shannon);
    CHECK(d.jensen_shannon <= 1 + tiny && d.total_variation <= 1 + tiny, "JS %.17g, variation %.17g", d.jensen_shannon,
          d.total_variation);
    CHECK(same.forward == 0 && same.total_variation == 0, "D(p||p) is %g", same.forward);
    CHECK(d.forward >= 2 / log(2) * d.total_variation * d.total_variation - tiny, "Pinsker: D %.17g, variation %.17g",
          d.forward, d.total_variation);
}

/* Counts of a x b, with holes; returns the cells and their sums over rows and columns. */
static size_t draw_table(struct rng *rng, size_t n_a, size_t n_b, struct information_cell *cell, double *a, double *b)
{
    size_t n = 0;
    for (size_t i = 0; i < n_a; i++)
        a[i] = 0;
    for (size_t j = 0; j < n_b; j++)
        b[j] = 0;
    for (uint32_t i = 0; i < n_a; i++)
        for (uint32_t j = 0; j < n_b; j++) {
            double count = (double)rng_below(rng, 4) * (double)rng_below(rng, 100);
            if (count == 0 && (i > 0 || j > 0))
                continue;
            cell[n] = (struct information_cell){i, j, count + (i == 0 && j == 0)};
            a[i] += cell[n].count;
            b[j] += cell[n++].count;
        }
    return n;
}

static void check_chain_rules(struct rng *rng)
{
    struct information_cell cell[MOST * MOST];
    double a[MOST], b[MOST], count[MOST * MOST];
    uint32_t given[MOST * MOST];
    size_t n_a = 1 + rng_below(rng, MOST), n_b = 1 + rng_below(rng, MOST), n = draw_table(rng, n_a, n_b, cell, a, b);
    for (size_t i = 0; i < n; i++) {
        count[i] = cell[i].count;
        given[i] = cell[i].a;
    }
    double joint = information_entropy(count, n), h_a = information_entropy(a, n_a), h_b = information_entropy(b, n_b);
    double conditional = information_conditional(count, given, n, n_a);
    double mutual = information_mutual(cell, n, n_a, n_b, NULL, 1).mutual;
    CHECK(fabs(h_a + conditional - joint) <= tiny, "H(A) + H(B|A) = %.17g, H(A,B) = %.17g", h_a + conditional, joint);
    CHECK(fabs(h_b - conditional - mutual) <= tiny, "H(B) - H(B|A) = %.17g, I = %.17g", h_b - conditional, mutual);
    CHECK(mutual >= 0 && conditional >= 0, "I = %.17g, H(B|A) = %.17g", mutual, conditional);
}

/* Lumping symbols of b together tells no more of a. */
static void check_data_processing(struct rng *rng)
{
    struct information_cell cell[MOST * MOST];
    double a[MOST], b[MOST], lumped[MOST][MOST / 2] = {{0}};
    size_t n = draw_table(rng, MOST, MOST, cell, a, b);
    double before = information_mutual(cell, n, MOST, MOST, NULL, 1).mutual;
    for (size_t i = 0; i < n; i++)
        lumped[cell[i].a][cell[i].b / 2] += cell[i].count;
    n = 0;
    for (uint32_t i = 0; i < MOST; i++)
        for (uint32_t j = 0; j < MOST / 2; j++)
            if (lumped[i][j] > 0)
                cell[n++] = (struct information_cell){i, j, lumped[i][j]};
    double after = information_mutual(cell, n, MOST, MOST, NULL, 1).mutual;
    CHECK(after <= before + tiny, "I rose from %.17g to %.17g", before, after);
}

/* Independent within each condition: exactly no information, however the margins are. */
static void check_independence(struct rng *rng)
{
    struct information_cell cell[2 * 9];
    uint32_t condition[6] = {0, 0, 0, 1, 1, 1};
    size_t n = 0;
    for (uint32_t c = 0; c < 2; c++) {
        double a[3], b[3];
        for (size_t i = 0; i < 3; i++) {
            a[i] = (double)(1 + rng_below(rng, 1000));
            b[i] = (double)(1 + rng_below(rng, 1000));
        }
        for (uint32_t i = 0; i < 3; i++)
            for (uint32_t j = 0; j < 3; j++)
                cell[n++] = (struct information_cell){3 * c + i, 3 * c + j, a[i] * b[j]};
    }
    struct information_mutual m = information_mutual(cell, n, 6, 6, condition, 2);
    CHECK(m.mutual == 0 && m.se == 0, "I(A;B|C) = %g, se %g", m.mutual, m.se);
}

static void check_scores(struct rng *rng)
{
    double q[MOST], o[MOST], p[MOST];
    size_t n = 1 + rng_below(rng, MOST);
    draw(rng, q, n);
    for (size_t i = 0; i < n; i++)
        o[i] = 10 * rng_normal(rng);
    struct information_scored d = information_score(q, o, n);
    special_softmax(n, o, p);
    double direct = information_compare(q, p, NULL, n).forward, parts = d.log_sum_exp - d.entropy - d.score;
    CHECK(d.divergence >= 0, "D is %g", d.divergence);
    CHECK(fabs(d.divergence - direct) <= tiny * (1 + direct), "D is %.17g, directly %.17g", d.divergence, direct);
    CHECK(fabs(d.divergence - parts) <= 100 * tiny, "D is %.17g, by its parts %.17g", d.divergence, parts);
}

/* With diagonal covariances the joint divergence is the sum over the variables. */
static void check_gaussians(struct rng *rng)
{
    enum { N = 4 };
    double mean[2][N], covariance[2][N * N] = {{0}};
    double sum = 0;
    struct gaussians_divergence d, single;
    size_t singular;
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < 2; k++) {
            mean[k][i] = rng_normal(rng);
            covariance[k][i * N + i] = 0.1 + rng_uniform(rng);
        }
        gaussians_compare(1, (const double *const[]){&mean[0][i], &mean[1][i]},
                          (const double *const[]){&covariance[0][i * N + i], &covariance[1][i * N + i]}, &single,
                          &singular);
        CHECK(single.forward >= 0 && single.reverse >= 0, "D is %g, %g", single.forward, single.reverse);
        sum += single.forward;
    }
    bool definite = gaussians_compare(N, (const double *const[]){mean[0], mean[1]},
                                      (const double *const[]){covariance[0], covariance[1]}, &d, &singular);
    CHECK(definite && fabs(d.forward - sum) <= tiny * (1 + sum), "D is %.17g, by variables %.17g", d.forward, sum);
    covariance[1][0] = -1;
    definite = gaussians_compare(N, (const double *const[]){mean[0], mean[1]},
                                 (const double *const[]){covariance[0], covariance[1]}, &d, &singular);
    CHECK(!definite && singular == 1, "a negative variance passed, or of %zu", singular);
}

/* Covariances A A' + d I of random A, of small and of very different scales. */
static void draw_gaussian(struct rng *rng, size_t n, double *mean, double *covariance)
{
    double a[MOST * MOST], scale = pow(10, 6 * rng_uniform(rng) - 3);
    for (size_t i = 0; i < n; i++)
        mean[i] = scale * rng_normal(rng);
    for (size_t i = 0; i < n * n; i++)
        a[i] = scale * rng_normal(rng);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = i == j ? 0.1 * scale * scale : 0;
            for (size_t k = 0; k < n; k++)
                sum += a[i * n + k] * a[j * n + k];
            covariance[i * n + j] = sum;
        }
}

static void check_joint_gaussians(struct rng *rng)
{
    double mean[2][MOST], covariance[2][MOST * MOST], h;
    size_t n = 1 + rng_below(rng, MOST), singular;
    struct gaussians_divergence d, same;
    for (size_t k = 0; k < 2; k++)
        draw_gaussian(rng, n, mean[k], covariance[k]);
    bool definite = gaussians_compare(n, (const double *const[]){mean[0], mean[1]},
                                      (const double *const[]){covariance[0], covariance[1]}, &d, &singular);
    CHECK(definite && d.forward > 0 && d.reverse > 0, "D of %zu variables is %g, %g", n, d.forward, d.reverse);
    gaussians_compare(n, (const double *const[]){mean[0], mean[0]},
                      (const double *const[]){covariance[0], covariance[0]}, &same, &singular);
    CHECK(same.forward == 0 && same.reverse == 0, "D(p||p) of %zu variables is %g", n, same.forward);
    CHECK(gaussians_entropy(n, covariance[0], &h) && h == d.entropy_p, "h is %.17g, alone %.17g", d.entropy_p, h);
}

/* A variance far below the other one still has its logarithm. */
static void check_narrow_gaussian(void)
{
    double mean[2] = {0, 0}, narrow[4] = {1e-40, 0, 0, 1}, wide[4] = {1, 0, 0, 1};
    struct gaussians_divergence d;
    size_t singular;
    for (size_t n = 1; n <= 2; n++) {
        gaussians_compare(n, (const double *const[]){mean, mean}, (const double *const[]){narrow, wide}, &d, &singular);
        CHECK(fabs(d.forward - 0.5 * (40 * log(10) - 1)) < tiny * 100, "D is %.17g", d.forward);
    }
}

int main(void)
{
    struct rng rng = rng_seed(20);
    for (size_t i = 0; i < TRIALS; i++) {
        check_entropy_is_concave(&rng);
        check_divergence_is_not_negative(&rng);
        check_chain_rules(&rng);
        check_data_processing(&rng);
        check_independence(&rng);
        check_scores(&rng);
        check_gaussians(&rng);
        check_joint_gaussians(&rng);
    }
    check_narrow_gaussian();
    return test_report("information");
}
