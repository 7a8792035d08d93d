
  # For training what makes a prefix (prefix tuning: Li and Liang 2021, arXiv 2101.00190), continuing the class of the model.
  #
  #   b captions   k vectors of a prefix   t tokens   n tokens with a target   V vocabulary   E width of embeddings

  # The mean loss over the tokens with a target, how many of them come first, and how many there are. What precedes ids[i], the prefix
  # and the caption's own tokens, foretells targets[i]; that is ids[i], or -1 for no target: a padding, which stands at the end, where no
  # token that counts can see it. The loss is differentiable in the prefix and in the weights, and is float32 at least.
  def caption_loss(self: __torch__.CausalLm, prefix: Tensor, ids: Tensor, targets: Tensor, weights: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    k = prefix.size(1)                                                                     # prefix is b k E; ids and targets b t
    before = self.embed(weights, ids[:, 0:-1])                                             # b t-1 E: nothing follows the last token
    hidden = self.hidden(weights, torch.cat([torch.to(prefix, before.dtype), before], 1))  # b k+t-1 E
    hidden = torch.flatten(hidden[:, k - 1:], 0, 1)                                        # bt E
    targets = torch.flatten(targets, 0, 1)                                                 # bt
    counted = torch.squeeze(torch.nonzero(torch.ge(targets, 0)), 1)                        # n
    targets = torch.index_select(targets, 0, counted)                                      # n
    logits = torch.linear(torch.index_select(hidden, 0, counted), weights[0])              # n V
    if logits.dtype != 7:
      logits = torch.to(logits, 6)
    loss = torch.cross_entropy_loss(logits, targets)
    right = torch.sum(torch.eq(torch.argmax(logits, 1), targets))
    return (loss, right, torch.tensor(counted.size(0)))

  # The same, with the archive's own weights where the list holds one empty tensor: a list that comes from outside cannot be empty.
  def forward(self: __torch__.CausalLm, prefix: Tensor, ids: Tensor, targets: Tensor, weights: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    if torch.numel(weights[0]) == 0:
      weights = self.weights
    return self.caption_loss(prefix, ids, targets, weights)
