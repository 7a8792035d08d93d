# The texts that are being written for a batch of rows, and how their next tokens are chosen.
#
#   b rows   r rows at hand, those that are still written and some that are not   n texts for each row   m of them that have a say: one
#   before the first token, then n   T the most tokens   V vocabulary   c candidates
class Search:
  n : int
  end : int
  least : int
  most : int
  penalty : float
  sampled : bool
  temperature : float
  top_k : int
  top_p : float
  points : Tensor          # r n T   what a sampling has been dealt
  step : int               # tokens written
  row : Tensor             # r       which row of the batch it is; b and above are fillers
  open : Tensor            # r       whether it is still written
  token : Tensor           # r n     the last tokens
  parent : Tensor          # r n     the text that each one continues
  ids : Tensor             # r n T   the texts, -1 where nothing is written
  total : Tensor           # r n     their log-probabilities
  ended : Tensor           # r n     texts that have ended: of a beam search, the best of all those that did
  ended_ids : Tensor       # r n T
  ended_total : Tensor     # r n
  ended_score : Tensor     # r n     what they are ranked by; -inf where none has ended
  rows : int               # b
  all_ids : Tensor         # b and fillers, n T: what has been written for rows that are no longer at hand
  all_total : Tensor       # b and fillers, n

  def __init__(self: __torch__.Search, b: int, r: int, n: int, end: int, least: int, most: int, penalty: float, device: Device) -> NoneType:
    self.n = n
    self.end = end
    self.least = least
    self.most = most
    self.penalty = penalty
    self.sampled = False
    self.temperature = 1.
    self.top_k = 0
    self.top_p = 1.
    self.points = torch.zeros([r, n, 0], dtype=7, device=device)
    self.step = 0
    self.rows = b
    self.row = torch.arange(r, device=device)
    self.open = torch.lt(self.row, b)
    self.token = torch.zeros([r, n], dtype=4, device=device)
    self.parent = torch.zeros([r, n], dtype=4, device=device)
    self.ids = torch.full([r, n, most], -1, dtype=4, device=device)
    self.total = torch.zeros([r, n], dtype=6, device=device)
    self.ended = torch.zeros([r, n], dtype=11, device=device)
    self.ended_ids = torch.clone(self.ids)
    self.ended_total = torch.zeros([r, n], dtype=6, device=device)
    self.ended_score = torch.full([r, n], -inf, dtype=6, device=device)
    self.all_ids = torch.clone(self.ids)
    self.all_total = torch.zeros([r, n], dtype=6, device=device)

  # Makes it a sampling: each token is drawn by a point in the unit interval.
  def sample(self: __torch__.Search, points: Tensor, temperature: float, top_k: int, top_p: float) -> NoneType:       # b n T
    self.sampled = True
    self.temperature = temperature
    self.top_k = top_k
    self.top_p = top_p
    fillers = torch.zeros([self.row.size(0) - self.rows, self.n, self.most], dtype=7, device=points.device)
    self.points = torch.cat([points, fillers])

  # The next tokens, by what the texts say about them. The logits are used up.
  def choose(self: __torch__.Search, logits: Tensor) -> NoneType:                          # r m V
    if self.sampled:
      token, total, = self.drawn(logits)
      _0 = self.append(token, total)
    elif self.n == 1:
      total, token, = self.likely(logits, 1)
      _1 = self.append(torch.squeeze(token, 2), torch.squeeze(total, 2))
    else:
      _2 = self.extend(logits)
    self.step = self.step + 1

  # Adds a token to each text on its own.
  def append(self: __torch__.Search, token: Tensor, total: Tensor) -> NoneType:            # r n
    self.token = token
    self.parent = torch.expand(torch.arange(self.n, device=token.device), token.size())
    _0 = torch.copy_(self.ids[:, :, self.step], torch.masked_fill(token, self.ended, -1))
    self.total = torch.add(self.total, torch.masked_fill(total, self.ended, 0.))
    self.ended = torch.logical_or(self.ended, torch.eq(token, self.end))
    self.open = torch.logical_and(self.open, torch.logical_not(torch.all(self.ended, 1)))

  # Beam search as transformers' generate has it, with early_stopping False: of 2 n candidates, those among the first n that end a text
  # are ranked by log-probability / length ** penalty, and the first n others go on. A row is finished when the best of these, as long as
  # it is, ranks no higher than the last of n texts that have ended.
  def extend(self: __torch__.Search, logits: Tensor) -> NoneType:                          # r m V
    c = 2 * self.n
    r = logits.size(0)
    m = logits.size(1)
    likely, ids, = self.likely(logits, c)                                                  # r m c
    total = torch.flatten(torch.add(likely, torch.unsqueeze(self.total[:, 0:m], 2)), 1)    # r mc
    total, place, = torch.topk(total, c, 1)                                                # r c
    token = torch.gather(torch.flatten(ids, 1), 1, place)
    parent = torch.floor_divide(place, c)
    texts = torch.gather(self.ids, 1, self.wide(parent))                                   # r c T
    _0 = torch.copy_(texts[:, :, self.step], token)
    ends = torch.eq(token, self.end)                                                       # r c
    if self.step + 1 == self.most:
      ends = torch.ones_like(ends)
    length = (self.step + 1) ** self.penalty

    first = torch.lt(torch.arange(c, device=token.device), self.n)                         # c
    counts = torch.logical_and(torch.logical_and(ends, first), torch.unsqueeze(self.open, 1))
    score = torch.masked_fill(torch.div(total, length), torch.logical_not(counts), -inf)
    self.ended_score, rank, = torch.topk(torch.cat([self.ended_score, score], 1), self.n, 1)         # r n
    self.ended_total = torch.gather(torch.cat([self.ended_total, total], 1), 1, rank)
    self.ended_ids = torch.gather(torch.cat([self.ended_ids, texts], 1), 1, self.wide(rank))

    self.total, rank, = torch.topk(torch.masked_fill(total, ends, -inf), self.n, 1)        # r n
    self.token = torch.gather(token, 1, rank)
    self.parent = torch.gather(parent, 1, rank)
    self.ids = torch.gather(texts, 1, self.wide(rank))
    promising = torch.gt(torch.div(self.total[:, 0], length), self.ended_score[:, -1])     # r
    self.open = torch.logical_and(self.open, promising)

  # The log-probabilities of the most likely tokens, and which they are (r m c each).
  def likely(self: __torch__.Search, logits: Tensor, c: int) -> Tuple[Tensor, Tensor]:     # r m V
    end = torch.clone(logits[:, :, self.end:self.end + 1])                                 # r m 1
    if self.step < self.least:
      _0 = torch.fill_(logits[:, :, self.end:self.end + 1], -inf)
    values, ids, = self.highest(logits, c)
    _1 = torch.copy_(logits[:, :, self.end:self.end + 1], end)
    top = torch.maximum(values[:, :, 0:1], end)
    sum = torch.sum(torch.exp_(torch.sub_(logits, top)), [-1], True)
    return (torch.sub(torch.sub(values, top), torch.log(sum)), ids)

  # A token for each text, and its log-probability as the model has it, at a temperature of 1 (r n each). Among the top_k likeliest; of
  # these, the likeliest that together reach top_p (nucleus sampling: Holtzman et al. 2019, arXiv 1904.09751).
  def drawn(self: __torch__.Search, logits: Tensor) -> Tuple[Tensor, Tensor]:              # r m V
    r = logits.size(0)
    whole = torch.logsumexp(logits, [-1], True)                                            # r m 1
    scores = torch.div(logits, self.temperature)                                           # r m V
    if self.step < self.least:
      _0 = torch.fill_(scores[:, :, self.end:self.end + 1], -inf)
    ids = torch.expand(torch.arange(logits.size(2), device=logits.device), scores.size())
    among = torch.logsumexp(scores, [-1], True)                                            # r m 1
    if self.top_k > 0:
      scores, ids, = self.highest(scores, self.top_k)                                      # r m c
      among = torch.logsumexp(scores, [-1], True)
    elif self.top_p < 1.:
      few, few_ids, = self.highest(scores, ops.prim.min(logits.size(2), 1000))
      if bool(torch.all(torch.gt(torch.logsumexp(few, [-1], True), torch.add(among, torch.log(torch.tensor(self.top_p)))))):
        scores = few
        ids = few_ids
      else:
        scores, ids, = torch.sort(scores, -1, True)
    p = torch.exp(torch.to(torch.sub(scores, among), 7))                                   # r m c
    p = torch.masked_fill(p, torch.ge(torch.sub(torch.cumsum(p, -1), p), self.top_p), 0.)
    up_to = torch.cumsum(p, -1)
    point = torch.mul(self.points[:, :, self.step:self.step + 1], up_to[:, :, -1:])        # r n 1
    place = torch.sum(torch.le(up_to, point), [-1], True)                                  # r n 1
    place = torch.clamp(place, 0, scores.size(2) - 1)
    token = torch.gather(torch.expand(ids, [r, self.n, -1]), 2, place)
    total = torch.gather(torch.expand(torch.sub(logits, whole), [r, self.n, -1]), 2, token)
    return (torch.squeeze(token, 2), torch.squeeze(total, 2))

  # The highest numbers of each row, highest first, and where they stand. On a CPU, blocks of 32 are looked through first: those c whose
  # highest are the highest hold them all, together with what the last block lacks.
  def highest(self: __torch__.Search, x: Tensor, c: int) -> Tuple[Tensor, Tensor]:         # r m V
    r = x.size(0)
    m = x.size(1)
    blocks = x.size(2) // 32
    if x.is_cuda or blocks < 4 * c:
      values, place, = torch.topk(x, c, -1)
      return (values, place)
    tops = torch.amax(torch.view(x[:, :, 0:32 * blocks], [r, m, blocks, 32]), [-1])        # r m blocks
    block = torch.unsqueeze((torch.topk(tops, c, -1))[1], 3)                               # r m c 1
    inside = torch.flatten(torch.add(torch.mul(block, 32), torch.arange(32)), 2)           # r m 32c
    outside = torch.expand(torch.arange(32 * blocks, x.size(2)), [r, m, -1])
    place = torch.cat([inside, outside], 2)
    values, rank, = torch.topk(torch.gather(x, 2, place), c, -1)                           # r m c
    return (values, torch.gather(place, 2, rank))

  # Indices of texts, repeated for all of their tokens.
  def wide(self: __torch__.Search, place: Tensor) -> Tensor:                               # r c
    return torch.expand(torch.unsqueeze(place, 2), [-1, -1, self.most])                    # r c T

  # Keeps so many rows, open ones first, and tells which.
  def compact(self: __torch__.Search, size: int) -> Tensor:
    _0 = self.store()
    order = (torch.sort(torch.to(self.open, 4), stable=True, dim=0, descending=True))[1]
    order = order[0:size]                                                                  # r
    self.row = torch.index_select(self.row, 0, order)
    self.open = torch.index_select(self.open, 0, order)
    self.points = torch.index_select(self.points, 0, order)
    self.token = torch.index_select(self.token, 0, order)
    self.parent = torch.index_select(self.parent, 0, order)
    self.ids = torch.index_select(self.ids, 0, order)
    self.total = torch.index_select(self.total, 0, order)
    self.ended = torch.index_select(self.ended, 0, order)
    self.ended_ids = torch.index_select(self.ended_ids, 0, order)
    self.ended_total = torch.index_select(self.ended_total, 0, order)
    self.ended_score = torch.index_select(self.ended_score, 0, order)
    return order

  def store(self: __torch__.Search) -> NoneType:
    if self.sampled or self.n == 1:
      _0 = torch.index_copy_(self.all_ids, 0, self.row, self.ids)
      _1 = torch.index_copy_(self.all_total, 0, self.row, self.total)
    else:
      _2 = torch.index_copy_(self.all_ids, 0, self.row, self.ended_ids)
      _3 = torch.index_copy_(self.all_total, 0, self.row, self.ended_total)

  # The texts of all rows, best first (b n T), and their log-probabilities (b n).
  def result(self: __torch__.Search) -> Tuple[Tensor, Tensor]:
    _0 = self.store()
    ids = self.all_ids[0:self.rows]
    total = self.all_total[0:self.rows]
    if self.sampled:
      total, order, = torch.sort(total, 1, True)
      ids = torch.gather(ids, 1, self.wide(order))
    return (ids, total)
