# CLIP's vision transformer (Radford et al. 2021, arXiv 2103.00020), with zero-shot scores and heat maps in the same forward.
#
# This is TorchScript's own serialised language: Python without sugar. It is packed with the weights of a checkpoint and never runs
# under Python. Shapes stand at the end of every line that changes one:
#
#   b images   s side   c = 3 channels   g = s / patch   p = g * g patches   t = 1 + p tokens   d width   h heads   e = d / h
#   f feed-forward width   E embedding   n descriptions   k descriptions chosen for each image   l layers
#
# Weights are lists by kind, indexed by layer. pack() turns the large ones into the list that every forward takes as its first
# argument: blocked for oneDNN on a CPU, as they are elsewhere. The list holds the patch embedding and then four a layer.
#
# quick_gelu(x) = x sigmoid(1.702 x) = silu(1.702 x) / 1.702: where silu is true, 1.702 has been folded into fc1 and its inverse into
# fc2, so that the activation is one fused step.
#
# Matrix products are in the precision of the weights. LayerNorm, softmax and every product accumulate in float32; the class token is
# in the projection's precision, float32, from the last attention on, and so are its last norm, the scores and the maps.
#
# Training runs the same code on weights that are handed in: see forward().
class ClipVision(Module):
  __parameters__ = []
  __buffers__ = ["mean", "std", "patch_weight", "class_embedding", "position_embedding", "pre_norm_weight", "pre_norm_bias", "post_norm_weight", "post_norm_bias", "projection"]
  training : bool
  mean : Tensor
  std : Tensor
  patch_weight : Tensor
  class_embedding : Tensor
  position_embedding : Tensor
  pre_norm_weight : Tensor
  pre_norm_bias : Tensor
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
  post_norm_weight : Tensor
  post_norm_bias : Tensor
  projection : Tensor
  side : int
  patch : int
  heads : int
  epsilon : float
  silu : bool
  relevance_blocks : int

  # The large matrices, in the order in which a forward uses them: the patch embedding, four a layer, and the last layer's keys and
  # values. With rows = 0 they are returned as they are, and so are weights in double precision, which oneDNN does not multiply.
  # Otherwise each is reordered for oneDNN's product with that many rows, and its copy here is let go; those of the layers that
  # relevance looks back to stay for the class token. Layers are counted from the last one on where only some are left.
  def pack(self: __torch__.ClipVision, rows: int) -> List[Tensor]:
    last = torch.len(self.qkv_weight) - 1
    d = self.qkv_weight[-1].size(1)
    weights = [self.patch_weight]
    for i in range(last):
      weights.append(self.qkv_weight[i])
      weights.append(self.out_weight[i])
      weights.append(self.fc1_weight[i])
      weights.append(self.fc2_weight[i])
    weights.append(self.qkv_weight[last][d:])
    if torch.__and__(rows > 0, self.patch_weight.dtype != 7):
      for i in range(torch.len(weights)):
        weights[i] = ops.mkldnn._reorder_linear_weight(torch.contiguous(weights[i]), rows)
      self.patch_weight = torch.clone(self.patch_weight[0:0])
      first = last + 1 - self.relevance_blocks
      self.qkv_weight = self.qkv_weight[first:]
      self.out_weight = self.out_weight[first:]
      self.fc1_weight = self.fc1_weight[first:]
      self.fc2_weight = self.fc2_weight[first:]
    return weights

  # The side of the pixels that a forward takes, and the width of the embeddings that it gives
  def dimensions(self: __torch__.ClipVision) -> List[int]:
    return [self.side, self.projection.size(0)]

  def linear(self: __torch__.ClipVision, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")
    return torch.linear(x, weight, bias)

  # residual + linear(x)
  def linear_add(self: __torch__.ClipVision, residual: Tensor, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, residual, weight, bias, "add")
    return torch.add(residual, torch.linear(x, weight, bias))

  # act(linear(x))
  def linear_act(self: __torch__.ClipVision, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      if self.silu:
        return ops.mkldnn._linear_pointwise(x, weight, bias, "swish", annotate(List[Optional[number]], []), "")
      return ops.mkldnn._linear_pointwise(x, weight, bias, "gelu", annotate(List[Optional[number]], []), "none")
    return self.act(torch.linear(x, weight, bias))

  def act(self: __torch__.ClipVision, u: Tensor) -> Tensor:
    if self.silu:
      return torch.silu(u)
    return torch.gelu(u)

  # d act(u) / du: s (1 + u (1 - s)) with s = sigmoid(u) for silu; Phi(u) + u phi(u), the normal distribution, for gelu
  def act_derivative(self: __torch__.ClipVision, u: Tensor) -> Tensor:
    if self.silu:
      s = torch.sigmoid(u)
      return torch.mul(s, torch.add(torch.mul(u, torch.rsub(s, 1.)), 1.))
    cumulative = torch.mul(torch.add(torch.erf(torch.mul(u, 0.7071067811865476)), 1.), 0.5)
    density = torch.mul(torch.exp(torch.mul(torch.mul(u, u), -0.5)), 0.3989422804014327)
    return torch.add(cumulative, torch.mul(u, density))

  def norm(self: __torch__.ClipVision, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], torch.to(weight, x.dtype), torch.to(bias, x.dtype), self.epsilon)

  # Gradient at x of norm(x), given the gradient at its output
  def norm_backward(self: __torch__.ClipVision, x: Tensor, weight: Tensor, gradient: Tensor) -> Tensor:
    centred = torch.sub(x, torch.mean(x, [-1], True))
    scale = torch.rsqrt(torch.add(torch.mean(torch.mul(centred, centred), [-1], True), self.epsilon))
    unit = torch.mul(centred, scale)
    g = torch.mul(gradient, weight)
    along = torch.mul(unit, torch.mean(torch.mul(g, unit), [-1], True))
    return torch.mul(torch.sub(torch.sub(g, torch.mean(g, [-1], True)), along), scale)

  # Pixels 0 to 255 to what CLIP was trained on, in the operations and the order of torchvision's ToTensor and Normalize
  def normalise(self: __torch__.ClipVision, pixels: Tensor) -> Tensor:                     # b c s s, uint8
    return torch.div_(torch.sub_(torch.div_(torch.to(pixels, self.mean.dtype), 255.), self.mean), self.std)

  # softmax(q k') v for the queries, keys and values of all heads, side by side in each token. The scale of q is in its weights.
  # On a CPU, short sequences in half precision are faster as two batched products than as a fused kernel; float32 is not.
  def attention(self: __torch__.ClipVision, qkv: Tensor) -> Tensor:                        # b t 3d
    b = qkv.size(0)
    t = qkv.size(1)
    y = torch.permute(torch.view(qkv, [b, t, 3, self.heads, -1]), [2, 0, 3, 1, 4])         # 3 b h t e
    if torch.__or__(qkv.is_cuda, qkv.dtype == self.projection.dtype):
      y = torch.scaled_dot_product_attention(y[0], y[1], y[2], None, 0., False, scale=1.)  # b h t e
    else:
      y = torch.reshape(y, [3, b * self.heads, t, -1])                                     # 3 bh t e
      a = torch.softmax(torch.bmm(y[0], torch.transpose(y[1], 1, 2)), -1)                  # bh t t
      y = torch.view(torch.bmm(a, y[2]), [b, self.heads, t, -1])                           # b h t e
    return torch.reshape(torch.transpose(y, 1, 2), [b, t, -1])                             # b t d

  # Everything but the last block, and of the blocks from the first to be remembered on: the class token before attention (b d), the
  # queries, keys and values of all tokens (b t 3d), and the class token after attention (b d).
  # The patch convolution's stride is its width, so it is a linear map of each patch's pixels.
  def trunk(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, remembered: int) -> Tuple[Tensor, List[Tuple[Tensor, Tensor, Tensor]]]:
    b = pixels.size(0)
    g = pixels.size(2) // self.patch
    x = torch.view(pixels, [b, 3, g, self.patch, g, self.patch])                           # b c g P g P
    x = torch.reshape(torch.permute(x, [0, 2, 4, 1, 3, 5]), [b, g * g, -1])                # b p cPP
    x = self.linear(torch.to(x, self.class_embedding.dtype), weights[0], None)             # b p d
    d = x.size(2)
    x = torch.cat([torch.expand(self.class_embedding, [b, 1, d]), x], 1)                   # b t d
    x = self.norm(torch.add(x, self.position_embedding), self.pre_norm_weight, self.pre_norm_bias)
    memory = annotate(List[Tuple[Tensor, Tensor, Tensor]], [])
    for i in range(torch.len(self.qkv_bias) - 1):
      at = 1 + 4 * i
      y = self.norm(x, self.norm1_weight[i], self.norm1_bias[i])
      qkv = self.linear(y, weights[at], self.qkv_bias[i])                                  # b t 3d
      c0 = x[:, 0]                                                                         # b d
      x = self.linear_add(x, self.attention(qkv), weights[at + 1], self.out_bias[i])       # b t d
      if i >= remembered:
        memory.append((c0, qkv, x[:, 0]))
      y = self.norm(x, self.norm2_weight[i], self.norm2_bias[i])
      y = self.linear_act(y, weights[at + 2], self.fc1_bias[i])                            # b t f
      x = self.linear_add(x, y, weights[at + 3], self.fc2_bias[i])                         # b t d
    return (x, memory)

  # Embeddings of pixels 0 to 255 as the projection gives them, not normalised
  def embed(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor) -> Tensor:
    nothing = torch.transpose(torch.slice(self.projection, 1, 0, 0), 0, 1)
    return (self.look(weights, self.normalise(pixels), nothing, 1., self.nothing_chosen(pixels), 0, False, False, False))[0]

  def inspect(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, text: Tensor, scale: float, top_k: int, relevance: bool, gradcam: bool, clipcap_xai: bool) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    return self.inspect_normalised(weights, self.normalise(pixels), text, scale, top_k, relevance, gradcam, clipcap_xai)

  # Embeddings (b E), cosine similarities with every description (b n), each image's best descriptions (b k; of equals, the one that
  # stands first), and the maps asked for (b k p each; empty otherwise). text holds unit vectors; the score that the maps explain is
  # scale * similarity.
  def inspect_normalised(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, text: Tensor, scale: float, top_k: int, relevance: bool, gradcam: bool, clipcap_xai: bool) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    z, similarity, top, relevances, cams, noise, attention, = self.look(weights, pixels, text, scale, self.nothing_chosen(pixels), top_k, relevance, gradcam, clipcap_xai)
    return (torch.to(z, 6), torch.to(similarity, 6), top, torch.to(relevances, 6), torch.to(cams, 6), torch.to(noise, 6))

  # The same of descriptions that the caller chooses (b k) instead of the best, and last the class token's attention to the patches in
  # the last block, mean over the heads (b p)
  def explain(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, text: Tensor, scale: float, chosen: Tensor, relevance: bool, gradcam: bool, clipcap_xai: bool) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    z, similarity, top, relevances, cams, noise, attention, = self.look(weights, self.normalise(pixels), text, scale, chosen, 0, relevance, gradcam, clipcap_xai)
    return (torch.to(z, 6), torch.to(similarity, 6), top, torch.to(relevances, 6), torch.to(cams, 6), torch.to(noise, 6), torch.to(attention, 6))

  def nothing_chosen(self: __torch__.ClipVision, pixels: Tensor) -> Tensor:
    return torch.zeros([0], dtype=4, device=pixels.device)

  # Relevance for scores of the caller's own, given their gradients at the embeddings as the projection gives them: b k E to b k p
  def relevance_of(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, dz: Tensor) -> Tensor:
    remembered = torch.len(self.qkv_bias) - self.relevance_blocks
    x, memory, y, q, kv, a, c1, u, c2, z, = self.see(weights, self.normalise(pixels), remembered)
    d1, do, da, = self.class_gradient(torch.to(dz, self.projection.dtype), c1, u, c2, kv)
    return torch.to(self.relevance(memory, x[:, 0], q, kv, a, d1, do, da), 6)

  # The tower. Of the last block: its input (b t d), and that normalised (b t d); the class token's query (b h 1 e), all keys and values
  # (2 b h t e) and their attention (b h 1 t); the class token after attention (b d), its feed-forward layer before the activation (b f),
  # and the block's output (b d). Last the embeddings (b E). Second stands what the trunk remembers.
  def see(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, remembered: int) -> Tuple[Tensor, List[Tuple[Tensor, Tensor, Tensor]], Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    x, memory, = self.trunk(weights, pixels, remembered)                                   # b t d
    b = x.size(0)
    t = x.size(1)
    d = x.size(2)
    e = d // self.heads

    # The last block, for the class token alone: nothing reads what it would do to the patches.
    y = self.norm(x, self.norm1_weight[-1], self.norm1_bias[-1])                           # b t d
    q = torch.linear(y[:, 0], self.qkv_weight[-1][0:d], self.qkv_bias[-1][0:d])            # b d
    q = torch.view(q, [b, self.heads, 1, e])                                               # b h 1 e
    kv = self.linear(y, weights[-1], self.qkv_bias[-1][d:])                                # b t 2d
    kv = torch.permute(torch.view(kv, [b, t, 2, self.heads, e]), [2, 0, 3, 1, 4])          # 2 b h t e
    a = torch.softmax(torch.matmul(q, torch.transpose(kv[0], 2, 3)), -1, self.projection.dtype)                # b h 1 t
    o = torch.reshape(torch.matmul(torch.to(a, x.dtype), kv[1]), [b, d])                   # b d
    c1 = torch.add(torch.to(x[:, 0], self.projection.dtype), torch.linear(o, self.out_weight[-1], self.out_bias[-1]))
    u = self.norm(c1, self.norm2_weight[-1], self.norm2_bias[-1])
    u = torch.linear(torch.to(u, x.dtype), self.fc1_weight[-1], self.fc1_bias[-1])         # b f
    c2 = torch.add(c1, torch.linear(self.act(u), self.fc2_weight[-1], self.fc2_bias[-1]))  # b d
    z = torch.linear(self.norm(c2, self.post_norm_weight, self.post_norm_bias), self.projection)     # b E
    return (x, memory, y, q, kv, a, c1, u, c2, z)

  # What inspect and explain have in common: without any chosen descriptions, the best top_k are explained.
  def look(self: __torch__.ClipVision, weights: List[Tensor], pixels: Tensor, text32: Tensor, scale: float, chosen: Tensor, top_k: int, relevance: bool, gradcam: bool, clipcap_xai: bool) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    text = torch.to(text32, self.projection.dtype)
    remembered = torch.len(self.qkv_bias)
    if relevance:
      remembered = remembered - self.relevance_blocks
    x, memory, y, q, kv, a, c1, u, c2, z, = self.see(weights, pixels, remembered)          # b t d first, b E last

    # Scores, and each image's best descriptions
    length = torch.norm(z, 2, [-1], True)                                                  # b 1
    unit = torch.div(z, length)
    similarity = torch.matmul(unit, torch.transpose(text, 0, 1))                           # b n
    top = chosen                                                                           # b k
    if torch.numel(chosen) == 0:
      order = (torch.sort(similarity, stable=True, dim=1, descending=True))[1]
      top = torch.contiguous(order[:, 0:top_k])                                            # b k
    maps = [torch.zeros([0], device=z.device), torch.zeros([0], device=z.device), torch.zeros([0], device=z.device)]
    if torch.__or__(torch.__or__(relevance, gradcam), clipcap_xai):
      # From each score back to the class token's attention (Chefer et al. 2021, arXiv 2103.15679, in closed form)
      best = torch.unsqueeze(torch.gather(similarity, 1, top), 2)                          # b k 1
      dz = torch.sub(text[top], torch.mul(best, torch.unsqueeze(unit, 1)))                 # b k E
      dz = torch.mul(torch.div(dz, torch.unsqueeze(length, 1)), scale)
      d1, do, da, = self.class_gradient(dz, c1, u, c2, kv)
      if relevance:
        maps[0] = self.relevance(memory, x[:, 0], q, kv, a, d1, do, da)                    # b k p
      if torch.__or__(gradcam, clipcap_xai):
        # On to the patches' keys and values
        ds = self.softmax_backward(a, da)[:, :, :, 1:]                                     # b h k p
        ap = a[:, :, :, 1:]                                                                # b h 1 p
        do = torch.to(do, self.projection.dtype)
        qf = torch.to(q, self.projection.dtype)
        if gradcam:
          # Channel weights are means over the patches, and the means are taken before the product with the weights
          dk = torch.mul(torch.mean(ds, [-1], True), qf)                                   # b h k e
          dv = torch.mul(torch.mean(ap, [-1], True), do)                                   # b h k e
          dy = self.key_value_backward(torch.unsqueeze(dk, 3), torch.unsqueeze(dv, 3))     # b k 1 d
          cam = torch.matmul(torch.squeeze(dy, 2), torch.transpose(y[:, 1:], 1, 2))        # b k p
          maps[1] = torch.relu(torch.to(cam, self.projection.dtype))
        if clipcap_xai:
          # The mean over channels of a gradient that comes out of a LayerNorm: zero but for rounding
          dk = torch.mul(torch.unsqueeze(ds, 4), torch.unsqueeze(qf, 3))                   # b h k p e
          dv = torch.mul(torch.unsqueeze(ap, 4), torch.unsqueeze(do, 3))                   # b h k p e
          dy = torch.to(self.key_value_backward(dk, dv), self.projection.dtype)                                # b k p d
          xp = torch.to(torch.unsqueeze(x[:, 1:], 1), self.projection.dtype)                                   # b 1 p d
          alpha = torch.mean(self.norm_backward(xp, self.norm1_weight[-1], dy), [-1])      # b k p
          maps[2] = torch.relu(torch.mul(alpha, torch.sum(xp, [-1])))
    attention = torch.contiguous(torch.mean(a, [1])[:, 0, 1:])                             # b p
    return (z, similarity, top, maps[0], torch.contiguous(maps[1]), torch.contiguous(maps[2]), attention)

  # From the gradient at the embeddings to what attention_gradient gives of the last block
  def class_gradient(self: __torch__.ClipVision, dz: Tensor, c1: Tensor, u: Tensor, c2: Tensor, kv: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    d2 = torch.matmul(dz, self.projection)                                                 # b k d
    d2 = self.norm_backward(torch.unsqueeze(c2, 1), self.post_norm_weight, d2)
    return self.attention_gradient(-1, d2, c1, u, kv[1])

  # Relevance, summed over the last block and those that are remembered
  def relevance(self: __torch__.ClipVision, memory: List[Tuple[Tensor, Tensor, Tensor]], c0: Tensor, q: Tensor, kv: Tensor, a: Tensor, d1: Tensor, do: Tensor, da: Tensor) -> Tensor:
    rows = torch.add(self.class_row(a, da), self.earlier_rows(memory, c0, q, kv, a, d1, do, da))
    return torch.contiguous(rows)                                                          # b k p

  # The class token's attention to the patches times its gradient, the positive part, mean over the heads
  def class_row(self: __torch__.ClipVision, a: Tensor, da: Tensor) -> Tensor:               # b h 1 t, b h k t
    return torch.mean(torch.relu(torch.mul(a, da)), [1])[:, :, 1:]                         # b k p

  # The same of the remembered blocks before the last, summed. The gradient goes on along the class token alone: the patches stay as they
  # are, so that one block back costs each description a few products with one token. c0, q, kv, a, d1, do and da are the last block's.
  def earlier_rows(self: __torch__.ClipVision, memory: List[Tuple[Tensor, Tensor, Tensor]], c0: Tensor, q: Tensor, kv: Tensor, a: Tensor, d1: Tensor, do: Tensor, da: Tensor) -> Tensor:
    rows = torch.zeros_like(da[:, 0, :, 1:])                                               # b k p
    for back in range(torch.len(memory)):
      d2 = self.input_gradient(-1 - back, c0, q, kv, a, d1, do, da)                        # b k d
      i = -2 - back
      c0, qkv, c1, = memory[-1 - back]
      qkv = torch.view(qkv, [qkv.size(0), qkv.size(1), 3, self.heads, -1])                 # b t 3 h e
      qkv = torch.permute(qkv, [2, 0, 3, 1, 4])                                            # 3 b h t e
      q = qkv[0][:, :, 0:1]                                                                # b h 1 e
      kv = qkv[1:]                                                                         # 2 b h t e
      a = torch.softmax(torch.matmul(q, torch.transpose(kv[0], 2, 3)), -1, self.projection.dtype)    # b h 1 t
      c1 = torch.to(c1, self.projection.dtype)                                             # b d
      u = torch.to(self.norm(c1, self.norm2_weight[i], self.norm2_bias[i]), qkv.dtype)
      u = torch.linear(u, self.fc1_weight[i], self.fc1_bias[i])                            # b f
      d1, do, da, = self.attention_gradient(i, d2, c1, u, kv[1])
      rows = torch.add(rows, self.class_row(a, da))
    return rows

  # From the gradient at the class token's output of a block: that at its stream after attention (b k d), at what the heads give before
  # they are joined (b h k e), and at its attention (b h k t). u is the feed-forward layer before its activation, v the values.
  def attention_gradient(self: __torch__.ClipVision, i: int, d2: Tensor, c1: Tensor, u: Tensor, v: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    du = torch.matmul(torch.to(d2, u.dtype), self.fc2_weight[i])                           # b k f
    du = torch.mul(du, torch.unsqueeze(self.act_derivative(torch.to(u, self.projection.dtype)), 1))
    d1 = torch.matmul(torch.to(du, u.dtype), self.fc1_weight[i])                           # b k d
    d1 = torch.add(d2, self.norm_backward(torch.unsqueeze(c1, 1), self.norm2_weight[i], torch.to(d1, self.projection.dtype)))
    do = torch.matmul(torch.to(d1, u.dtype), self.out_weight[i])                           # b k d
    do = torch.transpose(torch.view(do, [do.size(0), do.size(1), self.heads, -1]), 1, 2)   # b h k e
    da = torch.to(torch.matmul(do, torch.transpose(v, 2, 3)), self.projection.dtype)       # b h k t
    return (d1, do, da)

  # Gradient at scores before the softmax, given that at the attention
  def softmax_backward(self: __torch__.ClipVision, a: Tensor, da: Tensor) -> Tensor:
    return torch.mul(a, torch.sub(da, torch.sum(torch.mul(a, da), [-1], True)))            # b h k t

  # Gradient at the class token's input of a block (b k d): past its attention, and through its own query, key and value
  def input_gradient(self: __torch__.ClipVision, i: int, c0: Tensor, q: Tensor, kv: Tensor, a: Tensor, d1: Tensor, do: Tensor, da: Tensor) -> Tensor:
    ds = self.softmax_backward(a, da)                                                      # b h k t
    dq = torch.matmul(torch.to(ds, q.dtype), kv[0])                                        # b h k e
    dk = torch.mul(torch.to(ds[:, :, :, 0:1], q.dtype), q)                                 # b h k e
    dv = torch.mul(torch.to(a[:, :, :, 0:1], q.dtype), do)                                 # b h k e
    dy = torch.permute(torch.stack([dq, dk, dv]), [1, 3, 0, 2, 4])                         # b k 3 h e
    dy = torch.reshape(dy, [dy.size(0), dy.size(1), -1])                                   # b k 3d
    dy = torch.to(torch.matmul(dy, self.qkv_weight[i]), self.projection.dtype)             # b k d
    c0 = torch.unsqueeze(torch.to(c0, self.projection.dtype), 1)                           # b 1 d
    return torch.add(d1, self.norm_backward(c0, self.norm1_weight[i], dy))

  # Gradient at the last block's normed tokens of keys and values, given theirs: b h k p e each to b k p d
  def key_value_backward(self: __torch__.ClipVision, dk: Tensor, dv: Tensor) -> Tensor:
    d = self.qkv_weight[-1].size(1)
    g = torch.stack([dk, dv], 3)                                                           # b h k 2 p e
    g = torch.permute(g, [0, 2, 4, 3, 1, 5])                                               # b k p 2 h e
    g = torch.reshape(g, [g.size(0), g.size(1), g.size(2), 2 * d])                         # b k p 2d
    return torch.matmul(torch.to(g, self.qkv_weight[-1].dtype), self.qkv_weight[-1][d:])

  # Embeddings of pixels 0 to 255, not normalised, by the tensors of a checkpoint as they are published: what training differentiates.
  # Tensors that require no gradient, and whatever depends on them alone, leave nothing behind for a backward.
  def forward(self: __torch__.ClipVision, pixels: Tensor, w: List[Tensor]) -> Tensor:
    self.bind(w)
    return self.embed(self.pack(0), pixels)

  # Takes the weights from a list: class, patch and position embedding; weight and bias of the first norm; of each layer those of the
  # first norm, queries, keys, values, output, second norm, fc1 and fc2; of the last norm; the projection.
  def bind(self: __torch__.ClipVision, w: List[Tensor]) -> NoneType:
    d = w[0].size(0)
    scale = (d // self.heads) ** -0.5
    self.class_embedding = w[0]
    self.patch_weight = torch.reshape(w[1], [d, -1])
    self.position_embedding = w[2]
    self.pre_norm_weight = w[3]
    self.pre_norm_bias = w[4]
    self.post_norm_weight = w[-3]
    self.post_norm_bias = w[-2]
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
    for i in range((torch.len(w) - 8) // 16):
      at = 5 + 16 * i
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
