import CFCNRuntime

/// A TIFF file that is read: its pages are looked at before they are decoded.
final class TIFFFile {
  private let file: FileBytes
  private let handle: UnsafeMutableRawPointer
  private let message: Memory<CChar>

  init(_ file: FileBytes) throws(RuntimeFailure) {
    self.file = file
    message = try Memory(count: FCN_MESSAGE)
    guard let handle = fcn_tiff_open(file.pointer, file.count, message.pointer) else {
      throw Picture.failure(Int32(FCN_DAMAGED), message)
    }
    self.handle = handle
  }

  deinit { fcn_tiff_close(handle) }

  var pageCount: Int { fcn_tiff_page_count(handle) }

  /// What a page says of itself; it is the page that is decoded, and whose tags are read, until another is measured.
  func measure(_ page: Int, maximumPixels: Int) throws(RuntimeFailure) -> fcn_tiff_page {
    var header = fcn_tiff_page()
    let code = fcn_tiff_measure(handle, page, UInt64(maximumPixels), &header, message.pointer)
    guard code == 0 else { throw Picture.failure(code, message) }
    return header
  }

  /// Decodes these samples of the page.
  func decode(_ header: fcn_tiff_page, samples: [Int], into picture: Picture) throws(RuntimeFailure) {
    // A sample that is wanted twice is copied.
    var places = [Int32](repeating: -1, count: Int(header.channels))
    for (place, sample) in samples.enumerated() { places[sample] = Int32(place) }
    var header = header
    let code = fcn_tiff_decode(
      handle, &header, places, UInt32(picture.channels), picture.memory.pointer, message.pointer)
    guard code == 0 else { throw Picture.failure(code, message) }
  }

  func doubles(_ tag: Int) -> [Double] {
    var count = 0
    guard let values = fcn_tiff_doubles(handle, UInt32(tag), &count) else { return [] }
    return (0..<count).map { values[$0] }
  }

  func shorts(_ tag: Int) -> [UInt16] {
    var count = 0
    guard let values = fcn_tiff_shorts(handle, UInt32(tag), &count) else { return [] }
    return (0..<count).map { values[$0] }
  }

  func text(_ tag: Int) -> String? { fcn_tiff_text(handle, UInt32(tag)).map { String(terminated: $0) } }

  func number(_ tag: Int) -> Double { fcn_tiff_number(handle, UInt32(tag)) }
}
