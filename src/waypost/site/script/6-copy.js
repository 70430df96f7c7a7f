// A whole list as plain text, for somebody who hands it on. Nothing is kept and nothing is sent.
(function () {
  const tools = document.querySelector("[data-page-tools]");
  if (!tools) return;
  const list = document.querySelector("[data-copied-text]");
  const said = tools.querySelector("[data-copied]");
  tools.hidden = false;
  tools.querySelector("[data-print-page]").addEventListener("click", () => print());
  tools.querySelector("[data-copy-page]").addEventListener("click", function () {
    const copied = () => { said.textContent = said.dataset.copied; };
    if (navigator.clipboard) navigator.clipboard.writeText(list.innerText).then(copied, byHand);
    else byHand();
  });

  function byHand() {
    getSelection().selectAllChildren(list);
    said.textContent = said.dataset.notCopied;
  }
})();
