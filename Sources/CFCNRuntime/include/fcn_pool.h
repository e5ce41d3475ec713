#ifndef FCN_POOL_H
#define FCN_POOL_H

#include <stdint.h>

/// A set of threads that wait for work, briefly spinning, then asleep. (A queue of the system's costs more than the
/// work of a small stage.)
typedef struct fcn_pool fcn_pool;

/// Makes a pool of `threads` threads, the caller counted; null where no memory or thread could be had.
fcn_pool *_Nullable fcn_pool_create(intptr_t threads);
void fcn_pool_destroy(fcn_pool *_Nonnull pool);

/// Calls `body(context, chunk, thread)` once for each chunk in 0..<chunks and returns when all are done. A thread takes
/// its share of them first, which are neighbours and in every run the same part, so that it finds in its cache what it
/// left there; then it helps the others. `thread` is below the number of threads and no two calls with the same one
/// overlap.
void fcn_pool_run(
  fcn_pool *_Nonnull pool, intptr_t chunks,
  void (*_Nonnull body)(void *_Nonnull context, intptr_t chunk, intptr_t thread), void *_Nonnull context);

#endif
