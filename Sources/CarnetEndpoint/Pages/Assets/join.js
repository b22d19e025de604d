// /join/{token}: what is offered, a key made here, a note that asks to join, the wait for the association.
//
// 1. Key and note are kept before the note is sent; who comes back goes on with the same ones. 2. The token stays in the
// address and goes nowhere else: to this origin alone, in the path of a request, never in a query or a referrer.

import { askJSON, json, NoAnswer, Problem } from './api.js';
import { random } from './bytes.js';
import { field, h } from './dom.js';
import { frame, obstacleText, outcome, words } from './frame.js';
import { cardText, joiningNote, suggestedHandle } from './joining.js';
import * as keys from './keys.js';
import { newNonce, saltedText } from './notes.js';
import { fingerprint, handle as readHandle, randomNumber } from './numbers.js';
import * as store from './store.js';
import { t } from './texts.js';
import * as wallet from './wallet.js';

const page = frame(t('joiningTitle'));
const token = location.pathname.split('/')[2];
const path = `/v1/invitations/${encodeURIComponent(token)}`;
const noteSeconds = 7 * 86400 - 3600;
const payLaterMilliseconds = 3600_000;
let place;

async function start() {
  page.show(h('p', { role: 'status' }, t('loading')));
  try {
    place = await wallet.ledger();
    page.place(place);
    await look();
  } catch (error) {
    failed(error);
  }
}

async function look() {
  const invitation = await askJSON('GET', path);
  if (invitation.origin !== place.origin || invitation.verifier_key !== place.verifier_key) throw new wallet.LedgerChanged();
  const kept = await store.get('values', 'joining');
  const isOwn = kept && kept.id === invitation.note;
  if (isOwn && invitation.state === 'waiting') return wait(kept);
  if (isOwn && invitation.state === 'joined') return joined(kept);
  if (invitation.state !== 'open') return ended(invitation.state);
  if (await wallet.identity()) return hasKey();
  const missing = await keys.obstacle();
  if (missing) return card(h('p', {}, invited(invitation)), h('p', { class: 'warning' }, obstacleText(missing)));
  // Made and kept, but the answer to it never came: the same note once more.
  if (kept && kept.token === token && kept.until > Date.now() / 1000) return send(kept);
  ask(invitation, kept?.key);
}

const card = (...children) => page.show(h('section', { class: 'card' }, h('h1', {}, t('joiningTitle')), ...children));
const invited = (invitation) => t('joinInvited', place.name, invitation.name);

function failed(error) {
  if (error instanceof Problem && error.code === 'unknown-invitation') return closed(t('joinUnknown'));
  card(h('p', { class: 'warning', role: 'alert' }, words(error)),
    h('button', { type: 'button', class: 'main', onclick: start }, t('tryAgain')));
}

const closed = (why) => page.show(outcome('bad', t('joinNot'), h('p', {}, why), h('p', {}, t('joinAgainWhy'))));

function ended(state) {
  closed({ expired: t('joinExpired'), withdrawn: t('joinWithdrawn') }[state] ?? t('joinUsed'));
}

function hasKey() {
  card(h('p', { class: 'warning' }, t('joinHasKey')), h('a', { class: 'button', href: '/me' }, t('joinToAccount')));
}

// The handle and the key.

function ask(invitation, earlierKey) {
  const input = h('input', {
    name: 'handle', value: invitation.handle ?? suggestedHandle(invitation.name), maxlength: '32', required: true,
    autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false',
  });
  const own = h('textarea', { name: 'words', rows: '4', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const button = h('button', { class: 'main' }, t('joinMakeKey'));
  const form = h('form', {}, field(t('joinHandle'), input, t('joinHandleHint')), h('p', {}, t('joinKeyWhy')),
    h('details', {}, h('summary', {}, t('joinHaveWords')), field(t('recoveryWords'), own, t('recoveryWordsHint'))), fault, button);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    fault.textContent = '';
    try {
      const handle = await freeHandle(input.value);
      const key = own.value.trim() ? await ownKey(own.value) : earlierKey;
      if (key) await join(invitation, handle, key);
      else await makeKey(invitation, handle);
    } catch (error) {
      fault.textContent = faultWords(error);
      button.disabled = false;
      (error instanceof keys.WordsFault ? own : input).focus();
    }
  });
  card(h('p', {}, invited(invitation)), form);
}

class HandleFault extends Error {}

async function freeHandle(typed) {
  const handle = readHandle(typed.toLowerCase());
  if (!handle) throw new HandleFault(t('joinHandleBad'));
  const answer = await askJSON('GET', `${path}?handle=${encodeURIComponent(handle)}`).catch((error) => {
    // What reads as a number or a code is none to the ledger either.
    if (error instanceof Problem && error.code === 'bad-parameter') throw new HandleFault(t('joinHandleBad'));
    throw error;
  });
  if (answer.handle_free === false) throw new HandleFault(t('joinHandleTaken'));
  return handle;
}

function faultWords(error) {
  if (error instanceof HandleFault) return error.message;
  if (error instanceof keys.WordsFault) {
    return { count: t('wordsCount'), word: t('wordsUnknown', error.position), checksum: t('wordsChecksum') }[error.reason];
  }
  return words(error);
}

async function ownKey(typed) {
  const { default: list } = await import('./words.js');
  return keys.importSeed(await keys.seedOfWords(typed.replace(/[0-9.,;]+/g, ' '), list));
}

/** Shows the words of a new key; it is used once they are written down. */
async function makeKey(invitation, handle) {
  const { default: list } = await import('./words.js');
  const seed = random(32);
  const shown = await keys.wordsOfSeed(seed, list);
  const key = await keys.importSeed(seed);
  const done = h('input', { type: 'checkbox', name: 'written', required: true });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const button = h('button', { class: 'main' }, t('joinAsk'));
  const form = h('form', {}, h('label', { class: 'check' }, done, ' ', t('joinWordsDone')), fault, button);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await join(invitation, handle, key);
    } catch (error) {
      fault.textContent = faultWords(error);
      button.disabled = false;
    }
  });
  page.show(h('section', { class: 'card' }, h('h1', { tabindex: '-1' }, t('joinWordsTitle')), h('p', {}, t('joinWordsWhy')),
    h('ol', { class: 'words' }, shown.map((word) => h('li', {}, word))), form));
  document.querySelector('h1').focus();
}

// The note.

/** Makes the note that asks to join, keeps it with its key, and sends it. */
async function join(invitation, handle, key) {
  const number = randomNumber();
  const salted = await saltedText(cardText(handle, invitation));
  const until = Math.floor(Date.now() / 1000) + noteSeconds;
  const { note, id } = await joiningNote(place.origin, invitation, { number, until, nonce: newNonce(), card: salted.hash }, key);
  const kept = { token, key, id, number, until, note, texts: [salted.beside], fingerprint: await fingerprint(key.publicKey) };
  await store.put('values', 'joining', kept);
  await send(kept);
}

async function send(kept) {
  page.show(h('p', { role: 'status' }, t('sending')));
  let invitation;
  try {
    invitation = await askJSON('POST', path, json({ note: kept.note, texts: kept.texts }));
  } catch (error) {
    if (!(error instanceof Problem) || error.retryable) return failed(error);
    // It was not taken: the key stays for another try, the note is of no use.
    await store.put('values', 'joining', { key: kept.key });
    if (error.code.startsWith('invitation-') || error.code === 'unknown-invitation') return look().catch(failed);
    return failed(error);
  }
  if (invitation.state === 'joined') return joined(kept);
  return wait(kept);
}

// Waiting.

async function wait(kept) {
  const notice = h('p', { class: 'fault', role: 'status' });
  page.show(outcome('wait', t('joinWaiting'), h('p', {}, t('joinWaitingWhy', place.name)),
    h('p', {}, t('joinFingerprint')), h('p', { class: 'fingerprint' }, kept.fingerprint), notice));
  for (;;) {
    let invitation;
    try {
      invitation = await askJSON('GET', `${path}?wait=20&state=waiting`, { seconds: 40 });
      notice.textContent = '';
    } catch (error) {
      if (error instanceof Problem && !error.retryable) return failed(error);
      notice.textContent = error instanceof NoAnswer ? t('noAnswer') : words(error);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      continue;
    }
    if (invitation.state === 'waiting' && invitation.note === kept.id) continue;
    if (invitation.state === 'joined' && invitation.note === kept.id) return joined(kept).catch(failed);
    return ended(invitation.state);
  }
}

async function joined(kept) {
  // The ledger is asked whose the key is: what the link says is not enough.
  const self = await wallet.adopt(kept.key);
  await store.remove('values', 'joining');
  const back = await store.get('values', 'payLater');
  const canPay = back && Date.now() - back.time < payLaterMilliseconds;
  page.show(outcome('good', t('joined'), h('p', {}, t('joinedNumber', place.name, self.number)),
    h('div', { class: 'actions' }, canPay && h('a', { class: 'button', href: back.path }, t('joinBackToPay')),
      h('a', { class: 'button', href: '/me' }, t('joinToAccount')))));
}

start();
