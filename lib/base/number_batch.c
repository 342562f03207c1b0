#include "base/number.h"

size_t number_parse_batch(const char *text, const uint32_t *begin, const uint32_t *end, size_t n, size_t stride, double *out,
                          size_t out_stride)
{
    for (size_t i = 0; i < n; i++) {
        struct slice field = {text + begin[i * stride], end[i * stride] - begin[i * stride]};
        if (!number_parse(field, &out[i * out_stride]))
            return i;
    }
    return n;
}
