#!/usr/bin/env python3
"""What transformers computes from the pocket models, for TestPocketOpt and TestPocketClip to hold Blemish against.

Loads the folders as anybody would, from_pretrained, in float32, and writes for each model a file of texts and token ids
and a file of numbers. The tests then ask of Blemish the same ids, and embeddings and logits within 1e-3.

  pip install torch transformers safetensors pillow numpy
  python benchmarks/pocket_parity.py                              # model-broadcast/pocket -> test resources
  python benchmarks/pocket_parity.py --pocket OUT --golden DIR    # other folders with clip/ or opt/ in them
  ./mvnw test -pl model-broadcast -Dtest='TestPocket*'

  opt.json           texts, and the ids that AutoTokenizer gives them
  opt.safetensors    logits_<i> [T,V]: of the i-th text, for the first of them
  clip.json          texts, and the ids that AutoTokenizer gives them
  clip.safetensors   pixels [B,3,S,S] uint8; image_embeds [B,E] and text_embeds [P,E], not normalised
"""
import argparse
import json
import os

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import AutoTokenizer, CLIPImageProcessor, CLIPModel, OPTForCausalLM

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = [
    "a red apple with green mould",
    "A close-up photo of an orange: a small patch of soft rot near the stem.",
    "this pear is sound",
    "It's 10 °C, isn't it?  日本\n",
    "</s>lemon<pad> with  dark spots",
    "",
]
LOGITS = 3


def opt(folder, golden):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = OPTForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids = [tokenizer(text)["input_ids"] for text in TEXTS]
    with torch.no_grad():
        logits = {f"logits_{i}": model(torch.tensor([ids[i]])).logits[0].contiguous() for i in range(LOGITS)}
    write(golden, "opt", dict(texts=TEXTS, ids=ids), logits)
    made = model.generate(torch.tensor([[model.config.bos_token_id]]), do_sample=True, max_new_tokens=40, num_return_sequences=3)
    print("opt:", len(tokenizer), "tokens;", sum(p.numel() for p in model.parameters()), "parameters; it says:")
    for text in tokenizer.batch_decode(made, skip_special_tokens=True):
        print("  ", text)


def clip(folder, golden):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = CLIPModel.from_pretrained(folder, dtype=torch.float32).eval()
    processor = CLIPImageProcessor.from_pretrained(folder)
    side = model.config.vision_config.image_size
    pixels = np.random.default_rng(7).integers(0, 256, (2, 3, side, side), dtype=np.uint8)
    mean, std = (np.asarray(values, np.float32).reshape(3, 1, 1) for values in (processor.image_mean, processor.image_std))
    normalised = torch.from_numpy(((pixels / np.float32(255) - mean) / std).astype(np.float32))
    ids = [tokenizer(text, truncation=True, max_length=model.config.text_config.max_position_embeddings)["input_ids"] for text in TEXTS]
    with torch.no_grad():
        images = model.visual_projection(model.vision_model(pixel_values=normalised).pooler_output)
        texts = torch.cat([model.text_projection(model.text_model(input_ids=torch.tensor([row])).pooler_output) for row in ids])
    write(golden, "clip", dict(texts=TEXTS, ids=ids),
          dict(pixels=torch.from_numpy(pixels), image_embeds=images.contiguous(), text_embeds=texts.contiguous()))
    print("clip:", len(tokenizer), "tokens;", sum(p.numel() for p in model.parameters()), "parameters")


def write(golden, name, texts, tensors):
    os.makedirs(golden, exist_ok=True)
    with open(os.path.join(golden, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(texts, file, ensure_ascii=False)
    save_file(tensors, os.path.join(golden, name + ".safetensors"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pocket", default=os.path.join(HERE, "../model-broadcast/pocket"))
    parser.add_argument("--golden", default=os.path.join(HERE, "../model-broadcast/src/test/resources/pocket"))
    a = parser.parse_args()
    torch.manual_seed(1)
    for name, compute in (("opt", opt), ("clip", clip)):
        folder = os.path.join(a.pocket, name)
        if os.path.isdir(folder):
            compute(folder, a.golden)
        else:
            print(name + ": there is no", folder)


if __name__ == "__main__":
    main()
