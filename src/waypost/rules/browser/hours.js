// Open at this moment? The twin of rules/hours.py: all comparing is done on the wall clock of the place.
"use strict";
(function (Waypost) {
  const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const MINUTES = 1440, LOOK_AHEAD = 14;
  const two = (number) => String(number).padStart(2, "0");

  // A date without a zone: days since 1970, with the fields that the rules ask for.
  function dayOf(number) {
    const date = new Date(number * 86400000);
    const month = date.getUTCMonth() + 1, day = date.getUTCDate();
    return { number, month, day, weekday: (date.getUTCDay() + 6) % 7, iso: date.getUTCFullYear() + "-" + two(month) + "-" + two(day) };
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

  function openAt(hours, at) {
    if (!hours) return "unknown";
    const { day, minute } = wallClock(at, zoneOf(hours));
    for (const [on, shift] of [[day, 0], [day - 1, MINUTES]]) {
      const spans = spansOn(hours, dayOf(on));
      if (spans && spans.some(([opens, closes]) => opens <= minute + shift && minute + shift < closes)) return "open";
    }
    return spansOn(hours, dayOf(day)) === null ? "unknown" : "closed";
  }

  function opensNext(hours, at) {
    if (!hours || openAt(hours, at) !== "closed") return null;
    const { day, minute } = wallClock(at, zoneOf(hours));
    for (let ahead = 0; ahead <= LOOK_AHEAD; ahead++) {
      const on = dayOf(day + ahead);
      const starts = (spansOn(hours, on) || []).map(([opens]) => opens).filter((opens) => ahead > 0 || opens > minute);
      if (starts.length) {
        const first = Math.min(...starts);
        return on.iso + "T" + two(Math.floor(first / 60)) + ":" + two(first % 60);
      }
    }
    return null;
  }

  function spansOn(hours, day) {
    const exceptions = (hours.exceptions || []).filter((e) => e.on === day.iso);
    if (exceptions.length) {
      if (exceptions.some((e) => e.closed)) return [];
      const spans = exceptions.filter((e) => e.opens && e.closes).map((e) => span(e.opens, e.closes));
      return spans.length ? spans : null;
    }
    if (hours.season && !inSeason(hours.season, day)) return [];
    if (hours.closed_on_holidays && isHoliday(day)) return [];
    if (hours.always) return [[0, MINUTES]];
    if (!hours.spans || !hours.spans.length) return null;
    return hours.spans.filter((s) => s.days.includes(DAYS[day.weekday])).map((s) => span(s.opens, s.closes));
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

  function isHoliday(day) {
    if (isNamedHoliday(day)) return true;
    if (day.weekday === 4) return isFixedHoliday(dayOf(day.number + 1));
    return day.weekday === 0 && isFixedHoliday(dayOf(day.number - 1));
  }

  const isFixedHoliday = ({ month, day }) => ["1-1", "6-19", "7-4", "11-11", "12-25"].includes(month + "-" + day);

  function isNamedHoliday(day) {
    if (isFixedHoliday(day)) return true;
    if (day.month === 5 && day.weekday === 0) return day.day > 24;
    const week = Math.floor((day.day - 1) / 7) + 1;
    return ["1-0-3", "2-0-3", "9-0-1", "10-0-2", "11-3-4"].includes([day.month, day.weekday, week].join("-"));
  }

  const localDate = (at, timezone) => dayOf(wallClock(at, timezone).day).iso;
  Object.assign(Waypost, { openAt, opensNext, isHoliday, dayOf, localDate });
})((globalThis.Waypost = globalThis.Waypost || {}));
