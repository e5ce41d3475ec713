/// Answers as JSON and CSV.
extension Program {
  /// The findings of some outputs for one picture, as the text of a file.
  func report(
    _ outputs: [Int], _ format: OutputFormat, of source: Source, _ path: String, _ found: [Found?], _ options: Options
  ) throws(RuntimeFailure) -> String {
    var all: [Findings] = []
    for index in outputs { all.append(try findings(ofOutput: index, found[index], for: source, options)) }
    if format == .json {
      var records: [(name: String, value: ReportValue)] = []
      for findings in all { records.append((findings.output, findings.record)) }
      return ReportValue.record(head(of: source, path) + [("outputs", .record(records))]).indentedJSON() + "\n"
    }
    var text = ""
    for findings in all {
      let head = ReportValue.record(head(of: source, path)).columns
      text += csvRow(head.map { $0.name } + findings.columns) + "\n"
      for item in findings.items {
        var fields: [(name: String, value: ReportValue)] = []
        for (index, value) in item.enumerated() { fields.append((findings.columns[index], value)) }
        text += csvRow(head.map { $0.text } + ReportValue.record(fields).columns.map { $0.text }) + "\n"
      }
    }
    return text
  }

  /// The picture that a report is about.
  func head(of source: Source, _ path: String) -> [(name: String, value: ReportValue)] {
    [
      ("file", .text(path)), ("width", .integer(source.picture?.width ?? source.size.columns.given)),
      ("height", .integer(source.picture?.height ?? source.size.rows.given)),
    ]
  }
}
