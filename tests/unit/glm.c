/* Logistic and softmax regression, held against R (logistic.csv) and NumPy in extended precision (softmax.csv);
 * derivatives against differences; the same bits for any number of threads. */

#include "base/mem.h"
#include "fit/glm/glm.h"
#include "fit/glm/inference.h"
#include "fit/glm/separation.h"
#include "optim/gradcheck.h"
#include "optim/optim.h"
#include "test.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Losses of the test's own, by their definitions. */
static void log_loss(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double z = b->prediction[i], p = 1 / (1 + exp(-z));
        if (value != NULL)
            value[i] = fmax(z, 0) + log1p(exp(-fabs(z))) - z * b->target[i];
        if (gradient != NULL)
            gradient[i] = b->target[i] > 0 ? -1 / (1 + exp(z)) : p;
        if (curvature != NULL)
            curvature[i] = p / (1 + exp(z));
    }
}

static void squared_loss(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        double r = b->prediction[i] - b->target[i];
        if (value != NULL)
            value[i] = r * r;
        if (gradient != NULL)
            gradient[i] = 2 * r;
        if (curvature != NULL)
            curvature[i] = 2;
    }
}

static void ce_loss(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        const double *z = b->prediction + i * b->width;
        double top = z[0], sum = 0;
        for (size_t k = 1; k < b->width; k++)
            top = fmax(top, z[k]);
        for (size_t k = 0; k < b->width; k++)
            sum += exp(z[k] - top);
        if (value != NULL)
            value[i] = top + log(sum) - z[b->label[i]];
        for (size_t k = 0; gradient != NULL && k < b->width; k++)
            gradient[i * b->width + k] = exp(z[k] - top) / sum - (k == b->label[i]);
    }
}

static const struct loss log_logit = {.name = "log", .prediction = LOSS_LOGIT, .evaluate = log_loss};
static const struct loss squared = {.name = "squared", .prediction = LOSS_PROBABILITY, .evaluate = squared_loss};
static const struct loss ce_logits = {.name = "ce", .prediction = LOSS_LOGITS, .evaluate = ce_loss};

static struct dataset *load(const char *path, const char *target, const char *features, const char *weights)
{
    struct table *table = NULL;
    struct dataset *data = NULL;
    struct err err = {0};
    struct table_options options = {.paths = &path, .n_paths = 1, .by_row = true};
    struct dataset_options want = {
        .roles = {.target = target, .features = features, .weights = weights}, .classes = true, .threads = 1};
    if (table_open(&table, &options, &err) != STATUS_OK || dataset_load(&data, table, &want, &err) != STATUS_OK)
        printf("%s: %s\n", path, err.reason);
    table_close(table);
    return data;
}

/* Every dataset of the tests is made anew, as a glm standardises it. */
static struct dataset *cancer(void)
{
    return load("share/data/breast-cancer.csv", "diagnosis",
                "mean_radius,mean_texture,mean_smoothness,mean_concavity,mean_symmetry", NULL);
}

static struct dataset *iris(void)
{
    return load("share/data/iris.csv", "species", "sepal_length,sepal_width", NULL);
}

struct fitted {
    struct glm *glm;
    struct optim_result result;
    struct inference inference;
    double *theta, *coefficients, *errors;
};

static struct fitted fit(struct dataset *data, struct glm_options options, const struct optim *optim, double tolerance)
{
    struct fitted f = {0};
    struct err err = {0};
    CHECK(glm_new_in_place(&f.glm, data, &options, &err) == STATUS_OK, "%s", err.reason);
    struct objective objective = glm_objective(f.glm);
    size_t n = objective.n, all = f.glm->scores * f.glm->width;
    f.theta = mem_zero(n, sizeof(double));
    f.coefficients = mem_alloc(all, sizeof(double));
    f.errors = mem_alloc(all, sizeof(double));
    double *hessian = mem_alloc(n, n * sizeof *hessian);
    optim->run(&objective, &(struct optim_options){.tolerance = tolerance, .max_iterations = 5000}, f.theta, &f.result);
    glm_coefficients(f.glm, f.theta, f.coefficients);
    objective.evaluate(objective.context, f.theta, f.errors, hessian);
    CHECK(inference_new(&f.inference, f.glm, f.theta, hessian), "a maximum");
    inference_errors(&f.inference, f.glm, f.errors);
    free(hessian);
    return f;
}

static void fitted_free(struct fitted *f)
{
    dataset_free(f->glm->data);
    glm_free(f->glm);
    free(f->theta);
    free(f->coefficients);
    free(f->errors);
    inference_free(&f->inference);
}

/* The column of the reference file's rows of a case, in order. */
static size_t reference(const char *path, const char *name, size_t column, double *values)
{
    FILE *file = fopen(path, "r");
    char line[512];
    size_t n = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char *field = line;
        if (strncmp(line, name, strlen(name)) != 0 || line[strlen(name)] != ',')
            continue;
        for (size_t c = 0; c < column; c++)
            field = strchr(field, ',') + 1;
        values[n++] = strtod(field, NULL);
    }
    if (file != NULL)
        fclose(file);
    return n;
}

static void same(const char *what, const double *got, const double *wanted, size_t n, double tolerance)
{
    CHECK(n > 0, "%s: there are reference values", what);
    for (size_t i = 0; i < n; i++)
        CHECK(fabs(got[i] - wanted[i]) <= tolerance * fabs(wanted[i]), "%s %zu: %.17g is not %.17g", what, i, got[i],
              wanted[i]);
}

static void logistic_is_that_of_r(void)
{
    struct glm_options options = {.loss = &log_logit, .positive = 1, .threads = 2};
    struct fitted f = fit(cancer(), options, &optim_newton, 1e-8), slow = fit(cancer(), options, &optim_lbfgs, 1e-9);
    double wanted[8];
    size_t n = reference("tests/ref/logistic.csv", "cancer", 2, wanted);
    same("estimate", f.coefficients, wanted, n, 1e-9);
    same("estimate by lbfgs", slow.coefficients, wanted, n, 1e-6);
    reference("tests/ref/logistic.csv", "cancer", 3, wanted);
    same("se", f.errors, wanted, n, 1e-9);
    reference("tests/ref/logistic.csv", "cancer", 4, wanted);
    double loglik = -f.result.value * f.glm->data->weight_sum, null = glm_loglik_null(f.glm);
    same("loglik", &loglik, wanted, 1, 1e-12);
    reference("tests/ref/logistic.csv", "cancer", 5, wanted);
    same("null loglik", &null, wanted, 1, 1e-12);
    CHECK(f.result.gradient_norm < 1e-12, "%g", f.result.gradient_norm);
    fitted_free(&f);
    fitted_free(&slow);
}

static void softmax_is_that_of_extended_precision(void)
{
    static const char *const cases[] = {"iris", "wine"};
    for (size_t i = 0; i < 2; i++) {
        struct dataset *data = i == 0 ? load("share/data/iris.csv", "species", "sepal_length", NULL)
                                      : load("share/data/wine.csv", "cultivar", "alcohol,malic_acid,ash", NULL);
        struct fitted f = fit(data, (struct glm_options){.loss = &ce_logits, .threads = 2}, &optim_newton, 1e-8);
        double wanted[8];
        size_t n = reference("tests/ref/softmax.csv", cases[i], 3, wanted), width = f.glm->width;
        CHECK(n == 2 * width, "%zu", n);
        same("estimate", f.coefficients + width, wanted, n, 1e-9);
        reference("tests/ref/softmax.csv", cases[i], 4, wanted);
        same("se", f.errors + width, wanted, n, 1e-9);
        CHECK(f.coefficients[0] == 0 && isnan(f.errors[width - 1]), "the reference is 0");
        fitted_free(&f);
    }
}

static void products_are_those_of_the_hessian(const struct objective *objective, const double *theta)
{
    size_t n = objective->n;
    double *gradient = mem_alloc(n, 4 * sizeof *gradient), *direction = gradient + n, *product = gradient + 2 * n;
    double *diagonal = gradient + 3 * n, *hessian = mem_alloc(n, n * sizeof *hessian);
    gradcheck_point(n, 8, direction);
    objective->evaluate(objective->context, theta, gradient, hessian);
    for (int repeat = 0; repeat < 2; repeat++) {
        objective->multiply(objective->context, direction, product);
        objective->curvatures(objective->context, diagonal);
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t j = 0; j < n; j++)
                sum += hessian[i * n + j] * direction[j];
            CHECK(fabs(product[i] - sum) <= 1e-12 * (1 + fabs(sum)), "%zu: %.17g, not %.17g", i, product[i], sum);
            CHECK(fabs(diagonal[i] - hessian[i * n + i]) <= 1e-12, "%zu: %.17g, not %.17g", i, diagonal[i],
                  hessian[i * n + i]);
        }
    }
    free(gradient);
    free(hessian);
}

static void derivatives_are_right(void)
{
    struct glm_options options[] = {
        {.loss = &log_logit, .positive = 1, .l2 = 0.3, .standardize = true},
        {.loss = &log_logit, .positive = 0},
        {.loss = &squared, .positive = 1},
        {.loss = &ce_logits, .reference = 1},
        {.loss = &ce_logits, .reference = GLM_SYMMETRIC, .l2 = 0.1, .standardize = true},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct glm *glm = NULL;
        struct err err = {0};
        struct dataset *data = options[i].loss == &ce_logits ? iris() : cancer();
        glm_new_in_place(&glm, data, &options[i], &err);
        struct objective objective = glm_objective(glm);
        double *theta = mem_alloc(objective.n, sizeof *theta);
        gradcheck_point(objective.n, 7, theta);
        CHECK(gradcheck_at(&objective, theta).error < 1e-7, "%zu: %g", i, gradcheck_at(&objective, theta).error);
        CHECK(gradcheck_hessian_at(&objective, theta).error < 1e-7, "%zu: %g", i,
              gradcheck_hessian_at(&objective, theta).error);
        products_are_those_of_the_hessian(&objective, theta);
        free(theta);
        glm_free(glm);
        dataset_free(data);
    }
}

/* A column times 1e8, shifted far away, a constant column, a copy. */
static void awkward_columns(void)
{
    struct glm_options options = {.loss = &log_logit, .positive = 1};
    struct fitted plain = fit(cancer(), options, &optim_newton, 1e-8);
    struct dataset *data = cancer();
    for (size_t c = 0; c < data->chunks; c++)
        for (size_t r = 0; r < data->chunk[c].rows; r++)
            data->chunk[c].x[r * data->chunk[c].ld + 1] *= 1e8;
    struct fitted scaled = fit(data, options, &optim_newton, 1e-8);
    for (size_t i = 0; i < 6; i++) {
        double factor = i == 2 ? 1e8 : 1;
        CHECK(fabs(scaled.coefficients[i] * factor / plain.coefficients[i] - 1) < 1e-9, "coefficient %zu", i);
        CHECK(fabs(scaled.errors[i] * factor / plain.errors[i] - 1) < 1e-9, "error %zu", i);
    }
    fitted_free(&scaled);

    data = cancer();
    for (size_t c = 0; c < data->chunks; c++) {
        for (size_t r = 0; r < data->chunk[c].rows; r++) {
            double *x = data->chunk[c].x + r * data->chunk[c].ld;
            x[2] = 2 * x[0] - 3 * x[1] + 5;
            x[4] = 7;
        }
    }
    struct fitted aliased = fit(data, options, &optim_newton, 1e-8);
    CHECK(aliased.glm->n_aliased == 2 && aliased.glm->aliased[2] && aliased.glm->aliased[4], "both are found");
    CHECK(aliased.coefficients[3] == 0 && isnan(aliased.errors[3]) && isnan(aliased.errors[5]), "and left out");
    CHECK(aliased.result.status == OPTIM_CONVERGED && isfinite(aliased.errors[1]), "the others are estimated");
    fitted_free(&aliased);
    fitted_free(&plain);
}

static void find(struct glm *glm, const double *theta, struct separation *s)
{
    struct objective objective = glm_objective(glm);
    double *gradient = mem_alloc(objective.n, (1 + objective.n) * sizeof *gradient);
    objective.evaluate(objective.context, theta, gradient, gradient + objective.n);
    double *inverse = gradient + objective.n;
    struct inference inference;
    bool is_definite = inference_new(&inference, glm, theta, inverse);
    if (is_definite) {
        inference_invert(&inference, glm, inverse);
        inference_free(&inference);
    }
    separation_find(glm, theta, gradient, is_definite ? inverse : NULL, s);
    free(gradient);
}

static void separation_is_found(void)
{
    struct glm_options options = {.loss = &log_logit, .positive = 1};
    struct separation s;
    struct fitted f = fit(cancer(), options, &optim_newton, 1e-8);
    find(f.glm, f.theta, &s);
    CHECK(s.kind == SEPARATION_NONE, "classes overlap");
    separation_free(&s);
    fitted_free(&f);

    struct glm *glm = NULL;
    struct err err = {0};
    struct dataset *data = cancer(); /* one benign row in ten has a mark that no malignant row has */
    for (size_t c = 0; c < data->chunks; c++)
        for (size_t r = 0; r < data->chunk[c].rows; r++)
            data->chunk[c].x[r * data->chunk[c].ld + 4] = data->chunk[c].label[r] == 0 && r % 10 == 3;
    glm_new_in_place(&glm, data, &options, &err);
    double theta[6] = {0};
    find(glm, theta, &s);
    CHECK(s.kind == SEPARATION_QUASI, "kind %d", (int)s.kind);
    CHECK(s.n == 1 && s.column[0] == 4, "%zu columns, the first is %zu", s.n, s.n > 0 ? s.column[0] : 99);
    separation_free(&s);
    glm_free(glm);
    dataset_free(data);

    data = load("share/data/iris.csv", "species", NULL, NULL);
    glm_new_in_place(&glm, data, &(struct glm_options){.loss = &ce_logits}, &err);
    double three[10] = {0};
    find(glm, three, &s);
    CHECK(s.kind == SEPARATION_QUASI && s.alone && s.n == 2 && s.column[0] == 2, "setosa stands apart by its petals");
    separation_free(&s);
    glm_free(glm);
    dataset_free(data);
}

static void symmetric_softmax_sums_to_zero(void)
{
    struct glm_options options = {.loss = &ce_logits, .reference = GLM_SYMMETRIC, .l2 = 0.05};
    struct fitted a = fit(iris(), options, &optim_newton, 1e-10), b = fit(iris(), options, &optim_lbfgs, 1e-10);
    for (size_t j = 0; j < 3; j++)
        CHECK(fabs(a.coefficients[j] + a.coefficients[3 + j] + a.coefficients[6 + j]) < 1e-12, "column %zu", j);
    same("both solvers", b.coefficients, a.coefficients, 9, 1e-7);
    fitted_free(&a);
    fitted_free(&b);
}

/* Many chunks of made rows: every number of threads gives the same bits. */
static void threads_change_nothing(void)
{
    enum { CHUNKS = 40, ROWS = 301, D = 7 };
    static const size_t threads[] = {1, 2, 5};
    static char *names[] = {"a", "b", "c", "d", "e", "f", "g"}, *labels[] = {"no", "yes", "perhaps"};
    double first[3 * (D + 1)], hessian[9 * (D + 1) * (D + 1)], wanted = 0;
    for (size_t t = 0; t < 6; t++) {
        struct dataset data = {.n = CHUNKS * ROWS,
                               .d = D,
                               .chunks = CHUNKS,
                               .features = names,
                               .target = "t",
                               .labels = labels,
                               .weight_sum = CHUNKS * ROWS,
                               .classes = t < 3 ? 2 : 3};
        struct dataset_chunk chunk[CHUNKS];
        uint64_t counts[3] = {0};
        for (size_t c = 0; c < CHUNKS; c++) {
            chunk[c] = (struct dataset_chunk){.rows = ROWS,
                                              .ld = D,
                                              .x = mem_alloc(ROWS * D, sizeof(double)),
                                              .label = mem_alloc(ROWS, sizeof(uint32_t))};
            gradcheck_point(ROWS * D, c, chunk[c].x);
            for (size_t r = 0; r < ROWS; r++) {
                chunk[c].label[r] = (uint32_t)((c + r * r) % data.classes);
                counts[chunk[c].label[r]]++;
            }
        }
        data.chunk = chunk;
        data.counts = counts;
        struct glm *glm = NULL;
        struct err err = {0};
        struct glm_options options = {.loss = t < 3 ? &log_logit : &ce_logits,
                                      .positive = 1,
                                      .reference = GLM_SYMMETRIC,
                                      .threads = threads[t % 3]};
        CHECK(glm_new_in_place(&glm, &data, &options, &err) == STATUS_OK, "%s", err.reason);
        struct objective objective = glm_objective(glm);
        double theta[3 * (D + 1)], gradient[3 * (D + 1)];
        gradcheck_point(objective.n, 3, theta);
        for (size_t again = 0; again < 20; again++) {
            double value = objective.evaluate(objective.context, theta, gradient, hessian);
            if (t % 3 == 0 && again == 0) {
                memcpy(first, gradient, sizeof first);
                wanted = value;
            }
            CHECK(value == wanted && memcmp(first, gradient, objective.n * sizeof *first) == 0, "%zu threads",
                  threads[t % 3]);
        }
        glm_free(glm);
        for (size_t c = 0; c < CHUNKS; c++) {
            free(chunk[c].x);
            free(chunk[c].label);
        }
    }
}

int main(void)
{
    threads_change_nothing();
    logistic_is_that_of_r();
    softmax_is_that_of_extended_precision();
    derivatives_are_right();
    awkward_columns();
    separation_is_found();
    symmetric_softmax_sums_to_zero();
    return test_report("glm");
}
