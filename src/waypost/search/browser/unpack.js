// Opens what search/packing.py packed. Every name there has its twin here.
"use strict";
(function (Waypost) {
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const MOST = 1 << 15, MOST_SEEN = 255, LONGEST = 5, LOW = 2 ** 16, HIGH = 2 ** 24, ALL = 2 ** 32;
  const MARKS = " |\n\0";
  const END = 10, LETTERS = [...Array.from({ length: 94 }, (_, i) => i + 33), END];

  class Source {
    constructor(text) {
      const octets = [], place = new Map([...ALPHABET].map((letter, i) => [letter, i]));
      for (let i = 0; i < text.length; i += 4) {
        let bits = 0;
        for (let j = 0; j < 4; j++) bits = bits * 64 + place.get(text[i + j]);
        octets.push(bits >> 16, (bits >> 8) & 255, bits & 255);
      }
      Object.assign(this, { octets, at: 0, low: 0, range: ALL - 1, code: 0 });
      for (let i = 0; i < 4; i++) this.code = this.code * 256 + octets[this.at++];
    }

    // Where among so many counts the next symbol lies; then say which counts it has.
    peek(total) {
      this.range = Math.floor(this.range / total);
      return Math.floor((this.code - this.low) / this.range);
    }

    take(before, count) {
      this.low = (this.low + before * this.range) % ALL;
      this.range *= count;
      for (;;) {
        if (Math.floor(this.low / HIGH) !== Math.floor((this.low + this.range) / HIGH)) {
          if (this.range >= LOW) return;
          this.range = (LOW - (this.low % LOW)) % LOW;
        }
        this.code = (this.code * 256 + (this.octets[this.at++] || 0)) % ALL;
        this.low = (this.low * 256) % ALL;
        this.range = (this.range * 256) % ALL;
      }
    }
  }

  // Symbols are whole numbers here. A context is its symbols, how often each came, and all of that.
  class Guess {
    constructor(alphabet) {
      this.seen = new Map([["", { symbols: [...alphabet], counts: alphabet.map(() => 1) }]]);
      this.out = [];
      this.turn = 0;
    }

    // The next symbol, or -1 where no context knows it: then the caller finds it, and calls learn.
    read(source, contexts) {
      this.asked = [];
      this.turn++;
      for (const context of contexts) {
        let known = this.seen.get(context);
        if (!known) this.seen.set(context, (known = { symbols: [], counts: [] }));
        this.asked.push(known);
        const found = known.symbols.length ? this.among(source, known) : -1;
        if (found >= 0) {
          this.learn(found);
          return found;
        }
      }
      return -1;
    }

    among(source, { symbols, counts }) {
      const { out, turn } = this;
      let all = 0, kinds = 0;
      for (let i = 0; i < symbols.length; i++) {
        if (out[symbols[i]] === turn) continue;
        all += counts[i];
        kinds++;
      }
      if (!kinds) return -1;
      const place = source.peek(all + kinds);
      let before = 0;
      for (let i = 0; i < symbols.length; i++) {
        if (out[symbols[i]] === turn) continue;
        if (place < before + counts[i]) {
          source.take(before, counts[i]);
          return symbols[i];
        }
        before += counts[i];
      }
      source.take(all, kinds);
      for (const symbol of symbols) out[symbol] = turn;
      return -1;
    }

    learn(symbol) {
      for (const { symbols, counts } of this.asked) {
        const place = symbols.indexOf(symbol);
        if (place < 0) {
          symbols.push(symbol);
          counts.push(1);
        } else if (counts[place] < MOST_SEEN) counts[place]++;
      }
    }
  }

  class Words {
    constructor() {
      this.sums = new Uint16Array(MOST);
      this.words = [null];
      this.total = 0;
      this.add(0);
    }

    // The number of a known word, or 0 for a new one: then the caller spells it, and pushes it.
    read(source) {
      let number = 0, before = 0;
      const place = source.peek(this.total);
      for (let step = MOST / 2; step; step >>= 1) {
        if (number + step < MOST && before + this.sums[number + step] <= place) before += this.sums[(number += step)];
      }
      source.take(before, this.before(number + 1) - before);
      this.add(number);
      return number;
    }

    push(word) {
      this.add(this.words.push(word) - 1);
      return this.words.length - 1;
    }

    before(number) {
      let found = 0;
      for (; number; number &= number - 1) found += this.sums[number];
      return found;
    }

    add(number) {
      if (this.total >= MOST) return;
      this.total++;
      for (number++; number < MOST; number += number & -number) this.sums[number]++;
    }
  }

  // Yields now and then, so that a page may let its reader type; returns the text.
  function* unpacked(text) {
    const source = new Source(text), words = new Guess([]), anywhere = new Words();
    const marks = new Guess([0, 1, 2, 3]), letters = new Guess(LETTERS), found = [];
    let mark = "\n", last = "", older = "", first = "", block = "";
    while (mark !== "\0") {
      const head = mark === "\n" ? first : last, bar = mark === "|" ? "|" : "";
      let number = words.read(source, [mark + head + " " + older, mark + head, ";" + bar + block]);
      if (number < 0) {
        number = anywhere.read(source) || anywhere.push(spell(source, letters, head));
        words.learn(number);
      }
      const word = anywhere.words[number];
      const following = MARKS[marks.read(source, [mark + word, word ? "1" : "0", ""])];
      if (mark === "\n") first = word;
      if (!word) block = "";
      else if (!block && mark === " ") block = word;
      found.push(word, following);
      [mark, last, older] = [following, word, last];
      if (found.length % 1000 === 0) yield;
    }
    found.pop();
    return found.join("");
  }

  function spell(source, letters, beside) {
    let spelled = "\n";
    for (;;) {
      const contexts = [], place = spelled.length - 1;
      if (place < beside.length && spelled.slice(1) === beside.slice(0, place)) {
        contexts.push("|" + Math.min(place, 3) + beside[place]);
      }
      for (let length = Math.min(spelled.length, LONGEST); length; length--) contexts.push(spelled.slice(-length));
      const letter = letters.read(source, [...contexts, ""]);
      if (letter === END) return spelled.slice(1);
      spelled += String.fromCharCode(letter);
    }
  }

  Object.assign(Waypost, { ALPHABET, unpacked });
})((globalThis.Waypost = globalThis.Waypost || {}));
