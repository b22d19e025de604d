// What every page has: its head, the trial's banner, announcements, and how failures are put into words.

import { NoAnswer, Problem } from './api.js';
import { fill, h } from './dom.js';
import { NotProven } from './receipts.js';
import { otherLanguage, t } from './texts.js';
import { LedgerChanged } from './wallet.js';

/** The page's parts: `main` for its content, `say` for what a screen reader must hear at once. */
export function frame(title) {
  const main = h('main', { id: 'main', tabindex: '-1' });
  const banner = h('div', { class: 'banners', role: 'alert' });
  const status = h('p', { class: 'unseen', role: 'status' });
  const place = h('span', { class: 'place' });
  document.title = title;
  document.body.replaceChildren(
    h('a', { class: 'skip', href: '#main' }, t('skip')),
    h('header', { class: 'bar' }, place, otherLanguage()), banner, main, status);
  return {
    main,
    title,
    /** The place's name and, for one made to try things out, the words that say so. */
    place(ledger) {
      fill(place, ledger.name, ledger.purpose === 'trial' && h('span', { class: 'trial' }, t('trial')));
    },
    say: (text) => { status.textContent = text; },
    banner: (...children) => fill(banner, ...children),
    show: (...children) => fill(main, ...children),
  };
}

/** A failure in plain words: what happened, and whether anything moved. */
export function words(error) {
  if (error instanceof Problem) return error.detail;
  if (error instanceof NoAnswer) return t('noAnswer');
  if (error instanceof LedgerChanged) return t('ledgerChanged');
  if (error instanceof NotProven) return error.part === 'older-journal' ? t('olderJournal') : t('notProven');
  return t('unexpected', error.message);
}

/** A block that says in colour, sign and words how something ended. */
export function outcome(kind, heading, ...children) {
  const sign = { good: '✓', bad: '✕', wait: '…' }[kind];
  return h('section', { class: `outcome ${kind}`, role: kind === 'good' ? 'status' : 'alert' },
    h('p', { class: 'sign', 'aria-hidden': 'true' }, sign), h('h1', {}, heading), ...children);
}

/** A command to type, with a button that copies it. */
export function command(text) {
  const button = h('button', { type: 'button', class: 'quiet' }, t('copy'));
  button.addEventListener('click', async () => {
    await navigator.clipboard?.writeText(text).catch(() => {});
    button.textContent = t('copied');
  });
  return h('p', { class: 'command' }, h('code', {}, text), button);
}

/** Why this browser cannot hold a key, in words. */
export const obstacleText = (obstacle) => (obstacle === 'insecure' ? t('insecure') : t('ed25519Missing'));

/** Keeps the pages readable without a network, where the browser can. */
export function keepOffline() {
  navigator.serviceWorker?.register('/worker.js').catch(() => {});
}
