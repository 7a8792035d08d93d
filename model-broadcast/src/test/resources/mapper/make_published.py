"""Makes clipcap-mlp.pt, clipcap-transformer.pt and clipcap-linear.pt: state dicts as ClipCap's training writes them, the language model and
its mask buffers among the tensors, in a tiny shape; and published.safetensors, an input and what PyTorch computes from it.

  pip install torch safetensors
  python make_published.py OUT
"""
import sys

import torch
from safetensors.torch import save_file

E, K, D, C, LAYERS, HEADS = 6, 3, 16, 2, 1, 8
torch.manual_seed(3)
out = sys.argv[1]


def linear(rows, columns, bias=True):
    layer = torch.nn.Linear(columns, rows, bias=bias)
    return layer, {name: value.detach() for name, value in layer.state_dict().items()}


def named(prefix, tensors):
    return {prefix + "." + name: value for name, value in tensors.items()}


def language_model(prefix):
    return {
        prefix + ".transformer.wte.weight": torch.randn(11, D),
        prefix + ".transformer.h.0.attn.bias": torch.tril(torch.ones(1, 1, 4, 4, dtype=torch.uint8)),
        prefix + ".transformer.h.0.attn.masked_bias": torch.tensor(-1e4),
        prefix + ".lm_head.weight": torch.randn(11, D),
    }


x = torch.randn(2, E)
first, a = linear(K * D // 2, E)
second, b = linear(K * D, K * D // 2)
torch.save({**language_model("gpt"), **named("clip_project.model.0", a), **named("clip_project.model.2", b)}, out + "/clipcap-mlp.pt")
golden = {"clip_embedding": x, "mlp": second(torch.tanh(first(x))).view(-1, K, D)}

whole, a = linear(K * D, E)
torch.save({**language_model("gpt2"), **named("clip_project", a)}, out + "/clipcap-linear.pt")
golden["linear"] = whole(x).view(-1, K, D)

# The published transformer takes embeddings of length 1.
spread, a = linear(C * D, E)
constants = torch.randn(K, D)
norm1, norm2 = torch.nn.LayerNorm(D), torch.nn.LayerNorm(D)
queries, q = linear(D, D, False)
keys_values, kv = linear(2 * D, D, False)
project, p = linear(D, D)
fc1, f1 = linear(2 * D, D)
fc2, f2 = linear(D, 2 * D)
layer = "clip_project.transformer.layers.0"
torch.save({**language_model("gpt"), "clip_project.prefix_const": constants, **named("clip_project.linear", a),
            **named(layer + ".norm1", norm1.state_dict()), **named(layer + ".norm2", norm2.state_dict()),
            **named(layer + ".attn.to_queries", q), **named(layer + ".attn.to_keys_values", kv), **named(layer + ".attn.project", p),
            **named(layer + ".mlp.fc1", f1), **named(layer + ".mlp.fc2", f2)}, out + "/clipcap-transformer.pt")
y = torch.cat([spread(x / x.norm(dim=-1, keepdim=True)).view(-1, C, D), constants.expand(len(x), -1, -1)], 1)
z = norm1(y)
kv = keys_values(z).reshape(len(x), C + K, 2, HEADS, D // HEADS)
scores = torch.einsum("bnhe,bmhe->bhnm", queries(z).view(len(x), C + K, HEADS, -1), kv[:, :, 0]) * (D // HEADS) ** -0.5
y = y + project(torch.einsum("bhnm,bmhe->bnhe", scores.softmax(-1), kv[:, :, 1]).reshape(len(x), C + K, D))
y = y + fc2(torch.relu(fc1(norm2(y))))
golden["transformer"] = y[:, C:]
save_file({name: value.detach().contiguous() for name, value in golden.items()}, out + "/published.safetensors")
