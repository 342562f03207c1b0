/* The C99 source of the functions of special.h that exported models need, in the same order of operations, so
 * that a model exported as C predicts what nn-predict does up to the C library's exp() and log(). */
#include "math/c_special.h"

void c_special_sigmoid(struct c_text *t, size_t n, const char *from, const char *to)
{
    c_text_open(t, "for (int i = 0; i < %zu; i++) {", n);
    c_text_line(t, "double e = exp(-fabs(%s[i]));", from);
    c_text_line(t, "%s[i] = (%s[i] >= 0 ? 1 : e) / (1 + e);", to, from);
    c_text_close(t, "}");
}

void c_special_greatest(struct c_text *t, size_t n, const char *from)
{
    c_text_line(t, "double greatest = -INFINITY;");
    c_text_line(t, "for (int i = 0; i < %zu; i++)", n);
    c_text_line(t, "    greatest = %s[i] > greatest ? %s[i] : greatest;", from, from);
}

void c_special_softmax(struct c_text *t, size_t n, const char *from, const char *to)
{
    c_text_open(t, "{");
    c_special_greatest(t, n, from);
    c_text_line(t, "double sum = 0;");
    c_text_line(t, "for (int i = 0; i < %zu; i++)", n);
    c_text_line(t, "    sum += %s[i] = exp(%s[i] - greatest);", to, from);
    c_text_line(t, "for (int i = 0; i < %zu; i++)", n);
    c_text_line(t, "    %s[i] /= sum;", to);
    c_text_close(t, "}");
}
