"""The sizes that PyTorch, ONNX Runtime and plain rules give for a stage, as tables over the size of the image."""

import numpy as np
import onnx
import onnxruntime
import torch

torch.set_num_threads(1)
torch.set_grad_enabled(False)
LAST = 64
# The size of an input for an image of n pixels, as [p, c, q, m, d]: m * floor((p * n + c) / q) + d.
IMAGE = (1, 0, 1, 1, 0)


class Refused(Exception):
    """No output for these sizes."""


# How a size is measured: a function from the (rows, columns) of every input to those of the output.


def in_pytorch(function, channels=1):
    def measure(*sizes):
        try:
            return tuple(function(*[torch.zeros(1, channels, *size) for size in sizes]).shape[2:])
        except (RuntimeError, ValueError, IndexError) as error:
            raise Refused from error

    return measure


def in_onnx_runtime(operation, *constants, inputs=1, channels=1, **attributes):
    """An operation of some inputs, then constants (None where one is left out)."""
    names = [f"input{index}" for index in range(inputs)]
    operands = names + ["" if value is None else f"constant{index}" for index, value in enumerate(constants)]
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node(operation, operands, ["output"], **attributes)], "stage",
        [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, channels, None, None]) for name in names],
        [onnx.helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)],
        [onnx.numpy_helper.from_array(value, f"constant{index}")
         for index, value in enumerate(constants) if value is not None])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 21)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    except Exception:
        session = None

    def measure(*sizes):
        if session is None:
            raise Refused
        arrays = [np.zeros((1, channels, *size), np.float32) for size in sizes]
        try:
            return session.run(None, dict(zip(names, arrays)))[0].shape[2:]
        except Exception as error:
            raise Refused from error

    return measure


def by_rule(rows, columns):
    """A plain rule for each axis: from the number of pixels to that of the output."""
    return lambda size: (rows(size[0]), columns(size[1]))


# Tables.


def pixels(form, n):
    p, c, q, m, d = form
    return m * ((p * n + c) // q) + d


def output(measure, inputs, rows, columns):
    """The size of the output for an image of that size; None where there is none."""
    sizes = [(pixels(form, rows), pixels(form, columns)) for form in inputs]
    if min(min(size) for size in sizes) < 1:
        return None
    try:
        size = measure(*sizes)
    except Refused:
        return None
    return size if min(size) >= 1 else None


def table(measure, inputs):
    """Each axis by itself, beside a size of the other axis that is taken; the two are seen to be independent."""
    images = range(1, LAST + 1)
    squares = {n: output(measure, inputs, n, n) for n in images}
    taken = [n for n in images if squares[n]]
    if not taken:
        return [[None] * LAST]
    other = taken[0]
    rows = [(output(measure, inputs, n, other) or [None])[0] for n in images]
    columns = [(output(measure, inputs, other, n) or [None])[-1] for n in images]
    for n, size in zip(images, zip(rows, columns)):
        assert squares[n] == (None if None in size else size), (n, squares[n], size)
    return [rows] if rows == columns else [rows, columns]
