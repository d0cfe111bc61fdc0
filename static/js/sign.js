/* Signing with a finger or a mouse. What is drawn goes with the form as points; without this a typed name will do, or nothing. */
"use strict";

(() => {
  const NEAR = 2; // units: points that are nearer to the last one say nothing new
  let strokes = [];
  let open = null;

  const place = (canvas, event) => {
    const box = canvas.getBoundingClientRect();
    const within = (part, size) => Math.max(0, Math.min(size, Math.round(part * size)));
    return [within((event.clientX - box.left) / box.width, canvas.width), within((event.clientY - box.top) / box.height, canvas.height)];
  };
  const draw = (canvas) => {
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#12343a";
    strokes.forEach((points) => {
      pen.beginPath();
      pen.moveTo(...points[0]);
      (points.length > 1 ? points.slice(1) : [[points[0][0] + 1, points[0][1]]]).forEach((point) => pen.lineTo(...point));
      pen.stroke();
    });
  };
  const keep = (field) => {
    const drawn = field.querySelector("[name=drawn]");
    const text = strokes.map((points) => points.map((point) => point.join(",")).join(" ")).join(";");
    if (text.length > drawn.maxLength) strokes.pop();
    else drawn.value = text;
  };
  const begin = () => {
    document.querySelectorAll("[data-sign][hidden]").forEach((field) => {
      field.hidden = false;
      strokes = [];
    });
  };

  document.addEventListener("pointerdown", (event) => {
    const canvas = event.target.closest("[data-sign] canvas");
    if (!canvas) return;
    canvas.setPointerCapture(event.pointerId);
    open = [place(canvas, event)];
    strokes.push(open);
    draw(canvas);
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    const canvas = open && event.target.closest("[data-sign] canvas");
    if (!canvas) return;
    const [x, y] = place(canvas, event);
    const [lastX, lastY] = open[open.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < NEAR) return;
    open.push([x, y]);
    draw(canvas);
  });
  const end = (event) => {
    const canvas = open && event.target.closest("[data-sign] canvas");
    open = null;
    if (!canvas) return;
    keep(canvas.closest("[data-sign]"));
    draw(canvas);
  };
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sign-clear]");
    if (!button) return;
    const field = button.closest("[data-sign]");
    strokes = [];
    field.querySelector("[name=drawn]").value = "";
    draw(field.querySelector("canvas"));
  });
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
