#define _GNU_SOURCE

#include "fcn_system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Large blocks lie in large pages where the system has them: fewer faults when they are first written, and fewer misses
// of the translation buffer afterwards.
void *fcn_allocate(size_t size) {
  const size_t page = (size_t)2 << 20;
  void *memory = NULL;
  if (size < page / 8) return posix_memalign(&memory, 64, size == 0 ? 1 : size) == 0 ? memory : NULL;
  size = (size + page - 1) / page * page;
  if (posix_memalign(&memory, page, size) != 0) return NULL;
#ifdef MADV_HUGEPAGE
  madvise(memory, size, MADV_HUGEPAGE);
#endif
  return memory;
}

void fcn_release(void *memory) { free(memory); }

// Whether what failed is to be tried again; standard input and output may have been left so that they do not wait.
static int is_passing(int file, short events) {
  if (errno == EAGAIN || errno == EWOULDBLOCK) {
    struct pollfd ready = {.fd = file, .events = events};
    poll(&ready, 1, -1);
    return 1;
  }
  return errno == EINTR;
}

static ssize_t read_fully(int file, uint8_t *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t got = read(file, bytes + done, count - done);
    if (got < 0 && is_passing(file, POLLIN)) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += (size_t)got;
  }
  return (ssize_t)done;
}

static int read_open_file(int file, size_t limit, size_t needed, int (*accepts)(const uint8_t *, size_t),
                          uint8_t **bytes, size_t *count) {
  struct stat status;
  if (fstat(file, &status) != 0) return errno;
  if (S_ISDIR(status.st_mode)) return EISDIR;
  // What is not a regular file may never end.
  if (!S_ISREG(status.st_mode) && limit > ((size_t)1 << 30)) limit = (size_t)1 << 30;
  if (S_ISREG(status.st_mode) && (uint64_t)status.st_size > limit) return EFBIG;

  size_t capacity = S_ISREG(status.st_mode) ? (size_t)status.st_size + 1 : 1 << 16;
  if (capacity < needed) capacity = needed;
  uint8_t *memory = malloc(capacity);
  if (memory == NULL) return ENOMEM;
  ssize_t got = read_fully(file, memory, needed);
  int code = got < 0 ? errno : 0;
  size_t total = got < 0 ? 0 : (size_t)got;
  if (code == 0 && accepts != NULL && !accepts(memory, total)) code = FCN_REFUSED;
  while (code == 0) {
    if (total > limit) {
      code = EFBIG;
      break;
    }
    if (total == capacity) {
      uint8_t *larger = capacity > SIZE_MAX / 2 ? NULL : realloc(memory, capacity * 2);
      if (larger == NULL) {
        code = ENOMEM;
        break;
      }
      memory = larger;
      capacity *= 2;
    }
    got = read_fully(file, memory + total, capacity - total);
    if (got < 0) code = errno;
    if (got <= 0) break;
    total += (size_t)got;
  }
  if (code != 0) {
    free(memory);
    return code;
  }
  *bytes = memory;
  *count = total;
  return 0;
}

int fcn_read_file(const char *path, size_t limit, size_t needed, int (*accepts)(const uint8_t *, size_t),
                  uint8_t **bytes, size_t *count) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno;
  int code = read_open_file(file, limit, needed, accepts, bytes, count);
  close(file);
  return code;
}

static int write_fully(int file, const uint8_t *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t written = write(file, bytes + done, count - done);
    if (written < 0 && is_passing(file, POLLOUT)) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    done += (size_t)written;
  }
  return 0;
}

static int write_directly(const char *path, const uint8_t *bytes, size_t count) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno;
  int code = write_fully(file, bytes, count);
  if (close(file) != 0 && code == 0) code = errno;
  return code;
}

static int write_and_rename(const char *path, const struct stat *old, const uint8_t *bytes, size_t count) {
  const char *slash = strrchr(path, '/');
  size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
  size_t capacity = folder + 64;
  char *temporary = malloc(capacity);
  if (temporary == NULL) return ENOMEM;
  int file = -1;
  for (int attempt = 0; attempt < 1000; attempt++) {
    memcpy(temporary, path, folder);
    snprintf(temporary + folder, 64, ".fcn-%ld-%d.partial", (long)getpid(), attempt);
    file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file >= 0 || errno != EEXIST) break;
  }
  if (file < 0) {
    int code = errno;
    free(temporary);
    return code;
  }
  int code = write_fully(file, bytes, count);
  if (code == 0 && old != NULL && fchmod(file, old->st_mode & 07777) != 0) code = errno;
  if (close(file) != 0 && code == 0) code = errno;
  if (code == 0 && rename(temporary, path) != 0) code = errno;
  if (code != 0) unlink(temporary);
  free(temporary);
  return code;
}

int fcn_write_file(const char *path, const uint8_t *bytes, size_t count) {
  struct stat status;
  if (stat(path, &status) != 0) {
    if (errno != ENOENT) return errno;
    return write_and_rename(path, NULL, bytes, count);
  }
  if (S_ISDIR(status.st_mode)) return EISDIR;
  if (!S_ISREG(status.st_mode)) return write_directly(path, bytes, count);
  if (access(path, W_OK) != 0) return errno;
  char *target = realpath(path, NULL);
  if (target == NULL) return errno;
  int code = write_and_rename(target, &status, bytes, count);
  free(target);
  return code;
}

const char *fcn_error_text(int code) { return strerror(code); }

int fcn_error_kind(int code) {
  switch (code) {
  case ENOENT: return FCN_ERROR_MISSING;
  case ENOSPC: return FCN_ERROR_FULL;
  case EACCES: return FCN_ERROR_DENIED;
  case EISDIR: return FCN_ERROR_FOLDER;
  case EPIPE: return FCN_ERROR_CLOSED;
  default: return FCN_ERROR_OTHER;
  }
}

void fcn_path_status(const char *path, fcn_status *result) {
  struct stat status;
  *result = (fcn_status){.kind = FCN_PATH_MISSING};
  if (stat(path, &status) != 0) return;
  result->kind = S_ISDIR(status.st_mode) ? FCN_PATH_FOLDER : S_ISREG(status.st_mode) ? FCN_PATH_FILE : FCN_PATH_STREAM;
  result->device = status.st_dev;
  result->file = status.st_ino;
  result->modified = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
}

void *fcn_folder_open(const char *path, int *code) {
  DIR *folder = opendir(path);
  *code = folder == NULL ? errno : 0;
  return folder;
}

const char *fcn_folder_next(void *folder, int *code) {
  errno = 0;
  struct dirent *entry = readdir(folder);
  *code = entry == NULL ? errno : 0;
  return entry == NULL ? NULL : entry->d_name;
}

void fcn_folder_close(void *folder) { closedir(folder); }

int fcn_make_folder(const char *path) {
  if (mkdir(path, 0777) == 0) return 0;
  int code = errno;
  fcn_status status;
  fcn_path_status(path, &status);
  return status.kind == FCN_PATH_FOLDER ? 0 : code;
}

int fcn_open_behind(const char *path, size_t kept, int *file) {
  *file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (*file < 0) return errno;
  struct stat status;
  int code = fstat(*file, &status) != 0 ? errno : 0;
  if (code == 0 && S_ISREG(status.st_mode)) {
    if (ftruncate(*file, (off_t)kept) != 0 || lseek(*file, 0, SEEK_END) < 0) code = errno;
  }
  if (code != 0) close(*file);
  return code;
}

void fcn_close(int file) { close(file); }

int fcn_read(int file, uint8_t *bytes, size_t capacity, size_t *count) {
  for (;;) {
    ssize_t got = read(file, bytes, capacity);
    if (got < 0 && is_passing(file, POLLIN)) continue;
    *count = got < 0 ? 0 : (size_t)got;
    return got < 0 ? errno : 0;
  }
}

int fcn_write(int file, const uint8_t *bytes, size_t count) { return write_fully(file, bytes, count); }

int fcn_terminal_width(int file) {
  if (!isatty(file)) return 0;
  struct winsize size;
  return ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

size_t fcn_format(double value, int decimals, char *text, size_t capacity) {
  int length = decimals < 0 ? snprintf(text, capacity, "%.*g", -decimals, value)
                            : snprintf(text, capacity, "%.*f", decimals, value);
  if (length < 0) return 0;
  return (size_t)length < capacity ? (size_t)length : capacity - 1;
}

int fcn_parse(const char *text, double *value) {
  char *end;
  // Neither hexadecimal numbers nor infinities.
  if (strpbrk(text, "xXiIpP") != NULL) return 0;
  *value = strtod(text, &end);
  if (end == text || isinf(*value)) return 0;
  return end[strspn(end, " \t\r\n")] == 0;
}

double fcn_exponential(double value) { return exp(value); }

double fcn_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int fcn_processor_count(void) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}
