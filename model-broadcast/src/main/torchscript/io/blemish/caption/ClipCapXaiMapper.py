# CLIPCap-XAI's mapper, in TorchScript's own serialised language: an image's embedding goes through transformer layers as a sequence of one
# token, and becomes a prefix of a language model's embeddings. PrefixMapper.py continues the class with
# what all mappers do alike. Every method takes the weights as one list, the archive's own (see pack) or those of a training, which
# requires their gradients:
#
#   0, 1       input_proj             a weight d E and a bias
#   2 + 12 i   transformer.layers.i   self_attn.in_proj (queries, keys, values), self_attn.out_proj, linear1, linear2, norm1, norm2, each a
#                                     weight and a bias
#   then       output_proj            a weight kd d and a bias
#   then       layer_norm             a weight and a bias, over the whole prefix
#
#   b images   E width of an image's embedding   k tokens of the prefix   d width of the language model's embeddings
#   f feed-forward width
class PrefixMapper(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  weights : List[Tensor]
  prefix : int
  unit : bool
  dropout : float

  def norm(self: __torch__.PrefixMapper, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, 1e-5)

  # Normalised after attention and feed-forward. A lone token attends to itself alone: attention is its value, whatever queries and keys
  # are, and however many heads there are.
  def layer(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor], dropout: float) -> Tensor:    # b d
    qkv, qkv_bias, out, out_bias, fc1, fc1_bias, fc2, fc2_bias, norm1, norm1_bias, norm2, norm2_bias, = weights
    at = 2 * x.size(1)
    y = torch.linear(torch.linear(x, qkv[at:], qkv_bias[at:]), out, out_bias)                                 # b d
    x = self.norm(torch.add(x, torch.dropout(y, dropout, True)), norm1, norm1_bias)
    y = torch.gelu(torch.linear(x, fc1, fc1_bias))                                                            # b f
    y = torch.linear(torch.dropout(y, dropout, True), fc2, fc2_bias)                                          # b d
    return self.norm(torch.add(x, torch.dropout(y, dropout, True)), norm2, norm2_bias)

  def map(self: __torch__.PrefixMapper, x: Tensor, weights: List[Tensor], dropout: float) -> Tensor:      # b E
    if self.unit:
      x = torch.div(x, torch.norm(x, 2, [-1], True))
    b = x.size(0)
    x = torch.linear(torch.to(x, weights[0].dtype), weights[0], weights[1])                                   # b d
    for i in range((torch.len(weights) - 6) // 12):
      x = self.layer(x, weights[2 + 12 * i:14 + 12 * i], dropout)
    x = self.norm(torch.linear(x, weights[-4], weights[-3]), weights[-2], weights[-1])                        # b kd
    return torch.view(x, [b, self.prefix, -1])                                                                # b k d
