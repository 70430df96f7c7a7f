"""What find can find, as plain documents: services, questions, sections of law."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from waypost.model.directory import Directory, Listing
from waypost.model.evidence import Text
from waypost.model.guide import Question
from waypost.model.pack import Pack
from waypost.rules.need_words import fold, stem
from waypost.search import Document


def documents_of(pack: Pack, directory: Directory) -> Iterator[Document]:
    """Every document of a guide."""
    for listing in directory.listings:
        yield service_document(listing)
    for key, texts in pack.questions.items():
        yield _question(key, tuple(texts[language] for language in sorted(texts)))
    for key, section in pack.law.sections.items():
        yield Document(
            key=key,
            kind="law",
            fields={
                "name": (section.citation, *section.heading.values()),
                "also": section.also,
                "body": tuple(section.paraphrase.values()),
            },
            needs=("law_selling_sex",) if section.who else (),
        )


def tokenizer(ignored: Collection[str]) -> Callable[[str], list[str]]:
    """Folds a text of any length, sentence by sentence, into stems without the words that say nothing.

    A text that has no other words keeps them: "who made this" is found by all it has.
    """

    known = lru_cache(maxsize=100_000)(stem)

    def tokens(text: str) -> list[str]:
        folded = [token for part in text.split(".") for token in fold(part)]
        return [known(token) for token in folded if token not in ignored] or [
            known(token) for token in folded
        ]

    return tokens


def names_of(pack: Pack, directory: Directory) -> list[str]:
    """Names whose words count as spelled right: services, organizations, towns."""
    names = [town.name for town in pack.places.towns.values()]
    for listing in directory.listings:
        names += [*_names(listing), *_organization_names(listing)]
    return sorted(set(names))


def _names(listing: Listing) -> list[str]:
    service = listing.service
    translated = [words.get("name", "") for words in service.translations.values()]
    return [name for name in (service.name, service.alternate_name or "", *translated) if name]


def _organization_names(listing: Listing) -> list[str]:
    organization = listing.organization
    return [organization.name, *filter(None, [organization.alternate_name]), *organization.former_names]


def service_document(listing: Listing) -> Document:
    """What of a service is searched."""
    service = listing.service
    translated = [words.get("description", "") for words in service.translations.values()]
    texts: tuple[Text, ...] = (service.eligibility_description, service.application_process)
    body = [service.description, *translated, *(t for text in texts for t in text.values())]
    return Document(
        key=service.key,
        kind="service",
        fields={
            "name": tuple(_names(listing)),
            "also": tuple(_organization_names(listing)),
            "body": tuple(body),
        },
        kinds=service.kinds,
    )


def _question(key: str, texts: tuple[Question, ...]) -> Document:
    return Document(
        key=key,
        kind="question",
        fields={
            "name": tuple(t.title for t in texts),
            "ask": tuple(line for t in texts for line in t.ask),
            "body": tuple(t.summary for t in texts),
        },
        needs=tuple(dict.fromkeys(need for t in texts for need in t.needs)),
    )
