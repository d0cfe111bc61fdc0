/* Focus after a swap, "none of these" in a list, and the print button. Everything works without it. */
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

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox" || !box.checked) return;
  const list = box.closest("[data-none]");
  if (!list) return;
  const none = list.dataset.none;
  list.querySelectorAll("input[type=checkbox]").forEach((other) => {
    if (other !== box && (box.value === none || other.value === none)) other.checked = false;
  });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
