
  # What all causal language models do alike, continuing the class of one. Theirs are enter, attend, proceed, leave and linear_act.
  #
  #   b texts   t tokens   d width   h heads   e = d / h   V vocabulary   E width of embeddings

  # The width of embeddings, the number of tokens, the most positions, and the token that ends a text
  def dimensions(self: __torch__.CausalLm) -> List[int]:
    return [self.weights[0].size(1), self.weights[0].size(0), self.positions, self.end]

  # The archive's weights, which the caller keeps and hands to every method. With rows = 0 they are as they are, and so are weights in
  # double precision, which oneDNN does not multiply. Otherwise the matrices are reordered for oneDNN's products with about that many
  # rows, and their copies here are let go, but for the token embeddings, which are looked up as well.
  def pack(self: __torch__.CausalLm, rows: int) -> List[Tensor]:
    weights : List[Tensor] = []
    for i in range(torch.len(self.weights)):
      weight = self.weights[i]
      if rows > 0 and i != 1 and torch.dim(weight) == 2 and weight.dtype != 7:
        weights.append(ops.mkldnn._reorder_linear_weight(torch.contiguous(weight), rows))
      else:
        weights.append(weight)
    if rows > 0:
      self.weights = [self.weights[0]]
    return weights

  def linear(self: __torch__.CausalLm, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")
    return torch.linear(x, weight, bias)

  # residual + linear(x)
  def linear_add(self: __torch__.CausalLm, residual: Tensor, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.is_mkldnn:
      return ops.mkldnn._linear_pointwise(x, residual, weight, bias, "add")
    return torch.add(residual, torch.linear(x, weight, bias))

  def norm(self: __torch__.CausalLm, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, self.epsilon)

  # Embeddings of tokens, as a prefix stands in for them.
  def embed(self: __torch__.CausalLm, weights: List[Tensor], ids: Tensor) -> Tensor:       # b t
    table = weights[0]
    if table.is_mkldnn:
      table = self.weights[0]
    return torch.embedding(table, ids)                                                     # b t E

  def vocabulary(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor) -> Tensor:    # b t E
    return torch.to(self.linear(x, weights[0], None), 6)                                   # b t V, float32

  # The parts of attend's answer, by heads.
  def by_heads(self: __torch__.CausalLm, qkv: Tensor) -> Tensor:                           # b t 3d
    y = torch.view(qkv, [qkv.size(0), qkv.size(1), 3, self.heads, -1])                     # b t 3 h e
    return torch.permute(y, [2, 0, 3, 1, 4])                                               # 3 b h t e

  def joined(self: __torch__.CausalLm, y: Tensor) -> Tensor:                               # b h t e
    return torch.reshape(torch.transpose(y, 1, 2), [y.size(0), y.size(2), -1])             # b t d

  # What is compared with the vocabulary's embeddings, of embeddings that begin at the first position. Each attends to itself and to what
  # stands before it: shorter texts are padded at their end.
  def hidden(self: __torch__.CausalLm, weights: List[Tensor], embeddings: Tensor) -> Tensor:           # b t E
    positions = torch.arange(embeddings.size(1), device=embeddings.device)
    x = self.enter(weights, embeddings, positions)                                         # b t d
    for i in range(self.layers):
      y = self.by_heads(self.attend(weights, i, x))                                        # 3 b h t e
      y = torch.scaled_dot_product_attention(y[0], y[1], y[2], None, 0., True)             # b h t e
      x = self.proceed(weights, i, x, self.joined(y))                                      # b t d
    return self.leave(weights, x)                                                          # b t E

  # Embeddings of tokens, for a caller outside.
  def embeddings(self: __torch__.CausalLm, weights: List[Tensor], ids: Tensor) -> Tensor:  # b t
    return torch.to(self.embed(weights, ids), 6)                                           # b t E

  # What a prefix's vectors, and then tokens, say about the next token. The prefix may be empty, and so may the tokens.
  def logits(self: __torch__.CausalLm, weights: List[Tensor], prefix: Tensor, ids: Tensor) -> Tensor:  # b k E, b t
    x = self.embed(weights, ids)                                                           # b t E
    x = torch.cat([torch.to(prefix, x.dtype), x], 1)                                       # b k+t E
    return self.vocabulary(weights, self.hidden(weights, x))                               # b k+t V
