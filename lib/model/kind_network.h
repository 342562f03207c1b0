#ifndef LIKELY_MODEL_KIND_NETWORK_H
#define LIKELY_MODEL_KIND_NETWORK_H

#include "fit/network/network.h"
#include "model/model.h"
#include "model/predictor.h"

/* Adds the fields of a network to a model: its layers, parameters and loss. Features, labels or target, and
 * the scale of the features (center, scale: numbers per feature) are the caller's. */
void kind_network_write(struct model *model, const struct network *network, const double *parameters);

/* The network of a predictor of this kind, with its parameters and the scale of its features. */
struct kind_network_parts {
    const struct network *network;
    const double *parameters, *center, *scale;
};
struct kind_network_parts kind_network_parts(const struct predictor *predictor);

#endif
