# GPT-2 (Radford et al. 2019, Language Models are Unsupervised Multitask Learners), a causal language model, in TorchScript's own
# serialised language. CausalLm.py continues the class with what all language models do alike, and others with what an archive is for.
# Every method takes the weights as one list, the archive's own (see pack) or those of a training, which requires their gradients:
#
#   0          token_embedding           V d
#   1          position_embedding        the most tokens, d
#   2 + 12 i   block i                   norm1, qkv, out, norm2, fc1, fc2, each a weight, outputs first, and a bias
#   then       last_norm                 a weight and a bias
#
#   b texts   t tokens   d width   h heads   e = d / h   f feed-forward width   V vocabulary
class CausalLm(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  weights : List[Tensor]
  layers : int
  heads : int
  epsilon : float
  positions : int
  end : int

  # What the first block takes, of embeddings at positions, counted from 0.
  def enter(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor, positions: Tensor) -> Tensor:   # b t d, t
    return torch.add(x, torch.embedding(weights[1], positions))                            # b t d

  # Block i up to its attention: queries, keys and values, side by side in each token.
  def attend(self: __torch__.CausalLm, weights: List[Tensor], i: int, x: Tensor) -> Tensor:            # b t d
    norm1, norm1_bias, qkv, qkv_bias, = weights[2 + 12 * i:6 + 12 * i]
    return self.linear(self.norm(x, norm1, norm1_bias), qkv, qkv_bias)                     # b t 3d

  # Block i from what its attention gives.
  def proceed(self: __torch__.CausalLm, weights: List[Tensor], i: int, x: Tensor, attended: Tensor) -> Tensor:      # b t d, both
    out, out_bias, norm2, norm2_bias, fc1, fc1_bias, fc2, fc2_bias, = weights[6 + 12 * i:14 + 12 * i]
    x = self.linear_add(x, attended, out, out_bias)                                        # b t d
    y = self.linear_act(self.norm(x, norm2, norm2_bias), fc1, fc1_bias)                    # b t f
    return self.linear_add(x, y, fc2, fc2_bias)                                            # b t d

  # What is compared with the vocabulary's embeddings, of what the last block gives.
  def leave(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor) -> Tensor:         # b t d
    return self.norm(x, weights[-2], weights[-1])

  # gelu_new(linear(x)): the normal distribution by its approximation with tanh
  def linear_act(self: __torch__.CausalLm, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, weight, bias, "gelu", annotate(List[Optional[number]], []), "tanh")
    x = torch.linear(x, weight, bias)
    inner = torch.mul(torch.add(x, torch.mul(torch.pow(x, 3.), 0.044715)), 0.7978845608028654)
    return torch.mul(torch.mul(x, 0.5), torch.add(torch.tanh(inner), 1.))
