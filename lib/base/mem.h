#ifndef LIKELY_BASE_MEM_H
#define LIKELY_BASE_MEM_H

#include <stddef.h>

/* Memory that is always there: running out of it, or asking for more than a size_t can say, ends the process with a
 * message and exit status 1, here and nowhere else. All are released by free(). */
void *mem_alloc(size_t count, size_t size); /* uninitialised; count 0 gives a valid pointer */
void *mem_zero(size_t count, size_t size);  /* zeroed */
void *mem_large(size_t count, size_t size); /* as mem_alloc, on large pages where it pays and the system has them */
void *mem_resize(void *p, size_t count, size_t size); /* realloc */
char *mem_copy(const char *text, size_t n);           /* n bytes and a NUL behind them */
char *mem_copy_text(const char *text);                /* a string */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Makes room for `need` elements, growing by half at least; *capacity counts elements. */
void *mem_grow(void *p, size_t *capacity, size_t need, size_t size);

/* What is to say so then, and may not allocate: it gets the bytes that were asked for. */
void mem_at_end(void (*say)(size_t bytes));

#endif
