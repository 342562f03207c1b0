/* Many decimal fields to doubles, the inner loop of reading CSV: the results are those of number_parse, bit for
 * bit.
 *
 * 1. A field of at most 16 characters behind its sign, digits with at most one point, is loaded as a vector that
 *    ends at the field's end, so that a digit's weight depends only on its place in the vector. Digits before
 *    the point move one byte on, which closes the gap: a blend with the load one byte earlier, or a shift.
 * 2. Multiply-add instructions join pairs, fours and eights of digits (join16).
 * 3. An integer up to 2^53 is divided by a power of ten up to 10^15: both are doubles, so that the division
 *    rounds once (W. D. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990).
 * 4. Fields with up to 32 characters and 19 digits, or a short exponent, go through 256-bit vectors and scale.h
 *    (read_precise, read_any); everything else through number_parse.
 *
 * AVX-512 does steps 1 to 3 for four fields at a time, AVX2 for one; the portable variant calls number_parse.
 * Loads reach up to 64 bytes beyond a field, which callers must allow. */
#include "text/number.h"

#include "base/cpu.h"
#include "text/scale.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define NUMBER_X86 1
#endif

#define INLINE static inline __attribute__((always_inline))

/* What the readers of each instruction set return for the `n` characters that end at `end`, 1 to 16 or 17 to 32
 * of them. */
struct number_batch_decimal {
    uint64_t digits;   /* as one integer, below 10^19 */
    unsigned fraction; /* number of digits behind the point */
    bool good;         /* only digits and at most one point, and not too many */
};

typedef struct number_batch_decimal (*number_batch_reader)(const char *end, size_t n);

/* ---- the loop, the same for every instruction set ---- */

static const double power_of_ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* The exponent at the end of the field ("e-07"), 0 if there is none of up to three digits; *n becomes the length
 * of the part before it. */
INLINE int short_exponent(const char *field, size_t *n)
{
    int exponent = 0, weight = 1;
    for (size_t i = *n - 1; i > 0 && i + 5 >= *n; i--, weight *= 10) {
        unsigned digit = (unsigned char)field[i] - (unsigned)'0';
        if (digit <= 9) {
            exponent += (int)digit * weight;
            continue;
        }
        bool negative = field[i] == '-', has_sign = negative || field[i] == '+';
        size_t e = i - has_sign;
        if (e > 0 && weight > 1 && (field[e] | 0x20) == 'e') {
            *n = e;
            return negative ? -exponent : exponent;
        }
        break;
    }
    return 0;
}

/* Sets the sign bit without a branch, which would be mispredicted for every other field of mixed signs. */
INLINE double with_sign(double magnitude, bool negative)
{
    uint64_t bits;
    memcpy(&bits, &magnitude, sizeof bits);
    bits |= (uint64_t)negative << 63;
    memcpy(&magnitude, &bits, sizeof bits);
    return magnitude;
}

/* Reads a field of at most 16 characters without exponent whose digits are an integer up to 2^53; false for any
 * other field. */
INLINE bool read_common(const char *field, size_t n, double *value, number_batch_reader read16)
{
    bool negative = *field == '-';
    size_t sign = negative | (*field == '+');
    size_t length = n - sign; /* wraps for the empty field, which is thus too long */
    if (length - 1 >= 16)
        return false;
    struct number_batch_decimal d = read16(field + n, length);
    *value = with_sign((double)(int64_t)d.digits / power_of_ten[d.fraction], negative);
    return d.good && d.digits <= (uint64_t)1 << 53;
}

/* Reads up to 19 digits without an exponent, within 32 characters. */
INLINE bool read_precise(const char *field, size_t n, double *value, number_batch_reader read32)
{
    bool negative = *field == '-';
    size_t sign = negative | (*field == '+');
    size_t length = n - sign;
    if (length - 1 >= 32)
        return false;
    struct number_batch_decimal d = read32(field + n, length);
    if (!d.good)
        return false;
    *value = with_sign(scale_to_double(d.digits, -(int)d.fraction), negative);
    return true;
}

/* Reads any other field; false if it is not a number. */
INLINE bool read_any(const char *field, size_t n, double *value, number_batch_reader read32)
{
    size_t sign = n > 0 && (*field == '-' || *field == '+');
    const char *begin = field + sign;
    size_t length = n - sign;
    if (length - 1 < 32) {
        int exponent = short_exponent(begin, &length);
        struct number_batch_decimal d = read32(begin + length, length);
        if (d.good) {
            *value = with_sign(scale_to_double(d.digits, exponent - (int)d.fraction), *field == '-');
            return true;
        }
    }
    return number_parse((struct slice){field, n}, value);
}

INLINE size_t batch_loop(const char *text, const uint32_t *begin, const uint32_t *end, size_t n, size_t stride,
                         double *out, size_t out_stride, number_batch_reader read16,
                         bool (*read_rest)(const char *field, size_t n, double *value))
{
    for (size_t i = 0; i < n; i++) {
        size_t b = begin[i * stride], e = end[i * stride];
        double *value = &out[i * out_stride];
        if (__builtin_expect(!read_common(text + b, e - b, value, read16), 0) && !read_rest(text + b, e - b, value))
            return i;
    }
    return n;
}

/* ---- the instruction sets ---- */

static size_t number_batch_portable(const char *text, const uint32_t *begin, const uint32_t *end, size_t n,
                                    size_t stride, double *out, size_t out_stride)
{
    for (size_t i = 0; i < n; i++) {
        struct slice field = {text + begin[i * stride], end[i * stride] - begin[i * stride]};
        if (!number_parse(field, &out[i * out_stride]))
            return i;
    }
    return n;
}

#ifdef NUMBER_X86

#define AVX2 __attribute__((target("avx2,bmi,bmi2")))

/* The place of the point in a field, given the bytes that are not digits and the bytes that are points as bit
 * masks; bit `last` is the last byte of the field. */
struct number_batch_point {
    uint32_t upto; /* mask of the bytes up to the point, which move by one; 0 without a point */
    unsigned fraction;
    bool good;
};

INLINE struct number_batch_point find_point(uint32_t others, uint32_t points, unsigned last, size_t n)
{
    bool found = others != 0;
    unsigned at = (unsigned)__builtin_ctz(others | 1u << last);
    return (struct number_batch_point){
        .upto = found ? others ^ (others - 1) : 0,
        .fraction = found ? last - at : 0,
        .good = (others & (others - 1)) == 0 && others == points && n > found,
    };
}

/* Joins 16 digits (values 0-9, the first of greatest weight) to one integer. */
INLINE AVX2 uint64_t join16(__m128i digits)
{
    __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010a));
    __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00010064));
    __m128i packed = _mm_packus_epi32(fours, fours);
    __m128i eights = _mm_madd_epi16(packed, _mm_set1_epi32(0x00012710));
    uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
    return (both & 0xffffffffu) * 100000000u + (both >> 32);
}

INLINE AVX2 __m128i bytes_below(unsigned count) /* 0xff in the first `count` of 16 bytes */
{
    const __m128i number = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    return _mm_cmpgt_epi8(_mm_set1_epi8((char)count), number);
}

INLINE AVX2 struct number_batch_decimal read16_avx2(const char *end, size_t n)
{
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)(end - 16));
    __m128i before = _mm_loadu_si128((const __m128i *)(const void *)(end - 17));
    __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);
    __m128i digits = _mm_sub_epi8(text, zero);
    uint32_t inside = 0xffffu & (0xffffu << (16 - n));
    uint32_t is_digit = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digits, nine), digits));
    uint32_t is_point = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8('.')));
    struct number_batch_point point = find_point(~is_digit & inside, is_point & inside, 15, n);
    unsigned moved = point.upto != 0 ? 16 - point.fraction : 0;
    __m128i joined = _mm_blendv_epi8(digits, _mm_sub_epi8(before, zero), bytes_below(moved));
    joined = _mm_andnot_si128(bytes_below((unsigned)(16 - n) + (moved != 0)), joined);
    return (struct number_batch_decimal){join16(joined), point.fraction, point.good};
}

INLINE AVX2 __m256i bytes_below_wide(unsigned count)
{
    const __m256i number = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                                            21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)count), number);
}

/* Joins 32 digits, the first of greatest weight, to two integers of 16 digits. */
INLINE AVX2 void join32(__m256i digits, uint64_t *high, uint64_t *low)
{
    __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010a));
    __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
    __m256i packed = _mm256_packus_epi32(fours, fours);
    __m256i eights = _mm256_madd_epi16(packed, _mm256_set1_epi32(0x00012710));
    uint64_t first = (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(eights));
    uint64_t second = (uint64_t)_mm_cvtsi128_si64(_mm256_extracti128_si256(eights, 1));
    *high = (first & 0xffffffffu) * 100000000u + (first >> 32);
    *low = (second & 0xffffffffu) * 100000000u + (second >> 32);
}

INLINE AVX2 struct number_batch_decimal read32_avx2(const char *end, size_t n)
{
    __m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(end - 32));
    __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(end - 33));
    __m256i zero = _mm256_set1_epi8('0'), nine = _mm256_set1_epi8(9);
    __m256i digits = _mm256_sub_epi8(text, zero);
    uint32_t inside = 0xffffffffu << (32 - n);
    uint32_t is_digit = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(digits, nine), digits));
    uint32_t is_point = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, _mm256_set1_epi8('.')));
    struct number_batch_point point = find_point(~is_digit & inside, is_point & inside, 31, n);
    unsigned moved = point.upto != 0 ? 32 - point.fraction : 0;
    __m256i joined = _mm256_blendv_epi8(digits, _mm256_sub_epi8(before, zero), bytes_below_wide(moved));
    uint64_t high, low;
    join32(_mm256_andnot_si256(bytes_below_wide((unsigned)(32 - n) + (moved != 0)), joined), &high, &low);
    return (struct number_batch_decimal){high * 10000000000000000u + low, point.fraction, point.good && high < 1000};
}

AVX2 __attribute__((noinline)) static bool read_rest_avx2(const char *field, size_t n, double *value)
{
    return read_precise(field, n, value, read32_avx2) || read_any(field, n, value, read32_avx2);
}

AVX2 static size_t number_batch_avx2(const char *text, const uint32_t *begin, const uint32_t *end, size_t n,
                                     size_t stride, double *out, size_t out_stride)
{
    return batch_loop(text, begin, end, n, stride, out, out_stride, read16_avx2, read_rest_avx2);
}

/* Four fields at a time, one per 128 bits, by the steps of read_common. A bit mask of one field is a 16-bit
 * element of a vector; four of them as a 64-bit integer are the mask of all bytes. */
#define AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512dq,avx512bitalg")))

INLINE AVX512 __m128i four_numbers(const uint32_t *p, size_t stride)
{
    return _mm_setr_epi32((int)p[0], (int)p[stride], (int)p[2 * stride], (int)p[3 * stride]);
}

INLINE AVX512 __m128i load16(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* The 16 bytes before each end. */
INLINE AVX512 __m512i four_texts(const char *text, const uint32_t *end, size_t stride)
{
    __m512i four = _mm512_castsi128_si512(load16(text + end[0] - 16));
    four = _mm512_inserti32x4(four, load16(text + end[stride] - 16), 1);
    four = _mm512_inserti32x4(four, load16(text + end[2 * stride] - 16), 2);
    return _mm512_inserti32x4(four, load16(text + end[3 * stride] - 16), 3);
}

INLINE AVX512 __m128i four_first_bytes(const char *text, const uint32_t *begin, size_t stride)
{
    const unsigned char *p = (const unsigned char *)text;
    return _mm_setr_epi16(p[begin[0]], p[begin[stride]], p[begin[2 * stride]], p[begin[3 * stride]], 0, 0, 0, 0);
}

/* Joins the 16 digits of each field to one integer. */
INLINE AVX512 __m256i join_four(__m512i digits)
{
    __m512i pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(0x010a));
    __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
    __m512i packed = _mm512_packus_epi32(fours, fours);
    __m512i eights = _mm512_madd_epi16(packed, _mm512_set1_epi32(0x00012710));
    __m512i high = _mm512_mul_epu32(eights, _mm512_set1_epi64(100000000));
    __m512i all = _mm512_add_epi64(high, _mm512_srli_epi64(eights, 32));
    return _mm512_castsi512_si256(_mm512_permutexvar_epi64(_mm512_setr_epi64(0, 2, 4, 6, 0, 2, 4, 6), all));
}

INLINE AVX512 __m256d four_powers(__m128i exponents)
{
    __m512i index = _mm512_castsi256_si512(_mm256_cvtepu16_epi64(exponents));
    return _mm512_castpd512_pd256(
        _mm512_permutex2var_pd(_mm512_loadu_pd(power_of_ten), index, _mm512_loadu_pd(power_of_ten + 8)));
}

/* Reads four fields. Returns a bit for each field that read_common would refuse; its value is meaningless. */
INLINE AVX512 unsigned read_four(const char *text, const uint32_t *begin, const uint32_t *end, size_t stride,
                                 __m256d *value)
{
    const __m128i one = _mm_set1_epi16(1), sixteen = _mm_set1_epi16(16);
    __m128i first = four_first_bytes(text, begin, stride);
    __mmask8 negative = _mm_cmpeq_epi16_mask(first, _mm_set1_epi16('-'));
    __mmask8 has_sign = negative | _mm_cmpeq_epi16_mask(first, _mm_set1_epi16('+'));
    __m128i length = _mm_cvtusepi32_epi16(_mm_sub_epi32(four_numbers(end, stride), four_numbers(begin, stride)));
    length = _mm_mask_sub_epi16(length, has_sign, length, one);
    __m128i inside =
        _mm_sllv_epi16(_mm_set1_epi16(-1), _mm_sub_epi16(sixteen, length)); /* 0 for more than 16 characters */
    uint64_t inside_bits = (uint64_t)_mm_cvtsi128_si64(inside);

    __m512i bytes = four_texts(text, end, stride);
    __m512i digits = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
    __m128i others =
        _mm_cvtsi64_si128((long long)_mm512_mask_cmpgt_epu8_mask(inside_bits, digits, _mm512_set1_epi8(9)));
    __m128i points =
        _mm_cvtsi64_si128((long long)_mm512_mask_cmpeq_epi8_mask(inside_bits, bytes, _mm512_set1_epi8('.')));
    __mmask8 has_point = _mm_test_epi16_mask(others, others);
    __m128i below = _mm_sub_epi16(others, one);
    __m128i upto = _mm_maskz_mov_epi16(has_point, _mm_xor_si128(others, below));
    __m128i kept = _mm_mask_slli_epi16(inside, has_point, inside, 1);
    __m128i fraction = _mm_maskz_sub_epi16(has_point, sixteen, _mm_popcnt_epi16(upto));
    __mmask8 bad = _mm_cmpneq_epi16_mask(others, points) | _mm_mask_test_epi16_mask(has_point, others, below) |
                   _mm_testn_epi16_mask(kept, kept);

    __mmask64 moved_bits = (uint64_t)_mm_cvtsi128_si64(upto), kept_bits = (uint64_t)_mm_cvtsi128_si64(kept);
    __m512i joined = _mm512_mask_mov_epi8(digits, moved_bits, _mm512_bslli_epi128(digits, 1));
    __m256i integers = join_four(_mm512_maskz_mov_epi8(kept_bits, joined));
    bad |= _mm256_cmpgt_epu64_mask(integers, _mm256_set1_epi64x((long long)1 << 53));
    __m256d magnitude = _mm256_div_pd(_mm256_cvtepu64_pd(integers), four_powers(fraction));
    *value = _mm256_mask_xor_pd(magnitude, negative, magnitude, _mm256_set1_pd(-0.0));
    return bad & 0xfu;
}

AVX512 static size_t number_batch_avx512(const char *text, const uint32_t *begin, const uint32_t *end, size_t n,
                                         size_t stride, double *out, size_t out_stride)
{
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const uint32_t *b = begin + i * stride, *e = end + i * stride;
        double *to = out + i * out_stride;
        unsigned bad = 0xf;
        if (*e - *b <= 17) { /* otherwise the next three are likely too long as well */
            __m256d value = _mm256_setzero_pd();
            bad = read_four(text, b, e, stride, &value);
            __m128d low = _mm256_castpd256_pd128(value), high = _mm256_extractf128_pd(value, 1);
            _mm_storel_pd(to, low);
            _mm_storeh_pd(to + out_stride, low);
            _mm_storel_pd(to + 2 * out_stride, high);
            _mm_storeh_pd(to + 3 * out_stride, high);
        }
        for (; __builtin_expect(bad != 0, 0); bad &= bad - 1) {
            unsigned k = (unsigned)__builtin_ctz(bad);
            if (!read_rest_avx2(text + b[k * stride], e[k * stride] - b[k * stride], to + k * out_stride))
                return i + k;
        }
    }
    return i + number_batch_avx2(text, begin + i * stride, end + i * stride, n - i, stride, out + i * out_stride,
                                 out_stride);
}

#endif

/* ---- choosing ---- */

typedef size_t (*number_batch_variant)(const char *text, const uint32_t *begin, const uint32_t *end, size_t n,
                                       size_t stride, double *out, size_t out_stride);

static const number_batch_variant variants[] = {
    [CPU_PORTABLE] = number_batch_portable,
#ifdef NUMBER_X86
    [CPU_AVX2] = number_batch_avx2,
    [CPU_AVX512] = number_batch_avx512,
#endif
};

static number_batch_variant variant(void)
{
    enum cpu_level level = cpu_level();
#ifdef NUMBER_X86
    if (level == CPU_AVX512 && !__builtin_cpu_supports("avx512bitalg"))
        level = CPU_AVX2;
#endif
    return variants[level];
}

size_t number_parse_batch(const char *text, const uint32_t *begin, const uint32_t *end, size_t n, size_t stride,
                          double *out, size_t out_stride)
{
    return variant()(text, begin, end, n, stride, out, out_stride);
}
