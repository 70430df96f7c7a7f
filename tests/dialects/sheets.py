"""Made-up spreadsheets with the dirt of real ones: titles above, merged cells, headings between, numbers for phones."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

HEAD = (
    "Agency", "Program", "Phone 1", "Toll free", "Hours", "Address", "City", "Zip", "Website", "Email", "Eligibility",
    "Fees", "Languages", "Wheelchair?", "Confidential", "Status", "Last updated", "Staff notes",
)  # fmt: skip
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Hill House", "Soup Table", 2035550101, "1-800-555-0102", "M-F 9-5; Sat by appt", "1 Hill Road", "Milltown",
     6776, "hill.example.org", "soup@example.org", "Anyone\nwho is hungry", "Free", "Eng/Span", "Y", "", "open", 45231,
     "key in pot"),
    (None, "Coat Closet", "203-555-0103 x4; fax 203-555-0104", None, "Tues & Thurs 1 pm - 4 pm", "1 Hill Road", "Milltown",
     6776, "n/a", "not an address", None, None, None, "N", "", "open", "4/5/2026", None),
    (),
    ("SHELTER",),
    ("River Hall", "Night Beds", "call the desk", None, "24/7", "9 Secret Lane", "Milltown", 6776, None, None,
     "Adults", None, "English", None, "Yes", "open", "sometime", None),
    ("River Hall", "Day Room", "555-0105", None, "Mon-Fri 8:30-4:30, closed holidays", "2 River Street, Milltown, CT 06776",
     None, None, "www.river.example.org", "day@example.org", None, None, "Espa\xf1ol", "ramp at side door", "no", "closed",
     date(2026, 3, 1), None),
    HEAD,
    ("Mill Center", None, "203-555-0106", *[None] * 15),
    ("Total: 5 programs",),
)  # fmt: skip
TITLES = (("Helping Hands of Milltown",), ("Printed for the front desk",), ())
SECRETS = ("9 Secret Lane", "key in pot")


def xlsx() -> bytes:
    """The list as a spreadsheet: titles above, agencies merged over their programs, a second sheet, a hidden one."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "m/d/yyyy"})
    page = book.add_worksheet("List 2026")
    page.merge_range(0, 0, 0, 5, TITLES[0][0])
    page.write(1, 0, TITLES[1][0])
    page.write_row(3, 0, HEAD)
    for number, row in enumerate(ROWS, 4):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, place, value, day)
            elif value is not None:
                page.write(number, place, value)
    page.merge_range(4, 0, 5, 0, "Hill House")
    other = book.add_worksheet("Branches")
    other.write_row(0, 0, ("Library", "Tel\xe9fono", "Lunes", "Martes", "Direcci\xf3n", "Ciudad", "Xyz"))
    other.write_row(1, 0, ("Oak Branch", "203-555-0107", "10-6", "closed", "3 Oak Street", "Milltown", "q"))
    other.write_row(2, 0, ("Elm Branch", "203-555-0108", "9am-noon", "1-5", "4 Elm Street", "Milltown", "r"))
    hidden = book.add_worksheet("Old")
    hidden.write_row(0, 0, ("Agency", "Program"))
    hidden.write_row(1, 0, ("Gone", "Gone"))
    hidden.hide()
    book.close()
    return out.getvalue()


MAPPING = """
mapping: "1"
about: Helping Hands
sheets:
  - sheet: List 2026
    header_row: 4
    columns:
      Agency: {to: organization.name}
      Program: {to: service.name}
      Phone 1: {to: phone}
      Toll free: {to: phone, label: Toll free}
      Hours: {to: schedule, split: hours}
      Address: {to: address.address_1}
      City: {to: address.city}
      Zip: {to: address.postal_code}
      Website: {to: service.url}
      Email: {to: service.email}
      Eligibility: {to: service.eligibility_description}
      Fees: {to: service.fees_description}
      Languages: {to: language, split: languages}
      Wheelchair?: {to: accessibility, says: Wheelchair accessible}
      Confidential: {marks: confidential}
      Status: {marks: inactive, when: [closed]}
      Last updated: {to: service.last_modified}
      Staff notes: {ignore: It is for staff}
    fixed: {address.state_province: CT}
  - sheet: Branches
    columns:
      Library: {to: [organization.name, service.name]}
      Tel\xe9fono: {to: phone}
      Lunes: {to: schedule, split: hours, day: Monday}
      Martes: {to: schedule, split: hours, day: Tuesday}
      Direcci\xf3n: {to: address.address_1}
      Ciudad: {to: address.city}
    fixed: {address.state_province: CT}
    identify: {service: [Library]}
  - sheet: Old
    ignore: It is of another year
"""
