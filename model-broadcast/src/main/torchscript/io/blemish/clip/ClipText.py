# CLIP's text transformer (Radford et al. 2021, arXiv 2103.00020), in TorchScript's own serialised language: see ClipVision.py for the
# conventions of shapes, weights and activations.
#
#   b texts of equal length   t tokens   d width   h heads   e = d / h   f feed-forward width   E embedding
class ClipText(Module):
  __parameters__ = []
  __buffers__ = ["token_embedding", "position_embedding", "final_norm_weight", "final_norm_bias", "projection"]
  training : bool
  token_embedding : Tensor
  position_embedding : Tensor
  norm1_weight : List[Tensor]
  norm1_bias : List[Tensor]
  qkv_weight : List[Tensor]
  qkv_bias : List[Tensor]
  out_weight : List[Tensor]
  out_bias : List[Tensor]
  norm2_weight : List[Tensor]
  norm2_bias : List[Tensor]
  fc1_weight : List[Tensor]
  fc1_bias : List[Tensor]
  fc2_weight : List[Tensor]
  fc2_bias : List[Tensor]
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
    for i in range(torch.len(self.qkv_weight)):
      weights.append(self.qkv_weight[i])
      weights.append(self.out_weight[i])
      weights.append(self.fc1_weight[i])
      weights.append(self.fc2_weight[i])
    if rows > 0:
      for i in range(torch.len(weights)):
        weights[i] = ops.mkldnn._reorder_linear_weight(weights[i], rows)
      self.qkv_weight = annotate(List[Tensor], [])
      self.out_weight = annotate(List[Tensor], [])
      self.fc1_weight = annotate(List[Tensor], [])
      self.fc2_weight = annotate(List[Tensor], [])
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

  # The last block's output for every token. A token sees only what stands before it.
  def trunk(self: __torch__.ClipText, weights: List[Tensor], ids: Tensor) -> Tensor:      # b t
    b = ids.size(0)
    t = ids.size(1)
    x = torch.add(torch.embedding(self.token_embedding, ids), self.position_embedding[0:t])           # b t d
    for i in range(torch.len(self.qkv_bias)):
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
    return x

  def project(self: __torch__.ClipText, end: Tensor) -> Tensor:                            # b d
    return torch.linear(self.norm(end, self.final_norm_weight, self.final_norm_bias), self.projection)   # b E

  # Embeddings of texts that end with their end-of-text token, as the projection gives them, not normalised.
  def embed(self: __torch__.ClipText, weights: List[Tensor], ids: Tensor) -> Tensor:
    return self.project((self.trunk(weights, ids))[:, -1])

  # Embeddings, not normalised, of texts whose end-of-text tokens stand where ends says, by the tensors of a checkpoint as they are
  # published: what training differentiates. What stands after the end is never seen.
  def forward(self: __torch__.ClipText, ids: Tensor, ends: Tensor, w: List[Tensor]) -> Tensor:         # b t, b
    self.bind(w)
    x = self.trunk(self.pack(0), ids)                                                      # b t d
    end = torch.expand(torch.view(ends, [-1, 1, 1]), [-1, 1, x.size(2)])                   # b 1 d
    return self.project(torch.squeeze(torch.gather(x, 1, end), 1))

  # Takes the weights from a list: token and position embedding; of each layer weight and bias of the first norm, queries, keys, values,
  # output, second norm, fc1 and fc2; of the last norm; the projection.
  def bind(self: __torch__.ClipText, w: List[Tensor]) -> NoneType:
    scale = (w[0].size(1) // self.heads) ** -0.5
    self.token_embedding = w[0]
    self.position_embedding = w[1]
    self.final_norm_weight = w[-3]
    self.final_norm_bias = w[-2]
    self.projection = w[-1]
    self.norm1_weight = annotate(List[Tensor], [])
    self.norm1_bias = annotate(List[Tensor], [])
    self.qkv_weight = annotate(List[Tensor], [])
    self.qkv_bias = annotate(List[Tensor], [])
    self.out_weight = annotate(List[Tensor], [])
    self.out_bias = annotate(List[Tensor], [])
    self.norm2_weight = annotate(List[Tensor], [])
    self.norm2_bias = annotate(List[Tensor], [])
    self.fc1_weight = annotate(List[Tensor], [])
    self.fc1_bias = annotate(List[Tensor], [])
    self.fc2_weight = annotate(List[Tensor], [])
    self.fc2_bias = annotate(List[Tensor], [])
    for i in range((torch.len(w) - 5) // 16):
      at = 2 + 16 * i
      self.norm1_weight.append(w[at])
      self.norm1_bias.append(w[at + 1])
      self.qkv_weight.append(torch.cat([torch.mul(w[at + 2], scale), w[at + 4], w[at + 6]]))
      self.qkv_bias.append(torch.cat([torch.mul(w[at + 3], scale), w[at + 5], w[at + 7]]))
      self.out_weight.append(w[at + 8])
      self.out_bias.append(w[at + 9])
      self.norm2_weight.append(w[at + 10])
      self.norm2_bias.append(w[at + 11])
      if self.silu:
        self.fc1_weight.append(torch.mul(w[at + 12], 1.702))
        self.fc1_bias.append(torch.mul(w[at + 13], 1.702))
        self.fc2_weight.append(torch.div(w[at + 14], 1.702))
      else:
        self.fc1_weight.append(w[at + 12])
        self.fc1_bias.append(w[at + 13])
        self.fc2_weight.append(w[at + 14])
      self.fc2_bias.append(w[at + 15])
