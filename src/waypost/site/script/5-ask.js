// The law in the page: the answers stay here. Without this, or if the data does not come, the form is sent.
(function () {
  const source = document.body.dataset.law;
  const first = document.querySelector("form[data-ask]");
  if (!first || !source) return;
  let ready = null;

  first.hidden = false;
  const told = document.querySelector("[data-ask-private]");
  if (told) told.textContent = told.dataset.askPrivate;
  for (const list of document.querySelectorAll("[data-ask-paper]")) list.classList.add("on-paper");
  document.addEventListener("focusin", (event) => { if (event.target.form && event.target.form.matches("[data-ask]")) load(); });
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("[data-ask]")) return;
    event.preventDefault();
    load().then(() => Waypost.answerForm(form), function () { if (form.method === "post") form.submit(); });
  });

  function load() {
    ready = ready || new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return ready;
  }
})();
