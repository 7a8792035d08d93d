# Overwrites tensors with the values of others, in place: their memory stays where it is, and so does whatever refers to it.
class Assign(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def assign(self: __torch__.Assign, targets: List[Tensor], values: List[Tensor]) -> Tensor:
    torch._foreach_copy_(targets, values)
    return values[0]
