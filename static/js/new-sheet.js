/* The new sheet by keyboard and with a live preview, and the page of a printed one. All of it also works without this file. */
"use strict";

(() => {
  document.documentElement.classList.add("js");
  const form = document.getElementById("sheet-form");
  const find = (id) => document.getElementById(id);
  const typing = (on) => on.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const wait = (made, ms) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(made, ms); }; };

  /* A sheet in its frame: as large as the column, at the step that the printer says. Until it has said, as it was before. */
  const frame = find("preview");
  const scale = () => frame && frame.style.setProperty("--scale", frame.parentElement.clientWidth / frame.clientWidth);
  const post = (to) => fetch(to, { method: "POST", body: new FormData(form), headers: { "X-Preview": "1" } }).catch(() => null);
  let look = { classes: "all", style: {} };
  let turn = 0;

  const wear = (page) => {
    page.className = `${look.classes} ${page.dataset.paper}`;
    Object.entries(look.style).forEach(([name, length]) => page.style.setProperty(name, length));
  };

  const fit = async () => {
    const mine = turn += 1;
    const answer = await post("/clinic/new/fit");
    if (mine !== turn || !answer || answer.status !== 200) return;
    look = await answer.json();
    wear(frame.contentDocument.documentElement);
    const said = find("fit");
    said.textContent = look.blank < 0 ? said.dataset.over : said.dataset.fits.replace("{mm}", Math.floor(look.blank));
  };
  const fitSoon = wait(fit, 500);

  const show = async () => {
    const paper = frame.contentDocument;
    const answer = await post("/clinic/new/preview");
    if (!answer || !answer.ok || !paper || !paper.body) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    paper.documentElement.dataset.paper = made.documentElement.className.replace("fit-0", "");
    paper.documentElement.lang = made.documentElement.lang;
    paper.body.replaceWith(paper.importNode(made.body, true));
    wear(paper.documentElement);
    find("fit").textContent = "";
    if (made.body.matches("[class*=' n']")) fitSoon();
  };
  const refresh = wait(show, 200);

  if (form && frame) {
    new ResizeObserver(scale).observe(frame.parentElement);
    if (frame.contentDocument && frame.contentDocument.readyState === "complete") refresh();
    frame.addEventListener("load", refresh);
    form.addEventListener("input", (event) => { if (event.target.id === "note") refresh(); });
    document.addEventListener("htmx:afterSettle", refresh);
  }

  /* What was unfolded stays so when its part is swapped. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    document.querySelectorAll("details[open][id]").forEach((open) => {
      const other = event.detail.fragment.querySelector(`#${CSS.escape(open.id)}`);
      if (other) other.open = true;
    });
  });
  /* Signed out, or no database: the page that loses nothing is a whole one, so the form is sent as a whole. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (form && event.detail.xhr.status >= 400 && event.detail.xhr.status !== 422) HTMLFormElement.prototype.submit.call(form);
  });

  /* A dose that was typed counts once one is done with its row: Enter, or the focus somewhere else. */
  document.addEventListener("focusout", (event) => {
    const dose = event.target.closest(".own-dose");
    if (dose && dose.dataset.changed && !dose.contains(event.relatedTarget)) window.htmx.trigger(dose, "typed");
  });
  document.addEventListener("change", (event) => { const dose = event.target.closest(".own-dose"); if (dose) dose.dataset.changed = "yes"; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !event.target.matches(".own-dose input")) return;
    event.preventDefault();
    window.htmx.trigger(event.target.closest(".own-dose"), "typed");
  });

  /* Leaving by accident, with a note or other exercises on the page, is asked about. What is sent is not lost. */
  let work = false;
  if (form) {
    form.addEventListener("input", (event) => { work = work || event.target.matches("#note, #reference, .own-dose input"); });
    form.addEventListener("click", (event) => { work = work || Boolean(event.target.closest(".do, #found button, #less-all, #more-all")); });
    form.addEventListener("submit", () => { work = false; });
    window.addEventListener("beforeunload", (event) => { if (work) event.preventDefault(); });
  }

  /* Of a question with one answer only one box stays ticked. */
  document.addEventListener("change", (event) => {
    const group = event.target.closest("[data-one]");
    if (group && event.target.checked) group.querySelectorAll("input").forEach((other) => { other.checked = other === event.target; });
  }, true);

  /* The first field: digits choose a pack, letters filter them, a whole code opens its sheet. */
  const start = find("start");
  const packs = () => [...document.querySelectorAll("#packs .packs button")];
  const LOOKS_LIKE = /^[\s\w-]{21,}$|\/kept\/[\w-]{21}/;
  const press = (number) => { const pack = document.querySelector(`#packs [data-key="${number}"]`); if (pack) pack.click(); };
  let digit = 0;
  let soon = 0; // the number of the pack that a digit is about to choose
  const choose = () => {
    const number = soon;
    soon = 0;
    if (!number || start.value.trim() !== String(number)) return false;
    start.value = "";
    press(number);
    return true;
  };
  if (start) {
    start.addEventListener("input", () => {
      clearTimeout(digit);
      soon = 0;
      const typed = start.value.trim();
      const words = typed.toLowerCase().split(/\s+/);
      const filters = /^[a-z\s,]+$/i.test(typed) && typed.length < 16;
      packs().forEach((pack) => { pack.hidden = filters && !words.every((word) => pack.title.toLowerCase().includes(word)); });
      const more = find("more-packs");
      if (more) more.open = filters && typed.length > 1;
      if (/^[1-9]$/.test(typed)) { soon = Number(typed); digit = setTimeout(choose, 450); }
      if (LOOKS_LIKE.test(typed)) digit = setTimeout(() => find("find").click(), 250);
    });
  }

  const ROW = { s: "swap", x: "remove", Delete: "remove", "-": "less", "+": "more", "=": "more" };
  document.addEventListener("keydown", (event) => {
    if (!form) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); find("print").click(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const row = event.target.closest("[data-row]");
    const button = row && ROW[event.key] && row.querySelector(`[data-do=${ROW[event.key]}]`);
    if (button) { event.preventDefault(); button.click(); } else if (/^[1-9]$/.test(event.key)) press(Number(event.key));
    else if (event.key === "y" && find("checked-yes")) { find("checked-yes").focus(); find("checked-yes").click(); }
  });

  /* The library: "/" goes to its search. Enter looks, and once that is shown adds the first that was found; the search stays. */
  const query = find("query");
  let adding = false;
  document.addEventListener("keydown", (event) => {
    if (!query || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing(event.target)) { event.preventDefault(); find("adding").open = true; query.focus(); }
    if (event.key !== "Enter" || event.target !== query) return;
    event.preventDefault();
    const first = document.querySelector("#found [data-first]");
    if (document.querySelector("[name=looked_for]").value !== query.value) window.htmx.trigger(query, "look");
    else if (first) { adding = true; first.click(); }
  });
  document.addEventListener("htmx:afterSettle", () => { if (adding) { adding = false; query.focus(); query.select(); } });

  /* Notes: one of the last ones, and how many characters are left. */
  const note = find("note");
  const left = find("left");
  const count = () => { left.textContent = left.dataset.left.replace("{n}", Number(left.dataset.most) - [...note.value].length); };
  if (note) {
    note.addEventListener("input", count);
    document.querySelectorAll("[data-note]").forEach((button) => button.addEventListener("click", (event) => {
      event.preventDefault();
      note.value = button.dataset.note;
      note.dispatchEvent(new Event("input", { bubbles: true }));
      note.focus();
    }));
  }

  /* Five digits from the foot of an old sheet are all of them, the last one checks the others. */
  const digits = find("digits");
  const code = find("code");
  const go = wait(() => { if (/^\d{5}$/.test(digits.value.trim()) && !(code && code.value === "")) digits.form.requestSubmit(); }, 250);
  if (digits) {
    find("goes-on").hidden = false;
    digits.addEventListener("input", go);
  }

  /* Whoever pressed Print sees the printer's window by itself, once: a page that is opened again does not print. */
  const asked = () => { const found = sessionStorage.getItem("print"); sessionStorage.removeItem("print"); return found; };
  /* Print comes after what was pressed before it: a digit that has not chosen its pack yet, an answer that is still on its way. A pack whose
     answer was overtaken by a tick is pressed again: the tick is in the form, the pack was in the press alone. */
  let sent = null;
  let overtaken = "";
  let waits = false;
  const busy = () => sent !== null && sent.readyState % 4 > 0;
  const goOn = () => {
    if (busy()) return;
    const pack = overtaken && find(overtaken);
    overtaken = "";
    if (pack) {
      window.htmx.process(pack); // it has just come in, and is not settled yet
      pack.click();
    }
    if (!waits || busy()) return;
    waits = false;
    find("print").click();
  };
  if (form) {
    asked();
    document.addEventListener("htmx:beforeSend", (event) => {
      sent = event.detail.xhr;
      if (event.detail.elt.closest("#packs")) overtaken = "";
    });
    document.addEventListener("htmx:sendAbort", (event) => { if (event.detail.elt.closest("#packs")) overtaken = event.detail.elt.id; });
    document.addEventListener("htmx:afterRequest", () => setTimeout(goOn, 0));
    form.addEventListener("submit", (event) => {
      if (event.submitter?.id !== "print") return;
      if (!choose() && !busy()) { sessionStorage.setItem("print", "asked"); return; }
      event.preventDefault();
      waits = busy();
    });
  }

  /* The page of a printed sheet: the PDF beside the text, a button that prints it, and one that copies. On a phone a frame would be an
     empty box: the link to the PDF comes first there. */
  const shelf = document.querySelector("[data-print-frame]");
  const beside = navigator.pdfViewerEnabled && matchMedia("(min-width: 48rem)").matches;
  if (shelf && !beside) find("paper").classList.remove("quiet");
  if (shelf && beside) {
    const pdf = document.createElement("iframe");
    pdf.title = shelf.dataset.title;
    pdf.src = `${shelf.dataset.printFrame}#toolbar=0&navpanes=0&view=Fit`;
    shelf.append(pdf);
    shelf.hidden = false;
    const print = find("print-it");
    pdf.addEventListener("load", () => {
      if (pdf.contentDocument?.getElementById("main")) return; // no paper but a page of ours that says why: nobody prints that
      print.hidden = false;
      print.focus();
      if (asked()) setTimeout(() => pdf.contentWindow.print(), 0); // once this page is whole: it waits for the window to be closed
    }, { once: true });
    print.addEventListener("click", () => pdf.contentWindow.print());
  }
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const text = find(button.dataset.copy);
      await navigator.clipboard.writeText(text.value).catch(() => text.select());
      find(button.getAttribute("aria-describedby") || "copied").textContent = button.dataset.done;
    });
  });
  document.querySelectorAll("[data-share]").forEach((button) => {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => navigator.share({ title: button.dataset.title, url: button.dataset.url }).catch(() => {}));
  });
})();
