#ifndef LIKELY_BASE_MEM_H
#define LIKELY_BASE_MEM_H

#include <stddef.h>

/* Allocation that never returns NULL: when memory runs out, or a size exceeds size_t, the handler is called and
 * the process ends with status 1. free() releases all of it. */
void *mem_alloc(size_t count, size_t size); /* uninitialised; count 0 gives a valid pointer */
void *mem_zero(size_t count, size_t size);  /* zeroed */
void *mem_large(size_t count, size_t size); /* as mem_alloc, on huge pages from 2 MB on where the system has them */
void *mem_resize(void *p, size_t count, size_t size); /* realloc */
char *mem_copy(const char *text, size_t n);           /* a copy of n bytes with a NUL behind them */
char *mem_copy_text(const char *text);                /* a copy of a string */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Enlarges p, if it has fewer than `need` elements, to `need` or 1.5 times its capacity, whichever is more, and
 * returns it. *capacity counts elements of `size` bytes. */
void *mem_grow(void *p, size_t *capacity, size_t need, size_t size);

/* Installs the out-of-memory handler, which must not allocate. It is given the bytes that were asked for.
 * Default: a line on standard error. */
void mem_set_handler(void (*report)(size_t bytes));

#endif
