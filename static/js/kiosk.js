/* A tablet in a waiting room: without a touch it goes back to its start, which forgets everything; and no page of before comes back. */
"use strict";

(() => {
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const notice = document.getElementById("idle");
  if (!notice) return;
  let touched = Date.now(); // a clock, not a timer: a tablet that slept is cleared when it wakes
  const touch = () => { touched = Date.now(); notice.hidden = true; };
  ["pointerdown", "keydown", "scroll", "input"].forEach((name) => document.addEventListener(name, touch, { capture: true, passive: true }));

  window.setInterval(() => {
    const page = document.querySelector("main [data-idle]"); // a page that wants more or less time says so
    const left = Number((page || notice).dataset.idle) * 1000 - (Date.now() - touched);
    if (left <= 0) location.replace(notice.dataset.home);
    else notice.hidden = left > Number(notice.dataset.ask) * 1000;
  }, 1000);
})();
