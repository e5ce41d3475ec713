#include "fcn_codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>
#include <png.h>

#include "fcn_failures.h"

// PNG

typedef struct png_source {
  const uint8_t *bytes;
  size_t count;
  size_t position;
  char *message;
} png_source;

static void png_source_read(png_structp png, png_bytep into, size_t count) {
  png_source *source = png_get_io_ptr(png);
  if (count > source->count - source->position) png_error(png, "the file ends too early");
  memcpy(into, source->bytes + source->position, count);
  source->position += count;
}

static void png_failed(png_structp png, png_const_charp text) {
  char *message = png_get_error_ptr(png);
  snprintf(message, FCN_MESSAGE, "%s", text);
  png_longjmp(png, 1);
}

static void png_warned(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

/// Reads up to the pixels, with transformations to 8 or 16 bits a sample and no palette; gives the number of passes.
static int png_start(png_structp png, png_infop info, png_source *source) {
  png_set_read_fn(png, source, png_source_read);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  // Texts, profiles and the like are of no use here, and may unpack to any size.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_chunk_malloc_max(png, 8 << 20);
  png_read_info(png, info);
  png_set_expand(png);
  // The byte order of a PNG file is big-endian.
  if (png_get_bit_depth(png, info) == 16 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) png_set_swap(png);
  return png_set_interlace_handling(png);
}

int fcn_png_measure(const uint8_t *bytes, size_t count, uint64_t maximum_pixels, fcn_picture_header *header,
                    char *message) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, png_failed, png_warned);
  if (png == NULL) return fail(message, "out of memory");
  png_infop info = png_create_info_struct(png);
  png_source source = {bytes, count, 0, message};
  // Destroying makes the pointers null, so what failed is told before.
  if (info == NULL) fail(message, "out of memory");
  if (info == NULL || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  png_start(png, info, &source);
  uint64_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  uint64_t stored = (width * png_get_bit_depth(png, info) * png_get_channels(png, info) + 7) / 8 + 1;
  png_read_update_info(png, info);
  header->width = (uint32_t)width;
  header->height = (uint32_t)height;
  header->channels = png_get_channels(png, info);
  header->bits = png_get_bit_depth(png, info);
  png_destroy_read_struct(&png, &info, NULL);
  if (width > maximum_pixels / height) return too_many_pixels(message, width, height, maximum_pixels);
  // One byte of deflate gives at most 1032: what the header claims must fit in that.
  if (stored > ((uint64_t)count + 1) * 1032 / height + 1) return too_short(message, width, height);
  return 0;
}

int fcn_png_decode(const uint8_t *bytes, size_t count, const fcn_picture_header *header, uint8_t *samples,
                   char *message) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, png_failed, png_warned);
  if (png == NULL) return fail(message, "out of memory");
  png_infop info = png_create_info_struct(png);
  png_source source = {bytes, count, 0, message};
  // Destroying makes the pointers null, so what failed is told before.
  if (info == NULL) fail(message, "out of memory");
  if (info == NULL || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  int passes = png_start(png, info, &source);
  png_read_update_info(png, info);
  size_t stride = (size_t)header->width * header->channels * (header->bits / 8);
  if (png_get_rowbytes(png, info) != stride || png_get_image_height(png, info) != header->height)
    png_error(png, "the header changed");
  // Passes of an interlaced picture leave the pixels alone that they do not bring.
  if (passes > 1) memset(samples, 0, stride * header->height);
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t row = 0; row < header->height; row++) png_read_row(png, samples + stride * row, NULL);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

typedef struct byte_buffer {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
} byte_buffer;

static void png_buffer_write(png_structp png, png_bytep bytes, size_t count) {
  byte_buffer *buffer = png_get_io_ptr(png);
  if (count > buffer->capacity - buffer->count) {
    size_t capacity = buffer->capacity * 2 + count + 4096;
    uint8_t *larger = realloc(buffer->bytes, capacity);
    if (larger == NULL) png_error(png, "out of memory");
    buffer->bytes = larger;
    buffer->capacity = capacity;
  }
  memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
}

static void png_buffer_flush(png_structp png) { (void)png; }

int fcn_png_encode(const uint8_t *samples, const fcn_picture_header *header, const uint8_t *palette,
                   int palette_count, uint8_t **bytes, size_t *count, char *message) {
  static const int types[5] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                               PNG_COLOR_TYPE_RGB_ALPHA};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, png_failed, png_warned);
  if (png == NULL) return fail(message, "out of memory");
  png_infop info = png_create_info_struct(png);
  byte_buffer buffer = {NULL, 0, 0};
  if (info == NULL) fail(message, "out of memory");
  if (info == NULL || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    free(buffer.bytes);
    return 1;
  }
  png_set_write_fn(png, &buffer, png_buffer_write, png_buffer_flush);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(png, info, header->width, header->height, (int)header->bits,
               palette != NULL ? PNG_COLOR_TYPE_PALETTE : types[header->channels], PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (palette != NULL) {
    png_color colors[256];
    for (int i = 0; i < palette_count && i < 256; i++)
      colors[i] = (png_color){palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]};
    png_set_PLTE(png, info, colors, palette_count);
  }
  // Photographs: much faster than with every filter tried and more search, for files somewhat bigger.
  png_set_compression_level(png, palette != NULL ? 6 : 1);
  if (palette == NULL) png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_write_info(png, info);
  if (header->bits == 16 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) png_set_swap(png);
  size_t stride = (size_t)header->width * header->channels * (header->bits / 8);
  for (uint32_t row = 0; row < header->height; row++) png_write_row(png, samples + stride * row);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  *bytes = buffer.bytes;
  *count = buffer.count;
  return 0;
}

// JPEG

typedef struct jpeg_failure {
  struct jpeg_error_mgr manager;
  jmp_buf jump;
  char *message;
} jpeg_failure;

static void jpeg_failed(j_common_ptr info) {
  jpeg_failure *failure = (jpeg_failure *)info->err;
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  snprintf(failure->message, FCN_MESSAGE, "%s", text);
  longjmp(failure->jump, 1);
}

/// Warnings that mean lost pixels are errors: a picture that is half grey must not pass for a whole one.
static void jpeg_warned(j_common_ptr info, int level) {
  if (level >= 0) return;
  jpeg_failure *failure = (jpeg_failure *)info->err;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
      snprintf(failure->message, FCN_MESSAGE, "the file ends too early");
      longjmp(failure->jump, 1);
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
      jpeg_failed(info);
      break;
    default:
      break;
  }
}

static void jpeg_catch(jpeg_failure *failure, char *message) {
  jpeg_std_error(&failure->manager);
  failure->manager.error_exit = jpeg_failed;
  failure->manager.emit_message = jpeg_warned;
  failure->message = message;
}

/// A file of many empty scans costs time without end; honest ones have about ten.
static void jpeg_count_scans(j_common_ptr info) {
  if (!info->is_decompressor || ((j_decompress_ptr)info)->input_scan_number <= 200) return;
  jpeg_failure *failure = (jpeg_failure *)info->err;
  snprintf(failure->message, FCN_MESSAGE, "the file has more than 200 scans");
  longjmp(failure->jump, 1);
}

int fcn_jpeg_measure(const uint8_t *bytes, size_t count, uint64_t maximum_pixels, fcn_picture_header *header,
                     char *message) {
  struct jpeg_decompress_struct info;
  jpeg_failure failure;
  memset(&info, 0, sizeof info);
  jpeg_catch(&failure, message);
  info.err = &failure.manager;
  if (setjmp(failure.jump)) {
    jpeg_destroy_decompress(&info);
    return 1;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes, (unsigned long)count);
  jpeg_read_header(&info, TRUE);
  int components = info.num_components;
  int huffman = !info.arith_code;
  int cmyk = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  uint64_t width = info.image_width, height = info.image_height;
  jpeg_destroy_decompress(&info);
  if (cmyk || components == 4)
    return not_taken(message, "the picture is in CMYK colours, which are not supported; convert it to RGB");
  if (components != 1 && components != 3) return not_taken(message, "the picture has neither one nor three components");
  if (width > maximum_pixels / height) return too_many_pixels(message, width, height, maximum_pixels);
  // Huffman coding spends at least one bit on each block of 8x8 of the component that is stored at full size.
  if (huffman && ((width + 7) / 8) * ((height + 7) / 8) / 8 > count) return too_short(message, width, height);
  header->width = (uint32_t)width;
  header->height = (uint32_t)height;
  header->channels = components == 1 ? 1 : 3;
  header->bits = 8;
  return 0;
}

int fcn_jpeg_decode(const uint8_t *bytes, size_t count, const fcn_picture_header *header, uint8_t *samples,
                    char *message) {
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress;
  jpeg_failure failure;
  memset(&info, 0, sizeof info);
  memset(&progress, 0, sizeof progress);
  jpeg_catch(&failure, message);
  info.err = &failure.manager;
  if (setjmp(failure.jump)) {
    jpeg_destroy_decompress(&info);
    return 1;
  }
  jpeg_create_decompress(&info);
  progress.progress_monitor = jpeg_count_scans;
  info.progress = &progress;
  jpeg_mem_src(&info, bytes, (unsigned long)count);
  jpeg_read_header(&info, TRUE);
  info.out_color_space = header->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(&info);
  size_t stride = (size_t)header->width * header->channels;
  if (info.output_width != header->width || info.output_height != header->height ||
      (uint32_t)info.output_components != header->channels) {
    jpeg_destroy_decompress(&info);
    return fail(message, "the header changed");
  }
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = samples + stride * info.output_scanline;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return 0;
}

int fcn_jpeg_encode(const uint8_t *samples, const fcn_picture_header *header, int quality, uint8_t **bytes,
                    size_t *count, char *message) {
  if (header->width > JPEG_MAX_DIMENSION || header->height > JPEG_MAX_DIMENSION)
    return fail(message, "a JPEG file has at most 65500 pixels a side; write a .png");
  struct jpeg_compress_struct info;
  jpeg_failure failure;
  // The library keeps the address and moves the memory: it must not live in a register across the jump.
  unsigned char *volatile memory[1] = {NULL};
  unsigned long size = 0;
  memset(&info, 0, sizeof info);
  jpeg_catch(&failure, message);
  info.err = &failure.manager;
  if (setjmp(failure.jump)) {
    jpeg_destroy_compress(&info);
    free(memory[0]);
    return 1;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, (unsigned char **)memory, &size);
  info.image_width = header->width;
  info.image_height = header->height;
  info.input_components = (int)header->channels;
  info.in_color_space = header->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.comp_info[0].h_samp_factor = 1;
  info.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&info, TRUE);
  size_t stride = (size_t)header->width * header->channels;
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(samples + stride * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  *bytes = memory[0];
  *count = size;
  return 0;
}
