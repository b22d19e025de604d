// Signed notes (C2SP) and the texts of the kinds that a page signs: byte for byte those of the command line.

import { base64, concat, equal, fromBase64, fromUTF8, hex, random, sha256, utf8 } from './bytes.js';

/** The fields between the third line and `nonce`, in order, and what the third line starts with. */
const kinds = {
  payment: ['from', ['to', 'currency', 'amount', 'request', 'memo']],
  reversal: ['by', ['record', 'amount', 'reason']],
  access: ['by', ['host', 'scope', 'account', 'expires']],
  member: ['by', ['number', 'kind', 'roles', 'memberkey', 'card']],
  key: ['by', ['number', 'action', 'use', 'memberkey']],
  void: ['by', ['note']],
};

/** A note's text. An absent value is null; every field of the kind must be there, and no other. */
export function noteText({ kind, ledger, signer, nonce, until, key }, fields) {
  const [word, names] = kinds[kind];
  for (const name of Object.keys(fields)) if (!names.includes(name)) throw new Error(`no field ${name}`);
  const lines = [`${kind}/v1`, `ledger ${ledger}`, `${word} ${signer}`];
  for (const name of names) {
    const value = fields[name];
    if (value === undefined) throw new Error(`field ${name} is missing`);
    const text = value === null ? '-' : String(value);
    if (!/^[\x21-\x7e]+$/.test(text)) throw new Error(`field ${name} is not of its form`);
    lines.push(`${name} ${text}`);
  }
  lines.push(`nonce ${base64(nonce)}`, `until ${until}`, `key ${base64(key)}`);
  return utf8(lines.join('\n') + '\n');
}

export const newNonce = () => random(16);

/** SHA-256 of the text, in hexadecimal. */
export const noteID = async (text) => hex(await sha256(text));

/** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), its first four bytes. */
export async function keyID(name, key) {
  return (await sha256(utf8(name), Uint8Array.of(0x0a, 0x01), key)).slice(0, 4);
}

export const signatureLine = async (name, key, signature) =>
  `— ${name} ${base64(concat(await keyID(name, key), signature))}\n`;

/** The note: text, a blank line, the line of a signature. */
export async function signedNote(text, name, key, signature) {
  return concat(text, utf8('\n' + (await signatureLine(name, key, signature))));
}

/** A note's text and lines, parted at the last blank line; null where the form is wrong. */
export function parseNote(bytes) {
  const note = fromUTF8(bytes);
  const blank = note === null ? -1 : note.lastIndexOf('\n\n');
  if (blank < 0 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note)) return null;
  const lines = note.slice(blank + 2).split('\n').slice(0, -1).map(parseLine);
  if (lines.length < 1 || lines.length > 16 || lines.includes(null)) return null;
  return { text: utf8(note.slice(0, blank + 1)), lines };
}

function parseLine(line) {
  const parts = /^— ([^ +]+) ([A-Za-z0-9+/=]+)$/.exec(line);
  const payload = parts && fromBase64(parts[2]);
  if (!payload || payload.length < 5) return null;
  return { name: parts[1], id: payload.slice(0, 4), signature: payload.slice(4) };
}

/** `name+hex8+base64(0x01 ‖ key)`: null where a part is not canonical or the id is not that of name and key. */
export async function verifierKey(text) {
  const [name, id, ...rest] = text.split('+');
  const typed = fromBase64(rest.join('+'), 33);
  if (!typed || typed[0] !== 1 || !name || hex(await keyID(name, typed.slice(1))) !== id) return null;
  return { name, key: typed.slice(1) };
}

/** Whether the key signed the text: one line at least bears its name and id, and all of those verify. */
export async function isSignedBy(note, name, key) {
  const id = await keyID(name, key);
  const own = note.lines.filter((line) => line.name === name && equal(line.id, id));
  for (const line of own) if (!(await verify(key, line.signature, note.text))) return false;
  return own.length > 0;
}

/** Ed25519 (RFC 8032). */
export async function verify(key, signature, text) {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, text);
  } catch {
    return false;
  }
}

/** base64(SHA-256(`carnet.text/v1\n` ‖ salt ‖ text)). */
export const saltedHash = async (salt, text) => base64(await sha256(utf8('carnet.text/v1\n'), salt, utf8(text)));

/** Whether a text may go beside a note: at most 1,024 bytes, without control characters. */
export const fitsBeside = (text) => utf8(text).length <= 1024 && !/[\0-\x1f\x7f-\x9f]/.test(text);

/** A text under a new salt, as it goes beside a note, with the hash that goes into it; null for a text beyond the form. */
export async function saltedText(text) {
  if (!fitsBeside(text)) return null;
  const salt = random(32);
  return { hash: await saltedHash(salt, text), beside: { salt: base64(salt), text } };
}
