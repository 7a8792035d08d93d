
  # For telling what the words of a text rest on, continuing the class of the model. It records for autograd, and so cannot run in
  # inference mode, nor with weights that are reordered for oneDNN.
  #
  #   w words   k vectors of a prefix   t tokens   n tokens that belong to a word   V vocabulary   E width of embeddings

  # The log-probability of each word of a text behind a prefix, the sum over its tokens, each foretold by all that stands before it (w);
  # and its gradient at the prefix (w k E). word tells which word each token belongs to: -1 for none, and every number up to the highest.
  # The batch holds the text once for each word, so that one backward gives all gradients.
  def word_gradients(self: __torch__.CausalLm, prefix: Tensor, ids: Tensor, word: Tensor) -> Tuple[Tensor, Tensor]:    # 1 k E, 1 t, t
    recording = torch.is_grad_enabled()
    _0 = torch.set_grad_enabled(True)
    w = int(torch.max(word)) + 1
    k = prefix.size(1)
    prefix = torch.requires_grad_(torch.clone(torch.expand(prefix, [w, -1, -1])))          # w k E
    before = torch.expand(self.embed(self.weights, ids[:, 0:-1]), [w, -1, -1])             # w t-1 E: nothing follows the last token
    hidden = self.hidden(self.weights, torch.cat([torch.to(prefix, before.dtype), before], 1))         # w k+t-1 E
    place = torch.squeeze(torch.nonzero(torch.ge(word, 0)), 1)                             # n
    row = torch.index_select(word, 0, place)                                               # n
    hidden = torch.index(hidden, annotate(List[Optional[Tensor]], [row, torch.add(place, k - 1)]))     # n E
    logits = torch.to(torch.linear(hidden, self.weights[0]), 6)                            # n V
    token = torch.unsqueeze(torch.index_select(ids[0], 0, place), 1)                       # n 1
    score = torch.squeeze(torch.gather(torch.log_softmax(logits, -1), 1, token), 1)        # n
    gradient = torch._unwrap_optional((torch.autograd.grad([torch.sum(score)], [prefix]))[0])          # w k E
    _1 = torch.set_grad_enabled(recording)
    scores = torch.zeros([w], dtype=6, device=score.device)
    return (torch.index_add(scores, 0, row, torch.detach(score)), gradient)
