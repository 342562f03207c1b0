#ifndef LIKELY_APP_SHOW_MODEL_VIEW_H
#define LIKELY_APP_SHOW_MODEL_VIEW_H

#include "cli/out.h"
#include "model/predictor.h"

/* Models as people and other programs see them. */

struct model_view {
    const struct predictor *predictor;
    double confidence; /* level of the intervals */
    size_t digits;     /* 0 = as many as read back */
};

/* A summary for reading: what was fitted to what, how well, and the coefficients with their standard errors. */
void model_view_text(struct sink *sink, const struct model_view *view);

/* All fields, as one object. */
void model_view_json(struct sink *sink, const struct model_view *view);

/* Measures of fit: measure,target,value,note. */
void model_view_measures(struct sink *sink, const struct model_view *view, int to);

/* The model as a function in C99 (model/c_function.h). */
void model_view_c(struct sink *sink, const struct model_view *view);

/* One row per coefficient: class,term,estimate,se,z,p,lower,upper; for numbers target,
 * term,estimate,se,t,p,lower,upper. Those of a reference class, which are 0, are left out. */
void model_view_coefficients(struct sink *sink, const struct model_view *view, int to /* enum out_format */);

/* Of a kind that has estimates, which model_view_coefficients shows by this: one row for each,
 * class,column,level,probability,mean, sd; as OUT_TABLE a table for each group, without the columns that it leaves
 * empty. */
void model_view_estimates(struct sink *sink, const struct model_view *view, int to);

/* Of a network, which model_view_coefficients shows by this: layer,what,inputs,outputs,parameters. */
void model_view_layers(struct sink *sink, const struct model_view *view, int to);

/* The parameters of a network's layer, from 1: a row for the bias, where there is one, and one per input, a column per
 * output. Errors: the model is no network, or has no such layer, or that has no parameters. */
enum status model_view_weights(struct sink *sink, const struct model_view *view, size_t layer, int to, struct err *err);

/* A picture of weights in Netpbm's PGM: for each output of a layer a tile, in which an input of weight 0 is mid-grey
 * and those of the output's greatest absolute weight are black or white. */
struct model_image {
    size_t layer;     /* of a network, from 1; 0: the first that has weights; of regressions it is the only one */
    const char *tile; /* "WxH" inputs, row by row; NULL: as many as make a square */
    bool plain;       /* P2, which is text; else P5 */
};

/* Errors: the model has no weights, the layer's inputs are not as many as the tile has. */
enum status model_view_image(struct sink *sink, const struct model_view *view, const struct model_image *image,
                             struct err *err);

/* Degrees of freedom of Student's distribution for tests and intervals of the coefficients; infinite for the normal. */
double model_view_freedom(const struct predictor *predictor);

/* The level that the model was written with, 0.95 where it has none. */
double model_view_confidence(const struct model *model);

#endif
