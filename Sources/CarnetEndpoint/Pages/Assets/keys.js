// The member's key: made here or brought in by recovery words, kept so that no script can read its secret.

import { concat, fromBase64, fromHex, sha256 } from './bytes.js';

/** What stands before the 32 bytes of a seed in PKCS #8 (RFC 8410, section 7). */
const prefix = fromHex('302e020100300506032b657004220420');

/** Why no key can be used here: `insecure` (the page did not come over https), `missing` (no Ed25519), or null. */
export async function obstacle() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return 'insecure';
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return null;
  } catch {
    return 'missing';
  }
}

/** A new key. Its secret cannot be taken out. */
export async function makeKey() {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(raw) };
}

/** The key of a seed; the seed is overwritten. */
export async function importSeed(seed) {
  const wrapped = concat(prefix, seed);
  try {
    const readable = await crypto.subtle.importKey('pkcs8', wrapped, 'Ed25519', true, ['sign']);
    const { x } = await crypto.subtle.exportKey('jwk', readable);
    const privateKey = await crypto.subtle.importKey('pkcs8', wrapped, 'Ed25519', false, ['sign']);
    return { privateKey, publicKey: fromBase64(x.replaceAll('-', '+').replaceAll('_', '/') + '=', 32) };
  } finally {
    wrapped.fill(0);
    seed.fill(0);
  }
}

export const sign = async (privateKey, text) =>
  new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, text));

/** Why words are no key: `count`, `word` (at `position`, from 1) or `checksum`. */
export class WordsFault extends Error {
  constructor(reason, position) {
    super(reason);
    Object.assign(this, { reason, position });
  }
}

function indexOf(typed, list) {
  const word = typed.toLowerCase();
  const exact = list.indexOf(word);
  return exact < 0 && word.length === 4 ? list.findIndex((one) => one.startsWith(word)) : exact;
}

/** The 24 recovery words of 32 bytes. */
export async function wordsOfSeed(seed, list) {
  const bytes = concat(seed, (await sha256(seed)).slice(0, 1));
  const words = Array.from({ length: 24 }, (_, position) => {
    let index = 0;
    for (let place = position * 11; place < position * 11 + 11; place++) {
      index = (index << 1) | ((bytes[place >> 3] >> (7 - (place & 7))) & 1);
    }
    return list[index];
  });
  bytes.fill(0);
  return words;
}

/** The 32 bytes of 24 recovery words (the encoding of BIP-39); four letters of a word are enough. */
export async function seedOfWords(text, list) {
  const words = text.trim().split(/\s+/);
  if (words.length !== 24) throw new WordsFault('count');
  const bytes = new Uint8Array(33);
  words.forEach((word, position) => {
    const index = indexOf(word, list);
    if (index < 0) throw new WordsFault('word', position + 1);
    for (let bit = 0; bit < 11; bit++) {
      const place = position * 11 + bit;
      bytes[place >> 3] |= ((index >> (10 - bit)) & 1) << (7 - (place & 7));
    }
  });
  const seed = bytes.slice(0, 32);
  if ((await sha256(seed))[0] !== bytes[32]) throw new WordsFault('checksum');
  bytes.fill(0);
  return seed;
}
