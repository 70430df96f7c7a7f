// Search in the page: the words stay here. Without this, or if the data does not come, the form is sent.
(function () {
  const form = document.querySelector("[data-search-form]");
  const body = document.body.dataset;
  const place = document.querySelector("[data-found]");
  const blank = document.querySelector("[data-template=found]");
  if (!form || !place || !blank || !body.search) return;
  const field = (name) => form.querySelector("#" + name);
  let ready = null;

  form.hidden = false;
  form.addEventListener("focusin", load);
  form.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.dataset.sent) return;
    event.preventDefault();
    load().then(answer, function () { if (form.method === "post") form.submit(); });
  });

  function load() {
    ready = ready || Promise.all(body.search.split(" ").map((source) => new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = source;
      script.async = false;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }))).then(function () { setTimeout(Waypost.prepareInSlices, 50); });
    return ready;
  }

  function answer() {
    const chosen = (name) => { const box = field("narrow-" + name); return (box && box.value) || null; };
    const number = (name) => (chosen(name) === null ? null : Number(chosen(name)));
    const on = (name) => Boolean(field("narrow-" + name) && field("narrow-" + name).checked);
    const found = Waypost.find(field("words").value, {
      near: (field("near") && field("near").value.trim()) || null,
      at: new Date(),
      limit: 20,
      wanted: {
        open: on("open"), free: on("free"), walk_in: on("walk_in"), no_id: on("no_id"), confidential: on("confidential"),
        day: number("day"), hour: number("hour"), within: number("within"), language: chosen("language"), whom: chosen("whom"),
      },
    });
    offer(found);
    const drawn = draw(found);
    drawn.tabIndex = -1;
    place.replaceChildren(drawn);
    drawn.focus({ preventScroll: true });
    place.scrollIntoView();
    const keep = document.querySelector("[data-mylist]");
    if (keep) keep.hidden = !found.results.length;
  }

  // The ways to narrow, with the counts of these results beside each.
  function offer(found) {
    const room = form.querySelector("[data-narrow]"), mould = document.querySelector("[data-template=narrow]");
    if (!room.firstElementChild && mould) room.append(mould.content.cloneNode(true));
    const counts = new Map(found.choices.map((choice) => [choice.name, choice]));
    for (const node of room.querySelectorAll("[data-choice]")) {
      const choice = counts.get(node.dataset.choice);
      const line = !choice ? "" : choice.unknown ? WP.lines.count : WP.lines.count_sure;
      const said = line && line.replace("{sure}", choice.sure).replace("{unknown}", choice.unknown);
      node.textContent = [node.dataset.label, said].filter(Boolean).join(" ");
    }
  }

  function draw(found) {
    const root = blank.content.firstElementChild.cloneNode(true);
    const bare = !found.results.some((one) => one.score) && !found.answers.length && !found.banners.length;
    const sure = found.results.filter((one) => !found.unsure.includes(one.key));
    const unsure = found.results.filter((one) => found.unsure.includes(one.key));
    set(root, ".found-notice", found.notice);
    const signs = [...new Set(found.banners.map((banner) => banner.sign))];
    each(root, ".banner", signs, (node, sign) => banner(node, found.banners.filter((one) => one.sign === sign)));
    set(root, ".found-understood span", listed(found.needs), ".found-understood");
    each(root, ".found-answers li", found.answers, function (node, link) {
      node.firstElementChild.href = here(link.path);
      node.firstElementChild.textContent = link.title;
    });
    set(root, ".found-place span", found.near, ".found-place");
    set(root, ".found-when span", found.at && Waypost.moment(found.at), ".found-when");
    each(root, ".found-services .card", sure, card);
    each(root, ".found-unsure .card", unsure, card);
    set(root, ".found-left-out", found.left_out && WP.lines.left_out.replace("{count}", found.left_out));
    drop(root, ".found-answers", !found.answers.length);
    drop(root, ".found-services", !sure.length);
    drop(root, ".found-unsure", !unsure.length);
    drop(root, ".found-nothing", !bare);
    return root;
  }

  function banner(node, doors) {
    const first = doors[0];
    set(node, ".banner-why", first.why);
    each(node, ".banner-door", doors, function (door, one) {
      door.dataset.key = one.key;
      link(door.querySelector(".banner-name a"), service(one.slug), one.name);
      const phones = one.phones.filter((phone) => phone.kind !== "fax");
      each(door, ".phone", phones, function (line, phone) {
        const kind = phone.kind === "sms" ? "text" : phone.kind;
        const said = [WP.kinds[kind] || kind, phone.language && (WP.tongues[phone.language] || phone.language)];
        number(line, phone.number, dial(phone.number, kind), said.filter(Boolean).join(" · "), false);
      });
    });
    const hours = first.deadline_hours;
    set(node, ".banner-deadline", hours && WP.lines.deadline.replace("{hours}", hours));
    set(node, ".banner-happens span", first.happens, ".banner-happens");
    set(node, ".banner-silent span", first.silent, ".banner-silent");
  }

  function card(node, result) {
    const at = WP.keys.service.split(" ").indexOf(result.key);
    const [where, facts, tone, checkedText, phones, lang] = WP.cards[at];
    node.dataset.key = result.key;
    const name = node.querySelector(".card-name a");
    name.href = service(result.slug);
    if (lang) {
      name.firstElementChild.lang = lang;
      name.firstElementChild.textContent = result.name;
    } else name.textContent = result.name;
    set(node, ".card-where", where);
    if (!phones.length) {
      const none = document.createElement("p");
      none.className = "card-none";
      none.textContent = WP.lines.no_phone;
      node.querySelector(".card-phones").replaceWith(none);
    } else each(node, ".card-phones li", phones, (item, [shown, said, unchecked, extension, href]) =>
      number(item, shown, href || dial(shown, "voice"), said, unchecked, extension));
    const plain = result.open === "open" || (result.open === "closed" && result.opens_next);
    const known = result.open !== "unknown" || phones.length;
    set(node, ".card-open", plain ? "" : WP.lines[known ? result.open : "unknown_ask"]);
    const open = node.querySelector(".card-open");
    if (open) open.className = "card-open card-open-" + result.open;
    each(node, ".card-reasons li", result.reasons, (item, reason) => { item.textContent = reason; });
    set(node, ".card-facts", facts);
    const checked = node.querySelector(".checked");
    checked.className = "checked checked-" + tone;
    checked.textContent = checkedText;
    node.querySelector(".card-pick input").name = "k-" + result.slug;
  }

  function number(line, shown, href, said, unchecked, extension) {
    link(line.querySelector(".phone-number"), href, extension ? shown + " ext. " + extension : shown);
    line.querySelector(".phone-label").textContent = said;
    drop(line, ".phone-unchecked", !unchecked);
  }

  function dial(number, kind) {
    let digits = number.replace(/\D/g, "");
    if (digits.length === 10) digits = "+1" + digits;
    else if (digits.length === 11 && digits[0] === "1") digits = "+" + digits;
    return (kind === "text" ? "sms:" : "tel:") + digits;
  }

  function listed(parts) {
    if (parts.length < 2) return parts.join("");
    return WP.lines.and.replace("{start}", parts.slice(0, -1).join(", ")).replace("{last}", parts[parts.length - 1]);
  }

  function here(path) { return body.root + path.slice(1) + body.index; }
  function service(slug) {
    const lang = document.documentElement.lang;
    return here((lang === "en" ? "" : "/" + lang) + "/s/" + slug + "/");
  }
  function link(node, href, text) { node.setAttribute("href", href); node.textContent = text; }
  function drop(node, where, gone) { if (gone) node.querySelector(where).remove(); }
  function set(node, where, text, whole) {
    if (text) node.querySelector(where).textContent = text;
    else node.querySelector(whole || where).remove();
  }
  function each(node, where, values, fill) {
    const first = node.querySelector(where);
    for (const value of values) {
      const copy = first.cloneNode(true);
      fill(copy, value);
      first.before(copy);
    }
    first.remove();
  }
})();
