/* An arena of doubles: a list of pieces of memory, the newest first. arena_extend hands out room at the end of
 * the newest piece and, when the piece is full, adds one of twice its size, between 2 MB and 32 MB; what had
 * been written to the room moves with it. The first piece has exactly the size asked for, so that small inputs
 * stay small. Large pieces lie on huge pages (mem_large).
 * One thread at a time; threads fill arenas of their own, which arena_merge joins without copying. */
#include "base/arena.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct arena_piece {
    struct arena_piece *older;
    double *numbers;
    size_t capacity, claimed;
};

/* Smallest size of the second piece and largest regular size of later ones, in doubles. A request for more gets
 * a piece of its own size. */
enum { SECOND = 1 << 18, LARGEST = 1 << 22 };

static struct arena_piece *piece_new(size_t capacity, struct arena_piece *older)
{
    struct arena_piece *piece = mem_alloc(1, sizeof *piece);
    *piece = (struct arena_piece){.older = older, .capacity = capacity, .numbers = mem_large(capacity, sizeof(double))};
    return piece;
}

static void piece_free(struct arena_piece *piece)
{
    free(piece->numbers);
    free(piece);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

double *arena_extend(struct arena *arena, size_t have, size_t count)
{
    struct arena_piece *last = arena->last;
    if (last != NULL && last->capacity - last->claimed >= count)
        return last->numbers + last->claimed;
    size_t capacity = last == NULL                   ? count
                      : 2 * last->capacity < LARGEST ? larger(2 * last->capacity, SECOND)
                                                     : LARGEST;
    struct arena_piece *piece = piece_new(larger(capacity, larger(count, 2 * have)), last);
    if (have > 0)
        memcpy(piece->numbers, last->numbers + last->claimed, have * sizeof *piece->numbers);
    if (last != NULL && last->claimed == 0) { /* nothing was kept in it, and it is too small */
        piece->older = last->older;
        piece_free(last);
    }
    arena->last = piece;
    return piece->numbers;
}

double *arena_room(struct arena *arena, size_t count)
{
    return arena_extend(arena, 0, count);
}

void arena_claim(struct arena *arena, size_t count)
{
    if (arena->last != NULL)
        arena->last->claimed += count;
}

void arena_merge(struct arena *into, struct arena *from)
{
    struct arena_piece *oldest = from->last;
    if (oldest == NULL)
        return;
    while (oldest->older != NULL)
        oldest = oldest->older;
    oldest->older = into->last;
    into->last = from->last;
    from->last = NULL;
}

void arena_free(struct arena *arena)
{
    while (arena->last != NULL) {
        struct arena_piece *piece = arena->last;
        arena->last = piece->older;
        piece_free(piece);
    }
}
