/* The result of --check-gradient, for regressions and networks: one row with the worst parameter, and an error if its
 * relative error is not below error_most. */
#include "app/train/gradient.h"

static const double error_most = 1e-5;

enum status gradient_begin(struct out **out, const char *path, const char *first, const char *second, struct err *err)
{
    const char *const names[] = {first, second, "analytic", "numeric", "relative_error"};
    const struct output_settings output = {.path = path, .to = OUT_CSV};
    return out_open(out, &output, 5, names, err);
}

enum status gradient_end(struct out *out, const struct gradcheck *worst, struct err *err)
{
    out_number(out, worst->analytic);
    out_number(out, worst->numeric);
    out_number(out, worst->error);
    out_end_row(out);
    enum status status = out_close(out, err);
    if (status == STATUS_OK && !(worst->error < error_most))
        return err_data(err, "the gradient disagrees with finite differences of the objective");
    return status;
}
