"""The game in words, without the shipped weights: what is seen, said, read, completed and drawn."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import torch

from dashboard.datasets.scenes import Scene, Subject, render, sample
from dashboard.datasets.scenes.asking import best, one_hot, parts, right, shares, some
from dashboard.datasets.scenes.facts import ANSWERS, INDEX, OPEN, QUESTIONS, SIZES_OF_ANSWERS, facts
from dashboard.datasets.scenes.grammar import LONGEST, SHORTEST, relation
from dashboard.models.scene_coder import SceneCoder, assemble, patches
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.models.scene_reader import SceneReader
from dashboard.recipes.steps import Steps, fit
from dashboard.scenes.completing import complete
from dashboard.scenes.describing import as_input, as_pixels, likeliest, tell
from dashboard.scenes.drawing import as_images, flow
from dashboard.scenes.reading import spell, told

CAT = Subject("cat", "black-white", "centre", "medium", "back", "right")
BUTTERFLY = Subject("butterfly", "spotted", "right", "large", "flying")
MEADOW = Scene("grass", (CAT, BUTTERFLY), shining=True, detail=1, reaching=True)


ABSENCES = np.array(
    [question.aspect in ("present", "reaching") for question in QUESTIONS]
)  # when answered "no"


def certain(scene: Scene, doubt: float = 0.0) -> list[np.ndarray]:
    """What a perfect eye sees; `doubt` goes to the other answers."""
    row, seen = facts(scene), []
    for answer, count in zip(row, SIZES_OF_ANSWERS, strict=True):
        part = np.full(count, doubt / max(1, count - 1), np.float32)
        part[max(answer, 0)] = 1 - doubt
        seen.append(part)
    return seen


def test_a_perfect_eye_finds_every_scene_again() -> None:
    for seed in range(60):
        scene = sample(Random(seed))
        np.testing.assert_array_equal(facts(likeliest(certain(scene, 0.2))), facts(scene))


def test_an_eye_that_contradicts_itself_still_sees_a_scene_of_the_world() -> None:
    random = np.random.default_rng(0)
    for _ in range(40):
        seen = [random.dirichlet(np.full(count, 0.3)).astype(np.float32) for count in SIZES_OF_ANSWERS]
        scene = likeliest(seen)
        assert scene == replace(scene)  # the world's rules are checked whenever a scene is made


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_told_keeps_the_limit(language: str) -> None:
    for limit in (SHORTEST, 30, 60, 200, LONGEST):
        description = tell(certain(MEADOW), limit, language)
        assert len(description.text) <= limit
        assert INDEX["cat", "present"] in description.facts
    for limit in (SHORTEST - 1, LONGEST + 1):
        with pytest.raises(ValueError, match="12 to 1000"):
            tell(certain(MEADOW), limit, language)


def test_completing_keeps_all_that_is_told_and_varies_the_rest() -> None:
    for seed in range(60):
        scene = sample(Random(seed))
        row = facts(scene)
        kept = np.random.default_rng(seed).random(len(row)) < 0.4
        for kind in (one.kind for one in scene.subjects):
            kept[INDEX[kind, "present"]] = True
        asked = np.where(
            kept & ~((row == 0) & np.array([q.aspect in ("present", "reaching") for q in QUESTIONS])),
            row,
            OPEN,
        )
        where = relation(scene) if len(scene.subjects) == 2 else ""
        made = complete(asked, [one.kind for one in scene.subjects], where, Random(seed))
        assert made is not None
        shown = facts(made)
        assert (shown[asked != OPEN] == asked[asked != OPEN]).all()
        assert len(scene.subjects) == 1 or relation(made) == where
    row = facts(MEADOW)
    only_a_cat = np.full_like(row, OPEN)
    only_a_cat[INDEX["cat", "present"]] = 1
    made = [complete(only_a_cat, ["cat"], "", Random(seed)) for seed in range(20)]
    assert len(set(made)) > 10
    assert all(scene and len(scene.subjects) == 1 for scene in made)


def test_what_no_scene_can_show_is_not_completed() -> None:
    row = np.full(len(QUESTIONS), OPEN, np.int8)
    row[INDEX[None, "place"]], row[INDEX["house", "present"]] = 4, 1  # a house in the living room
    assert complete(row, ["house"], "", Random(0)) is None


def test_slips_are_put_right_and_strange_words_named() -> None:
    known, corrected, unknown = spell(["un", "chta", "chats", "papilon", "girafe", "je", "jaune", "!"])
    assert known == ["un", "chat", "papillon", "jaune"] or known == [
        "un",
        "chat",
        "chat",
        "papillon",
        "jaune",
    ]
    assert ("papilon", "papillon") in corrected
    assert unknown == ["girafe"]


def test_what_is_asked_is_a_one_for_every_answer_and_never_an_absence() -> None:
    rows = np.stack([facts(sample(Random(seed))) for seed in range(200)])
    asked = one_hot(rows)
    assert asked.shape == (200, ANSWERS) and set(np.unique(asked)) == {0.0, 1.0}
    for place, part in enumerate(parts(asked)):
        says = part.sum(1)
        assert (says <= 1).all()
        if QUESTIONS[place].aspect in ("present", "reaching"):
            assert (part[:, 0] == 0).all()
        else:
            np.testing.assert_array_equal(says == 1, rows[:, place] != OPEN)
    fewer = one_hot(rows, some(rows, np.random.default_rng(0)))
    assert (fewer <= asked).all() and fewer.sum() < asked.sum()
    assert told(rows[0])[0] == (0, QUESTIONS[0].answers[rows[0, 0]])


def test_scores_are_one_for_the_truth_and_near_chance_for_lots() -> None:
    rows = np.stack([facts(sample(Random(seed))) for seed in range(400)])
    assert set(right(rows, rows).values()) == {1.0}
    lots = np.random.default_rng(0).standard_normal((400, ANSWERS)).astype(np.float32)
    assert abs(right(best(lots), rows)["place"] - 0.2) < 0.08
    for part in shares(lots):
        np.testing.assert_allclose(part.sum(1), 1, rtol=1e-5)


def test_where_a_text_is_read_sums_to_one_and_padding_changes_nothing() -> None:
    torch.manual_seed(0)
    reader = SceneReader(30, (5, 2, 11)).eval()
    short = torch.tensor([[3, 7, 9, 12]])
    logits, seen = reader(short)
    assert logits.shape == (1, 3, 12) and seen.shape == (1, 3, 5)
    torch.testing.assert_close(seen.sum(-1), torch.ones(1, 3))
    longer, wider = reader(torch.cat([short, torch.zeros(1, 6, dtype=torch.long)], dim=1))
    torch.testing.assert_close(longer, logits)
    torch.testing.assert_close(wider[..., :4], seen[..., :4])
    assert torch.isinf(logits[0, 1, 2:11]).all() and torch.isfinite(logits[0, 1, [0, 1, 11]]).all()
    assert reader(torch.zeros(1, 1, dtype=torch.long))[1][0, 0, -1] == 1  # an empty text is read nowhere


def test_codes_are_components_and_more_of_them_lose_less() -> None:
    images = as_input(np.stack([render(sample(Random(seed)), seed) for seed in range(220)]))
    torch.testing.assert_close(assemble(patches(images)), images)
    errors = []
    for latent in (8, 64, 150):
        coder = SceneCoder(latent=latent, channels=8, width=16)
        coder.fit_components(images)
        codes = coder.encode(images)
        torch.testing.assert_close(coder.basis @ coder.basis.T, torch.eye(latent), atol=1e-4, rtol=0)
        spread = (codes * coder.scale).var(0).sqrt()
        torch.testing.assert_close(coder.scale**2, spread, rtol=2e-2, atol=1e-3)
        errors.append(float((coder.linear(codes) - images).square().mean()))
        torch.testing.assert_close(
            coder.refine(coder.linear(codes)), coder.linear(codes)
        )  # nothing learnt yet
    assert errors[0] > errors[1] > errors[2]


def test_the_flow_is_fixed_by_its_noise_and_guidance_of_one_needs_no_free_velocity() -> None:
    torch.manual_seed(0)
    drawer = SceneDrawer(ANSWERS, latent=16, width=32, depth=2, condition=16, reading=16).eval()
    torch.nn.init.normal_(drawer.leave.weight, std=0.1)
    noise = torch.randn(3, 16, generator=torch.Generator().manual_seed(1))
    asked = torch.tensor(one_hot(np.stack([facts(MEADOW)] * 3)))
    with torch.inference_mode():
        film = flow(drawer, noise, asked, 6, 1.0)
        again, guided = flow(drawer, noise, asked, 6, 1.0), flow(drawer, noise, asked, 6, 3.0)
    assert len(film) == 7 and torch.equal(film[0], noise)
    assert torch.equal(film[-1], again[-1])
    assert torch.allclose(guided[1] - film[1], torch.zeros(3, 16)) or not torch.equal(guided[-1], film[-1])


def test_images_go_to_tensors_and_back() -> None:
    image = render(MEADOW, 0)
    np.testing.assert_array_equal(as_images(as_input(image[None]))[0], image)
    np.testing.assert_array_equal(as_pixels(image), image)
    assert as_pixels(np.kron(image, np.ones((3, 3, 1), np.uint8))).shape == (64, 64, 3)


def test_a_resumed_run_gives_the_weights_of_one_that_was_never_stopped(tmp_path) -> None:
    def loss(model: torch.nn.Module, random: np.random.Generator) -> torch.Tensor:
        x = torch.tensor(random.standard_normal((8, 2)), dtype=torch.float32)
        return (model(x)[:, 0] - x.sum(1) + 0.1 * torch.randn(8)).square().mean()

    def run(count: int, resume: bool, name: str) -> torch.Tensor:
        torch.manual_seed(0)
        model = torch.nn.Linear(2, 1)
        averaged, cost = fit(model, loss, Steps(count=count, lr=1e-2, seed=4), tmp_path / name, resume)
        assert cost["steps"] == count
        return torch.cat([p.detach().flatten() for p in averaged.parameters()])

    whole = run(400, False, "whole.pt")
    interrupted = torch.load(tmp_path / "whole.pt", weights_only=True)
    assert interrupted["done"] == 400
    assert torch.equal(run(400, True, "whole.pt"), whole)
    assert abs(float(whole[0]) - 1) < 0.3
