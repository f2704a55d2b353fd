"""An intent: what a message means, how sure that is, by which of its words."""

from typing import Literal

from rules.case import Value

Degree = Literal["sure", "likely", "unclear"]


class Intent(Value):
    """What a message means. `evidence`: the words that say so; `protection`: it asks that a certificate be protected, today."""

    name: str
    degree: Degree
    evidence: tuple[str, ...] = ()
    protection: bool = False
