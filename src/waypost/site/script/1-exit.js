"use strict";
// Quick exit. The link works without this; the script covers the page first and leaves no way back to it.
(function () {
  const exit = document.getElementById("exit");
  const live = document.querySelector("[data-exit-live]");
  if (!exit || !live) return;
  const WITHIN = 5000;
  const PATIENCE = 1500;
  const blank = document.querySelector("script[data-blank]").dataset.blank;
  let presses = [];
  let alone = false;
  let timer = 0;
  let cover = null;
  let count = null;

  function leave() {
    say("3");
    document.title = live.dataset["3"];
    if (!cover) {
      cover = document.createElement("div");
      cover.className = "exit-cover";
      document.body.append(cover);
    }
    away();
  }

  // By way of our first page in this tab where the browser can tell which that is (see lone/leaving.js): then
  // neither Back nor Forward shows a page of ours. Else, and wherever that takes too long, straight away.
  function away() {
    const entries = globalThis.navigation && navigation.entries ? navigation.entries() : [];
    if (entries.length < 2) return location.replace(exit.href);
    name = WP_LEAVING + exit.href;
    const straight = setTimeout(function () { name = ""; location.replace(exit.href); }, PATIENCE);
    addEventListener("pagehide", function () { clearTimeout(straight); }, { once: true });
    if (navigation.currentEntry.index === 0) location.replace(blank);
    else navigation.traverseTo(entries[0].key).finished.catch(function () {});
  }

  function say(step) {
    live.textContent = live.dataset[step];
    if (count) count.remove();
    count = null;
    if (step === "1" || step === "2") {
      count = document.createElement("p");
      count.className = "exit-count";
      count.setAttribute("aria-hidden", "true");
      count.textContent = live.textContent;
      document.body.append(count);
    }
  }

  function forget() {
    clearTimeout(timer);
    if (presses.length) say("0");
    presses = [];
  }

  exit.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.button) return;
    event.preventDefault();
    leave();
  });

  // Only Shift pressed and let go by itself counts: Shift with a letter is typing.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Shift") {
      if (!event.repeat) alone = true;
    } else {
      alone = false;
      forget();
    }
  });
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    const now = performance.now();
    presses = presses.filter((then) => now - then < WITHIN).concat(now);
    clearTimeout(timer);
    if (presses.length > 2) return leave();
    say(String(presses.length));
    timer = setTimeout(forget, WITHIN);
  });
  document.addEventListener("pointerdown", function () { alone = false; });

  // Whoever comes back by the browser's memory of the page finds it usable again.
  const title = document.title;
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    if (cover) cover.remove();
    cover = null;
    document.title = title;
    live.textContent = "";
    presses = [];
  });
})();
