#ifndef FCN_CODECS_H
#define FCN_CODECS_H

// PNG and JPEG through libpng and libjpeg. Their errors are jumps, which must not cross Swift: each function here
// catches them and returns 0, or what is the matter with a text ended by zero in `message` (at least FCN_MESSAGE bytes).

#include <stddef.h>
#include <stdint.h>

enum { FCN_MESSAGE = 256 };
enum { FCN_DAMAGED = 1, FCN_TOO_MANY_PIXELS = 2, FCN_NOT_TAKEN = 3 };

/// What a file's header says of its picture as it will be decoded: samples interleaved, 16-bit ones in the byte order
/// of the machine.
typedef struct fcn_picture_header {
  uint32_t width;
  uint32_t height;
  /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
  uint32_t channels;
  /// 8 or 16.
  uint32_t bits;
} fcn_picture_header;

/// Reads the header only; refuses more than `maximum_pixels` and sizes that a file of `count` bytes cannot hold.
int fcn_png_measure(const uint8_t *_Nonnull bytes, size_t count, uint64_t maximum_pixels,
                    fcn_picture_header *_Nonnull header, char *_Nonnull message);
/// Decodes into width * height * channels * bits / 8 bytes; the header must be what measuring gave.
int fcn_png_decode(const uint8_t *_Nonnull bytes, size_t count, const fcn_picture_header *_Nonnull header,
                   uint8_t *_Nonnull samples, char *_Nonnull message);
int fcn_jpeg_measure(const uint8_t *_Nonnull bytes, size_t count, uint64_t maximum_pixels,
                     fcn_picture_header *_Nonnull header, char *_Nonnull message);
int fcn_jpeg_decode(const uint8_t *_Nonnull bytes, size_t count, const fcn_picture_header *_Nonnull header,
                    uint8_t *_Nonnull samples, char *_Nonnull message);

/// Encodes into memory that the caller releases (fcn_release). `palette`: RGB triples, for one channel of 8 bits.
int fcn_png_encode(const uint8_t *_Nonnull samples, const fcn_picture_header *_Nonnull header,
                   const uint8_t *_Nullable palette, int palette_count,
                   uint8_t *_Nullable *_Nonnull bytes, size_t *_Nonnull count, char *_Nonnull message);
/// One or three channels of 8 bits; quality 1...100, chroma at full size.
int fcn_jpeg_encode(const uint8_t *_Nonnull samples, const fcn_picture_header *_Nonnull header, int quality,
                    uint8_t *_Nullable *_Nonnull bytes, size_t *_Nonnull count, char *_Nonnull message);

#endif
