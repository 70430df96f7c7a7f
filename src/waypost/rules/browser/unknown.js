// Facts that were not given, and what each would change. The twin of rules/penalty_unknown.py.
"use strict";
(function (Waypost) {
  const { has, parse } = Waypost;

  function said(law, phrase, values) {
    if (!has(law.phrases, phrase)) return null;
    return law.phrases[phrase].replace(/\{(\w+)\}/g, (whole, name) => (values && has(values, name) ? values[name] : whole));
  }

  function askedOf(law, asks, whatIfs, then) {
    return asks.flatMap(([word, test]) => {
      const fact = word.split(".")[0];
      const own = (whatIfs || []).filter((each) => each.fact === fact);
      if (own.length) return own.map((each) => ({ fact, if: each.if, then: each.then }));
      return [{ fact, if: describe(law, word, parse(test)), then }];
    });
  }

  function describe(law, word, test) {
    if (test.kind === "given") return said(law, "if_given");
    if (test.kind === "between") {
      const unit = word.endsWith(".years") ? "_years" : "";
      if (test.low === -Waypost.MOST) return said(law, "if_under" + unit, { n: String(test.high + 1) });
      if (test.high === Waypost.MOST) return said(law, "if_or_more" + unit, { n: String(test.low) });
      return said(law, "if_between", { low: String(test.low), high: String(test.high) });
    }
    if (test.kind === "days") {
      return test.first ? said(law, "if_from", { day: test.first }) : said(law, "if_before", { day: test.end });
    }
    const listed = [...test.values].sort().map((value) => meaning(law, word, value)).join(said(law, "or") || "");
    return (test.negated ? said(law, "if_not", { values: listed }) : listed) || null;
  }

  function meaning(law, word, value) {
    const known = has(law.words, word) && law.words[word].values.find((each) => each[0] === value);
    if (known) return known[1];
    if (has(law.sections, value)) return law.sections[value].citation;
    for (const classes of Object.values(law.scale)) if (has(classes, value)) return classes[value].name;
    return said(law, "value_" + value) || value.replaceAll("_", " ");
  }

  Object.assign(Waypost, { said, askedOf });
})((globalThis.Waypost = globalThis.Waypost || {}));
