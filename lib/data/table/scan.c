/* Finds separators, or the bytes of a set, 64 bytes at a time, without branches per byte (as simdjson does: Langdale
 * and Lemire, Parsing Gigabytes of JSON per Second, VLDB Journal 2019).
 *
 * 1. marks_*: compares a stretch of 64 bytes with each special character; a bit per byte. members_*: with a set.
 * 2. csv_loop, blanks_loop: bit operations find where fields end, and whether the text has something that only the
 *    general reader handles (quotes, lone CRs); a bit is carried from stretch to stretch.
 * 3. expand_*: writes the offsets of the set bits.
 *
 * The loops are written once and inlined with the functions of each instruction set: portable, AVX2, AVX-512. All give
 * the same offsets. Pure functions: any thread. */

#include "data/table/scan.h"

#include "base/cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define SCAN_X86 1
#endif

#define INLINE static inline __attribute__((always_inline))

/* One bit per byte of a stretch of 64, bit 0 for the first. */
struct scan_marks {
    uint64_t delimiter, lf, cr, quote, blank, tab;
};

/* ---- one stretch: four ways to find the marks ---- */

/* Bytes of the word that equal the pattern's byte, as the high bit of each (Mycroft's test, exact form). */
INLINE uint64_t equal_bytes(uint64_t word, uint64_t pattern)
{
    const uint64_t low7 = 0x7f7f7f7f7f7f7f7fu;
    uint64_t x = word ^ pattern;
    return ~(((x & low7) + low7) | x | low7);
}

/* The high bits of the eight bytes as the low eight bits, first byte first. */
INLINE uint64_t gather_bits(uint64_t high_bits)
{
    return ((high_bits >> 7) * 0x0102040810204080u) >> 56;
}

/* Eight bytes, the first one lowest. */
INLINE uint64_t load_word(const char *p)
{
    uint64_t word = 0;
    for (unsigned k = 0; k < 8; k++)
        word |= (uint64_t)(unsigned char)p[k] << (8 * k);
    return word;
}

INLINE struct scan_marks marks_portable(const char *p, char delimiter)
{
    const uint64_t ones = 0x0101010101010101u;
    struct scan_marks m = {0};
    for (unsigned i = 0; i < 8; i++) {
        uint64_t word = load_word(p + 8 * i);
        m.delimiter |= gather_bits(equal_bytes(word, ones * (unsigned char)delimiter)) << (8 * i);
        m.lf |= gather_bits(equal_bytes(word, ones * '\n')) << (8 * i);
        m.cr |= gather_bits(equal_bytes(word, ones * '\r')) << (8 * i);
        m.quote |= gather_bits(equal_bytes(word, ones * '"')) << (8 * i);
        m.blank |= gather_bits(equal_bytes(word, ones * ' ')) << (8 * i);
        m.tab |= gather_bits(equal_bytes(word, ones * '\t')) << (8 * i);
    }
    return m;
}

/* Bytes of the stretch that are in the set. */
INLINE uint64_t members_portable(const char *p, const char *set)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t members = 0;
    for (unsigned i = 0; i < 8; i++) {
        uint64_t word = load_word(p + 8 * i), found = 0;
        for (unsigned k = 0; k < SCAN_SET; k++)
            found |= equal_bytes(word, ones * (unsigned char)set[k]);
        members |= gather_bits(found) << (8 * i);
    }
    return members;
}

/* Writes base + the number of each set bit; up to 16 entries behind the last are overwritten too. */
INLINE size_t expand_portable(uint64_t bits, size_t base, uint32_t *out)
{
    size_t count = (size_t)__builtin_popcountll(bits);
    for (size_t i = 0; i < count; i++, bits &= bits - 1)
        out[i] = (uint32_t)(base + (size_t)__builtin_ctzll(bits));
    return count;
}

#ifdef SCAN_X86

INLINE __attribute__((target("avx2,bmi,bmi2,popcnt"))) uint64_t equal_avx2(__m256i low, __m256i high, char c)
{
    __m256i pattern = _mm256_set1_epi8(c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
    return a | (uint64_t)b << 32;
}

INLINE __attribute__((target("avx2,bmi,bmi2,popcnt"))) struct scan_marks marks_avx2(const char *p, char delimiter)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    return (struct scan_marks){equal_avx2(low, high, delimiter), equal_avx2(low, high, '\n'),
                               equal_avx2(low, high, '\r'),      equal_avx2(low, high, '"'),
                               equal_avx2(low, high, ' '),       equal_avx2(low, high, '\t')};
}

INLINE __attribute__((target("avx2,bmi,bmi2,popcnt"))) uint64_t members_avx2(const char *p, const char *set)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    __m256i a = _mm256_setzero_si256(), b = a;
    for (unsigned k = 0; k < SCAN_SET; k++) {
        __m256i pattern = _mm256_set1_epi8(set[k]);
        a = _mm256_or_si256(a, _mm256_cmpeq_epi8(low, pattern));
        b = _mm256_or_si256(b, _mm256_cmpeq_epi8(high, pattern));
    }
    return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

INLINE __attribute__((target("avx2,bmi,bmi2,popcnt"))) size_t expand_avx2(uint64_t bits, size_t base, uint32_t *out)
{
    size_t count = (size_t)__builtin_popcountll(bits);
    for (size_t i = 0; i < count; i += 4) {
        for (size_t k = 0; k < 4; k++, bits = _blsr_u64(bits))
            out[i + k] = (uint32_t)(base + _tzcnt_u64(bits));
    }
    return count;
}

#define AVX512 "avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt"

INLINE __attribute__((target(AVX512))) struct scan_marks marks_avx512(const char *p, char delimiter)
{
    __m512i bytes = _mm512_loadu_si512(p);
    return (struct scan_marks){_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(delimiter)),
                               _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
                               _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r')),
                               _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
                               _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(' ')),
                               _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\t'))};
}

INLINE __attribute__((target(AVX512))) uint64_t members_avx512(const char *p, const char *set)
{
    __m512i bytes = _mm512_loadu_si512(p);
    uint64_t members = 0;
    for (unsigned k = 0; k < SCAN_SET; k++)
        members |= _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(set[k]));
    return members;
}

static const unsigned char numbers_0_to_63[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                  16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                                  32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                                  48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

INLINE __attribute__((target(AVX512))) size_t expand_avx512(uint64_t bits, size_t base, uint32_t *out)
{
    size_t count = (size_t)_mm_popcnt_u64(bits);
    __m512i set = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers_0_to_63));
    __m512i offset = _mm512_set1_epi32((int)base);
    _mm512_storeu_si512(out, _mm512_add_epi32(offset, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(set))));
    if (count > 16) {
        unsigned char number[64];
        _mm512_storeu_si512(number, set);
        for (size_t i = 16; i < count; i++)
            out[i] = (uint32_t)base + number[i];
    }
    return count;
}

#endif

/* ---- the loops, the same for every way ---- */

typedef struct scan_marks (*find_marks)(const char *p, char delimiter);
typedef uint64_t (*find_members)(const char *p, const char *set);
typedef size_t (*expand_bits)(uint64_t bits, size_t base, uint32_t *out);

/* Bits of the bytes that belong to the text in the stretch at `at`. */
INLINE uint64_t inside(size_t at, size_t n)
{
    return n - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (n - at)) - 1;
}

INLINE struct scan csv_loop(const char *text, size_t n, char delimiter, uint32_t *out, find_marks find,
                            expand_bits expand)
{
    struct scan scan = {0};
    uint64_t special = 0, blanks = 0, cr_before = 0; /* the stretch before ended in CR */
    for (size_t at = 0; at < n; at += 64) {
        struct scan_marks m = find(text + at, delimiter);
        uint64_t valid = inside(at, n);
        uint64_t lf = m.lf & valid, cr = m.cr & valid;
        special |= (m.quote & valid) | (((cr << 1) | cr_before) & ~lf);
        cr_before = cr >> 63;
        blanks |= (m.blank | m.tab) & ~m.delimiter & valid;
        scan.newlines += (size_t)__builtin_popcountll(lf);
        scan.separators += expand((m.delimiter & valid) | lf, at, out + scan.separators);
    }
    scan.special = special != 0 || cr_before != 0;
    scan.blanks = blanks != 0;
    return scan;
}

INLINE struct scan blanks_loop(const char *text, size_t n, uint32_t *out, uint32_t *line_fields, find_marks find,
                               expand_bits expand)
{
    struct scan scan = {0};
    uint64_t special = 0, cr_before = 0, in_field = 0; /* the stretch before ended in CR; inside a field */
    for (size_t at = 0; at < n; at += 64) {
        struct scan_marks m = find(text + at, ' ');
        uint64_t valid = inside(at, n);
        uint64_t lf = m.lf & valid, cr = m.cr & valid;
        uint64_t between = m.blank | m.tab | m.lf | m.cr;
        uint64_t ends = between & ((~between << 1) | in_field) & valid;
        special |= ((cr << 1) | cr_before) & ~lf;
        cr_before = cr >> 63;
        in_field = ~between >> 63;
        for (uint64_t rest = lf; rest != 0; rest &= rest - 1) {
            uint64_t up_to = rest ^ (rest - 1);
            line_fields[scan.newlines++] = (uint32_t)(scan.separators + (size_t)__builtin_popcountll(ends & up_to));
        }
        scan.separators += expand(ends, at, out + scan.separators);
    }
    scan.special = special != 0 || cr_before != 0;
    return scan;
}

INLINE size_t set_loop(const char *text, size_t from, size_t to, const char *set, uint32_t *out, find_members find,
                       expand_bits expand)
{
    size_t found = 0;
    for (size_t at = from; at < to; at += 64)
        found += expand(find(text + at, set) & inside(at, to), at, out + found);
    return found;
}

static struct scan csv_portable(const char *text, size_t n, char delimiter, uint32_t *out)
{
    return csv_loop(text, n, delimiter, out, marks_portable, expand_portable);
}

static struct scan blanks_portable(const char *text, size_t n, uint32_t *out, uint32_t *line_fields)
{
    return blanks_loop(text, n, out, line_fields, marks_portable, expand_portable);
}

static size_t set_portable(const char *text, size_t from, size_t to, const char *set, uint32_t *out)
{
    return set_loop(text, from, to, set, out, members_portable, expand_portable);
}

#ifdef SCAN_X86

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static struct scan csv_avx2(const char *text, size_t n, char delimiter,
                                                                            uint32_t *out)
{
    return csv_loop(text, n, delimiter, out, marks_avx2, expand_avx2);
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static struct scan blanks_avx2(const char *text, size_t n,
                                                                               uint32_t *out, uint32_t *line_fields)
{
    return blanks_loop(text, n, out, line_fields, marks_avx2, expand_avx2);
}

__attribute__((target(AVX512))) static struct scan csv_avx512(const char *text, size_t n, char delimiter, uint32_t *out)
{
    return csv_loop(text, n, delimiter, out, marks_avx512, expand_avx512);
}

__attribute__((target(AVX512))) static struct scan blanks_avx512(const char *text, size_t n, uint32_t *out,
                                                                 uint32_t *line_fields)
{
    return blanks_loop(text, n, out, line_fields, marks_avx512, expand_avx512);
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static size_t set_avx2(const char *text, size_t from, size_t to,
                                                                       const char *set, uint32_t *out)
{
    return set_loop(text, from, to, set, out, members_avx2, expand_avx2);
}

__attribute__((target(AVX512))) static size_t set_avx512(const char *text, size_t from, size_t to, const char *set,
                                                         uint32_t *out)
{
    return set_loop(text, from, to, set, out, members_avx512, expand_avx512);
}

#endif

/* ---- choosing ---- */

struct scan_variant {
    struct scan (*csv)(const char *text, size_t n, char delimiter, uint32_t *out);
    struct scan (*blanks)(const char *text, size_t n, uint32_t *out, uint32_t *line_fields);
    size_t (*set)(const char *text, size_t from, size_t to, const char *set, uint32_t *out);
};

static const struct scan_variant variants[] = {
    [CPU_PORTABLE] = {csv_portable, blanks_portable, set_portable},
#ifdef SCAN_X86
    [CPU_AVX2] = {csv_avx2, blanks_avx2, set_avx2},
    [CPU_AVX512] = {csv_avx512, blanks_avx512, set_avx512},
#endif
};

static const struct scan_variant *variant(void)
{
    enum cpu_level level = cpu_level();
#ifdef SCAN_X86
    if (level == CPU_AVX512 && !__builtin_cpu_supports("avx512vbmi2"))
        level = CPU_AVX2;
#endif
    return &variants[level];
}

struct scan scan_csv(const char *text, size_t n, char delimiter, uint32_t *out)
{
    return variant()->csv(text, n, delimiter, out);
}

struct scan scan_blanks(const char *text, size_t n, uint32_t *out, uint32_t *line_fields)
{
    return variant()->blanks(text, n, out, line_fields);
}

size_t scan_set(const char *text, size_t from, size_t to, const char *set, uint32_t *out)
{
    return variant()->set(text, from, to, set, out);
}
