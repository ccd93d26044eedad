"""Whatever is done to it: a store answers as the reference does."""

from workorder.testing.check import Chapter
from workorder.testing.trial import Trial
from workorder.testing.walks import Acts, drawn, play, smallest

chapter = Chapter("walk", "commit")


@chapter.promise(
    "Whatever is done in whatever order, the store answers and keeps what the reference does.",
    "无论以何种顺序做何操作，答复与保存的内容都与参照存储一致。",
)
def as_the_reference(trial: Trial) -> None:
    """Random histories; one that fails is made small, and told."""
    for seed in range(trial.examples):
        acts = drawn(seed)
        if _fails(trial, acts):
            play(trial, smallest(lambda tried: _fails(trial, tried), acts))


def _fails(trial: Trial, acts: Acts) -> bool:
    try:
        play(trial, acts)
    except Exception:  # noqa: BLE001 (an error of the store is a difference as well)
        return True
    return False


CHECKS = chapter.checks()
