"use strict";
// The empty page: leads on to where the exit leads. Whoever comes to it by Back or Forward is sent on to what
// was there before; where nothing was, an empty page stays.
(function () {
  const mark = "leaving ";
  function pass() {
    const target = name.startsWith(mark) ? name.slice(mark.length) : "";
    name = "";
    // Before it is loaded a page that leads on is replaced, and what lies ahead in the tab stays: so wait.
    if (target) setTimeout(function () { location.assign(target); });
    else history.back();
  }
  addEventListener("pageshow", pass);
})();
