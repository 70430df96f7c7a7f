"use strict";
// The keeper of the copy, a service worker. It is there only after somebody asked for it. The network comes first,
// so that a fact is as fresh as it can be; the copy answers where there is no network. It keeps the pages that it
// was asked to keep and no other: no search, no answer, no form.
const NAME = "copy";
const AT_ONCE = 6;

async function keep(paths, port) {
  const cache = await caches.open(NAME);
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    await Promise.all(paths.slice(at, at + AT_ONCE).map(async function (path) {
      const answer = await fetch(path, { cache: "no-store", credentials: "omit" });
      if (!answer.ok) throw new Error(path);
      await cache.put(path, answer);
    }));
    port.postMessage({ done: Math.min(at + AT_ONCE, paths.length), of: paths.length });
  }
}

async function answered(request) {
  try {
    const answer = await fetch(request);
    const cache = await caches.open(NAME);
    if (answer.ok && !answer.redirected && await cache.match(request.url)) await cache.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(request.url, { cacheName: NAME, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

addEventListener("install", function () { skipWaiting(); });
addEventListener("activate", function (event) { event.waitUntil(clients.claim()); });
addEventListener("message", function (event) {
  const port = event.ports[0];
  event.waitUntil(keep(event.data, port).then(
    function () { port.postMessage({ whole: true }); },
    function () { port.postMessage({ failed: true }); }));
});
addEventListener("fetch", function (event) {
  if (event.request.method === "GET") event.respondWith(answered(event.request));
});
