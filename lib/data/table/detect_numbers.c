/* TODO */
#include "data/table/detect_state.h"
void detect_numbers(struct detect *d)
{
    (void)d;
}
