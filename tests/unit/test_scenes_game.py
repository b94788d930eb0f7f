"""The game in words: what is seen, said, read and drawn."""

import io
from itertools import pairwise
from random import Random

import numpy as np
import pytest
import torch
from PIL import Image

from dashboard import zoo
from dashboard.datasets.images import sample as sample_of
from dashboard.datasets.photographs import PHOTOGRAPHS, photograph
from dashboard.datasets.scenes import Scene, Subject, render, sample
from dashboard.datasets.scenes.asking import best, right
from dashboard.datasets.scenes.facts import ANSWERS, INDEX, OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import LONGEST, SHORTEST, order, say
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.grammar.pieces import closing, cut
from dashboard.datasets.scenes.grammar.text import plain, read_as, silent, strange, turns, vocabulary
from dashboard.datasets.scenes.grammar.words import VARIANTS
from dashboard.datasets.scenes.sampling import ORIGINAL, SHOWN, shown
from dashboard.datasets.scenes.world import KINDS, PLACES
from dashboard.models.scene_describer import SceneDescriber, step
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.models.scene_reader import SceneReader
from dashboard.recipes.scene_learner import Budget, SceneObjective, learn, orthogonal
from dashboard.recipes.scene_pool import Resident, start
from dashboard.recipes.scene_training import SHRUNK, matching
from dashboard.recipes.steps import Steps, fit
from dashboard.scenes.describing import Description, describe, familiar, tell, tell_all
from dashboard.scenes.drawing import draw, film, flow
from dashboard.scenes.images import as_images, as_input, as_pixels, decode, encode
from dashboard.scenes.reading import read, spell, told
from dashboard.scenes.writing import Writer

CAT = Subject("cat", "black-white", "centre", "medium", "back", "right")
BUTTERFLY = Subject("butterfly", "spotted", "right", "large", "flying")
MEADOW = Scene("grass", (CAT, BUTTERFLY), shining=True, detail=1, reaching=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_told_keeps_the_limit_and_is_read_again_as_the_scene(language: str) -> None:
    limits = [SHORTEST + 8, 30, 60, 90, 250, LONGEST]
    image = render(ORIGINAL, 0)
    told = tell_all(np.repeat(image[None], len(limits), 0), limits, language)
    for limit, one in zip(limits, told, strict=True):
        assert 0 < len(one.text) <= limit
        assert one.text == "".join(piece.text for piece in one.pieces)
        assert one.pieces[-1].text == ""
        assert limit < 60 or one.text.endswith(".")
        for piece in one.pieces:
            assert piece.seen.shape == (8, 8) and piece.seen.sum() == pytest.approx(1, abs=1e-3)
            assert piece.others[0][0] == piece.text
    row, truth = read(told[-1].text).row, facts(ORIGINAL)
    assert (row[row != OPEN] == truth[row != OPEN]).mean() > 0.9
    assert len(told[2].text) < len(told[-1].text)


def test_where_no_whole_sentence_fits_a_shorter_text_stands_and_no_text_has_no_places() -> None:
    dog = Subject("dog", "brown", "left", "medium", "sitting", "right")
    scene = Scene("snow", (dog, Subject("ball", "spotted", "right", "medium")), True, 0, reaching=True)
    for limit in (60, 62):
        one = tell(render(scene, 0), limit, "en")
        assert {"Brown", "dog"} <= set(one.text.split()) and len(one.text) <= limit
        assert one.seen.shape == (len(one.pieces), 8, 8)
    assert Description("", (), 12).seen.shape == (0, 8, 8)


def test_limits_out_of_range_and_images_of_another_world_are_refused() -> None:
    image = render(ORIGINAL, 0)
    for limit in (SHORTEST - 1, LONGEST + 1):
        with pytest.raises(ValueError, match="12 to 1000"):
            tell(image, limit, "fr")
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    assert familiar(image) and not familiar(noise)
    with pytest.raises(ValueError, match="only its drawn world"):
        describe(noise)


def test_photographs_and_digits_are_not_of_the_drawn_world_and_small_pictures_of_scenes_are() -> None:
    strange = [as_pixels(photograph(slug)) for slug in PHOTOGRAPHS]
    strange += [as_pixels(Image.fromarray(digit)) for digit in sample_of("digits").images[:10]]
    assert not any(familiar(pixels) for pixels in strange)
    known = [render(shown(number), number) for number in range(30)]
    assert sum(map(familiar, known)) >= 29
    file = io.BytesIO()
    Image.fromarray(known[0]).resize((200, 200), Image.Resampling.BICUBIC).save(file, "JPEG")
    assert familiar(as_pixels(Image.open(file)))


def test_the_strangest_of_the_usual_is_the_limit() -> None:
    torch.manual_seed(0)
    model = SceneDescriber(("Un", "."), width=32, depth=1, longest=4).eval()
    images = torch.rand(200, 3, 64, 64)
    model.accustom(images, refused=0.1)
    distances = model.strange(images[100:])
    assert float((distances > 1).float().mean()) == pytest.approx(0.1, abs=0.02)
    features = model.see(images[:100]).mean((2, 3)).double()
    spread = features.T.cov()
    spread += 1e-3 * spread.diagonal().mean() * torch.eye(32)
    off = model.see(images[100:]).mean((2, 3)).double() - features.mean(0)
    expected = torch.einsum("ni,ij,nj->n", off, spread.inverse(), off)
    ratio = distances / expected
    torch.testing.assert_close(ratio, ratio.mean().expand(100), rtol=1e-3, atol=0)


def test_a_text_is_written_piece_by_piece_as_it_is_learnt_whole() -> None:
    torch.manual_seed(0)
    model = SceneDescriber(("Un", " chat", " noir", "."), width=64, depth=2, longest=12).eval()
    images = torch.randn(2, 3, 64, 64)
    numbers, left = torch.tensor([[5, 1, 2, 3], [6, 1, 2, 4]]), torch.tensor([[300, 28, 23, 18]] * 2)
    memory = model.look(images)
    whole = model(memory, numbers, left)
    writer = Writer(model, images)
    steps = [writer.next(numbers[:, place].numpy(), left[:, place].numpy()) for place in range(4)]
    np.testing.assert_allclose(np.stack(steps, 1), whole.detach(), atol=1e-5)
    watched: list[torch.Tensor] = []
    layer = model.layers[0]
    x = model.embed(numbers) + model.left(step(left)) + model.place[:4]
    normal = layer.first(x)
    x = x + layer.pieces(normal, layer.pieces.remember(normal), causal=True)
    layer.image(layer.second(x), memory[0], watched=watched)
    seen = writer.layers[0].seen[:4].reshape(4, 2, 2, 64).mean(2)
    np.testing.assert_allclose(seen, watched[0].detach().transpose(0, 1), atol=1e-5)
    assert writer.seen().shape == (4, 2, 8, 8)
    assert not torch.allclose(model(memory, numbers, left - 10), whole)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_sentence_ends_before_its_last_word(language: str) -> None:
    """What stands before a full stop, or ends a text, ends a sentence of the grammars too."""
    last: set[str] = set()
    for seed in range(1_500):
        random = Random(seed)
        said = say(sample(random), random.choice((40, 200, 400, LONGEST)), language, random).text
        last |= _last_words(said)
    assert {word for word in last if word.strip() not in closing()} == set()
    images = np.stack([render(shown(k), SHOWN + k) for k in range(1, 9)])
    for limit in (40, 75, 130, 190, 200):
        for one in tell_all(images, [limit] * len(images), language):
            assert _last_words(one.text) <= last, one.text


def _last_words(text: str) -> set[str]:
    parts = cut(text)
    ends = {before for before, mark in pairwise(parts) if mark == "."}
    return ends | {parts[-2 if parts[-1] == "." else -1]}


def test_pieces_join_up_to_the_text_and_the_variants_say_the_same_facts() -> None:
    for seed in range(40):
        random = Random(seed)
        scene = sample(random)
        text = say(scene, 400, ("fr", "en")[seed % 2], random).text
        assert "".join(cut(text)) == text
        chosen = frozenset(fact for fact in order(scene) if fact >= 0)
        written = Composer(scene, chosen, VARIANTS[("fr", "en")[seed % 2]], seed).text()
        row = read(written).row
        for one in scene.subjects:
            assert row[INDEX[one.kind, "present"]] == 1, written


def test_what_a_text_asks_for_is_drawn() -> None:
    drawn = draw("un oiseau bleu sur la plage, une girafe", 4, seed=1)
    assert drawn.images.shape == (4, 64, 64, 3) and drawn.understood.unknown == ("girafe",)
    eye = zoo.load("scenes-eye")
    with zoo.inference():
        seen = best(eye(as_input(drawn.images)).numpy())
    assert (seen[:, INDEX[None, "place"]] == PLACES.index("beach")).all()
    assert (seen[:, INDEX["bird", "present"]] == 1).all()
    assert drawn.looked.shape == (4, len(drawn.understood.words), 8, 8)
    assert (drawn.looked.sum(1) <= 1 + 1e-4).all() and drawn.looked.sum() > 0
    again = draw("un oiseau bleu sur la plage, une girafe", 4, seed=1)
    np.testing.assert_array_equal(again.images, drawn.images)
    assert (draw("un oiseau bleu sur la plage", 1, seed=2).images != drawn.images[:1]).any()
    text = "un chien marron assis à gauche, tourné vers la droite, et un ballon bleu à droite, dans la neige"
    with zoo.inference():
        seen = best(eye(as_input(draw(text, 4, seed=0).images)).numpy())
    for key, answer in {
        (None, "place"): "snow",
        ("dog", "colour"): "brown",
        ("dog", "pose"): "sitting",
        ("dog", "side"): "left",
        ("dog", "facing"): "right",
        ("ball", "colour"): "blue",
        ("ball", "side"): "right",
    }.items():
        assert (seen[:, INDEX[key]] == QUESTIONS[INDEX[key]].answers.index(answer)).all(), key
    np.testing.assert_allclose(film(drawn.codes)[-1], drawn.images, atol=1)
    assert len(draw("deux girafes").images) == 0 and len(draw("").images) == 0


def test_who_names_one_subject_gets_one_and_the_rest_differs() -> None:
    eye = zoo.load("scenes-eye")
    for text, kind in (("un chat", "cat"), ("a blue bird", "bird")):
        with zoo.inference():
            seen = best(eye(as_input(draw(text, 8, seed=0).images)).numpy())
        others = [INDEX[one, "present"] for one in KINDS if one != kind]
        assert (seen[:, others] == 1).sum() <= 1
        assert len({*seen[:, INDEX[None, "place"]].tolist()}) >= 3
        assert len({*seen[:, INDEX[kind, "pose"]].tolist(), *seen[:, INDEX[kind, "side"]].tolist()}) >= 2


def test_slips_are_put_right_and_strange_words_named_as_they_are_written() -> None:
    found = spell("Un chta, chats papilon : éléphant blanc ALLONGÉ, étandu à l’Ombre !")
    by_word = dict(zip(found.words, found.written, strict=True))
    assert by_word["chat"] == "chat" and by_word["papillon"] == "papillon" and by_word["allonge"] == "allongé"
    assert ("papilon", "papillon") in found.corrected and ("étandu", "étendu") in found.corrected
    assert "éléphant" in found.unknown


def test_real_words_are_no_slips_for_those_they_resemble() -> None:
    text = (
        "trois jeunes chevaux dans la forêt, au pelage beige ; three horses, a bear, a coat at dawn, a rose"
    )
    found = spell(text)
    assert found.corrected == ()
    assert {"jeunes", "forêt", "pelage", "beige", "three", "horses", "bear", "coat", "rose"} <= set(
        found.unknown
    )
    assert not strange() & (set(vocabulary()) | silent() | set(read_as()))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a dog looking left", "left"),
        ("a dog turned to the right", "right"),
        ("a brown dog that faces right", "right"),
        ("un chien regardant à gauche", "left"),
        ("un chien orienté vers la droite", "right"),
        ("un chien tourné à gauche", "left"),
        ("une chienne tournée à droite, dans la neige", "right"),
        ("un chien qui regarde à droite", "right"),
        ("a dog facing to the left", "left"),
        ("a dog heading right", "right"),
        ("a dogg looking left at nite, nobody with it", "left"),
    ],
)
def test_other_words_are_read_as_those_that_the_networks_learnt(text: str, answer: str) -> None:
    understood = read(text)
    assert understood.unknown == understood.corrected == ()
    facing = INDEX["dog", "facing"]
    assert QUESTIONS[facing].answers[understood.row[facing]] == answer
    assert understood.row[INDEX["dog", "side"]] == OPEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chat, herbe", {(None, "place"): "grass", ("cat", "present"): "yes"}),
        ("Maison", {("house", "present"): "yes"}),
        (
            "Oiseau bleu, plage",
            {(None, "place"): "beach", ("bird", "present"): "yes", ("bird", "colour"): "blue"},
        ),
        ("White dog", {("dog", "present"): "yes", ("dog", "colour"): "white"}),
        ("un ballon vert", {("ball", "present"): "yes", ("ball", "colour"): "green"}),
        ("noir", {}),
        ("un chat de taille moyenne", {("cat", "present"): "yes", ("cat", "size"): "medium"}),
    ],
)
def test_only_what_a_text_says_is_read(text: str, said: dict) -> None:
    assert {INDEX[key]: answer for key, answer in said.items()} == dict(told(read(text).row))


def test_every_word_that_is_read_as_another_is_new_and_the_other_known() -> None:
    assert set(read_as().values()) <= set(vocabulary())
    assert not set(read_as()) & (set(vocabulary()) | silent())
    assert {plain(word) for learnt in turns().values() for word in learnt} <= set(vocabulary())


def test_scores_are_one_for_the_truth_and_near_chance_for_lots() -> None:
    rows = np.stack([facts(sample(Random(seed))) for seed in range(400)])
    assert set(right(rows, rows).values()) == {1.0}
    lots = np.random.default_rng(0).standard_normal((400, ANSWERS)).astype(np.float32)
    assert abs(right(best(lots), rows)["place"] - 0.2) < 0.08


@pytest.mark.parametrize(
    ("text", "found", "open_"),
    [
        ("un chien marron qui regarde à droite", {("dog", "facing"): "right"}, ("dog", "side")),
        (
            "un chat noir qui regarde à gauche, au centre, dans la neige",
            {("cat", "facing"): "left", ("cat", "side"): "centre", (None, "place"): "snow"},
            ("cat", "size"),
        ),
        (
            "Un chat noir et blanc allongé sur le dos dans l'herbe, une patte tendue vers un papillon en "
            "vol, aux ailes orange avec des taches noires et blanches",
            {
                ("cat", "colour"): "black-white",
                ("cat", "pose"): "back",
                ("butterfly", "colour"): "spotted",
                (None, "reaching"): "yes",
            },
            ("butterfly", "side"),
        ),
    ],
)
def test_a_gaze_is_no_place_and_wings_after_the_flight_keep_their_colours(text, found, open_) -> None:
    row = read(text).row
    for key, answer in found.items():
        assert row[INDEX[key]] == QUESTIONS[INDEX[key]].answers.index(answer), key
    assert row[INDEX[open_]] == OPEN


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


def test_codes_have_unit_variance_and_come_back_as_the_image() -> None:
    images = np.stack([render(sample(Random(seed)), seed) for seed in range(3_000_000, 3_000_040)])
    codes = encode(images)
    assert codes.shape == (40, 24, 8, 8) and 0.7 < codes.var() < 1.3
    wrong = np.square((decode(codes).astype(float) - images) / 255).mean((1, 2, 3))
    assert -10 * np.log10(wrong).mean() > 27


def test_words_that_fill_up_a_row_change_nothing_and_where_cells_look_sums_to_one() -> None:
    torch.manual_seed(0)
    drawer = SceneDrawer(30, channels=4, width=32, depth=2, reading=1).eval()
    torch.nn.init.normal_(drawer.leave.weight, std=0.1)
    points, times, texts = torch.randn(2, 4, 8, 8), torch.tensor([0.2, 0.7]), torch.tensor([[3, 7], [9, 4]])
    watched: list[torch.Tensor] = []
    velocity = drawer(points, times, drawer.read(texts), watched)
    assert velocity.shape == points.shape and [one.shape for one in watched] == [(2, 64, 3)] * 2
    torch.testing.assert_close(watched[0].sum(-1), torch.ones(2, 64))
    filled = torch.nn.functional.pad(texts, (0, 5))
    torch.testing.assert_close(drawer(points, times, drawer.read(filled)), velocity)


def test_the_flow_is_fixed_by_its_noise_and_guidance_of_one_needs_no_free_velocity() -> None:
    torch.manual_seed(0)
    drawer = SceneDrawer(30, channels=4, width=32, depth=2, reading=1).eval()
    torch.nn.init.normal_(drawer.leave.weight, std=0.1)
    noise, texts = torch.randn(3, 4, 8, 8), torch.tensor([[3, 7]] * 3)
    with torch.inference_mode():
        met, looked = flow(drawer, noise, texts, 6, 1.0)
        again, _ = flow(drawer, noise, texts, 6, 1.0)
        guided, _ = flow(drawer, noise, texts, 6, 3.0)
        free = drawer(noise, torch.zeros(3), drawer.read(torch.zeros_like(texts)))
    assert len(met) == 7 and torch.equal(met[0], noise) and looked.shape == (3, 64, 3)
    assert torch.equal(met[-1], again[-1])
    asked = (met[1] - noise) * 6
    torch.testing.assert_close(guided[1], noise + (free + 3 * (asked - free)) / 6)


def test_matrices_become_orthogonal() -> None:
    torch.manual_seed(0)
    for shape in ((3, 8, 24), (2, 24, 8)):
        matrices = torch.randn(shape)
        left, _, right = torch.linalg.svd(matrices, full_matrices=False)
        found = left.mT @ orthogonal(matrices) @ right.mT
        kept = found.diagonal(dim1=1, dim2=2)
        assert kept.min() > 0.6 and kept.max() < 1.35
        assert (found - torch.diag_embed(kept)).abs().max() < 0.1


def test_muon_learns_what_its_parts_name_and_hears_of_the_time() -> None:
    pool = start(1, 40, ["images"], first=7)
    held = Resident(pool, torch.device("cpu"), ["images"])
    net = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Linear(3, 3))
    heard: list[float] = []
    objective = SceneObjective(
        lambda size: (torch.randn(size, 3),),
        lambda model, x: (model(x) - x).square().mean(),
        progress=heard.append,
    )
    _, cost = learn(net, objective, held, Budget(2.0, 8, 0.02, orthogonal=("0",)), lambda line: None)
    assert cost["final_loss"] < 0.05
    assert heard == sorted(heard) and heard[0] < 0.2 and heard[-1] > 0.8


def test_the_drawer_learns_from_what_its_words_tell_once_that_is_known() -> None:
    torch.manual_seed(0)
    answers = (3, 2)
    pool = start(1, 8, ["images"], first=7)
    held = Resident(pool, torch.device("cpu"), [])
    held.count = 8
    held._room = {
        "texts": torch.randint(1, 9, (8, 2, 12), dtype=torch.int16),
        "answers": torch.randint(0, 2, (8, 2, 2), dtype=torch.int8),
        "images": torch.randn(8, 24, 8, 8).half(),
        "seen": torch.randn(8, 64, SHRUNK).half(),
    }
    model = SceneDrawer(9, width=32, depth=3, reading=1)
    objective = matching(held, 32, answers)
    batch = objective.batch(4)
    slopes = []
    for share in (0.0, 0.5, 1.0):
        objective.progress(share)
        model.zero_grad()
        objective.loss(model, *batch).backward()
        slopes.append(float(model.embed.weight.grad.abs().sum()))
    # A new drawer's velocities are all zero: its words learn from what they tell alone, not at first.
    assert slopes[0] == 0 < min(slopes[1:])


def test_a_pool_holds_what_its_seeds_say_and_a_network_learns_from_it() -> None:
    pool = start(1, 40, ["images", "rows"], first=7)
    held = Resident(pool, torch.device("cpu"), ["images", "rows"])
    model = torch.nn.Linear(3, 3)
    objective = SceneObjective(
        lambda size: (as_input(held["images"][:size].numpy()).mean((2, 3)),),
        lambda net, means: (net(means) - means).square().mean(),
    )
    averaged, cost = learn(
        model, objective, held, Budget(1.0, 8, 0.05, average=0.9), report=lambda line: None
    )
    np.testing.assert_array_equal(held["images"][3].numpy(), render(sample(Random(10)), 10))
    np.testing.assert_array_equal(held["rows"][3].numpy(), facts(sample(Random(10))))
    assert cost["steps"] > 10 and cost["final_loss"] < 0.01
    assert not torch.equal(averaged.weight, model.weight)


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


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", ()),
        ("🐈🌿😀 猫が草の上にいる", ()),
        ("Espèce d'imbécile !", ("imbécile",)),
        ("for (let i = 0; i < n; i++) { return x[i]; }", ("return",)),
        ("Müsta kissa nukkuu", ("müsta", "kissa", "nukkuu")),
        ("z" * 10_000, (30 * "z" + "…",)),
        ("Z̷̛a̷͝l̵g̶o̵", ("zalgo",)),
    ],
)
def test_what_is_no_scene_is_named_and_not_drawn(text: str, named: tuple[str, ...]) -> None:
    understood = read(text)
    assert understood.empty and set(named) <= set(understood.unknown)
    assert understood.cut == (len(text) > 1_000) and len(draw(text).images) == 0
