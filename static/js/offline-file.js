/* A plan in one file: takes its drawings out of the pack, keeps ticks in the browser's own storage, and says when it has grown old. */
"use strict";

(() => {
  const file = document.querySelector("[data-plan-file]");
  const pack = document.querySelector("[data-pack]");
  if (!file || !pack) return;
  const day = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const today = day(new Date());

  async function unpack() {
    const bytes = Uint8Array.from(atob(pack.content.textContent.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    Object.assign(window.figures.held.packed, JSON.parse(await new Response(stream).text()));
  }

  /* Old browsers cannot unpack: the stills of the plan itself do then. */
  function fill(drawings) {
    const rooms = [document, ...[...document.querySelectorAll("template")].map((one) => one.content)];
    for (const image of rooms.flatMap((room) => [...room.querySelectorAll("img[data-file]")])) {
      const same = [...document.querySelectorAll(".plan img[src]")].find((one) => one.alt === image.alt);
      const drawing = drawings[image.dataset.file];
      if (drawing) image.src = `data:image/svg+xml,${encodeURIComponent(drawing)}`;
      else if (same) image.src = same.src;
    }
  }
  window.figures.held.unpacked = unpack().catch(() => {}).then(() => fill(window.figures.held.packed));

  const boxes = [...file.querySelectorAll("[data-tick]")];
  const weekday = String((new Date().getDay() + 6) % 7);
  const isDue = (one) => one.dataset.days !== undefined && one.dataset.days.split(" ").includes(weekday);
  const due = boxes.filter(isDue);
  for (const turn of document.querySelectorAll("[data-stop][data-days]")) turn.toggleAttribute("data-off", due.length > 0 && !isDue(turn));
  const key = (box) => `${file.dataset.planFile}:${box.dataset.tick}${box.dataset.days === undefined ? "" : `:${today}`}`;

  function keep(box) {
    try { localStorage.setItem(key(box), box.checked ? "1" : ""); } catch (refused) { file.querySelector("[data-unkept]").hidden = false; }
  }
  function tick(box) {
    box.checked = true;
    keep(box);
  }
  function wholeDay() {
    const now = boxes.find((box) => box.dataset.tick === today);
    if (now && due.length && due.every((box) => box.checked)) tick(now);
  }

  for (const box of boxes) {
    try { box.checked = localStorage.getItem(key(box)) === "1"; } catch (refused) { file.querySelector("[data-unkept]").hidden = false; }
    if (box.dataset.days !== undefined) box.closest("li").hidden = due.length > 0 && !due.includes(box);
    box.closest("label").toggleAttribute("data-today", box.dataset.tick === today);
    box.addEventListener("change", () => { keep(box); wholeDay(); });
  }
  document.addEventListener("session:did", (event) => {
    const box = boxes.find((one) => one.dataset.tick === event.detail);
    if (box) tick(box);
    wholeDay();
  });
  file.querySelector("[data-ticks]").hidden = false;

  if (today > file.dataset.until) {
    file.querySelector("[data-old]").hidden = false;
    for (const gone of document.querySelectorAll("#exercises, #massage, [data-ticks], [data-door]")) gone.hidden = true;
  }
})();
