// The explorer in the page: a form goes in, the answer is drawn; nothing is sent, stored or put in the address.
"use strict";
(function (Waypost) {
  const { h, here, explain, drawn, readForm, situationOf, questions, question, whatIf } = Waypost;
  const main = document.getElementById("main");
  let start = null;

  // Draws the answer to a form in the place of what stands there; with faults, says what to mend.
  function answerForm(form) {
    const data = globalThis.WPLaw, law = data.law, on = form.dataset.on;
    const asked = readForm(data, law, form);
    if (asked.faults.size) return mend(data, form, asked.faults);
    let told;
    try {
      told = explain(law, situationOf(data, asked, on), on);
    } catch (error) {
      return mend(data, form, new Map([["situation", data.lines["ask.fault.rules"]]]));
    }
    start = start || [...main.childNodes];
    const crumbs = start.filter((node) => node.nodeName === "NAV");
    main.replaceChildren(...crumbs, ...answer(data, law, asked, told, on));
    main.querySelectorAll("a[href]").forEach(led);
    const title = main.querySelector("h1");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    scrollTo(0, 0);
    say(data.lines["ask.live"]);
  }

  // Where a link leads, said for paper as site/whither.py does.
  function led(link) {
    const target = link.getAttribute("href");
    if (/^(#|tel:|sms:|mailto:)/.test(target)) return;
    const to = new URL(target, location.href), root = new URL(document.body.dataset.root, location.href);
    link.dataset.to = target.includes("://") ? (to.host.replace(/^www\./, "") + to.pathname).replace(/\/+$/, "")
      : "/" + to.pathname.slice(root.pathname.length).replace(/index\.html$/, "");
  }

  function again(event) {
    event.preventDefault();
    main.replaceChildren(...start);
    start = null;
    main.querySelector("form").reset();
    const title = main.querySelector("h1");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function say(line) {
    const live = document.querySelector("[data-ask-live]");
    live.textContent = "";
    setTimeout(() => { live.textContent = line; }, 100);
  }

  function mend(data, form, faults) {
    const before = main.querySelector(".mend");
    if (before) before.remove();
    const box = h("section.mend", { role: "alert", "aria-labelledby": "mend-title", tabindex: "-1" },
      h("h2", { id: "mend-title" }, data.lines["ask.fault.title"]),
      h("ul", null, [...faults].map(([name, text]) => h("li", null, h("a", { href: "#ask-" + name }, text)))));
    form.before(box);
    for (const input of form.querySelectorAll(".ask-typed")) input.toggleAttribute("aria-invalid", faults.has(input.name));
    box.focus();
  }

  function answer(data, law, asked, told, on) {
    const d = drawn(data, law), { t, when } = d;
    const sure = told.findings.filter((each) => !each.possible), maybe = told.findings.filter((each) => each.possible);
    const ceilings = sure.filter((each) => each.outcome === "offense"), rules = sure.filter((each) => each.outcome !== "offense");
    const { known, next } = questions(data, law, asked, told.unknown_facts);
    const heads = (key, list, make) => when(list, () => [h("h2", null, t(key)), ...list.map(make)]);
    const listed = (key, list) => when(list, () => [h("h2", null, t(key)), d.points(once(list).map(d.statement))]);
    const once = (list) => list.filter((each, at) => list.findIndex((one) => one.text === each.text) === at);
    const listOf = (facts) => d.points(facts.map(d.known));
    const answered = known.filter((each) => each.answered);
    const chosen = data.situations[asked.situation];
    const cards = told.help.filter((key) => Object.hasOwn(data.cards, key));
    const dates = t("answer.dates", { on: d.day(told.date), as_of: d.day(told.as_of) });
    const dated = { name: "date", ask: t("ask.when"), kind: "day", choices: [], typed: asked.typed.get("date") || "", whatIfs: [] };
    const draw = (each) => question(each, data.lines);
    return [
      h("h1", null, chosen.text),
      h("p.lead", null, t("outcome." + told.outcome)),
      h("p.quiet", null, [dates, t("ask.supposed"), data.labels[told.confidence]].filter(Boolean).join(" ")),
      when(known, () => h("ul.said-so-far.quiet", null, answered.map((each) => h("li", null, each.ask + " ", h("b", null, each.answered))))),
      heads("law.protects", told.protections, d.shield),
      when(data.whom, () => h("section.reach", { "aria-labelledby": "whom-title" },
        h("h2", { id: "whom-title" }, t("ask.whom")),
        h("ul.whom", null, data.whom.map(whom)),
        h("p.quiet", null, t("law.not_advice")))),
      when(ceilings, () => [h("h2", null, t("ask.ceiling")), h("p", null, t("ask.ceiling_why")), ...ceilings.map(d.finding)]),
      heads("ask.rules", rules, d.finding),
      heads("ask.maybe", maybe, d.finding),
      listed("law.alternatives", told.alternatives),
      when([...ceilings, ...maybe], () => when(data.turns_on, () => [h("h2", null, t("ask.turns_on")), listOf(data.turns_on)])),
      listed("law.consequences", told.consequences),
      when(data.lawyer, () => [h("h2", null, t("ask.lawyer")), h("p", null, t("ask.lawyer_why")),
        ...data.lawyer.flatMap(([topic, ask, facts]) => [h("h3", null, topic), h("p", null, ask), listOf(facts)])]),
      when(told.unknown_facts, () => h("h2", { id: "next" }, t("ask.next"))),
      h("form.ask-form", { autocomplete: "off", "data-ask": true, "data-on": on },
        h("input", { type: "hidden", name: "situation", value: asked.situation }),
        next.slice(0, 1).map(draw),
        when(next.slice(1), () => h("details.ask-known", null, h("summary", null, t("ask.more", { count: next.length - 1 })), next.slice(1).map(draw))),
        h("details.ask-known", null, h("summary", null, t("ask.known")), h("p.quiet", null, t("ask.known_hint")),
          draw(dated), h("p.quiet", null, t("ask.when_hint")), known.map(draw)),
        h("p", null, h("button.button", { type: "submit" }, t("ask.again")))),
      when(told.unknown_facts, () => h("ul.on-paper", null, next.map((each) => h("li", null, each.ask, h("ul", null, each.whatIfs.map(whatIf)))))),
      when(chosen.variants, () => [h("h2", null, t("ask.variants")), h("ul.links", null, chosen.variants.map(([path, text]) =>
        h("li", null, h("a", { href: here(path) }, text))))]),
      when(told.findings, () => [h("h2", null, t("answer.steps")), ...[...sure, ...maybe].flatMap(d.reasoning)]),
      when(told.notes, () => [h("h2", null, t("law.notes")), h("ul", null, told.notes.map((note) => h("li", null, note)))]),
      when(cards, () => h("section.wide", null, h("h2", null, t("question.services")), h("div.grid", null, cards.map((key) => card(data.cards[key]))))),
      restart(t),
      d.footnotes(),
    ].flat(2).filter(Boolean);
  }

  function restart(t) {
    const link = h("a.roomy", { href: here("/law/ask/") }, t("ask.other"));
    if (start.some((node) => node.querySelector && (node.matches("[data-ask-start]") || node.querySelector("[data-ask-start]")))) {
      link.addEventListener("click", again);
    }
    return h("p", null, link);
  }

  function whom([text, path, name, language, tone, checked, number, href]) {
    return h("li", null,
      h("div.whom-what", null, h("small", null, text),
        h("a", { href: here(path) }, language ? h("span", { lang: language }, name) : name),
        h("p.checked.checked-" + tone, null, checked)),
      number && h("a.tel", { href }, number));
  }

  // A card comes as the server draws it, with the paths of its links from the root.
  function card(html) {
    const room = document.createElement("template");
    room.innerHTML = html;
    for (const link of room.content.querySelectorAll('a[href^="/"]')) {
      link.setAttribute("href", document.body.dataset.root + link.getAttribute("href").slice(1) + document.body.dataset.index);
    }
    return room.content;
  }

  Object.assign(Waypost, { answerForm });
})((globalThis.Waypost = globalThis.Waypost || {}));
