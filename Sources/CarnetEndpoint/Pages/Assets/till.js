// /till: a merchant is paid and knows it. One sale at a time: typed, asked, shown as a QR code, ended.
//
// 1. "Paid" is shown only where the endpoint said so. 2. A sale is kept before it is asked for, under a key that makes
// asking again harmless, and survives reloading. 3. Three ways lead to its end: the stream, asking every few seconds,
// and asking again when the page comes back.

import { askJSON, ask, json, NoAnswer, Problem } from './api.js';
import { base64, random } from './bytes.js';
import { formatAmount } from './amounts.js';
import { field, h } from './dom.js';
import { frame, keepOffline, outcome, words } from './frame.js';
import { Stream } from './stream.js';
import * as sounds from './sounds.js';
import { language, t } from './texts.js';
import { printTicket } from './ticket.js';

const page = frame(t('tillTitle'));
const pollSeconds = 4;
const expirySeconds = 900;

/** The till: its place, its token, what it is. */
const till = { id: null, token: null, info: null, place: null };
let sale = null;
let stream = null;
let isReached = true;
let digits = '';

const shown = (amount, code) => formatAmount(amount, till.place.currency(code) ?? { code, scale: 0 }, language);
const kept = (name) => JSON.parse(localStorage.getItem(`carnet.${name}`) ?? 'null');
const keep = (name, value) =>
  (value === null ? localStorage.removeItem(`carnet.${name}`) : localStorage.setItem(`carnet.${name}`, JSON.stringify(value)));
const currencyCode = () =>
  till.info.currencies.find((code) => code === kept('currency')) ?? till.info.currencies[0];
export { till, shown, kept, keep, page };

// Setting up.

async function start() {
  const known = kept('till');
  if (!known) return setUp();
  Object.assign(till, known);
  page.show(h('p', { role: 'status' }, t('loading')));
  try {
    await open();
  } catch (error) {
    if (error instanceof Problem && [401, 403, 404].includes(error.status)) return setUp(words(error));
    away(true);
    page.show(h('section', { class: 'card' }, h('h1', {}, t('tillTitle')), h('p', {}, words(error))));
    setTimeout(start, 2000);
  }
}

async function open() {
  const place = await askJSON('GET', '/v1/ledger');
  till.place = { ...place, currency: (code) => place.currencies.find((one) => one.code === code) };
  const info = await askJSON('GET', `/v1/tills/${till.id ?? 'own'}`, till);
  till.id = info.id;
  till.info = { ...info, currencies: info.currencies.map((one) => one.code ?? one) };
  away(false);
  page.place({ name: `${till.info.shop ?? place.name} · ${till.info.name}`, purpose: place.purpose });
  stream ??= new Stream(`/v1/tills/${till.id}/events`, till.token, heard, reached);
  sale = kept('sale');
  if (!sale) return keypad();
  waiting();
  if (!sale.request) return askForSale();
  // An end that nobody tapped away is shown again.
  stands(sale.request);
  recheck();
}

function setUp(why) {
  const text = h('textarea', { rows: '3', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true });
  const fault = h('p', { class: 'fault', role: 'alert' }, why ?? '');
  const form = h('form', { class: 'card' }, h('h1', {}, t('tillTitle')), h('p', {}, t('tillSetUpWhy')),
    field(t('tillToken'), text, t('tillTokenHint')), fault, h('button', { class: 'main' }, t('tillOpen')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    sounds.unlock();
    const token = tokenIn(text.value);
    if (!token) return void (fault.textContent = t('tillTokenForm'));
    Object.assign(till, { id: null, token });
    try {
      await open();
      keep('till', { id: till.id, token: till.token });
    } catch (error) {
      fault.textContent = words(error);
    }
  });
  page.show(form);
}

/** The till's token in whatever was pasted: the line of the command, or its JSON. */
const tokenIn = (text) => /(?:^|[^0-9A-Za-z_-])(carnet-till-[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/.exec(text)?.[1] ?? null;

/** Ends what this browser knows of the till. */
export function leave() {
  ['till', 'sale', 'close'].forEach((name) => keep(name, null));
  location.reload();
}

// Whether the endpoint is there.

function reached(isThere, status) {
  if (status) return setUp(t('tillTokenEnded'));
  away(!isThere);
  if (isThere && sale?.request) recheck();
}

function away(isAway) {
  if (isReached === !isAway) return;
  isReached = !isAway;
  page.banner(isAway && h('p', { class: 'banner bad', 'data-away': '' }, t('tillAway')));
}

/** Asks how the sale stands; called by the clock, by the stream, and when the page or the network comes back. */
async function recheck() {
  if (!sale?.request || sale.isEnded) return;
  const { code } = sale.request;
  try {
    const request = await askJSON('GET', `/v1/requests/${code}`, { token: till.token, seconds: 8 });
    away(false);
    if (sale?.request?.code === code) stands(request);
  } catch (error) {
    if (error instanceof NoAnswer) away(true);
  }
}

function wake() {
  if (document.visibilityState !== 'visible') return;
  stream?.wake();
  recheck();
  navigator.wakeLock?.request('screen').catch(() => {});
}

function heard(event, request) {
  if (sale?.request && request.code === sale.request.code) return stands(request);
  if (event === 'request.paid') page.say(t('tillOtherPaid', shown(request.amount, request.currency), request.code ?? ''));
}

// The keypad.

/** The one digit more or less, as a cash register shifts them. */
function press(key) {
  if (key === 'clear') digits = '';
  else if (key === 'back') digits = digits.slice(0, -1);
  else if ((digits + key).replace(/^0+/, '').length <= 12) digits = (digits + key).replace(/^0+/, '');
  showDigits();
}

function showDigits() {
  const display = page.main.querySelector('output');
  const button = page.main.querySelector('button.main');
  if (!display) return;
  const amount = shown(digits || '0', currencyCode());
  display.textContent = amount;
  button.textContent = digits ? t('tillAsk', amount) : t('tillType');
  button.setAttribute('aria-disabled', digits ? 'false' : 'true');
}

function keypad(problem) {
  const names = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '0', 'back'];
  const labels = { back: ['⌫', t('tillBack')] };
  const buttons = names.map((name) => h('button', {
    type: 'button', class: 'key', 'aria-label': labels[name]?.[1], onclick: () => press(name),
  }, labels[name]?.[0] ?? name));
  const units = till.info.currencies.length > 1 && h('select', {
    'aria-label': t('currency'), class: 'unit', onchange: (event) => { keep('currency', event.target.value); showDigits(); },
  }, till.info.currencies.map((code) => h('option', { value: code, selected: code === currencyCode() }, code)));
  const reference = h('input', { id: 'reference', maxlength: '64', autocomplete: 'off', placeholder: t('tillReference'), 'aria-label': t('tillReference') });
  page.show(h('h1', { class: 'unseen' }, t('tillTitle')),
    h('div', { class: 'till' },
      h('div', { class: 'display' }, h('output', { 'aria-live': 'polite', 'aria-label': t('amount') }), units),
      problem && h('p', { class: 'fault', role: 'alert' }, problem),
      h('div', { class: 'keys', role: 'group', 'aria-label': t('tillKeys') }, buttons),
      h('div', { class: 'extra' }, reference, h('button', { type: 'button', onclick: () => press('clear') }, t('tillClear'))),
      h('button', { type: 'button', class: 'main', onclick: () => charge(reference.value) })), menu('keypad'));
  showDigits();
  page.say('');
}

export function menu(current) {
  const item = (name, act) => h('button', {
    type: 'button', 'aria-current': name === current ? 'page' : null, onclick: act,
  }, t(`menu-${name}`));
  const desk = (view) => async () => (await import('./desk.js'))[view]();
  return h('nav', { class: 'menu', 'aria-label': t('menu') },
    item('keypad', () => keypad()), item('sales', desk('sales')), item('reports', desk('reports')), item('card', desk('card')), item('settings', desk('settings')));
}

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input, select, textarea')) return;
  if (page.main.querySelector('.keys')) {
    if (/^[0-9]$/.test(event.key)) press(event.key);
    else if (event.key === 'Backspace') press('back');
    else if (event.key === 'Escape' || event.key === 'Delete') press('clear');
    else if (event.key === 'Enter' && !event.target.matches?.('button')) charge(document.getElementById('reference').value);
    else return;
    event.preventDefault();
  }
});

// A sale.

function charge(reference) {
  sounds.unlock();
  if (!digits || sale) return;
  sale = {
    key: base64(random(18)), request: null,
    body: {
      amount: Number(digits), currency: currencyCode(), reference: reference.trim() || null,
      expires_in: expirySeconds, cashier: kept('cashier'),
    },
  };
  keep('sale', sale);
  digits = '';
  waiting();
  askForSale();
}

/** Makes the request, or finds the one that was made under the same key; tries until it is known. */
async function askForSale() {
  const asked = sale;
  while (sale === asked && !sale.request) {
    try {
      const options = json(sale.body, { 'Idempotency-Key': `"${sale.key}"` });
      const request = await askJSON('POST', '/v1/requests', { ...options, token: till.token });
      away(false);
      if (sale === asked) stands(request);
      return;
    } catch (error) {
      if (error instanceof Problem && !error.retryable) {
        endSale();
        return keypad(words(error));
      }
      away(!(error instanceof Problem));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

/** Takes in how the request stands now. */
function stands(request) {
  if (sale.isEnded) return;
  const before = sale.request?.state;
  sale.request = request;
  keep('sale', sale);
  if (request.state === 'paid') return ended('good', t('paid'), true);
  if (request.state === 'expired') return ended('bad', t('tillExpired'), false);
  // Whoever cancelled here knows; the stream may tell it before the answer does.
  if (request.state === 'cancelled' && sale.isCancelling) {
    endSale();
    return keypad();
  }
  if (request.state === 'cancelled') return ended('bad', t('tillCancelled'), false);
  if (before !== request.state) waiting();
}

function waiting() {
  const { request, body } = sale;
  const amount = shown(body.amount, body.currency);
  const cancel = h('button', { type: 'button', onclick: cancelSale }, t('cancel'));
  if (!request) {
    return page.show(h('section', { class: 'ask card' }, h('h1', {}, amount), h('p', { role: 'status' }, t('tillAsking')),
      h('button', { type: 'button', onclick: () => { endSale(); keypad(); } }, t('cancel'))));
  }
  const state = request.state === 'claimed' ? t('tillClaimed') : t('tillOpenState');
  page.show(h('section', { class: 'ask card' },
    h('h1', {}, amount),
    h('div', { class: 'qr' }, h('img', { src: `/v1/requests/${request.code}/qr.svg`, alt: t('tillQR', request.link), width: '320', height: '320' })),
    h('p', { class: 'code' }, request.code),
    h('p', { class: 'link' }, h('a', { href: request.link, target: '_blank', rel: 'noopener' }, request.link)),
    body.reference && h('p', { class: 'hint' }, body.reference),
    h('p', { class: `state ${request.state}`, role: 'status' }, state, ' ', h('span', { class: 'left', 'aria-hidden': 'true' })), cancel));
  page.say(state);
  showLeft();
}

/** The time in which it can still be paid. */
function showLeft() {
  const left = page.main.querySelector('.left');
  if (left && sale?.request) {
    const seconds = Math.max(0, Math.ceil((new Date(sale.request.expires) - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
}

/** Every second the time left; every few seconds the question how the sale stands. */
function tick(count = 0) {
  showLeft();
  if (count % pollSeconds === 0) recheck();
  setTimeout(() => tick(count + 1), 1000);
}

async function cancelSale() {
  const cancelled = sale;
  cancelled.isCancelling = true;
  // Kept, so that a page that is loaded again meanwhile knows it too.
  keep('sale', cancelled);
  try {
    await ask('DELETE', `/v1/requests/${sale.request.code}`, { token: till.token });
    if (sale !== cancelled) return;
    endSale();
    keypad();
  } catch (error) {
    if (error instanceof NoAnswer) away(true);
    // Paid or expired meanwhile: that is what is shown.
    recheck();
  }
}

/** Shows how it ended, unmistakably, until someone taps. */
function ended(kind, heading, isPaid) {
  sale.isEnded = true;
  const { request, body } = sale;
  const ended = sale;
  const next = h('button', { type: 'button', class: 'main' }, isPaid ? t('tillNext') : t('goOn'));
  const number = request.paid_in ?? null;
  const section = outcome(kind, heading, h('p', { class: 'amount' }, shown(request.amount, request.currency)),
    h('p', { class: 'reference' }, h('span', {}, request.code), number !== null && h('span', {}, t('recordNumber', String(number))), body.reference && h('span', {}, body.reference)),
    next,
    isPaid && h('p', { class: 'actions' }, [58, 80].map((width) => h('button', {
      type: 'button', class: 'quiet', onclick: (event) => { event.stopPropagation(); printTicket(width, ended, till, shown); next.focus(); },
    }, t('tillPrint', width)))));
  section.classList.add('full');
  const goOn = () => {
    if (sale !== ended) return;
    endSale();
    keypad();
  };
  section.addEventListener('click', goOn);
  next.addEventListener('click', goOn);
  page.show(section);
  next.focus();
  sounds.play(isPaid);
}

function endSale() {
  sale = null;
  keep('sale', null);
}

addEventListener('visibilitychange', wake);
addEventListener('online', wake);
addEventListener('pageshow', wake);
addEventListener('focus', wake);
keepOffline();
tick();
start();
