#ifndef FCN_PROGRAM_H
#define FCN_PROGRAM_H

#include "fcn_kernel.h"

/// What the linked pieces of a program are.
typedef struct fcn_program {
  const fcn_kernel _Nonnull *_Nonnull kernels;
  /// The weights; of no meaning where the description names a weight file.
  const float *_Nonnull parameters;
  const unsigned char *_Nonnull description;
  intptr_t description_size;
  const unsigned char *_Nonnull self_test;
  intptr_t self_test_size;
} fcn_program;

/// Runs a program with the arguments of `main` and gives its exit status. Written in Swift.
int fcn_program_main(const fcn_program *_Nonnull program, int count, char *_Nonnull *_Nonnull arguments);

/// Maps a file that lies in the folder of the running program; null where that fails or the file is empty.
const void *_Nullable fcn_map_beside_program(const char *_Nonnull name, intptr_t *_Nonnull size);

#endif
