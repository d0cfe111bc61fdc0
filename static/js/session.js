/* Do it with me: one exercise at a time, with a clock for holds, a counter, a soft sound, and the screen kept awake. */
"use strict";

(() => {
  const root = document.querySelector("[data-session]");
  if (!root) return;
  const words = JSON.parse(root.dataset.words);
  const turns = [...root.querySelectorAll("[data-turn]")];
  const find = (name, inside = root) => inside.querySelector(`[data-${name}]`);
  const after = find("after"), say = find("say"), go = find("go"), back = find("back"), next = find("next"), sound = find("sound");
  const fill = (text, values) => text.replace(/{(\w+)}/g, (_, key) => values[key]);
  const MOVE = 4, REST = 3, READY = 4; // seconds for a movement without a hold, between two, and before the first

  let at = 0, steps = [], step = -1, left = 0, timer = null, lock = null, audio = null;

  /* What an exercise asks for, as moments in a row: {say, seconds, count, side}. */
  function plan(turn) {
    const [sets, repeats, hold, seconds, sides] = ["sets", "repeats", "hold", "seconds", "sides"].map((key) => Number(turn.dataset[key]));
    const row = [{ say: words.ready, seconds: READY, count: "", side: 0 }];
    for (let set = 1; set <= sets; set += 1) {
      for (let side = 0; side < sides; side += 1) {
        const name = [sets > 1 ? fill(words.set, { n: set, all: sets }) : "", sides > 1 ? (side ? words.other : words.first) : ""].filter(Boolean);
        if (seconds) row.push({ say: words.go, seconds, count: name.join(", "), side });
        for (let turnNo = 1; turnNo <= (seconds ? 0 : repeats); turnNo += 1) {
          const count = [fill(words.repeat, { n: turnNo, all: repeats }), ...name].join(", ");
          row.push({ say: hold ? words.hold : words.move, seconds: hold || MOVE, count, side, beat: true });
          row.push({ say: words.rest, seconds: REST, count, side });
        }
      }
    }
    return row;
  }

  function show(index, focus = true) {
    stop();
    at = Math.max(0, Math.min(index, turns.length));
    steps = at < turns.length ? plan(turns[at]) : [];
    step = -1;
    turns.forEach((turn, i) => { turn.hidden = i !== at; turn.classList.remove("other-side"); });
    after.hidden = at < turns.length;
    find("drive").hidden = at === turns.length;
    back.disabled = at === 0;
    next.textContent = at === turns.length - 1 ? words.finish : next.dataset.label;
    go.textContent = words.start;
    const place = at < turns.length ? fill(words.of, { n: at + 1, all: turns.length }) : "";
    find("place").textContent = place;
    if (at < turns.length) draw("", "");
    if (!focus) return;
    const title = (at < turns.length ? turns[at] : after).querySelector("h2");
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "center" });
    tell(place);
  }

  function draw(now, count) {
    find("clock", turns[at]).hidden = !now && !count;
    find("now", turns[at]).textContent = now;
    find("count", turns[at]).textContent = count;
  }

  function tell(text) { say.textContent = text; }

  function begin() {
    step += 1;
    if (step >= steps.length) return finish();
    left = steps[step].seconds;
    turns[at].classList.toggle("other-side", steps[step].side === 1);
    beep(steps[step].beat ? 520 : 390);
    const { say: name, count, seconds } = steps[step];
    const changed = step === 0 || steps[step - 1].side !== steps[step].side;
    // A repeat is announced once, by its number; a new side and a long hold in full. Seconds are never read out.
    if (changed || seconds >= 10) tell([name, count, seconds >= 10 ? fill(words.seconds, { n: seconds }) : ""].filter(Boolean).join(". "));
    else if (steps[step].beat) tell(`${name}. ${count}`);
    draw(`${name} ${left}`, count);
    return undefined;
  }

  function tick() {
    left -= 1;
    if (left > 0) draw(`${steps[step].say} ${left}`, steps[step].count);
    else begin();
  }

  function finish() {
    stop();
    step = -1;
    go.textContent = words.again;
    draw(words.done, "");
    tell(words.done);
    beep(660);
    next.focus();
  }

  function run() {
    timer = window.setInterval(tick, 1000);
    go.textContent = words.pause;
    awake();
    if (step < 0) begin();
  }

  function stop() {
    window.clearInterval(timer);
    timer = null;
    if (at < turns.length && step >= 0) go.textContent = words.start;
    if (lock) lock.release().catch(() => {}); // the browser may have let go of it already
    lock = null;
  }

  /* Some browsers cannot, and some refuse on a low battery: the exercises go on without it. */
  async function awake() {
    if (!("wakeLock" in navigator)) return;
    try { lock = await navigator.wakeLock.request("screen"); } catch (refused) { lock = null; root.dataset.awake = refused.name; }
  }

  function beep(pitch) {
    if (sound.getAttribute("aria-pressed") !== "true" || !window.AudioContext) return;
    audio = audio || new AudioContext();
    const tone = audio.createOscillator(), volume = audio.createGain(), now = audio.currentTime;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, now);
    volume.gain.exponentialRampToValueAtTime(0.07, now + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(now);
    tone.stop(now + 0.4);
  }

  go.addEventListener("click", () => (timer ? (stop(), tell(words.pause)) : run()));
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  sound.addEventListener("click", () => sound.setAttribute("aria-pressed", String(sound.getAttribute("aria-pressed") !== "true")));
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) stop(); });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button, input, a, summary") || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { ArrowLeft: back, ArrowRight: next, " ": go }[event.key];
    if (!act || act.disabled || after.hidden === false) return;
    event.preventDefault();
    act.click();
  });

  next.dataset.label = next.textContent;
  root.classList.add("one-by-one");
  find("tools").hidden = false;
  show(0, false);
})();
