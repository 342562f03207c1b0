#ifndef LIKELY_BASE_ARENA_H
#define LIKELY_BASE_ARENA_H

#include <stddef.h>

/* Memory for doubles that is handed out in small amounts and freed all at once. It is allocated in pieces of up
 * to 32 MB, on huge pages where the system has them, because a page fault for every 4 KB costs as much as
 * filling the page. Usage: arena_room, write, arena_claim. Zero-initialise. */
struct arena {
    struct arena_piece *last; /* the newest piece */
};

/* Returns uninitialised room for `count` doubles. Calls return the same room until arena_claim claims some of it. */
double *arena_room(struct arena *arena, size_t count);
/* As arena_room, and keeps the first `have` doubles written to the room returned last; the room may move. */
double *arena_extend(struct arena *arena, size_t have, size_t count);
/* Claims the first `count` doubles of the room returned last. */
void arena_claim(struct arena *arena, size_t count);

/* Moves all memory of `from` to `into`; pointers stay valid, and `from` is empty afterwards. */
void arena_merge(struct arena *into, struct arena *from);
void arena_free(struct arena *arena);

#endif
