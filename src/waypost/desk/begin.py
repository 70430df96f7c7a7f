"""What a new town's pack begins with: one small folder, made from what its people answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from waypost.desk.begin_answers import NOT_KNOWN, Answer, Answers, day_in, doubts, state_of
from waypost.desk.begin_words import MANIFEST, NEEDS, PLACES, QUESTIONS, README, ROUTES, SAMPLE
from waypost.exchange.identity import record_id, slug_for
from waypost.model.evidence import Problem, ProblemsFound, Text
from waypost.model.pack import LocalMatter, Pack


def check_id(identity: str, parent: Pack) -> str:
    """The key of the town in a pack's id. Raises ProblemsFound for an id that does not go on from its parent."""
    above = parent.manifest.id
    why = "The id names the folder and says what the town inherits."
    do = f"Write it like {above}-town: small letters, digits and -."
    if not re.fullmatch(re.escape(above) + r"-[a-z0-9]+(-[a-z0-9]+)*", identity):
        what = f'"{identity}" is not the id of a town below {above}'
        raise ProblemsFound([Problem("the id", what, why, do)])
    if parent.places.home is not None:
        what = f"{above} is a town itself, and a town is not inherited from"
        raise ProblemsFound([Problem("the id", what, why, "Begin below its state.")])
    return identity.removeprefix(f"{above}-")


def begin(identity: str, parent: Pack, answers: Answers, today: date) -> dict[str, str]:
    """The files of the new pack by their paths in its folder. Raises ProblemsFound."""
    town = check_id(identity, parent)
    if found := doubts(answers, town, parent, today):
        raise ProblemsFound(found)
    files = {
        "pack.yaml": MANIFEST.format(name=answers.name, id=identity)
        + _yaml(_manifest(identity, parent, answers)),
        "places.yaml": PLACES + _yaml(_places(town, parent, answers)),
        "needs.yaml": NEEDS,
        "routes.yaml": ROUTES,
        "README.md": README.format(name=answers.name, id=identity),
        "directory/README.md": SAMPLE.format(town=town),
        "questions/README.md": QUESTIONS
        + "".join(f"- {key}\n" for key in parent.manifest.settings.town_questions),
    }
    sources: dict[str, dict[str, str]] = {}
    taken = {o.slug for o in parent.organizations.values()}
    taken |= {service.slug for o in parent.organizations.values() for service in o.services}
    for key, answer in answers.local.items():
        if isinstance(answer, Answer):
            record = _record(f"{town}-{key}", town, parent, key, answer, taken, today)
            files[f"directory/org-{town}-{key}.yaml"] = _yaml(record)
            sources |= _cited(f"{town}-{key}", answer, today)
    return {**files, "sources.yaml": _yaml(sources)} if sources else files


def _manifest(identity: str, parent: Pack, answers: Answers) -> dict[str, Any]:
    languages = parent.manifest.languages
    head = {
        "id": identity,
        "inherits": parent.manifest.id,
        "title": {language: _titled(answers.name, parent, language) for language in languages},
        "place": dict.fromkeys(languages, answers.name),
        "publishable": "false",
        "overrides": ["lexicon.first", "lexicon.doors"],
    }
    not_known = [key for key, answer in answers.local.items() if answer == NOT_KNOWN]
    return {**head, "not_known": not_known} if not_known else head


def _titled(name: str, parent: Pack, language: str) -> str:
    above = parent.manifest.title.get(language) or parent.manifest.title.get("en", "")
    return f"{name}, {above}" if above else name


def _places(town: str, parent: Pack, answers: Answers) -> dict[str, Any]:
    state = state_of(answers, parent)
    towns: dict[str, Any] = {}
    if answers.latitude is not None and answers.longitude is not None:
        towns[town] = _town(answers.name, state, answers.latitude, answers.longitude, answers.zips)
        towns[town] |= {"areas": list(answers.areas)} if answers.areas else {}
        towns[town] |= {"perhaps": list(answers.perhaps)} if answers.perhaps else {}
    for key, near in answers.neighbors.items():
        towns[key] = _town(near.name, state, near.latitude, near.longitude, near.zips)
    return {"home": town, "towns": towns} if towns else {"home": town}


def _town(name: str, state: str, latitude: float, longitude: float, zips: tuple[str, ...]) -> dict[str, Any]:
    point = {"name": name, "state": state, "latitude": latitude, "longitude": longitude}
    return {**point, "zips": list(zips)} if zips else point


def _record(
    name: str, town: str, parent: Pack, key: str, answer: Answer, taken: set[str], today: date
) -> dict[str, Any]:
    """One organization with one service, as open about what is not known as the answer was."""
    matter = parent.manifest.settings.local[key]
    sources = list(_cited(name, answer, today))
    record: dict[str, Any] = {
        "key": f"org-{name}",
        "slug": _slug("organization", f"org-{name}", taken),
        "name": answer.name,
        "inclusion": {
            "reason": matter.inclusion if sources else "not_confirmed",
            "on": today.isoformat(),
            "by": "steward",
            "sources": sources,
        },
        "services": [_service(name, town, matter, answer, parent, taken, today)],
    }
    return {**record, "website": answer.website} if answer.website else record


def _service(
    name: str, town: str, matter: LocalMatter, answer: Answer, parent: Pack, taken: set[str], today: date
) -> dict[str, Any]:
    sources = list(_cited(name, answer, today))
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
    if told := _told(matter, answer):
        service["application_process"] = told
    service["unverified"] = list(_open(matter, answer, parent.manifest.settings.local_open))
    service |= {"verification": _seen(answer, sources, today), "sources": sources, "cycle": matter.cycle}
    return service if sources or answer.called else {**service, "core_unverified": "true"}


def _told(matter: LocalMatter, answer: Answer) -> Text:
    """What the answers beside the matter make the record say, in each language."""
    said = [
        detail.yes if answer.details[key] == "yes" else detail.no
        for key, detail in matter.details.items()
        if answer.details.get(key) in ("yes", "no")
    ]
    return {language: " ".join(text[language] for text in said) for language in (said[0] if said else ())}


def _open(matter: LocalMatter, answer: Answer, words: dict[str, Text]) -> Iterator[Text]:
    if not answer.phone and "phone" in words:
        yield words["phone"]
    yield from (
        detail.open for key, detail in matter.details.items() if answer.details.get(key) not in ("yes", "no")
    )
    if "always" in words:
        yield words["always"]


def _seen(answer: Answer, sources: list[str], today: date) -> dict[str, Any]:
    """How it is known: told in a call, read on a page, or only said."""
    if answer.called:
        day = answer.called.isoformat()
        return {"state": "confirmed", "on": day, "looked_up": day, "method": "call", "by": "steward"}
    seen = {"looked_up": today.isoformat(), "by": "steward", "sources": sources}
    if not sources:
        return {"state": "unverified", **seen}
    on = day_in(answer.seen_date)
    return {"state": "seen_on_page", "method": "page_read", **({"on": on.isoformat()} if on else {}), **seen}


def _cited(name: str, answer: Answer, today: date) -> dict[str, dict[str, str]]:
    if not answer.seen:
        return {}
    return {
        f"r-{name}": {
            "title": answer.name,
            "kind": "organization",
            "date": answer.seen_date,
            "seen_on": today.isoformat(),
            "read": "excerpt",
            "url": answer.seen,
        }
    }


def _slug(object_: str, key: str, taken: set[str]) -> str:
    slug = slug_for(object_, record_id("pack", object_, key), taken)
    taken.add(slug)
    return slug


class _Plain(yaml.SafeDumper):
    """Writes nothing by reference: a pack is read by people, and aliases in it are refused."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never, even for what stands twice."""
        return True


def _yaml(value: Any) -> str:
    written = yaml.dump(value, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
    return str(written)
