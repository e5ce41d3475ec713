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
enum { FCN_ERROR_OTHER = 0, FCN_ERROR_MISSING = 1, FCN_ERROR_FULL = 2, FCN_ERROR_DENIED = 3, FCN_ERROR_FOLDER = 4,
       FCN_ERROR_CLOSED = 5 };
/// Which of them an errno is.
int fcn_error_kind(int code);

enum { FCN_PATH_MISSING = 0, FCN_PATH_FILE = 1, FCN_PATH_FOLDER = 2, FCN_PATH_STREAM = 3 };
/// What is at a path; devices, pipes and sockets are streams. The numbers of the device and of the file there, and when
/// the file was changed in nanoseconds, are 0 where there is nothing.
typedef struct fcn_status {
  int32_t kind;
  uint64_t device;
  uint64_t file;
  int64_t modified;
} fcn_status;
void fcn_path_status(const char *_Nonnull path, fcn_status *_Nonnull status);

/// Walks a folder: open gives null and an errno on failure; next gives null at the end, or with an errno on failure.
void *_Nullable fcn_folder_open(const char *_Nonnull path, int *_Nonnull code);
const char *_Nullable fcn_folder_next(void *_Nonnull folder, int *_Nonnull code);
void fcn_folder_close(void *_Nonnull folder);
/// Makes a folder unless it is there.
int fcn_make_folder(const char *_Nonnull path);

/// Opens a file, which is made where it is missing, to write behind its first `kept` bytes; what stood there is cut off.
int fcn_open_behind(const char *_Nonnull path, size_t kept, int *_Nonnull file);
void fcn_close(int file);
/// Reads what there is from an open file (0 is standard input), at most `capacity` bytes; no byte: it has ended.
int fcn_read(int file, uint8_t *_Nonnull bytes, size_t capacity, size_t *_Nonnull count);
/// Writes all bytes to an open file: 1 is standard output, 2 standard error.
int fcn_write(int file, const uint8_t *_Nullable bytes, size_t count);

/// The columns of the terminal that an open file is, 80 where they are not known; 0 where it is no terminal.
int fcn_terminal_width(int file);

/// Writes `value` with this many decimals (below 0: with at most so many digits), ended by zero; gives the length,
/// at most `capacity` - 1.
size_t fcn_format(double value, int decimals, char *_Nonnull text, size_t capacity);

/// The number that a text writes in decimal digits, or nan, and nothing else but white space around: 1, or 0 where it is
/// none.
int fcn_parse(const char *_Nonnull text, double *_Nonnull value);

/// exp(value).
double fcn_exponential(double value);

/// Seconds of a clock that never goes back.
double fcn_now(void);
/// The processors that this process may run on, at least 1.
int fcn_processor_count(void);

#endif
