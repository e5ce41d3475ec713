/// What one output says of a picture, as it is reported.
struct Findings {
  var output: String
  /// Numbers of the whole: count, area ...
  var summary: [ReportField] = []
  /// What the items are: `points`, `components`, `classes`, `channels`; empty where there are none.
  var itemsName = ""
  /// The names of what is said of every item.
  var columns: [String] = []
  var items: [[ReportValue]] = []
  /// The line for people; nil where there is nothing to say.
  var line: String?

  init(_ output: String) { self.output = output }

  /// The summary and the items; one channel alone is told by the summary.
  var record: ReportValue {
    var fields = summary
    if !itemsName.isEmpty, items.count != 1 || !itemsName.isSame(as: "channels") {
      var list: [ReportValue] = []
      for item in items { list.append(.record(fieldsOf(item))) }
      fields.append(ReportField(itemsName, .list(list)))
    }
    return .record(fields)
  }

  /// What is said of an item, with the names of the columns.
  func fieldsOf(_ item: [ReportValue]) -> [ReportField] {
    var fields: [ReportField] = []
    for (index, value) in item.enumerated() { fields.append(ReportField(columns[index], value)) }
    return fields
  }
}

/// What is found in a map, in its positions: what is painted and what is reported.
enum Found {
  case points([MapPoint])
  case components(Components)
  case numbers([Double])
}
