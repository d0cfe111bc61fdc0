/* Warns two minutes before the sign-in ends, and stays signed in on request. What was typed is never touched. */
"use strict";

(() => {
  const banner = document.querySelector(".ending");
  if (!banner) return;
  const WARN = 120;
  let ends = Date.now() + Number(banner.dataset.seconds) * 1000; // a clock, not a timer: a laptop that slept is told at once

  const look = () => { banner.hidden = ends - Date.now() > WARN * 1000; };
  window.setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
  look();

  banner.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(banner.dataset.stay, { method: "POST", headers: { "X-CSRFToken": banner.dataset.token } }).catch(() => null);
    if (!answer || !answer.ok) {
      window.open("/clinic/sign-in", "_blank", "noopener");
      return;
    }
    ends = Date.now() + (await answer.json()).seconds * 1000;
    look();
  });
})();
