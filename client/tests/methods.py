"""The methods of the clients, by what they give."""

import inspect
from typing import get_origin

from onrecord_client.listing import Listed
from onrecord_client.paths import Paths

METHODS = {name: each for name, each in vars(Paths).items() if name[0] != "_"}
LISTS = [name for name, each in METHODS.items() if get_origin(inspect.signature(each).return_annotation) is Listed]
COLLECTIONS = [
    name for name in LISTS if len(inspect.signature(METHODS[name]).parameters) == len(("self", "parameters"))
]
