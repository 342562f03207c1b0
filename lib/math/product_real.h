/* The product C += A B for one precision, included by product_double.c and product_float.c, which define the
 * type `real`, its fused multiply-add real_fma, the function name PRODUCT_REAL, and the vectors, broadcasts and
 * fused multiply-adds of 512 and 256 bits (REAL_512, REAL_ALL512, REAL_FMA512, REAL_256 and so on).
 *
 * 1. B is cut into panels as wide as two vectors. A panel whose columns are not adjacent in memory, or that is
 *    narrower than a tile, is copied with zeros added (pack).
 * 2. Down each panel, tiles of 8 or 4 rows of C stay in registers while k runs over all of n (product_tile.h);
 *    eight rows need the 32 registers of AVX-512.
 * 3. Rows and columns at the edges are computed in a whole tile on the stack (do_edge, do_narrow).
 *
 * Each element of C is the same chain of fused multiply-adds over k, whatever the tile: the same bits for
 * AVX-512, AVX2, the portable code with fma(), and any number of threads that share out rows or columns. Memory:
 * at most one panel. There is no blocking over k: a panel, n rows of two vectors, should fit into a cache. */

#include "base/mem.h"
#include "math/product.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

struct product_tile {
    size_t n, a_row, a_column, b_row, c_row;
    const real *a, *b;
    real *c;
};

#define TILE_INLINE __attribute__((always_inline))

#if defined(__x86_64__)
#define TILE(part) avx512_##part
#define TILE_TARGET __attribute__((target("avx512f,fma")))
#define TILE_BYTES 64
#define TILE_FUSED(sum, a, b) ((sum) = (avx512_vec)REAL_FMA512(REAL_ALL512(a), (REAL_512)(b), (REAL_512)(sum)))
#include "math/product_tile.h"

#define TILE(part) avx2_##part
#define TILE_TARGET __attribute__((target("avx2,fma")))
#define TILE_BYTES 32
#define TILE_FUSED(sum, a, b) ((sum) = (avx2_vec)REAL_FMA256(REAL_ALL256(a), (REAL_256)(b), (REAL_256)(sum)))
#include "math/product_tile.h"
#endif

#define TILE(part) any_##part
#define TILE_TARGET
#define TILE_BYTES 16
#define TILE_FUSED(sum, a, b)                                                                                          \
    for (size_t lane = 0; lane < any_LANES; lane++)                                                                    \
    (sum)[lane] = real_fma((a), (b)[lane], (sum)[lane])
#include "math/product_tile.h"

struct product_tiles {
    size_t columns; /* columns of a tile */
    bool is_high;   /* the registers hold eight rows */
    void (*four)(const struct product_tile *tile);
    void (*eight)(const struct product_tile *tile);
};

static struct product_tiles choose(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return (struct product_tiles){2 * avx512_LANES, true, avx512_four, avx512_eight};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return (struct product_tiles){2 * avx2_LANES, false, avx2_four, avx2_eight};
#endif
    return (struct product_tiles){2 * any_LANES, false, any_four, any_eight};
}

enum { COLUMNS_MAX = 2 * 64 / sizeof(real) };

/* Copies `columns` columns of B side by side, with zeros up to the columns of a tile. */
static void pack(const struct product *s, const real *b, size_t columns, size_t tile_columns, real *panel)
{
    enum { STEP = 4 };
    for (size_t k = 0; k < s->n; k++, b += s->b_row, panel += tile_columns) {
        size_t j = 0;
        for (; s->b_column == 1 && j + STEP <= columns; j += STEP)
            memcpy(panel + j, b + j, STEP * sizeof *panel);
        for (; j < tile_columns; j++)
            panel[j] = j < columns ? b[j * s->b_column] : 0;
    }
}

/* A tile with fewer than four rows, computed row by row. */
static void do_edge(const struct product_tiles *tiles, const struct product_tile *tile, size_t rows, size_t columns)
{
    real c[4 * COLUMNS_MAX] = {0};
    struct product_tile one = *tile;
    one.a_row = 0;
    one.c_row = tiles->columns;
    one.c = c;
    for (size_t i = 0; i < rows; i++) {
        one.a = tile->a + i * tile->a_row;
        for (size_t j = 0; j < columns; j++)
            c[j] = tile->c[i * tile->c_row + j];
        tiles->four(&one);
        for (size_t j = 0; j < columns; j++)
            tile->c[i * tile->c_row + j] = c[j];
    }
}

/* Four rows of the last columns, fewer than a tile has, by way of a whole tile. */
static void do_narrow(const struct product_tiles *tiles, const struct product_tile *tile, size_t columns)
{
    real c[4 * COLUMNS_MAX] = {0};
    struct product_tile whole = *tile;
    whole.c_row = tiles->columns;
    whole.c = c;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < columns; j++)
            c[i * tiles->columns + j] = tile->c[i * tile->c_row + j];
    tiles->four(&whole);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < columns; j++)
            tile->c[i * tile->c_row + j] = c[i * tiles->columns + j];
}

static void do_panel(const struct product_tiles *tiles, struct product_tile tile, size_t rows, size_t columns)
{
    bool is_whole = columns == tiles->columns;
    while (rows > 0) {
        size_t some = is_whole && tiles->is_high && rows >= 8 ? 8 : rows >= 4 ? 4 : rows;
        if (some == 8)
            tiles->eight(&tile);
        else if (some == 4 && is_whole)
            tiles->four(&tile);
        else if (some == 4)
            do_narrow(tiles, &tile, columns);
        else
            do_edge(tiles, &tile, some, columns);
        tile.a += some * tile.a_row;
        tile.c += some * tile.c_row;
        rows -= some;
    }
}

void PRODUCT_REAL(const struct product *s, const real *a, const real *b, real *c)
{
    struct product_tiles tiles = choose();
    real *panel = NULL;
    for (size_t first = 0; first < s->columns; first += tiles.columns) {
        size_t columns = s->columns - first < tiles.columns ? s->columns - first : tiles.columns;
        struct product_tile tile = {s->n,     s->a_row, s->a_column, s->b_row, s->c_row, a, b + first * s->b_column,
                                    c + first};
        if (s->b_column != 1 || columns < tiles.columns) {
            if (panel == NULL)
                panel = mem_alloc(s->n * tiles.columns, sizeof *panel);
            pack(s, tile.b, columns, tiles.columns, panel);
            tile.b = panel;
            tile.b_row = tiles.columns;
        }
        do_panel(&tiles, tile, s->rows, columns);
    }
    free(panel);
}
