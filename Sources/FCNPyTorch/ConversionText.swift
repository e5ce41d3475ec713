import FCNCore

/// The end of an exported file: weights from checkpoints to the files that fcnc reads.
enum ConversionText {
  static func text(_ graph: Graph, className: String) -> String {
    let map = graph.weightUses().filter { $0.name != $0.tensor }
    var seen: Set<String> = []
    let entries = map.filter { seen.insert($0.name).inserted }.map {
      "    \(PythonNames.literal($0.name)): \(PythonNames.literal($0.tensor)),\n"
    }
    let table =
      entries.isEmpty
      ? "" : "# The names of tensors in weight files, where they differ.\nTENSORS = {\n\(entries.joined())}\n\n\n"
    let name = entries.isEmpty ? "name" : "TENSORS.get(name, name)"
    return table + """
      def state_dict(checkpoint):
          \"""The weights in a checkpoint: it is a state dict or holds one, perhaps of a wrapped module.\"""
          for key in ("state_dict", "model_state_dict", "model", "net", "network"):
              if isinstance(checkpoint, dict) and isinstance(checkpoint.get(key), dict):
                  return state_dict(checkpoint[key])
          weights = {}
          for name, tensor in checkpoint.items():
              for prefix in ("module.", "_orig_mod."):  # DataParallel, torch.compile
                  name = name.removeprefix(prefix)
              weights[name] = tensor
          return weights


      def save_safetensors(network, path):
          \"""Writes the weights of a network as fcnc reads them: a length, a JSON header, the numbers.\"""
          tensors = {
              \(name): tensor.detach().cpu().float().contiguous()
              for name, tensor in network.state_dict().items()
              if not name.endswith("num_batches_tracked")
          }
          header, end = {}, 0
          for name, tensor in tensors.items():
              start, end = end, end + 4 * tensor.numel()
              header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end]}
          text = json.dumps(header).encode()
          text += b" " * (-len(text) % 8)
          with open(f"{path}.part", "wb") as file:
              file.write(struct.pack("<Q", len(text)) + text)
              for tensor in tensors.values():
                  file.write(tensor.numpy().astype("<f4").tobytes())
          os.replace(f"{path}.part", path)


      def main():
          parser = argparse.ArgumentParser(description="Writes the weights of a checkpoint for fcnc.")
          parser.add_argument("checkpoint", help="a file of torch.save")
          parser.add_argument("-o", "--output", required=True, help="the .safetensors file to write")
          options = parser.parse_args()
          network = \(className)()
          checkpoint = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
          network.load_state_dict(state_dict(checkpoint))
          save_safetensors(network, options.output)


      if __name__ == "__main__":
          main()
      """
  }
}
