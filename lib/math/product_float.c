/* C += A B in single precision: product_real.h with these types and instructions. */
#define PRODUCT_REAL product_float
typedef float real;
#define real_fma fmaf
#define REAL_512 __m512
#define REAL_ALL512 _mm512_set1_ps
#define REAL_FMA512 _mm512_fmadd_ps
#define REAL_256 __m256
#define REAL_ALL256 _mm256_set1_ps
#define REAL_FMA256 _mm256_fmadd_ps
#include "math/product_real.h"
