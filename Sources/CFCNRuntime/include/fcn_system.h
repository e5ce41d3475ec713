#ifndef FCN_SYSTEM_H
#define FCN_SYSTEM_H

// What a program needs of the operating system: files, memory, time. Functions that can fail return 0 or an errno.

#include <stddef.h>
#include <stdint.h>

/// Memory aligned to 64 bytes, not initialised; null where there is none.
void *_Nullable fcn_allocate(size_t size);
void fcn_release(void *_Nullable memory);

enum { FCN_REFUSED = -1 };
/// Reads a whole file into memory that the caller releases. `needed` bytes at the start decide through `accepts`
/// (given what was read of them) whether the rest is read at all: FCN_REFUSED where not. EFBIG beyond `limit` bytes.
int fcn_read_file(const char *_Nonnull path, size_t limit, size_t needed,
                  int (*_Nullable accepts)(const uint8_t *_Nonnull head, size_t count),
                  uint8_t *_Nullable *_Nonnull bytes, size_t *_Nonnull count);

/// Puts the bytes in the place of the file at `path`: they are written to a new file in the same folder, which then
/// takes the name. On failure the old file stays as it was. Devices and pipes are written to directly; a symbolic link
/// stays a link.
int fcn_write_file(const char *_Nonnull path, const uint8_t *_Nullable bytes, size_t count);

/// The system's words for an errno.
const char *_Nonnull fcn_error_text(int code);

/// Failures of which more can be said than the system's words. (The kernels read this header too, also for targets that
/// have no errno.h here.)
enum { FCN_ERROR_OTHER = 0, FCN_ERROR_MISSING = 1, FCN_ERROR_FULL = 2, FCN_ERROR_DENIED = 3, FCN_ERROR_FOLDER = 4 };
/// Which of them an errno is.
int fcn_error_kind(int code);

enum { FCN_PATH_MISSING = 0, FCN_PATH_FILE = 1, FCN_PATH_FOLDER = 2, FCN_PATH_STREAM = 3 };
/// What is at a path; devices, pipes and sockets are streams.
int fcn_path_kind(const char *_Nonnull path);
/// The numbers of the device and of the file there that a path leads to: 1, or 0 where it is no existing regular file.
int fcn_file_identity(const char *_Nonnull path, uint64_t *_Nonnull device, uint64_t *_Nonnull file);

/// Walks a folder: open gives null and an errno on failure; next gives null at the end.
void *_Nullable fcn_folder_open(const char *_Nonnull path, int *_Nonnull code);
const char *_Nullable fcn_folder_next(void *_Nonnull folder);
void fcn_folder_close(void *_Nonnull folder);

/// Writes to standard output (1) or standard error (2); 0, or an errno.
int fcn_print(int stream, const uint8_t *_Nullable bytes, size_t count);

/// Writes `value` with this many decimals (below 0: with at most so many digits), ended by zero; gives the length,
/// at most `capacity` - 1.
size_t fcn_format(double value, int decimals, char *_Nonnull text, size_t capacity);

/// exp(value).
double fcn_exponential(double value);

/// Seconds of a clock that never goes back.
double fcn_now(void);
/// The processors that this process may run on, at least 1.
int fcn_processor_count(void);

#endif
