/* Opens one kept plan without a network. It is here only because the person chose it, and goes when the plan is deleted. */
"use strict";

const home = new URL(self.registration.scope).pathname;
const name = `kept:${home}`;
const PAGE = '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Backplan</title><p>';
const words = { "Content-Type": "text/html; charset=utf-8" };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function forget() {
  await caches.delete(name);
  await self.registration.unregister();
}

/* Today's copy, or one sentence where it is too old to be used. */
async function held(path) {
  if (!(await caches.has(name))) return undefined;
  const cache = await caches.open(name);
  const about = await cache.match(`${home}?until`);
  const { until, old } = about ? await about.json() : { until: "", old: "" };
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  if (today > until) return new Response(PAGE + old, { headers: words });
  return cache.match(path, { ignoreVary: true });
}

async function opened(request) {
  const { pathname } = new URL(request.url);
  try {
    const answer = await fetch(request);
    const deleted = request.method === "POST" && pathname === `${home}/delete` && (answer.ok || answer.type === "opaqueredirect");
    if (deleted || (pathname === home && [404, 410].includes(answer.status))) await forget();
    return answer;
  } catch (offline) {
    return (request.method === "GET" && (await held(pathname))) || Response.error();
  }
}

async function file(request) {
  const found = (await caches.has(name)) && (await (await caches.open(name)).match(request, { ignoreVary: true }));
  return found || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname === home || url.pathname.startsWith(`${home}/`)) event.respondWith(opened(request));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
});
