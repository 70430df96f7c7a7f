"""The texts for the steward that a new town's folder begins with."""

from __future__ import annotations

README = """# {name}

This folder is the guide for {name}. The law, the national and state lines, the answers and the words of the
screens come from the packs above it (`inherits:` in pack.yaml). Here stands only what {name} alone knows.

1. See what is missing: `waypost check --pack {id}`. Each line says what to do.
2. Write down only what you have seen on a page or heard in a call, with the page and its date (sources.yaml).
   What you do not know, leave open. "Not known" is an honest answer and readers are told so.
3. Call each number once before anybody else does.
4. Look at it on your own machine: `waypost serve --draft --pack {id}`.
5. When nothing is missing, set `publishable: true` in pack.yaml.

A number of a shelter that hides people, or a name of a person, never belongs in this folder.
"""

MANIFEST = """# The guide to help in {name}. publishable: false makes it a draft: `waypost check --pack {id}`
# says what is missing. not_known: what somebody looked for and did not find; readers are told so.
"""

QUESTIONS = """# Answers that only this town can write

Everything else is inherited. Each is two files, `KEY.en.md` and `KEY.es.md` (docs/pack-format.md). Until one is
there, inherited answers lead to the list of help in its place, or to what the state says in general.

"""

PLACES = """# home is the town that this guide is for. Towns that the packs above know are not written again.
# areas: where the town surely lies. perhaps: where nobody has confirmed that it lies; readers are told to ask.
"""

NEEDS = """# Which services come first here for a need, best first. What is not named is inherited, or found by its kinds.
first: {}
# first:
#   food: [svc-town-food, svc-211]
"""

ROUTES = """# "Where do I turn", only what differs here. What is not written is inherited.
{}
# no-place-tonight:
#   order: 110
#   urgent: true
#   when: {en: "I have no place to sleep tonight", es: "No tengo dónde dormir esta noche"}
#   first: [svc-211-housing]
#   say: {en: "Say that you have no place tonight.", es: "Diga que no tiene lugar esta noche."}
"""

SAMPLE = """# One file for each organization of this town

A file `org-{town}-pantry.yaml` looks like this. Keys begin with the town's name, so that no other town has the
same. The slug is six letters that say nothing.

```yaml
key: org-{town}-pantry
slug: abc234
name: The name on its own page
inclusion: {{reason: not_confirmed, on: 2026-01-31, by: steward, sources: [r-{town}-pantry]}}
services:
  - key: svc-{town}-pantry
    slug: abc235
    name: Food pantry
    status: active
    description: Food for people of the town.
    translations:
      es: {{name: Despensa de comida, description: Comida para la gente del pueblo.}}
    kinds: [food]
    serves: [{town}]
    verification: {{state: seen_on_page, on: 2026-01-15, looked_up: 2026-01-31, method: page_read, by: steward,
      sources: [r-{town}-pantry]}}
    sources: [r-{town}-pantry]
    cycle: service
```
"""
