// The verb find in the page: words to banners, services and answers. The twin of desk/find.py.
// Reads globalThis.WP, and its words from globalThis.WPWords where they are a file of their own.
// Asks no network, keeps nothing.
"use strict";
(function (Waypost) {
  const NEEDS_WHEN_SEEKING = { law_selling_sex: 100, staying_safer_selling: 80, leaving_sex_trade: 60 };
  const LEAST = 300, LEAST_SHARE = 8, LEAST_ANSWER = 500, MOST_ANSWERS = 5, FAR_TENTHS = 150;
  const AREA_YES = 100, AREA_UNKNOWN = 92, AREA_NEAR = 55, AREA_FAR = 40;
  const STATE = ["ct", "connecticut", "near", "cerca", "de", "in", "en"];
  const percentOf = (value, percent) => Math.floor((value * percent) / 100);
  const wordsFor = (text, language) => (text || {})[language] || (text || {}).en || "";
  const titled = (text, language) => text[language] || text[""] || "";
  let reader = null, lexicon = null;

  function find(words, options) {
    const { language = null, near = null, openNow = false, at = new Date(), limit = 10 } = options || {};
    prepare();
    const need = reader.understand(words, language);
    const shown = shownLanguage(need.language, language);
    const town = near ? townOf(near) : need.town || WP.places.home || null;
    const danger = need.dangers.filter((sign) => hoursLeft(sign, need.hours_ago) !== 0);
    const needs = need.seeking ? { ...NEEDS_WHEN_SEEKING } : need.needs;
    const points = Waypost.score(WP.index, needs, need.tokens);
    const ranked = need.seeking ? [] : rank(need, points, town, at, openNow).slice(0, limit);
    const names = Object.keys(needs).sort((a, b) => needs[b] - needs[a] || order(a, b)).filter((key) => lexicon.needs[key]);
    return {
      query_language: need.language, on: Waypost.localDate(at, WP.timezone), danger,
      banners: banners(danger, need.hours_ago, shown),
      results: ranked.map((one) => result(one, need, needs, town, at, shown)),
      answers: answers(points, shown), needs: names.map((key) => wordsFor(lexicon.needs[key].name, shown)),
      near: town && WP.places.towns[town] ? WP.places.towns[town].name : null, seeking: need.seeking, notice: notice(need, shown),
    };
  }

  // Makes the reader once; call it when the box is first touched, so that the first search is quick too.
  function prepare() {
    if (reader) return;
    lexicon = globalThis.WPWords || WP.lexicon;
    reader = new Waypost.Reader(lexicon, WP.places, WP.names);
  }

  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  function shownLanguage(query, wanted) {
    if (wanted === "en" || wanted === "es") return wanted;
    return query === "es" || query === "mixed" ? "es" : "en";
  }

  function townOf(near) {
    const plain = (name) => Waypost.fold(name).filter((token) => !STATE.includes(token)).join(" ");
    for (const [key, town] of Object.entries(WP.places.towns)) {
      if (near === key || (town.zips || []).includes(near.trim())) return key;
      if ([town.name, ...(town.aliases || [])].some((name) => plain(name) === plain(near))) return key;
    }
    throw new RangeError("near");
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
    for (const [key, latitude, longitude] of here ? listing.points : []) {
      const tenths = Waypost.tenthsOfMiles(here.latitude, here.longitude, latitude, longitude);
      if (!nearest || tenths < nearest[0] || (tenths === nearest[0] && key < nearest[1])) nearest = [tenths, key];
    }
    const tenths = nearest ? nearest[0] : null;
    const close = tenths !== null && tenths <= FAR_TENTHS;
    const area = served === null ? AREA_UNKNOWN : served ? AREA_YES : close ? AREA_NEAR : AREA_FAR;
    return { area, tenths, location: nearest ? nearest[1] : null };
  }

  function fit(listing, age, groups) {
    const least = listing.minimum_age, most = listing.maximum_age;
    if (age !== null && ((least != null && age < least) || (most != null && age > most))) return "no";
    if (groups.some((group) => (listing.not_for || []).includes(group))) return "no";
    if (groups.some((group) => (listing.for_whom || []).includes(group))) return "yes";
    return age !== null && (least != null || most != null) ? "yes" : "unknown";
  }

  function rank(need, points, town, at, openNow) {
    const groups = need.traits.flatMap((key) => lexicon.traits[key].for_whom || []);
    const ranked = [];
    for (const [number, base] of points) {
      const [kind, key] = WP.index.documents[number];
      const listing = kind === "service" ? WP.listings[key] : null;
      if (!listing) continue;
      const person = fit(listing, need.age, groups), open = Waypost.openAt(listing.hours, at, WP.holidays);
      if (person === "no" || (openNow && open === "closed")) continue;
      const place = placed(listing, town);
      ranked.push({ points: weighed(base, listing, place, person, open, need, openNow), key, place, fit: person, open });
    }
    ranked.sort((a, b) => b.points - a.points || order(a.key, b.key));
    const best = ranked.length ? ranked[0].points : 0;
    const kept = ranked.filter((one) => one.points >= Math.max(LEAST, percentOf(best, LEAST_SHARE)));
    const referral = WP.listings[WP.referral];
    if (!referral || kept.some((one) => one.key === WP.referral)) return kept;
    const place = placed(referral, town), open = Waypost.openAt(referral.hours, at, WP.holidays);
    return [...kept, { points: 0, key: WP.referral, place, fit: "unknown", open }];
  }

  function weighed(base, listing, place, person, open, need, openNow) {
    const near = place.area === AREA_YES ? Math.floor(Math.min(place.tenths || 0, 200) / 25) : 0;
    let total = percentOf(percentOf(base, place.area), 100 - near);
    if (person === "yes") total = percentOf(total, 112);
    if ((need.now || openNow) && open !== "unknown") total = percentOf(total, open === "open" ? 106 : 92);
    if (listing.late) total = percentOf(total, 97);
    if (listing.unsure) total = percentOf(total, 90);
    if ((need.language === "es" || need.language === "mixed") && listing.spanish) total = percentOf(total, 102);
    return listing.reachable ? total : percentOf(total, 40);
  }

  function hoursLeft(sign, ago) {
    const rule = lexicon.dangers[sign];
    if (!rule.deadline || !Object.hasOwn(WP.deadlines, rule.deadline)) return null;
    const left = WP.deadlines[rule.deadline] - (ago || 0);
    return left > 0 ? left : rule.lapses ? 0 : null;
  }

  function banners(danger, ago, language) {
    const shown = new Map();
    const implied = new Set(danger.flatMap((sign) => lexicon.dangers[sign].implies || []));
    for (const sign of [...danger.filter((s) => !implied.has(s)), ...danger.filter((s) => implied.has(s))]) {
      const rule = lexicon.dangers[sign];
      for (const key of lexicon.doors[sign] || rule.services || []) {
        const listing = WP.listings[key];
        if (!listing || shown.has(key)) continue;
        shown.set(key, {
          key, name: titled(listing.name, language), phones: listing.phones, why: wordsFor(rule.why, language),
          deadline_hours: hoursLeft(sign, ago), sign, slug: listing.slug,
          happens: wordsFor(rule.happens, language) || null, silent: wordsFor(rule.silent, language) || null,
        });
      }
    }
    return [...shown.values()];
  }

  function result(ranked, need, needs, town, at, language) {
    const listing = WP.listings[ranked.key], following = Waypost.opensNext(listing.hours, at, WP.holidays);
    return {
      key: ranked.key, id: listing.id, kind: "service", name: titled(listing.name, language),
      organization: listing.organization, place: ranked.place.location, phones: listing.phones, score: ranked.points / 100,
      distance_miles: ranked.place.tenths === null ? null : ranked.place.tenths / 10, open: ranked.open, opens_next: following,
      verification: listing.verification, reasons: reasons(ranked, listing, need, needs, town, at, following, language), slug: listing.slug,
    };
  }

  function reasons(ranked, listing, need, needs, town, at, following, language) {
    const lines = [], name = town && WP.places.towns[town] ? WP.places.towns[town].name : "";
    const say = (key, values) => {
      let line = wordsFor(lexicon.sayings[key], language);
      for (const [slot, value] of Object.entries(values || {})) line = line.split("{" + slot + "}").join(value);
      if (line) lines.push(line);
    };
    const met = needsMet(ranked.key, needs);
    if (ranked.points === 0) say("referral");
    else if (met.length) say("helps", { need: met.slice(0, 2).map((key) => wordsFor(lexicon.needs[key].name, language)).join("; ") });
    else say("words");
    if (ranked.fit === "yes" && need.traits.length) say("fits", { whom: wordsFor(lexicon.traits[need.traits[0]].name, language) });
    if (name && ranked.place.area === AREA_YES) say("serves", { town: name });
    else if (name) say(ranked.place.area === AREA_UNKNOWN ? "ask_area" : "other_area", { town: name });
    if (ranked.place.tenths !== null && name) {
      say("miles", { miles: Math.floor(ranked.place.tenths / 10) + "." + (ranked.place.tenths % 10), town: name });
    }
    if (ranked.open === "open") say("open");
    else if (ranked.open === "closed" && following) say("opens", { when: moment(following, language) });
    if (Waypost.unsureAt(listing.hours, at, WP.holidays)) say("holiday");
    if (listing.inherited) say("inherited");
    if (language === "es" && listing.spanish) say("spanish");
    if (listing.unsure || listing.verification.state === "unverified") say("unsure");
    return lines;
  }

  function moment(local, language) {
    const said = (key) => wordsFor(lexicon.sayings[key], language) || "";
    const [day, clock] = local.split("T"), [hour, minute] = clock.split(":");
    const days = said("weekdays").split(" ");
    const values = {
      day: days[(new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7], hour: String(Number(hour) % 12 || 12), minute,
      half: said(Number(hour) < 12 ? "am" : Number(hour) < 20 ? "pm" : "night"),
    };
    return said(Number(hour) % 12 === 1 ? "when_one" : "when").replace(/\{(\w+)\}/g, (slot, name) => values[name]);
  }

  function needsMet(key, needs) {
    const number = WP.index.documents.findIndex(([kind, other]) => kind === "service" && other === key);
    const weight = (need) => {
      const list = WP.index.needs[need] || [];
      for (let i = 0; i < list.length; i += 2) if (list[i] === number) return needs[need] * list[i + 1];
      return 0;
    };
    return Object.keys(needs).filter(weight).sort((a, b) => weight(b) - weight(a) || order(a, b));
  }

  function answers(points, language) {
    const ranked = [];
    for (const [number, total] of points) {
      const [kind, key] = WP.index.documents[number];
      if (kind !== "service" && total >= LEAST_ANSWER) ranked.push({ kind, key, total });
    }
    ranked.sort((a, b) => b.total - a.total || order(a.key, b.key) || order(a.kind, b.kind));
    return ranked.slice(0, MOST_ANSWERS).map(({ kind, key }) => ({
      kind, key, title: titled(WP.answers[key].title, language),
      path: (language === "es" ? "/es" : "") + WP.answers[key].path,
    }));
  }

  function notice(need, language) {
    if (need.seeking) return wordsFor(lexicon.sayings.seeking, language) || null;
    return need.elsewhere ? wordsFor(WP.places.elsewhere[need.elsewhere].say, language) || null : null;
  }

  Object.assign(Waypost, { find, prepare });
})((globalThis.Waypost = globalThis.Waypost || {}));
