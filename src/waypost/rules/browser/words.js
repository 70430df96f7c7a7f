// Words of a query: folding, stemming, patterns and misspellings. The twin of rules/need_words.py.
"use strict";
(function (Waypost) {
  const LONGEST_QUERY = 1000, MOST_TOKENS = 120, MOST_CORRECTED = 8;

  function fold(words) {
    let text = Array.from(String(words)).slice(0, LONGEST_QUERY).join("").normalize("NFD").toLowerCase();
    text = text.replace(/[\u0300-\u036f]/g, "");
    text = text.replace(/(?<![0-9])([0-9])[-.]([0-9])[-.]([0-9])(?![0-9])/g, "$1$2$3");
    text = text.replace(/['’‘`´]d(?![a-z0-9])/g, " d").replace(/['’‘`´]/g, "");
    return (text.replace(/([a-z])\1{2,}/g, "$1").match(/[a-z0-9]+/g) || []).slice(0, MOST_TOKENS);
  }

  const isAlpha = (token) => /^[a-z]+$/.test(token);
  const isDigits = (token) => /^[0-9]+$/.test(token);

  function undouble(token) {
    const last = token[token.length - 1];
    return last === token[token.length - 2] && last !== "l" && last !== "s" ? token.slice(0, -1) : token;
  }

  function stem(token) {
    if (token.length < 4 || !isAlpha(token)) return token;
    if (token.endsWith("ies") && token.length >= 6) token = token.slice(0, -2);
    else if (token.endsWith("s") && !/(ss|us|is)$/.test(token)) token = token.slice(0, -1);
    if (token.endsWith("ing") && token.length >= 7) token = undouble(token.slice(0, -3));
    else if (token.endsWith("ed") && token.length >= 6) token = undouble(token.slice(0, -2));
    if (token.length >= 5 && /[aeo]$/.test(token)) token = token.slice(0, -1);
    return token.endsWith("y") ? token.slice(0, -1) + "i" : token;
  }

  // Optimal string alignment distance, or most + 1 where it is larger.
  function editDistance(one, other, most) {
    let before = [], last = [], row = [];
    for (let j = 0; j <= other.length; j++) last[j] = j;
    for (let i = 1; i <= one.length; i++) {
      row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const change = one[i - 1] === other[j - 1] ? 0 : 1;
        let value = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          value = Math.min(value, before[j - 2] + 1);
        }
        row[j] = value;
        least = Math.min(least, value);
      }
      if (least > most + 1) return most + 1;
      before = last;
      last = row;
    }
    return Math.min(last[other.length], most + 1);
  }

  function nearest(token, vocabulary) {
    const most = token.length < 8 ? 1 : 2;
    let best = null, bestDistance = 3;
    for (const word of vocabulary) {
      if (Math.abs(word.length - token.length) > most) continue;
      const distance = editDistance(token, word, most);
      if (distance > most || distance >= bestDistance || (distance === 2 && word[0] !== token[0])) continue;
      best = word;
      bestDistance = distance;
    }
    return best;
  }

  // The words of its patterns are folded already.
  class WordBook {
    constructor(groups) {
      this.groups = groups;
      this.cut = new Map();
      this.classes = new Map();
      this.exact = new Map();
      this.stems = new Map();
      this.prefixes = new Map();
      this.patterns = new Map();
      this.forms = new Set();
      this.known = new Set();
      this.numbers = [];
      this.vocabulary = null;
    }

    add(room, key, lines) {
      for (const line of lines) {
        const elements = [];
        let percent = 100;
        for (const element of line.split(" ")) {
          if (element[0] === "=") percent = Number(element.slice(1));
          else if (element[0] === "_") elements.push(-Number(element.slice(1)));
          else elements.push(this.classOf(element));
        }
        push(this.patterns, elements[0], { elements, percent, room, key });
      }
    }

    classOf(element) {
      if (this.classes.has(element)) return this.classes.get(element);
      const number = this.classes.size;
      this.classes.set(element, number);
      for (const word of this.wordsOf(element)) {
        if (word === "#") {
          this.numbers.push(number);
          continue;
        }
        const mark = word[word.length - 1], folded = mark === "*" || mark === "!" ? word.slice(0, -1) : word;
        if (mark === "*") push(this.prefixes, folded, number);
        else if (mark === "!") push(this.exact, folded, number);
        else push(this.stems, this.stemOf(folded), number);
        this.forms.add(folded);
      }
      return number;
    }

    // Many words stand in many patterns: each is cut once.
    stemOf(word) {
      let cut = this.cut.get(word);
      if (cut === undefined) this.cut.set(word, (cut = stem(word)));
      return cut;
    }

    wordsOf(element) {
      return element.split("|").flatMap((word) =>
        word[0] === "@" ? this.wordsOf(this.groups[word.slice(1)].split(" ").join("|")) : [word]);
    }

    classesOf(token) {
      const found = [...(this.exact.get(token) || []), ...(this.stems.get(stem(token)) || [])];
      for (let length = 1; length <= token.length; length++) {
        found.push(...(this.prefixes.get(token.slice(0, length)) || []));
      }
      if (isDigits(token)) found.push(...this.numbers);
      return found;
    }

    correct(tokens) {
      const corrected = new Map();
      for (const token of tokens) {
        if (token.length < 5 || !isAlpha(token) || corrected.has(token) || corrected.size >= MOST_CORRECTED) continue;
        if (this.known.has(token) || this.classesOf(token).length) continue;
        this.vocabulary = this.vocabulary
          || [...new Set([...this.forms, ...this.known])].filter((word) => word.length >= 4).sort();
        const near = nearest(token, this.vocabulary);
        if (near) corrected.set(token, near);
      }
      return tokens.map((token) => corrected.get(token) || token);
    }

    read(tokens) {
      const classes = tokens.map((token) => new Set(this.classesOf(token)));
      const matches = [];
      classes.forEach((here, start) => {
        for (const number of [...here].sort((a, b) => a - b)) {
          for (const pattern of this.patterns.get(number) || []) {
            const end = endOf(pattern.elements, 1, start + 1, classes);
            if (end >= 0) matches.push({ room: pattern.room, key: pattern.key, percent: pattern.percent, start, end });
          }
        }
      });
      const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      return matches.sort((a, b) => a.start - b.start || a.end - b.end
        || order(a.room + ":" + a.key, b.room + ":" + b.key) || a.percent - b.percent);
    }
  }

  function push(map, key, value) {
    if (map.has(key)) map.get(key).push(value);
    else map.set(key, [value]);
  }

  function endOf(elements, element, at, classes) {
    if (element === elements.length) return at - 1;
    const wanted = elements[element];
    if (wanted >= 0) {
      return at < classes.length && classes[at].has(wanted) ? endOf(elements, element + 1, at + 1, classes) : -1;
    }
    for (let skipped = 0; skipped <= -wanted; skipped++) {
      const end = endOf(elements, element + 1, at + skipped, classes);
      if (end >= 0) return end;
    }
    return -1;
  }

  Object.assign(Waypost, { fold, stem, editDistance, isDigits, WordBook });
})((globalThis.Waypost = globalThis.Waypost || {}));
