#ifndef FCN_CPU_H
#define FCN_CPU_H

#include <stdint.h>

/// What the processor can do, one bit each: 1 SSE 4.2 (and all of x86-64-v2), 2 AVX2 (and the rest of x86-64-v3 but
/// fused multiply-add), 4 fused multiply-add, 8 AVX-512 (as in x86-64-v4). The variable FCNC_CPU_FEATURES, a decimal number,
/// stands in for the processor's answer in tests.
uint64_t fcn_cpu_features(void);

#endif
