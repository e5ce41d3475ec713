import FCNCore
import Foundation

/// Writes the JSON Schema (draft 7) of the YAML form, from which editors complete and check it: the sections of a file, the
/// stages with their parameters, and their manuals.
///
/// Scalars are expressions of the network language, which a schema cannot check; definitions of the file may stand
/// wherever a stage may.
public struct SchemaWriter {
  private let signatures: [StageSignature]

  public init(_ registry: Registry) {
    signatures = registry.stages.values.map { $0.signature }.sorted { $0.name < $1.name }
  }

  /// The schema as text, the same for the same stages.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(schema) else { preconditionFailure("a schema could not be encoded") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  // MARK: The file

  private var schema: Schema {
    var root = Schema.object(
      [
        "fcn": .described("The version of the language.", Schema(["enum": .list([.integer(1)])])),
        "network": .described("The name of the network.", .name),
        "parameters": .described(
          "Parameters of the network with their defaults.", .mapping(of: .reference("argument"))),
        "include": .described("Files whose definitions are used, by the names they get here.", .mapping(of: .string)),
        "inputs": .described("The inputs by their names.", .mapping(of: .reference("input"))),
        "definitions": .described("Definitions by their names.", .mapping(of: .reference("definition"))),
        "weights": .described(
          "Which tensor of the weight file serves for a weight of the network.", .mapping(of: .string)),
        "values": .described("The statements: values by their names.", .reference("statements")),
        "outputs": .described("The outputs by their names.", .mapping(of: .reference("output"))),
      ])
    root.members["$schema"] = .text("http://json-schema.org/draft-07/schema#")
    root.members["title"] = .text("fcnc network")
    root.members["description"] = .text("A fully convolutional network as YAML. Made by fcnc from its stages.")
    root.members["definitions"] = .object(definitions.mapValues { .object($0.members) })
    return root
  }

  private var definitions: [String: Schema] {
    var result: [String: Schema] = [
      "expression": Schema(["type": .list(["string", "number", "boolean"].map { .text($0) })]),
      "argument": .any([
        .reference("expression"), .array(of: .reference("argument")), .reference("mappingValue"), .null,
      ]),
      "value": .any([.reference("expression"), .reference("chain"), .reference("mappingValue")]),
      "chain": .described("A value and the stages that it goes through.", .chain),
      "link": .any([
        .described("A stage without arguments.", .any([Schema(["enum": .list(plainStages)]), .string])),
        .reference("call"),
        .object(
          ["if": .reference("expression"), "then": .reference("links"), "else": .reference("links")],
          required: ["if", "then"]),
        .object(
          ["repeat": .turns, "links": .reference("links"), "label": .label], required: ["repeat", "links"]),
      ]),
      "links": .any([.reference("link"), .array(of: .reference("link"))]),
      "mappingValue": .any([
        .object(["list": .array(of: .reference("argument"))], required: ["list"]), .reference("blockValue"),
        .reference("call"),
      ]),
      "blockValue": .any([
        .object(["chain": .reference("value")], required: ["chain"]),
        .object(
          ["if": .reference("expression"), "then": .reference("branch"), "else": .reference("branch")],
          required: ["if", "then", "else"]),
        .object(
          [
            "repeat": .turns, "with": .mapping(of: .reference("value")), "body": .reference("statements"),
            "label": .label,
          ], required: ["repeat", "with", "body"]),
      ]),
      "branch": .any([.reference("value"), .object(Self.block)]),
      "statements": .any([
        .mapping(of: .reference("value"), names: Self.statementName),
        .array(of: .mapping(of: .reference("value"), names: Self.statementName)), .null,
      ]),
      "definition": .object(
        Self.block.merging([
          "parameters": .array(of: .any([.name, .mapping(of: .reference("argument"))]))
        ]) { first, _ in first }),
      "input": .any([
        .reference("expression"),
        .object(
          [
            "channels": .described("Channels of the input.", .reference("expression")),
            "like": .described("The input whose size it has, or a part of it.", .reference("expression")),
            "preprocessing": .described("How a picture becomes numbers, from `picture` on.", .reference("value")),
          ], required: ["channels"]),
      ]),
      "output": .any([
        .null,
        .object([
          "kind": .described(
            "What the numbers mean.",
            .any([
              Schema(["enum": .list(["labels", "logits", "probability", "density", "image", "raw"].map { .text($0) })]),
              .object(["labels": Self.classes, "logits": Self.classes, "image": Self.image]),
            ])), "value": .reference("value"),
        ]),
        .reference("value"),
      ]),
      "call": call,
    ]
    for signature in signatures { result["stage.\(signature.name)"] = stage(signature) }
    return result
  }

  private static let block: [String: Schema] = [
    "body": .reference("statements"), "result": .reference("value"), "results": .array(of: .reference("value")),
  ]

  /// The arguments of a kind that has classes.
  private static let classes = Schema.object([
    "names": .described("Names of the classes, in the order of their indexes.", .array(of: .string)),
    "colors": .described("Colours of the classes, such as `\"#80c0ff\"`.", .array(of: .string)),
    "ignore": .described("The class that stands for \"not judged\".", .reference("expression")),
  ])

  /// The arguments of a kind that is a picture.
  private static let image = Schema.object([
    "range": .described("The number of full intensity.", .reference("expression")),
    "order": .described(
      "The order of the channels.", Schema(["enum": .list(["rgb", "bgr", "grey", "luma"].map { .text($0) })])),
  ])

  private static let statementName =
    "^(=|collect|next +[A-Za-z_][A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*( *, *[A-Za-z_][A-Za-z0-9_]*)*)$"

  private var plainStages: [Schema.Value] {
    signatures.filter { signature in
      !signature.parameters.contains { parameter in
        if case .required = parameter.defaultValue { return true }
        return false
      }
    }.map { .text($0.name) }
  }

  // MARK: Stages

  /// The use of a stage or of a definition.
  private var call: Schema {
    var properties: [String: Schema] = ["label": .label]
    for signature in signatures { properties[signature.name] = .reference("stage.\(signature.name)") }
    var schema = Schema.object(properties)
    let keys = ["label", "if", "then", "else", "repeat", "links", "with", "body", "list", "chain", "kind", "value"]
    let reserved = (signatures.map(\.name) + keys).joined(separator: "|")
    schema.members["patternProperties"] = .object([
      "^(?!(\(reserved))$)[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?$": .object(
        Self.arguments(.mapping(of: .reference("argument"))).members)
    ])
    // One stage, and a label beside it.
    schema.members["if"] = .object(["minProperties": .integer(2)])
    schema.members["then"] = .object(["required": .list([.text("label")])])
    schema.members["minProperties"] = .integer(1)
    schema.members["maxProperties"] = .integer(2)
    return schema
  }

  private func stage(_ signature: StageSignature) -> Schema {
    var parameters: [String: Schema] = [:]
    for parameter in signature.parameters { parameters[parameter.name] = Self.schema(of: parameter) }
    var schema = Self.arguments(.object(parameters))
    schema.members["description"] = .text(signature.summary)
    return schema
  }

  /// The arguments of a call: a sequence of values and `name: value` pairs, a mapping of such, or one value.
  private static func arguments(_ named: Schema) -> Schema {
    .any([
      .null, .reference("expression"), named,
      .array(
        of: .any([.reference("expression"), .array(of: .reference("argument")), .null, named, .reference("blockValue")])
      ),
    ])
  }

  private static func schema(of parameter: Parameter) -> Schema {
    var text = parameter.summary
    switch parameter.defaultValue {
    case .required: text += " Required."
    case .value(let value): text += " Default: \(spelling(value))."
    case .optional(let meaning): text += " May be left out: \(meaning)."
    }
    if !parameter.defaultsElsewhere.isEmpty {
      let others = parameter.defaultsElsewhere.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      text += " Defaults elsewhere: \(others.joined(separator: ", "))."
    }
    return .described(text, kind(parameter.kind))
  }

  /// What may be written: an expression always, and what an editor can complete.
  private static func kind(_ kind: Parameter.Kind) -> Schema {
    switch kind {
    case .integer(let range): return .any([number("integer", range.lowerBound, range.upperBound), .string])
    case .decimal: return .any([Schema(["type": .text("number")]), .string])
    case .flag: return .any([Schema(["type": .text("boolean")]), .string])
    case .word(let words): return .any([Schema(["enum": .list(words.map { .text($0) })]), .string])
    case .window(let range): return .any([number("integer", range.lowerBound, range.upperBound), .string])
    case .windows, .decimals, .integers: return .any([.reference("expression"), .array(of: .reference("argument"))])
    case .padding(let words):
      return .any([
        Schema(["enum": .list(words.map { .text($0) })]), .reference("expression"), .array(of: .reference("argument")),
      ])
    case .ratio: return .any([.reference("expression"), .array(of: .reference("argument"))])
    case .value: return .reference("argument")
    case .text: return .any([.string, .array(of: .reference("argument"))])
    }
  }

  private static func number(_ type: String, _ least: Int, _ most: Int) -> Schema {
    var members: [String: Schema.Value] = ["type": .text(type)]
    if least > .min { members["minimum"] = .integer(least) }
    if most < .max { members["maximum"] = .integer(most) }
    return Schema(members)
  }

  private static func spelling(_ value: Argument) -> String {
    switch value {
    case .integer(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .word(let value), .text(let value): value
    case .size(let rows, let columns): "\(rows)x\(columns)"
    case .list(let values): "[\(values.map(spelling).joined(separator: ", "))]"
    case .input: "a value"
    }
  }
}

/// An object of a JSON Schema.
private struct Schema: Encodable, Sendable {
  indirect enum Value: Encodable, Sendable {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case list([Value])
    case object([String: Value])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let value): try container.encode(value)
      case .integer(let value): try container.encode(value)
      case .flag(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .object(let value): try container.encode(value)
      }
    }
  }

  var members: [String: Value]

  init(_ members: [String: Value]) { self.members = members }

  func encode(to encoder: any Encoder) throws { try Value.object(members).encode(to: encoder) }

  static let null = Schema(["type": .text("null")])
  static let string = Schema(["type": .text("string")])
  static let name = Schema(["type": .text("string"), "pattern": .text("^[A-Za-z_][A-Za-z0-9_]*$")])
  static let turns = described("`i < 4`: a name that counts from 0, and the number of turns.", string)
  static let label = described(
    "The name of the weights, or what stands before them.",
    Schema(["type": .list([.text("string"), .text("integer")])]))
  static let chain = Schema([
    "type": .text("array"), "minItems": .integer(1),
    "items": .object(any([reference("link"), reference("value")]).members),
  ])

  static func reference(_ name: String) -> Schema { Schema(["$ref": .text("#/definitions/\(name)")]) }
  static func any(_ all: [Schema]) -> Schema { Schema(["anyOf": .list(all.map { .object($0.members) })]) }
  static func array(of element: Schema) -> Schema {
    Schema(["type": .text("array"), "items": .object(element.members)])
  }

  /// An object with these keys and no other.
  static func object(_ properties: [String: Schema], required: [String] = []) -> Schema {
    var members: [String: Value] = [
      "type": .text("object"), "additionalProperties": .flag(false),
      "properties": .object(properties.mapValues { .object($0.members) }),
    ]
    if !required.isEmpty { members["required"] = .list(required.map { .text($0) }) }
    return Schema(members)
  }

  /// An object whose keys are names.
  static func mapping(of value: Schema, names: String? = nil) -> Schema {
    var members: [String: Value] = [
      "type": .list([.text("object"), .text("null")]), "additionalProperties": .object(value.members),
    ]
    if let names { members["propertyNames"] = .object(["pattern": .text(names)]) }
    return Schema(members)
  }

  /// Beside `$ref` draft 7 ignores every other key.
  static func described(_ text: String, _ schema: Schema) -> Schema {
    var result = schema.members["$ref"] == nil ? schema : Schema(["allOf": .list([.object(schema.members)])])
    result.members["description"] = .text(text)
    return result
  }
}
