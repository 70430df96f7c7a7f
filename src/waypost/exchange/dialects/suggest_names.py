"""What columns of real lists are called, in English and Spanish, and what each becomes."""

from __future__ import annotations

from waypost.model.evidence import Struct


class Known(Struct):
    """A kind of column: the names that tell it, and what is written into a mapping for it."""

    names: tuple[str, ...]
    to: str = ""
    more: tuple[tuple[str, str], ...] = ()
    looks: str = ""
    """What its values look like, if that can be seen: see ``suggest``."""


STAFF = "It may be for staff only: look, and map it if readers may see it."
KNOWN: tuple[Known, ...] = (
    Known(
        (
            r"(internal|staff|admin|private|office).*(note|comment|use|only)?",
            r"(notes?|comments?|remarks|updated by|entered by"
            r"|editor|notas|observaciones|uso interno|comentarios)",
        ),
        more=(("ignore", STAFF),),
    ),
    Known(
        (r"confidential address\??|address confidential\??|hide address\??",),
        more=(("marks", "confidential-address"),),
    ),
    Known(
        (r"confidential\??|private\??|do not publish|not public|confidencial",),
        more=(("marks", "confidential"),),
    ),
    Known(
        (r"(status|active\??|open\??|current\??|estado|estatus|activo\??)",),
        more=(
            ("marks", "inactive"),
            ("when", "[no, n, inactive, closed, cerrado, inactivo, defunct, false]"),
        ),
    ),
    Known(
        (
            r"(organi[sz]ation|agency|company|provider|org|agencia|organizaci[o\xf3]n|entidad)( name)?|nombre de la "
            r"(agencia|organizaci[o\xf3]n)",
        ),
        "organization.name",
        looks="words",
    ),
    Known(
        (
            r"(program|service|resource|programa|servicio|recurso)( ?/ ?(program|service))?( name)?|name|title|nombre( del "
            r"(programa|servicio))?|library|branch( name)?|pantry|site name",
        ),
        "service.name",
        looks="words",
    ),
    Known((r".*(tty|tdd).*",), "phone", (("kind", "textphone"),), "phone"),
    Known((r".*fax.*",), "phone", (("kind", "fax"),), "phone"),
    Known(
        (r"toll.?free.*|(llamada )?gratis|800.*|l[i\xed]nea gratuita",),
        "phone",
        (("label", "Toll free"),),
        "phone",
    ),
    Known(
        (r".*(hotline|crisis|24 ?h(ou)?r?).*(phone|line|number)?",), "phone", (("label", "Hotline"),), "phone"
    ),
    Known((r".*(cell|mobile|celular).*",), "phone", (("kind", "cell"),), "phone"),
    Known(
        (
            r".*(phone|telephone|tel[e\xe9]fono|number to call).*|tel\.?|contact (number|no\.?)|main (number|line)",
        ),
        "phone",
        looks="phone",
    ),
    Known((r".*(e-?mail|correo).*",), "service.email", looks="mail"),
    Known((r".*(website|web ?site|url|web|link|p[a\xe1]gina|sitio).*|internet",), "service.url", looks="web"),
    Known((r"(mailing|postal) address.*|p\.?o\.? box",), "postal_address.address_1"),
    Known(
        (
            r"(street |site |physical |location )?address( ?\(?(line )?1\)?)?|street",
            r"direcci[o\xf3]n|domicilio|calle|location",
        ),
        "address.address_1",
    ),
    Known((r"address( line)? ?2|suite|apt|unit",), "address.address_2"),
    Known((r"city|town|municipality|ciudad|pueblo|municipio",), "address.city"),
    Known((r"state|province|st",), "address.state_province"),
    Known((r"county|condado|region",), "address.region"),
    Known((r"zip( ?code)?|postal( ?code)?|c[o\xf3]digo postal",), "address.postal_code", looks="zip"),
    Known((r"country|pa[i\xed]s",), "address.country"),
    Known((r"lat(itude)?|latitud",), "location.latitude", looks="number"),
    Known((r"(lon|lng|long)(gitude)?|longitud",), "location.longitude", looks="number"),
    Known(
        (r".*(hours|horario|horas|when open|schedule|times?)( .*)?",),
        "schedule",
        (("split", "hours"),),
        "hours",
    ),
    Known((r"(days?( of (operation|service|week))?|d[i\xed]as)( open)?",), "schedule.byday"),
    Known((r"opens?( at)?|opening time|abre",), "schedule.opens_at"),
    Known((r"closes?( at)?|closing time|cierra",), "schedule.closes_at"),
    Known((r"(languages?|idiomas?|lenguas?)( .*)?",), "language", (("split", "languages"),), "list"),
    Known(
        (
            r"(eligib.*|who (is|can|may).*|requirements|elegibilidad|requisitos|target (population|group)|population.*|"
            r"serves|who we serve|age(s| group)?|qui[e\xe9]n.*)",
        ),
        "service.eligibility_description",
    ),
    Known(
        (r"(fees?|costs?|price|charge|payment|costo|precio|tarifas?|cuota)( .*)?",),
        "service.fees_description",
    ),
    Known(
        (
            r"(how to (apply|access|get)|application|intake|referral|admission|c[o\xf3]mo|walk-?ins?|appointment).*",
        ),
        "service.application_process",
    ),
    Known(
        (
            r"(service |program )?(description|summary|about|details|what (it|they).*|"
            r"services( offered| provided)?|descripci[o\xf3]n|"
            r"servicios( que ofrece)?)",
        ),
        "service.description",
    ),
    Known(
        (r"(documents?|what to bring|id required|documentos?).*",), "required_document", (("split", "list"),)
    ),
    Known(
        (r"(area|service area|coverage|towns|geographic|counties|[a\xe1]rea|zona|cobertura).*",),
        "service_area",
        (("split", "list"),),
    ),
    Known(
        (
            r"(category|categories|type|kind|keywords?|tags?|topic|taxonomy|categor[i\xed]a|tipo|palabras clave).*",
        ),
        "keyword",
        (("split", "list"),),
    ),
    Known(
        (r".*(accessib|wheelchair|ada|handicap|accesib).*",),
        "accessibility",
        (("says", "Wheelchair accessible"),),
    ),
    Known((r"(contact( (person|name))?|director|coordinator|contacto|persona.*)",), "contact.name"),
    Known((r"(contact )?title|position|cargo",), "contact.title"),
    Known((r"(alternate|other|aka|also known).*|otro nombre",), "service.alternate_name"),
    Known((r"(transportation|bus|directions|parking|transporte).*",), "location.transportation"),
    Known(
        (r".*(verified|verif|last (checked|confirmed)|reviewed|verificado).*",),
        "service.assured_date",
        looks="date",
    ),
    Known((r".*(updat|modified|as of|actualiza|modificad).*",), "service.last_modified", looks="date"),
)
DAYS = {
    "monday": "Monday", "tuesday": "Tuesday", "wednesday": "Wednesday", "thursday": "Thursday", "friday": "Friday",
    "saturday": "Saturday", "sunday": "Sunday", "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday",
    "thu": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday", "lunes": "Monday",
    "martes": "Tuesday", "mi\xe9rcoles": "Wednesday", "miercoles": "Wednesday", "jueves": "Thursday", "viernes": "Friday",
    "s\xe1bado": "Saturday", "sabado": "Saturday", "domingo": "Sunday",
}  # fmt: skip
ID = r"(record |program |service |resource |site )?(id|#|no\.?|number|key|code)( ?number)?"
