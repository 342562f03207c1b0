/* The product C += A B for one precision, included by product_double.c and product_float.c, which define the
 * type `real`, its fused multiply-add real_fma, the function name PRODUCT_REAL, and the vectors, broadcasts and
 * fused multiply-adds of 512 and 256 bits (REAL_512, REAL_ALL512, REAL_FMA512, REAL_256 and so on).
 *
 * The blocks are those of Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM Trans. Math.
 * Softw. 34 (2008), article 12:
 *
 * 1. The sum over k is cut into blocks of DEPTH terms; C takes up the sum where the block before left it.
 * 2. B is cut into panels as wide as two vectors. A panel is copied, with zeros at the edge, if its columns are not
 *    adjacent in memory, if it is narrow, or if there are many rows (pack_panel): then it stays in the first-level
 *    cache.
 * 3. A is copied into blocks of tiles if there are many panels (pack_tiles): then a block stays in the second-level
 *    cache.
 * 4. Down each panel, tiles of 8, 6 or 4 rows of C stay in registers while k runs over the block (product_tile.h);
 *    eight rows need the 32 registers of AVX-512.
 * 5. Rows and columns at the edges are computed in a whole tile on the stack (do_edge).
 *
 * Each element of C is the same chain of fused multiply-adds over k, whatever the tile: the same bits for
 * AVX-512, AVX2, the portable code with fma(), and any number of threads that share out rows or columns. Memory:
 * a block of A and a block of panels. */

#include "base/cpu.h"
#include "base/mem.h"
#include "math/product.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
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
#define TILE_TARGET CPU_AVX512_TARGET
#define TILE_BYTES 64
#define TILE_ROWS 8
#define TILE_FUSED(sum, a, b) ((sum) = (avx512_vec)REAL_FMA512(REAL_ALL512(a), (REAL_512)(b), (REAL_512)(sum)))
#include "math/product_tile.h"

#define TILE(part) avx2_##part
#define TILE_TARGET CPU_AVX2_TARGET
#define TILE_BYTES 32
#define TILE_ROWS 6
#define TILE_FUSED(sum, a, b) ((sum) = (avx2_vec)REAL_FMA256(REAL_ALL256(a), (REAL_256)(b), (REAL_256)(sum)))
#include "math/product_tile.h"
#endif

#define TILE(part) any_##part
#define TILE_TARGET
#define TILE_BYTES 16
#define TILE_ROWS 4
#define TILE_FUSED(sum, a, b)                                                                                          \
    for (size_t lane = 0; lane < any_LANES; lane++)                                                                    \
    (sum)[lane] = real_fma((a), (b)[lane], (sum)[lane])
#include "math/product_tile.h"

enum { ROWS_MAX = 8, COLUMNS_MAX = 2 * 64 / sizeof(real) };

struct product_tiles {
    size_t rows, columns; /* of a tile */
    void (*four)(const struct product_tile *tile);
    void (*most)(const struct product_tile *tile); /* `rows` rows */
};

static struct product_tiles choose(void)
{
#if defined(__x86_64__)
    enum cpu_level level = cpu_level();
    if (level == CPU_AVX512)
        return (struct product_tiles){8, 2 * avx512_LANES, avx512_four, avx512_most};
    if (level == CPU_AVX2)
        return (struct product_tiles){6, 2 * avx2_LANES, avx2_four, avx2_most};
#endif
    return (struct product_tiles){4, 2 * any_LANES, any_four, any_most};
}

/* Copies n numbers, an even number of them. */
static inline void copy(size_t n, const real *from, real *to)
{
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        memcpy(to + i, from + i, 4 * sizeof *to);
    if (i < n)
        memcpy(to + i, from + i, 2 * sizeof *to);
}

/* Copies `columns` columns of n rows of B side by side, with zeros up to the columns of a tile. */
static void pack_panel(const struct product *s, size_t n, const real *b, size_t columns, size_t tile_columns,
                       real *panel)
{
    for (size_t k = 0; k < n; k++, b += s->b_row, panel += tile_columns) {
        size_t j = 0;
        if (s->b_column == 1 && columns == tile_columns)
            copy(tile_columns, b, panel);
        else
            for (; j < columns; j++)
                panel[j] = b[j * s->b_column];
        for (; j < tile_columns && columns < tile_columns; j++)
            panel[j] = 0;
    }
}

/* Copies `rows` rows and n columns of A as tiles of tile_rows rows, each column of a tile in one piece; rows beyond
 * the last are 0. */
static void pack_tiles(const struct product *s, size_t n, const real *a, size_t rows, size_t tile_rows, real *tiles)
{
    for (size_t first = 0; first < rows; first += tile_rows, a += tile_rows * s->a_row) {
        size_t some = rows - first < tile_rows ? rows - first : tile_rows;
        for (size_t k = 0; k < n; k++, tiles += tile_rows) {
            if (some == tile_rows && s->a_row == 1)
                copy(tile_rows, a + k * s->a_column, tiles);
            else
                for (size_t i = 0; i < tile_rows; i++)
                    tiles[i] = i < some ? a[i * s->a_row + k * s->a_column] : 0;
        }
    }
}

/* Rows of the tile that computes `rows` rows at the edge. */
static size_t edge_rows(size_t rows)
{
    return rows <= 4 ? 4 : ROWS_MAX;
}

/* A tile at an edge of C, by way of a whole tile. The rows of A are whole. */
static void do_edge(const struct product_tiles *tiles, const struct product_tile *tile, size_t rows, size_t columns)
{
    real c[ROWS_MAX * COLUMNS_MAX] = {0};
    struct product_tile whole = *tile;
    whole.c_row = tiles->columns;
    whole.c = c;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            c[i * tiles->columns + j] = tile->c[i * tile->c_row + j];
    (rows <= 4 ? tiles->four : tiles->most)(&whole);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            tile->c[i * tile->c_row + j] = c[i * tiles->columns + j];
}

/* Some rows of C and some terms of the sum, for all panels. */
struct product_block {
    const struct product *shape;
    const struct product_tiles *tiles;
    size_t rows, n;
    const real *a;    /* the first row, or the tiles when they are packed */
    bool is_packed;   /* all rows are packed as tiles */
    const real *edge; /* the rows behind the last whole tile, packed */
};

/* Adds the block's terms to the columns of one panel of C. */
static void do_panel(const struct product_block *block, struct product_tile tile, size_t columns)
{
    const struct product_tiles *tiles = block->tiles;
    bool is_whole = columns == tiles->columns;
    for (size_t row = 0; row < block->rows; row += tiles->rows, tile.c += tiles->rows * tile.c_row) {
        size_t some = block->rows - row < tiles->rows ? block->rows - row : tiles->rows;
        if (block->is_packed) {
            tile.a = block->a + row * tile.n;
            tile.a_row = 1;
            tile.a_column = tiles->rows;
        } else if (some == tiles->rows || some == 4) {
            tile.a = block->a + row * block->shape->a_row;
            tile.a_row = block->shape->a_row;
            tile.a_column = block->shape->a_column;
        } else {
            tile.a = block->edge;
            tile.a_row = 1;
            tile.a_column = edge_rows(some);
        }
        if (is_whole && some == tiles->rows)
            tiles->most(&tile);
        else if (is_whole && some == 4)
            tiles->four(&tile);
        else
            do_edge(tiles, &tile, some, columns);
    }
}

enum { MANY = 32 }; /* rows or columns for which a copy pays … */
enum { FAR = 128 }; /* … if the elements of consecutive terms are that far apart */

static void do_block(const struct product_block *block, const real *b, real *c, real *panel)
{
    const struct product *s = block->shape;
    size_t width = block->tiles->columns;
    for (size_t first = 0; first < s->columns; first += width) {
        size_t columns = s->columns - first < width ? s->columns - first : width;
        struct product_tile tile = {
            .n = block->n, .b_row = s->b_row, .c_row = s->c_row, .b = b + first * s->b_column, .c = c + first};
        if (s->b_column != 1 || columns < width || (s->rows >= MANY && s->b_row >= FAR)) {
            pack_panel(s, block->n, tile.b, columns, width, panel);
            tile.b = panel;
            tile.b_row = width;
        }
        do_panel(block, tile, columns);
    }
}

void PRODUCT_REAL(const struct product *s, const real *a, const real *b, real *c)
{
    enum { DEPTH = 256, BLOCK_ROWS = 192, LINE = 64 }; /* BLOCK_ROWS: a multiple of the rows of all tiles */
    const struct product_tiles tiles = choose();
    struct product_block block = {.shape = s, .tiles = &tiles, .is_packed = s->columns >= MANY && s->a_column >= FAR};
    size_t depth = s->n < DEPTH ? s->n : DEPTH, row_step = block.is_packed ? BLOCK_ROWS : s->rows;
    size_t packed_rows = block.is_packed && s->rows > tiles.rows ? BLOCK_ROWS : ROWS_MAX;
    real *memory = mem_alloc((tiles.columns + packed_rows) * depth + LINE / sizeof(real), sizeof *memory);
    real *panel = memory + (LINE - (uintptr_t)memory % LINE) / sizeof(real), *left = panel + tiles.columns * depth;
    for (size_t k = 0; k < s->n; k += depth) {
        block.n = s->n - k < depth ? s->n - k : depth;
        for (size_t row = 0; row < s->rows; row += row_step) {
            const real *first = a + row * s->a_row + k * s->a_column;
            block.rows = s->rows - row < row_step ? s->rows - row : row_step;
            size_t rest = block.rows % tiles.rows;
            if (block.is_packed)
                pack_tiles(s, block.n, first, block.rows, tiles.rows, left);
            else if (rest > 0 && rest != 4)
                pack_tiles(s, block.n, first + (block.rows - rest) * s->a_row, rest, edge_rows(rest), left);
            block.a = block.is_packed ? left : first;
            block.edge = left;
            do_block(&block, b + k * s->b_row, c + row * s->c_row, panel);
        }
    }
    free(memory);
}
