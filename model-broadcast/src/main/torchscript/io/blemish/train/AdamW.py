# AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) for all trained weights of a model in one call for each group.
class AdamW(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  beta1 : float
  beta2 : float
  epsilon : float

  # By what gradients that are sums over `batches` are divided: by that number, and by what their mean's norm exceeds `longest` by.
  # Returns this divisor and the norm.
  def divisor(self: __torch__.AdamW, gradients: List[Tensor], batches: int, longest: float) -> Tensor:
    norm = torch.div(torch.norm(torch.stack(torch._foreach_norm(gradients, 2)), 2), batches)
    return torch.to(torch.stack([torch.mul(torch.clamp(torch.div(norm, longest), 1.), batches), norm]), 6)

  # Updates weights and moments in place, and sets the gradients to zero. A step of a rate takes rate * decay of each weight away.
  def step(self: __torch__.AdamW, weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], divisor: Tensor, step: int, rate: float, decay: float) -> Tensor:
    steps = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      steps.append(torch.full([], float(step), dtype=6))
    torch._fused_adamw_(weights, gradients, first, second, annotate(List[Tensor], []), steps, lr=rate, beta1=self.beta1, beta2=self.beta2, weight_decay=decay, eps=self.epsilon, amsgrad=False, maximize=False, grad_scale=divisor[0])
    torch._foreach_zero_(gradients)
    return divisor
