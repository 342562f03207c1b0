/* A tile of the product for one precision, `real`, and one instruction set; included by product_real.h once per
 * set. TILE(part) names the parts, TILE_TARGET is the attribute of functions of the set, TILE_BYTES the length
 * of a vector, and TILE_FUSED(sum, a, b) does sum += a * b, rounded once. */

typedef real TILE(vec) __attribute__((vector_size(TILE_BYTES), aligned(sizeof(real)), may_alias));
enum { TILE(LANES) = TILE_BYTES / sizeof(real) };

/* Two rows of C at two vectors of columns. */
struct TILE(pair) {
    TILE(vec) a0, a1, b0, b1;
};

TILE_TARGET static inline TILE_INLINE void TILE(load)(struct TILE(pair) * p, const real *c, size_t row)
{
    p->a0 = *(const TILE(vec) *)c;
    p->a1 = *(const TILE(vec) *)(c + TILE(LANES));
    p->b0 = *(const TILE(vec) *)(c + row);
    p->b1 = *(const TILE(vec) *)(c + row + TILE(LANES));
}

TILE_TARGET static inline TILE_INLINE void TILE(store)(const struct TILE(pair) * p, real *c, size_t row)
{
    *(TILE(vec) *)c = p->a0;
    *(TILE(vec) *)(c + TILE(LANES)) = p->a1;
    *(TILE(vec) *)(c + row) = p->b0;
    *(TILE(vec) *)(c + row + TILE(LANES)) = p->b1;
}

/* One step of k: two elements of A times two vectors of B. */
TILE_TARGET static inline TILE_INLINE void TILE(step)(struct TILE(pair) * p, const real *a, size_t row,
                                                      const TILE(vec) * left, const TILE(vec) * right)
{
    TILE_FUSED(p->a0, a[0], *left);
    TILE_FUSED(p->a1, a[0], *right);
    TILE_FUSED(p->b0, a[row], *left);
    TILE_FUSED(p->b1, a[row], *right);
}

/* 2 * pairs rows of C; `pairs` is a constant in each call. */
TILE_TARGET static inline TILE_INLINE void TILE(rows)(const struct product_tile *t, size_t pairs)
{
    const real *a = t->a, *b = t->b;
    struct TILE(pair) p, q, r, s;
    TILE(load)(&p, t->c, t->c_row);
    TILE(load)(&q, t->c + 2 * t->c_row, t->c_row);
    if (pairs > 2)
        TILE(load)(&r, t->c + 4 * t->c_row, t->c_row);
    if (pairs > 3)
        TILE(load)(&s, t->c + 6 * t->c_row, t->c_row);
    for (size_t k = 0; k < t->n; k++, a += t->a_column, b += t->b_row) {
        TILE(vec) left = *(const TILE(vec) *)b, right = *(const TILE(vec) *)(b + TILE(LANES));
        TILE(step)(&p, a, t->a_row, &left, &right);
        TILE(step)(&q, a + 2 * t->a_row, t->a_row, &left, &right);
        if (pairs > 2)
            TILE(step)(&r, a + 4 * t->a_row, t->a_row, &left, &right);
        if (pairs > 3)
            TILE(step)(&s, a + 6 * t->a_row, t->a_row, &left, &right);
    }
    TILE(store)(&p, t->c, t->c_row);
    TILE(store)(&q, t->c + 2 * t->c_row, t->c_row);
    if (pairs > 2)
        TILE(store)(&r, t->c + 4 * t->c_row, t->c_row);
    if (pairs > 3)
        TILE(store)(&s, t->c + 6 * t->c_row, t->c_row);
}

TILE_TARGET static void TILE(four)(const struct product_tile *t)
{
    TILE(rows)(t, 2);
}

/* As many rows as the registers hold. */
TILE_TARGET static void TILE(most)(const struct product_tile *t)
{
    TILE(rows)(t, TILE_ROWS / 2);
}

#undef TILE
#undef TILE_BYTES
#undef TILE_ROWS
#undef TILE_TARGET
#undef TILE_FUSED
