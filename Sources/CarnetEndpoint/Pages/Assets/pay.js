// /p/{payee}: paying a request by its code, or a member by number or handle.

import { askJSON, NoAnswer, Problem } from './api.js';
import { AmountFault, formatAmount, parseAmount } from './amounts.js';
import { download, field, fill, h } from './dom.js';
import { command, frame, obstacleText, outcome, words } from './frame.js';
import { obstacle } from './keys.js';
import { codeOfID, handle, memberNumber, requestCode } from './numbers.js';
import { NotProven } from './receipts.js';
import * as store from './store.js';
import { language, moment, t } from './texts.js';
import * as wallet from './wallet.js';

const asked = decodeURIComponent(location.pathname.slice('/p/'.length));
const page = frame(t('payTitle'));
let place;

const shown = (amount, code) => formatAmount(amount, place.currency(code) ?? { code, scale: 0 }, language);

async function start() {
  page.show(h('p', { role: 'status' }, t('loading')));
  try {
    place = await wallet.ledger();
    page.place(place);
    const number = memberNumber(asked);
    const code = number ? null : requestCode(asked);
    if (code) return await payRequest(code);
    if (number ?? handle(asked)) return await payMember(number ? ['number', number] : ['handle', handle(asked)]);
    page.show(outcome('bad', t('notPayable'), h('p', {}, t('notPayableWhy', asked.slice(0, 40)))));
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  const heading = error instanceof Problem && error.status === 404 ? t('unknownPayee') : t('notNow');
  page.show(outcome('bad', heading, h('p', {}, words(error)), h('p', {}, t('nothingMoved')),
    h('button', { type: 'button', onclick: start }, t('tryAgain'))));
}

/** The member of this browser's key; null where there is none. */
async function member() {
  const self = (await obstacle()) ? null : await wallet.identity();
  return self && new wallet.Member(place, self);
}

/** The payee as the record proves it; a name that cannot be proven is not shown as if it were. */
async function payee(self, number) {
  if (!self) return { number, name: null };
  try {
    return await self.find('number', number);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return { number, name: null };
    throw error;
  }
}

// Paying a request.

async function payRequest(code) {
  const request = await askJSON('GET', `/v1/requests/${code}`);
  // The code is the beginning of the request's id: no other request can be put in its place.
  if (codeOfID(request.id) !== code) throw new NotProven('request');
  const self = await member();
  if (request.state === 'paid') return alreadyPaid(request);
  if (request.state !== 'open' && request.state !== 'claimed') return closed(request);
  askJSON('POST', `/v1/requests/${code}/claim`).catch(() => {});
  const to = await payee(self, request.to);
  const wanted = {
    to: request.to, currency: request.currency, amount: BigInt(request.amount), request: request.id, memo: null,
    name: to.name ?? request.name ?? request.handle,
  };
  const facts = [
    h('p', { class: 'payee' }, t('payTo'), ' ', h('strong', {}, wanted.name ?? request.to)),
    h('p', { class: 'amount' }, shown(wanted.amount, wanted.currency)),
    h('p', { class: 'hint' }, t('payCode', code), ' · ', t('payUntil', moment(request.expires))),
    warning(to),
  ];
  if (!self) return withoutKey(facts, `carnet pay ${code}`);
  await confirm(self, wanted, to, facts, code);
  watch(request);
}

/** Says so while the question is open and the request ends another way. */
async function watch(request) {
  let state = request.state;
  while (page.main.querySelector('form[data-open]')) {
    try {
      const now = await askJSON('GET', `/v1/requests/${request.code}?wait=25`, { seconds: 40 });
      if (!page.main.querySelector('form[data-open]')) return;
      if (now.state === 'paid') return alreadyPaid(now);
      if (now.state !== 'open' && now.state !== 'claimed') return closed(now);
      if (now.state === state) await new Promise((resolve) => setTimeout(resolve, 1000));
      state = now.state;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

function alreadyPaid(request) {
  page.show(outcome('good', t('requestPaid'), h('p', { class: 'amount' }, shown(request.amount, request.currency)),
    h('p', {}, t('payCode', request.code)), h('p', {}, t('requestPaidWhy'))));
}

function closed(request) {
  const heading = request.state === 'expired' ? t('requestExpired') : t('requestCancelled');
  page.show(outcome('bad', heading, h('p', {}, t('requestClosedWhy')), h('p', {}, t('nothingMoved'))));
}

// Paying a member, who did not ask for an amount.

/** A memo as it may go beside a note: what was pasted with tabs or other signs that are no text has spaces there. */
const plain = (typed) => typed.replace(/[\s\0-\x1f\x7f-\x9f]+/g, ' ').trim() || null;

async function payMember([name, value]) {
  const self = await member();
  const to = self ? await self.find(name, value) : await openEntry(name, value);
  const known = h('p', { class: 'payee' }, t('payTo'), ' ', h('strong', {}, to.name ?? to.handle ?? to.number));
  if (!self) return withoutKey([known], `carnet pay ${to.handle ?? to.number} ${t('amountExample')}`);
  const amount = h('input', { name: 'amount', inputmode: 'decimal', autocomplete: 'off', required: true, maxlength: '40' });
  const currency = h('select', { name: 'currency' },
    place.currencies.map((one) => h('option', { value: one.code }, `${one.code} · ${one.name}`)));
  const memo = h('input', { name: 'memo', autocomplete: 'off', maxlength: '200' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const form = h('form', { class: 'card' }, h('h1', {}, t('payTitle')), known, warning(to),
    field(t('amount'), amount), place.currencies.length > 1 && field(t('currency'), currency),
    field(t('memo'), memo, t('memoHint')), fault, h('button', { class: 'main' }, t('goOn')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const unit = place.currency(place.currencies.length > 1 ? currency.value : place.currencies[0].code);
    let minor;
    try {
      minor = parseAmount(amount.value.trim(), unit);
    } catch (error) {
      fault.textContent = amountFault(error, unit);
      amount.setAttribute('aria-invalid', 'true');
      return amount.focus();
    }
    const wanted = {
      to: to.number, currency: unit.code, amount: minor, request: null, memo: plain(memo.value),
      name: to.name ?? to.handle,
    };
    await confirm(self, wanted, to, [known.cloneNode(true),
      h('p', { class: 'amount' }, shown(minor, unit.code)), wanted.memo && h('p', { class: 'hint' }, wanted.memo), warning(to)], null)
      .catch(failed);
  });
  page.show(form);
  amount.focus();
}

/** What anyone sees of a member who serves the public. */
async function openEntry(name, value) {
  const found = await askJSON('GET', `/v1/directory?${name}=${encodeURIComponent(value)}`);
  return found.members[0];
}

function amountFault(error, unit) {
  if (!(error instanceof AmountFault)) throw error;
  return {
    unreadable: t('amountUnreadable'), ambiguous: t('amountAmbiguous'),
    'too-precise': t('amountTooPrecise', unit.code, unit.scale), 'out-of-range': t('amountOutOfRange'),
  }[error.reason];
}

const warning = (to) =>
  to.changed && h('p', { class: 'warning', role: 'alert' }, t('payeeChanged'));

// The question and what comes of it.

async function confirm(self, wanted, to, facts, code) {
  const account = await self.account();
  const balance = BigInt(account.balances.find((one) => one.currency === wanted.currency)?.balance ?? 0);
  const after = balance - wanted.amount;
  const button = h('button', { class: 'main', type: 'submit' }, t('payNow', shown(wanted.amount, wanted.currency)));
  const form = h('form', { class: 'card', 'data-open': '' }, h('h1', {}, t('payTitle')), ...facts,
    h('p', { class: 'after' }, t('balanceAfter'), ' ', h('strong', {}, shown(after, wanted.currency))), button,
    h('p', { class: 'hint' }, t('payingAs', account.name ?? account.handle ?? self.number, self.number)));
  let isSent = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // A second tap does nothing: the first one is on its way.
    if (isSent) return;
    isSent = true;
    form.removeAttribute('data-open');
    button.disabled = true;
    button.textContent = t('sending');
    page.say(t('sending'));
    await pay(self, wanted, to, code, false);
  });
  page.show(form);
  button.focus();
}

async function pay(self, wanted, to, code, again) {
  let result;
  try {
    result = await self.pay(wanted, again);
  } catch (error) {
    return failed(error);
  }
  if (result.outcome === 'recorded') {
    await self.pin(to);
    paid(self, result, wanted, to, code);
    self.checkJournal().catch((error) => {
      if (!(error instanceof NoAnswer)) page.banner(h('p', { class: 'banner bad' }, words(error)));
    });
  } else if (result.outcome === 'refused') {
    refused(result.problem);
  } else {
    unknown(result, () => pay(self, wanted, to, code, false));
  }
}

function refused(problem) {
  page.show(outcome('bad', t('refusedTitle'), h('p', { 'data-code': problem.code }, problem.detail),
    h('p', {}, t('nothingMoved')), h('button', { type: 'button', onclick: start }, t('back'))));
  tones(false);
}

function paid(self, result, wanted, to, code) {
  const { record, receipt, earlier } = result;
  const again = earlier && wanted.request === null && h('button', {
    type: 'button', class: 'quiet', onclick: () => pay(self, wanted, to, code, true),
  }, t('payAgain'));
  page.show(outcome('good', earlier ? t('paidBefore') : t('paid'),
    h('p', { class: 'amount' }, shown(wanted.amount, wanted.currency)),
    h('p', { class: 'payee' }, t('payTo'), ' ', h('strong', {}, wanted.name ?? wanted.to)),
    h('p', { class: 'reference' }, code && h('span', {}, code), h('span', {}, t('recordNumber', String(record.number)))),
    h('p', { class: 'hint' }, t('receiptChecked'), ' ', moment(record.time)),
    h('p', { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => download(`${record.id.slice(0, 12)}.receipt`, 'text/plain', receipt) }, t('saveReceipt')),
      h('a', { class: 'button quiet', href: '/me' }, t('meTitle'))),
    again));
  tones(true);
}

function unknown(result, retry) {
  const why = result.outcome === 'unproven' ? t('notProven') : t('unknownWhy');
  page.show(outcome('wait', t('unknownTitle'), h('p', {}, why),
    h('button', { type: 'button', class: 'main', onclick: retry }, t('askAgain'))));
}

async function tones(good) {
  const sounds = await import('./sounds.js');
  sounds.play(good);
}

// Without a key in this browser.

async function withoutKey(facts, text) {
  const missing = await obstacle();
  // Whoever is invited now and joins in this browser is led back here.
  if (!missing) await store.put('values', 'payLater', { path: location.pathname, time: Date.now() });
  page.show(h('section', { class: 'card' }, h('h1', {}, t('payTitle')), ...facts,
    missing && h('p', { class: 'warning' }, obstacleText(missing)),
    h('h2', {}, t('fromTerminal')), command(text), h('p', {}, t('fromTerminalWhy', location.origin)),
    h('h2', {}, t('withBrowser')), h('p', {}, t('withBrowserWhy')),
    !missing && h('p', {}, h('a', { class: 'button', href: '/me' }, t('bringKey')))));
}

addEventListener('pageshow', (event) => event.persisted && start());
fill(page.main);
start();
