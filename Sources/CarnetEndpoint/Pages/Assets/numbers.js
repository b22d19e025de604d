// Members' numbers and the codes of requests, in Crockford's base 32.

import { hex, sha256 } from './bytes.js';

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Typed text as symbols: any case, hyphens and spaces between, o for 0, i and l for 1; null for anything else. */
function normalized(typed, count) {
  const text = typed.replace(/[- ]/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, '0').replace(/[IL]/g, '1');
  return text.length === count && [...text].every((symbol) => symbols.includes(symbol)) ? text : null;
}

/** From the right, factors 2, 1, 2 …; the sum of ⌊p / 32⌋ + p mod 32, and what it lacks to 32. */
function checkSymbol(nine) {
  let sum = 0;
  for (let place = 0; place < 9; place++) {
    const product = symbols.indexOf(nine[8 - place]) * (place % 2 === 0 ? 2 : 1);
    sum += Math.floor(product / 32) + (product % 32);
  }
  return symbols[(32 - (sum % 32)) % 32];
}

/** The number as texts of the ledger write it, null where this is none. */
export function memberNumber(typed) {
  const text = normalized(typed, 10);
  return text && checkSymbol(text.slice(0, 9)) === text[9] ? text : null;
}

/** A new number; whether it is free is for the ledger to say. */
export function randomNumber() {
  const nine = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => symbols[byte & 31]).join('');
  return nine + checkSymbol(nine);
}

/** A request's code, `K7Q4-M2XW`: a digit among the first four, a letter among the last four; null for anything else. */
export function requestCode(typed) {
  const text = normalized(typed, 8);
  if (!text || !/[0-9]/.test(text.slice(0, 4)) || !/[A-Z]/.test(text.slice(4))) return null;
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** The code of a request's id: its first 40 bits as eight symbols; null where these are no code. */
export function codeOfID(id) {
  if (!/^[0-9a-f]{64}$/.test(id)) return null;
  const bits = BigInt(`0x${id.slice(0, 10)}`);
  return requestCode(Array.from({ length: 8 }, (_, place) => symbols[Number((bits >> BigInt(35 - 5 * place)) & 31n)]).join(''));
}

/** A key in a form that two people can read to each other: the first 80 bits of its SHA-256, `K7Q4-M2XW-9H5N-1R7V`. */
export async function fingerprint(key) {
  const bits = BigInt(`0x${hex((await sha256(key)).slice(0, 10))}`);
  const text = Array.from({ length: 16 }, (_, place) => symbols[Number((bits >> BigInt(75 - 5 * place)) & 31n)]).join('');
  return text.match(/.{4}/g).join('-');
}

/** A handle as people type it, null where it cannot be one. */
export function handle(typed) {
  const text = typed.trim();
  return /^[a-z][a-z0-9-]{1,31}$/.test(text) ? text : null;
}
