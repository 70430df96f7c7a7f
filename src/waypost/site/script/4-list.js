// The reader's own list: made of what is ticked in this page, printed or copied, kept nowhere.
(function () {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const form = document.querySelector("[data-mylist]");
  const text = sheet.querySelector(".sheet-text");
  const said = sheet.querySelector("[data-copied]");
  sheet.querySelector("[data-tools]").hidden = false;

  if (form) form.addEventListener("submit", function (event) {
    event.preventDefault();
    const ticked = [...document.querySelectorAll(".card-pick input:checked")].map((box) => box.closest(".card"));
    text.textContent = ticked.map(lines).join("\n\n");
    sheet.hidden = !ticked.length;
    said.textContent = "";
    if (ticked.length) sheet.focus();
  });

  function lines(card) {
    const parts = [...card.querySelectorAll(".card-name, .card-where, .phone, .card-facts")];
    return parts.map((part) => part.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n");
  }

  sheet.querySelector("[data-print]").addEventListener("click", function () {
    document.body.classList.add("sheet-only");
    print();
    document.body.classList.remove("sheet-only");
  });

  sheet.querySelector("[data-copy]").addEventListener("click", function () {
    const copied = () => { said.textContent = said.dataset.copied; };
    if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(copied, byHand);
    else byHand();
  });

  // Where the browser does not let a page copy: the text, selected, for the reader's own hand.
  function byHand() {
    const box = sheet.querySelector("textarea") || document.createElement("textarea");
    box.readOnly = true;
    box.value = text.textContent;
    box.setAttribute("aria-label", sheet.querySelector("h2").textContent);
    text.after(box);
    box.focus();
    box.select();
    said.textContent = said.dataset.notCopied;
  }
})();
