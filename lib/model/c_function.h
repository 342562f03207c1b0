#ifndef LIKELY_MODEL_C_FUNCTION_H
#define LIKELY_MODEL_C_FUNCTION_H

#include "model/predictor.h"
#include "text/c_text.h"

/* A whole model as a function in C99 that needs nothing but <math.h>:
 *
 *     int likely_predict(const double *x, const char *const *category, double *output);
 *
 * x: the model's numbers, category: its texts, output: predictor->outputs numbers, all in the model's order,
 * which a comment above the function tells. The function returns 0, or how many categories have values that
 * the model has not seen, which then say nothing, or -1, leaving output alone, where there is no prediction:
 * a number is not finite, a category is NULL, or the kind refuses the row.
 *
 * Kinds add statements (struct kind: c_score, c_respond) in whose scope there are x; level, of each text the
 * place of its value among all levels of the model, -1 if it was not seen; first, where the levels of each
 * text begin; score; output. */
void c_function_write(struct c_text *text, const struct predictor *predictor);

#endif
