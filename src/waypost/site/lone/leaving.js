"use strict";
// Runs before anything of a page is drawn. Quick exit comes back to our first page of this tab only to leave
// from there: that page hides itself, puts the empty page in its own place, and the empty page leads away. So
// Back shows what was there before us, and the pages that were read are gone from the tab's Back and Forward.
(function () {
  const here = document.currentScript.dataset;
  const root = document.documentElement;
  globalThis.WP_LEAVING = "leaving ";

  function pass() {
    if (!name.startsWith(WP_LEAVING)) return root.classList.remove("covered");
    root.classList.add("covered");
    location.replace(here.blank);
  }

  // A page that the browser keeps in memory is kept covered: it would show for a moment when passed again.
  addEventListener("pagehide", function () { root.classList.add("covered"); });
  addEventListener("pageshow", function (event) { if (event.persisted) pass(); });
  pass();
})();
