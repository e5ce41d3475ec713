#ifndef FCN_SOURCES_H
#define FCN_SOURCES_H

#include <stddef.h>

/// A source file of the run-time support, carried inside the compiler, so that a copy of it alone can build programs.
typedef struct fcn_source {
  /// The path below `Sources/`.
  const char *_Nonnull path;
  const unsigned char *_Nonnull bytes;
  size_t size;
} fcn_source;

size_t fcn_source_count(void);
const fcn_source *_Nonnull fcn_source_at(size_t index);

#endif
