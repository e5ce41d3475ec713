/// Texts that `fcnc export` wrote.
public enum ExportedText {
  /// The 64-bit FNV-1a hash of a text, without the line that names the version of fcnc; `pytorch_export.py` works it out
  /// in the same way.
  public static func fingerprint(_ text: String) -> String {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !line.hasPrefix("Written by ") {
      for byte in Array(line.utf8) + [10] { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
