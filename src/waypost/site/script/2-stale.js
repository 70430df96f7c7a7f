// A copy on a stick ages honestly: it says so itself once its day has passed.
(function () {
  const note = document.querySelector("[data-stale-after]");
  if (!note) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  note.hidden = today < note.dataset.staleAfter;
})();

// What was true at one hour is not shown once its hours are over: free beds, free places.
(function () {
  for (const held of document.querySelectorAll("[data-until]")) {
    if (!(new Date() < new Date(held.dataset.until))) held.hidden = true;
  }
})();
