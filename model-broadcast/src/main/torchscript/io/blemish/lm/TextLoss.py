
  # For training a language model on texts, continuing the class of the model.
  #
  #   b texts   t tokens   V vocabulary   E width of embeddings

  # What the text says about its next token: the logits of its last one.
  def next(self: __torch__.CausalLm, weights: List[Tensor], ids: Tensor) -> Tensor:        # 1 t
    last = (self.hidden(weights, self.embed(weights, ids)))[0, -1]                         # E
    return torch.to(torch.linear(last, weights[0]), 6)                                     # V

  # The mean loss over the tokens whose target is not negative, and how many of them come first. A padding's target is negative: it adds
  # nothing, and no token that counts can see it.
  def forward(self: __torch__.CausalLm, ids: Tensor, targets: Tensor, weights: List[Tensor]) -> Tuple[Tensor, Tensor]:   # b t
    hidden = self.hidden(weights, self.embed(weights, ids))                                # b t E
    logits = torch.flatten(torch.linear(hidden, weights[0]), 0, 1)                         # bt V
    targets = torch.flatten(targets, 0, 1)                                                 # bt
    loss = torch.cross_entropy_loss(logits, targets, ignore_index=-1)
    right = torch.sum(torch.eq(torch.argmax(logits, 1), targets))
    return (loss, right)
