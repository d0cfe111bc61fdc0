/* What a session says and sounds: words for a screen reader, the browser's own voice where the person wants it, a soft tone, and the
   screen kept awake. */
"use strict";

window.cues = (root, words) => {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const say = find("say"), sound = find("sound"), voice = find("voice");
  const speaks = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
  let audio = null, lock = null;

  const on = (button) => button.getAttribute("aria-pressed") === "true";
  const state = (button) => { button.querySelector("i").textContent = on(button) ? words.on : words.off; };

  const hush = () => { if (speaks) window.speechSynthesis.cancel(); };
  const speak = (text) => {
    if (!speaks || !on(voice)) return;
    hush();
    const said = new window.SpeechSynthesisUtterance(text);
    said.lang = document.documentElement.lang;
    window.speechSynthesis.speak(said);
  };

  [sound, voice].forEach((button) => {
    state(button);
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!on(button)));
      state(button);
      if (button === voice) { if (on(voice)) speak(words.voice); else hush(); }
    });
  });
  voice.hidden = !speaks;

  return {
    tell: (text) => { say.textContent = text; speak(text); },
    hush,
    beep: (pitch) => {
      if (!on(sound) || !window.AudioContext) return;
      audio = audio || new AudioContext();
      const tone = audio.createOscillator(), volume = audio.createGain(), now = audio.currentTime;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, now);
      volume.gain.exponentialRampToValueAtTime(0.07, now + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.35);
      tone.connect(volume).connect(audio.destination);
      tone.start(now);
      tone.stop(now + 0.4);
    },
    /* Some browsers cannot, and some refuse on a low battery: the exercises go on without it. */
    awake: async () => {
      if (!("wakeLock" in navigator)) return;
      try { lock = await navigator.wakeLock.request("screen"); } catch (refused) { lock = null; root.dataset.awake = refused.name; }
    },
    asleep: () => {
      if (lock) lock.release().catch(() => {}); // the browser may have let go of it already
      lock = null;
    },
  };
};
