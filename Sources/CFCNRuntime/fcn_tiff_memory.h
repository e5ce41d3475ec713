#ifndef FCN_TIFF_MEMORY_H
#define FCN_TIFF_MEMORY_H

// A TIFF file in memory, as libtiff sees it.

#include <tiffio.h>

#include "fcn_tiff.h"

typedef struct tiff_memory {
  TIFF *tiff;
  /// What is read.
  const uint8_t *bytes;
  /// What is written; null where the file is read.
  uint8_t *written;
  size_t count, capacity, position;
  /// Whether warnings that mean lost pixels are errors.
  int is_decoding;
  /// The first error; empty where there was none.
  char message[FCN_MESSAGE];

  /// Where the directories of the pages lie, of a file that is read.
  uint64_t *pages;
  size_t page_count;
  /// Of a file that is written.
  fcn_tiff_layout layout;
  int has_palette;
} tiff_memory;

/// Opens the memory for reading ("r") or writing ("w", "w8"); 0 on failure, with a message.
int tiff_memory_open(tiff_memory *file, const char *mode);
/// Releases all but what was written.
void tiff_memory_close(tiff_memory *file);

#endif
