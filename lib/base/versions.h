#ifndef LIKELY_BASE_VERSIONS_H
#define LIKELY_BASE_VERSIONS_H

/* VERSIONS before a function has it compiled for several instruction sets, of which one is chosen at run
 * time. As products and sums are not contracted (-ffp-contract=off), operations and their order, hence the
 * bits, are the same in each. clang and the sanitizers run the choosing code before they are ready for it:
 * there the function is compiled once. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define VERSIONS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VERSIONS
#endif

#endif
