import FCNCore

extension PointwiseExpression {
  /// The formula on tensors.
  /// - Precondition: it has no channel parameters.
  func pytorch(_ site: PyTorchSite) -> String {
    switch self {
    case .input(let index): return site.inputs[index]
    case .constant(let number): return number < 0 ? "(\(PythonText.of(number)))" : PythonText.of(number)
    case .channelParameter: preconditionFailure("a stage without weights has no channel parameters")
    case .unary(let operation, let a):
      let function =
        switch operation {
        case .exponential: "torch.exp"
        case .hyperbolicTangent: "torch.tanh"
        case .sigmoid: "torch.sigmoid"
        case .absolute: "torch.abs"
        case .squareRoot: "torch.sqrt"
        }
      return "\(function)(\(a.tensor(site)))"
    case .binary(.minimum, let a, let b): return Self.limited(a, b, "minimum", "max", site)
    case .binary(.maximum, let a, let b): return Self.limited(a, b, "maximum", "min", site)
    case .binary(let operation, let a, let b):
      let infix =
        switch operation {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        default: "/"
        }
      return "\(a.operand(site)) \(infix) \(b.operand(site))"
    case .select(let a, let b, let then, let otherwise):
      return "torch.where(\(a.operand(site)) < \(b.operand(site)), \(then.tensor(site)), \(otherwise.tensor(site)))"
    }
  }

  /// It needs parentheses as an operand.
  var isOperation: Bool {
    switch self {
    case .binary(.minimum, _, _), .binary(.maximum, _, _): false
    case .binary: true
    default: false
    }
  }

  private func operand(_ site: PyTorchSite) -> String { isOperation ? "(\(pytorch(site)))" : pytorch(site) }

  /// As an argument of a function, which may be a number only where another argument is a tensor.
  private func tensor(_ site: PyTorchSite) -> String {
    guard constantValue != nil, !site.inputs.isEmpty else { return pytorch(site) }
    return "torch.full_like(\(site.inputs[0]), \(pytorch(site)))"
  }

  private var constantValue: Float? { if case .constant(let number) = self { number } else { nil } }

  private static func limited(
    _ a: Self, _ b: Self, _ function: String, _ limit: String, _ site: PyTorchSite
  ) -> String {
    if let number = b.constantValue, a.constantValue == nil {
      return "torch.clamp(\(a.pytorch(site)), \(limit)=\(PythonText.of(number)))"
    }
    if let number = a.constantValue, b.constantValue == nil {
      return "torch.clamp(\(b.pytorch(site)), \(limit)=\(PythonText.of(number)))"
    }
    return "torch.\(function)(\(a.tensor(site)), \(b.tensor(site)))"
  }
}
