extension PlanarArray {
  /// Reads a NumPy file of little-endian float32 in C order and of the shape (channels, height, width) or
  /// (1, channels, height, width); format versions 1 to 3.
  public init(npy file: FileBytes) throws(RuntimeFailure) {
    guard file.has([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]), file.count >= 10 else {
      throw RuntimeFailure("not a .npy file")
    }
    let isLong = file[6] >= 2
    guard (1...3).contains(file[6]), !isLong || file.count >= 12 else {
      throw RuntimeFailure("a .npy file of version \(file[6]), which is not known")
    }
    var length = Int(file[8]) | Int(file[9]) << 8
    if isLong { length |= Int(file[10]) << 16 | Int(file[11]) << 24 }
    let start = isLong ? 12 : 10
    guard length <= file.count - start, length <= 1 << 20 else { throw RuntimeFailure("the file ends in its header") }
    let header = NPYHeader(text: (start..<(start + length)).map { file[$0] })
    let type = try header.text(of: "descr")
    guard type.isSame(as: "<f4") else {
      throw RuntimeFailure("the numbers are of type \(type)", help: "save the array as float32: array.astype('<f4')")
    }
    guard try header.isFalse("fortran_order") else {
      throw RuntimeFailure("the array is in Fortran order", help: "save it as numpy.ascontiguousarray(array)")
    }
    var shape = try header.shape()
    if shape.count == 4, shape[0] == 1 { shape.removeFirst() }
    guard shape.count == 3, shape.allSatisfy({ $0 > 0 }) else {
      throw RuntimeFailure(
        "the array has the shape (\(listed(shape.map { "\($0)" }))), not (channels, height, width) or "
          + "(1, channels, height, width)", help: "save it with these axes: array.reshape(channels, height, width)")
    }
    var count = 4
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw RuntimeFailure("the shape of the array is too big") }
      count = product
    }
    let held = file.count - start - length
    guard count == held else {
      throw RuntimeFailure(
        "the shape needs \(count) bytes of numbers, and the file holds \(held)", help: "copy or save the array again")
    }
    let array = try PlanarArray(channels: shape[0], height: shape[1], width: shape[2])
    let source = UnsafeRawPointer(file.pointer + start + length)
    for index in 0..<array.memory.count {
      let bits = source.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
      array.memory.pointer[index] = Float(bitPattern: UInt32(littleEndian: bits))
    }
    self = array
  }

  /// The array as a NumPy file of version 1 and of the shape (channels, height, width).
  public func encodedNPY() throws(RuntimeFailure) -> FileBytes {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(channels), \(height), \(width)), }"
    var head: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0, 0] + Array(text.utf8)
    // The numbers start at a multiple of 64 bytes, after a line feed.
    while head.count % 64 != 63 { head.append(0x20) }
    head.append(0x0A)
    head[8] = UInt8(truncatingIfNeeded: head.count - 10)
    head[9] = UInt8(truncatingIfNeeded: (head.count - 10) >> 8)
    let file = try Memory<UInt8>(count: head.count + 4 * memory.count)
    for index in head.indices { file.pointer[index] = head[index] }
    let body = UnsafeMutableRawPointer(file.pointer + head.count)
    for index in 0..<memory.count {
      body.storeBytes(of: memory.pointer[index].bitPattern.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
    }
    return FileBytes(file)
  }
}

/// The Python dictionary at the head of a NumPy file.
private struct NPYHeader {
  let text: [UInt8]

  /// The place after the colon of a key and spaces.
  private func value(of key: String) throws(RuntimeFailure) -> Int {
    let quoted = Array(("'" + key + "'").utf8)
    var place = 0
    while place + quoted.count < text.count {
      if text[place...].starts(with: quoted) {
        place += quoted.count
        while place < text.count, text[place] == 0x20 || text[place] == 0x3A { place += 1 }
        if place < text.count { return place }
      }
      place += 1
    }
    throw RuntimeFailure("the header has no \(key)")
  }

  func text(of key: String) throws(RuntimeFailure) -> String {
    let start = try value(of: key)
    guard text[start] == 0x27, let end = text[(start + 1)...].firstIndex(of: 0x27) else {
      return "other than a plain number"
    }
    return String(decoding: text[(start + 1)..<end], as: UTF8.self)
  }

  func isFalse(_ key: String) throws(RuntimeFailure) -> Bool {
    text[try value(of: key)...].starts(with: Array("False".utf8))
  }

  func shape() throws(RuntimeFailure) -> [Int] {
    let start = try value(of: "shape")
    guard text[start] == 0x28, let end = text[start...].firstIndex(of: 0x29) else {
      throw RuntimeFailure("the header has no shape")
    }
    var shape: [Int] = []
    for part in text[(start + 1)..<end].split(separator: 0x2C) {
      let digits = part.filter { $0 != 0x20 }
      if digits.isEmpty { continue }
      guard let extent = Array(digits).naturalNumber, shape.count < 32 else {
        throw RuntimeFailure("the shape in the header is broken")
      }
      shape.append(extent)
    }
    return shape
  }
}
