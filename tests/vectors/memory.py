"""Writes memory.json: review histories, and what the reference implementation of FSRS makes of them.

The histories are drawn with a fixed seed. Each ends when the card is safe for ten years; beyond a hundred, the browser's
implementation cuts stability off and this one does not. Run it with the package that it was written with:

    python3 -m venv target/fsrs && target/fsrs/bin/pip install fsrs==6.3.2
    target/fsrs/bin/python tests/vectors/memory.py            # writes tests/vectors/memory.json
    target/fsrs/bin/python tests/vectors/memory.py --check    # says whether it would change
"""

import json
import random
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path

from fsrs import Card, Rating, Scheduler

FILE = Path(__file__).with_name("memory.json")
BEGIN = datetime(2026, 1, 1, 9, tzinfo=timezone.utc)
WEIGHTS = {"mostly good": (1, 1, 6, 2), "struggling": (4, 3, 2, 0), "any": (1, 1, 1, 1)}


def history(draw, weights):
    """Reviews of one card as [day, rating, stability, difficulty, interval]: on the day, late, or early."""
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, day, rows = Card(), 0, []
    for _ in range(draw.randint(1, 14)):
        rating = draw.choices((1, 2, 3, 4), weights)[0]
        at = BEGIN + timedelta(days=day)
        card, _ = scheduler.review_card(card, Rating(rating), at)
        interval = (card.due - at).days
        rows.append([day, rating, round(card.stability, 6), round(card.difficulty, 6), interval])
        if card.stability > 3650:
            break
        day += max(1, round(interval * draw.choice((0.5, 1, 1, 1, 1.3, 2.5))))
    return rows


def main():
    draw = random.Random(20261120)
    histories = [history(draw, weights) for weights in WEIGHTS.values() for _ in range(50)]
    lines = ",\n".join(json.dumps(rows) for rows in histories)
    text = f'{{"package": "fsrs {version("fsrs")}", "histories": [\n{lines}\n]}}\n'
    if "--check" in sys.argv:
        sys.exit(text != FILE.read_text() and f"{FILE} is not what this package gives")
    FILE.write_text(text)


main()
