"""The point sets, and the visitor's own: links and CSV, good and bad."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits, load_iris

from dashboard.datasets import points as P


@pytest.mark.parametrize("slug", P.SLUGS)
def test_sets_are_reproducible_balanced_and_finite(slug):
    one, two = P.make(slug, 60, 0.1, 0.2, 4), P.make(slug, 60, 0.1, 0.2, 4)
    np.testing.assert_array_equal(one.points, two.points)
    assert not np.array_equal(one.points, P.make(slug, 60, 0.1, 0.2, 5).points)
    assert np.isfinite(one.points).all() and set(one.labels.tolist()) == {-1, 1}
    if slug not in ("and", "or"):
        assert one.labels.sum() == 0


def test_gates_without_noise_are_their_truth_tables():
    for slug, table in (("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("xor", [0, 1, 1, 0])):
        data = P.make(slug, 100, 0.0)
        truth = {tuple(p > 0): y for p, y in zip(data.points, data.labels, strict=True)}
        assert [truth[a, b] > 0 for a in (False, True) for b in (False, True)] == [bool(v) for v in table]


def test_margin_is_kept():
    for margin in (0.02, 0.2, 0.5):
        data = P.make("separable", 200, 0.0, margin, 1)
        distance = data.labels * (data.points @ [np.cos(0.6), np.sin(0.6)])
        assert distance.min() >= margin - 1e-9


def test_real_measures_come_from_the_real_data():
    data = P.make("iris", 100, 0.0)
    iris = load_iris()
    petal = iris.data[iris.target > 0][:, 2]
    scaled = (petal - petal.mean()) / petal.std() / 2.5
    assert set(np.round(data.points[:, 0], 9)) <= set(np.round(scaled, 9))
    digits = P.make("digits38", 40, 0.0, seed=2)
    known = {image.tobytes() for image in load_digits().images.astype(np.uint8)}
    assert all(image.tobytes() in known for image in digits.images)
    mirrored = digits.images[:, :, ::-1].astype(float)
    symmetry = -np.abs(digits.images - mirrored).mean(axis=(1, 2))
    assert np.corrcoef(symmetry, digits.points[:, 1])[0, 1] > 0.999


@given(
    st.lists(
        st.tuples(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2), st.sampled_from([-1, 1])), max_size=P.MOST_OWN
    )
)
def test_links_hold_points_exactly(rows):
    table = np.array(rows, dtype=float).reshape(-1, 3)
    own = P.PointSet(P.snap(table[:, :2]), table[:, 2].astype(int))
    again = P.unpack(P.pack(own))
    np.testing.assert_allclose(again.points, own.points, atol=1e-12)
    np.testing.assert_array_equal(again.labels, own.labels)
    np.testing.assert_allclose(own.points, table[:, :2], atol=0.0006)


@pytest.mark.parametrize("text", ["é", "AAA", "????", "A" * 4 * (P.MOST_OWN + 1), "AB CD"])
def test_broken_links_are_refused(text):
    with pytest.raises(ValueError):
        P.unpack(text)


def test_of_a_cut_link_the_whole_points_are_kept():
    packed = P.pack(P.make("separable", 20))
    for length in range(4, len(packed) + 1):
        for end in ("", ".", "…"):
            assert P.whole(packed[:length] + end) == packed[: length // 4 * 4]
    for text in ("", "abc", "é", "AAAA AAAA", "<b>"):
        with pytest.raises(ValueError):
            P.whole(text)


def test_csv_round_trip():
    data = P.make("moons", 50, 0.05)
    again = P.read_csv(P.write_csv(data).encode())
    np.testing.assert_allclose(again.points, data.points, atol=0.0007)
    np.testing.assert_array_equal(again.labels, data.labels)


@pytest.mark.parametrize(
    "text",
    [
        "0.1,0.2,a\n0.3,0.4,b\n",
        "x,y,class\n0.1,0.2,a\n\n0.3,0.4,b",
        "0,1;0,2;a\r\n0,3;0,4;b\r\n",
        "0.1\t0.2\ta\n0.3\t0.4\tb",
        "\ufeff0.1,0.2,a\n0.3,0.4,b",
        "0.1|0.2|a\n0.3|0.4|b",
        "0.1 0.2 a\n0.3 0.4 b",
        "x;y;c\r0,1;0,2;a\r0,3;0,4;b\r",
        "sep=;\r\n0,1;0,2;a\r\n0,3;0,4;b",
        "\n\nsep=|\nx|y|c\n0,1|0,2|a\n0,3|0,4|b",
        "0,1;0,2;a;\n0,3;0,4;b;;\n",
        "\n;;\n0.1,0.2,a\n0.3,0.4,b\n",
        "0.1,0.2,a\f\u200b0.3,\ufeff0.4,b\f",
        "\u202f0,1;\xa00,2 ;a\xa0\n0,3;0,4;b\n\x1a",
        '"0,1","0,2","a"\n"0,3","0,4","b"'.replace('","', '";"'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_csv_dialects(text, encoding):
    own = P.read_csv(text.encode(encoding, "ignore"))
    np.testing.assert_allclose(own.points, [[0.1, 0.2], [0.3, 0.4]], atol=0.0007)
    assert own.labels.tolist() == [-1, 1]


def test_names_of_spreadsheets_in_french():
    text = "0,1;0,2;œuf à 2 €\n0,3;0,4;l’été\n0,5;0,6;œuf\xa0à 2 €\n"
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be"):
        assert P.read_csv(text.encode(encoding)).labels.tolist() == [1, -1, 1]
    old = "0,1;0,2;très\r0,3;0,4;à l'été über\r0,5;0,6;très\r"
    for encoding in ("mac_roman", "cp850"):
        first, second, third = P.read_csv(old.encode(encoding)).labels.tolist()
        assert first == third != second  # two names, whatever they read as


def test_numbers_as_they_are_written():
    rows = ["1 234,5;0,5;A", "1\u202f000;−2;B", "-1.000,5;2'000;A", "0;1,000.5;B", "–3;‑1;A"]
    wanted = np.array([[1234.5, 0.5], [1000, -2], [-1000.5, 2000], [0, 1000.5], [-3, -1]])
    low, high = wanted.min(axis=0), wanted.max(axis=0)
    own = P.read_csv("\n".join(rows).encode())  # the first row is one of numbers, not of titles
    np.testing.assert_allclose(own.points, 2 * (wanted - low) / (high - low) - 1, atol=0.0007)


def test_large_measures_are_rescaled():
    own = P.read_csv(b"1000,5,a\n3000,10,b\n2000,7.5,a\n")
    np.testing.assert_allclose(own.points, [[-1, -1], [1, 1], [0, 0]], atol=0.001)
    assert np.isfinite(P.read_csv(b"1e308,1,a\n-1e308,2,b").points).all()
    assert np.isfinite(P.read_csv(b"7,1,a\n7,2,b").points).all()


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"", "empty", 0),
        (b"  \n \n", "empty", 0),
        (b"x,y,class\n", "empty", 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary", 0),
        (bytes(range(256)), "binary", 0),
        (b"\xff\xfe\x00\xd8", "binary", 0),
        (b"0.1,0.2," + b"a" * 200_000, "binary", 0),
        (b"1,2\n3,4\n", "columns", 1),
        (b"x;y;1\n0,1;0,2;1\n", "number", 1),
        (b"0.1,0.2,a\n1,2,3,4\n", "columns", 2),
        (b"0.1,0.2,a\nhello,0.4,b\n", "number", 2),
        (b"0.1,0.2,a\n,0.4,b\n", "number", 2),
        (b"0.1,nan,a\n0.3,0.4,b\n", "infinite", 1),
        (b"0.1,0.2,a\ninf,0.4,b\n", "infinite", 2),
        (b"0.1,-inf,a\n", "infinite", 1),
        (b"0.1,0.2,a\n0.3,0.4,a\n", "classes", 0),
        (b"0.1,0.2,a\n0.3,0.4,b\n0.5,0.6,c\n", "classes", 0),
        (b"0.1,0.2,a\n0.3,0.4,b\n" * 100_000, "long", 0),
        (b"0.1,0.2,a\n0.3,0.4,b\n" * 300, "long", 0),
    ],
)
def test_bad_csv_is_refused_with_its_reason(content, reason, line):
    with pytest.raises(P.PointsRefused) as refused:
        P.read_csv(content)
    assert (refused.value.reason, refused.value.line) == (reason, line)
