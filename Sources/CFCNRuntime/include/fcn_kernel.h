#ifndef FCN_KERNEL_H
#define FCN_KERNEL_H

#include <stdint.h>

/// What a kernel receives. Rows are numbered as in the output; a table holds, for each output row and each tap of the
/// window, the address of an input row. Addresses point at the column that output column 0 and tap 0 read, block 0.
/// A row that lies beyond the edge is a border row, or the mirrored or repeated row: a kernel never tests for edges.
typedef struct fcn_kernel_arguments {
  /// outputs[o][y]: column 0, block 0 of row y of output o.
  float *_Nonnull const *_Nonnull const *_Nonnull outputs;
  /// tables[i][y * taps + k]: the row of operand i that tap k of output row y reads.
  const float *_Nonnull const *_Nonnull const *_Nonnull tables;
  /// columns[i][x * taps + k]: the column of operand i that tap k of output column x reads, or -1 for the border
  /// value; only for operands that use a column table.
  const int32_t *_Nonnull const *_Nonnull columns;
  /// columnWeights[i][x * taps + k], rowWeights[i][y * taps + k]: the interpolation weights of a resampled axis; for a
  /// window that asks for presence, 1 where the tap counts and 0 where it does not.
  const float *_Nonnull const *_Nonnull columnWeights;
  const float *_Nonnull const *_Nonnull rowWeights;
  /// The kernel's constants, in the order of its lowering.
  const float *_Nonnull parameters;
  /// Floats between two channel blocks of a row.
  const intptr_t *_Nonnull outputStrides;
  const intptr_t *_Nonnull inputStrides;
  /// Columns of the output.
  intptr_t width;
  /// Rows and columns of each operand.
  const intptr_t *_Nonnull inputHeights;
  const intptr_t *_Nonnull inputWidths;
  /// The blocks of the output's channels to compute; a kernel that was not asked for parts computes all.
  intptr_t firstBlock, endBlock;
  /// Memory of the thread's own.
  float *_Nonnull scratch;
} fcn_kernel_arguments;

/// Computes the output rows begin..<end.
typedef void (*fcn_kernel)(const fcn_kernel_arguments *_Nonnull arguments, intptr_t begin, intptr_t end);

#endif
