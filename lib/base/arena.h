#ifndef LIKELY_BASE_ARENA_H
#define LIKELY_BASE_ARENA_H

#include <stddef.h>

/* Memory that is taken bit by bit and freed all at once. It comes in pieces that grow to many MB, on large
 * pages where the system has them: a page fault for each 4 KB costs as much as filling them. Zero-initialise. */
struct arena {
    struct arena_piece *last; /* the newest, from which is taken */
};

/* Room for `count` numbers, uninitialised; the same room again until some of it is taken. */
double *arena_room(struct arena *arena, size_t count);
/* The same, its first `have` numbers being those of the room given last. */
double *arena_extend(struct arena *arena, size_t have, size_t count);
/* Keeps the first `count` numbers of the room given last. */
void arena_take(struct arena *arena, size_t count);

/* What was taken from `from` becomes `into`'s; `from` is empty afterwards. */
void arena_merge(struct arena *into, struct arena *from);
void arena_free(struct arena *arena);

#endif
