#ifndef LIKELY_BASE_VERSIONS_H
#define LIKELY_BASE_VERSIONS_H

/* VERSIONS before a function has it compiled for several instruction sets, one of which is chosen when the
 * program is loaded. Multiplications and additions are not contracted (-ffp-contract=off), so that the operations,
 * their order and the bits of the result are the same in each. clang and the sanitizers call the choosing code
 * too early: there the function is compiled once. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define VERSIONS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VERSIONS
#endif

#endif
