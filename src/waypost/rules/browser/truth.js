// Three-valued tests of a situation's facts. The twin of rules/penalty_logic.py.
"use strict";
(function (Waypost) {
  const MOST = 1e9;
  const tests = new Map();

  function parse(text) {
    if (!tests.has(text)) tests.set(text, read(text));
    return tests.get(text);
  }

  function read(text) {
    if (text === "given") return { kind: "given", holds: () => true };
    let m;
    if ((m = /^under (\d+)$/.exec(text))) return between(-MOST, Number(m[1]) - 1);
    if ((m = /^(\d+) or more$/.exec(text))) return between(Number(m[1]), MOST);
    if ((m = /^(\d+) to (\d+)$/.exec(text))) return between(Number(m[1]), Number(m[2]));
    if ((m = /^(before|from) (\d{4}-\d{2}-\d{2})$/.exec(text))) {
      return m[1] === "before" ? days("", m[2]) : days(m[2], "9999-12-31");
    }
    const negated = text.startsWith("not ");
    const values = new Set((negated ? text.slice(4) : text).split("|").map((value) => value.trim()));
    return { kind: "one", values, negated, holds: (given) => given.some((v) => values.has(v)) !== negated };
  }

  function between(low, high) {
    return { kind: "between", low, high, holds: (given) => low <= Number(given[0]) && Number(given[0]) <= high };
  }

  function days(first, end) {
    return { kind: "days", first, end, holds: (given) => first <= given[0] && given[0] < end };
  }

  function truthOf(facts, word, text) {
    const given = facts.get(word);
    if (given === undefined) return "unknown";
    if (!word.endsWith(".class")) return parse(text).holds(given) ? "yes" : "no";
    const held = new Set(given.map((one) => parse(text).holds([one])));
    return held.size > 1 ? "unknown" : held.has(true) ? "yes" : "no";
  }

  function conjunction(facts, condition) {
    const asks = [];
    for (const [word, text] of Object.entries(condition)) {
      const truth = truthOf(facts, word, text);
      if (truth === "no") return { truth, asks: [] };
      if (truth === "unknown") asks.push([word, text]);
    }
    return asks.length ? { truth: "unknown", asks } : { truth: "yes", asks };
  }

  // A list of conditions: one that holds decides; an empty list always holds.
  function judge(facts, conditions) {
    if (!conditions || !conditions.length) return { truth: "yes", asks: [] };
    const asks = [];
    for (const condition of conditions) {
      const judged = conjunction(facts, condition);
      if (judged.truth === "yes") return judged;
      for (const ask of judged.asks) {
        if (!asks.some((had) => had[0] === ask[0] && had[1] === ask[1])) asks.push(ask);
      }
    }
    return { truth: asks.length ? "unknown" : "no", asks };
  }

  Object.assign(Waypost, { MOST, parse, judge });
})((globalThis.Waypost = globalThis.Waypost || {}));
