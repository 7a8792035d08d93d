#!/usr/bin/env python3
"""One epoch of ClipCap's prefix tuning in PyTorch and transformers: an MLP from an image's embedding to a prefix, a frozen OPT behind it.

  python peer_training.py --lm OPT_FOLDER --captions captions.csv --embedding 512 --prefix-length 10 --batch 40 --threads 2

Captions of similar length share a batch, as in Blemish; embeddings are random, for speed does not depend on them. The first two steps are
not timed. Prints one JSON line: caption tokens (their ends included), seconds, tokens_per_second.
"""
import argparse
import csv
import json
import os
import random
import time

import torch
import torch.nn.functional as F
from torch import nn
from transformers import GPT2Tokenizer, OPTForCausalLM

END, PAD = 2, 1


def batches(captions, size):
    random.Random(1).shuffle(captions)
    captions.sort(key=len)
    cut = [captions[i:i + size] for i in range(0, len(captions), size)]
    random.Random(2).shuffle(cut)
    return cut


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--lm", required=True), p.add_argument("--captions", required=True)
    p.add_argument("--embedding", type=int, default=512), p.add_argument("--prefix-length", type=int, default=10)
    p.add_argument("--batch", type=int, default=40), p.add_argument("--threads", type=int, default=os.cpu_count())
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    tokenizer = GPT2Tokenizer(os.path.join(a.lm, "vocab.json"), os.path.join(a.lm, "merges.txt"))
    with open(a.captions, encoding="utf-8") as file:
        captions = [tokenizer(row["caption"], add_special_tokens=False).input_ids + [END] for row in csv.DictReader(file)]
    lm = OPTForCausalLM.from_pretrained(a.lm).eval().requires_grad_(False)
    embed, width = lm.get_input_embeddings(), lm.get_input_embeddings().weight.shape[1]
    k = a.prefix_length
    mapper = nn.Sequential(nn.Linear(a.embedding, k * width // 2), nn.Tanh(), nn.Linear(k * width // 2, k * width))
    optimiser = torch.optim.AdamW(mapper.parameters(), lr=2e-5)
    tokens, start = 0, None
    for step, batch in enumerate(batches(captions, a.batch)):
        if step == 2:
            tokens, start = 0, time.perf_counter()
        longest = max(map(len, batch))
        ids = torch.tensor([c + [PAD] * (longest - len(c)) for c in batch])
        prefix = mapper(torch.randn(len(batch), a.embedding)).view(len(batch), k, width)
        mask = torch.cat([torch.ones(len(batch), k, dtype=torch.int64), (ids[:, :-1] != PAD).long()], 1)
        logits = lm(inputs_embeds=torch.cat([prefix, embed(ids[:, :-1])], 1), attention_mask=mask, use_cache=False).logits
        loss = F.cross_entropy(logits[:, k - 1:].flatten(0, 1), ids.flatten(), ignore_index=PAD)
        loss.backward()
        nn.utils.clip_grad_norm_(mapper.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        tokens += sum(map(len, batch))
    seconds = time.perf_counter() - start
    print(json.dumps(dict(tokens=tokens, seconds=round(seconds, 2), tokens_per_second=round(tokens / seconds, 1), loss=round(float(loss), 4))))


if __name__ == "__main__":
    main()
