extension Options {
  /// Which parts of files become channels, and what their samples mean. All take the name of a further input before `=`.
  static var channels: [Option] {
    [
      Option(
        "--pages", value: "[INPUT=]LIST",
        "the page of a TIFF file, or the pages whose channels are joined: 3, 1-5, 4,1,2 or all; counted from 1"
      ) { options, value throws(RuntimeFailure) in
        try options.set(value) { source, value throws(RuntimeFailure) in
          source.choice.pages = try Options.list("--pages", value)
        }
      },
      Option(
        "--samples", value: "[INPUT=]LIST",
        "the samples of each pixel that are taken, as 1-3 or 4,3,2; counted from 1"
      ) { options, value throws(RuntimeFailure) in
        try options.set(value) { source, value throws(RuntimeFailure) in
          source.choice.samples = try Options.list("--samples", value)
        }
      },
      Option(
        "--join", value: "[INPUT=]PATH",
        "a file whose channels follow those of the picture; may come again; {stem} may stand in it"
      ) { options, value throws(RuntimeFailure) in
        options.sources[options.source(of: value).input].joined.append(options.source(of: value).value)
      },
      Option(
        "--range", value: "[INPUT=]HOW",
        """
        which samples become 0 and 1: type, 0 and the greatest of the type, and floats as they are; bits=12, 0 and the \
        greatest of 12 bits; 0..4095, these, or one such range for each channel with commas between; percentiles=1,99, \
        those of each channel (type)
        """
      ) { options, value throws(RuntimeFailure) in
        try options.set(value) { source, value throws(RuntimeFailure) in source.scale = try Options.scale(value) }
      },
      Option(
        "--nodata", value: "[INPUT=]SAMPLE",
        "the sample of pixels without data, which become 0: a number or nan (what the file's GDAL_NODATA tag says)"
      ) { options, value throws(RuntimeFailure) in
        try options.set(value) { source, value throws(RuntimeFailure) in
          guard let sample = Double(decimal: value) else {
            throw RuntimeFailure("--nodata is a number or nan, not \(value)")
          }
          source.noData = sample
        }
      },
    ]
  }

  /// The input that stands before `=`, the first where none does, and what stands behind.
  private func source(of value: String) -> (input: Int, value: String) {
    let named = Options.named(value, inputNames)
    return (inputNames.firstIndex { $0.isSame(as: named.name ?? inputNames[0]) } ?? 0, named.path)
  }

  private mutating func set(
    _ value: String, _ change: (inout SourceOptions, String) throws(RuntimeFailure) -> Void
  ) throws(RuntimeFailure) {
    let (input, value) = source(of: value)
    try change(&sources[input], value)
  }

  private static func list(_ option: String, _ value: String) throws(RuntimeFailure) -> NumberList {
    guard let list = NumberList(value) else {
      throw RuntimeFailure("\(option) is a list of numbers from 1 on, as 3, 1-5 or 4,1,2, or all; not \(value)")
    }
    return list
  }

  private static func scale(_ value: String) throws(RuntimeFailure) -> ScaleChoice {
    let failure = RuntimeFailure("--range is type, bits=12, 0..4095 or percentiles=1,99 or alike, not \(value)")
    if value.isSame(as: "type") { return .type }
    if value.hasStart("bits=") {
      guard let bits = value.cut(at: 0x3D)?.after.naturalNumber, (1...32).contains(bits) else { throw failure }
      return .bits(bits)
    }
    if value.hasStart("percentiles=") {
      guard let (low, high) = value.cut(at: 0x3D)?.after.cut(at: 0x2C), let low = Double(decimal: low),
        let high = Double(decimal: high), low >= 0, low < high, high <= 100
      else { throw failure }
      return .percentiles(low: low, high: high)
    }
    var scales: [SampleScale] = []
    for part in value.utf8.split(separator: 0x2C, omittingEmptySubsequences: false) {
      guard let scale = range(Array(part)) else { throw failure }
      scales.append(scale)
    }
    return .numbers(scales)
  }

  /// `LOW..HIGH`.
  private static func range(_ bytes: [UInt8]) -> SampleScale? {
    guard let dots = bytes.indices.dropLast().first(where: { bytes[$0] == 0x2E && bytes[$0 + 1] == 0x2E }),
      let low = Double(decimal: String(decoding: bytes[..<dots], as: UTF8.self)),
      let high = Double(decimal: String(decoding: bytes[(dots + 2)...], as: UTF8.self)), low < high
    else { return nil }
    return SampleScale(zero: low, one: high)
  }
}
