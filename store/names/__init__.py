"""Names of models: which model a printed name is, and which one a person means.

`Identities` maps what boards print to models, when a board is stored. `NameIndex` finds the model,
or the models, that a person's words stand for.
"""

from store.names.aliases import Aliases
from store.names.identity import Identities, Identity
from store.names.index import NameIndex

__all__ = ["Aliases", "Identities", "Identity", "NameIndex"]
