// Adding up. The twin of search/scorer.py.
"use strict";
(function (Waypost) {
  const MOST_TEXT = 6000, MOST_ASKED = 30000, ASKED_NEED = 16, SHORTEST_START = 4, MOST_STARTED = 8, STARTED = 60;

  function score(index, needs, tokens) {
    const total = new Map(), text = new Map();
    const isService = (document) => index.documents[document][0] === "service";
    const add = (map, document, points) => map.set(document, (map.get(document) || 0) + points);
    for (const need of Object.keys(needs)) {
      if (!index.needs.has(need)) continue;
      each(index.needs.get(need), (document, fit) => {
        add(total, document, Math.floor((needs[need] * fit * (isService(document) ? 100 : ASKED_NEED)) / 100));
      });
    }
    for (const token of tokens) for (const [document, impact] of impactsOf(index, token)) add(text, document, impact);
    for (const [document, impact] of text) add(total, document, Math.min(impact, isService(document) ? MOST_TEXT : MOST_ASKED));
    return total;
  }

  function each(list, use) {
    for (let i = 0; i < list.length; i += 2) use(list[i], list[i + 1]);
  }

  function impactsOf(index, token) {
    const impacts = new Map();
    if (index.words.has(token)) each(index.tokens(token), (document, impact) => impacts.set(document, impact));
    else if (token.length >= SHORTEST_START) {
      const started = [...index.words.keys()].filter((word) => word.startsWith(token)).slice(0, MOST_STARTED);
      for (const word of started) {
        each(index.tokens(word), (document, impact) => {
          impacts.set(document, Math.max(impacts.get(document) || 0, Math.floor((impact * STARTED) / 100)));
        });
      }
    }
    return impacts;
  }

  Object.assign(Waypost, { score });
})((globalThis.Waypost = globalThis.Waypost || {}));
