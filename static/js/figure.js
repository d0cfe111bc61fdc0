/* A drawn person that moves when told to: the moments of a built moving picture, one shown at a time. Where less motion is asked for,
   it goes from pose to pose without what lies between. `held`: drawings that a file has inside. */
"use strict";

window.figures = (() => {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const held = { packed: {}, unpacked: null };
  const WHOLE = "svg{display:block;inline-size:100%;block-size:100%}";

  const text = async (address) => {
    await held.unpacked;
    return held.packed[address] || (await fetch(address)).text();
  };

  /* The drawing, without the timing of its own, in a shadow where its short class names are nobody else's. */
  function draw(host, words) {
    const styles = [];
    const bare = words.replace(/<style>([^]*?)<\/style>/g, (_, rules) => { styles.push(rules.split("[class^=k]")[0]); return ""; });
    const svg = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement;
    const rules = new CSSStyleSheet();
    rules.replaceSync(WHOLE + styles.join(""));
    const shadow = host.shadowRoot || host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [rules];
    shadow.replaceChildren(document.importNode(svg, true));
    return [...shadow.querySelectorAll("g[class^=k]")];
  }

  const make = (host) => {
    let moments = [], at = 0, timer = null, told = null; // what it was told before it was there: it does that once it is drawn

    const show = (index) => {
      at = index;
      moments.forEach((one, i) => { one.style.display = i === at ? "" : "none"; });
      host.dataset.at = at;
    };
    const rest = () => { window.clearInterval(timer); timer = null; };
    const last = () => Math.max(0, moments.length - 1);

    const go = (to, milliseconds) => {
      rest();
      const far = Math.abs(to - at);
      if (calm.matches || !far) return show(to);
      timer = window.setInterval(() => { show(at + Math.sign(to - at)); if (at === to) rest(); }, milliseconds / far);
      return undefined;
    };

    const does = (act) => (milliseconds) => { told = () => act(milliseconds); told(); };

    return {
      ready: text(host.dataset.figure)
        .then((words) => { moments = draw(host, words); show(0); host.hidden = !moments.length; if (told) told(); })
        .catch(() => { host.hidden = true; }), // the two stills are there all the while
      start: does((milliseconds) => go(0, milliseconds)),
      end: does((milliseconds) => go(last(), milliseconds)),
      sway: does((milliseconds) => {
        rest();
        if (calm.matches || !last()) { show(last()); return; }
        let way = 1;
        timer = window.setInterval(() => { if (at === last()) way = -1; if (at === 0) way = 1; show(at + way); }, milliseconds / last());
      }),
      rest: () => { told = null; rest(); },
    };
  };
  return Object.assign(make, { held });
})();
