"""The contents: every path of the API that a client can ask, declared once for both clients."""

from onrecord_client import models
from onrecord_client.endpoints import Envelope, Gets, GetsOf, Lists, ListsOf
from onrecord_client.listing import Page


class Paths:
    """What a client can be asked. Keyword arguments are the parameters that docs/api.md and /docs describe."""

    events = Lists(Page[models.Event], "/events")
    actors = Lists(Page[models.Actor], "/actors")
    people = Lists(Page[models.Person], "/people")
    organisations = Lists(Page[models.Organisation], "/organisations")
    groups = Lists(Page[models.Group], "/groups")
    claims = Lists(Page[models.Claim], "/claims")
    sources = Lists(Page[models.Source], "/sources")
    places = Lists(Page[models.Place], "/places")
    relations = Lists(Page[models.Relation], "/relations")
    dossiers = Lists(Page[models.Dossier], "/dossiers")
    search = Lists(Page[models.SearchHit], "/search")

    event_claims = ListsOf(Page[models.Claim], "/events/{id}/claims")
    actor_events = ListsOf(Page[models.Event], "/actors/{id}/events")
    actor_claims = ListsOf(Page[models.Claim], "/actors/{id}/claims")
    actor_relations = ListsOf(Page[models.Relation], "/actors/{id}/relations")
    place_events = ListsOf(Page[models.Event], "/places/{id}/events")
    source_claims = ListsOf(Page[models.Claim], "/sources/{id}/claims")

    event = GetsOf(Envelope[models.Event], "/events/{id}")
    actor = GetsOf(Envelope[models.Actor], "/actors/{id}")
    person = GetsOf(Envelope[models.Person], "/people/{id}")
    organisation = GetsOf(Envelope[models.Organisation], "/organisations/{id}")
    group = GetsOf(Envelope[models.Group], "/groups/{id}")
    claim = GetsOf(Envelope[models.Claim], "/claims/{id}")
    source = GetsOf(Envelope[models.Source], "/sources/{id}")
    place = GetsOf(Envelope[models.Place], "/places/{id}")
    relation = GetsOf(Envelope[models.Relation], "/relations/{id}")
    dossier = GetsOf(Envelope[models.Dossier], "/dossiers/{id}")

    event_matrix = GetsOf(Envelope[models.Matrix], "/events/{id}/matrix")
    source_coverage = GetsOf(Envelope[models.Passages], "/sources/{id}/coverage")

    releases = Gets(Envelope[list[models.ReleaseDocument]], "/releases", pinned=False)
    release = GetsOf(Envelope[models.ReleaseDocument], "/releases/{id}", pinned=False)
    vocabularies = Gets(Envelope[list[models.VocabularySummary]], "/vocabularies", pinned=False)
    vocabulary = GetsOf(Envelope[models.Vocabulary], "/vocabularies/{id}", pinned=False)
