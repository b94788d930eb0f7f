"""The codec of the message: trained on thumbnails and on pieces of photographs, at all qualities at once."""

import io
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.codec import decode, encode, tables
from dashboard.codec.network import from_tensors
from dashboard.codec.picture import Shape, samples, targets
from dashboard.codec.quality import WINDOW, psnr
from dashboard.codec.sender import choose
from dashboard.models.codec import COLOURS, Level, MessageCodec, haar
from dashboard.recipes.publish import compact, differences, write, write_measured
from dashboard.recipes.training import Objective, Outcome, Schedule, fit

NAME = "message-codec"
THUMBNAILS = ("tiny-imagenet-64-0.parquet", "tiny-imagenet-64-1.parquet")
PHOTOGRAPHS = "bsds500-trainval.parquet"
# The last ones, for choosing and measuring, never for training.
HELD_OUT = 3_000
PHOTOGRAPHS_HELD_OUT = 60
PIECES = 40  # squares cut out of every photograph
SIDE = 64
MEASURED = 100  # thumbnails for the figures on the card
COUNTED = (10, 20, 26, 32, 38, 44, 50, 56)  # indices of the quantisation steps that the table is counted at
PRIOR = 40.0  # how many examples the logistic distributions count for
NOTES = (
    "Made for photographs: drawings and letters take more characters for the same sharpness. It keeps what "
    "lowers the squared error, not what people look at: a face gets no more than the wall behind it. At few "
    "characters it blurs and never invents."
)
STEPS = (6.0, 160.0)  # quantisation steps met in training
REDUCED_STEPS = (24.0, 140.0)  # of those, by images that come back larger
STRUCTURE = 0.05  # price of structural similarity, in squared steps per sample
THRIFT = (0.10, 0.20)  # prices of a bit met in training, in squared steps
SCHEDULE = Schedule(
    epochs=22, batch=16, lr=1.5e-3, weight_decay=0.01, warmup=0.1, decay=0.998, examples=5_000
)


class RateDistortion(Objective):
    """Error in squared steps plus the price of the bits, per sample, at a random step per image.

    The labels are indices of `fine` (n, 3, 128, 128), what the images should be once enlarged: their squared
    error and structural similarity are what counts. -1 for images that nothing finer is known of.
    """

    def __init__(self, model: nn.Module, fine: Tensor) -> None:
        super().__init__(model)
        self.fine = fine

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        pixels = images * 255
        reduced = labels >= 0
        wanted = self.fine[labels[reduced]].float()
        mirrored = torch.rand(len(pixels), 1, 1, 1) < 0.5
        pixels = torch.where(mirrored, pixels.flip(3), pixels)
        wanted = torch.where(mirrored[reduced], wanted.flip(3), wanted)
        moved = ~reduced
        moved[::2] = False
        pixels[moved] = shifted(pixels[moved])
        low, high = torch.tensor([STEPS, REDUCED_STEPS]).log2()[reduced.long()].unbind(1)
        step = torch.lerp(low, high, torch.rand(len(pixels))).exp2()
        thrift = torch.rand(len(pixels)) * (THRIFT[1] - THRIFT[0]) + THRIFT[0]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            redrawn, enlarged, bits = self.model(pixels, step, thrift)
        errors = (redrawn.float() - pixels).square().mean((1, 2, 3))
        enlarged = enlarged[reduced].float()
        errors = errors.index_put((reduced,), (enlarged - wanted).square().mean((1, 2, 3)))
        loss = errors / step.square() + thrift * bits / pixels[0].numel()
        if not reduced.any():
            return loss.mean()
        return loss.mean() + STRUCTURE * (1 - similarity(enlarged, wanted)).sum() / len(pixels)


def similarity(images: Tensor, others: Tensor) -> Tensor:
    """Structural similarity (n,) of images (n, c, h, w), 0 to 255, as `dashboard.codec.quality.ssim`."""

    def mean(values: Tensor) -> Tensor:
        return F.avg_pool2d(values, WINDOW, 1)

    unbiased = WINDOW**2 / (WINDOW**2 - 1)
    one, other = mean(images), mean(others)
    variance = unbiased * (mean(images.square()) - one.square())
    others_variance = unbiased * (mean(others.square()) - other.square())
    shared = unbiased * (mean(images * others) - one * other)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    same = (2 * one * other + c1) * (2 * shared + c2)
    return (same / ((one.square() + other.square() + c1) * (variance + others_variance + c2))).mean((1, 2, 3))


def shifted(pixels: Tensor) -> Tensor:
    """Images (n, c, h, w) moved by up to 7 pixels, mirrored at their borders.

    Thumbnails were compressed in blocks of 8 x 8 pixels at fixed places: photographs at large are not.
    """
    down, right = torch.randint(0, 15, (2,)).tolist()
    wide = F.pad(pixels, (7, 7, 7, 7), mode="reflect")
    return wide[:, :, down : down + pixels.shape[2], right : right + pixels.shape[3]]


def thumbnails(folder: Path) -> NDArray[np.uint8]:
    """All thumbnails (n, 64, 64, 3), in order."""
    return np.stack([_opened(content) for name in THUMBNAILS for content in _column(folder / name)])


def photographs(folder: Path) -> list[NDArray[np.uint8]]:
    return [_opened(content) for content in _column(folder / PHOTOGRAPHS)]


def pieces(images: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Squares (n, 128, 128, 3) from reduced photographs: 40 of each, at random places and sizes."""
    rng = np.random.default_rng(0)
    cut = []
    for image in images:
        height, width = image.shape[:2]
        for _ in range(PIECES):
            side = int(np.exp(rng.uniform(np.log(2 * SIDE), np.log(min(height, width)))))
            top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
            square = Image.fromarray(image[top : top + side, left : left + side])
            cut.append(np.asarray(square.resize((2 * SIDE, 2 * SIDE), Image.Resampling.LANCZOS)))
    return np.stack(cut)


def halved(squares: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Squares (n, 64, 64, 3) from squares of twice the side."""
    small = [Image.fromarray(one).resize((SIDE, SIDE), Image.Resampling.LANCZOS) for one in squares]
    return np.stack([np.asarray(one) for one in small])


def prepare(model: MessageCodec, images: Tensor) -> None:
    """Sort the coefficients by their variance, grey, blue, red averages first; note their deviations."""
    with torch.no_grad():
        grid = model.transform.analyse(images)
        averages = [64 * colour for colour in range(COLOURS)]
        rest = [k for k in grid.var((0, 2, 3)).argsort(descending=True).tolist() if k not in averages]
        order = torch.tensor(averages + rest)
        model.transform.basis.copy_(model.transform.basis[order])
        grid = grid[:, order]
        model.fine.spans.copy_(grid[:, COLOURS:].std((0, 2, 3)))
        average = grid[:, :COLOURS]
        model.fine.known_spans.copy_(average.std((0, 2, 3)))
        for level in reversed(list(model.middle)):
            assert isinstance(level, Level)
            average, detail = haar(average)
            level.spans.copy_(detail.std((0, 2, 3)))
            level.known_spans.copy_(average.std((0, 2, 3)))
        model.coarse.spans.copy_(average.std((0, 2, 3)))


def measured(model: nn.Module, images: Tensor) -> str:
    """Mean bits and PSNR (dB) at some steps, ideal code lengths: for watching."""
    found = []
    for step in (12.0, 20.0, 32.0, 48.0, 64.0, 96.0):
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            redrawn, _, bits = model(
                images, torch.full((len(images),), step), torch.full((len(images),), 0.15)
            )
        errors = (redrawn.float().clamp(0, 255).round() - images).square().mean((1, 2, 3))
        found.append(f"{float(bits.mean()):.0f}:{float((10 * (255**2 / errors).log10()).mean()):.2f}")
    return " ".join(found)


def learnt(data: Path) -> tuple[Tensor, Tensor, Tensor]:
    """All that is learnt from: thumbnails, then pieces of photographs, as often.

    Images (n, 3, 64, 64) uint8, their labels (n,) and what these point at, (m, 3, 128, 128) uint8: see
    `RateDistortion`.
    """
    squares = thumbnails(data)[:-HELD_OUT]
    fine = pieces(photographs(data)[:-PHOTOGRAPHS_HELD_OUT])
    times = round(len(squares) / len(fine))
    images = np.concatenate([squares, np.tile(halved(fine), (times, 1, 1, 1))])
    labels = torch.cat([torch.full((len(squares),), -1), torch.arange(len(fine)).repeat(times)])
    return torch.from_numpy(images).permute(0, 3, 1, 2), labels, torch.from_numpy(fine).permute(0, 3, 1, 2)


def train(data: Path, checkpoint: Path, resume: bool) -> Outcome:
    """Learn from `data`; a checkpoint after every epoch."""
    images, labels, fine = learnt(data)
    watched = torch.from_numpy(thumbnails(data)[-HELD_OUT:][:128]).permute(0, 3, 1, 2).float()
    torch.manual_seed(SCHEDULE.seed)
    model = MessageCodec()
    prepare(model, images[:: len(images) // 2000].float())
    return fit(
        RateDistortion(model, fine),
        images,
        labels,
        SCHEDULE,
        device=torch.device("cpu"),
        checkpoint=checkpoint,
        resume=resume,
        report=lambda outcome: measured(outcome.model, watched),
    )


def count(model: MessageCodec, data: Path) -> None:
    """Set the model's table of probabilities to what it meets in training images, thrift included."""
    images = [Image.fromarray(square) for square in thumbnails(data)[: 96 * 300 : 300]]
    images += [Image.fromarray(photograph).resize((160, 104)) for photograph in photographs(data)[:16]]
    expected = tables.logistic_rows()
    for _ in range(2):
        if not model.frequencies.any():
            model.frequencies.copy_(torch.from_numpy(tables.frequencies(expected)))
        shared = from_tensors({name: compact(tensor).numpy() for name, tensor in model.state_dict().items()})
        counts = expected * PRIOR
        for number, image in enumerate(images):
            shape = Shape(*image.size)
            wanted = targets(samples(image, shape), shared)
            index = COUNTED[number % len(COUNTED)]
            for slot, symbols in choose(wanted, shape.grid, index, shared=shared).slots:
                high, _ = tables.split(symbols, slot.digits)
                np.add.at(counts, (slot.rows, high.clip(-tables.REACH, tables.REACH) + tables.REACH), 1)
        # What is as likely upwards as downwards is counted together.
        counts = (counts + counts[:, ::-1]) / 2
        model.frequencies.copy_(torch.from_numpy(tables.frequencies(counts)))


def make(data: Path | None, checkpoints: Path, resume: bool) -> zoo.Card:
    """Train, count, and write `pretrained/message-codec/`.

    Raises:
        ValueError: there is no folder of data.
    """
    if data is None:
        raise ValueError(f"{NAME} learns from {THUMBNAILS} and {PHOTOGRAPHS}: --data says where they are")
    outcome = train(data, checkpoints / f"{NAME}.pt", resume)
    assert isinstance(outcome.model, MessageCodec)
    return publish(outcome.model, outcome.losses, outcome.seconds, data)


def publish(model: MessageCodec, losses: list[float], seconds: float, data: Path) -> zoo.Card:
    """Write weights in half precision and a card with the figures of the weights as written."""
    count(model, data)
    write(
        NAME,
        model,
        " --data FOLDER",
        architecture="codec.MessageCodec",
        arguments={},
        dataset={
            "title": "Tiny-ImageNet (64 x 64 photographs) and BSDS500 (photographs of 481 x 321)",
            "url": "http://cs231n.stanford.edu/tiny-imagenet-200.zip",
            "licence": "the photographs: research use; they do not ship",
            "training_images": 40_000 - HELD_OUT + (300 - PHOTOGRAPHS_HELD_OUT) * PIECES,
            "held_out_images": HELD_OUT,
            "test_images": MEASURED,
        },
        licence="MIT (weights); the data sets' own licences are above",
        seed=SCHEDULE.seed,
        training={
            "epochs": len(losses),
            "examples": SCHEDULE.examples,
            "batch": SCHEDULE.batch,
            "lr": SCHEDULE.lr,
            "seconds": round(seconds),
            "machine": "2-core CPU, one thread",
            "torch": torch.__version__.split("+")[0],
            "final_loss": round(losses[-1], 6),
        },
        preprocessing="RGB image (n, 3, 8 h, 8 w), 0 to 255; `dashboard.codec` does the rest",
        notes=NOTES,
    )
    return write_measured(NAME, figures(data))


def figures(data: Path) -> dict[str, float]:
    """Mean PSNR (dB) of thumbnails never trained on, through texts of so many characters."""
    kept = thumbnails(data)[-HELD_OUT :: HELD_OUT // MEASURED]
    found = {}
    for characters in (250, 500, 1000):
        images = [Image.fromarray(image) for image in kept]
        values = [psnr(image, decode(encode(image, characters))) for image in images]
        found[f"psnr_{characters}"] = round(float(np.mean(values)), 4)
    return found


def check(data: Path | None) -> list[str]:
    """What differs between the shipped weights and their card, one line each; figures only with `data`."""
    return differences(NAME, figures(data) if data else {}, whole=data is not None)


def _opened(content: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def _column(path: Path) -> list[bytes]:
    from pyarrow import parquet

    return parquet.read_table(path, columns=["jpeg"])["jpeg"].to_pylist()
