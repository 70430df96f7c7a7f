// What the packs' cases teach beside the patterns, summed. The twin of rules/learned.py.
"use strict";
(function (Waypost) {
  const MOST_WORDS = 40, WINDOW = 3, IN_A_ROW = 4, MIDDLE = 32;

  function hashed(text) {
    let value = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return value;
  }

  const root = (token) => (Waypost.isDigits(token) ? "#" : Waypost.stem(token));

  // Steps as letters, the last letter a step that lands nowhere; then a worth for each.
  function opened(letters) {
    const [steps, worths] = letters.split("."), found = [];
    let place = 0;
    for (const letter of steps) {
      const step = Waypost.ALPHABET.indexOf(letter);
      place += step;
      if (step < 63) found.push([place, Waypost.ALPHABET.indexOf(worths[found.length]) - MIDDLE]);
    }
    return found;
  }

  class Learner {
    constructor(learned, book) {
      Object.assign(this, { learned, book, groups: new Map(), worths: new Map() });
      for (const name of Object.keys(book.groups).sort()) this.groups.set(book.classOf("@" + name), hashed("@" + name));
      for (const [sign, letters] of Object.entries(learned.worths)) {
        for (const [place, worth] of opened(letters)) {
          if (!this.worths.has(place)) this.worths.set(place, []);
          this.worths.get(place).push([sign, worth]);
        }
      }
    }

    sums(tokens) {
      const sums = { ...this.learned.base };
      for (const place of this.places(tokens)) {
        for (const [sign, worth] of this.worths.get(place) || []) sums[sign] += worth;
      }
      return sums;
    }

    places(tokens) {
      const spread = (value) => Math.imul(value, 0x9e3779b1) >>> (32 - this.learned.bits), found = new Set();
      const words = tokens.slice(0, MOST_WORDS).map((token) => this.names(token));
      for (const token of tokens.slice(0, MOST_WORDS)) {
        const word = `_${root(token)}_`;
        for (let at = 0; at + IN_A_ROW <= word.length; at++) found.add(spread(hashed("~" + word.slice(at, at + IN_A_ROW))));
      }
      words.forEach((names, at) => {
        const after = words.slice(at + 1, at + 1 + WINDOW).flat();
        for (const name of names) {
          found.add(spread(name));
          for (const other of after) found.add(spread(Math.imul(name, 31) + other));
        }
      });
      return found;
    }

    names(token) {
      const plain = hashed(root(token));
      const classes = this.book.classesOf(token).filter((number) => this.groups.has(number));
      return [plain, ...classes.map((number) => this.groups.get(number))];
    }
  }

  Object.assign(Waypost, { Learner });
})((globalThis.Waypost = globalThis.Waypost || {}));
