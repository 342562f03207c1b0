/* The list of compression formats, made from codec.list, and which of them a file has. */

#include "data/table/codec.h"

#define CODEC(name) &codec_##name,
static const struct codec *const codecs[] = {
#include "data/table/codec.list"
};
#undef CODEC

const struct codec *codec_find(struct slice head, enum codec_match *match)
{
    enum codec_match best = CODEC_OTHER;
    const struct codec *found = NULL;
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs && best != CODEC_SAME; i++) {
        enum codec_match one = codecs[i]->match(head);
        best = one > best ? one : best;
        found = one == CODEC_SAME ? codecs[i] : NULL;
    }
    if (match != NULL)
        *match = best;
    return found;
}
