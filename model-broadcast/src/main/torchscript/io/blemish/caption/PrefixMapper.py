
  # What all mappers do alike, continuing the class of one. Theirs is map.
  #
  #   b images   E width of an image's embedding   k tokens of the prefix   d width of the language model's embeddings   w words

  # The archive's weights, which the caller keeps.
  def pack(self: __torch__.PrefixMapper) -> List[Tensor]:
    return self.weights

  # Prefixes of embeddings as the image tower gives them.
  def prefixes(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor]) -> Tensor:                     # b E
    return torch.to(self.map(x, weights, 0.), 6)                                                              # b k d

  # The same while training, which drops hidden values by chance.
  def forward(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor]) -> Tensor:                      # b E
    return self.map(x, weights, self.dropout)                                                                 # b k d

  # From gradients at the prefix of one embedding to those at the embedding. The batch holds the embedding once for each, so that one
  # backward gives them all. It records for autograd, and so cannot run in inference mode.
  def embedding_gradients(self: __torch__.PrefixMapper, x: Tensor, gradients: Tensor) -> Tensor:              # 1 E, w k d
    recording = torch.is_grad_enabled()
    _0 = torch.set_grad_enabled(True)
    x = torch.requires_grad_(torch.clone(torch.expand(x, [gradients.size(0), -1])))                           # w E
    total = torch.sum(torch.mul(torch.to(self.map(x, self.weights, 0.), 6), gradients))
    gradient = torch._unwrap_optional((torch.autograd.grad([total], [x]))[0])
    _1 = torch.set_grad_enabled(recording)
    return gradient                                                                                           # w E
