/* Rooms of an arena keep their content while others are added and extended. */

#include "base/arena.h"
#include "test.h"

#include <stdbool.h>

/* Takes n rooms of growing size and fills them with their number. */
static void fill(struct arena *arena, double **room, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t count = 1 + i * i;
        room[i] = arena_room(arena, 2 * count);
        CHECK(arena_room(arena, count) == room[i], "the same room until it is taken");
        arena_claim(arena, count);
        for (size_t k = 0; k < count; k++)
            room[i][k] = (double)i;
    }
}

static bool is_kept(double *const *room, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 1 + i * i; k++)
            if (room[i][k] != (double)i)
                return false;
    return true;
}

int main(void)
{
    enum { N = 300 };
    static double *room[2 * N];
    struct arena a = {0}, b = {0};
    arena_claim(&a, 0);
    fill(&a, room, N);
    fill(&b, room + N, N);
    CHECK(is_kept(room, N) && is_kept(room + N, N), "what was taken stays");
    arena_merge(&a, &b);
    CHECK(b.last == NULL, "the other is empty");
    arena_merge(&a, &b);
    CHECK(is_kept(room, N) && is_kept(room + N, N), "merging moves nothing");
    double *large = arena_room(&a, 5000000); /* larger than any piece otherwise is */
    large[0] = large[4999999] = 1;
    CHECK(is_kept(room, N) && is_kept(room + N, N), "nor does room that is not taken");
    arena_free(&a);
    arena_free(&b);
    CHECK(a.last == NULL, "nothing is left");
    size_t have = 0; /* room that grows keeps what is in it, wherever it is moved */
    for (size_t count = 1; count < 10000000; count += count / 3 + 1) {
        double *room_of = arena_extend(&a, have, count);
        for (; have < count; have++)
            room_of[have] = (double)have;
    }
    double *grown = arena_extend(&a, have, have);
    size_t right = 0;
    while (right < have && grown[right] == (double)right)
        right++;
    CHECK(right == have, "number %zu of %zu", right, have);
    arena_claim(&a, have);
    CHECK(arena_extend(&a, 0, 3) != grown, "room that was taken is not given again");
    arena_free(&a);
    for (size_t size = 1; size < 100000; size *= 3) /* room that is never taken is given back when it is too small */
        arena_room(&a, size)[size - 1] = 1;
    arena_free(&a);
    return test_report("arena");
}
