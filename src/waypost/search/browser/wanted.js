// Narrowing results: yes, no, or the record does not say. The twin of desk/find_wanted.py.
"use strict";
(function (Waypost) {
  const DAY_MINUTES = 1440;
  const yes = (value) => (value ? "yes" : "no");
  const field = (name) => name.split(":")[0];

  function namesWanted(wanted) {
    const plain = ["open", "free", "walk_in", "no_id", "confidential"].filter((name) => wanted[name]);
    const valued = ["within", "language", "whom"].filter((name) => wanted[name]).map((name) => name + ":" + wanted[name]);
    return [...plain, ...valued];
  }

  // fit: whether the service takes a person of some age and groups, as find.js says it.
  function stateOf(one, name, lexicon, fit) {
    const { listing } = one, value = name.split(":")[1];
    switch (field(name)) {
      case "open": return { open: "yes", closed: "no" }[one.open] || "unknown";
      case "within": return one.place.tenths === null ? "unknown" : yes(one.place.tenths <= Number(value) * 10);
      case "language":
        return listing.spoken.length ? yes(listing.spoken.includes(value) || listing.spoken.includes("mul")) : "unknown";
      case "walk_in": return listing.access.length ? yes(listing.access.includes("walk_in")) : "unknown";
      case "confidential": return listing.confidential ? "yes" : "unknown";
      case "whom": {
        const trait = lexicon.traits[value];
        return fit(listing, trait.age === undefined ? null : trait.age, trait.for_whom || []);
      }
      default: return listing[name] || "unknown";
    }
  }

  const all = (states) => (states.includes("no") ? "no" : states.includes("unknown") ? "unknown" : "yes");

  function narrow(ranked, offered, wanted, lexicon, fit) {
    const names = [...new Set([...offered, ...wanted])];
    const states = ranked.map((one) => Object.fromEntries(names.map((name) => [name, stateOf(one, name, lexicon, fit)])));
    const choices = !ranked.length ? [] : names.map((name) => {
      const kept = [...wanted.filter((other) => field(other) !== field(name)), name];
      const outcome = states.map((of) => all(kept.map((other) => of[other])));
      return { name, sure: outcome.filter((s) => s === "yes").length, unknown: outcome.filter((s) => s === "unknown").length };
    });
    const together = states.map((of) => all(wanted.map((name) => of[name])));
    const kept = (state) => ranked.filter((one, i) => together[i] === state);
    return { sure: kept("yes"), unknown: kept("unknown"), leftOut: kept("no").length, choices };
  }

  // The next moment that is meant; what is past today is meant for the next time.
  function momentMeant(at, timezone, { days, weekday, hour }) {
    const local = Waypost.wallClock(at, timezone), known = (value) => value !== undefined && value !== null;
    const ahead = known(weekday) ? (((weekday - Waypost.dayOf(local.day).weekday) % 7) + 7) % 7 : days || 0;
    if (!known(hour) && ahead === 0) return at;
    let minutes = ahead * DAY_MINUTES + (known(hour) ? hour : 12) * 60 - local.minute;
    if (minutes < 0) {
      if (days === 0) return at;
      minutes += known(weekday) ? 7 * DAY_MINUTES : DAY_MINUTES;
    }
    return new Date(at.getTime() + minutes * 60000);
  }

  Object.assign(Waypost, { namesWanted, narrow, momentMeant });
})((globalThis.Waypost = globalThis.Waypost || {}));
