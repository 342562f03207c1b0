/* A tile of the product for one precision, `real`, and one instruction set; included by product_real.h once per
 * set. TILE(part) names the parts, TILE_TARGET is the attribute of functions of the set, TILE_BYTES the length
 * of a vector, and TILE_FUSED(sum, a, b) does sum += a * b, rounded once. */

typedef real TILE(vec) __attribute__((vector_size(TILE_BYTES), aligned(sizeof(real)), may_alias));
enum { TILE(LANES) = TILE_BYTES / sizeof(real) };

/* Four rows of C at two vectors of columns. */
struct TILE(quad) {
    TILE(vec) a0, a1, b0, b1, c0, c1, d0, d1;
};

TILE_TARGET static inline TILE_INLINE void TILE(load)(struct TILE(quad) * q, const real *c, size_t row)
{
    q->a0 = *(const TILE(vec) *)c;
    q->a1 = *(const TILE(vec) *)(c + TILE(LANES));
    q->b0 = *(const TILE(vec) *)(c + row);
    q->b1 = *(const TILE(vec) *)(c + row + TILE(LANES));
    q->c0 = *(const TILE(vec) *)(c + 2 * row);
    q->c1 = *(const TILE(vec) *)(c + 2 * row + TILE(LANES));
    q->d0 = *(const TILE(vec) *)(c + 3 * row);
    q->d1 = *(const TILE(vec) *)(c + 3 * row + TILE(LANES));
}

TILE_TARGET static inline TILE_INLINE void TILE(store)(const struct TILE(quad) * q, real *c, size_t row)
{
    *(TILE(vec) *)c = q->a0;
    *(TILE(vec) *)(c + TILE(LANES)) = q->a1;
    *(TILE(vec) *)(c + row) = q->b0;
    *(TILE(vec) *)(c + row + TILE(LANES)) = q->b1;
    *(TILE(vec) *)(c + 2 * row) = q->c0;
    *(TILE(vec) *)(c + 2 * row + TILE(LANES)) = q->c1;
    *(TILE(vec) *)(c + 3 * row) = q->d0;
    *(TILE(vec) *)(c + 3 * row + TILE(LANES)) = q->d1;
}

/* One step of k: four elements of A times two vectors of B. */
TILE_TARGET static inline TILE_INLINE void TILE(step)(struct TILE(quad) * q, const real *a, size_t row, const real *b)
{
    TILE(vec) left = *(const TILE(vec) *)b, right = *(const TILE(vec) *)(b + TILE(LANES));
    TILE_FUSED(q->a0, a[0], left);
    TILE_FUSED(q->a1, a[0], right);
    TILE_FUSED(q->b0, a[row], left);
    TILE_FUSED(q->b1, a[row], right);
    TILE_FUSED(q->c0, a[2 * row], left);
    TILE_FUSED(q->c1, a[2 * row], right);
    TILE_FUSED(q->d0, a[3 * row], left);
    TILE_FUSED(q->d1, a[3 * row], right);
}

TILE_TARGET static void TILE(four)(const struct product_tile *t)
{
    const real *a = t->a, *b = t->b;
    struct TILE(quad) q;
    TILE(load)(&q, t->c, t->c_row);
    for (size_t k = 0; k < t->n; k++, a += t->a_column, b += t->b_row)
        TILE(step)(&q, a, t->a_row, b);
    TILE(store)(&q, t->c, t->c_row);
}

TILE_TARGET static void TILE(eight)(const struct product_tile *t)
{
    const real *a = t->a, *below = a + 4 * t->a_row, *b = t->b;
    struct TILE(quad) p, q;
    TILE(load)(&p, t->c, t->c_row);
    TILE(load)(&q, t->c + 4 * t->c_row, t->c_row);
    for (size_t k = 0; k < t->n; k++, a += t->a_column, below += t->a_column, b += t->b_row) {
        TILE(step)(&p, a, t->a_row, b);
        TILE(step)(&q, below, t->a_row, b);
    }
    TILE(store)(&p, t->c, t->c_row);
    TILE(store)(&q, t->c + 4 * t->c_row, t->c_row);
}

#undef TILE
#undef TILE_BYTES
#undef TILE_TARGET
#undef TILE_FUSED
