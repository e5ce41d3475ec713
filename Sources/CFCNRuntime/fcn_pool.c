#define _GNU_SOURCE
#include "fcn_pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}
static void wake_all(_Atomic uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1 << 30, NULL, NULL, 0); }
#else
static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
  if (atomic_load(word) == value) usleep(50);
}
static void wake_all(_Atomic uint32_t *word) { (void)word; }
#endif

#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#else
#define PAUSE() ((void)0)
#endif

// Rounds of 20 to 50 microseconds of spinning, between which others may run: together longer than the threads wait for
// each other at the end of a stage or tick. A thread that sleeps there may be woken on the processor of the one that
// wakes it, and the two share it for a while.
enum { SPINS = 2000, ROUNDS = 24 };

typedef struct {
  struct fcn_pool *pool;
  intptr_t index;
  pthread_t thread;
} worker;

// The chunks that a thread takes before it helps the others; in a cache line of its own.
typedef struct {
  // The low half is the next chunk, the high half the generation it belongs to: a thread that comes late cannot claim a
  // chunk of the next run.
  _Alignas(64) _Atomic uint64_t next;
  _Atomic int64_t end;
} share;

struct fcn_pool {
  _Atomic uint32_t generation;
  _Atomic uint32_t sleepers;
  _Atomic int64_t finished;
  _Atomic uint32_t stopping;
  share *shares;
  void (*body)(void *, intptr_t, intptr_t);
  void *context;
  intptr_t count;
  worker *workers;
};

static void take(fcn_pool *pool, share *from, uint32_t generation, intptr_t thread) {
  for (;;) {
    uint64_t seen = atomic_load_explicit(&from->next, memory_order_acquire);
    if ((uint32_t)(seen >> 32) != generation) return;
    int64_t chunk = (int64_t)(uint32_t)seen;
    // `end` belongs to this generation as long as the exchange below succeeds.
    if (chunk >= atomic_load_explicit(&from->end, memory_order_relaxed)) return;
    if (!atomic_compare_exchange_weak_explicit(
          &from->next, &seen, seen + 1, memory_order_acq_rel, memory_order_acquire))
      continue;
    pool->body(pool->context, (intptr_t)chunk, thread);
    atomic_fetch_add_explicit(&pool->finished, 1, memory_order_release);
  }
}

static void work(fcn_pool *pool, uint32_t generation, intptr_t thread) {
  for (intptr_t i = 0; i < pool->count; i++) {
    intptr_t owner = thread + i < pool->count ? thread + i : thread + i - pool->count;
    take(pool, &pool->shares[owner], generation, thread);
  }
}

static void *serve(void *argument) {
  worker *self = argument;
  fcn_pool *pool = self->pool;
  uint32_t seen = 0;
  for (;;) {
    uint32_t now;
    int spins = 0, rounds = 0;
    while ((now = atomic_load_explicit(&pool->generation, memory_order_acquire)) == seen) {
      if (++spins < SPINS) {
        PAUSE();
        continue;
      }
      spins = 0;
      if (++rounds < ROUNDS) {
        sched_yield();
        continue;
      }
      atomic_fetch_add(&pool->sleepers, 1);
      sleep_while(&pool->generation, seen);
      atomic_fetch_sub(&pool->sleepers, 1);
      rounds = 0;
    }
    seen = now;
    if (atomic_load(&pool->stopping)) return NULL;
    work(pool, now, self->index);
  }
}

fcn_pool *fcn_pool_create(intptr_t threads) {
  fcn_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return NULL;
  pool->count = 1;
  if (threads < 2) return pool;
  pool->workers = calloc((size_t)threads - 1, sizeof *pool->workers);
  void *shares = NULL;
  if (!pool->workers || posix_memalign(&shares, 64, (size_t)threads * sizeof *pool->shares) != 0) return pool;
  pool->shares = memset(shares, 0, (size_t)threads * sizeof *pool->shares);
  for (intptr_t i = 0; i < threads - 1; i++) {
    worker *w = &pool->workers[i];
    w->pool = pool;
    w->index = i + 1;
    if (pthread_create(&w->thread, NULL, serve, w) != 0) break;
    pool->count++;
  }
  return pool;
}

void fcn_pool_destroy(fcn_pool *pool) {
  atomic_store(&pool->stopping, 1);
  atomic_fetch_add(&pool->generation, 1);
  wake_all(&pool->generation);
  for (intptr_t i = 0; i < pool->count - 1; i++) pthread_join(pool->workers[i].thread, NULL);
  free(pool->workers);
  free(pool->shares);
  free(pool);
}

void fcn_pool_run(
  fcn_pool *pool, intptr_t chunks, void (*body)(void *, intptr_t, intptr_t), void *context) {
  if (pool->count == 1 || chunks == 1) {
    for (intptr_t i = 0; i < chunks; i++) body(context, i, 0);
    return;
  }
  uint32_t generation = atomic_load(&pool->generation) + 1;
  // A late thread of the last run must not see new chunks under the old generation: close that one first.
  for (intptr_t i = 0; i < pool->count; i++)
    atomic_store(&pool->shares[i].next, (uint64_t)generation << 32 | UINT32_MAX);
  atomic_store(&pool->finished, 0);
  pool->body = body;
  pool->context = context;
  for (intptr_t i = 0; i < pool->count; i++) {
    share *own = &pool->shares[i];
    atomic_store_explicit(&own->end, chunks * (i + 1) / pool->count, memory_order_relaxed);
    uint64_t begin = (uint64_t)(chunks * i / pool->count);
    atomic_store_explicit(&own->next, (uint64_t)generation << 32 | begin, memory_order_release);
  }
  // Sequentially consistent with the load of `sleepers`: a thread about to sleep is either seen or sees this.
  atomic_store(&pool->generation, generation);
  if (atomic_load(&pool->sleepers)) wake_all(&pool->generation);
  work(pool, generation, 0);
  int spins = 0;
  while (atomic_load_explicit(&pool->finished, memory_order_acquire) < chunks) {
    if (++spins < SPINS * 8) PAUSE();
    else sched_yield();
  }
}
