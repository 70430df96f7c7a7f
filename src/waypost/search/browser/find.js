// The verb find in the page: words to banners, services and answers. The twin of desk/find.py.
// Reads globalThis.WP (a town's guide in one language) and globalThis.WPWords (the words). Answers in that language.
// Asks no network, keeps nothing.
"use strict";
(function (Waypost) {
  const NEEDS_WHEN_SEEKING = { law_selling_sex: 100, staying_safer_selling: 80, leaving_sex_trade: 60 };
  const LEAST = 300, LEAST_SHARE = 8, LEAST_ANSWER = 500, MOST_ANSWERS = 5, FAR_TENTHS = 150, SLICE = 8;
  const AREA_YES = 100, AREA_UNKNOWN = 92, AREA_NEAR = 55, AREA_FAR = 40;
  const STATE = ["ct", "connecticut", "near", "cerca", "de", "in", "en"];
  const percentOf = (value, percent) => Math.floor((value * percent) / 100);
  let steps = null, reader = null, lexicon = null, index = null, listings = null, answersOf = null;

  function find(words, options) {
    const { near = null, at = new Date(), limit = 10, wanted: asked = {} } = options || {};
    prepare();
    const timed = asked.day != null || asked.hour != null;
    const wanted = { ...asked, open: Boolean(asked.open || timed) };
    const need = reader.understand(words, WP.lang);
    const here = nearby(near, need);
    const danger = need.dangers.filter((sign) => hoursLeft(sign, need.hours_ago) !== 0);
    const when = timed ? Waypost.momentMeant(at, WP.timezone, { weekday: wanted.day, hour: wanted.hour })
      : danger.length || need.hours_ago !== null ? at : Waypost.momentMeant(at, WP.timezone, need);
    const needs = need.seeking ? { ...NEEDS_WHEN_SEEKING } : need.needs;
    const points = Waypost.score(index, needs, need.tokens.length ? need.tokens : allWords(need));
    const ranked = need.seeking ? [] : rank(need, points, here.town, when);
    const narrowed = Waypost.narrow(ranked, WP.offered, Waypost.namesWanted(wanted), lexicon, fit);
    const shown = (need.seeking ? [] : withReferral([...narrowed.sure, ...narrowed.unknown], here.town, when)).slice(0, limit);
    const names = Object.keys(needs).sort((a, b) => needs[b] - needs[a] || order(a, b)).filter((key) => lexicon.needs[key]);
    const by = { need, needs, town: here.town, when, then: when !== at };
    return {
      query_language: need.language, on: Waypost.localDate(at, WP.timezone), danger, banners: banners(danger, need.hours_ago),
      results: shown.map((one) => result(one, by)), answers: answers(points), needs: names.map((key) => lexicon.needs[key].name),
      near: here.town && WP.places.towns[here.town] ? WP.places.towns[here.town].name : null,
      seeking: need.seeking, notice: notice(need, here), at: by.then ? localMinute(when) : null, near_unknown: here.unknown,
      unsure: shown.filter((one) => narrowed.unknown.includes(one)).map((one) => one.key),
      left_out: narrowed.leftOut, choices: narrowed.choices,
    };
  }

  function allWords(need) {
    if (need.town || need.elsewhere) return [];
    return [...new Set(Waypost.fold(need.words).map(Waypost.stem))];
  }

  // Opens the data and makes the reader once: at one go, or in short slices from when the box is first touched.
  function prepare() {
    if (reader) return;
    steps = steps || preparing();
    while (!steps.next().done);
  }

  function prepareInSlices() {
    if (reader) return;
    steps = steps || preparing();
    const end = performance.now() + SLICE;
    while (performance.now() < end) if (steps.next().done) return;
    setTimeout(prepareInSlices, 0);
  }

  function* preparing() {
    const words = globalThis.WPWords, [shared, ...parts] = (yield* Waypost.unpacked(words.packed)).split("\n\n\n");
    lexicon = { ...words, groups: {}, common: {}, patterns: {} };
    for (const [room, key, [line]] of Waypost.blocks(shared)) {
      lexicon[room === "group" ? "groups" : "common"][key] = line.split("|").join(" ");
    }
    words.tongues.forEach((language, i) => { lexicon.patterns[language] = parts[i]; });
    const made = new Waypost.Reader(lexicon, WP.places), { book } = made;
    yield* made.fill(WP.names);
    ({ index, listings, answers: answersOf } = Waypost.opened(WP, [...new Set([...book.stems.keys(), ...book.exact.keys()])].sort()));
    reader = made;
  }

  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  const plain = (name) => Waypost.fold(name).filter((token) => !STATE.includes(token)).join(" ");

  function localMinute(at) {
    const { day, minute } = Waypost.wallClock(at, WP.timezone), two = (number) => String(number).padStart(2, "0");
    return Waypost.dayOf(day).iso + "T" + two(Math.floor(minute / 60)) + ":" + two(minute % 60);
  }

  function nearby(near, need) {
    const none = { town: null, elsewhere: null, unknown: null };
    if (!near || !near.trim()) {
      return { ...none, town: need.town || (need.elsewhere ? null : WP.places.home || null), elsewhere: need.elsewhere };
    }
    const town = townOf(near);
    if (town) return { ...none, town };
    const wanted = Waypost.fold(near).join(" ");
    const same = ([key, other]) => [...other.words, key.replaceAll("-", " ")].some((name) => Waypost.fold(name).join(" ") === wanted);
    const elsewhere = (Object.entries(WP.places.elsewhere).find(same) || [null])[0];
    const typed = Array.from(near.trim().split(/\s+/).join(" ")).slice(0, 60).join("");
    return elsewhere ? { ...none, elsewhere } : { ...none, unknown: typed };
  }

  function townOf(near) {
    for (const [key, town] of Object.entries(WP.places.towns)) {
      if (near === key || (town.zips || []).includes(near.trim())) return key;
      if (plain(near) && [town.name, ...(town.aliases || [])].some((name) => plain(name) === plain(near))) return key;
    }
    return null;
  }

  function serves(listing, town) {
    const here = town ? WP.places.towns[town] : null;
    if (!town || !listing.serves.length) return null;
    if (listing.serves.includes(town)) return true;
    if (!here) return null;
    const reach = (nearest) => listing.serves.some((area) => around(nearest || []).has(area));
    return reach(here.areas) ? true : reach(here.perhaps) ? null : false;
  }

  function around(nearest) {
    const todo = [...nearest], seen = new Set();
    while (todo.length) {
      const area = todo.pop();
      if (seen.has(area)) continue;
      seen.add(area);
      todo.push(...(WP.places.areas[area] || []));
    }
    return seen;
  }

  function placed(listing, town) {
    const served = serves(listing, town), here = town ? WP.places.towns[town] : null;
    let nearest = null;
    for (const [latitude, longitude] of here ? listing.points : []) {
      const tenths = Waypost.tenthsOfMiles(here.latitude, here.longitude, latitude, longitude);
      if (nearest === null || tenths < nearest) nearest = tenths;
    }
    const tenths = nearest;
    const close = tenths !== null && tenths <= FAR_TENTHS;
    const area = served === null ? AREA_UNKNOWN : served ? AREA_YES : close ? AREA_NEAR : AREA_FAR;
    return { area, tenths };
  }

  function fit(listing, age, groups) {
    const least = listing.minimum_age, most = listing.maximum_age;
    if (age !== null && ((least != null && age < least) || (most != null && age > most))) return "no";
    if (groups.some((group) => (listing.not_for || []).includes(group))) return "no";
    if (groups.some((group) => (listing.for_whom || []).includes(group))) return "yes";
    return age !== null && (least != null || most != null) ? "yes" : "unknown";
  }

  function rank(need, points, town, at) {
    const groups = need.traits.flatMap((key) => lexicon.traits[key].for_whom || []);
    const ranked = [];
    for (const [number, base] of points) {
      const [kind, key] = index.documents[number];
      const listing = kind === "service" ? listings[key] : null;
      if (!listing) continue;
      const person = fit(listing, need.age, groups);
      if (person === "no") continue;
      const place = placed(listing, town), open = Waypost.openAt(listing.hours, at, WP.holidays);
      ranked.push({ points: weighed(base, listing, place, person, open, need), key, listing, place, fit: person, open });
    }
    ranked.sort((a, b) => b.points - a.points || order(a.key, b.key));
    const best = ranked.length ? ranked[0].points : 0;
    return ranked.filter((one) => one.points >= Math.max(LEAST, percentOf(best, LEAST_SHARE)));
  }

  function withReferral(ranked, town, at) {
    const listing = listings[WP.referral];
    if (!listing || ranked.some((one) => one.key === WP.referral)) return ranked;
    const open = Waypost.openAt(listing.hours, at, WP.holidays);
    return [...ranked, { points: 0, key: WP.referral, listing, place: placed(listing, town), fit: "unknown", open }];
  }

  function weighed(base, listing, place, person, open, need) {
    const near = place.area === AREA_YES ? Math.floor(Math.min(place.tenths || 0, 200) / 25) : 0;
    let total = percentOf(percentOf(base, place.area), 100 - near);
    if (person === "yes") total = percentOf(total, 112);
    if (need.now && open !== "unknown") total = percentOf(total, open === "open" ? 106 : 92);
    if (listing.late) total = percentOf(total, 97);
    if (listing.unsure) total = percentOf(total, 90);
    if ((need.language === "es" || need.language === "mixed") && listing.spoken.includes("es")) total = percentOf(total, 102);
    return listing.far ? percentOf(total, 40) : total;
  }

  function hoursLeft(sign, ago) {
    const rule = lexicon.dangers[sign];
    if (!rule.deadline || !Object.hasOwn(WP.deadlines, rule.deadline)) return null;
    const left = WP.deadlines[rule.deadline] - (ago || 0);
    return left > 0 ? left : rule.lapses ? 0 : null;
  }

  function banners(danger, ago) {
    const shown = new Map();
    const implied = new Set(danger.flatMap((sign) => lexicon.dangers[sign].implies || []));
    for (const sign of [...danger.filter((s) => !implied.has(s)), ...danger.filter((s) => implied.has(s))]) {
      const rule = lexicon.dangers[sign];
      for (const key of lexicon.doors[sign] || rule.services || []) {
        const listing = listings[key];
        if (!listing || shown.has(key)) continue;
        shown.set(key, {
          key, name: listing.name, phones: listing.phones.map(([number, language, kind]) => ({ number, language, kind })),
          why: rule.why, deadline_hours: hoursLeft(sign, ago), sign, slug: listing.slug,
          happens: rule.happens || null, silent: rule.silent || null,
        });
      }
    }
    return [...shown.values()];
  }

  function result(one, by) {
    const { listing } = one, following = Waypost.opensNext(listing.hours, by.when, WP.holidays);
    return {
      key: one.key, name: listing.name, score: one.points / 100, open: one.open, opens_next: following, slug: listing.slug,
      distance_miles: one.place.tenths === null ? null : one.place.tenths / 10, reasons: reasons(one, by, following),
    };
  }

  function reasons(one, by, following) {
    const { listing, place } = one, { need, needs, town } = by;
    const lines = [], name = town && WP.places.towns[town] ? WP.places.towns[town].name : "";
    const say = (key, values) => { const line = saying(key, values); if (line) lines.push(line); };
    const met = needsMet(one.key, needs);
    if (one.points === 0) say("referral");
    else if (met.length) say("helps", { need: met.slice(0, 2).map((key) => lexicon.needs[key].name).join("; ") });
    else say("words");
    if (one.fit === "yes" && need.traits.length) say("fits", { whom: lexicon.traits[need.traits[0]].name });
    if (name && place.area === AREA_YES) say("serves", { town: name });
    else if (name) say(place.area === AREA_UNKNOWN ? "ask_area" : "other_area", { town: name });
    if (place.tenths !== null && name) say("miles", { miles: Math.floor(place.tenths / 10) + "." + (place.tenths % 10), town: name });
    if (one.open === "open") say(by.then ? "open_then" : "open");
    else if (one.open === "closed" && following) say(by.then ? "opens_then" : "opens", { when: moment(following) });
    if (Waypost.unsureAt(listing.hours, by.when, WP.holidays)) say("holiday");
    if (listing.inherited) say("inherited");
    if (WP.lang === "es" && listing.spoken.includes("es")) say("spanish");
    if (listing.unchecked) say("unsure");
    return lines;
  }

  function saying(key, values) {
    let line = lexicon.sayings[key] || "";
    for (const [slot, value] of Object.entries(values || {})) line = line.split("{" + slot + "}").join(value);
    return line;
  }

  // A local moment as a reader says it: the day of the week and the time.
  function moment(local) {
    const [day, clock] = local.split("T"), [hour, minute] = clock.split(":");
    return saying(Number(hour) % 12 === 1 ? "when_one" : "when", {
      day: saying("weekdays").split(" ")[(new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7],
      hour: String(Number(hour) % 12 || 12), minute,
      half: saying(Number(hour) < 12 ? "am" : Number(hour) < 20 ? "pm" : "night"),
    });
  }

  function needsMet(key, needs) {
    const number = index.documents.findIndex(([kind, other]) => kind === "service" && other === key);
    const weight = (need) => {
      const list = index.needs.get(need) || [];
      for (let i = 0; i < list.length; i += 2) if (list[i] === number) return needs[need] * list[i + 1];
      return 0;
    };
    return Object.keys(needs).filter(weight).sort((a, b) => weight(b) - weight(a) || order(a, b));
  }

  function answers(points) {
    const ranked = [];
    for (const [number, total] of points) {
      const [kind, key] = index.documents[number];
      if (kind !== "service" && total >= LEAST_ANSWER) ranked.push({ kind, key, total });
    }
    ranked.sort((a, b) => b.total - a.total || order(a.key, b.key) || order(a.kind, b.kind));
    const language = WP.lang === "es" ? "/es" : "";
    return ranked.slice(0, MOST_ANSWERS).map(({ kind, key }) => ({ kind, key, title: answersOf[key].title, path: language + answersOf[key].path }));
  }

  function notice(need, here) {
    if (need.seeking) return saying("seeking") || null;
    if (here.elsewhere) return WP.places.elsewhere[here.elsewhere].say || null;
    if (!here.unknown) return null;
    const towns = Object.values(WP.places.towns).map((town) => town.name).sort().join(", ");
    return saying("near_unknown", { near: here.unknown, towns }) || null;
  }

  Object.assign(Waypost, { find, prepare, prepareInSlices, moment });
})((globalThis.Waypost = globalThis.Waypost || {}));
