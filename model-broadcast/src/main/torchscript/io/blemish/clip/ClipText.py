# CLIP's text transformer (Radford et al. 2021, arXiv 2103.00020), in TorchScript's own serialised language: see ClipVision.py for the
# conventions of shapes, weights and activations.
#
#   b texts of equal length   t tokens   d width   h heads   e = d / h   f feed-forward width   E embedding
class ClipText(Module):
  __parameters__ = []
  __buffers__ = ["token_embedding", "position_embedding", "norm1_weight", "norm1_bias", "qkv_weight", "qkv_bias", "out_weight", "out_bias", "norm2_weight", "norm2_bias", "fc1_weight", "fc1_bias", "fc2_weight", "fc2_bias", "final_norm_weight", "final_norm_bias", "projection"]
  training : bool
  token_embedding : Tensor
  position_embedding : Tensor
  norm1_weight : Tensor
  norm1_bias : Tensor
  qkv_weight : Tensor
  qkv_bias : Tensor
  out_weight : Tensor
  out_bias : Tensor
  norm2_weight : Tensor
  norm2_bias : Tensor
  fc1_weight : Tensor
  fc1_bias : Tensor
  fc2_weight : Tensor
  fc2_bias : Tensor
  final_norm_weight : Tensor
  final_norm_bias : Tensor
  projection : Tensor
  heads : int
  epsilon : float
  silu : bool

  # Four large matrices a layer, in the order in which a forward uses them; with rows > 0 reordered for oneDNN's product with that
  # many rows, and their copies here let go.
  def pack(self: __torch__.ClipText, rows: int) -> List[Tensor]:
    weights = annotate(List[Tensor], [])
    for i in range(self.qkv_weight.size(0)):
      weights.append(self.qkv_weight[i])
      weights.append(self.out_weight[i])
      weights.append(self.fc1_weight[i])
      weights.append(self.fc2_weight[i])
    if rows > 0:
      for i in range(torch.len(weights)):
        weights[i] = ops.mkldnn._reorder_linear_weight(weights[i], rows)
      self.qkv_weight = torch.clone(self.qkv_weight[0:0])
      self.out_weight = torch.clone(self.out_weight[0:0])
      self.fc1_weight = torch.clone(self.fc1_weight[0:0])
      self.fc2_weight = torch.clone(self.fc2_weight[0:0])
    return weights

  def linear(self: __torch__.ClipText, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")
    return torch.linear(x, weight, bias)

  # residual + linear(x)
  def linear_add(self: __torch__.ClipText, residual: Tensor, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, residual, weight, bias, "add")
    return torch.add(residual, torch.linear(x, weight, bias))

  # act(linear(x))
  def linear_act(self: __torch__.ClipText, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      if self.silu:
        return ops.mkldnn._linear_pointwise(x, weight, bias, "swish", annotate(List[Optional[number]], []), "")
      return ops.mkldnn._linear_pointwise(x, weight, bias, "gelu", annotate(List[Optional[number]], []), "none")
    u = torch.linear(x, weight, bias)
    if self.silu:
      return torch.silu(u)
    return torch.gelu(u)

  def norm(self: __torch__.ClipText, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, self.epsilon)

  # Embeddings of texts that end with their end-of-text token, as the projection gives them, not normalised. A token sees only what
  # stands before it, so that nothing after the end could change them.
  def embed(self: __torch__.ClipText, weights: List[Tensor], ids: Tensor) -> Tensor:      # b t
    b = ids.size(0)
    t = ids.size(1)
    x = torch.add(torch.embedding(self.token_embedding, ids), self.position_embedding[0:t])           # b t d
    for i in range(self.qkv_bias.size(0)):
      at = 4 * i
      y = self.norm(x, self.norm1_weight[i], self.norm1_bias[i])
      y = self.linear(y, weights[at], self.qkv_bias[i])                                    # b t 3d
      y = torch.permute(torch.view(y, [b, t, 3, self.heads, -1]), [2, 0, 3, 1, 4])         # 3 b h t e
      y = torch.scaled_dot_product_attention(y[0], y[1], y[2], None, 0., True, scale=1.)   # b h t e
      y = torch.reshape(torch.transpose(y, 1, 2), [b, t, -1])                              # b t d
      x = self.linear_add(x, y, weights[at + 1], self.out_bias[i])
      y = self.norm(x, self.norm2_weight[i], self.norm2_bias[i])
      y = self.linear_act(y, weights[at + 2], self.fc1_bias[i])                            # b t f
      x = self.linear_add(x, y, weights[at + 3], self.fc2_bias[i])                         # b t d
    end = self.norm(x[:, -1], self.final_norm_weight, self.final_norm_bias)                # b d
    return torch.linear(end, self.projection)                                              # b E
