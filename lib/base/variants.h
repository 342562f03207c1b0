#ifndef LIKELY_BASE_VARIANTS_H
#define LIKELY_BASE_VARIANTS_H

#include <stdatomic.h>
#include <stddef.h>

/* Which of several ways to compute the same a module uses: 0 is the portable one, the last the one for the
 * widest instructions. A module keeps one of these, zero-initialised, which means that nothing has been
 * chosen yet. */
struct variants {
    atomic_size_t chosen; /* variant + 1 */
};

static inline void variants_use(struct variants *v, size_t variant)
{
    atomic_store_explicit(&v->chosen, variant + 1, memory_order_relaxed);
}

/* The variant chosen, at first the last of the count() that the processor has. */
static inline size_t variants_current(struct variants *v, size_t (*count)(void))
{
    size_t number = atomic_load_explicit(&v->chosen, memory_order_relaxed);
    if (number == 0) {
        number = count();
        variants_use(v, number - 1);
    }
    return number - 1;
}

#endif
