// Draws an explanation as templates/ask_answer.jinja does: tests hold both to the same markup.
"use strict";
(function (Waypost) {
  const body = document.body.dataset;
  const { has } = Waypost;

  // The node of a tag with classes ("p.quiet"), its attributes and what is in it; what is empty is left out.
  function h(tag, attributes, ...inside) {
    const [name, ...classes] = tag.split(".");
    const node = document.createElement(name);
    if (classes.length) node.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...inside.flat(2).filter((each) => each !== null && each !== undefined && each !== ""));
    return node;
  }

  function drawn(data, law) {
    const notes = [];
    const t = (key, values) => fill(data.lines[key], values);
    const many = (key, count) => t(key + (count === 1 ? ".one" : ".many"), { count });
    const day = (on) => t("date.day", { day: Number(on.slice(8)), month: t("month." + Number(on.slice(5, 7))), year: Number(on.slice(0, 4)) });
    const when = (list, make) => (list.length ? make() : null);

    function noted(sources, confidence) {
      const known = sources.filter((key, at) => sources.indexOf(key) === at);
      const key = sources.join(" ") + " " + confidence;
      let at = notes.findIndex((note) => note.key === key);
      if (at < 0) at = notes.push({ key, sources: known.filter((each) => has(data.sources, each)), confidence }) - 1;
      const attributes = { href: "#note-" + (at + 1), "aria-label": t("notes.ref") + " " + (at + 1) };
      return [" ", h("sup.note-ref", null, h("a", attributes, String(at + 1)))];
    }

    const labelled = (confidence) => data.labels[confidence];
    const how = (text) => (text ? [" ", h("span.how", null, text)] : null);
    const points = (list) => h("ul.points", null, list.map((p) => h("li", null, p.text, p.note, how(p.label))));
    const statement = (each) => ({
      text: each.text, note: each.source && noted([each.source], each.confidence), label: labelled(each.confidence),
    });

    const known = ([text, sources, confidence]) => ({
      text, note: sources.length ? noted(sources, confidence) : null, label: labelled(confidence),
    });

    function shield(each) {
      const kind = t("shield." + each.kind);
      return h("section.shield.box", null,
        h("h3", null, each.possible ? kind + " (" + t("ask.if_so") + ")" : kind),
        h("p", null, each.text, each.source && noted([each.source], each.confidence)),
        each.when_to_raise && h("p", null, h("b", null, t("shield.when")), " ", each.when_to_raise),
        each.limits && h("p", null, h("b", null, t("shield.limits")), " ", each.limits),
        labelled(each.confidence) && h("p.how", null, labelled(each.confidence)));
    }

    function span(number, unit) {
      return unit === "months" && number && number % 12 === 0 ? many("years.count", number / 12) : many(unit + ".count", number);
    }

    function termWords(term) {
      if (!term || (term.max === null && !term.min)) return "";
      const least = () => span(term.min, term.unit), most = () => span(term.max, term.unit);
      const said = term.max === null ? t("term.at_least", { least: least() })
        : term.min ? t("term.between", { least: least(), most: most() }) : t("term.up_to", { most: most() });
      return said + (term.mandatory_min ? " " + t("term.mandatory", { least: span(term.mandatory_min, term.unit) }) : "");
    }

    function fineWords(fine) {
      if (!fine) return "";
      const amount = (number) => "$" + number.toLocaleString("en-US");
      if (fine.fixed_usd !== null) return t("fine.set", { amount: amount(fine.fixed_usd) });
      return fine.max_usd === null ? "" : t("fine.up_to", { amount: amount(fine.max_usd) });
    }

    function finding(each) {
      const section = law.sections[each.section.split("@")[0]];
      const classes = law.scale[section.jurisdiction] || {};
      const sources = [...new Set(each.steps.flatMap((step) => step.sources))];
      const row = (key, text) => (text ? h("div", null, h("dt", null, t(key)), h("dd", null, text)) : null);
      return h("section.rule", null,
        h("h3", null, h("a", { href: here("/l/" + section.slug + "/") }, each.heading)),
        h("p.cited", null, each.citation + " · " + t("outcome." + each.outcome)),
        h("div.penalty.box", null,
          h("p.penalty-when", null, each.text, sources.length ? noted(sources, each.confidence) : null),
          h("dl.penalty-list", null,
            row("law.class", each.class && has(classes, each.class) ? classes[each.class].name : ""),
            row("law.term", termWords(each.term)), row("law.fine", fineWords(each.fine))),
          labelled(each.confidence) && h("p.how", null, labelled(each.confidence))));
    }

    function reasoning(each) {
      const steps = each.steps.map((step) => ({
        text: step.text,
        note: noted(step.sources.length ? step.sources : step.source ? [step.source] : [], step.confidence),
        label: step.met === "yes" ? labelled(step.confidence) : t("met." + step.met),
      }));
      return [h("h3", null, each.heading + " ", h("span.cited", null, each.citation)), points(steps)];
    }

    function footnotes() {
      if (!notes.length) return null;
      return h("section.notes", { "aria-labelledby": "notes-title" },
        h("h2", { id: "notes-title" }, t("notes.title")),
        h("ol.notes-list", null, notes.map((note, at) => h("li", { id: "note-" + (at + 1), value: at + 1 },
          note.sources.length ? note.sources.map((key, index) => [
            h("span.notes-source", null, h("a", { href: here(data.sources[key][3]) }, data.sources[key][0]),
              (data.sources[key][1] ? ", " + data.sources[key][1] : "") + " (",
              data.sources[key][5] ? h("span", { lang: data.sources[key][5] }, data.sources[key][2]) : data.sources[key][2],
              ")" + (data.sources[key][4] && " " + data.sources[key][4])),
            index < note.sources.length - 1 ? "; " : null]).flat() : t("notes.none"),
          ". ", data.notes[note.confidence] ? [h("span.notes-label", null, data.notes[note.confidence]), " "] : null))));
    }

    return { t, day, when, points, statement, known, shield, finding, reasoning, footnotes };
  }

  function fill(line, values) {
    return values ? line.replace(/\{(\w+)\}/g, (whole, name) => (has(values, name) ? values[name] : whole)) : line;
  }

  function here(path) {
    const lang = document.documentElement.lang;
    return body.root + ((lang === "en" ? "" : "/" + lang) + path).slice(1) + body.index;
  }

  Object.assign(Waypost, { h, drawn, here });
})((globalThis.Waypost = globalThis.Waypost || {}));
