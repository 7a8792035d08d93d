"""Are the notebooks stored without outputs? What a person saw on some warehouse does not belong into the repository."""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).parent

kept = [
    path.name
    for path in sorted(FOLDER.glob("*.ipynb"))
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    if cell.get("outputs") or cell.get("execution_count")
]
if kept:
    sys.exit(
        f"Cannot accept {', '.join(dict.fromkeys(kept))}: stored with outputs."
        " Run jupyter nbconvert --clear-output --inplace notebooks/*.ipynb."
    )
