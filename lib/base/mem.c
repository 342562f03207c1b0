/* Allocation that can't fail as far as callers see: when memory runs out, mem_exhausted calls the handler and
 * ends the process with status 1. The handler runs without memory, so that it must not allocate. mem_large
 * aligns to 2 MB and asks for huge pages, which saves page faults and misses of the address cache on large
 * matrices.
 * The handler is one of the two global variables of the library; it is set once at start, before threads. */
#define _DEFAULT_SOURCE /* madvise */

#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void mem_report(size_t bytes)
{
    fprintf(stderr, "out of memory: %zu bytes more are needed\n", bytes);
}

static void (*handler)(size_t bytes) = mem_report;

void mem_set_handler(void (*report)(size_t bytes))
{
    handler = report;
}

static _Noreturn void mem_exhausted(size_t count, size_t size)
{
    handler(size > 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size);
    _Exit(1);
}

void *mem_resize(void *p, size_t count, size_t size)
{
    if (count == 0)
        count = 1;
    if (size > 0 && count > SIZE_MAX / 2 / size)
        mem_exhausted(count, size);
    void *q = realloc(p, count * size);
    if (q == NULL)
        mem_exhausted(count, size);
    return q;
}

void *mem_alloc(size_t count, size_t size)
{
    return mem_resize(NULL, count, size);
}

void *mem_large(size_t count, size_t size)
{
    enum { PAGE = 1 << 21 };
    if (size == 0 || count > SIZE_MAX / 2 / size || count * size < PAGE)
        return mem_alloc(count, size);
    void *p = NULL;
    if (posix_memalign(&p, PAGE, (count * size + PAGE - 1) / PAGE * PAGE) != 0)
        mem_exhausted(count, size);
#ifdef MADV_HUGEPAGE
    madvise(p, count * size, MADV_HUGEPAGE); /* a hint: failure changes nothing */
#endif
    return p;
}

void *mem_zero(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size);
    if (p == NULL)
        mem_exhausted(count, size);
    return p;
}

char *mem_copy(const char *text, size_t n)
{
    char *p = mem_alloc(n + 1, 1);
    if (n > 0)
        memcpy(p, text, n);
    p[n] = '\0';
    return p;
}

char *mem_copy_text(const char *text)
{
    return mem_copy(text, strlen(text));
}

char *mem_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        mem_exhausted(SIZE_MAX, 1);
    char *p = mem_alloc((size_t)n + 1, 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

void *mem_grow(void *p, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return p;
    size_t wanted = *capacity + *capacity / 2;
    if (wanted < need)
        wanted = need;
    if (wanted < 16)
        wanted = 16;
    p = mem_resize(p, wanted, size);
    *capacity = wanted;
    return p;
}
