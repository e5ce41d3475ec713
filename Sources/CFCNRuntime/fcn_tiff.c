#ifndef FCN_NO_TIFF

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include "fcn_failures.h"
#include "fcn_tiff_memory.h"

// libtiff takes no more memory than this at once, whatever a file claims. Rows and tiles are ours.
enum { GREATEST_ALLOCATION = 512 << 20 };

// Memory as a file

static tmsize_t memory_read(thandle_t handle, void *into, tmsize_t size) {
  tiff_memory *file = handle;
  const uint8_t *bytes = file->written != NULL ? file->written : file->bytes;
  if (size <= 0 || file->position >= file->count) return 0;
  size_t left = file->count - file->position;
  size_t count = (size_t)size < left ? (size_t)size : left;
  memcpy(into, bytes + file->position, count);
  file->position += count;
  return (tmsize_t)count;
}

static tmsize_t memory_write(thandle_t handle, void *bytes, tmsize_t size) {
  tiff_memory *file = handle;
  if (size <= 0 || file->bytes != NULL) return 0;
  size_t end = file->position + (size_t)size;
  if (end > file->capacity) {
    size_t capacity = end + end / 2 + 4096;
    uint8_t *larger = realloc(file->written, capacity);
    if (larger == NULL) return 0;
    file->written = larger;
    file->capacity = capacity;
  }
  if (file->position > file->count) memset(file->written + file->count, 0, file->position - file->count);
  memcpy(file->written + file->position, bytes, (size_t)size);
  file->position = end;
  if (end > file->count) file->count = end;
  return size;
}

static toff_t memory_seek(thandle_t handle, toff_t offset, int whence) {
  tiff_memory *file = handle;
  toff_t start = whence == SEEK_CUR ? file->position : whence == SEEK_END ? file->count : 0;
  file->position = (size_t)(start + offset);
  return file->position;
}

static int memory_close(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t memory_size(thandle_t handle) { return ((tiff_memory *)handle)->count; }

static int memory_map(thandle_t handle, void **base, toff_t *size) {
  tiff_memory *file = handle;
  if (file->bytes == NULL) return 0;
  *base = (void *)file->bytes;
  *size = file->count;
  return 1;
}

static void memory_unmap(thandle_t handle, void *base, toff_t size) {
  (void)handle;
  (void)base;
  (void)size;
}

// What libtiff says

static void keep_message(tiff_memory *file, const char *format, va_list arguments) {
  if (file->message[0] == 0) vsnprintf(file->message, sizeof file->message, format, arguments);
}

/// A picture that is half grey must not pass for a whole one.
static int means_lost_pixels(const tiff_memory *file, const char *module, const char *format) {
  if (!file->is_decoding || module == NULL) return 0;
  if (strncmp(module, "Fax", 3) == 0) return 1;
  if (strncmp(module, "JPEG", 4) != 0) return 0;
  return strstr(format, "extraneous") == NULL;
}

#if TIFFLIB_VERSION >= 20221213

static int memory_failed(TIFF *tiff, void *data, const char *module, const char *format, va_list arguments) {
  (void)tiff;
  (void)module;
  keep_message(data, format, arguments);
  return 1;
}

static int memory_warned(TIFF *tiff, void *data, const char *module, const char *format, va_list arguments) {
  (void)tiff;
  if (means_lost_pixels(data, module, format)) keep_message(data, format, arguments);
  return 1;
}

static TIFF *open_memory(tiff_memory *file, const char *mode) {
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (options == NULL) return NULL;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, GREATEST_ALLOCATION);
  TIFFOpenOptionsSetErrorHandlerExtR(options, memory_failed, file);
  TIFFOpenOptionsSetWarningHandlerExtR(options, memory_warned, file);
  TIFF *tiff = TIFFClientOpenExt("", mode, file, memory_read, memory_write, memory_seek, memory_close, memory_size,
                                 memory_map, memory_unmap, options);
  TIFFOpenOptionsFree(options);
  return tiff;
}

static void set_handlers(void) {}

#else

// Handlers of the whole process; they are told which file they are about.
static void memory_failed(thandle_t handle, const char *module, const char *format, va_list arguments) {
  (void)module;
  if (handle != NULL) keep_message(handle, format, arguments);
}

static void memory_warned(thandle_t handle, const char *module, const char *format, va_list arguments) {
  if (handle != NULL && means_lost_pixels(handle, module, format)) keep_message(handle, format, arguments);
}

static TIFF *open_memory(tiff_memory *file, const char *mode) {
  return TIFFClientOpen("", mode, file, memory_read, memory_write, memory_seek, memory_close, memory_size, memory_map,
                        memory_unmap);
}

static void set_handlers(void) {
  TIFFSetErrorHandler(NULL);
  TIFFSetWarningHandler(NULL);
  TIFFSetErrorHandlerExt(memory_failed);
  TIFFSetWarningHandlerExt(memory_warned);
}

#endif

// Tags that libtiff does not know by itself

static const TIFFFieldInfo further_fields[] = {
    {FCN_TAG_MODEL_PIXEL_SCALE, TIFF_VARIABLE2, TIFF_VARIABLE2, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelPixelScale"},
    {FCN_TAG_MODEL_TIEPOINT, TIFF_VARIABLE2, TIFF_VARIABLE2, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelTiepoint"},
    {FCN_TAG_MODEL_TRANSFORMATION, TIFF_VARIABLE2, TIFF_VARIABLE2, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1,
     "ModelTransformation"},
    {FCN_TAG_GEO_KEYS, TIFF_VARIABLE2, TIFF_VARIABLE2, TIFF_SHORT, FIELD_CUSTOM, 1, 1, "GeoKeyDirectory"},
    {FCN_TAG_GEO_DOUBLES, TIFF_VARIABLE2, TIFF_VARIABLE2, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "GeoDoubleParams"},
    {FCN_TAG_GEO_TEXT, TIFF_VARIABLE, TIFF_VARIABLE, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GeoAsciiParams"},
    {FCN_TAG_NO_DATA, TIFF_VARIABLE, TIFF_VARIABLE, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GDAL_NODATA"},
};

static TIFFExtendProc next_extender;

static void extend(TIFF *tiff) {
  TIFFMergeFieldInfo(tiff, further_fields, sizeof further_fields / sizeof *further_fields);
  if (next_extender != NULL) next_extender(tiff);
}

static void set_up(void) {
  set_handlers();
  next_extender = TIFFSetTagExtender(extend);
}

int tiff_memory_open(tiff_memory *file, const char *mode) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_up);
  file->tiff = open_memory(file, mode);
  if (file->tiff == NULL && file->message[0] == 0) fail(file->message, "not a TIFF file");
  return file->tiff != NULL;
}

void tiff_memory_close(tiff_memory *file) {
  if (file->tiff != NULL) TIFFClose(file->tiff);
  free(file->pages);
  free(file);
}

#endif
