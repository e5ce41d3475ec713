#include "fcn_cpu.h"

#include <stdlib.h>

uint64_t fcn_cpu_features(void) {
  const char *given = getenv("FCNC_CPU_FEATURES");
  if (given && *given) return strtoull(given, NULL, 10);
  uint64_t features = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt")) features |= 1;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) features |= 2;
  if (__builtin_cpu_supports("fma")) features |= 4;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
    && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    features |= 8;
#endif
  return features;
}
