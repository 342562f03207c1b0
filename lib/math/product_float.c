#define PRODUCT_REAL product_float
typedef float real;
#define real_fma fmaf
#include "math/product_real.h"
