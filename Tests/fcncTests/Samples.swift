import Foundation

/// Files for runs, written byte by byte.
enum Samples {
  /// A network with two outputs that takes sizes of multiples of 4.
  static let network = """
    fcn 1

    network sample

    input image[3] = picture -> rgb

    quarter = image -> maxpool(4)
    mixed = image + (quarter -> upsample(4, mode: nearest, grid: asymmetric))

    output mask: probability = mixed -> conv(1, kernel: 3, pad: same) @mask -> sigmoid
    output features: raw = quarter -> conv(2, kernel: 1) @features

    """

  /// A NumPy file; `count` bytes of the number 0.5 as float32 follow the header.
  static func npy(shape: [Int], type: String = "<f4", fortran: Bool = false, numbers: [Float]? = nil) -> Data {
    let list = shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(list)), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let numbers = numbers ?? Array(repeating: 0.5, count: shape.reduce(1, *))
    return Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0]) + Data(header.utf8)
      + numbers.withUnsafeBytes { Data($0) }
  }

  /// A binary PPM file.
  static func ppm(height: Int, width: Int) -> Data {
    Data("P6\n\(width) \(height)\n255\n".utf8) + Data((0..<(height * width * 3)).map { UInt8($0 * 37 % 256) })
  }

  /// A safetensors file of float32.
  static func safetensors(_ tensors: [(name: String, shape: [Int], value: Float)]) -> Data {
    var entries: [String] = []
    var data = Data()
    for (name, shape, value) in tensors {
      let numbers = [Float](repeating: value, count: shape.reduce(1, *))
      let end = data.count + 4 * numbers.count
      let axes = shape.map(String.init).joined(separator: ",")
      entries.append(#""\#(name)":{"dtype":"F32","shape":[\#(axes)],"data_offsets":[\#(data.count),\#(end)]}"#)
      data += numbers.withUnsafeBytes { Data($0) }
    }
    let header = Data("{\(entries.joined(separator: ","))}".utf8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header + data
  }

  /// A checkpoint that PyTorch wrote (`Tests/Scripts/checkpoints.py`).
  static func checkpoint(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(Tool.repository)/Tests/FCNInterchangeTests/Fixtures/\(name)"))
  }

  static func fixture(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(Tool.repository)/Tests/FCNRuntimeTests/Fixtures/\(name)"))
  }
}
