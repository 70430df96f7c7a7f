// Opens what desk/find_browser.py packed: keys, postings, listings. Each part once, when it is first needed.
"use strict";
(function (Waypost) {
  const list = (text) => (text ? text.split(" ") : []);

  // "3A1cB": document 3 with the first worth, 48 further on with the second. -> [3, w0, 51, w1]
  function postings(text, worth) {
    const found = [];
    let document = 0;
    for (const [, step, letters] of text.matchAll(/([0-9a-z]+)([A-Z]+)/g)) {
      let place = 0;
      for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64;
      document += parseInt(step, 36);
      found.push(document, worth[place - 1]);
    }
    return found;
  }

  // "AC_B": the first stem, two further on, and 63 + 1 beyond that.
  function chosen(stems, gaps) {
    const found = [];
    let place = 0;
    for (const letter of gaps) {
      const step = Waypost.ALPHABET.indexOf(letter);
      place += step;
      if (step < 63) found.push(stems[place]);
    }
    return found;
  }

  // stems: those of the lexicon, in order.
  function opened(data, stems) {
    const documents = [], listings = {}, answers = {};
    for (const kind of ["law", "question", "service"]) for (const key of list(data.keys[kind])) documents.push([kind, key]);
    list(data.keys.service).forEach((key, i) => {
      const { serves, spoken, access, ...rest } = data.listings[i];
      listings[key] = { points: [], phones: [], ...rest, serves: list(serves), spoken: list(spoken), access: list(access) };
    });
    documents.forEach(([kind, key], i) => {
      if (kind !== "service") answers[key] = { title: data.titles[i], path: data.paths[i] };
    });
    const packed = list(data.postings), words = [...list(data.tokens), ...chosen(stems, data.stems)];
    const tokens = new Map(words.sort().map((token, i) => [token, i]));
    const needs = new Map(Object.entries(data.needs).map(([need, text]) => [need, postings(text, data.worth)]));
    const index = { documents, needs, words: tokens, tokens: (word) => postings(packed[tokens.get(word)], data.worth) };
    return { index, listings, answers };
  }

  Object.assign(Waypost, { opened });
})((globalThis.Waypost = globalThis.Waypost || {}));
