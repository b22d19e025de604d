// Behind the till's keypad: its sales, refunds, reports X and Z, the counter card, and its settings.

import { ask, askJSON, Problem } from './api.js';
import { AmountFault, parseAmount, plainNumber } from './amounts.js';
import { base64, random } from './bytes.js';
import { download, field, h } from './dom.js';
import { command, outcome, words } from './frame.js';
import { obstacle } from './keys.js';
import { fitsBeside } from './notes.js';
import { language, moment, t } from './texts.js';
import { counterCard, printCard } from './ticket.js';
import { keep, kept, leave, menu, page, shown, till } from './till.js';
import * as wallet from './wallet.js';

const from = (path) => askJSON('GET', `/v1/tills/${till.id}/${path}`, till);

/** Shows a view that is made from an answer, or why there is none. */
async function view(name, title, make) {
  page.show(h('h1', {}, title), h('p', { role: 'status' }, t('loading')), menu(name));
  try {
    page.show(h('h1', {}, title), ...(await make()), menu(name));
  } catch (error) {
    page.show(h('h1', {}, title), h('p', { class: 'warning', role: 'alert' }, words(error)), menu(name));
  }
}

const table = (caption, heads, rows) => h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
  h('table', {}, h('thead', {}, h('tr', {}, heads.map((head, place) => h('th', { scope: 'col', class: place > 0 ? 'number' : null }, head)))), h('tbody', {}, rows)));

// Sales and refunds.

export const sales = () => view('sales', t('menu-sales'), async () => {
  const { sales } = await from('sales?limit=30');
  if (sales.length === 0) return [h('p', {}, t('noSales'))];
  return [h('ul', { class: 'receipts sales' }, sales.map(saleRow))];
});

function saleRow(one) {
  const isRefund = one.kind === 'refund';
  const about = [t('recordNumber', String(one.number)), one.code, one.reference, one.cashier].filter(Boolean).join(' · ');
  const act = isRefund ? h('span', { class: 'hint' }, t('refundOf', String(one.sale)))
    : h('button', { type: 'button', class: 'quiet', 'aria-label': `${t('refund')} ${one.number}`, onclick: () => refund(one) }, t('refund'));
  return h('li', {}, h('span', {}, h('strong', { class: isRefund ? null : 'in' }, (isRefund ? '−' : '') + shown(one.amount, one.currency)), ` · ${moment(one.time)}`, h('span', { class: 'hint about' }, about)), act);
}

/** Gives back with the merchant's key where it is in this browser; else says how the merchant does. */
async function refund(one) {
  const self = (await obstacle()) ? null : await wallet.identity();
  const back = h('button', { type: 'button', onclick: sales }, t('back'));
  const head = [h('h1', {}, t('refund')), h('p', { class: 'amount' }, shown(one.amount, one.currency)), h('p', { class: 'hint' }, t('recordNumber', String(one.number)))];
  if (!self || self.number !== till.info.number) {
    const unit = till.place.currency(one.currency);
    return page.show(h('section', { class: 'card' }, ...head, h('p', {}, t('refundNeedsKey')),
      command(`carnet refund ${one.number} ${plainNumber(one.amount, unit?.scale ?? 0, language)}`), h('p', { class: 'hint' }, t('refundKeyHere')), back));
  }
  const unit = till.place.currency(one.currency);
  const left = one.amount - (one.refunded ?? 0);
  const amount = h('input', { name: 'amount', inputmode: 'decimal', required: true, maxlength: '40', value: plainNumber(left, unit.scale, language) });
  const reason = h('input', { name: 'reason', maxlength: '1024', required: true, autocomplete: 'off' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const form = h('form', { class: 'card' }, ...head, field(t('amount'), amount), field(t('reason'), reason), fault, h('button', { class: 'main' }, t('refund')), back);
  let isSent = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isSent) return;
    const why = reason.value.trim();
    if (!why || !fitsBeside(why)) {
      fault.textContent = t(why ? 'reasonUnfit' : 'reasonMissing');
      return reason.focus();
    }
    try {
      const minor = parseAmount(amount.value.trim(), unit);
      isSent = true;
      await giveBack(self, one, minor, why);
    } catch (error) {
      isSent = false;
      fault.textContent = error instanceof AmountFault ? t('amountUnreadable') : words(error);
    }
  });
  page.show(form);
}

async function giveBack(self, one, minor, reason) {
  const member = new wallet.Member(await wallet.ledger(), self);
  const result = await member.refund(one.number, minor, reason);
  const back = h('button', { type: 'button', class: 'main', onclick: sales }, t('goOn'));
  if (result.outcome === 'recorded') {
    page.show(outcome('good', t('refunded'), h('p', { class: 'amount' }, shown(minor, one.currency)), h('p', { class: 'reference' }, t('recordNumber', String(result.record.number))), back));
  } else if (result.outcome === 'refused') {
    page.show(outcome('bad', t('notRefunded'), h('p', {}, result.problem.detail), h('p', {}, t('nothingMoved')), back));
  } else {
    page.show(outcome('wait', t('unknownTitle'), h('p', {}, t('unknownWhy')), back));
  }
}

// Reports.

export const reports = () => view('reports', t('menu-reports'), async () => {
  const [now, { closes }] = await Promise.all([from('report'), from('closes')]);
  return [h('section', { class: 'card' }, h('h2', {}, t('xReport')), h('p', { class: 'hint' }, t('xReportWhy')), figures(now), closeForm()),
    h('h2', {}, t('zReports')), closes.length ? h('ul', { class: 'receipts' }, closes.map(closeItem)) : h('p', {}, t('noCloses'))];
});

function figures(report) {
  const rows = report.totals.map((one) => h('tr', {}, h('th', { scope: 'row' }, t(`kind-${one.kind}`)), h('td', { class: 'number' }, String(one.count)), h('td', { class: 'number' }, shown(one.total, one.currency))));
  return rows.length ? table(t('xReport'), [t('kind'), t('count'), t('total')], rows) : h('p', {}, t('noSales'));
}

function closeForm() {
  const form = h('form', {}, h('button', { class: 'main' }, t('zClose')));
  let isAsked = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!isAsked) {
      isAsked = true;
      form.querySelector('button').textContent = t('zCloseAsk');
      return;
    }
    form.querySelector('button').disabled = true;
    // The same key until an answer came: closing again after a lost answer gives the close that was made.
    const key = kept('close') ?? base64(random(18));
    keep('close', key);
    try {
      await askJSON('POST', `/v1/tills/${till.id}/closes`, { token: till.token, headers: { 'Idempotency-Key': `"${key}"` } });
      keep('close', null);
      await reports();
    } catch (error) {
      if (error instanceof Problem && !error.retryable) keep('close', null);
      page.show(h('h1', {}, t('menu-reports')), h('p', { class: 'warning', role: 'alert' }, words(error)), menu('reports'));
    }
  });
  return form;
}

function closeItem(one) {
  const csv = h('button', { type: 'button', class: 'quiet' }, t('saveCSV'));
  csv.addEventListener('click', async () => {
    const response = await ask('GET', `/v1/tills/${till.id}/closes/${one.number}`, { token: till.token, headers: { Accept: 'text/csv' } });
    download(`Z-${one.number}.csv`, 'text/csv', await response.text());
  });
  return h('li', {}, h('span', {}, h('strong', {}, t('zNumber', one.number)), ` · ${moment(one.time)}`), figures(one), h('span', { class: 'actions' }, csv,
    h('button', { type: 'button', class: 'quiet', onclick: () => window.print() }, t('print'))));
}

// The card on the counter, and the settings.

export const card = () => view('card', t('menu-card'), async () => [
  h('section', { class: 'card' }, counterCard(till), h('button', { type: 'button', class: 'main', onclick: () => printCard(till) }, t('print')))]);

export const settings = () => view('settings', t('menu-settings'), async () => {
  const cashier = h('input', { maxlength: '64', autocomplete: 'off', value: kept('cashier') ?? '' });
  cashier.addEventListener('change', () => keep('cashier', cashier.value.trim() || null));
  return [h('section', { class: 'card' }, field(t('tillCashier'), cashier, t('tillCashierHint')),
    h('p', {}, `${till.info.shop ?? ''} · ${till.info.name} · ${till.info.number}`), h('p', { class: 'hint' }, t('tillTokenWhy')),
    h('button', { type: 'button', onclick: () => confirm(t('tillLeaveAsk')) && leave() }, t('tillLeave')))];
});
