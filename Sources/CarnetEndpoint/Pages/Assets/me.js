// /me: one's own balance, statement and receipts, also without a network; the key of this browser.

import { NoAnswer, Problem } from './api.js';
import { formatAmount } from './amounts.js';
import { base64 } from './bytes.js';
import { download, field, h } from './dom.js';
import { command, frame, keepOffline, obstacleText, words } from './frame.js';
import * as keys from './keys.js';
import { checkReceipt } from './receipts.js';
import * as store from './store.js';
import { language, moment, t } from './texts.js';
import * as wallet from './wallet.js';

const page = frame(t('meTitle'));
let place;

const shown = (amount, code) => formatAmount(amount, place.currency(code) ?? { code, scale: 0 }, language);

async function start() {
  page.show(h('p', { role: 'status' }, t('loading')));
  page.banner();
  const missing = await keys.obstacle();
  if (missing) return page.show(h('section', { class: 'card' }, h('h1', {}, t('meTitle')), h('p', { class: 'warning' }, obstacleText(missing))));
  try {
    place = await wallet.ledger();
  } catch (error) {
    place = error instanceof NoAnswer ? await wallet.ledgerSeen() : null;
    if (!place) return page.show(h('section', { class: 'card' }, h('h1', {}, t('meTitle')), h('p', { class: 'warning', role: 'alert' }, words(error))));
  }
  page.place(place);
  const self = await wallet.identity();
  if (!self) return welcome();
  const member = new wallet.Member(place, self);
  await show(member);
}

/** Reads anew and keeps it; without a network what was kept is shown, with its time. */
async function show(member) {
  let view;
  try {
    await settle(member);
    view = await fetchView(member);
    await store.put('values', 'account', view);
    member.checkJournal().catch(alarm);
  } catch (error) {
    view = await store.get('values', 'account');
    if (!view || view.account.number !== member.number) view = null;
    page.banner(h('p', { class: 'banner bad' }, error instanceof NoAnswer && view ? t('offline', moment(view.time)) : words(error)));
  }
  const receipts = (await store.all('receipts')).sort((a, b) => b.time - a.time);
  page.show(h('h1', {}, view?.account.name ?? view?.account.handle ?? t('meTitle')), h('p', { class: 'hint' }, member.number),
    view && balances(view), view && statements(view), receiptList(member, receipts), keySection(member));
}

const alarm = (error) => error instanceof NoAnswer || page.banner(h('p', { class: 'banner bad' }, words(error)));

async function settle(member) {
  for (const one of await member.settleAll()) {
    const what = shown(one.pending.wanted.amount, one.pending.wanted.currency ?? place.currencies[0].code);
    const text = {
      recorded: () => t('settledPaid', what), refused: () => t('settledRefused', what, one.problem.detail),
      unknown: () => t('settledUnknown', what), unproven: () => t('settledUnknown', what),
    }[one.outcome]();
    page.banner(h('p', { class: `banner ${one.outcome === 'recorded' ? 'good' : 'bad'}` }, text));
  }
}

async function fetchView(member) {
  const account = await member.account();
  const statementsOf = await Promise.all(account.balances.map((one) => member.statement(one.currency)));
  return { account, statements: statementsOf, time: Date.now() };
}

function balances(view) {
  return h('section', { class: 'balances', 'aria-label': t('balance') }, view.account.balances.map((one) =>
    h('p', { class: 'balance' }, h('span', {}, t('balance')), h('strong', {}, shown(one.balance, one.currency)))));
}

function statements(view) {
  return view.statements.filter((one) => one.lines.length > 0).map((one) => {
    const rows = one.lines.toReversed().map((line) => h('tr', {},
      h('td', {}, h('time', { datetime: line.time }, moment(line.time))),
      h('td', {}, lineWords(line), line.memo && h('span', { class: 'hint' }, line.memo)),
      h('td', { class: line.amount < 0 ? 'number' : 'number in' }, shown(line.amount, one.currency)),
      h('td', { class: 'number' }, shown(line.balance, one.currency))));
    return h('section', {}, h('h2', {}, t('statementOf', one.currency)), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('statementOf', one.currency) },
      h('table', {}, h('thead', {}, h('tr', {}, ['headTime', 'headWith', 'amount', 'balance'].map((name, place) =>
        h('th', { scope: 'col', class: place > 1 ? 'number' : null }, t(name))))), h('tbody', {}, rows))));
  });
}

function lineWords(line) {
  const who = line.name ?? line.handle ?? line.account;
  if (line.kind === 'reversal') return t('lineReversal', who);
  if (line.kind === 'change') return t('lineChange');
  if (line.kind === 'reconversion') return t('lineReconversion');
  if (line.kind === 'cheque') return line.amount < 0 ? t('lineChequePaid', who) : t('lineChequeReceived', who);
  return line.amount < 0 ? t('linePaid', who) : t('lineReceived', who);
}

// Receipts.

function receiptList(member, receipts) {
  const items = receipts.map((one) => {
    const verdict = h('span', { class: 'hint', role: 'status' });
    const amount = one.legs.find((leg) => leg.account === member.number)?.amount ?? one.amount ?? '0';
    return h('li', {}, h('span', {}, `${moment(one.time)} · ${one.name ?? one.kind} · `, h('strong', {}, shown(amount, one.currency ?? place.currencies[0]?.code)),
      ` · ${t('recordNumber', one.number)}`), h('span', { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onclick: () => verdictOf(one, verdict) }, t('checkReceipt')),
      h('button', { type: 'button', class: 'quiet', onclick: () => download(`${one.id.slice(0, 12)}.receipt`, 'text/plain', one.receipt) }, t('saveReceipt'))), verdict);
  });
  return h('section', {}, h('h2', {}, t('receipts')), h('p', { class: 'hint' }, t('receiptsWhy')),
    items.length ? h('ul', { class: 'receipts' }, items) : h('p', {}, t('noReceipts')));
}

async function verdictOf(one, verdict) {
  try {
    const record = await checkReceipt(one.receipt, place.key);
    verdict.textContent = t('receiptValid', String(record.number), String(record.checkpoint.size));
  } catch (error) {
    verdict.textContent = words(error);
  }
}

// The key.

function keySection(member) {
  const remove = h('button', { type: 'button', class: 'quiet' }, t('removeKey'));
  remove.addEventListener('click', async () => {
    if (!confirm(t('removeKeyAsk'))) return;
    await wallet.forget();
    start();
  });
  return h('section', {}, h('h2', {}, t('keyTitle')), h('p', {}, t('keyWhy')),
    h('p', {}, t('publicKey')), h('p', { class: 'command' }, h('code', {}, base64(member.self.publicKey))), remove);
}

function welcome() {
  const text = h('textarea', { rows: '4', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const button = h('button', { class: 'main' }, t('importKey'));
  const form = h('form', {}, field(t('recoveryWords'), text, t('recoveryWordsHint')), fault, button);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await importWords(text.value);
      text.value = '';
      await start();
    } catch (error) {
      fault.textContent = importFault(error);
      button.disabled = false;
      text.focus();
    }
  });
  page.show(h('section', { class: 'card' }, h('h1', {}, t('meTitle')), h('p', {}, t('welcome', place.name)),
    h('h2', {}, t('importTitle')), form, h('h2', {}, t('joinTitle')), h('p', {}, t('joinWhy')),
    h('h2', {}, t('fromTerminal')), command(`carnet balance --ledger ${location.origin}`)));
}

async function importWords(typed) {
  const { default: list } = await import('./words.js');
  const key = await keys.importSeed(await keys.seedOfWords(typed.replace(/[0-9.,;]+/g, ' '), list));
  await wallet.adopt(key);
}

function importFault(error) {
  if (error instanceof keys.WordsFault) {
    return { count: t('wordsCount'), word: t('wordsUnknown', error.position), checksum: t('wordsChecksum') }[error.reason];
  }
  return error instanceof Problem && error.status === 404 ? t('keyUnknown') : words(error);
}

keepOffline();
start();
