import CFCNRuntime

/// A file of rows, each written as soon as it is there, so that a run that is ended leaves those before. (A new file under
/// a name of its own, which takes the place of the old one at the end, would leave nothing.)
final class ReportFile {
  enum Form {
    case jsonl, csv

    init?(path: String) {
      let path = path.smallLetters
      if path.hasEnd(".jsonl") { self = .jsonl } else if path.hasEnd(".csv") { self = .csv } else { return nil }
    }
  }

  private let path: String
  private let form: Form
  /// nil: rows are printed.
  private let file: Int32?
  private let console: Console
  /// The names of the columns, once they are known.
  private var head: [String]?
  /// Rows that came before the columns were known.
  private var waiting: [ReportValue] = []

  /// - Parameter continues: keeps the rows that are there, but for a last one that was not written to its end.
  init(_ path: String, continues: Bool, console: Console) throws(RuntimeFailure) {
    self.path = path
    self.console = console
    form = Form(path: path) ?? .jsonl
    guard !path.isSame(as: "-") else {
      file = nil
      return
    }
    var kept = 0
    if continues, Files.status(of: path).kind == .file {
      let bytes = try Files.contents(path, limit: 1 << 32)
      kept = bytes.count
      while kept > 0, bytes[kept - 1] != 0x0A { kept -= 1 }
      if form == .csv, kept > 0 {
        guard let head = ReportFile.head(bytes) else {
          throw RuntimeFailure("\(path): the first row is no row of CSV", help: "write the report to another file")
        }
        self.head = head
      }
    }
    var file: Int32 = -1
    let code = fcn_open_behind(path, kept, &file)
    guard code == 0 else { throw RuntimeFailure("\(path): cannot write: \(String(terminated: fcn_error_text(code)))") }
    self.file = file
  }

  deinit { if let file { fcn_close(file) } }

  /// The cells of the first row (RFC 4180); nil where it does not end.
  private static func head(_ bytes: FileBytes) -> [String]? {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x22, isQuoted, place < bytes.count, bytes[place] == 0x22 {
        cell.append(byte)
        place += 1
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if isQuoted || byte != 0x2C && byte != 0x0A {
        cell.append(byte)
      } else {
        if byte == 0x0A, cell.last == 0x0D { cell.removeLast() }
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0A { return cells }
      }
    }
    return nil
  }

  /// - Parameter isWhole: whether the row has all columns; the others have the first ones.
  func add(_ row: ReportValue, isWhole: Bool) throws(RuntimeFailure) {
    guard form == .csv else { return try write(row.json) }
    guard let head else {
      waiting.append(row)
      if isWhole { try begin(row) }
      return
    }
    if isWhole { try check(row.columns.map { $0.name }, head) }
    try write(cells(row, head))
  }

  /// Writes what is held back yet.
  func finish() throws(RuntimeFailure) {
    if head == nil, let row = waiting.last { try begin(row) }
  }

  private func begin(_ row: ReportValue) throws(RuntimeFailure) {
    let head = row.columns.map { $0.name }
    self.head = head
    try write(csvRow(head))
    for row in waiting { try write(cells(row, head)) }
    waiting = []
  }

  private func cells(_ row: ReportValue, _ head: [String]) -> String {
    let columns = row.columns
    return csvRow(head.map { name in columns.first { $0.name.isSame(as: name) }?.text ?? "" })
  }

  private func check(_ names: [String], _ head: [String]) throws(RuntimeFailure) {
    guard let missing = names.first(where: { name in !head.contains { $0.isSame(as: name) } }) else { return }
    throw RuntimeFailure(
      "\(path): the report that is there has no column \(missing)", help: "write the report to another file")
  }

  private func write(_ row: String) throws(RuntimeFailure) {
    guard let file else { return console.print(row) }
    let bytes = Array((row + "\n").utf8)
    let code = bytes.withUnsafeBufferPointer { fcn_write(file, $0.baseAddress, $0.count) }
    guard code == 0 else {
      throw RuntimeFailure(
        "\(path): cannot write: \(String(terminated: fcn_error_text(code)))",
        help: "the report ends here, and so does the run; --skip-existing goes on with it")
    }
  }
}
