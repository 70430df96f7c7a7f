// Adding up. The twin of search/scorer.py.
"use strict";
(function (Waypost) {
  const MOST_TEXT = 6000;

  function score(index, needs, tokens) {
    const total = new Map(), text = new Map();
    const add = (map, list, times) => {
      for (let i = 0; i < list.length; i += 2) map.set(list[i], (map.get(list[i]) || 0) + times * list[i + 1]);
    };
    for (const need of Object.keys(needs)) if (Object.hasOwn(index.needs, need)) add(total, index.needs[need], needs[need]);
    for (const token of tokens) if (Object.hasOwn(index.tokens, token)) add(text, index.tokens[token], 1);
    for (const [document, impact] of text) total.set(document, (total.get(document) || 0) + Math.min(impact, MOST_TEXT));
    return total;
  }

  Object.assign(Waypost, { score });
})((globalThis.Waypost = globalThis.Waypost || {}));
