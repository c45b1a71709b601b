#!/usr/bin/env python3
"""Fine-tunes a reader: question and text in; out come how well it ranks, whether it answers, a score a sentence.

    python eval/training/train_reader.py --base FOLDER --data questions.jsonl.gz --out FOLDER [--minutes 80]

The lower layers of the base stay as they are, so that a trained reader is only the upper layers and its heads: they
run as a branch on the trunk that is there anyway. Losses: cross-entropy between the texts of a question (ranking),
binary cross-entropy for "answers at all" (near misses included), both for the sentences of a text. The learning rate
falls with the clock, so that a run ends well at the minute it was given. A checkpoint is written every ten minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from examples import Group, Negatives, Text, across_languages, capped, groups, rows_of

HEADS = ("rank", "answers", "sentence")


class Reader(nn.Module):
    """A BERT whose lower layers are frozen, with three heads."""

    def __init__(self, base: str, frozen: int) -> None:
        super().__init__()
        from transformers import AutoModel, AutoModelForSequenceClassification

        self.classified = "classifier" in " ".join(_names(base))
        full = AutoModelForSequenceClassification.from_pretrained(base) if self.classified else None
        self.bert = full.bert if full else AutoModel.from_pretrained(base, add_pooling_layer=False)
        width = self.bert.config.hidden_size
        self.rank = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))
        self.answers = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))
        self.sentence = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, 1))
        if full:
            for head in (self.rank, self.answers):
                head[0].load_state_dict(full.bert.pooler.dense.state_dict())
                head[2].load_state_dict(full.classifier.state_dict())
        self.frozen = frozen
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:frozen]):
            for value in part.parameters():
                value.requires_grad = False

    def trained(self) -> list[nn.Parameter]:
        """Return the parameters of the upper layers."""
        return [p for layer in self.bert.encoder.layer[self.frozen :] for p in layer.parameters()]

    def heads(self) -> list[nn.Parameter]:
        """Return the parameters of the heads."""
        return [p for head in (self.rank, self.answers, self.sentence) for p in head.parameters()]

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor, place: torch.Tensor):
        """Return (rank, answers, sentence logits, which sentences are real); `place` is -1 outside of sentences."""
        far = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
        with torch.no_grad():
            hidden = self.bert.embeddings(input_ids=ids, token_type_ids=types)
            for layer in self.bert.encoder.layer[: self.frozen]:
                hidden = _tensor(layer(hidden, far))
        for layer in self.bert.encoder.layer[self.frozen :]:
            hidden = _tensor(layer(hidden, far))
        first = hidden[:, 0]
        sentences = int(place.max()) + 1
        one = functional.one_hot(place.clamp(min=0), max(1, sentences)).float() * (place >= 0).unsqueeze(-1)
        count = one.sum(1)
        pooled = torch.einsum("btn,bth->bnh", one, hidden) / count.clamp(min=1).unsqueeze(-1)
        beside = first.unsqueeze(1).expand(-1, pooled.shape[1], -1)
        scores = self.sentence(torch.cat([pooled, beside], -1)).squeeze(-1)
        return self.rank(first).squeeze(-1), self.answers(first).squeeze(-1), scores, count > 0


def _tensor(value):
    return value[0] if isinstance(value, tuple) else value


def _names(base: str) -> list[str]:
    from safetensors import safe_open

    with safe_open(str(Path(base) / "model.safetensors"), "pt") as file:
        return list(file.keys())


class Pairs:
    """Turns a question and a text into token ids, the window of sentences that fits, and their labels."""

    def __init__(self, base: str, longest: int, chance: random.Random) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(Path(base) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.bert = self.tokenizer.token_to_id("[CLS]") is not None
        marks = ("[CLS]", "[SEP]") if self.bert else ("<s>", "</s>")
        self.first, self.last = (self.tokenizer.token_to_id(mark) for mark in marks)
        self.longest, self.chance = longest, chance

    def ids(self, text: str, most: int) -> list[int]:
        """Return at most `most` token ids of a text without marks."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids[:most]

    def pair(self, question: str, text: Text):
        """Return (ids, types, places, sentence labels, by sentence) or None where no sentence fits."""
        head = [self.first, *self.ids(question, 48), self.last] + ([] if self.bert else [self.last])
        ids, types, place = list(head), [0] * len(head), [-1] * len(head)
        if text.title and self.chance.random() < 0.6:
            title = self.ids(text.title + ".", 16)
            ids += title
            types += [1] * len(title)
            place += [-1] * len(title)
        tokens = [self.ids(sentence, 100) for sentence in text.sentences]
        low, high = self.window(tokens, text.gold, self.longest - 1 - len(ids))
        for number, at in enumerate(range(low, high + 1)):
            own = tokens[at][: max(0, self.longest - 1 - len(ids))]
            ids += own
            types += [1] * len(own)
            place += [number] * len(own)
        ids.append(self.last)
        types.append(1)
        place.append(-1)
        labels = [float(low + n in text.gold) for n in range(max(place) + 1)]
        if not labels:
            return None
        return ids, types if self.bert else [0] * len(ids), place, labels, text.by_sentence

    def window(self, tokens: list[list[int]], gold: tuple[int, ...], room: int) -> tuple[int, int]:
        """Return the first and last sentence of a random window around a gold one (or anywhere) that fits."""
        room = self.chance.choice((room, room, room * 2 // 3))
        low = high = self.chance.choice(gold) if gold else self.chance.randrange(len(tokens))
        used = len(tokens[low])
        while True:
            grew = False
            for step in self.chance.sample((-1, 1), 2):
                at = high + 1 if step > 0 else low - 1
                if 0 <= at < len(tokens) and used + len(tokens[at]) <= room:
                    used += len(tokens[at])
                    low, high, grew = min(low, at), max(high, at), True
            if not grew:
                return low, high


class Teacher:
    """The public reader, whose logits a trained one keeps on English pairs (distillation, Hinton et al. 2015)."""

    SCALE = 4.0
    """So many of the public reader's logits are one of ours."""

    def __init__(self) -> None:
        from assistant.settings import Settings
        from assistant.wiring.library import load_reader

        self.reader = load_reader(Settings())

    def scores(self, group: Group) -> list[float | None]:
        """Return the public reader's logit of each text, None where question and texts are not English."""
        if self.reader is None or group.language != "en":
            return [None] * len(group.texts)
        texts = [" ".join((text.title, *text.sentences)) for text in group.texts]
        return [value / self.SCALE for value in self.reader.score(group.question, texts)]


def batches(
    made: list[Group], pairs: Pairs, size: int, chance: random.Random, teacher: Teacher | None
) -> Iterator[list]:
    """Yield batches of whole groups of nearly the same length, for ever: (pairs, answerable, the teacher's logits)."""
    while True:
        chance.shuffle(made)
        for start in range(0, len(made), size * 16):
            chunk = []
            for group in made[start : start + size * 16]:
                found = [pairs.pair(group.question, text) for text in group.texts]
                if found and all(found):
                    chunk.append((found, group.answerable, group))
            chunk.sort(key=lambda item: max(len(pair[0]) for pair in item[0]))
            cut = [chunk[n : n + size] for n in range(0, len(chunk), size)]
            chance.shuffle(cut)
            for batch in cut:
                yield [(f, a, teacher.scores(g) if teacher else [None] * len(f)) for f, a, g in batch]


def loss_of(model: Reader, batch: list) -> torch.Tensor:
    """Return the sum of the four losses of one batch of groups."""
    flat = [pair for found, _, _ in batch for pair in found]
    length, most = max(len(p[0]) for p in flat), max(len(p[3]) for p in flat)

    def padded(column: int, empty: int) -> torch.Tensor:
        return torch.tensor([p[column] + [empty] * (length - len(p[column])) for p in flat])

    mask = torch.tensor([[1] * len(p[0]) + [0] * (length - len(p[0])) for p in flat])
    rank, answers, sentence, real = model(padded(0, 0), padded(1, 0), mask, padded(2, -1))
    labels = torch.tensor([p[3] + [0.0] * (most - len(p[3])) for p in flat])[:, : sentence.shape[1]]
    whole = torch.tensor([float(answerable and n == 0) for found, answerable, _ in batch for n in range(len(found))])
    by_sentence = torch.tensor([float(p[4]) for p in flat])
    loss = functional.binary_cross_entropy_with_logits(answers, whole)
    each = functional.binary_cross_entropy_with_logits(sentence, labels, reduction="none") * real * (1 + 3 * labels)
    loss = loss + 0.5 * ((each.sum(1) / real.sum(1).clamp(min=1)) * by_sentence).mean()
    chosen = torch.log_softmax(sentence.masked_fill(~real, -1e4), 1)
    has = (labels.sum(1) > 0).float() * by_sentence
    loss = loss + 0.5 * (-(chosen * labels).sum(1) / labels.sum(1).clamp(min=1) * has).mean()
    kept = [
        (place, value) for place, value in enumerate(v for _, _, scores in batch for v in scores) if value is not None
    ]
    if kept:
        soft = functional.smooth_l1_loss(rank[[place for place, _ in kept]], torch.tensor([value for _, value in kept]))
        loss = loss + 0.5 * soft
    at, ranked = 0, []
    for found, answerable, _ in batch:
        if answerable and len(found) > 1:
            ranked.append(-torch.log_softmax(2 * rank[at : at + len(found)], 0)[0])
        at += len(found)
    return loss + 0.5 * torch.stack(ranked).mean() if ranked else loss


def save(model: Reader, out: Path, told: dict) -> None:
    """Write the trained layers and heads, and what they were trained on."""
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    names = {f"encoder.layer.{n}." for n in range(model.frozen, len(model.bert.encoder.layer))}
    state = {
        key.removeprefix("bert."): value.contiguous()
        for key, value in model.state_dict().items()
        if not key.startswith("bert.") or any(key.removeprefix("bert.").startswith(name) for name in names)
    }
    save_file(state, str(out / "branch.safetensors"))
    (out / "training.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def restore(model: Reader, folder: Path) -> None:
    """Take up the trained layers and heads that an earlier run wrote."""
    from safetensors.torch import load_file

    state = load_file(str(folder / "branch.safetensors"))
    own = {key if key.split(".")[0] in HEADS else f"bert.{key}": value for key, value in state.items()}
    model.load_state_dict({**model.state_dict(), **own})


def main() -> None:
    """Train for the minutes given."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--base", required=True)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--start", type=Path, help="go on from the branch in this folder")
    ask.add_argument("--teacher", action="store_true", help="keep the public reader's logits on English pairs")
    ask.add_argument("--languages", nargs="*", default=[], help="only these; all when none is named")
    ask.add_argument("--across", action="store_true", help="pair questions with texts of other languages")
    ask.add_argument("--minutes", type=float, default=80)
    ask.add_argument("--frozen", type=int, default=6)
    ask.add_argument("--rate", type=float, default=5e-5)
    ask.add_argument("--groups", type=int, default=6, help="questions a step")
    ask.add_argument("--longest", type=int, default=208)
    ask.add_argument("--threads", type=int, default=1)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(3)
    chance = random.Random(3)
    spoken = set(given.languages)
    rows = [r for r in rows_of(given.data) if r["context"] and (not spoken or r["language"] in spoken)]
    negatives = Negatives(rows)
    kept = capped(rows, chance)
    if given.across:
        kept += across_languages(rows, _encoder(given.base), chance)[:7000]
    negatives.search(kept)
    made = groups(kept, negatives, chance)
    print(len(rows), "rows,", len(made), "groups", flush=True)
    model = Reader(given.base, given.frozen)
    if given.start:
        restore(model, given.start)
    model.train()
    steps = [{"params": model.trained(), "lr": given.rate}, {"params": model.heads(), "lr": 8 * given.rate}]
    optimiser = torch.optim.AdamW(steps, weight_decay=0.01)
    rates = [group["lr"] for group in optimiser.param_groups]
    began, total, step, seen, running, written = time.time(), given.minutes * 60, 0, 0, 0.0, 0.0
    pairs = Pairs(given.base, given.longest, chance)
    for batch in batches(made, pairs, given.groups, chance, Teacher() if given.teacher else None):
        spent = time.time() - began
        told = {"base": Path(given.base).name, "frozen": given.frozen, "texts": seen, "minutes": round(spent / 60, 1)}
        if spent - written > 600 or spent > total:
            save(model, given.out, told)
            written = spent
        if spent > total:
            break
        share = min(1.0, (step + 1) / 80) * max(0.03, 1 - spent / total)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = loss_of(model, batch)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*model.trained(), *model.heads()], 1.0)
        optimiser.step()
        step, seen = step + 1, seen + sum(len(found) for found, _, _ in batch)
        running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
        if step % 25 == 0:
            print(step, seen, f"{running:.4f}", f"{seen / spent:.2f} a second", f"{spent / 60:.1f} min", flush=True)


def _encoder(base: str):
    """Return a function that encodes questions with the base, mean-pooled, as unit vectors."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(base, device="cpu")
    return lambda texts: model.encode(["query: " + t for t in texts], normalize_embeddings=True, batch_size=128)


if __name__ == "__main__":
    main()
