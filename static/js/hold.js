/* Keeps a copy of a kept plan in this browser, when the person chooses it, and lets go of it again. The worker opens it without a network. */
"use strict";

(() => {
  const place = document.querySelector("[data-save-here]");
  if (!place || place.dataset.bound || !("serviceWorker" in navigator) || !("caches" in window)) return;
  place.dataset.bound = "1";
  const { home, worker, until, held, gone, failed, old } = place.dataset;
  const hold = place.querySelector("[data-hold]"), letGo = place.querySelector("[data-let-go]"), said = place.querySelector("[data-said]");
  const name = `kept:${home}`;

  /* What a page asks for: its styles, scripts and drawings, also those that wait in a template; fonts as this page has met them. */
  function asked(words) {
    const doc = new DOMParser().parseFromString(words, "text/html");
    const rooms = [doc, ...[...doc.querySelectorAll("template")].map((one) => one.content)];
    const all = rooms.flatMap((room) => [...room.querySelectorAll("link[href], script[src], img[src], [data-figure]")]);
    return all.map((one) => one.getAttribute("href") || one.getAttribute("src") || one.dataset.figure);
  }
  const met = () => performance.getEntriesByType("resource").map((one) => one.name.replace(window.location.origin, ""));

  async function copy() {
    const cache = await caches.open(name);
    const files = new Set(met());
    for (const path of [home, `${home}/session`]) {
      const answer = await fetch(path, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      asked(await answer.clone().text()).forEach((file) => files.add(file));
      await cache.put(path, answer);
    }
    await cache.addAll([...files].filter((file) => file.startsWith("/static/")));
    await cache.put(`${home}?until`, new Response(JSON.stringify({ until, old })));
  }

  async function drop() {
    await caches.delete(name);
    const found = await navigator.serviceWorker.getRegistration(home);
    if (found) await found.unregister();
  }

  const show = (has) => {
    hold.hidden = has;
    letGo.hidden = !has;
    said.textContent = has ? held : "";
  };

  const begin = async () => {
    await copy();
    await navigator.serviceWorker.register(worker, { scope: home });
  };

  hold.addEventListener("click", async () => {
    try {
      // A worker that was just let go of may still be going: then once more, a moment later.
      await begin().catch(() => new Promise((resolve) => { window.setTimeout(resolve, 1000); }).then(begin));
      show(true);
      letGo.focus();
    } catch (fault) {
      await drop().catch(() => {});
      show(false);
      said.textContent = failed;
      said.dataset.fault = fault.name;
    }
  });
  letGo.addEventListener("click", async () => {
    await drop();
    show(false);
    said.textContent = gone;
    hold.focus();
  });

  caches.has(name).then((has) => {
    show(has);
    if (has && navigator.onLine) copy().catch(() => {}); // the newest, if the network is there; else the copy stays as it is
  });
})();
