
  # Writing texts that continue prefixes, continuing the class of a model; Search.py chooses the tokens. One call is one batch.
  #
  #   b rows   r rows at hand, on the ladder   k vectors of a prefix   n texts written for each row at once   T the most tokens
  #   t tokens at once   s slots of a cache: k + n (T - 1)   d width   h heads   e = d / h   V vocabulary   E width of embeddings
  #
  # Keys and values are kept once for a row: its prefix's, and then n for each step. None is ever moved: when a text is continued twice,
  # both successors look at the same slots, as their masks say. On a CPU they are kept in float32, which products this small take several
  # times as fast as bfloat16.

  # The n texts for each row, best first, -1 behind their ends (b n T), and their log-probabilities (b n). Points in the unit
  # interval, dealt beforehand for each token (b n T, float64), make it a sampling; a single number instead makes it a beam search, or greedy
  # for n = 1.
  def decode(self: __torch__.CausalLm, weights: List[Tensor], prefix: Tensor, points: Tensor, n: int, least: int, most: int, penalty: float, temperature: float, top_k: int, top_p: float) -> Tuple[Tensor, Tensor]:
    b = prefix.size(0)
    k = prefix.size(1)
    search = __torch__.Search(b, self.rung(b), n, self.end, least, most, penalty, prefix.device)
    if torch.dim(points) == 3:
      _0 = search.sample(points, temperature, top_k, top_p)
    x = self.embed(weights, search.token)                                                  # r n E, of any tokens: for its type alone
    x = torch.cat([torch.to(prefix, x.dtype), torch.zeros([self.rung(b) - b, k, x.size(2)], dtype=x.dtype, device=x.device)])      # r k E
    x = self.enter(weights, x, torch.arange(k, device=x.device))                           # r k d
    keys : List[Tensor] = []
    values : List[Tensor] = []
    kept = x.dtype
    if not x.is_cuda:
      kept = 6
    for i in range(self.layers):
      slots = [x.size(0), self.heads, k + n * (most - 1), x.size(2) // self.heads]
      keys.append(torch.empty(slots, dtype=kept, device=x.device))                         # r h s e
      values.append(torch.empty(slots, dtype=kept, device=x.device))
    hidden = (self.advance(weights, x, keys, values, 0, None))[:, -1:]                     # r 1 E
    _1 = search.choose(self.vocabulary(weights, hidden))
    mask = torch.full([x.size(0), n, k + n * (most - 1)], -inf, dtype=kept, device=x.device)               # r n s
    _2 = torch.fill_(mask[:, :, 0:k], 0.)
    own = torch.log(torch.eye(n, dtype=6, device=x.device))                                # n n: 0 for a text itself, -inf for others
    while search.step < most and bool(torch.any(search.open)):
      live = int(torch.sum(search.open))
      if self.rung(live) < mask.size(0):
        order = search.compact(self.rung(live))
        mask = torch.index_select(mask, 0, order)
        for i in range(self.layers):
          keys[i] = torch.index_select(keys[i], 0, order)
          values[i] = torch.index_select(values[i], 0, order)
      slot = k + n * (search.step - 1)
      mask = torch.gather(mask, 1, torch.expand(torch.unsqueeze(search.parent, 2), mask.size()))
      _3 = torch.copy_(mask[:, :, slot:slot + n], own)
      position = torch.full([1], k + search.step - 1, dtype=4, device=x.device)
      x = self.enter(weights, self.embed(weights, search.token), position)                 # r n d
      hidden = self.advance(weights, x, keys, values, slot, torch.unsqueeze(mask[:, :, 0:slot + n], 1))    # r n E
      _4 = search.choose(self.vocabulary(weights, hidden))
    return search.result()

  # Adds tokens to the caches, from a slot on, each of which sees what the mask allows, or without one itself and what stands before.
  def advance(self: __torch__.CausalLm, weights: List[Tensor], x: Tensor, keys: List[Tensor], values: List[Tensor], slot: int, mask: Optional[Tensor]) -> Tensor:      # r t d
    to = slot + x.size(1)
    for i in range(self.layers):
      y = self.by_heads(self.attend(weights, i, x))                                        # 3 r h t e
      _0 = torch.copy_(keys[i][:, :, slot:to], y[1])
      _1 = torch.copy_(values[i][:, :, slot:to], y[2])
      if mask is None:
        y = torch.scaled_dot_product_attention(y[0], y[1], y[2], None, 0., True)           # r h t e
      else:
        y = self.seen(y[0], keys[i][:, :, 0:to], values[i][:, :, 0:to], mask)              # r h t e
      x = self.proceed(weights, i, x, self.joined(y))                                      # r t d
    return self.leave(weights, x)                                                          # r t E

  # Attention to what is kept. On a CPU plain products are faster for so few tokens than the fused attention.
  def seen(self: __torch__.CausalLm, queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:        # r h t e, s, s
    if queries.is_cuda:
      return torch.scaled_dot_product_attention(queries, keys, values, mask)               # r h t e
    scale = keys.size(3) ** -0.5
    scores = torch.matmul(torch.mul(torch.to(queries, keys.dtype), scale), torch.transpose(keys, 2, 3))               # r h t s
    seen = torch.matmul(torch.softmax(torch.add(scores, mask), -1), values)                # r h t e
    return torch.to(seen, queries.dtype)

  # The ladder of batch sizes, 1 2 3 4 6 8 12 16 …: the least that holds so many rows. Few sizes, because the engine specialises its code
  # for each.
  def rung(self: __torch__.CausalLm, rows: int) -> int:
    power = 1
    while power < rows:
      power = 2 * power
    if power >= 4 and 3 * power // 4 >= rows:
      return 3 * power // 4
    return power
