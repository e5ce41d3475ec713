import FCNCore

/// An array of NumPy's `.npy` format with its numbers as 32-bit floats, row-major.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Versions 1 to 3 are read, with
/// little-endian numbers of the types float16, float32, float64, int64 and uint8. Arrays in Fortran order are turned
/// into C order.
public enum NPYReader {
  /// Reads a `.npy` file.
  /// - Throws: where the file is not exactly such an array, or a number is NaN or infinite.
  public static func read(path: String) throws(WeightFileError) -> WeightTensor {
    let file = try MappedFile(path: path)
    try file.checkUnchanged()
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return try read(file.bytes, name: name, path: path)
  }

  /// The array that the bytes are; `name` and `path` are what messages call it.
  static func read(
    _ bytes: UnsafeRawBufferPointer, name: String, path: String
  ) throws(WeightFileError) -> WeightTensor {
    do throws(NPYHeader.Problem) {
      let header = try NPYHeader(bytes, totalSize: bytes.count)
      let data = UnsafeRawBufferPointer(rebasing: bytes[header.size...])
      var values = header.encoding.decode(data, count: header.count)
      if header.isFortranOrder { values = inRowOrder(values, shape: header.shape) }
      do throws(WeightFileError) {
        try checkFinite(values, shape: header.shape, name: name, path: path)
      } catch {
        throw NPYHeader.Problem(message: error.message, help: error.help, isComplete: true)
      }
      return WeightTensor(shape: header.shape, values: values)
    } catch {
      throw WeightFileError(
        path: path, message: error.isComplete ? error.message : "array `\(name)`: \(error.message)", help: error.help)
    }
  }

  /// The numbers with the last axis fastest, from numbers with the first axis fastest.
  private static func inRowOrder(_ values: [Float], shape: [Int]) -> [Float] {
    var strides: [Int] = []
    var stride = 1
    for size in shape {
      strides.append(stride)
      stride *= size
    }
    var result: [Float] = []
    result.reserveCapacity(values.count)
    forEachPosition(shape: shape, strides: strides) { result.append(values[$0]) }
    return result
  }
}
