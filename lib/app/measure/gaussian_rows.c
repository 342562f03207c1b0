/* The cells that identify a Gaussian of a list, in the results of entropy and kl: its group and its column, or for
 * joint Gaussians the number of columns. */
#include "app/measure/gaussian_rows.h"

size_t gaussian_rows_names(const char **names, const struct gaussian_list *list)
{
    size_t n = 0;
    if (list->grouping != NULL)
        names[n++] = list->grouping;
    names[n++] = list->joint ? "columns" : "column";
    return n;
}

void gaussian_rows_start(struct out *out, const struct gaussian_list *list, size_t i)
{
    if (list->grouping != NULL)
        out_group(out, gaussian_list_group(list, i));
    if (list->joint)
        out_count(out, list->gaussian[i].n);
    else
        out_text(out, gaussian_list_variable(list, i, 0));
}
