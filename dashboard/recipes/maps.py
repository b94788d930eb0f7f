"""Maps (placeholder until written)."""

NAMES: tuple[str, ...] = ()


def make(name: str) -> None:
    raise NotImplementedError(name)
