/* Focus after a swap, "none of these" in a list, the menu, the print button, and trying again without a connection. Everything works without it. */
"use strict";

document.addEventListener("htmx:afterSettle", (event) => {
  const swapped = event.detail.target; // none when Back restores a page: then it is the whole of main
  if (swapped && swapped.id !== "main") return;
  const main = document.getElementById("main");
  const target = main.querySelector(".oops") || main.querySelector("h1");
  if (!target) return;
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
});

/* The second half of a double press lands on the next page: in its first moments a page takes no press. */
let drawn = 0;
document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "main") drawn = event.timeStamp; });
document.addEventListener("click", (event) => {
  if (!event.target.closest("main") || event.timeStamp - drawn >= Number(document.body.dataset.settling)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox" || !box.checked) return;
  const list = box.closest("[data-none]");
  if (!list) return;
  const none = list.dataset.none;
  list.querySelectorAll("input[type=checkbox]").forEach((other) => {
    if (other !== box && other.name === box.name && (box.value === none || other.value === none)) other.checked = false;
  });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* No connection: the bar says so, and what was pressed is pressed again. Answers may be sent twice, so that happens by itself;
   for every other form the person presses. A page that is not ours (a proxy's, a hotel's) is no answer either. */
const line = { pressed: null, waits: 0, timer: 0 };
const bar = () => document.getElementById("cut-off");

const pressAgain = () => {
  clearTimeout(line.timer);
  if (line.pressed && line.pressed.isConnected) line.pressed.click();
  else location.reload();
};

const cutOff = (event) => {
  const { elt, triggeringEvent } = event.detail.requestConfig;
  const sender = triggeringEvent && triggeringEvent.submitter;
  line.pressed = sender || elt.querySelector("button:not([name])") || elt;
  bar().hidden = false;
  clearTimeout(line.timer);
  const alone = elt.tagName === "A" || /^\/ask\//.test(elt.getAttribute("action") || "");
  if (alone) line.timer = setTimeout(pressAgain, Math.min(30, 3 * 2 ** line.waits++) * 1000);
};

["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, cutOff));

document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (answer.getResponseHeader("Content-Security-Policy")) {
    clearTimeout(line.timer);
    Object.assign(line, { pressed: null, waits: 0 });
    bar().hidden = true;
    return;
  }
  event.detail.shouldSwap = false;
  cutOff(event);
});

window.addEventListener("online", () => line.timer && !bar().hidden && pressAgain());

document.addEventListener("click", (event) => {
  if (event.target.closest("#cut-off button")) pressAgain();
});

/* Where it is another day than the page says, the server learns the time zone, and nothing else. Plans go by the person's own day. */
{
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && day !== document.body.dataset.day && !document.cookie.includes(`zone=${zone};`)) {
    document.cookie = `zone=${zone}; path=/; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    if (/^\/(plan|kept\/)/.test(location.pathname) && document.cookie.includes("zone=") && !sessionStorage.getItem("zone")) {
      sessionStorage.setItem("zone", zone);
      location.replace(location.href);
    }
  }
}
