#ifndef LIKELY_BASE_VARIANTS_H
#define LIKELY_BASE_VARIANTS_H

#include <stdatomic.h>
#include <stddef.h>

/* Chooses between implementations of the same function for several instruction sets: 0 is the portable one, the
 * last the one for the widest instructions. Each module has one variable of this type, zero-initialised: nothing
 * chosen yet. Safe to use from several threads. */
struct variants {
    atomic_size_t chosen; /* variant + 1; 0: not chosen yet */
};

static inline void variants_use(struct variants *v, size_t variant)
{
    atomic_store_explicit(&v->chosen, variant + 1, memory_order_relaxed);
}

/* The chosen variant; at first the last of the count() variants that the processor supports. */
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
