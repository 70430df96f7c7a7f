// What a class of offense carries on a day, and what departs from it. The twin of rules/penalty_scale.py.
"use strict";
(function (Waypost) {
  const has = (object, key) => Object.hasOwn(object, key);

  function inForce(versions, on) {
    const found = versions.filter((each) =>
      (!each.effective_from || each.effective_from <= on) && (!each.effective_to || on <= each.effective_to));
    if (found.length > 1) throw new Error("two versions are in force");
    return found[0] || null;
  }

  function classOf(law, jurisdiction, name) {
    const classes = has(law.scale, jurisdiction) ? law.scale[jurisdiction] : {};
    return has(classes, name) ? classes[name] : null;
  }

  function band(law, jurisdiction, name, on) {
    const found = classOf(law, jurisdiction, name);
    return found ? inForce(found.bands, on) : null;
  }

  function className(law, jurisdiction, name) {
    const found = classOf(law, jurisdiction, name);
    return found ? found.name : name;
  }

  const stepOf = (on) => step(on.text, on.sources || [], on.confidence, "yes");

  function step(text, sources, confidence, met) {
    return { text: text || null, source: sources.length ? sources[0] : null, confidence, met, sources };
  }

  function depart(found, departures) {
    let term = (found && found.term) || null, fixed = null;
    let ceiling = found && found.fine_max !== undefined ? found.fine_max : null;
    for (const departure of departures) {
      const amount = departure.amount === undefined ? null : departure.amount;
      if (departure.kind === "own_term") term = departure.term || null;
      else if (departure.kind === "mandatory_minimum") term = term && { ...term, mandatory_min: amount };
      else if (departure.kind === "fine_ceiling") ceiling = amount;
      else {
        fixed = amount === null ? ceiling : amount;
        ceiling = ceiling !== null ? ceiling : fixed;
      }
    }
    const fine = ceiling !== null ? { fixed_usd: fixed, max_usd: ceiling } : null;
    return { term, fine, steps: departures.map(stepOf) };
  }

  Object.assign(Waypost, { has, inForce, band, className, depart, step, stepOf });
})((globalThis.Waypost = globalThis.Waypost || {}));
