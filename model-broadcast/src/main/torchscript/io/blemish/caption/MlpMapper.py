# ClipCap's mappers without attention (Mokady et al. 2021, arXiv 2111.09734), in TorchScript's own serialised language: an image's
# embedding becomes a prefix of a language model's embeddings. PrefixMapper.py continues the class with
# what all mappers do alike. Every method takes the weights as one list, the archive's own (see pack) or those of a training, which
# requires their gradients:
#
#   0, 1       model.0    a weight f E and a bias      or, without a hidden layer,  clip_project    a weight kd E and a bias
#   2, 3       model.2    a weight kd f and a bias
#
#   b images   E width of an image's embedding   f hidden width   k tokens of the prefix   d width of the language model's embeddings
class PrefixMapper(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  weights : List[Tensor]
  prefix : int
  unit : bool
  dropout : float

  def map(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor], dropout: float) -> Tensor:             # b E
    if self.unit:
      x = torch.div(x, torch.norm(x, 2, [-1], True))
    y = torch.linear(torch.to(x, weights[0].dtype), weights[0], weights[1])                                   # b f, or b kd
    if torch.len(weights) > 2:
      y = torch.dropout(torch.tanh(y), dropout, True)
      y = torch.linear(y, weights[2], weights[3])                                                             # b kd
    return torch.view(y, [x.size(0), self.prefix, -1])                                                        # b k d
