// What is printed: a receipt as wide as a roll of paper, and the card that stands on the counter.

import { h } from './dom.js';
import { moment, t } from './texts.js';

function print(kind, ...children) {
  document.querySelector('.print')?.remove();
  document.body.append(h('section', { class: `print ${kind}` }, children));
  window.print();
}

/** The receipt of a sale, 58 or 80 mm wide. */
export function printTicket(width, { request, body }, till, shown) {
  const row = (name, value) => value && h('p', { class: 'row' }, h('span', {}, name), h('span', {}, value));
  print(`ticket w${width}`, h('h1', {}, till.info.shop ?? till.place.name), row(t('tillName'), till.info.name),
    row(t('headTime'), moment(request.time ?? Date.now())), h('p', { class: 'amount' }, shown(request.amount, request.currency)),
    h('p', {}, `✓ ${t('paid')}`), row(t('tillReference'), body.reference), row(t('tillCashier'), body.cashier), row(t('tillCode'), request.code),
    row(t('record'), request.paid_in === undefined ? null : String(request.paid_in)), row(t('ledger'), till.place.origin));
}

/** The counter card: a QR code that never changes, whose payer types the amount. */
export function counterCard(till) {
  const payee = till.info.handle ?? till.info.number;
  return h('div', { class: 'counter' }, h('h1', {}, till.info.shop ?? till.place.name), h('p', {}, t('cardHere', till.place.name)),
    h('div', { class: 'qr' }, h('img', { src: `/p/${payee}/qr.svg`, alt: t('tillQR', `${location.origin}/p/${payee}`), width: '320', height: '320' })),
    h('p', { class: 'link' }, `${location.origin}/p/${payee}`), h('p', { class: 'command' }, h('code', {}, `carnet pay ${payee} ${t('amountExample')}`)));
}

export const printCard = (till) => print('sheet', counterCard(till));
