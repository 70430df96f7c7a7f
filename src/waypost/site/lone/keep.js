"use strict";
// The page that makes and removes a copy of the guide on this device. Nothing happens before the button.
(function () {
  const box = document.querySelector("[data-keep]");
  if (!box || !("serviceWorker" in navigator) || !globalThis.caches) return;
  const make = box.querySelector("[data-keep-make]");
  const told = box.querySelector("[data-keep-told]");
  const remove = document.querySelector("[data-keep-remove]");
  const paths = document.getElementById("keep-paths").content.textContent.trim().split("\n");

  function say(key, done, of) {
    told.textContent = told.dataset[key].replace("{done}", done).replace("{of}", of);
  }

  async function ready(worker) {
    if (worker.active) return worker.active;
    return new Promise(function (done) {
      const coming = worker.installing || worker.waiting;
      coming.addEventListener("statechange", function () { if (coming.state === "activated") done(coming); });
    });
  }

  async function start() {
    make.disabled = true;
    say("working", 0, paths.length);
    try {
      const worker = await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.root });
      const line = new MessageChannel();
      line.port1.onmessage = function (event) {
        if (event.data.done) say("working", event.data.done, event.data.of);
        if (event.data.whole) say("whole");
        if (event.data.failed) fail();
      };
      (await ready(worker)).postMessage(paths, [line.port2]);
    } catch (error) {
      fail();
    }
  }

  async function gone() {
    await caches.delete("copy");
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  }

  async function fail() {
    await gone();
    make.disabled = false;
    say("failed");
  }

  make.addEventListener("click", start);
  remove.addEventListener("submit", function (event) {
    event.preventDefault();
    gone().finally(function () { remove.submit(); });
  });
  box.hidden = false;
  navigator.serviceWorker.getRegistrations().then(function (all) { if (all.length) say("there"); });
})();
