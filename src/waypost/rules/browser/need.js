// Words to a Need: language, place, time, needs, traits, danger signs. The twin of rules/need.py.
"use strict";
(function (Waypost) {
  const DANGERS = ["immediate_danger", "suicide", "overdose", "sexual_assault_recent", "pep_window", "dv", "trafficking",
    "child_harmed", "young_person_self", "parent_worried", "police_abuse", "image_abuse"];
  const CONTAINED = 15, MORE_WORDS = 8, MOST_MORE = 24, LEAST_SHOWN = 16;
  const PLAINLY_SAID = 80, HALF_SAID = 50, STEPPED_BACK = 40, SURER = 3;
  const percentOf = (value, percent) => Math.floor((value * percent) / 100);

  // Patterns lie in one string a language: a room and a key in the first line of each block, then its lines.
  function blocks(text) {
    return text.split("\n\n").map((block) => {
      const [first, ...lines] = block.split("\n");
      return [...first.split(" "), lines];
    });
  }

  class Reader {
    constructor(lexicon, places) {
      this.lexicon = lexicon;
      this.places = places;
      this.book = new Waypost.WordBook(lexicon.groups);
      this.zips = new Map();
      this.ignored = new Set();
    }

    // Yields now and then, so that a page may let its reader type.
    *fill(names) {
      const { lexicon, places, book } = this;
      for (const language of Object.keys(lexicon.patterns)) {
        for (const [room, key, lines] of blocks(lexicon.patterns[language])) {
          book.add(room, key, lines);
          yield;
        }
      }
      const asPattern = (name) => Waypost.fold(name).map((token) => token + "!").join(" ");
      for (const [key, town] of Object.entries(places.towns)) {
        book.add("town", key, [town.name, ...(town.aliases || [])].map(asPattern));
        for (const zip of town.zips || []) if (!this.zips.has(zip)) this.zips.set(zip, key);
      }
      for (const [key, other] of Object.entries(places.elsewhere)) book.add("elsewhere", key, other.words.map(asPattern));
      for (const words of Object.values(lexicon.common)) {
        for (const token of words.split(" ")) {
          book.known.add(token);
          this.ignored.add(token);
        }
      }
      for (const name of names.split(" ")) book.known.add(name);
      yield;
      this.learner = new Waypost.Learner(lexicon.learned, book);
      yield;
      this.tongues = tonguesOf(lexicon);
    }

    understand(words, language) {
      const folded = Waypost.fold(words);
      const tokens = this.book.correct(folded);
      const rooms = {};
      for (const match of this.book.read(tokens)) (rooms[match.room] = rooms[match.room] || []).push(match);
      const room = (name) => rooms[name] || [];
      const sums = this.learner.sums(tokens);
      const dangers = this.dangers(room, sums);
      const needs = weights(room("need"), this.lexicon);
      const traits = Object.keys(this.lexicon.traits).filter((key) => room("trait").some((m) => m.key === key));
      const age = ageOf(tokens, room("age"));
      if (age !== null && age < 18 && this.lexicon.traits.under_18 && !traits.includes("under_18")) traits.push("under_18");
      const seeking = this.seeking(room("seek"), needs, dangers, sums.seeking || 0);
      this.raiseAll(needs, dangers, traits);
      const { elsewhere, town, placed } = this.place(tokens, room);
      const left = tokens.filter((token, i) => !placed.has(i) && !this.ignored.has(token));
      const shown = {};
      for (const key of Object.keys(needs).sort()) if (needs[key] >= LEAST_SHOWN) shown[key] = needs[key];
      const moments = room("when").map((m) => this.lexicon.moments[m.key]);
      const said = (name) => moments.map((moment) => moment[name]).find((value) => value !== undefined);
      return {
        days: said("days"), weekday: said("weekday"), hour: said("hour"),
        words, tokens: [...new Set(left.map(Waypost.stem))], language: this.language(words, tokens) || language || null,
        needs: shown, dangers, traits, age, town, elsewhere, hours_ago: hoursAgo(tokens, room("when"), this.lexicon),
        now: moments.some((moment) => moment.now), seeking,
      };
    }

    dangers(room, sums) {
      const { learned, dangers } = this.lexicon;
      const found = new Set(room("danger").filter((m) => (sums.danger || 0) > learned.hides
        && !room("unless").some((u) => u.key === m.key && u.start <= m.end && m.start <= u.end)).map((m) => m.key));
      if ((sums.danger || 0) >= learned.alarms) {
        const sum = (sign) => sums[sign] || 0;
        const likeliest = Object.keys(dangers).sort((a, b) => sum(b) - sum(a) || (a < b ? -1 : 1)).slice(0, 2);
        for (const sign of likeliest) if (sum(sign) >= sum(likeliest[0]) - learned.near) found.add(sign);
      }
      for (const { key } of room("never")) found.delete(key);
      for (const sign of [...found]) for (const more of dangers[sign].implies || []) found.add(more);
      return DANGERS.filter((sign) => found.has(sign));
    }

    seeking(matches, needs, dangers, sum) {
      const { learned } = this.lexicon;
      if (dangers.length || matches.some((m) => m.key === "freed_by")) return false;
      const cared = Object.keys(needs).some((key) => this.lexicon.needs[key].care !== false && needs[key] >= 50);
      if (sum >= learned.shows * (cared ? SURER : 1)) return true;
      if (sum <= learned.frees) return false;
      if (matches.some((m) => m.key === "hard")) return true;
      return matches.some((m) => m.key === "plain") && !cared;
    }

    raiseAll(needs, dangers, traits) {
      const said = { ...needs };
      const meant = new Set(dangers.flatMap((key) => Object.keys(this.lexicon.dangers[key].needs || {})));
      const plain = Object.keys(said).some((need) => !meant.has(need) && said[need] >= PLAINLY_SAID);
      for (const key of dangers) raise(needs, this.lexicon.dangers[key].needs, said, plain);
      for (const key of traits) raise(needs, this.lexicon.traits[key].needs, said, false);
    }

    place(tokens, room) {
      const longest = (best, m) => (best === null || m.end - m.start > best.end - best.start ? m : best);
      const elsewhere = room("elsewhere").reduce(longest, null);
      if (elsewhere) return { elsewhere: elsewhere.key, town: null, placed: range(elsewhere) };
      const towns = [...room("town")].sort((a, b) => a.start - a.end - (b.start - b.end) || a.start - b.start);
      const placed = new Set(towns.flatMap((m) => [...range(m)]));
      for (let i = 0; i < tokens.length; i++) {
        if (this.zips.has(tokens[i])) return { elsewhere: null, town: this.zips.get(tokens[i]), placed: placed.add(i) };
      }
      return { elsewhere: null, town: towns.length ? towns[0].key : null, placed };
    }

    language(words, tokens) {
      const english = tokens.filter((token) => this.tongues.en.has(token)).length;
      let spanish = tokens.filter((token) => this.tongues.es.has(token)).length;
      if (/[áéíóúüñÁÉÍÓÚÜÑ¿¡]/.test(Array.from(words).slice(0, 1000).join(""))) spanish += 2;
      const less = Math.min(english, spanish);
      if (less >= 2 && 5 * less >= 2 * (english + spanish)) return "mixed";
      if (english === spanish) return null;
      return english > spanish ? "en" : "es";
    }
  }

  function range(match) {
    const all = new Set();
    for (let i = match.start; i <= match.end; i++) all.add(i);
    return all;
  }

  function tonguesOf(lexicon) {
    const words = { en: new Set(), es: new Set() };
    for (const language of ["en", "es"]) {
      const own = words[language];
      for (const token of (lexicon.common[language] || "").split(" ")) if (token) own.add(token);
      for (const [room, , lines] of blocks(lexicon.patterns[language] || "")) {
        if (room !== "need" && room !== "danger") continue;
        for (const element of new Set(lines.flatMap((line) => line.split(" ")))) {
          if ("_=".includes(element[0])) continue;
          for (const word of element.split("|")) if (!"@#".includes(word[0])) addTokens(own, word);
        }
      }
    }
    const only = (one, other) => new Set([...one].filter((token) => !other.has(token)));
    return { en: only(words.en, words.es), es: only(words.es, words.en) };
  }

  function addTokens(own, word) {
    const form = word.replace(/[*!]$/, "");
    if (form.length > 2) own.add(form);
  }

  function weights(matches, lexicon) {
    const best = {}, starts = {};
    for (const match of matches) {
      const inside = matches.some((o) => o.key !== match.key && o.start <= match.start && match.end <= o.end
        && o.end - o.start > match.end - match.start);
      const full = lexicon.needs[match.key].weight;
      let weight = percentOf(full === undefined ? 100 : full, match.percent);
      if (inside) weight = percentOf(weight, CONTAINED);
      best[match.key] = Math.max(best[match.key] || 0, weight);
      (starts[match.key] = starts[match.key] || new Set()).add(match.start);
    }
    for (const key of Object.keys(best)) best[key] += Math.min(MOST_MORE, MORE_WORDS * (starts[key].size - 1));
    return best;
  }

  function raise(needs, least, said, plain) {
    for (const [key, weight] of Object.entries(least || {})) {
      const floor = plain && (said[key] || 0) < HALF_SAID ? percentOf(weight, STEPPED_BACK) : weight;
      needs[key] = Math.max(needs[key] || 0, floor);
    }
  }

  function ageOf(tokens, matches) {
    for (const match of matches) {
      for (const token of tokens.slice(match.start, match.end + 1)) {
        const age = Waypost.isDigits(token) ? Number(token.slice(0, 4)) : 0;
        if (age >= 5 && age <= 99) return age;
      }
    }
    return null;
  }

  function hoursAgo(tokens, matches, lexicon) {
    let most = null;
    for (const match of matches) {
      const unit = lexicon.moments[match.key].hours_ago;
      if (unit === undefined) continue;
      const count = tokens.slice(match.start, match.end + 1).find((t) => Waypost.isDigits(t) && t.length <= 3);
      const hours = count === undefined ? unit : unit * Number(count);
      if (most === null || hours > most) most = hours;
    }
    return most;
  }

  Object.assign(Waypost, { Reader, blocks });
})((globalThis.Waypost = globalThis.Waypost || {}));
