/// Which names Python and PyTorch leave free.
enum PythonNames {
  private static let keywords = Set(
    """
    False None True and as assert async await break class continue def del elif else except finally for from global if \
    import in is lambda nonlocal not or pass raise return try while with yield _ case match type
    """.split(separator: " ").map(String.init))

  /// Attributes of every module; as the name of a part they would hide it, or be hidden.
  private static let moduleAttributes = Set(
    """
    T_destination add_module apply bfloat16 buffers call_super_init children clear compile cpu cuda double dump_patches \
    eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half initialize ipu items keys \
    load_state_dict logits modules mtia named_buffers named_children named_modules named_parameters parameters pop \
    register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook \
    register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook \
    register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ \
    set_extra_state set_submodule share_memory state_dict to to_empty train training type update values xpu zero_grad
    """.split(separator: " ").map(String.init))

  /// What the text of an exported network uses by these names.
  static let used = Set(
    "F argparse i initialize json math nn np os preprocess self struct torch".split(separator: " ").map(String.init))

  static func isNumber(_ text: some StringProtocol) -> Bool { !text.isEmpty && text.allSatisfy(isDigit) }

  /// Whether a part of a module can be its attribute of this name.
  static func isPlainAttribute(_ name: String) -> Bool {
    isIdentifier(name) && !keywords.contains(name) && !moduleAttributes.contains(name) && !name.hasPrefix("_")
  }

  /// A name for a variable that is, or is like, this one.
  static func variable(_ name: String) -> String {
    var text = String(name.map { isLetter($0) || isDigit($0) ? $0 : "_" })
    if text.first.map(isDigit) ?? true { text = "x" + text }
    return keywords.contains(text) ? text + "_" : text
  }

  /// The name of a class: `unet_same` is `UnetSame`.
  static func className(_ name: String) -> String {
    let words = variable(name).split(separator: "_")
    let text = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return text.isEmpty ? "Network" : text.first.map(isDigit) ?? false || keywords.contains(text) ? "N" + text : text
  }

  /// A Python string literal.
  static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.first, !isDigit(first) else { return false }
    return name.allSatisfy { isLetter($0) || isDigit($0) }
  }

  private static func isLetter(_ character: Character) -> Bool {
    ("a"..."z").contains(character) || ("A"..."Z").contains(character) || character == "_"
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
