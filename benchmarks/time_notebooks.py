"""How long each cell of the notebooks that need no Spark takes on the warehouse that BLEMISH_WAREHOUSE names, charts included.

python benchmarks/time_notebooks.py     with the packages of notebooks/requirements.txt
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import matplotlib

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def cells(notebook):
    """The code of each cell, with the sentence above it."""
    told = ""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            yield told, text
        else:
            told = text.strip().split("\n")[0]


def main():
    matplotlib.use("Agg")
    sys.path.insert(0, str(NOTEBOOKS))
    style = NOTEBOOKS / "blemish.mplstyle"
    os.chdir(tempfile.mkdtemp())
    for notebook in sorted(NOTEBOOKS.glob("0[123]*.ipynb")):
        names = {}
        for told, code in cells(notebook):
            start = time.perf_counter()
            exec(code.replace('"blemish.mplstyle"', repr(str(style))), names)
            print(f"{notebook.stem:20} {time.perf_counter() - start:6.2f} s  {told[:90]}", flush=True)
            matplotlib.pyplot.close("all")


if __name__ == "__main__":
    main()
