// Open at this moment? The twin of rules/hours.py: all comparing is done on the wall clock of the place.
"use strict";
(function (Waypost) {
  const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const MINUTES = 1440, LOOK_AHEAD = 42;
  const two = (number) => String(number).padStart(2, "0");

  // A date without a zone: days since 1970, with the fields that the rules ask for.
  function dayOf(number) {
    const date = new Date(number * 86400000);
    const month = date.getUTCMonth() + 1, day = date.getUTCDate();
    const year = date.getUTCFullYear();
    return { number, year, month, day, weekday: (date.getUTCDay() + 6) % 7, iso: year + "-" + two(month) + "-" + two(day) };
  }

  const clocks = {};
  function wallClock(at, timezone) {
    clocks[timezone] = clocks[timezone] || new Intl.DateTimeFormat("en-US", { timeZone: timezone, hourCycle: "h23",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
    const parts = {};
    for (const part of clocks[timezone].formatToParts(at)) parts[part.type] = Number(part.value);
    return { day: Math.floor(Date.UTC(parts.year, parts.month - 1, parts.day) / 86400000), minute: (parts.hour % 24) * 60 + parts.minute };
  }

  const zoneOf = (hours) => hours.timezone || "America/New_York";

  // holidays: the days, as texts, on which a public holiday is kept.
  function openAt(hours, at, holidays) {
    if (!hours) return "unknown";
    const { day, minute } = wallClock(at, zoneOf(hours));
    const states = [];
    for (const [number, shift] of [[day, 0], [day - 1, MINUTES]]) {
      const on = dayOf(number), spans = spansOn(hours, on, holidays);
      if (spans && spans.some(([opens, closes]) => opens <= minute + shift && minute + shift < closes))
        states.push(unsure(hours, on, holidays) ? "unknown" : "open");
    }
    if (states.length) return states.includes("open") ? "open" : "unknown";
    return spansOn(hours, dayOf(day), holidays) === null ? "unknown" : "closed";
  }

  function opensNext(hours, at, holidays) {
    if (!hours || openAt(hours, at, holidays) !== "closed") return null;
    const { day, minute } = wallClock(at, zoneOf(hours));
    for (let ahead = 0; ahead <= LOOK_AHEAD; ahead++) {
      const on = dayOf(day + ahead);
      if (unsure(hours, on, holidays)) continue;
      const starts = (spansOn(hours, on, holidays) || []).map(([opens]) => opens).filter((opens) => ahead > 0 || opens > minute);
      if (starts.length) {
        const first = Math.min(...starts);
        return on.iso + "T" + two(Math.floor(first / 60)) + ":" + two(first % 60);
      }
    }
    return null;
  }

  const isHoliday = (day, holidays) => (holidays || []).includes(day.iso);

  function unsure(hours, day, holidays) {
    const said = hours.closed_on_holidays != null || (hours.exceptions || []).some((e) => e.on === day.iso);
    return !!(hours.spans || []).length && !said && !hours.always && isHoliday(day, holidays);
  }

  const unsureAt = (hours, at, holidays) => !!hours && unsure(hours, dayOf(wallClock(at, zoneOf(hours)).day), holidays);

  function spansOn(hours, day, holidays) {
    const exceptions = (hours.exceptions || []).filter((e) => e.on === day.iso);
    if (exceptions.length) {
      if (exceptions.some((e) => e.closed)) return [];
      const spans = exceptions.filter((e) => e.opens && e.closes).map((e) => span(e.opens, e.closes));
      return spans.length ? spans : null;
    }
    if (hours.season && !inSeason(hours.season, day)) return [];
    if (hours.closed_on_holidays && isHoliday(day, holidays)) return [];
    if (hours.always) return [[0, MINUTES]];
    if ((hours.spans || []).every((s) => s.valid_to && s.valid_to < day.iso)) return null;
    return hours.spans.filter((s) => fallsOn(s, day)).map((s) => span(s.opens, s.closes));
  }

  function span(opens, closes) {
    const start = minuteOf(opens), end = minuteOf(closes);
    return [start, end > start ? end : end + MINUTES];
  }

  function minuteOf(clock) {
    const [hour, minute] = clock.split(":");
    return Number(hour) * 60 + Number(minute || 0);
  }

  function inSeason([start, end], day) {
    const here = two(day.month) + "-" + two(day.day);
    return start <= end ? start <= here && here <= end : here >= start || here <= end;
  }

  function fallsOn(span, day) {
    if ((span.valid_from && day.iso < span.valid_from) || (span.valid_to && day.iso > span.valid_to)) return false;
    if (span.since && day.iso < span.since) return false;
    const weeks = span.weeks || [], dates = span.monthdays || [], monthly = weeks.length || dates.length;
    if (span.days.length && !span.days.includes(DAYS[day.weekday])) return false;
    if (monthly) {
      const last = new Date(Date.UTC(day.year, day.month, 0)).getUTCDate();
      const nth = [Math.floor((day.day - 1) / 7) + 1, -(Math.floor((last - day.day) / 7) + 1)];
      if (weeks.length && !nth.some((n) => weeks.includes(n))) return false;
      if (dates.length && !dates.includes(day.day) && !dates.includes(day.day - last - 1)) return false;
    }
    if (!(span.every > 1) || !span.since) return true;
    const since = dayOf(Math.floor(Date.parse(span.since) / 86400000));
    if (monthly) return ((day.year - since.year) * 12 + day.month - since.month) % span.every === 0;
    const begins = DAYS.indexOf(span.week_starts || "mon");
    return (weekOf(day, begins) - weekOf(since, begins)) % span.every === 0;
  }

  // The number of the week that a day lies in: 1970 began on a Thursday.
  const weekOf = (day, begins) => Math.floor((day.number + 3 - begins) / 7);

  const localDate = (at, timezone) => dayOf(wallClock(at, timezone).day).iso;
  Object.assign(Waypost, { openAt, opensNext, unsureAt, dayOf, localDate, wallClock });
})((globalThis.Waypost = globalThis.Waypost || {}));
