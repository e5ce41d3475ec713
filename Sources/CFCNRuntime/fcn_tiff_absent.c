#ifdef FCN_NO_TIFF

// In the place of libtiff in programs that are built without it.

#include <stddef.h>

#include "fcn_failures.h"
#include "fcn_tiff.h"

static const char absent[] = "this program was built without TIFF (`fcnc build --no-tiff`)";

// Every file opens and has one page, which is not taken: that is not the file's fault.
void *fcn_tiff_open(const uint8_t *bytes, size_t count, char *message) {
  (void)count, (void)message;
  return (void *)bytes;
}

void fcn_tiff_close(void *file) { (void)file; }
size_t fcn_tiff_page_count(void *file) { return (void)file, 1; }

int fcn_tiff_measure(void *file, size_t page, uint64_t maximum_pixels, fcn_tiff_page *header, char *message) {
  (void)file, (void)page, (void)maximum_pixels, (void)header;
  return not_taken(message, absent);
}

int fcn_tiff_decode(void *file, const fcn_tiff_page *header, const int32_t *places, uint32_t channels,
                    uint8_t *samples, char *message) {
  (void)file, (void)header, (void)places, (void)channels, (void)samples;
  return not_taken(message, absent);
}

const double *fcn_tiff_doubles(void *file, uint32_t tag, size_t *count) {
  return (void)file, (void)tag, (void)count, NULL;
}
const uint16_t *fcn_tiff_shorts(void *file, uint32_t tag, size_t *count) {
  return (void)file, (void)tag, (void)count, NULL;
}
const char *fcn_tiff_text(void *file, uint32_t tag) { return (void)file, (void)tag, NULL; }
double fcn_tiff_number(void *file, uint32_t tag) { return (void)file, (void)tag, 0; }

void *fcn_tiff_make(const fcn_tiff_layout *layout, char *message) {
  (void)layout;
  fail(message, absent);
  return NULL;
}

void fcn_tiff_set_palette(void *file, const uint8_t *triples, size_t count) {
  (void)file, (void)triples, (void)count;
}
void fcn_tiff_set_doubles(void *file, uint32_t tag, const double *values, size_t count) {
  (void)file, (void)tag, (void)values, (void)count;
}
void fcn_tiff_set_shorts(void *file, uint32_t tag, const uint16_t *values, size_t count) {
  (void)file, (void)tag, (void)values, (void)count;
}
void fcn_tiff_set_text(void *file, uint32_t tag, const char *text) { (void)file, (void)tag, (void)text; }
void fcn_tiff_set_number(void *file, uint32_t tag, double value) { (void)file, (void)tag, (void)value; }

int fcn_tiff_finish(void *file, const void *samples, uint8_t **bytes, size_t *count, char *message) {
  (void)file, (void)samples, (void)bytes, (void)count;
  return not_taken(message, absent);
}

#endif
