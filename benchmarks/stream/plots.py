"""The plots of a study, as SVG. The only place that knows the plotting library."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.intervals import mean
from benchmarks.stream.runs import Run
from benchmarks.stream.scores import held


def draw(by_method: dict[str, list[Run]], folder: Path) -> Iterator[tuple[str, Path]]:
    """(Title, file) of retention over nights, cost against retention, and every R matrix."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "reverie"  # the same file from the same figures
    from matplotlib import pyplot

    if not by_method:
        return
    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    for method, runs in by_method.items():
        lines = [
            [held(run.stream, row, i) if row else float("nan") for i, row in enumerate(run.marks)]
            for run in runs
        ]
        line = [mean(column) for column in zip(*lines, strict=True)]
        axes.plot(range(1, len(line) + 1), line, marker="o", markersize=3, label=method)
    axes.set(xlabel="night", ylabel="right of all that holds", ylim=(0, 1.02))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(fontsize=6, ncols=2)
    yield "Retention over the nights", _saved(figure, folder / "retention.svg")

    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    for method, runs in by_method.items():
        tokens = sum(n.tokens for run in runs for n in run.nights) / len(runs)
        kept = sum(run.scores.retention for run in runs) / len(runs)
        axes.scatter(tokens, kept, s=16)
        axes.annotate(method, (tokens, kept), fontsize=6, xytext=(3, 3), textcoords="offset points")
    axes.set(xlabel="tokens trained, all nights", ylabel="retention", ylim=(0, 1.02))
    yield "Cost against retention", _saved(figure, folder / "cost.svg")

    columns = 4
    rows = -(-len(by_method) // columns)
    figure, grid = pyplot.subplots(rows, columns, figsize=(10, 2.6 * rows), squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    for axes, (method, runs) in zip(grid.flat, by_method.items(), strict=False):
        nights = len(runs[0].marks)
        matrix = [
            [mean([run.scores.matrix[i][j] for run in runs]) if j <= i else float("nan")
             for j in range(nights)]
            for i in range(nights)
        ]  # fmt: skip
        axes.axis("on")
        edges = (0.5, nights + 0.5, nights + 0.5, 0.5)
        axes.imshow(matrix, vmin=0, vmax=1, cmap="viridis", extent=edges)
        axes.set(xticks=range(1, nights + 1), yticks=range(1, nights + 1))
        axes.set_title(method, fontsize=7)
        axes.tick_params(labelsize=5)
        axes.set_xlabel("facts of night", fontsize=5)
        axes.set_ylabel("asked after night", fontsize=5)
    figure.tight_layout()
    yield "R matrix: right (0 to 1)", _saved(figure, folder / "matrix.svg")


def _saved(figure: Any, file: Path) -> Path:
    from matplotlib import pyplot

    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
    return file
