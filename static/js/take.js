/* The plan's folds, and its print and share buttons, which appear where the browser can do it. On paper, everything is open. */
"use strict";

(() => {
  const KIND = "application/pdf";
  const NAME = "back-plan.pdf";
  let made = null; // the PDF that was fetched for sharing, and from where

  const can = {
    copy: () => Boolean(navigator.clipboard),
    print: () => typeof window.print === "function",
    share: (button) => {
      if (!navigator.share) return false;
      if (button.dataset.url) return true;
      return Boolean(navigator.canShare && navigator.canShare({ files: [new File([""], NAME, { type: KIND })] }));
    },
  };

  const show = () => {
    document.querySelectorAll("[data-needs]").forEach((button) => {
      button.hidden = !can[button.dataset.needs](button);
    });
  };

  const pdf = async (address) => {
    if (made && made.address === address) return made.file;
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new Error("no document");
    const file = new File([await response.blob()], NAME, { type: KIND });
    made = { address, file };
    return file;
  };

  const share = async (button) => {
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    const title = button.dataset.title || document.title;
    said.textContent = "";
    try {
      if (button.dataset.url) {
        await navigator.share({ title, url: new URL(button.dataset.url, window.location.href).href });
        return;
      }
      said.textContent = button.dataset.busy;
      const file = await pdf(button.dataset.file);
      said.textContent = "";
      await navigator.share({ title, files: [file] });
    } catch (fault) {
      if (fault.name === "AbortError") return; // the person closed the share sheet
      // A browser shares only soon after a press. If the PDF took longer, it is here for the next one.
      said.textContent = fault.name === "NotAllowedError" ? button.dataset.ready : button.dataset.failed;
    }
  };

  const copy = async (button) => {
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    said.textContent = await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value)
      .then(() => button.dataset.done, () => button.dataset.failed);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share], [data-copy]");
    if (button) (button.dataset.copy ? copy : share)(button);
  });

  // Of the folds with one name only one may be open: on paper they have none.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(".plan details:not([open])").forEach((folded) => {
      if (folded.hasAttribute("name")) folded.dataset.named = folded.getAttribute("name");
      folded.removeAttribute("name");
      folded.open = true;
      folded.dataset.opened = "";
    });
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll("details[data-opened]").forEach((folded) => {
      folded.open = false;
      if (folded.dataset.named) folded.setAttribute("name", folded.dataset.named);
      delete folded.dataset.named;
      delete folded.dataset.opened;
    });
  });

  // A link to something folded opens it. Newer browsers do so for what is inside; this is for the fold itself, and for older ones.
  const unfold = (hash) => {
    const place = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS" && at.closest(".plan")) at.open = true;
    if (place && place.closest(".plan")) place.scrollIntoView();
  };
  window.addEventListener("hashchange", () => unfold(window.location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".plan a[href^='#']");
    if (link && link.hash === window.location.hash) unfold(link.hash);
  });

  document.addEventListener("htmx:afterSettle", () => {
    made = null; // the answers may have changed
    show();
  });
  show();
})();
