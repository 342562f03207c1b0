/* What the rows say about one feature of a model of several: points and shares from which the effect of the others is
 * removed, so that they scatter about the curve of a good fit.
 *
 * Numbers: partial residuals, the prediction with the other features fixed plus the residual of the row,
 * fixed + (y - own). For a linear model they are component plus residual (W. A. Larsen and S. J. McCleary,
 * Technometrics 14 (1972), 781; R. D. Cook and S. Weisberg, Applied Regression Including Computing and Graphics (1999),
 * chapter 16); for other models those of J. Fox and S. Weisberg, J. Stat. Softw. 87 (2018), issue 9.
 *
 * Classes: the residual of a group of rows is the shift of their logits under which the model expects the share that
 * was observed; the adjusted share is the mean probability with the other features fixed and the logits shifted so. It
 * is the maximum-likelihood version of the one-step partial residuals of J. M. Landwehr, D. Pregibon and A. C.
 * Shoemaker, J. Am. Stat. Assoc. 79 (1984), 61, and is the observed share if the model has no other features.
 *
 * plot_partial_share solves mean sigmoid(logit own + shift) = share by Newton's method in a bracket that bisection
 * halves. */

#include "app/plot/plot_partial.h"

#include "base/mem.h"
#include "math/special.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>

enum { STEPS = 200 };

void plot_partial_find(struct plot_partial *partial, const struct plot_view *v, const struct frame *frame)
{
    const struct predictor *p = v->predictor;
    size_t n = predictor_numbers(p), outputs = p->outputs;
    double *x = mem_alloc(n, sizeof *x), *score = mem_alloc(p->scores, sizeof *score);
    uint32_t *level = mem_alloc(p->texts, sizeof *level);
    *partial = (struct plot_partial){.outputs = outputs,
                                     .own = mem_alloc(frame->rows * outputs, sizeof *partial->own),
                                     .fixed = mem_alloc(frame->rows * outputs, sizeof *partial->fixed)};
    for (size_t r = 0; r < frame->rows; r++) {
        double *own = partial->own + r * outputs, *fixed = partial->fixed + r * outputs;
        bool known = plot_view_row(v, frame, r, x, level);
        if (known) {
            predictor_scores(p, &(struct predictor_rows){1, x, n, level}, score);
            known = p->kind->respond(p, score, own);
        }
        if (known) {
            plot_view_scores(v, 1, &x[v->shown[0]], score);
            known = p->kind->respond(p, score, fixed);
        }
        partial->unknown += !known;
        for (size_t k = 0; k < outputs && !known; k++)
            own[k] = fixed[k] = (double)NAN;
    }
    free(x);
    free(score);
    free(level);
}

void plot_partial_free(struct plot_partial *partial)
{
    free(partial->own);
    free(partial->fixed);
}

/* The mean of probabilities whose logits are shifted; slope: its derivative. */
static double shifted_mean(size_t n, const double *p, double shift, double *slope)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double shifted = special_sigmoid(log(p[i]) - log1p(-p[i]) + shift);
        sum += shifted / (double)n;
        squares += shifted * (1 - shifted) / (double)n;
    }
    *slope = squares;
    return sum;
}

double plot_partial_share(size_t n, const double *own, const double *fixed, double share)
{
    double low = -1500, high = 1500, shift = 0, slope;
    if (!(share > 0) || !(share < 1))
        return share;
    for (int i = 0; i < STEPS && high - low > 1e-13 * (1 + fabs(shift)); i++) {
        double miss = shifted_mean(n, own, shift, &slope) - share;
        if (miss > 0)
            high = shift;
        else
            low = shift;
        double next = shift - miss / slope;
        if (miss == 0 || next == shift)
            break;
        shift = next > low && next < high ? next : (low + high) / 2;
    }
    return shifted_mean(n, fixed, shift, &slope);
}
