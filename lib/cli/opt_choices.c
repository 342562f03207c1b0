/* The choices of an option, which stand in its row or are made once from a registry, such as the list of losses. */
#include "cli/opt.h"

#include "base/mem.h"

const struct opt_choice *opt_choices(const struct opt *opt)
{
    return opt->choices_of != NULL ? opt->choices_of() : opt->choices;
}

const struct opt_choice *opt_choices_make(const struct opt_choice **made, struct opt_choice (*at)(size_t index))
{
    if (*made != NULL)
        return *made;
    size_t n = 0;
    while (at(n).name != NULL)
        n++;
    struct opt_choice *choices = mem_alloc(n + 1, sizeof *choices);
    for (size_t i = 0; i <= n; i++)
        choices[i] = at(i);
    return *made = choices;
}
