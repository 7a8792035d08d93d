# CLIP's loss over a batch of pairs (Radford et al. 2021, arXiv 2103.00020): symmetric cross-entropy of scaled cosine similarities.
#
#   b pairs   E embedding
class Contrastive(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The loss, and the number of images whose nearest text is their own or an equal one. Pairs of the same group have equal texts, so
  # that each is an equally good answer for every other: the target is spread evenly over them, in both directions.
  def forward(self: __torch__.Contrastive, images: Tensor, texts: Tensor, groups: Tensor, logit_scale: Tensor) -> Tuple[Tensor, Tensor]:
    u = torch.div(images, torch.norm(images, 2, [-1], True))                               # b E
    v = torch.div(texts, torch.norm(texts, 2, [-1], True))                                 # b E
    logits = torch.mul(torch.matmul(u, torch.transpose(v, 0, 1)), torch.exp(logit_scale))  # b b
    same = torch.eq(torch.unsqueeze(groups, 0), torch.unsqueeze(groups, 1))                # b b
    target = torch.to(same, logits.dtype)
    target = torch.div(target, torch.sum(target, [-1], True))
    down = torch.mul(target, torch.log_softmax(logits, 0))
    across = torch.mul(target, torch.log_softmax(logits, 1))
    loss = torch.div(torch.add(torch.sum(down), torch.sum(across)), -2. * logits.size(0))
    nearest = torch.unsqueeze(torch.argmax(logits, 1), 1)                                  # b 1
    right = torch.sum(torch.gather(same, 1, nearest))
    return (loss, right)
