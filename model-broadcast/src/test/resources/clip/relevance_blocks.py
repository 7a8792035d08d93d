"""Relevance summed over the last blocks, from autograd: what ClipVision.py computes in closed form.

    python relevance_blocks.py FOLDER

FOLDER holds a tiny checkpoint and golden.safetensors. Writes relevance_blocks.safetensors beside them: for every image and text
relevance_2 and relevance_3, [B, P, g, g]. In every block that counts, the patches' tokens are constants: the gradient reaches a block's
attention along the class token alone.
"""

import pathlib
import sys

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import normalize
from transformers import CLIPModel


def class_token(model, pixels, blocks):
    """The image's embedding, and the class token's attention in each of the last blocks."""
    vision = model.vision_model
    with torch.no_grad():
        states = vision(pixels, output_hidden_states=True).hidden_states
    layers = vision.encoder.layers[-blocks:]
    token, rows = states[-1 - blocks][:, :1].clone().requires_grad_(True), []
    for layer, state in zip(layers, states[-1 - blocks:]):
        normed = layer.layer_norm1(torch.cat([token, state[:, 1:]], 1))
        attention = layer.self_attn
        heads, width = attention.num_heads, attention.head_dim
        query, key, value = (
            projection(tokens).unflatten(2, (heads, width)).transpose(1, 2)
            for projection, tokens in [(attention.q_proj, normed[:, :1]), (attention.k_proj, normed), (attention.v_proj, normed)]
        )
        row = (query @ key.transpose(2, 3) * width**-0.5).softmax(-1)
        rows.append(row)
        token = token + attention.out_proj((row @ value).transpose(1, 2).flatten(2))
        token = token + layer.mlp(layer.layer_norm2(token))
    return model.visual_projection(vision.post_layernorm(token[:, 0])), rows


def main():
    folder = pathlib.Path(sys.argv[1])
    model = CLIPModel.from_pretrained(folder, attn_implementation="eager").eval()
    golden = load_file(folder / "golden.safetensors")
    texts = normalize(golden["text_embeds"], dim=-1)
    shape = golden["relevance"].shape
    out = {f"relevance_{blocks}": torch.zeros(shape) for blocks in (1, 2, 3)}
    for i, pixels in enumerate(golden["pixel_values"]):
        embedding, rows = class_token(model, pixels[None], 3)
        for j, text in enumerate(texts):
            score = model.logit_scale.exp() * (normalize(embedding, dim=-1) @ text).sum()
            gradients = torch.autograd.grad(score, rows, retain_graph=True)
            maps = [(row * gradient).relu().mean(1)[0, 0, 1:] for row, gradient in zip(rows, gradients)]
            for blocks in (1, 2, 3):
                out[f"relevance_{blocks}"][i, j] = sum(maps[-blocks:]).view(shape[2:])
    torch.testing.assert_close(out.pop("relevance_1"), golden["relevance"], rtol=1e-3, atol=1e-6)
    save_file(out, folder / "relevance_blocks.safetensors")


if __name__ == "__main__":
    main()
