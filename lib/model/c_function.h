#ifndef LIKELY_MODEL_C_FUNCTION_H
#define LIKELY_MODEL_C_FUNCTION_H

#include "model/predictor.h"
#include "text/c_text.h"

/* A whole model as a function in C99 that needs <math.h> only:
 *
 *     int likely_predict(const double *x, const char *const *category, double *output);
 *
 * x: the model's numbers, category: its texts, output: predictor->outputs numbers, all in the model's order, which a
 * comment above the function lists. The function returns 0; or the number of categories with values that the model has
 * not seen, which contribute nothing; or -1, and leaves output alone, if there is no prediction: a number is not
 * finite, a category is NULL, or the kind has no response to the row.
 *
 * Kinds add statements (struct kind: c_score, c_respond). In their scope are x; level, the place of each text's value
 * among all levels of the model, -1 if unseen; first, the place of the first level of each text; score; output. */
void c_function_write(struct c_text *text, const struct predictor *predictor);

#endif
