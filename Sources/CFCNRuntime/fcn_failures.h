#ifndef FCN_FAILURES_H
#define FCN_FAILURES_H

// What the codecs say of files that they do not read.

#include <stdio.h>

#include "fcn_codecs.h"

static inline int fail(char *message, const char *text) {
  snprintf(message, FCN_MESSAGE, "%s", text);
  return FCN_DAMAGED;
}

static inline int too_many_pixels(char *message, uint64_t width, uint64_t height, uint64_t maximum) {
  snprintf(message, FCN_MESSAGE, "the picture has %llux%llu pixels, more than the limit of %llu",
           (unsigned long long)height, (unsigned long long)width, (unsigned long long)maximum);
  return FCN_TOO_MANY_PIXELS;
}

static inline int not_taken(char *message, const char *text) {
  fail(message, text);
  return FCN_NOT_TAKEN;
}

static inline int too_short(char *message, uint64_t width, uint64_t height) {
  snprintf(message, FCN_MESSAGE, "the file is too short for the %llux%llu pixels that its header names",
           (unsigned long long)height, (unsigned long long)width);
  return FCN_DAMAGED;
}

#endif
