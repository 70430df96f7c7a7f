// The form of the explorer: what it says, what to mend, and what is asked next. The twin of pages/ask_law_form.py.
"use strict";
(function (Waypost) {
  const { h, has } = Waypost;
  const LONGEST = 120, UNASKED = ["jurisdiction", "asked_on", "situation"];
  const CHOICES = { choice: "choice", yes_no: "choice", crime: "list" };

  // What a form says: every answer as given, the facts that hold, and what to mend by field.
  function readForm(data, law, form) {
    const given = new Map([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
    const situation = given.get("situation") || "", chosen = data.situations[situation];
    const typed = new Map(chosen ? Object.entries(chosen.facts) : []);
    const facts = new Map(typed), faults = new Map();
    if (!chosen) faults.set("situation", data.lines["ask.fault.nothing"]);
    for (const [name, value] of given) {
      if (!has(law.words, name) || UNASKED.includes(name)) continue;
      typed.set(name, value);
      const read = readValue(law.words[name], value);
      if (read === null) faults.set(name, data.lines["ask.fault." + fault(law.words[name], value)]);
      else facts.set(name, read);
    }
    return { situation, typed, facts, faults };
  }

  function fault(word, value) {
    if (value.length > LONGEST) return "long";
    return word.kind === "day" || word.kind === "number" ? word.kind : "value";
  }

  function readValue(word, value) {
    if (value.length > LONGEST) return null;
    if (word.kind === "number") return /^[0-9]{1,6}$/.test(value) ? String(Number(value)) : null;
    if (word.kind !== "day") return value;
    const day = /^\d{4}-\d{2}-\d{2}$/.test(value) && value >= "0001" ? new Date(value + "T00:00:00Z") : NaN;
    return !isNaN(day) && day.toISOString().slice(0, 10) === value ? value : null;
  }

  function situationOf(data, asked, on) {
    const facts = Object.fromEntries([...asked.facts].filter(([name]) => name !== "date").map(([name, value]) => [name, [value]]));
    const date = asked.facts.get("date");
    return { jurisdiction: data.jurisdiction, on: date || on, undated: !date, facts, read_as: [] };
  }

  function choicesOf(data, law, name) {
    const word = law.words[name];
    if (word.kind === "crime") return data.offenses;
    return word.values.map(([value, meaning]) => [value, meaning.slice(0, 1).toUpperCase() + meaning.slice(1)]);
  }

  function questions(data, law, asked, unknown) {
    const own = data.situations[asked.situation].facts;
    const silent = ["date", ...["role", "question"].filter((name) => has(own, name))];
    const known = [...asked.typed.keys()].filter((name) => has(law.words, name) && !silent.includes(name));
    const open = [...new Set(unknown.map((each) => each.fact))].filter((name) =>
      has(law.words, name) && !asked.typed.has(name) && name !== "date");
    return { known: known.map((name) => made(name, [])), next: open.map((name) => made(name, unknown)) };

    function made(name, whatIfs) {
      const typed = asked.typed.get(name) || "";
      const choices = choicesOf(data, law, name), kind = CHOICES[law.words[name].kind] || law.words[name].kind;
      const answered = (choices.find(([value]) => value === typed) || [0, typed])[1];
      return { name, ask: data.asks[name], kind, choices, typed, answered, whatIfs: whatIfs.filter((each) => each.fact === name) };
    }
  }

  // One question, as components/ask-question draws it.
  function question(each, lines) {
    const id = "ask-" + each.name, why = each.whatIfs.length ? id + "-why" : null;
    const list = why && h("ul.ask-why", { id: why }, each.whatIfs.map((one) => whatIf(one)));
    if (each.kind === "choice") {
      const pick = (value, label, checked) => h("label.pick", null,
        h("input", { type: "radio", name: each.name, value, checked }), " ", h("span", null, label));
      return h("fieldset.ask", { id, "aria-describedby": why }, h("legend", null, each.ask), list,
        h("div.ask-choices", null, each.choices.map(([value, label]) => pick(value, label, value === each.typed)),
          pick("", lines["ask.dont_know"], !each.choices.some(([value]) => value === each.typed))));
    }
    const label = h("label", { for: id }, each.ask);
    if (each.kind === "list") {
      return h("div.ask", null, label, list, h("select", { id, name: each.name, "aria-describedby": why },
        h("option", { value: "" }, lines["ask.dont_know"]),
        each.choices.map(([value, text]) => h("option", { value, selected: value === each.typed }, text))));
    }
    return h("div.ask", null, label, list, h("input.ask-typed", {
      id, name: each.name, type: "text", value: each.typed, maxlength: "120", autocomplete: "off", spellcheck: "false",
      inputmode: each.kind === "number" ? "numeric" : null, placeholder: each.kind === "number" ? null : "2026-11-22",
      "aria-describedby": why,
    }));
  }

  const whatIf = (one) => h("li", null, h("b", null, one.if + ":"), " " + one.then);

  Object.assign(Waypost, { readForm, situationOf, questions, question, whatIf });
})((globalThis.Waypost = globalThis.Waypost || {}));
