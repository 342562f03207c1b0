#include "base/arena.h"

#include "base/mem.h"

#include <stdlib.h>

struct arena_piece {
    struct arena_piece *older;
    double *numbers;
    size_t capacity, taken;
};

enum { LARGEST = 1 << 22 }; /* numbers in a piece, unless more are asked for at once */

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

double *arena_room(struct arena *arena, size_t count)
{
    struct arena_piece *last = arena->last;
    if (last == NULL || last->capacity - last->taken < count) {
        size_t capacity = last == NULL ? count : 2 * last->capacity < LARGEST ? 2 * last->capacity : LARGEST;
        if (last != NULL && last->taken == 0) { /* too small and of no further use */
            arena->last = last->older;
            piece_free(last);
        }
        arena->last = last = piece_new(capacity > count ? capacity : count, arena->last);
    }
    return last->numbers + last->taken;
}

void arena_take(struct arena *arena, size_t count)
{
    if (arena->last != NULL)
        arena->last->taken += count;
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
