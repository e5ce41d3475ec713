#ifndef FCN_VECTOR_H
#define FCN_VECTOR_H

// Vector operations of the kernels, one instruction each where the target has it. They are C because Swift's own
// SIMD operations are generic: one that is not inlined tears a loop apart (Invariant: kernels call only these).

#include <stdint.h>

#define FCN_INLINE static inline __attribute__((always_inline, unused))

// Fused where the target fuses; every kernel of a target uses the same form, so tails round like main loops.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA) || defined(__aarch64__)
#define FCN_FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define FCN_FMA(a, b, c) ((a) * (b) + (c))
#endif

#define FCN_DEFINE_VECTOR(N)                                                                        \
  typedef float fcn_f##N __attribute__((ext_vector_type(N)));                                       \
  typedef float fcn_u##N __attribute__((ext_vector_type(N), aligned(4)));                           \
  typedef int32_t fcn_i##N __attribute__((ext_vector_type(N)));                                     \
  FCN_INLINE fcn_f##N fcn_load##N(const float *_Nonnull p) { return *(const fcn_u##N *)p; }                  \
  FCN_INLINE void fcn_store##N(float *_Nonnull p, fcn_f##N v) { *(fcn_u##N *)p = v; }                        \
  FCN_INLINE fcn_f##N fcn_splat##N(float v) { return (fcn_f##N)(v); }                               \
  FCN_INLINE fcn_f##N fcn_broadcast##N(const float *_Nonnull p) { return (fcn_f##N)(*p); }                   \
  FCN_INLINE float fcn_lane##N(fcn_f##N v, intptr_t lane) { return v[lane]; }                                \
  FCN_INLINE fcn_f##N fcn_fma##N(fcn_f##N a, fcn_f##N b, fcn_f##N c) { return FCN_FMA(a, b, c); }   \
  FCN_INLINE fcn_f##N fcn_add##N(fcn_f##N a, fcn_f##N b) { return a + b; }                          \
  FCN_INLINE fcn_f##N fcn_subtract##N(fcn_f##N a, fcn_f##N b) { return a - b; }                     \
  FCN_INLINE fcn_f##N fcn_multiply##N(fcn_f##N a, fcn_f##N b) { return a * b; }                     \
  FCN_INLINE fcn_f##N fcn_divide##N(fcn_f##N a, fcn_f##N b) { return a / b; }                       \
  FCN_INLINE fcn_f##N fcn_maximum##N(fcn_f##N a, fcn_f##N b) {                                      \
    return fcn_select##N(a < b, b, a);                                                              \
  }                                                                                                 \
  FCN_INLINE fcn_f##N fcn_minimum##N(fcn_f##N a, fcn_f##N b) {                                      \
    return fcn_select##N(b < a, b, a);                                                              \
  }                                                                                                 \
  FCN_INLINE fcn_f##N fcn_selectLess##N(fcn_f##N a, fcn_f##N b, fcn_f##N c, fcn_f##N d) {           \
    return fcn_select##N(a < b, c, d);                                                              \
  }                                                                                                 \
  FCN_INLINE float fcn_largest##N(fcn_f##N a) {                                                     \
    float best = a[0];                                                                              \
    for (int i = 1; i < N; i++) best = a[i] > best ? a[i] : best;                                   \
    return best;                                                                                    \
  }                                                                                                 \
  FCN_INLINE float fcn_total##N(fcn_f##N a) {                                                       \
    float total = a[0];                                                                             \
    for (int i = 1; i < N; i++) total += a[i];                                                      \
    return total;                                                                                   \
  }                                                                                                 \
  FCN_INLINE fcn_f##N fcn_absolute##N(fcn_f##N a) { return __builtin_elementwise_abs(a); }          \
  FCN_INLINE fcn_f##N fcn_squareRoot##N(fcn_f##N a) { return __builtin_elementwise_sqrt(a); }       \
  FCN_EXPONENTIAL(N)

// c where the mask is set, d elsewhere: NaN compares false, so a NaN in `a` or `b` of maximum gives `a`.
#define FCN_SELECT(N)                                                                               \
  typedef float fcn_s##N __attribute__((ext_vector_type(N)));                                       \
  typedef int32_t fcn_m##N __attribute__((ext_vector_type(N)));                                     \
  FCN_INLINE fcn_s##N fcn_select##N(fcn_m##N mask, fcn_s##N c, fcn_s##N d) { return mask ? c : d; }

// exp by range reduction to |r| <= ln 2 / 2 and a polynomial of degree 6 (error about 1 ulp; Cephes' expf has the same
// form); arguments are limited to the range whose result is a normal number. tanh and the sigmoid follow from it, tanh
// near zero by its own odd polynomial because 1 - 2 / (e + 1) cancels there.
#define FCN_EXPONENTIAL(N)                                                                          \
  FCN_INLINE fcn_f##N fcn_exponential##N(fcn_f##N x) {                                              \
    x = fcn_minimum##N(fcn_maximum##N(x, (fcn_f##N)(-87.3f)), (fcn_f##N)(88.3f));                   \
    fcn_f##N n = __builtin_elementwise_roundeven(x * (fcn_f##N)(1.44269504f));                      \
    fcn_f##N r = FCN_FMA(n, (fcn_f##N)(-0.693359375f), x);                                          \
    r = FCN_FMA(n, (fcn_f##N)(2.12194440e-4f), r);                                                  \
    fcn_f##N p = (fcn_f##N)(1.9875691500e-4f);                                                      \
    p = FCN_FMA(p, r, (fcn_f##N)(1.3981999507e-3f));                                                \
    p = FCN_FMA(p, r, (fcn_f##N)(8.3334519073e-3f));                                                \
    p = FCN_FMA(p, r, (fcn_f##N)(4.1665795894e-2f));                                                \
    p = FCN_FMA(p, r, (fcn_f##N)(1.6666665459e-1f));                                                \
    p = FCN_FMA(p, r, (fcn_f##N)(5.0000001201e-1f));                                                \
    p = FCN_FMA(p, r * r, r) + (fcn_f##N)(1.0f);                                                    \
    fcn_i##N bits = (__builtin_convertvector(n, fcn_i##N) + 127) << 23;                             \
    return p * __builtin_bit_cast(fcn_f##N, bits);                                                  \
  }                                                                                                 \
  FCN_INLINE fcn_f##N fcn_sigmoid##N(fcn_f##N x) {                                                  \
    return (fcn_f##N)(1.0f) / ((fcn_f##N)(1.0f) + fcn_exponential##N(-x));                          \
  }                                                                                                 \
  FCN_INLINE fcn_f##N fcn_hyperbolicTangent##N(fcn_f##N x) {                                        \
    fcn_f##N a = fcn_absolute##N(x);                                                                \
    fcn_f##N e = fcn_exponential##N(a + a);                                                         \
    fcn_f##N large = (fcn_f##N)(1.0f) - (fcn_f##N)(2.0f) / (e + (fcn_f##N)(1.0f));                  \
    large = fcn_select##N(x < (fcn_f##N)(0.0f), -large, large);                                     \
    fcn_f##N z = x * x;                                                                             \
    fcn_f##N p = (fcn_f##N)(-5.70498872745e-3f);                                                    \
    p = FCN_FMA(p, z, (fcn_f##N)(2.06390887954e-2f));                                               \
    p = FCN_FMA(p, z, (fcn_f##N)(-5.37397155531e-2f));                                              \
    p = FCN_FMA(p, z, (fcn_f##N)(1.33314422036e-1f));                                               \
    p = FCN_FMA(p, z, (fcn_f##N)(-3.33332819422e-1f));                                              \
    fcn_f##N small = FCN_FMA(p * z, x, x);                                                          \
    return fcn_select##N(a < (fcn_f##N)(0.625f), small, large);                                     \
  }

FCN_SELECT(4)
FCN_SELECT(8)
FCN_SELECT(16)
FCN_DEFINE_VECTOR(4)
FCN_DEFINE_VECTOR(8)
FCN_DEFINE_VECTOR(16)

// The same number, which the compiler does not know any more: a loop to it stays a loop.
FCN_INLINE intptr_t fcn_opaque(intptr_t number) {
  __asm__("" : "+r"(number));
  return number;
}
// Asks for a line that will be read soon, into the second-level cache.
FCN_INLINE void fcn_prefetch(const float *_Nonnull p) { __builtin_prefetch(p, 0, 2); }
// Asks for a line that will be read soon, into the first-level cache.
FCN_INLINE void fcn_prefetch_near(const float *_Nonnull p) { __builtin_prefetch(p, 0, 3); }
// The totals of the lanes of each argument, in the lanes of one vector; neighbours are added first.
FCN_INLINE fcn_f4 fcn_totals4(fcn_f4 a, fcn_f4 b, fcn_f4 c, fcn_f4 d) {
  fcn_f4 e = __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
  fcn_f4 f = __builtin_shufflevector(c, d, 0, 2, 4, 6) + __builtin_shufflevector(c, d, 1, 3, 5, 7);
  return __builtin_shufflevector(e, f, 0, 2, 4, 6) + __builtin_shufflevector(e, f, 1, 3, 5, 7);
}
// Within halves, as 256-bit registers are made.
FCN_INLINE fcn_f8 fcn_pairs8(fcn_f8 a, fcn_f8 b) {
  return __builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14) + __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15);
}
FCN_INLINE fcn_f8 fcn_totals8(
  fcn_f8 a, fcn_f8 b, fcn_f8 c, fcn_f8 d, fcn_f8 e, fcn_f8 f, fcn_f8 g, fcn_f8 h) {
  fcn_f8 i = fcn_pairs8(fcn_pairs8(a, b), fcn_pairs8(c, d)), j = fcn_pairs8(fcn_pairs8(e, f), fcn_pairs8(g, h));
  return __builtin_shufflevector(i, j, 0, 1, 2, 3, 8, 9, 10, 11) + __builtin_shufflevector(i, j, 4, 5, 6, 7, 12, 13, 14, 15);
}
FCN_INLINE fcn_f16 fcn_pairs16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30)
    + __builtin_shufflevector(a, b, 1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31);
}
// Within quarters: the lower and upper halves of two vectors, their lanes taking turns, and then in pairs.
FCN_INLINE fcn_f16 fcn_unpackLow16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}
FCN_INLINE fcn_f16 fcn_unpackHigh16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}
FCN_INLINE fcn_f16 fcn_firstPairs16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}
FCN_INLINE fcn_f16 fcn_secondPairs16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}
// The quarters 0 and 2 of two vectors, and the quarters 1 and 3.
FCN_INLINE fcn_f16 fcn_evenQuarters16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}
FCN_INLINE fcn_f16 fcn_oddQuarters16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}
FCN_INLINE fcn_f16 fcn_quarters16(fcn_f16 a, fcn_f16 b) {
  return fcn_evenQuarters16(a, b) + fcn_oddQuarters16(a, b);
}
FCN_INLINE fcn_f16 fcn_totals16(
  fcn_f16 a, fcn_f16 b, fcn_f16 c, fcn_f16 d, fcn_f16 e, fcn_f16 f, fcn_f16 g, fcn_f16 h, fcn_f16 i, fcn_f16 j,
  fcn_f16 k, fcn_f16 l, fcn_f16 m, fcn_f16 n, fcn_f16 o, fcn_f16 p) {
  fcn_f16 q = fcn_pairs16(fcn_pairs16(a, b), fcn_pairs16(c, d)), r = fcn_pairs16(fcn_pairs16(e, f), fcn_pairs16(g, h));
  fcn_f16 s = fcn_pairs16(fcn_pairs16(i, j), fcn_pairs16(k, l)), t = fcn_pairs16(fcn_pairs16(m, n), fcn_pairs16(o, p));
  return fcn_quarters16(fcn_quarters16(q, r), fcn_quarters16(s, t));
}
// Takes N pixels of N lanes apart: lane l goes to `destination + l * stride`, for the first `count` lanes.
FCN_INLINE void fcn_separate4(
  const float *_Nonnull source, float *_Nonnull destination, intptr_t stride, intptr_t count) {
  fcn_f4 a = fcn_load4(source), b = fcn_load4(source + 4), c = fcn_load4(source + 8), d = fcn_load4(source + 12);
  fcn_f4 e = __builtin_shufflevector(a, b, 0, 4, 1, 5), f = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  fcn_f4 g = __builtin_shufflevector(c, d, 0, 4, 1, 5), h = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  fcn_f4 lanes[4] = {
    __builtin_shufflevector(e, g, 0, 1, 4, 5), __builtin_shufflevector(e, g, 2, 3, 6, 7),
    __builtin_shufflevector(f, h, 0, 1, 4, 5), __builtin_shufflevector(f, h, 2, 3, 6, 7)};
  for (int i = 0; i < 4; i++)
    if (i < count) fcn_store4(destination + i * stride, lanes[i]);
}
FCN_INLINE void fcn_separate8(
  const float *_Nonnull source, float *_Nonnull destination, intptr_t stride, intptr_t count) {
  fcn_f8 pixels[8], pairs[8], fours[8];
  for (int i = 0; i < 8; i++) pixels[i] = fcn_load8(source + 8 * i);
  // Lanes 0 and 1, then 2 and 3 of two pixels; behind them 4 and 5, 6 and 7, in the upper halves.
  for (int i = 0; i < 4; i++) {
    pairs[2 * i] = __builtin_shufflevector(pixels[2 * i], pixels[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    pairs[2 * i + 1] = __builtin_shufflevector(pixels[2 * i], pixels[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) {
      fcn_f8 a = pairs[4 * i + j], b = pairs[4 * i + 2 + j];
      fours[4 * i + 2 * j] = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
      fours[4 * i + 2 * j + 1] = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int i = 0; i < 4; i++) {
    fcn_f8 a = fours[i], b = fours[4 + i];
    if (i < count) fcn_store8(destination + i * stride, __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11));
    if (i + 4 < count)
      fcn_store8(destination + (i + 4) * stride, __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15));
  }
}
// As for 8 lanes, and then quarters of vectors instead of halves.
FCN_INLINE void fcn_separate16(
  const float *_Nonnull source, float *_Nonnull destination, intptr_t stride, intptr_t count) {
  // Lane 4 q + l of pixel 4 i + j is in quarter q, lane j, of fours[i][l].
  fcn_f16 fours[4][4];
  for (int i = 0; i < 4; i++) {
    const float *_Nonnull own = source + 64 * i;
    fcn_f16 a = fcn_load16(own), b = fcn_load16(own + 16), c = fcn_load16(own + 32), d = fcn_load16(own + 48);
    fcn_f16 e = fcn_unpackLow16(a, b), f = fcn_unpackHigh16(a, b), g = fcn_unpackLow16(c, d), h = fcn_unpackHigh16(c, d);
    fours[i][0] = fcn_firstPairs16(e, g);
    fours[i][1] = fcn_secondPairs16(e, g);
    fours[i][2] = fcn_firstPairs16(f, h);
    fours[i][3] = fcn_secondPairs16(f, h);
  }
  for (int l = 0; l < 4; l++) {
    fcn_f16 a = fours[0][l], b = fours[1][l], c = fours[2][l], d = fours[3][l];
    fcn_f16 lowAB = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    fcn_f16 highAB = __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    fcn_f16 lowCD = __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    fcn_f16 highCD = __builtin_shufflevector(c, d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    if (l < count) fcn_store16(destination + l * stride, fcn_evenQuarters16(lowAB, lowCD));
    if (l + 4 < count) fcn_store16(destination + (l + 4) * stride, fcn_oddQuarters16(lowAB, lowCD));
    if (l + 8 < count) fcn_store16(destination + (l + 8) * stride, fcn_evenQuarters16(highAB, highCD));
    if (l + 12 < count) fcn_store16(destination + (l + 12) * stride, fcn_oddQuarters16(highAB, highCD));
  }
}
// The lower and the upper halves of two vectors, their lanes taking turns.
FCN_INLINE fcn_f4 fcn_zipLow4(fcn_f4 a, fcn_f4 b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
FCN_INLINE fcn_f4 fcn_zipHigh4(fcn_f4 a, fcn_f4 b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }
FCN_INLINE fcn_f8 fcn_zipLow8(fcn_f8 a, fcn_f8 b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
FCN_INLINE fcn_f8 fcn_zipHigh8(fcn_f8 a, fcn_f8 b) {
  return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
FCN_INLINE fcn_f16 fcn_zipLow16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
FCN_INLINE fcn_f16 fcn_zipHigh16(fcn_f16 a, fcn_f16 b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
// The lanes of three vectors taking turns, in three vectors: number g of them is lane g / 3 of vector g % 3.
#define FCN_LANES4(F, N, K) F(N, K, 0), F(N, K, 1), F(N, K, 2), F(N, K, 3)
#define FCN_LANES8(F, N, K) FCN_LANES4(F, N, K), F(N, K, 4), F(N, K, 5), F(N, K, 6), F(N, K, 7)
#define FCN_LANES16(F, N, K)                                                                        \
  FCN_LANES8(F, N, K), F(N, K, 8), F(N, K, 9), F(N, K, 10), F(N, K, 11), F(N, K, 12), F(N, K, 13), F(N, K, 14), F(N, K, 15)
#define FCN_OF_FIRST_TWO(N, K, I) \
  (((K) * N + (I)) % 3 == 2 ? -1 : ((K) * N + (I)) / 3 + (((K) * N + (I)) % 3 == 1 ? N : 0))
#define FCN_OF_THIRD(N, K, I) (((K) * N + (I)) % 3 == 2 ? N + ((K) * N + (I)) / 3 : (I))
#define FCN_TRIPLES(N, K)                                                                           \
  FCN_INLINE fcn_f##N fcn_triples##K##_##N(fcn_f##N a, fcn_f##N b, fcn_f##N c) {                    \
    fcn_f##N two = __builtin_shufflevector(a, b, FCN_LANES##N(FCN_OF_FIRST_TWO, N, K));             \
    return __builtin_shufflevector(two, c, FCN_LANES##N(FCN_OF_THIRD, N, K));                       \
  }
FCN_TRIPLES(4, 0)
FCN_TRIPLES(4, 1)
FCN_TRIPLES(4, 2)
FCN_TRIPLES(8, 0)
FCN_TRIPLES(8, 1)
FCN_TRIPLES(8, 2)
FCN_TRIPLES(16, 0)
FCN_TRIPLES(16, 1)
FCN_TRIPLES(16, 2)

#endif
