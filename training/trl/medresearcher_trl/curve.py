"""The loss curve as an SVG that any browser shows."""

from pathlib import Path

WIDTH, HEIGHT, MARGIN = 720, 360, 48


def write_curve(file: Path, log: list[dict]) -> None:
    """`log`: entries with step and loss."""
    points = [(entry["step"], entry["loss"]) for entry in log]
    if not points:
        return
    last, highest = max(step for step, _ in points), max(loss for _, loss in points) or 1.0
    across = (WIDTH - 2 * MARGIN) / max(last, 1)
    down = (HEIGHT - 2 * MARGIN) / highest
    path = " ".join(f"{MARGIN + step * across:.1f},{HEIGHT - MARGIN - loss * down:.1f}" for step, loss in points)
    grid = "".join(
        f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{highest * part / 4:.2f}</text>'
        for part in range(5)
        for y in [HEIGHT - MARGIN - highest * part / 4 * down]
    )
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>{grid}'
        f'<polyline points="{path}" fill="none" stroke="#2563eb" stroke-width="2"/>'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">step (last: {last})</text>'
        f'<text x="{MARGIN}" y="24">loss per assistant token (last: {points[-1][1]:.3f})</text></svg>\n',
        encoding="utf-8",
    )
