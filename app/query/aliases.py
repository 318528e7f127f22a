"""What users of other APIs write for parameters of ours, without case, hyphens and underscores."""

from collections.abc import Mapping
from typing import Final

_OURS: Final = {  # the parameters, best first, and the words for them
    ("q",): "search query text keyword keywords term terms fulltext",
    ("cursor",): "page pagenumber pagetoken nextpage offset skip start startindex pageoffset pageafter pagecursor",
    ("limit",): "perpage pagesize pagelimit size count rows top maxresults first",
    ("sort",): "order orderby ordering sortby sorting",
    ("date", "said"): "since until from to year month after before datefrom dateto startdate enddate fromdate todate "
    "datetime published publicationdate pubdate issued",
    ("said", "on", "date"): "date day when",
    ("participant", "speaker", "actor"): "actor actors participants person who",
    ("speaker", "publisher"): "author speakers saidby by",
    ("publisher",): "outlet newspaper newspapers media",
    ("measure",): "figure figures unit",
    ("min",): "value number amount minvalue minimum atleast valuegte valuegt",
    ("max",): "maxvalue maximum atmost valuelte valuelt",
    ("relation",): "contradicts supports confirms",
    ("about",): "topic topics subjects",
    ("language",): "lang locale languages",
    ("country",): "countrycode countries iso iso2 iso3",
    ("place", "within", "country"): "location region city places within inside area",
    ("near",): "lat lon lng latlng latlon latitude longitude radius distance around point",
    ("bbox",): "bounds boundingbox box extent",
    ("fields",): "select columns properties attributes props",
    ("include",): "expand embed with populate",
    ("facets",): "facet aggregations aggs groupby",
    ("format",): "output outputformat mediatype contenttype f alt",
    ("release",): "version edition snapshot",
    ("id",): "ids",
    ("name", "q"): "label title names",
}

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {word: ours for ours, words in _OURS.items() for word in words.split()}
"""Our parameters by the word for them; a path may lack some."""
