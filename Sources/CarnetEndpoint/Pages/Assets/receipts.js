// Receipts (C2SP tlog-proof), checkpoints and cards: checked here, against the ledger's key that this browser pinned.

import { equal, fromBase64, fromUTF8, utf8 } from './bytes.js';
import { continues, includes, leafHash } from './merkle.js';
import { isSignedBy, noteID, parseNote, saltedHash, verify } from './notes.js';

/** Thrown where something does not prove what it should; `part` says what. */
export class NotProven extends Error {
  constructor(part) {
    super(`not proven: ${part}`);
    this.part = part;
  }
}

const check = (holds, part) => {
  if (!holds) throw new NotProven(part);
};

/** A signed checkpoint of the ledger: size and root. */
export async function checkpoint(bytes, ledger) {
  const note = parseNote(bytes);
  const lines = note ? fromUTF8(note.text).split('\n') : [];
  check(lines.length === 4 && lines[0] === ledger.name && /^(0|[1-9][0-9]{0,18})$/.test(lines[1]), 'checkpoint');
  const root = fromBase64(lines[2], 32);
  check(root && (await isSignedBy(note, ledger.name, ledger.key)), 'checkpoint');
  return { size: BigInt(lines[1]), root, rootText: lines[2] };
}

/** The parts of a receipt, unverified. */
function parse(receipt) {
  const blank = receipt.indexOf('\n\n');
  const [head, extra, index, ...hashes] = receipt.slice(0, Math.max(blank, 0)).split('\n');
  const record = extra?.startsWith('extra ') && fromBase64(extra.slice(6));
  const proof = hashes.map((hash) => fromBase64(hash, 32));
  check(
    head === 'c2sp.org/tlog-proof@v1' && record && /^index (0|[1-9][0-9]{0,18})$/.test(index ?? '')
      && proof.length <= 64 && !proof.includes(null), 'form');
  return { record, index: BigInt(index.slice(6)), proof, checkpoint: utf8(receipt.slice(blank + 2)) };
}

/** A record's head, its note and the note's fields; the keys of its lines are those that it names. */
function parseRecord(bytes, ledger, index) {
  const text = fromUTF8(bytes) ?? '';
  const blank = text.indexOf('\n\n');
  const head = text.slice(0, Math.max(blank, 0)).split('\n');
  check(head[0] === 'record/v1' && head[1] === `ledger ${ledger.name}` && head[2] === `number ${index}`, 'record');
  const note = parseNote(utf8(text.slice(blank + 2)));
  check(note && /^time [0-9]{1,15}$/.test(head[3] ?? ''), 'record');
  const rows = head.slice(4).map((row) => row.split(' '));
  const postings = rows.filter((row) => row[0] === 'post').map(([, account, currency, amount]) =>
    ({ account, currency, amount: BigInt(amount) }));
  const lines = fromUTF8(note.text).split('\n').slice(0, -1);
  const fields = Object.fromEntries(lines.slice(1).map((line) => line.split(' ')));
  const signers = rows.filter((row) => row[0] === 'sign').map(([, number, key]) => ({ number, key }));
  if (signers.length === 0) signers.push({ number: fields.from ?? fields.by, key: fields.key });
  check(fields.ledger === ledger.name && signers.length === note.lines.length, 'record');
  return { number: index, time: Number(head[3].slice(5)), postings, note, kind: lines[0].split('/')[0], fields, signers };
}

async function checkSigners(record, ledger) {
  for (const [place, { number, key }] of record.signers.entries()) {
    const name = number === '-' ? ledger.name : `${ledger.name}/${number}`;
    const raw = fromBase64(key, 32);
    check(raw && record.note.lines[place].name === name, 'signature');
    check(await verify(raw, record.note.lines[place].signature, record.note.text), 'signature');
  }
}

/**
 * Verifies a receipt: the ledger signed the checkpoint, its tree holds the record, the record's note carries the
 * signatures it names. Given a note's text, the record must be of that very note.
 */
export async function checkReceipt(receipt, ledger, text) {
  const parts = parse(receipt);
  const head = await checkpoint(parts.checkpoint, ledger);
  check(await includes(await leafHash(parts.record), parts.index, head.size, head.root, parts.proof), 'inclusion');
  const record = parseRecord(parts.record, ledger, parts.index);
  await checkSigners(record, ledger);
  check(text === undefined || equal(record.note.text, text), 'note');
  return { ...record, checkpoint: head, id: await noteID(record.note.text) };
}

/** Whether today's journal begins with the one of the checkpoint seen last; gives the newest checkpoint. */
export async function checkConsistency(last, answer, ledger) {
  const newest = await checkpoint(utf8(answer.checkpoint), ledger);
  const proof = answer.proof.map((hash) => fromBase64(hash, 32));
  const seen = { size: BigInt(last.size), root: fromBase64(last.root, 32) };
  check(!proof.includes(null) && newest.size >= seen.size, 'older-journal');
  check(await continues(seen.size, seen.root, newest.size, newest.root, proof), 'older-journal');
  return newest;
}

/** The name and handle that a member's card shows, proven by the record that holds its hash. */
export async function checkCard(entry, ledger) {
  const salt = entry.card && fromBase64(entry.card.salt, 32);
  if (!salt) return null;
  const record = await checkReceipt(entry.card.receipt, ledger);
  const hash = await saltedHash(salt, entry.card.text);
  const subject = record.kind === 'genesis' ? record.fields.by : record.fields.number;
  check(record.fields.card === hash && subject === entry.number, 'card');
  const { handle = null, name = null, town = null } = JSON.parse(entry.card.text);
  return { number: entry.number, handle, name, town };
}
