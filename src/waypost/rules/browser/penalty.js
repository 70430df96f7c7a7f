// From a situation to an explanation, in one language. The twin of rules/penalty.py and of known_facts.
"use strict";
(function (Waypost) {
  const { judge, said, match, agreed, lowest, same, told, inForce, has } = Waypost;
  const OPEN = "no_verified_rule";
  const or = (list) => list || [];
  const meet = (some, others) => or(some).some((one) => or(others).includes(one));

  function explain(law, situation, askedOn) {
    const facts = knownFacts(law, situation);
    const all = [];
    const into = {
      findings: [], missing: [], protections: [], consequences: [], alternatives: [], unknown: [],
      notes: firstNotes(law, situation, askedOn), help: [],
    };
    for (const key of Object.keys(law.sections).sort()) {
      const section = law.sections[key];
      if (!under(situation.jurisdiction, section.jurisdiction)) continue;
      const version = inForce(section.versions, situation.on);
      if (!version) continue;
      const reference = version.effective_from ? key + "@" + version.effective_from : key;
      const place = { law, section, version, facts, on: situation.on, reference };
      if (version.status === "unknown") {
        if (asked(version, facts)) into.findings.push(unread(place));
        continue;
      }
      all.push(...agreed(or(version.rules)
        .filter((rule) => asked(rule, facts) && judge(facts, rule.only_if).truth === "yes")
        .map((rule) => match(place, rule))));
    }
    for (const m of all) gather(into, m);
    return explanation(law, situation, askedOn, facts, into);
  }

  const under = (jurisdiction, above) => jurisdiction === above || jurisdiction.startsWith(above + "-");

  function asked(rule, facts) {
    if (facts.has("question")) return meet(rule.questions, facts.get("question"));
    return meet(rule.roles, facts.get("role"));
  }

  function knownFacts(law, situation) {
    const facts = new Map(Object.entries(situation.facts));
    for (const [name, word] of Object.entries(law.words)) {
      if (!facts.has(name) && facts.has(word.as)) facts.set(name, facts.get(word.as));
      if (word.kind === "day" && facts.has(name)) facts.set(name + ".years", [years(facts.get(name)[0], situation.on)]);
      if (word.kind === "crime" && facts.has(name)) ofCrimes(law, situation, name, facts);
    }
    return facts;
  }

  function years(since, on) {
    return String(Number(on.slice(0, 4)) - Number(since.slice(0, 4)) - (on.slice(5) < since.slice(5) ? 1 : 0));
  }

  function ofCrimes(law, situation, word, facts) {
    const on = (facts.get("convicted_on") || [situation.on])[0];
    const classes = facts.get(word).map((crime) => classesOf(law, crime, on));
    facts.set(word + ".section", facts.get(word));
    if (classes.every((some) => some.length)) facts.set(word + ".class", [...new Set(classes.flat())].sort());
  }

  function classesOf(law, crime, on) {
    if (!has(law.sections, crime)) return Object.values(law.scale).some((classes) => has(classes, crime)) ? [crime] : [];
    const version = inForce(law.sections[crime].versions, on);
    return or(version && version.rules).flatMap((rule) => or(rule.grades).map((g) => g.class).filter(Boolean));
  }

  function gather(into, m) {
    if (m.truth === "no") {
      into.missing.push(m.finding);
      return;
    }
    into.findings.push(m.finding);
    into.protections.push(...m.protections);
    into.unknown.push(...m.unknown);
    into.help.push(...or(m.rule.help));
    for (const name of ["consequences", "alternatives"]) {
      if (m.finding.outcome !== "protected" || m.rule.outcome === "protected") into[name].push(...statements(m, m.rule[name]));
    }
    into.notes.push(...statements(m, m.rule.notes).map((each) => each.text));
    if (m.place.version.status === "expected") {
      into.notes.push(said(m.place.law, "expected", { citation: m.place.section.citation }));
    }
  }

  function statements(m, effects) {
    return or(effects).filter((effect) => judge(m.place.facts, effect.when).truth === "yes").map((effect) => ({
      text: effect.text, section: m.place.reference, citation: m.place.section.citation,
      source: or(effect.sources)[0] || null, confidence: effect.confidence,
    }));
  }

  function unread(place) {
    const version = place.version, sources = or(version.sources);
    const step = Waypost.step(version.change, sources, version.confidence, "unknown");
    const text = said(place.law, "not_read", { citation: place.section.citation });
    return told(place, OPEN, "could_not_confirm", text, [step], { possible: true });
  }

  function explanation(law, situation, askedOn, facts, g) {
    let findings = g.findings;
    if (findings.every((each) => each.outcome === OPEN)) {
      findings = [...findings, ...g.missing.filter((each) => each.outcome !== OPEN)];
    }
    findings = [...findings].sort((one, other) => rank(law, one, other));
    const outcome = findings.length ? findings[0].outcome : OPEN;
    const notes = findings.length ? g.notes : [...g.notes, said(law, "no_rule")];
    return {
      outcome, as_of: askedOn, date: situation.on, jurisdiction: situation.jurisdiction, findings,
      protections: once(g.protections).sort((one, other) => one.possible - other.possible),
      consequences: once(g.consequences), alternatives: once(g.alternatives),
      unknown_facts: once([...g.unknown, ...nobody(law, facts)]),
      notes: once([...notes, said(law, "not_advice")]),
      help: once([...helpFor(law, outcome, facts), ...g.help]),
      confidence: confidenceOf(law, findings),
    };
  }

  function confidenceOf(law, findings) {
    const main = findings[0];
    const led = (each) => each.outcome === main.outcome && each.possible === main.possible;
    return lowest(law, findings.filter(led).map((each) => each.confidence));
  }

  function rank(law, one, other) {
    const at = (each) => [each.outcome === OPEN, each.possible, law.outcomes.indexOf(each.outcome), each.section];
    const first = at(one), second = at(other);
    const place = first.findIndex((value, index) => value !== second[index]);
    return place < 0 ? 0 : first[place] < second[place] ? -1 : 1;
  }

  function nobody(law, facts) {
    if (facts.has("role") || facts.has("question")) return [];
    return [{ fact: "role", if: said(law, "if_given"), then: said(law, "then_role") }];
  }

  function firstNotes(law, situation, askedOn) {
    const notes = [], day = situation.on;
    if (situation.undated) notes.push(said(law, "undated", { day }));
    if (day > askedOn) notes.push(said(law, "future", { day }));
    for (const [word, given, taken] of or(situation.read_as)) notes.push(said(law, "read_as", { word, given, taken }));
    return notes;
  }

  function helpFor(law, outcome, facts) {
    return Object.values(law.help).filter((aid) =>
      (!or(aid.outcomes).length || aid.outcomes.includes(outcome))
      && (!or(aid.roles).length || meet(aid.roles, facts.get("role")))
      && (!or(aid.questions).length || meet(aid.questions, facts.get("question")))
      && judge(facts, aid.when).truth === "yes").flatMap((aid) => aid.services);
  }

  function once(values) {
    return values.filter((value, index) => values.findIndex((other) => same(value, other)) === index);
  }

  Object.assign(Waypost, { explain });
})((globalThis.Waypost = globalThis.Waypost || {}));
