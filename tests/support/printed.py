"""The official table read back from its HTML, as somebody reads it who lays it beside the signed one."""

from html.parser import HTMLParser


class Printed(HTMLParser):
    """`tables`: by class, each table's rows as lists of cell texts; `labels`: by row id, the words of its picture."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.pictures, self.rows, self.words = {}, {}, {}, []
        self._table = self._row = self._cell = None
        self._id, self._drawing, self._style = "", 0, 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "style":
            self._style = 1
        elif tag == "table":
            self._table = self.tables.setdefault(told["class"], [])
        elif tag == "tr":
            self._row, self._id = [], told.get("id", "")
            self._table.append(self._row)
            if self._id:
                self.rows[self._id] = self._row
        elif tag in {"td", "th"}:
            self._cell = []
        elif tag == "svg":
            self._drawing += 1
        elif self._drawing and self._id:
            self.pictures.setdefault(self._id, []).append((tag, told))
        elif tag in {"li", "p", "ul"} and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self._cell is not None:
            lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
            self._row.append("\n".join(line for line in lines if line))
            self._cell = None
        elif tag == "svg":
            self._drawing -= 1
        elif tag == "style":
            self._style = 0

    def handle_data(self, data):
        if self._style:
            return
        if self._drawing and self._id:
            self.pictures.setdefault(self._id, []).append(("words", data.strip()))
        elif self._cell is not None:
            self._cell.append(data)
        self.words.append(data)

    @property
    def text(self):
        """Everything a reader sees, on one line."""
        return " ".join(" ".join(self.words).split())

    def labels(self, row):
        """The words in a row's picture."""
        return " ".join(data for tag, data in self.pictures[row] if tag == "words" and data)

    def symbol(self, row):
        """The shape of a row's symbol, from its outline."""
        outlines = [
            told["d"] for tag, told in self.pictures[row] if tag == "path" and "symbol" in told["class"]
        ]
        return "terminator" if "a" in outlines[-1] else "process" if "h" in outlines[-1] else "decision"
