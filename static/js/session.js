/* Exercise with me: one exercise at a time on one screen, with a clock, a figure that moves with it, and an easier exercise at hand. */
"use strict";

(() => {
  const root = document.querySelector("[data-session]");
  if (!root) return;
  const words = JSON.parse(root.dataset.words);
  const find = (name, inside = root) => inside.querySelector(`[data-${name}]`);
  const after = find("after"), go = find("go"), back = find("back"), next = find("next"), ease = find("ease"), list = find("steps"), more = find("more");
  const fill = (text, values) => text.replace(/{(\w+)}/g, (_, key) => values[key]);
  const { tell, hush, beep, awake, asleep } = window.cues(root, words);
  const MOVE = 4, LET_GO = 3, READY = 4; // seconds for a movement without a hold, between two, and before the first
  const ROUND = 2400; // milliseconds from start to end where one keeps going

  const all = [...root.querySelectorAll("[data-stop]")];
  const stops = all.filter((one) => !("off" in one.dataset)); // a file's script has set aside what is not due
  const turnAt = (index) => stops[index].querySelector(":scope > [data-turn]");

  let at = 0, steps = [], step = -1, left = 0, timer = null, figure = null;

  /* What an exercise asks for, as moments in a row: {say, seconds, count, side, number}. */
  function plan(turn) {
    const [sets, repeats, hold, seconds, sides, ways, rest] = ["sets", "repeats", "hold", "seconds", "sides", "ways", "rest"]
      .map((key) => Number(turn.dataset[key]));
    const row = [{ say: words.ready, seconds: READY, count: "", side: 0, pose: "start" }];
    for (let part = 0; part < sets * sides * ways; part += 1) {
      const set = Math.floor(part / (sides * ways)), side = Math.floor(part / ways) % sides, way = part % ways;
      if (part && rest && side === 0 && way === 0) row.push({ say: words.rest, seconds: rest, count: "", side, pose: "start" });
      const name = [sets > 1 ? fill(words.set, { n: set + 1, all: sets }) : "", sides > 1 ? (side ? words.other : words.first) : "",
        ways > 1 ? fill(words.way, { n: way + 1, all: ways }) : ""].filter(Boolean);
      if (seconds) row.push({ say: words.go, seconds, count: name.join(", "), side, part, pose: "sway", beat: true });
      for (let number = 1; number <= (seconds ? 0 : repeats); number += 1) {
        const one = { count: [fill(words.repeat, { n: number, all: repeats }), ...name].join(", "), side, part, number, of: repeats };
        row.push({ ...one, say: hold ? words.hold : words.move, seconds: hold || MOVE, pose: "end", beat: true });
        row.push({ ...one, say: words.letgo, seconds: LET_GO, pose: "start" });
      }
    }
    return row;
  }

  function show(index, focus = true) {
    stop();
    at = Math.max(0, Math.min(index, stops.length));
    const over = at === stops.length;
    all.forEach((one) => { one.hidden = over || one !== stops[at]; });
    root.classList.toggle("s-over", over);
    after.hidden = !over;
    for (const name of ["drive", "clock", "easy"]) find(name).hidden = over;
    back.disabled = at === 0;
    next.textContent = at === stops.length - 1 ? words.finish : words.next;
    const place = over ? "" : fill(words.of, { n: at + 1, all: stops.length });
    find("place").textContent = place;
    [...find("thread").children].forEach((one, i) => { one.className = i < at ? "on" : i === at ? "cur" : ""; });
    if (!over) prepare(turnAt(at));
    if (!focus) return;
    const title = (over ? after : turnAt(at)).querySelector("h2");
    title.focus({ preventScroll: true });
    tell(over ? title.textContent : `${place}. ${title.textContent}`);
  }

  /* An exercise before it is begun: its steps in sight, the clock in its place. */
  function prepare(turn) {
    steps = plan(turn);
    step = -1;
    turn.classList.remove("other-side");
    root.classList.remove("s-runs");
    list.setAttribute("aria-expanded", "true");
    go.textContent = words.start;
    const lighter = find("lighter", stops[at]);
    const title = lighter && find("turn", lighter.content || lighter).dataset.title;
    ease.textContent = turn.full ? fill(words.fuller, { title: turn.full.dataset.title })
      : title ? fill(words.lighter, { title }) : words.leave;
    const place = find("figure", turn);
    if (place && !place.figure) place.figure = window.figures(place);
    figure = place ? place.figure : null;
    if (figure) figure.start(0);
    draw("", words.wait, turn.querySelector(".s-dose").textContent.replace(/\s+/g, " ").trim());
  }

  function draw(count, now, of, moment = {}) {
    find("count").textContent = count;
    find("now").textContent = now;
    find("of").textContent = of;
    const row = find("stitches");
    row.replaceChildren(...Array.from({ length: moment.of || 0 }, (_, i) => {
      const one = document.createElement("i");
      one.className = i + 1 < moment.number ? "on" : i + 1 === moment.number ? "cur" : "";
      return one;
    }));
  }

  function begin() {
    step += 1;
    if (step >= steps.length) return finish();
    const moment = steps[step], before = steps[step - 1], { say, count, seconds, pose } = moment;
    left = seconds;
    turnAt(at).classList.toggle("other-side", moment.side === 1);
    beep(moment.beat ? 520 : 390);
    if (figure) move(pose, seconds);
    // A repeat is announced once, by its number, and letting go in two words; a new part and a long hold in full. Nothing counts aloud.
    const full = !before || before.part !== moment.part || seconds >= 10;
    if (full) tell([say, count, seconds >= 10 ? fill(words.seconds, { n: seconds }) : ""].filter(Boolean).join(". "));
    else tell(moment.beat ? `${say}. ${moment.number}` : say);
    draw(left, say, count, moment);
    return undefined;
  }

  function move(pose, seconds) {
    if (pose === "sway") figure.sway(ROUND);
    else figure[pose](Math.min(seconds * 700, 2600));
  }

  function tick() {
    left -= 1;
    if (left > 0) draw(left, steps[step].say, steps[step].count, steps[step]);
    else begin();
  }

  function finish() {
    stop();
    step = -1;
    if (figure) figure.start(0);
    root.classList.remove("s-runs");
    go.textContent = words.again;
    draw("", words.done, "");
    tell(words.done);
    beep(660);
    document.dispatchEvent(new CustomEvent("session:did", { detail: (turnAt(at).full || turnAt(at)).dataset.of }));
    next.focus();
  }

  function run() {
    timer = window.setInterval(tick, 1000);
    go.textContent = words.pause;
    root.classList.add("s-runs");
    list.setAttribute("aria-expanded", "false");
    awake();
    if (step < 0) begin();
    else if (figure) move(steps[step].pose, left);
  }

  function stop() {
    window.clearInterval(timer);
    timer = null;
    if (step >= 0) go.textContent = words.go_on;
    if (figure) figure.rest();
    hush();
    asleep();
  }

  /* The easier exercise in the place of this one, and of every one that follows; where there is none, this one is left out. */
  function lighten() {
    const turn = turnAt(at);
    if (turn.full) { turn.replaceWith(turn.full); show(at); return; }
    const eased = stops.slice(at).map((place, i) => swapped(place) && turnAt(at + i).dataset.title);
    show(eased[0] ? at : at + 1);
    const names = eased.filter(Boolean).join(", ");
    if (!names) return;
    const note = fill(words.eased, { title: names });
    if (at < stops.length) draw("", note, turnAt(at).querySelector(".s-dose").textContent.replace(/\s+/g, " ").trim());
    tell(note);
  }

  function swapped(place) {
    const turn = place.querySelector(":scope > [data-turn]"), lighter = find("lighter", place);
    if (!lighter || turn.full) return false;
    const easier = find("turn", lighter.content || lighter).cloneNode(true);
    easier.full = turn;
    turn.replaceWith(easier);
    return true;
  }

  /* An exercise may be longer than its place on the screen: a button says so, and goes there. */
  function look() {
    const turn = at < stops.length && root.classList.contains("one-by-one") ? turnAt(at) : null;
    const whole = !turn || turn.scrollHeight - turn.scrollTop - turn.clientHeight < 8;
    if (more.hidden !== whole) more.hidden = whole;
  }

  more.addEventListener("click", () => turnAt(at).scrollBy(0, turnAt(at).clientHeight * 0.8));
  for (const happens of ["scroll", "load"]) root.addEventListener(happens, look, true);
  new ResizeObserver(look).observe(root);
  new MutationObserver(look).observe(root, { subtree: true, childList: true, attributeFilter: ["class", "hidden", "aria-expanded"] });

  go.addEventListener("click", () => (timer ? (stop(), tell(words.stopped)) : run()));
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  ease.addEventListener("click", lighten);
  list.addEventListener("click", () => list.setAttribute("aria-expanded", String(list.getAttribute("aria-expanded") !== "true")));
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) stop(); });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button, input, a, summary") || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { ArrowLeft: back, ArrowRight: next, " ": go }[event.key];
    if (!act || act.disabled || !after.hidden || !root.classList.contains("one-by-one")) return;
    event.preventDefault();
    act.click();
  });

  /* In a file the session is a part of the page, and opens and shuts there. */
  const head = find("head");
  const open = (focus) => {
    if (head) head.setAttribute("aria-level", "1");
    document.documentElement.classList.add("in-session");
    root.classList.add("one-by-one");
    for (const name of ["tools", "place", "thread"]) find(name).hidden = false;
    show(0, focus);
  };
  find("thread").append(...stops.map(() => document.createElement("i")));
  const door = document.querySelector("[data-open]");
  if (!door) { open(false); return; }
  after.hidden = true;
  door.hidden = false;
  door.addEventListener("click", () => open(true));
  find("leave").addEventListener("click", (event) => {
    event.preventDefault();
    head.setAttribute("aria-level", "2");
    stop();
    document.documentElement.classList.remove("in-session");
    root.classList.remove("one-by-one", "s-runs", "s-over");
    all.forEach((one) => { one.hidden = false; });
    for (const name of ["tools", "place", "thread", "drive", "clock", "easy"]) find(name).hidden = true;
    after.hidden = true;
    door.focus();
  });
})();
