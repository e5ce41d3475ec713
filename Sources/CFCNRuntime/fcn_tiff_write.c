#ifndef FCN_NO_TIFF

#include <stdlib.h>
#include <string.h>

#include "fcn_failures.h"
#include "fcn_tiff_memory.h"

// Pictures of more rows and columns than this are written in tiles of TILE x TILE.
enum { GREATEST_STRIPPED = 2048, TILE = 256, STRIP_BYTES = 1 << 18 };

static const size_t sample_sizes[] = {1, 2, 4, 4};

static uint64_t pixel_size(const fcn_tiff_layout *layout) {
  return sample_sizes[layout->sample] * (layout->is_planar ? 1 : layout->channels);
}

static int is_tiled(const fcn_tiff_layout *layout) {
  return layout->width > GREATEST_STRIPPED && layout->height > GREATEST_STRIPPED;
}

void *fcn_tiff_make(const fcn_tiff_layout *layout, char *message) {
  tiff_memory *file = calloc(1, sizeof *file);
  if (file == NULL || layout->channels == 0 || layout->channels > UINT16_MAX) {
    fail(message, file == NULL ? "out of memory" : "a TIFF file has at most 65535 channels");
    free(file);
    return NULL;
  }
  file->layout = *layout;
  uint64_t size = (uint64_t)layout->width * layout->height * layout->channels * sample_sizes[layout->sample];
  // Deflate makes noise a little longer.
  if (!tiff_memory_open(file, size > 4000000000u ? "w8" : "w")) {
    fail(message, file->message);
    free(file->written);
    tiff_memory_close(file);
    return NULL;
  }
  TIFF *tiff = file->tiff;
  int is_float = layout->sample == FCN_SAMPLE_FLOAT;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, layout->width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, layout->height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, (uint16_t)layout->channels);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, (uint16_t)(8 * sample_sizes[layout->sample]));
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, is_float ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, layout->is_planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, layout->is_color ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  uint32_t further = layout->channels - (layout->is_color ? 3 : 1);
  uint16_t *kinds = further > 0 ? calloc(further, sizeof *kinds) : NULL;
  if (kinds != NULL) TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, (uint16_t)further, kinds);
  free(kinds);
  if (TIFFIsCODECConfigured(COMPRESSION_ADOBE_DEFLATE)) {
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, is_float ? PREDICTOR_FLOATINGPOINT : PREDICTOR_HORIZONTAL);
  }
  if (is_tiled(layout)) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, TILE);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, TILE);
  } else {
    uint64_t rows = STRIP_BYTES / (layout->width * pixel_size(layout)) + 1;
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, rows > layout->height ? layout->height : (uint32_t)rows);
  }
  return file;
}

void fcn_tiff_set_palette(void *handle, const uint8_t *triples, size_t count) {
  tiff_memory *file = handle;
  uint16_t map[3][256] = {{0}};
  for (size_t index = 0; index < count && index < 256; index++)
    for (size_t channel = 0; channel < 3; channel++)
      map[channel][index] = (uint16_t)(triples[3 * index + channel] * 257);
  TIFFSetField(file->tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_PALETTE);
  TIFFSetField(file->tiff, TIFFTAG_COLORMAP, map[0], map[1], map[2]);
  // Differences of indexes say nothing.
  TIFFSetField(file->tiff, TIFFTAG_PREDICTOR, PREDICTOR_NONE);
}

void fcn_tiff_set_doubles(void *handle, uint32_t tag, const double *values, size_t count) {
  TIFFSetField(((tiff_memory *)handle)->tiff, tag, (uint32_t)count, values);
}

void fcn_tiff_set_shorts(void *handle, uint32_t tag, const uint16_t *values, size_t count) {
  TIFFSetField(((tiff_memory *)handle)->tiff, tag, (uint32_t)count, values);
}

void fcn_tiff_set_text(void *handle, uint32_t tag, const char *text) {
  TIFFSetField(((tiff_memory *)handle)->tiff, tag, text);
}

void fcn_tiff_set_number(void *handle, uint32_t tag, double value) {
  TIFF *tiff = ((tiff_memory *)handle)->tiff;
  if (tag == FCN_TAG_RESOLUTION_UNIT) TIFFSetField(tiff, tag, (uint16_t)value);
  else TIFFSetField(tiff, tag, value);
}

/// Writes a plane in strips; libtiff changes what it is given, so it gets a copy.
static int write_strips(TIFF *tiff, const fcn_tiff_layout *layout, const uint8_t *samples, uint32_t plane) {
  uint32_t rows_per_strip = 0;
  TIFFGetField(tiff, TIFFTAG_ROWSPERSTRIP, &rows_per_strip);
  size_t stride = layout->width * pixel_size(layout);
  uint8_t *copy = rows_per_strip == 0 ? NULL : malloc(stride * rows_per_strip);
  int is_whole = copy != NULL;
  for (uint64_t row = 0; is_whole && row < layout->height; row += rows_per_strip) {
    uint64_t count = layout->height - row < rows_per_strip ? layout->height - row : rows_per_strip;
    memcpy(copy, samples + row * stride, count * stride);
    uint32_t strip = TIFFComputeStrip(tiff, (uint32_t)row, (uint16_t)plane);
    is_whole = TIFFWriteEncodedStrip(tiff, strip, copy, (tmsize_t)(count * stride)) >= 0;
  }
  free(copy);
  return is_whole;
}

/// Writes a plane in tiles, those at the edges filled up with zeros.
static int write_tiles(TIFF *tiff, const fcn_tiff_layout *layout, const uint8_t *samples, uint32_t plane) {
  size_t pixel = pixel_size(layout);
  uint8_t *tile = malloc(TILE * TILE * pixel);
  int is_whole = tile != NULL;
  for (uint64_t top = 0; is_whole && top < layout->height; top += TILE)
    for (uint64_t left = 0; is_whole && left < layout->width; left += TILE) {
      uint64_t width = layout->width - left < TILE ? layout->width - left : TILE;
      uint64_t height = layout->height - top < TILE ? layout->height - top : TILE;
      memset(tile, 0, TILE * TILE * pixel);
      for (uint64_t row = 0; row < height; row++)
        memcpy(tile + row * TILE * pixel, samples + ((top + row) * layout->width + left) * pixel, width * pixel);
      uint32_t index = TIFFComputeTile(tiff, (uint32_t)left, (uint32_t)top, 0, (uint16_t)plane);
      is_whole = TIFFWriteEncodedTile(tiff, index, tile, (tmsize_t)(TILE * TILE * pixel)) >= 0;
    }
  free(tile);
  return is_whole;
}

int fcn_tiff_finish(void *handle, const void *samples, uint8_t **bytes, size_t *count, char *message) {
  tiff_memory *file = handle;
  const fcn_tiff_layout *layout = &file->layout;
  uint64_t plane_size = (uint64_t)layout->width * layout->height * pixel_size(layout);
  int is_whole = 1;
  for (uint32_t plane = 0; is_whole && plane < (layout->is_planar ? layout->channels : 1); plane++) {
    const uint8_t *start = (const uint8_t *)samples + plane * plane_size;
    is_whole = is_tiled(layout) ? write_tiles(file->tiff, layout, start, plane)
                                : write_strips(file->tiff, layout, start, plane);
  }
  is_whole = is_whole && TIFFWriteDirectory(file->tiff);
  // The directory is written; closing must not write another.
  TIFFCleanup(file->tiff);
  file->tiff = NULL;
  if (is_whole) {
    *bytes = file->written;
    *count = file->count;
  } else {
    fail(message, file->message[0] != 0 ? file->message : "out of memory");
    free(file->written);
  }
  tiff_memory_close(file);
  return is_whole ? 0 : FCN_DAMAGED;
}

#endif
