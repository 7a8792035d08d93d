# OPT (Zhang et al. 2022, arXiv 2205.01068), a causal language model, in TorchScript's own serialised language. An archive continues the
# class with what it is for: TextLoss.py or CaptionLoss.py. Every method takes the weights as one list, the archive's own (see pack) or
# those of a training, which requires their gradients:
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
  norm_before : bool
  norm_last : bool
  projected : bool

  # The archive's weights, which the caller keeps.
  def pack(self: __torch__.CausalLm) -> List[Tensor]:
    return self.weights

  def norm(self: __torch__.CausalLm, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, self.epsilon)

  # Each token attends to itself and to what stands before it.
  def attention(self: __torch__.CausalLm, x: Tensor, qkv_weight: Tensor, qkv_bias: Tensor, out_weight: Tensor, out_bias: Tensor) -> Tensor:
    b = x.size(0)
    t = x.size(1)
    y = torch.linear(x, qkv_weight, qkv_bias)                                              # b t 3d
    y = torch.permute(torch.view(y, [b, t, 3, self.heads, -1]), [2, 0, 3, 1, 4])           # 3 b h t e
    y = torch.scaled_dot_product_attention(y[0], y[1], y[2], None, 0., True)               # b h t e
    y = torch.reshape(torch.transpose(y, 1, 2), [b, t, -1])                                # b t d
    return torch.linear(y, out_weight, out_bias)

  # Normalised before attention and feed-forward; after their residual sums in OPT-350m.
  def block(self: __torch__.CausalLm, weights: List[Tensor], i: int, x: Tensor) -> Tensor:     # b t d
    norm1, norm1_bias, qkv, qkv_bias, out, out_bias, norm2, norm2_bias, fc1, fc1_bias, fc2, fc2_bias, = weights[2 + 12 * i:14 + 12 * i]
    y = x
    if self.norm_before:
      y = self.norm(y, norm1, norm1_bias)
    x = torch.add(x, self.attention(y, qkv, qkv_bias, out, out_bias))                      # b t d
    if not self.norm_before:
      x = self.norm(x, norm1, norm1_bias)
    y = x
    if self.norm_before:
      y = self.norm(y, norm2, norm2_bias)
    y = torch.relu(torch.linear(y, fc1, fc1_bias))                                         # b t f
    x = torch.add(x, torch.linear(y, fc2, fc2_bias))                                       # b t d
    if not self.norm_before:
      x = self.norm(x, norm2, norm2_bias)
    return x

  # Embeddings of tokens, as a prefix stands in for them.
  def embed(self: __torch__.CausalLm, weights: List[Tensor], ids: Tensor) -> Tensor:       # b t
    return torch.embedding(weights[0], ids)                                                # b t E

  # What is compared with the vocabulary's embeddings. Texts begin at the first position: shorter ones are padded at their end.
  def hidden(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor) -> Tensor:        # b t E
    if self.projected:
      x = torch.linear(x, weights[-2])                                                     # b t d
    x = torch.add(x, weights[1][2:2 + x.size(1)])
    for i in range(self.layers):
      x = self.block(weights, i, x)
    last = 2 + 12 * self.layers
    if self.norm_last:
      x = self.norm(x, weights[last], weights[last + 1])
    if self.projected:
      x = torch.linear(x, weights[-1])                                                     # b t E
    return x

  # What each token says about the next.
  def logits(self: __torch__.CausalLm, weights: List[Tensor], ids: Tensor) -> Tensor:      # b t
    return torch.to(torch.linear(self.hidden(weights, self.embed(weights, ids)), weights[0]), 6)      # b t V
