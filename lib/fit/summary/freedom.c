/* The check that there are at least as many rows as coefficients, shared by the trainers. */
#include "fit/summary/freedom.h"

enum status freedom_check(double rows, size_t coefficients, const char *of, enum err_cause cause, struct err *err)
{
    if (rows >= (double)coefficients)
        return STATUS_OK;
    err_data(err, "%.15g row%s cannot determine %zu coefficients%s", rows, rows == 1 ? "" : "s", coefficients, of);
    return err_because(err, cause, NULL);
}
