// One rule of one section against a situation. The twin of rules/penalty_match.py.
"use strict";
(function (Waypost) {
  const { judge, said, askedOf, band, className, depart, step, stepOf } = Waypost;
  const MISSING_SAYS_NO = ["offense", "civil", "duty"], UNSURE = "could_not_confirm";
  const or = (list) => list || [];
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function lowest(law, levels) {
    const order = law.confidence;
    return levels.length ? order[Math.max(...levels.map((level) => order.indexOf(level)))] : UNSURE;
  }

  function match(place, rule) {
    const chain = exceptions(place, rule, elements(place, rule));
    if (chain.truth === "no") return matched(place, rule, "no", missing(place, rule, chain));
    const shields = or(rule.protections).map((shield) => [shield, judgeShield(place, shield)]);
    const barred = shields.find(([shield, judged]) => shield.bars && judged.truth === "yes");
    if (barred && (chain.truth === "yes" || rule.outcome !== "protected")) {
      const sure = shields.filter(([, judged]) => judged.truth === "yes").map(([s]) => protection(place, s, "yes"));
      return matched(place, rule, chain.truth, bar(place, barred[0]), sure);
    }
    const protections = shields.filter(([, judged]) => judged.truth !== "no").map(([s, judged]) =>
      protection(place, s, chain.truth === "unknown" ? "unknown" : judged.truth));
    const unknown = [...chain.unknown];
    for (const [s, judged] of shields) unknown.push(...askedOf(place.law, judged.asks, s.what_if, s.text));
    const [found, more] = finding(place, rule, chain);
    return matched(place, rule, chain.truth, found, protections, [...unknown, ...more]);
  }

  function matched(place, rule, truth, found, protections, unknown) {
    return { place, rule, truth, finding: found, protections: or(protections), unknown: or(unknown) };
  }

  function elements(place, rule) {
    const steps = [], unknown = [], truths = [];
    if (rule.confidence) steps.push(step(rule.text, or(rule.sources), rule.confidence, "yes"));
    for (const element of or(rule.elements)) {
      const judged = judgeElement(place.facts, element);
      truths.push(judged.truth);
      steps.push(elementStep(element, judged.truth));
      const then = said(place.law, "then_" + rule.outcome, { citation: place.section.citation });
      unknown.push(...askedOf(place.law, judged.asks, element.what_if, then));
    }
    const truth = truths.includes("no") ? "no" : truths.includes("unknown") ? "unknown" : "yes";
    return { truth, steps, unknown };
  }

  function exceptions(place, rule, chain) {
    let unknown = chain.unknown;
    for (const exception of or(rule.exceptions)) {
      const judged = judge(place.facts, exception.when);
      if (judged.truth === "yes") {
        return { truth: "no", steps: [...chain.steps, elementStep(exception, "no")], unknown: [] };
      }
      unknown = [...unknown, ...askedOf(place.law, judged.asks, exception.what_if, exception.text)];
    }
    return { ...chain, unknown };
  }

  function judgeElement(facts, element) {
    const judged = judge(facts, element.when);
    if (judged.truth === "no" && or(element.unclear).length) {
      const doubtful = judge(facts, element.unclear);
      return { truth: doubtful.truth === "no" ? "no" : "unknown", asks: doubtful.asks };
    }
    return judged;
  }

  function judgeShield(place, shield) {
    const judged = judge(place.facts, shield.when);
    const doubtful = judged.truth === "no" && or(shield.unclear).length;
    return doubtful && judge(place.facts, shield.unclear).truth === "yes" ? { truth: "unknown", asks: [] } : judged;
  }

  function elementStep(element, truth) {
    const text = truth === "no" ? element.missing || element.text : element.text;
    return step(text, or(element.sources), element.confidence, truth);
  }

  function told(place, outcome, confidence, text, steps, more) {
    return {
      section: place.reference, citation: place.section.citation, outcome, class: null, term: null, fine: null,
      possible: false, confidence, heading: place.section.heading, text: text || null, steps, ...more,
    };
  }

  function missing(place, rule, chain) {
    const steps = chain.steps.filter((each) => each.met === "no");
    const saysNo = MISSING_SAYS_NO.includes(rule.outcome) && !rule.quiet_when_missing;
    return told(place, saysNo ? "not_an_offense" : "no_verified_rule", lowest(place.law, steps.map((s) => s.confidence)),
      said(place.law, "not_met", { citation: place.section.citation }), steps);
  }

  function bar(place, shield) {
    return told(place, "protected", shield.confidence, shield.text,
      [step(shield.text, or(shield.sources), shield.confidence, "yes")]);
  }

  function protection(place, shield, truth) {
    return {
      kind: shield.kind, section: place.reference, citation: place.section.citation, text: shield.text,
      discretionary: Boolean(shield.discretionary), when_to_raise: shield.when_to_raise || null,
      limits: shield.limits || null, possible: truth === "unknown", confidence: shield.confidence,
      source: or(shield.sources)[0] || null,
    };
  }

  function finding(place, rule, chain) {
    const [grade, unknown] = gradeOf(place, rule);
    const steps = [...chain.steps, ...presumed(place, rule)];
    let named = null, term = null, fine = null;
    if (grade) {
      named = classNamed(place, grade);
      const found = named ? band(place.law, place.section.jurisdiction, named, place.on) : null;
      steps.push(step(grade.text, or(grade.sources), grade.confidence, "yes"));
      if (found) steps.push(stepOf(found));
      else if (named) {
        const name = className(place.law, place.section.jurisdiction, named);
        steps.push(step(said(place.law, "no_band", { class: name }), [], UNSURE, "unknown"));
      }
      const left = depart(found, or(grade.departures));
      [term, fine] = [left.term, left.fine];
      steps.push(...left.steps);
    }
    const confidence = lowest(place.law, steps.map((each) => each.confidence));
    const verified = confidence !== UNSURE;
    const made = told(place, verified ? rule.outcome : "no_verified_rule", confidence, rule.text, steps, {
      class: verified ? named : null, term: verified ? term : null, fine: verified ? fine : null,
      possible: chain.truth === "unknown" || Boolean(rule.only_possible) || !verified,
    });
    return [made, unknown];
  }

  function presumed(place, rule) {
    return or(rule.presumptions).filter((effect) => judge(place.facts, effect.when).truth === "yes")
      .map((effect) => step(effect.text, or(effect.sources), effect.confidence, "yes"));
  }

  function classNamed(place, grade) {
    if (!grade.class_of) return grade.class || null;
    const classes = place.facts.get(grade.class_of + ".class") || [];
    return classes.length === 1 ? classes[0] : null;
  }

  function gradeOf(place, rule) {
    const judged = or(rule.grades).filter((g) => or(g.when).length).map((g) => [g, judge(place.facts, g.when)]);
    let fits = judged.filter(([, j]) => j.truth === "yes").map(([g]) => g);
    const behind = new Set(fits.flatMap((g) => or(g.overrides)));
    fits = fits.filter((g) => !behind.has(g.id));
    if (fits.length > 1) throw new Error("two grades fit and disagree");
    const unknown = [];
    for (const [g, j] of judged) {
      if (j.truth === "unknown" && !behind.has(g.id)) unknown.push(...askedOf(place.law, j.asks, g.what_if, g.text));
    }
    const usual = or(rule.grades).find((g) => !or(g.when).length) || null;
    return [fits[0] || usual, unknown];
  }

  // What is left when the rules that others go before are taken out; two that fit and disagree stop it.
  function agreed(found) {
    const behind = new Set(found.filter((m) => m.truth === "yes").flatMap((m) => or(m.rule.overrides)));
    const left = found.filter((m) => !behind.has(m.rule.id));
    const sure = left.filter((m) => m.truth === "yes").map(says);
    if (sure.some((each) => !same(each, sure[0]))) throw new Error("two rules fit and disagree");
    return left;
  }

  function says(m) {
    const { outcome, class: named, term, fine } = m.finding;
    const length = term && [term.min, term.max, term.unit, term.mandatory_min];
    return [outcome, named, length, fine, m.protections.filter((p) => !p.possible).map((p) => [p.kind, p.discretionary])];
  }

  Object.assign(Waypost, { match, agreed, lowest, same, told });
})((globalThis.Waypost = globalThis.Waypost || {}));
