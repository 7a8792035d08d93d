# OPT (Zhang et al. 2022, arXiv 2205.01068), a causal language model, in TorchScript's own serialised language. CausalLm.py continues the
# class with what all language models do alike, and others with what an archive is for. Every method takes the weights as one list, the
# archive's own (see pack) or those of a training, which requires their gradients:
#
#   0          token_embedding           V E
#   1          position_embedding        2 + the most tokens, d: row 2 is the first position's
#   2 + 12 i   block i                   norm1, qkv, out, norm2, fc1, fc2, each a weight and a bias
#   then       last_norm                 a weight and a bias, where the last block is normalised
#   then       project_in, project_out   d E, E d, where embeddings have another width than the stream
#
#   b texts   t tokens   d width   h heads   e = d / h   f feed-forward width   V vocabulary   E width of embeddings
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
  norm_before : bool
  norm_last : bool
  projected : bool

  # What the first block takes, of embeddings at positions, counted from 0.
  def enter(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor, positions: Tensor) -> Tensor:   # b t E, t
    if self.projected:
      x = self.linear(x, weights[-2], None)                                                # b t d, t
    return torch.add(x, torch.embedding(weights[1], torch.add(positions, 2)))              # b t d

  # Block i up to its attention: queries, keys and values, side by side in each token. Normalised before attention and feed-forward;
  # after their residual sums in OPT-350m.
  def attend(self: __torch__.CausalLm, weights: List[Tensor], i: int, x: Tensor) -> Tensor:            # b t d
    norm1, norm1_bias, qkv, qkv_bias, = weights[2 + 12 * i:6 + 12 * i]
    if self.norm_before:
      x = self.norm(x, norm1, norm1_bias)
    return self.linear(x, qkv, qkv_bias)                                                   # b t 3d

  # Block i from what its attention gives.
  def proceed(self: __torch__.CausalLm, weights: List[Tensor], i: int, x: Tensor, attended: Tensor) -> Tensor:      # b t d, both
    norm1, norm1_bias, = weights[2 + 12 * i:4 + 12 * i]
    out, out_bias, norm2, norm2_bias, fc1, fc1_bias, fc2, fc2_bias, = weights[6 + 12 * i:14 + 12 * i]
    x = self.linear_add(x, attended, out, out_bias)                                        # b t d
    if not self.norm_before:
      x = self.norm(x, norm1, norm1_bias)
    y = x
    if self.norm_before:
      y = self.norm(y, norm2, norm2_bias)
    y = self.linear_act(y, fc1, fc1_bias)                                                  # b t f
    x = self.linear_add(x, y, fc2, fc2_bias)                                               # b t d
    if not self.norm_before:
      x = self.norm(x, norm2, norm2_bias)
    return x

  # What is compared with the vocabulary's embeddings, of what the last block gives.
  def leave(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor) -> Tensor:         # b t d
    last = 2 + 12 * self.layers
    if self.norm_last:
      x = self.norm(x, weights[last], weights[last + 1])
    if self.projected:
      x = self.linear(x, weights[-1], None)                                                # b t E
    return x

  # relu(linear(x))
  def linear_act(self: __torch__.CausalLm, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, weight, bias, "relu", annotate(List[Optional[number]], []), "")
    return torch.relu(torch.linear(x, weight, bias))
