#include "fit/summary/freedom.h"

enum status freedom_check(double rows, size_t coefficients, const char *of, const char *remedy, struct err *err)
{
    if (rows >= (double)coefficients)
        return STATUS_OK;
    return err_data(err, "%.15g row%s cannot determine %zu coefficients%s; %s", rows, rows == 1 ? "" : "s",
                    coefficients, of, remedy);
}
