/// What one output says of a picture, as it is reported.
struct Findings {
  var output: String
  /// Numbers of the whole: count, area ...
  var summary: [(name: String, value: ReportValue)] = []
  /// What the items are: `points`, `components`, `classes`, `channels`; empty where there are none.
  var itemsName = ""
  /// The names of what is said of every item.
  var columns: [String] = []
  var items: [[ReportValue]] = []
  /// The line for people; nil where there is nothing to say.
  var line: String?

  init(_ output: String) { self.output = output }

  /// The summary alone.
  var summaryRecord: ReportValue { .record(summary) }

  /// The summary and the items.
  var record: ReportValue {
    var fields = summary
    if !itemsName.isEmpty {
      var list: [ReportValue] = []
      for item in items { list.append(.record(fieldsOf(item))) }
      fields.append((itemsName, .list(list)))
    }
    return .record(fields)
  }

  private func fieldsOf(_ item: [ReportValue]) -> [(name: String, value: ReportValue)] {
    var fields: [(name: String, value: ReportValue)] = []
    for (index, value) in item.enumerated() { fields.append((columns[index], value)) }
    return fields
  }
}

/// What is found in a map, in its positions: what is painted and what is reported.
enum Found {
  case points([MapPoint])
  case components(Components)
  case numbers([Double])
}
