# AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) for all trained weights of a model in one call, and the norm of their gradients.
class AdamW(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  beta1 : float
  beta2 : float
  epsilon : float

  # Updates weights and moments in place, and sets the gradients to zero. Gradients are sums over `batches`; their mean is scaled down
  # to the norm `longest` where it exceeds it. The first `decayed` weights shrink by decay * rate a step. Returns the mean's norm.
  def step(self: __torch__.AdamW, weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], decayed: int, step: int, batches: int, rate: float, decay: float, longest: float) -> Tensor:
    norms = torch._foreach_norm(gradients, 2)
    norm = torch.div(torch.norm(torch.stack(norms), 2), batches)
    # Gradients are divided by this: by how often they were added up, and by what exceeds the longest norm.
    divisor = torch.mul(torch.clamp(torch.div(norm, longest), 1.), batches)
    none = annotate(List[Tensor], [])
    steps = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      steps.append(torch.full([], float(step), dtype=6))
    _0 = torch._fused_adamw_(weights[0:decayed], gradients[0:decayed], first[0:decayed], second[0:decayed], none, steps[0:decayed], lr=rate, beta1=self.beta1, beta2=self.beta2, weight_decay=decay, eps=self.epsilon, amsgrad=False, maximize=False, grad_scale=divisor)
    _1 = torch._fused_adamw_(weights[decayed:], gradients[decayed:], first[decayed:], second[decayed:], none, steps[decayed:], lr=rate, beta1=self.beta1, beta2=self.beta2, weight_decay=0., eps=self.epsilon, amsgrad=False, maximize=False, grad_scale=divisor)
    torch._foreach_zero_(gradients)
    return norm
