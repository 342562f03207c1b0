/* C += A B in double precision: product_real.h with these types and instructions. */
#define PRODUCT_REAL product_double
typedef double real;
#define real_fma fma
#define REAL_512 __m512d
#define REAL_ALL512 _mm512_set1_pd
#define REAL_FMA512 _mm512_fmadd_pd
#define REAL_256 __m256d
#define REAL_ALL256 _mm256_set1_pd
#define REAL_FMA256 _mm256_fmadd_pd
#include "math/product_real.h"
