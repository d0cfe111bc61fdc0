/* Reads the square on a paper with the camera, where the browser can do it. It asks for the camera at the press, and lets go of it at
   the first code. The picture stays in the browser. Without this, the code is typed. */
"use strict";

(() => {
  const box = document.querySelector("[data-scan]");
  const rules = document.permissionsPolicy || document.featurePolicy;
  if (!box || box.dataset.bound || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  if (rules && !rules.allowsFeature("camera")) return; // this page came into one that may not use it
  box.dataset.bound = "1";
  const CODE = /\/kept\/((?:\w{4}-){4}\w)(?![\w-])/;
  const [begin, end] = box.querySelectorAll("button");
  const said = box.querySelector("[role=status]");
  const field = document.getElementById(box.dataset.scan);
  let video = null;
  let reader = null;

  const say = (words) => { if (said.textContent !== words) said.textContent = words; };

  const halt = () => {
    begin.disabled = begin.hidden = false;
    end.hidden = true;
    if (!video) return;
    if (video.srcObject) video.srcObject.getTracks().forEach((track) => track.stop());
    video.remove();
    video = null;
  };

  const take = (code) => {
    halt();
    field.value = code;
    (document.getElementById(box.dataset.press) || field.form.querySelector("button:not([type=button])")).click();
  };

  const look = async () => {
    const here = video;
    const found = await reader.detect(here).catch(() => []);
    if (!video || here !== video) return;
    const code = found.map((one) => CODE.exec(one.rawValue)).find(Boolean);
    if (code) { take(code[1]); return; }
    say(found.length ? box.dataset.other : box.dataset.looking);
    window.setTimeout(look, 150);
  };

  begin.addEventListener("click", async () => {
    begin.disabled = true;
    say("");
    video = document.createElement("video");
    video.muted = true;
    video.setAttribute("playsinline", "");
    video.setAttribute("aria-hidden", "true");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (!box.isConnected) { stream.getTracks().forEach((track) => track.stop()); return; }
      video.srcObject = stream;
      said.before(video);
      await video.play();
    } catch {
      halt();
      say(box.dataset.failed);
      field.focus();
      return;
    }
    begin.hidden = true;
    end.hidden = false;
    end.focus();
    look();
  });
  end.addEventListener("click", () => { halt(); say(""); begin.focus(); });
  window.addEventListener("pagehide", halt);
  document.addEventListener("visibilitychange", () => { if (document.hidden) halt(); });
  document.addEventListener("htmx:beforeSwap", halt);

  window.BarcodeDetector.getSupportedFormats().then((kinds) => {
    if (!kinds.includes("qr_code")) return;
    reader = new window.BarcodeDetector({ formats: ["qr_code"] });
    box.hidden = false;
  }).catch(() => {});
})();
