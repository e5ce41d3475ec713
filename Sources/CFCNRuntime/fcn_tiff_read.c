#ifndef FCN_NO_TIFF

#include <stdlib.h>
#include <string.h>

#include "fcn_failures.h"
#include "fcn_tiff_memory.h"

// No file of pictures has more pages.
enum { GREATEST_PAGE_COUNT = 1 << 20 };

static int failed(tiff_memory *file, char *message, const char *otherwise) {
  return fail(message, file->message[0] != 0 ? file->message : otherwise);
}

/// Finds the directories of pages; 0 on failure.
static int find_pages(tiff_memory *file) {
  size_t capacity = 0, others = 0;
  for (size_t index = 0; index < GREATEST_PAGE_COUNT; index++) {
    uint32_t kind = 0;
    TIFFGetField(file->tiff, TIFFTAG_SUBFILETYPE, &kind);
    if ((kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0) {
      others++;
    } else {
      if (file->page_count == capacity) {
        capacity = capacity * 2 + 4;
        uint64_t *larger = realloc(file->pages, capacity * sizeof *larger);
        if (larger == NULL) return 0;
        file->pages = larger;
      }
      file->pages[file->page_count++] = TIFFCurrentDirOffset(file->tiff);
    }
    if (TIFFLastDirectory(file->tiff)) return file->page_count > 0 || others > 0;
    file->message[0] = 0;
    if (!TIFFReadDirectory(file->tiff)) return 0;
  }
  fail(file->message, "the file has more than a million pages");
  return 0;
}

void *fcn_tiff_open(const uint8_t *bytes, size_t count, char *message) {
  tiff_memory *file = calloc(1, sizeof *file);
  if (file == NULL) {
    fail(message, "out of memory");
    return NULL;
  }
  file->bytes = bytes;
  file->count = count;
  if (!tiff_memory_open(file, "r") || !find_pages(file)) {
    failed(file, message, "the list of the file's pages is broken");
    tiff_memory_close(file);
    return NULL;
  }
  return file;
}

void fcn_tiff_close(void *handle) { tiff_memory_close(handle); }

size_t fcn_tiff_page_count(void *handle) { return ((tiff_memory *)handle)->page_count; }

// Measuring

/// The most bytes that one byte of the file can unpack to.
static uint64_t greatest_ratio(uint16_t compression) {
  switch (compression) {
    case COMPRESSION_NONE: return 1;
    case COMPRESSION_PACKBITS: return 64;
    case COMPRESSION_DEFLATE:
    case COMPRESSION_ADOBE_DEFLATE: return 1032;
    case COMPRESSION_LZW: return 2731;
    default: return 1 << 16;
  }
}

/// The bytes of the picture as libtiff unpacks it, with what fills the last tiles.
static uint64_t unpacked_size(TIFF *tiff, uint32_t height, uint16_t samples) {
  uint64_t part, count, size;
  if (TIFFIsTiled(tiff)) {
    part = TIFFTileSize64(tiff);
    count = TIFFNumberOfTiles(tiff);
  } else {
    uint16_t planar = PLANARCONFIG_CONTIG;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
    part = TIFFScanlineSize64(tiff);
    count = (uint64_t)height * (planar == PLANARCONFIG_SEPARATE ? samples : 1);
  }
  return __builtin_mul_overflow(part, count, &size) ? UINT64_MAX : size;
}

/// How samples come out; negative where they are not read.
static int sample_kind(uint16_t bits, uint16_t format, double *maximum) {
  switch (format) {
    case SAMPLEFORMAT_UINT:
    case SAMPLEFORMAT_VOID:
      *maximum = bits <= 32 ? (double)(((uint64_t)1 << bits) - 1) : 0;
      return bits <= 8 ? FCN_SAMPLE_8 : bits <= 16 ? FCN_SAMPLE_16 : bits == 32 ? FCN_SAMPLE_32 : -1;
    case SAMPLEFORMAT_INT:
      *maximum = (double)(((uint64_t)1 << (bits - 1)) - 1);
      return bits == 8 || bits == 16 || bits == 32 ? FCN_SAMPLE_FLOAT : -1;
    case SAMPLEFORMAT_IEEEFP:
      *maximum = 1;
      return bits == 16 || bits == 32 || bits == 64 ? FCN_SAMPLE_FLOAT : -1;
    default: return -1;
  }
}

static int check_samples(const fcn_tiff_page *page, char *message) {
  static const char *const words[] = {"", "an unsigned number", "a signed number", "a float", "bits of no known kind",
                                      "a complex number", "a complex number"};
  double maximum;
  if (page->bits >= 1 && page->bits <= 64 && sample_kind((uint16_t)page->bits, (uint16_t)page->format, &maximum) >= 0)
    return 0;
  snprintf(message, FCN_MESSAGE,
           "a sample is %s of %u bits, which is not read; save it with 8, 16 or 32 bits or as float32",
           page->format < sizeof words / sizeof *words ? words[page->format] : words[4], page->bits);
  return FCN_NOT_TAKEN;
}

/// Whether the colours are such as are read; what the page says of itself becomes what is decoded.
static int check_colors(TIFF *tiff, fcn_tiff_page *page, uint16_t compression, char *message) {
  int is_unsigned = page->format == SAMPLEFORMAT_UINT || page->format == SAMPLEFORMAT_VOID;
  switch (page->photometric) {
    case PHOTOMETRIC_MINISBLACK: return 0;
    case PHOTOMETRIC_MINISWHITE:
      if (is_unsigned) return 0;
      return not_taken(message, "white is the least of signed or float numbers, which is not read; save it with black "
                                "there");
    case PHOTOMETRIC_RGB:
      return page->channels >= 3 ? 0 : fail(message, "the file says RGB of fewer than three samples");
    case PHOTOMETRIC_PALETTE: {
      uint16_t *map[3];
      if (page->channels != 1 || page->bits > 16 || !is_unsigned)
        return not_taken(message, "the palette is not of one unsigned sample of up to 16 bits");
      if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]))
        return fail(message, "the palette is missing");
      page->channels = 3;
      page->alpha = 0;
      page->sample = FCN_SAMPLE_8;
      // Old writers left the low bytes empty; others filled the low bytes only.
      uint16_t together = 0;
      size_t count = (size_t)1 << page->bits;
      int is_wide = 0;
      for (int channel = 0; channel < 3; channel++)
        for (size_t index = 0; index < count; index++) {
          uint16_t value = map[channel][index];
          together |= value;
          is_wide |= (value & 255) != 0 && (value & 255) != value >> 8;
        }
      if (is_wide && together > 255) page->sample = FCN_SAMPLE_16;
      page->maximum = page->sample == FCN_SAMPLE_16 ? 65535 : 255;
      return 0;
    }
    case PHOTOMETRIC_YCBCR:
      // libjpeg gives RGB.
      if (compression == COMPRESSION_JPEG && page->channels == 3 && page->bits == 8) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        return 0;
      }
      return not_taken(message, "the picture is in YCbCr colours without JPEG, which are not read; `tiff2rgba IN OUT` "
                                "makes RGB of them");
    case PHOTOMETRIC_SEPARATED:
      return not_taken(message, "the picture is in CMYK colours, which are not supported; convert it to RGB");
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
    case PHOTOMETRIC_ITULAB:
      return not_taken(message, "the picture is in Lab colours, which are not read; convert it to RGB");
    default:
      snprintf(message, FCN_MESSAGE,
               "the picture is of the photometric kind %u, which is not read; save it in grey or RGB",
               page->photometric);
      return FCN_NOT_TAKEN;
  }
}

int fcn_tiff_measure(void *handle, size_t index, uint64_t maximum_pixels, fcn_tiff_page *page, char *message) {
  tiff_memory *file = handle;
  TIFF *tiff = file->tiff;
  memset(page, 0, sizeof *page);
  file->message[0] = 0;
  file->is_decoding = 0;
  if (index >= file->page_count || !TIFFSetSubDirectory(tiff, file->pages[index]))
    return failed(file, message, "the page is broken");
  uint16_t bits = 1, samples = 1, format = SAMPLEFORMAT_UINT, photometric = PHOTOMETRIC_MINISBLACK;
  uint16_t compression = COMPRESSION_NONE, orientation = 1, extra_count = 0, *extra = NULL;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page->width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page->height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField(tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &extra_count, &extra);
  if (page->width == 0 || page->height == 0 || samples == 0) return fail(message, "the picture has no pixels");
  if (page->width > maximum_pixels / page->height)
    return too_many_pixels(message, page->width, page->height, maximum_pixels);
  page->channels = samples;
  page->bits = bits;
  page->format = format;
  page->photometric = photometric;
  page->orientation = orientation;
  int code = check_samples(page, message);
  if (code != 0) return code;
  page->sample = (uint32_t)sample_kind(bits, format, &page->maximum);
  for (uint16_t i = 0; i < extra_count && extra_count < samples && page->alpha == 0; i++)
    if (extra[i] == EXTRASAMPLE_ASSOCALPHA || extra[i] == EXTRASAMPLE_UNASSALPHA) {
      page->alpha = (uint32_t)(samples - extra_count + i + 1);
      page->is_premultiplied = extra[i] == EXTRASAMPLE_ASSOCALPHA;
    }
  code = check_colors(tiff, page, compression, message);
  if (code != 0) return code;
  if (!TIFFIsCODECConfigured(compression) || compression == COMPRESSION_OJPEG) {
    const TIFFCodec *codec = TIFFFindCODEC(compression);
    snprintf(message, FCN_MESSAGE,
             "the file is compressed with %s (%u), which libtiff does not read here; save it with deflate",
             codec != NULL ? codec->name : "a method that is not known", compression);
    return FCN_NOT_TAKEN;
  }
  // What the header claims must fit in the file, so that a small file takes little memory and time.
  uint64_t size = unpacked_size(tiff, page->height, samples);
  if (size == 0) return failed(file, message, "the size of a row is broken");
  if (size / greatest_ratio(compression) > (uint64_t)file->count) return too_short(message, page->width, page->height);
  file->message[0] = 0;
  return 0;
}

// Decoding

typedef struct decoding {
  const fcn_tiff_page *page;
  const int32_t *places;
  uint32_t channels;
  uint8_t *samples;
  /// Whether rows of the file are rows of the picture, byte for byte.
  int is_plain;
  const uint16_t *palette[3];
} decoding;

/// The number of `bits` bits at a place of packed samples, the highest first.
static uint32_t packed(const uint8_t *bytes, size_t index, uint32_t bits) {
  size_t first = index * bits;
  uint32_t value = 0;
  for (size_t bit = first; bit < first + bits; bit++) value = value << 1 | ((bytes[bit / 8] >> (7 - bit % 8)) & 1);
  return value;
}

static uint32_t unsigned_sample(const uint8_t *bytes, size_t index, uint32_t bits) {
  switch (bits) {
    case 8: return bytes[index];
    case 16: return ((const uint16_t *)bytes)[index];
    case 32: return ((const uint32_t *)bytes)[index];
    default: return packed(bytes, index, bits);
  }
}

static float half(uint16_t value) {
  uint32_t sign = (uint32_t)(value & 0x8000) << 16, exponent = (value >> 10) & 31, fraction = value & 1023, bits;
  if (exponent == 0) {
    float small = (float)fraction / (float)(1 << 24);
    return sign != 0 ? -small : small;
  }
  bits = sign | (exponent == 31 ? 0x7F800000u : (exponent + 112) << 23) | fraction << 13;
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

static float float_sample(const uint8_t *bytes, size_t index, const fcn_tiff_page *page) {
  if (page->format == SAMPLEFORMAT_INT) {
    switch (page->bits) {
      case 8: return (float)((const int8_t *)bytes)[index];
      case 16: return (float)((const int16_t *)bytes)[index];
      default: return (float)((const int32_t *)bytes)[index];
    }
  }
  switch (page->bits) {
    case 16: return half(((const uint16_t *)bytes)[index]);
    case 32: return ((const float *)bytes)[index];
    default: return (float)((const double *)bytes)[index];
  }
}

/// Brings samples of the file to their places. `bytes` hold `count` pixels from a place of a row on, of `samples`
/// samples each, the first of which is sample `first` of the picture.
static void put(const decoding *d, uint32_t row, uint32_t column, uint32_t count, uint32_t first, uint32_t samples,
                const uint8_t *bytes) {
  static const size_t sizes[] = {1, 2, 4, 4};
  const fcn_tiff_page *page = d->page;
  size_t size = sizes[page->sample];
  uint8_t *pixels = d->samples + ((size_t)row * page->width + column) * d->channels * size;
  if (d->is_plain) {
    memcpy(pixels, bytes, (size_t)count * samples * size);
    return;
  }
  uint32_t flip = page->photometric == PHOTOMETRIC_MINISWHITE ? (uint32_t)page->maximum : 0;
  uint32_t outputs = page->photometric == PHOTOMETRIC_PALETTE ? 3 : samples;
  for (uint32_t s = 0; s < outputs; s++) {
    int32_t place = d->places[first + s];
    if (place < 0) continue;
    uint8_t *to = pixels + (size_t)place * size;
    size_t stride = d->channels * size;
    for (uint32_t i = 0; i < count; i++, to += stride) {
      if (page->sample == FCN_SAMPLE_FLOAT) {
        *(float *)to = float_sample(bytes, (size_t)i * samples + s, page);
        continue;
      }
      uint32_t value;
      if (page->photometric == PHOTOMETRIC_PALETTE) {
        value = d->palette[s][unsigned_sample(bytes, i, page->bits)];
        if (page->sample == FCN_SAMPLE_8 && value > 255) value >>= 8;
      } else {
        value = unsigned_sample(bytes, (size_t)i * samples + s, page->bits);
        if (flip != 0) value = flip - value;
      }
      switch (page->sample) {
        case FCN_SAMPLE_8: *to = (uint8_t)value; break;
        case FCN_SAMPLE_16: *(uint16_t *)to = (uint16_t)value; break;
        default: *(uint32_t *)to = value; break;
      }
    }
  }
}

static int decode_rows(tiff_memory *file, const decoding *d, uint32_t planes, uint32_t samples, uint8_t *row_bytes) {
  for (uint32_t plane = 0; plane < planes; plane++) {
    if (planes > 1 && d->places[plane] < 0) continue;
    for (uint32_t row = 0; row < d->page->height; row++) {
      if (TIFFReadScanline(file->tiff, row_bytes, row, (uint16_t)plane) < 0 || file->message[0] != 0) return 0;
      put(d, row, 0, d->page->width, plane, samples, row_bytes);
    }
  }
  return 1;
}

static int decode_tiles(tiff_memory *file, const decoding *d, uint32_t planes, uint32_t samples, uint8_t *tile_bytes) {
  uint32_t tile_width = 0, tile_height = 0;
  TIFFGetField(file->tiff, TIFFTAG_TILEWIDTH, &tile_width);
  TIFFGetField(file->tiff, TIFFTAG_TILELENGTH, &tile_height);
  uint64_t row_size = TIFFTileRowSize64(file->tiff);
  if (tile_width == 0 || tile_height == 0 || row_size == 0) return 0;
  const fcn_tiff_page *page = d->page;
  for (uint32_t plane = 0; plane < planes; plane++) {
    if (planes > 1 && d->places[plane] < 0) continue;
    for (uint64_t top = 0; top < page->height; top += tile_height)
      for (uint64_t left = 0; left < page->width; left += tile_width) {
        if (TIFFReadTile(file->tiff, tile_bytes, (uint32_t)left, (uint32_t)top, 0, (uint16_t)plane) < 0 ||
            file->message[0] != 0)
          return 0;
        uint64_t width = page->width - left < tile_width ? page->width - left : tile_width;
        uint64_t height = page->height - top < tile_height ? page->height - top : tile_height;
        for (uint64_t row = 0; row < height; row++)
          put(d, (uint32_t)(top + row), (uint32_t)left, (uint32_t)width, plane, samples, tile_bytes + row * row_size);
      }
  }
  return 1;
}

int fcn_tiff_decode(void *handle, const fcn_tiff_page *page, const int32_t *places, uint32_t channels,
                    uint8_t *samples, char *message) {
  tiff_memory *file = handle;
  TIFF *tiff = file->tiff;
  uint16_t planar = PLANARCONFIG_CONTIG, stored = 1;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &stored);
  uint32_t planes = planar == PLANARCONFIG_SEPARATE ? stored : 1;
  decoding d = {page, places, channels, samples, 0, {NULL, NULL, NULL}};
  int is_native = page->format == SAMPLEFORMAT_IEEEFP ? page->bits == 32
                  : page->sample != FCN_SAMPLE_FLOAT && (page->bits == 8 || page->bits == 16 || page->bits == 32);
  d.is_plain = is_native && planes == 1 && channels == stored && page->photometric != PHOTOMETRIC_MINISWHITE &&
               page->photometric != PHOTOMETRIC_PALETTE;
  for (uint32_t s = 0; d.is_plain && s < channels; s++) d.is_plain = places[s] == (int32_t)s;
  if (page->photometric == PHOTOMETRIC_PALETTE) {
    uint16_t *map[3];
    if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]))
      return fail(message, "the palette is missing");
    for (int channel = 0; channel < 3; channel++) d.palette[channel] = map[channel];
  }
  uint64_t size = TIFFIsTiled(tiff) ? TIFFTileSize64(tiff) : TIFFScanlineSize64(tiff);
  uint8_t *bytes = size == 0 || size > SIZE_MAX ? NULL : calloc((size_t)size, 1);
  if (bytes == NULL) return fail(message, "there is not enough memory for a row or tile of the picture");
  file->message[0] = 0;
  file->is_decoding = 1;
  uint32_t together = planes > 1 ? 1 : stored;
  int is_whole = TIFFIsTiled(tiff) ? decode_tiles(file, &d, planes, together, bytes)
                                   : decode_rows(file, &d, planes, together, bytes);
  file->is_decoding = 0;
  free(bytes);
  return is_whole ? 0 : failed(file, message, "a part of the picture is broken");
}

// Tags

const double *fcn_tiff_doubles(void *handle, uint32_t tag, size_t *count) {
  uint32_t number = 0;
  double *values = NULL;
  if (!TIFFGetField(((tiff_memory *)handle)->tiff, tag, &number, &values)) return NULL;
  *count = number;
  return values;
}

const uint16_t *fcn_tiff_shorts(void *handle, uint32_t tag, size_t *count) {
  uint32_t number = 0;
  uint16_t *values = NULL;
  if (!TIFFGetField(((tiff_memory *)handle)->tiff, tag, &number, &values)) return NULL;
  *count = number;
  return values;
}

const char *fcn_tiff_text(void *handle, uint32_t tag) {
  char *text = NULL;
  return TIFFGetField(((tiff_memory *)handle)->tiff, tag, &text) ? text : NULL;
}

double fcn_tiff_number(void *handle, uint32_t tag) {
  TIFF *tiff = ((tiff_memory *)handle)->tiff;
  if (tag == FCN_TAG_RESOLUTION_UNIT) {
    uint16_t unit = 0;
    TIFFGetFieldDefaulted(tiff, tag, &unit);
    return unit;
  }
  float value = 0;
  return TIFFGetField(tiff, tag, &value) ? value : 0;
}

#endif
