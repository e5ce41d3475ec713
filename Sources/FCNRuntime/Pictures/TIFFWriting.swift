import CFCNRuntime

extension Picture {
  /// The picture as a TIFF file. `palette`: colours as 0xRRGGBB of the indexes that one channel of 8 bits holds.
  func encodedTIFF(palette: [UInt32] = [], registration: Registration?) throws(RuntimeFailure) -> FileBytes {
    precondition(palette.isEmpty || (channels == 1 && depth == .eight && palette.count <= 256))
    let sample =
      switch depth {
      case .eight: FCN_SAMPLE_8
      case .sixteen: FCN_SAMPLE_16
      case .thirtyTwo: FCN_SAMPLE_32
      case .float: FCN_SAMPLE_FLOAT
      }
    let layout = fcn_tiff_layout(
      width: UInt32(width), height: UInt32(height), channels: UInt32(channels), sample: UInt32(sample), is_planar: 0,
      is_color: channels == 3 ? 1 : 0)
    return try encodedFile(layout, memory.pointer, palette: palette, registration)
  }
}

extension PlanarArray {
  /// The array as a TIFF file of float32, channel after channel.
  func encodedTIFF(registration: Registration?) throws(RuntimeFailure) -> FileBytes {
    let layout = fcn_tiff_layout(
      width: UInt32(width), height: UInt32(height), channels: UInt32(channels), sample: UInt32(FCN_SAMPLE_FLOAT),
      is_planar: channels > 1 ? 1 : 0, is_color: 0)
    return try encodedFile(layout, memory.pointer, palette: [], registration)
  }
}

private func encodedFile(
  _ layout: fcn_tiff_layout, _ samples: UnsafeRawPointer, palette: [UInt32], _ registration: Registration?
) throws(RuntimeFailure) -> FileBytes {
  let message = try Memory<CChar>(count: FCN_MESSAGE)
  var layout = layout
  func failure() -> RuntimeFailure {
    RuntimeFailure("cannot encode the picture: \(String(terminated: message.pointer))")
  }
  guard let file = fcn_tiff_make(&layout, message.pointer) else { throw failure() }
  if !palette.isEmpty { fcn_tiff_set_palette(file, Picture.triples(palette), palette.count) }
  registration?.write(to: file)
  var bytes: UnsafeMutablePointer<UInt8>?
  var count = 0
  guard fcn_tiff_finish(file, samples, &bytes, &count, message.pointer) == 0, let bytes else { throw failure() }
  return FileBytes(Memory(owning: bytes, count: count))
}

extension Registration {
  fileprivate func write(to file: UnsafeMutableRawPointer) {
    if let resolution {
      fcn_tiff_set_number(file, UInt32(FCN_TAG_X_RESOLUTION), resolution.x)
      fcn_tiff_set_number(file, UInt32(FCN_TAG_Y_RESOLUTION), resolution.y)
      fcn_tiff_set_number(file, UInt32(FCN_TAG_RESOLUTION_UNIT), resolution.unit)
    }
    if let unitText { fcn_tiff_set_text(file, UInt32(FCN_TAG_DESCRIPTION), unitText) }
    for (tag, values) in [
      (FCN_TAG_MODEL_PIXEL_SCALE, pixelScale), (FCN_TAG_MODEL_TIEPOINT, tiepoints),
      (FCN_TAG_MODEL_TRANSFORMATION, transformation), (FCN_TAG_GEO_DOUBLES, doubles),
    ] where !values.isEmpty {
      fcn_tiff_set_doubles(file, UInt32(tag), values, values.count)
    }
    if !keys.isEmpty { fcn_tiff_set_shorts(file, UInt32(FCN_TAG_GEO_KEYS), keys, keys.count) }
    if let text { fcn_tiff_set_text(file, UInt32(FCN_TAG_GEO_TEXT), text) }
  }
}
