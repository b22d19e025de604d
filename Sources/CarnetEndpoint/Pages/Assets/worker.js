// Keeps the pages readable without a network: asks the endpoint first, and answers from what it kept when none answers.
// What is kept is the pages and their files, never an answer of the ledger; those are kept by the pages themselves.

const kept = 'carnet-pages';
const page = /^\/(me|till)$/;
const file = /^\/assets\//;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method === 'GET' && (page.test(pathname) || file.test(pathname))) {
    event.respondWith(answer(event.request, pathname));
  }
});

async function answer(request, pathname) {
  const cache = await caches.open(kept);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(pathname, response.clone());
    return response;
  } catch (error) {
    const found = await cache.match(pathname);
    if (found) return found;
    throw error;
  }
}
