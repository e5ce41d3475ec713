/// Answers as JSON and CSV.
extension Program {
  /// The findings of some outputs for one picture, as the text of a file.
  func report(
    _ outputs: [Int], _ format: OutputFormat, of source: Source, _ path: String, _ found: [Found?], _ options: Options
  ) throws(RuntimeFailure) -> String {
    var all: [Findings] = []
    for index in outputs { all.append(try findings(ofOutput: index, found[index], for: source, options)) }
    if format == .json {
      var records: [ReportField] = []
      for findings in all { records.append(ReportField(findings.output, findings.record)) }
      return ReportValue.record(head(of: source, path, options) + [ReportField("outputs", .record(records))])
        .indentedJSON() + "\n"
    }
    var text = ""
    for findings in all {
      let head = ReportValue.record(head(of: source, path, options)).columns
      text += csvRow(head.map { $0.name } + findings.columns) + "\n"
      for item in findings.items {
        text +=
          csvRow(head.map { $0.text } + ReportValue.record(findings.fieldsOf(item)).columns.map { $0.text }) + "\n"
      }
    }
    return text
  }

  /// The picture that a report is about, with the measures that its places belong to.
  func head(of source: Source, _ path: String, _ options: Options) -> [ReportField] {
    var (height, width) = (
      source.picture?.height ?? source.size.rows.given, source.picture?.width ?? source.size.columns.given
    )
    if options.tellsStoredPlaces, source.picture?.orientation.isTransposed ?? false { swap(&height, &width) }
    return [
      ReportField("file", .text(path)), ReportField("width", .integer(width)), ReportField("height", .integer(height)),
    ]
  }
}
