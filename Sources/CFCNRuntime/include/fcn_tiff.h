#ifndef FCN_TIFF_H
#define FCN_TIFF_H

// TIFF and BigTIFF in memory, through libtiff. Functions that can fail return 0, or what is the matter (fcn_codecs.h)
// with a text ended by zero in `message` (at least FCN_MESSAGE bytes).

#include "fcn_codecs.h"

/// How decoded samples lie in memory, in the byte order of the machine.
enum { FCN_SAMPLE_8 = 0, FCN_SAMPLE_16 = 1, FCN_SAMPLE_32 = 2, FCN_SAMPLE_FLOAT = 3 };

/// What a page says of its picture as it will be decoded.
typedef struct fcn_tiff_page {
  uint32_t width;
  uint32_t height;
  /// The samples of a pixel; 3 for a palette.
  uint32_t channels;
  /// FCN_SAMPLE_...; signed numbers, and those of 16 and 64 bits with a fraction, become float.
  uint32_t sample;
  /// The number of full intensity: the greatest that the type holds; 1 for numbers with a fraction.
  double maximum;
  /// The sample that says how opaque the pixel is, counted from 1; 0 where there is none.
  uint32_t alpha;
  /// Whether the colours are multiplied by it already.
  uint32_t is_premultiplied;
  /// 1...8, as in EXIF.
  uint32_t orientation;
  /// As the file holds them: bits of a sample, and how they mean a number (SampleFormat).
  uint32_t bits;
  uint32_t format;
  uint32_t photometric;
} fcn_tiff_page;

/// Opens a file; `bytes` must outlive it. Pages are its pictures in their order, without those that the file marks as
/// smaller copies or masks of others. null and a text on failure.
void *_Nullable fcn_tiff_open(const uint8_t *_Nonnull bytes, size_t count, char *_Nonnull message);
void fcn_tiff_close(void *_Nonnull file);
size_t fcn_tiff_page_count(void *_Nonnull file);

/// Looks at a page, counted from 0, without decoding; refuses more than `maximum_pixels`, sizes that the file cannot
/// hold, and kinds of pictures that are not read.
int fcn_tiff_measure(void *_Nonnull file, size_t page, uint64_t maximum_pixels, fcn_tiff_page *_Nonnull header,
                     char *_Nonnull message);
/// Decodes the page that was measured last. Sample s of a pixel becomes sample `places[s]` of `channels` interleaved
/// ones, none where that is negative.
int fcn_tiff_decode(void *_Nonnull file, const fcn_tiff_page *_Nonnull header, const int32_t *_Nonnull places,
                    uint32_t channels, uint8_t *_Nonnull samples, char *_Nonnull message);

/// Tags that are read and written: resolutions (float), the unit of resolutions (16 bits), a description (text), those
/// of GeoTIFF (double, 16 bits, text), and GDAL's number for missing data (text).
enum {
  FCN_TAG_DESCRIPTION = 270, FCN_TAG_X_RESOLUTION = 282, FCN_TAG_Y_RESOLUTION = 283, FCN_TAG_RESOLUTION_UNIT = 296,
  FCN_TAG_MODEL_PIXEL_SCALE = 33550, FCN_TAG_MODEL_TIEPOINT = 33922, FCN_TAG_MODEL_TRANSFORMATION = 34264,
  FCN_TAG_GEO_KEYS = 34735, FCN_TAG_GEO_DOUBLES = 34736, FCN_TAG_GEO_TEXT = 34737, FCN_TAG_NO_DATA = 42113,
};
/// The numbers of a tag of the page that was measured last, or the bytes of its text; null where it has none. They are
/// valid until another page is measured.
const double *_Nullable fcn_tiff_doubles(void *_Nonnull file, uint32_t tag, size_t *_Nonnull count);
const uint16_t *_Nullable fcn_tiff_shorts(void *_Nonnull file, uint32_t tag, size_t *_Nonnull count);
const char *_Nullable fcn_tiff_text(void *_Nonnull file, uint32_t tag);
/// A resolution or its unit; 0 where there is none.
double fcn_tiff_number(void *_Nonnull file, uint32_t tag);

/// What is to be written.
typedef struct fcn_tiff_layout {
  uint32_t width;
  uint32_t height;
  uint32_t channels;
  /// FCN_SAMPLE_8, FCN_SAMPLE_16 or FCN_SAMPLE_FLOAT.
  uint32_t sample;
  /// Channel after channel, and not interleaved.
  uint32_t is_planar;
  /// Whether three channels are red, green and blue.
  uint32_t is_color;
} fcn_tiff_layout;

/// A file that is being made: its layout first, then tags, then all samples at once. null where there is no memory.
void *_Nullable fcn_tiff_make(const fcn_tiff_layout *_Nonnull layout, char *_Nonnull message);
/// RGB triples of the indexes that one channel of 8 bits holds.
void fcn_tiff_set_palette(void *_Nonnull file, const uint8_t *_Nonnull triples, size_t count);
void fcn_tiff_set_doubles(void *_Nonnull file, uint32_t tag, const double *_Nonnull values, size_t count);
void fcn_tiff_set_shorts(void *_Nonnull file, uint32_t tag, const uint16_t *_Nonnull values, size_t count);
void fcn_tiff_set_text(void *_Nonnull file, uint32_t tag, const char *_Nonnull text);
void fcn_tiff_set_number(void *_Nonnull file, uint32_t tag, double value);
/// Encodes with deflate into memory that the caller releases (fcn_release), in tiles where the picture is big, and as
/// BigTIFF where it could pass 4 GB. The file is closed, whatever comes.
int fcn_tiff_finish(void *_Nonnull file, const void *_Nonnull samples, uint8_t *_Nullable *_Nonnull bytes,
                    size_t *_Nonnull count, char *_Nonnull message);

#endif
