"""What a new town's pack begins with: one small folder, made from what its people answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from waypost.desk.begin_words import NEEDS, PLACES, README, ROUTES, SAMPLE
from waypost.exchange.identity import record_id, slug_for
from waypost.model.evidence import Problem, ProblemsFound, Struct
from waypost.model.pack import LocalMatter, Pack
from waypost.packs.read import read_yaml

NOT_KNOWN = "not known"
"""The answer of whoever looked and did not find; readers are told so."""

ADVOCATE: dict[str, dict[str, str]] = {
    "yes": {
        "en": "An advocate can make the report for you.",
        "es": "Una consejera puede denunciar por usted.",
    },
    "no": {"en": "You make the report yourself.", "es": "La denuncia la hace usted."},
}
"""Whether a report may come by way of an advocate, as a record says it."""


class Answer(Struct):
    """What somebody said of one local matter, and where it was seen: a page, its own date, or a call."""

    name: str
    phone: str | None = None
    website: str | None = None
    street: str | None = None
    advocate: str | None = None
    seen: str | None = None
    seen_date: str = "undated"


class Neighbor(Struct):
    """A town close by that the packs above do not know yet."""

    name: str
    latitude: float
    longitude: float
    zips: tuple[str, ...] = ()


class Answers(Struct):
    """All that ``waypost new`` asks; what is left out is told by ``waypost check``."""

    name: str
    latitude: float | None = None
    longitude: float | None = None
    zips: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    neighbors: dict[str, Neighbor] = {}
    local: dict[str, Answer | str] = {}


def read_answers(text: str, file: str) -> Answers:
    """The answers of a YAML file, read as strictly as a pack. Raises ProblemsFound."""
    tree, problems = read_yaml(text, file)
    if problems:
        raise ProblemsFound(problems)
    try:
        return msgspec.convert(tree.value, Answers, strict=False)
    except msgspec.ValidationError as error:
        raise ProblemsFound([_unfit(file, str(error))]) from None


def check_id(identity: str, parent: Pack) -> str:
    """The key of the town in a pack's id. Raises ProblemsFound for an id that does not go on from its parent."""
    above = parent.manifest.id
    if not re.fullmatch(re.escape(above) + r"-[a-z0-9]+(-[a-z0-9]+)*", identity):
        what = f'"{identity}" is not the id of a town below {above}'
        why = "The id names the folder and says what the town inherits."
        raise ProblemsFound(
            [Problem("the id", what, why, f"Write it like {above}-town: small letters, digits and -.")]
        )
    return identity.removeprefix(f"{above}-")


def begin(identity: str, parent: Pack, answers: Answers, today: date) -> dict[str, str]:
    """The files of the new pack by their paths in its folder. Raises ProblemsFound."""
    town = check_id(identity, parent)
    matters = parent.manifest.settings.local
    unknown = [key for key in answers.local if key not in matters]
    if unknown:
        raise ProblemsFound([_no_matter(key, matters) for key in unknown])
    files = {
        "pack.yaml": _manifest(identity, parent, answers),
        "places.yaml": _places(town, parent, answers),
        "needs.yaml": NEEDS,
        "routes.yaml": ROUTES,
        "README.md": README.format(name=answers.name, id=identity),
    }
    sources: dict[str, dict[str, str]] = {}
    taken = {o.slug for o in parent.organizations.values()}
    taken |= {service.slug for o in parent.organizations.values() for service in o.services}
    for key, answer in answers.local.items():
        if isinstance(answer, Answer):
            name = f"{town}-{key}"
            files[f"directory/org-{name}.yaml"] = _yaml(
                _record(name, town, matters[key], answer, sources, taken, today)
            )
    if sources:
        files["sources.yaml"] = _yaml(sources)
    example = SAMPLE.format(town=town)
    files["directory/README.md"] = example
    files["questions/README.md"] = _questions(parent)
    return files


def _manifest(identity: str, parent: Pack, answers: Answers) -> str:
    name = answers.name
    title = {language: _titled(name, parent, language) for language in parent.manifest.languages}
    head = {
        "id": identity,
        "inherits": parent.manifest.id,
        "title": title,
        "place": dict.fromkeys(parent.manifest.languages, name),
        "publishable": "false",
        "overrides": ["lexicon.first", "lexicon.doors"],
        "not_known": [key for key, answer in answers.local.items() if answer == NOT_KNOWN],
    }
    return (
        f"# The guide to help in {name}. publishable: false makes it a draft: `waypost check --pack {identity}`\n"
        "# says what is missing. not_known: what somebody looked for and did not find; readers are told so.\n"
        + _yaml(head)
    )


def _titled(name: str, parent: Pack, language: str) -> str:
    above = parent.manifest.title.get(language) or parent.manifest.title.get("en", "")
    return f"{name}, {above}" if above else name


def _places(town: str, parent: Pack, answers: Answers) -> str:
    held = parent.places.towns
    places: dict[str, Any] = {"home": town}
    state = next((t.state for t in held.values()), "")
    towns: dict[str, Any] = {}
    if town not in held and answers.latitude is not None and answers.longitude is not None:
        towns[town] = {
            "name": answers.name,
            "state": state or parent.manifest.id.rpartition("-")[2].upper(),
            "latitude": str(answers.latitude),
            "longitude": str(answers.longitude),
            "zips": list(answers.zips),
            "areas": list(answers.areas),
            "perhaps": list(answers.perhaps),
        }
    for key, near in answers.neighbors.items():
        if key not in held:
            towns[key] = {
                "name": near.name,
                "state": state or parent.manifest.id.rpartition("-")[2].upper(),
                "latitude": str(near.latitude),
                "longitude": str(near.longitude),
                "zips": list(near.zips),
            }
    if towns:
        places["towns"] = towns
    return PLACES + _yaml(places)


def _record(
    name: str,
    town: str,
    matter: LocalMatter,
    answer: Answer,
    sources: dict[str, dict[str, str]],
    taken: set[str],
    today: date,
) -> dict[str, Any]:
    """One organization with one service, as open about what is not known as the answer was."""
    cited = list(_cited(name, answer, sources, today))
    service: dict[str, Any] = {
        "key": f"svc-{name}",
        "slug": _slug("service", f"svc-{name}", taken),
        "name": matter.names.get("en", answer.name),
        "status": "active",
        "description": matter.describes.get("en", ""),
        "translations": {
            language: {"name": matter.names[language], "description": matter.describes[language]}
            for language in matter.names
            if language != "en" and language in matter.describes
        },
        "kinds": list(matter.kinds[:1]),
        "serves": [town],
    }
    if answer.phone:
        service["phones"] = [{"number": answer.phone, "purpose": matter.names}]
    if answer.advocate in ADVOCATE:
        service["application_process"] = ADVOCATE[answer.advocate]
    service["unverified"] = list(_open(answer))
    seen = {"state": "seen_on_page" if cited else "unverified", "looked_up": today.isoformat()}
    if re.fullmatch(r"\d{4}-\d\d-\d\d", answer.seen_date):
        seen["on"] = answer.seen_date
    service["verification"] = seen | {"method": "page_read", "by": "steward", "sources": cited}
    service |= {"sources": cited, "cycle": matter.cycle}
    if not cited:
        service["core_unverified"] = "true"
    record: dict[str, Any] = {
        "key": f"org-{name}",
        "slug": _slug("organization", f"org-{name}", taken),
        "name": answer.name,
        "inclusion": {
            "reason": matter.inclusion if cited else "not_confirmed",
            "on": today.isoformat(),
            "by": "steward",
            "sources": cited,
        },
        "services": [service],
    }
    return {**record, "website": answer.website} if answer.website else record


def _cited(name: str, answer: Answer, sources: dict[str, dict[str, str]], today: date) -> Iterator[str]:
    if answer.seen:
        sources[f"r-{name}"] = {
            "title": answer.name,
            "kind": "organization",
            "date": answer.seen_date,
            "seen_on": today.isoformat(),
            "read": "excerpt",
            "url": answer.seen,
        }
        yield f"r-{name}"


def _open(answer: Answer) -> Iterator[dict[str, str]]:
    if not answer.phone:
        yield {"en": "a phone number", "es": "un número de teléfono"}
    if answer.advocate == NOT_KNOWN:
        yield {
            "en": "whether an advocate can make the report",
            "es": "si una consejera puede hacer la denuncia",
        }
    yield {"en": "the hours and the cost", "es": "el horario y el costo"}


def _slug(object_: str, key: str, taken: set[str]) -> str:
    slug = slug_for(object_, record_id("pack", object_, key), taken)
    taken.add(slug)
    return slug


def _questions(parent: Pack) -> str:
    wanted = "\n".join(f"- {key}" for key in parent.manifest.settings.town_questions)
    return (
        "# Answers that only this town can write\n\nEverything else is inherited. Each is two files, "
        "`KEY.en.md` and `KEY.es.md`\n(docs/pack-format.md). Until one is there, inherited answers lead to the "
        f"list of help\nin its place.\n\n{wanted}\n"
    )


def _yaml(value: Any) -> str:
    """YAML with every text in quotes: what is written is what is read."""
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    margin = "  " * depth
    for key, part in value.items():
        if isinstance(part, dict) and part:
            yield f"{margin}{key}:"
            yield from _lines(part, depth + 1)
        else:
            yield f"{margin}{key}: {json.dumps(part, ensure_ascii=False)}"


def _unfit(file: str, detail: str) -> Problem:
    return Problem(
        where=file,
        what=detail,
        why="The program will not guess what was meant.",
        do="docs/new-town.md shows a file of answers.",
    )


def _no_matter(key: str, matters: Mapping[str, LocalMatter]) -> Problem:
    return Problem(
        where=f"local > {key}",
        what="no town is asked this",
        why="The answer would reach nobody.",
        do=f"Use one of these: {', '.join(matters) or 'none; the parent asks nothing'}.",
    )
