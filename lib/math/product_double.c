#define PRODUCT_REAL product_double
typedef double real;
#define real_fma fma
#include "math/product_real.h"
