# ClipCap's transformer (Mokady et al. 2021, arXiv 2111.09734), in TorchScript's own serialised language: learned constants look at an
# image's embedding, and become a prefix of a language model's embeddings. PrefixMapper.py continues the class with what all mappers
# do alike. Every method takes the weights as one list, the archive's own (see pack) or those of a training, which requires their gradients:
#
#   0, 1       linear                 a weight cd E and a bias
#   2          prefix_const           k d
#   3 + 12 i   transformer.layers.i   norm1, a weight and a bias; attn.to_queries, d d; attn.to_keys_values, 2d d; attn.project, norm2,
#                                     mlp.fc1, mlp.fc2, each a weight and a bias
#
#   b images   E width of an image's embedding   c tokens that it is spread over   k tokens of the prefix   t = c + k
#   d width of the language model's embeddings   h heads   e = d / h   f feed-forward width
class PrefixMapper(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  weights : List[Tensor]
  heads : int
  unit : bool
  dropout : float

  def norm(self: __torch__.PrefixMapper, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, 1e-5)

  # Every token attends to every other.
  def attention(self: __torch__.PrefixMapper, x: Tensor, queries: Tensor, keys_values: Tensor, project: Tensor, project_bias: Tensor) -> Tensor:
    b = x.size(0)
    t = x.size(1)
    q = torch.transpose(torch.view(torch.linear(x, queries), [b, t, self.heads, -1]), 1, 2)                   # b h t e
    kv = torch.view(torch.linear(x, keys_values), [b, t, 2, self.heads, -1])                                  # b t 2 h e
    kv = torch.permute(kv, [2, 0, 3, 1, 4])                                                                   # 2 b h t e
    y = torch.scaled_dot_product_attention(q, kv[0], kv[1], None, 0., False)                                  # b h t e
    return torch.linear(torch.reshape(torch.transpose(y, 1, 2), [b, t, -1]), project, project_bias)           # b t d

  # Normalised before attention and feed-forward.
  def layer(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor], dropout: float) -> Tensor:   # b t d
    norm1, norm1_bias, queries, keys_values, project, project_bias, norm2, norm2_bias, fc1, fc1_bias, fc2, fc2_bias, = weights
    y = self.attention(self.norm(x, norm1, norm1_bias), queries, keys_values, project, project_bias)
    x = torch.add(x, torch.dropout(y, dropout, True))
    y = torch.relu(torch.linear(self.norm(x, norm2, norm2_bias), fc1, fc1_bias))                              # b t f
    y = torch.linear(torch.dropout(y, dropout, True), fc2, fc2_bias)                                          # b t d
    return torch.add(x, torch.dropout(y, dropout, True))

  def map(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor], dropout: float) -> Tensor:     # b E
    if self.unit:
      x = torch.div(x, torch.norm(x, 2, [-1], True))
    b = x.size(0)
    x = torch.linear(torch.to(x, weights[0].dtype), weights[0], weights[1])                                   # b cd
    x = torch.view(x, [b, -1, weights[2].size(1)])                                                            # b c d
    c = x.size(1)
    x = torch.cat([x, torch.expand(weights[2], [b, -1, -1])], 1)                                              # b t d
    for i in range((torch.len(weights) - 3) // 12):
      x = self.layer(x, weights[3 + 12 * i:15 + 12 * i], dropout)
    return x[:, c:]                                                                                           # b k d
