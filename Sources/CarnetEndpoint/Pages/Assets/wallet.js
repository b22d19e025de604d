// A member's side in the browser: who they are, what they have, and paying so that nobody pays twice.
//
// 1. A note is kept before it is sent. 2. It is forgotten only once its outcome is known: recorded or refused.
// 3. Before a new payment is made every waiting note is settled.

import { askJSON, askText, json, Problem } from './api.js';
import { base64, fromUTF8, utf8 } from './bytes.js';
import { newNonce, noteID, noteText, saltedText, signedNote, verifierKey } from './notes.js';
import { checkCard, checkConsistency, checkpoint, checkReceipt, NotProven } from './receipts.js';
import { sign } from './keys.js';
import * as store from './store.js';

const noteSeconds = 600;
const accessSeconds = 240;
const tokenSeconds = 3600;

/** The ledger shows another key or name than the one this browser pinned. */
export class LedgerChanged extends Error {}

/** The place: origin, name, key, currencies. Pinned at first sight; from then on it must stay the same. */
export async function ledger() {
  const place = await askJSON('GET', '/v1/ledger');
  const pin = await store.get('values', 'ledger');
  if (pin && (pin.origin !== place.origin || pin.verifier_key !== place.verifier_key)) throw new LedgerChanged();
  const key = await verifierKey(place.verifier_key);
  if (!key || key.name !== place.origin) throw new LedgerChanged();
  // The name, the currencies and the rest are kept for reading offline.
  await store.put('values', 'ledger', place);
  return { ...place, key, currency: currencies(place) };
}

export const currencies = (place) => (code) => place.currencies.find((one) => one.code === code);

/** The ledger as it was seen last, null where it never was. */
export async function ledgerSeen() {
  const place = await store.get('values', 'ledger');
  return place && { ...place, key: await verifierKey(place.verifier_key), currency: currencies(place) };
}

/** The key in this browser and whose it is; null where there is none. */
export const identity = () => store.get('values', 'identity').then((kept) => kept ?? null);

/** Keeps a key as one's own; whose it is is asked of the ledger. Throws a problem 404 where it is nobody's. */
export async function adopt(key) {
  const number = await ownerOf(key.publicKey);
  await store.put('values', 'identity', { ...key, number });
  return identity();
}

export async function ownerOf(publicKey) {
  const found = await askJSON('GET', `/v1/directory?key=${encodeURIComponent(base64(publicKey))}`);
  return found.members[0].number;
}

/** Forgets the key and what was read with it; receipts stay. */
export async function forget() {
  await store.remove('values', 'identity');
  await store.remove('values', 'account');
}

/** A member who acts: signs notes and reads with a token that lives as long as the page. */
export class Member {
  constructor(place, self) {
    Object.assign(this, { place, self, number: self.number });
  }

  /** A signed note of a kind. */
  async note(kind, fields, seconds = noteSeconds) {
    const { origin } = this.place;
    const text = noteText({
      kind, ledger: origin, signer: this.number, nonce: newNonce(),
      until: Math.floor(Date.now() / 1000) + seconds, key: this.self.publicKey,
    }, fields);
    const signature = await sign(this.self.privateKey, text);
    const note = await signedNote(text, `${origin}/${this.number}`, this.self.publicKey, signature);
    return { id: await noteID(text), text: fromUTF8(text), note: fromUTF8(note) };
  }

  /** A token to read one's own account with. */
  async token() {
    if (this.held && this.held.until > Date.now()) return this.held.token;
    const expires = Math.floor(Date.now() / 1000) + tokenSeconds;
    const fields = { host: location.host, scope: 'account', account: this.number, expires };
    const { note } = await this.note('access', fields, accessSeconds);
    const given = await askJSON('POST', '/v1/tokens', { body: note, headers: { 'Content-Type': 'text/plain' } });
    this.held = { token: given.token, until: Date.now() + (tokenSeconds - 60) * 1000 };
    return given.token;
  }

  /** Reads with the token; one that the endpoint has forgotten is replaced once. */
  async read(path, how = askJSON) {
    try {
      return await how('GET', path, { token: await this.token() });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'token-invalid') throw error;
      this.held = null;
      return how('GET', path, { token: await this.token() });
    }
  }

  account() {
    return this.read(`/v1/accounts/${this.number}`);
  }

  statement(currency, cursor) {
    const page = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    return this.read(`/v1/accounts/${this.number}/statement?currency=${currency}&limit=50${page}`);
  }

  /** A member by number or handle, with the name that the record proves; `changed` where this browser knew another. */
  async find(name, value) {
    const found = await this.read(`/v1/directory?${name}=${encodeURIComponent(value)}`);
    const entry = found.members[0];
    const card = await checkCard(entry, this.place.key);
    const proven = { number: entry.number, kind: entry.kind, handle: card?.handle ?? null, name: card?.name ?? null };
    const pin = await store.get('pins', entry.number);
    const pinned = proven.handle && (await store.get('pins', `@${proven.handle}`));
    const changed = Boolean(
      (pin && card && pin.handle !== proven.handle) || (pinned && pinned !== entry.number));
    return { ...proven, changed };
  }

  async pin(member) {
    await store.put('pins', member.number, { handle: member.handle, name: member.name });
    if (member.handle) await store.put('pins', `@${member.handle}`, member.number);
  }

  /** Pays: settles what waits, makes the note, keeps it, sends it. `wanted` is {to, currency, amount, request, memo, name}. */
  pay(wanted, again = false) {
    return store.alone(async () => {
      const settled = await this.#settleAll();
      if (settled.some((one) => one.outcome === 'unknown')) return { outcome: 'unknown', settled };
      const earlier = settled.find((one) => !again && one.outcome === 'recorded' && sameWish(one.pending, wanted));
      if (earlier) return { ...earlier, earlier: true };
      const memo = wanted.memo ? await saltedText(wanted.memo) : null;
      const fields = {
        to: wanted.to, currency: wanted.currency, amount: wanted.amount, request: wanted.request ?? null,
        memo: memo?.hash ?? null,
      };
      return this.#send('payment', fields, memo, wanted);
    });
  }

  /** Gives back a sale, whole or in part, and says why. */
  refund(record, amount, reason) {
    return store.alone(async () => {
      const settled = await this.#settleAll();
      if (settled.some((one) => one.outcome === 'unknown')) return { outcome: 'unknown', settled };
      const text = await saltedText(reason);
      if (!text) throw new Error('the reason is beyond its form');
      return this.#send('reversal', { record, amount, reason: text.hash }, text, { record, amount });
    });
  }

  async #send(kind, fields, salted, wanted) {
    const made = await this.note(kind, fields);
    const pending = {
      ...made, texts: salted ? [salted.beside] : [], signer: this.number, kind,
      wanted: { ...wanted, amount: String(wanted.amount) }, made: Date.now(),
    };
    await store.put('pending', made.id, pending);
    return this.#settle(pending);
  }

  /** Sends every waiting note once more; the ledger answers for one it has with the record it made then. */
  settleAll() {
    return store.alone(() => this.#settleAll());
  }

  async #settleAll() {
    const settled = [];
    for (const pending of await store.all('pending')) {
      if (pending.signer === this.number) settled.push(await this.#settle(pending));
    }
    return settled;
  }

  async #settle(pending) {
    let receipt;
    try {
      receipt = await post(pending);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500 || error.status === 429) {
        return { outcome: 'unknown', pending };
      }
      await store.remove('pending', pending.id);
      return { outcome: 'refused', problem: error, pending };
    }
    const record = await checkReceipt(receipt, this.place.key, utf8(pending.text)).catch((error) => {
      if (error instanceof NotProven) return null;
      throw error;
    });
    // An answer that proves nothing leaves the note waiting: it may have been recorded or not.
    if (!record) return { outcome: 'unproven', pending };
    // The receipt is kept before the note is forgotten: whatever fails between the two is done again.
    await store.put('receipts', pending.id, keptReceipt(pending.id, receipt, record, pending.wanted.name));
    await store.remove('pending', pending.id);
    return { outcome: 'recorded', record, receipt, pending };
  }

  /** Fetches, checks and keeps the receipt of a note or record. */
  async fetchReceipt(id, name) {
    const receipt = await this.read(`/v1/receipts/${id}`, askText);
    const record = await checkReceipt(receipt, this.place.key);
    const kept = keptReceipt(record.id, receipt, record, name);
    await store.put('receipts', record.id, kept);
    return kept;
  }

  /** Whether the journal still begins with what this browser saw last; remembers the newest checkpoint. */
  async checkJournal() {
    const seen = (await store.get('values', 'checkpoint')) ?? { size: '0', root: null };
    if (seen.root === null) {
      const newest = await checkpoint(utf8(await askText('GET', '/checkpoint')), this.place.key);
      return this.#remember(newest);
    }
    const answer = await askJSON('GET', `/v1/consistency?from=${seen.size}`).catch((error) => {
      // The ledger knows no journal of that size: it is shorter than the one seen before.
      if (error instanceof Problem && error.status === 404) throw new NotProven('older-journal');
      throw error;
    });
    return this.#remember(await checkConsistency(seen, answer, this.place.key));
  }

  async #remember(checkpoint) {
    await store.put('values', 'checkpoint', { size: String(checkpoint.size), root: checkpoint.rootText });
    return checkpoint;
  }
}

function keptReceipt(id, receipt, record, name) {
  const { currency = null, amount = null } = record.fields;
  return {
    id, receipt, number: String(record.number), time: record.time, kind: record.kind, name: name ?? null,
    currency: record.postings[0]?.currency ?? currency, amount,
    legs: record.postings.map((leg) => ({ account: leg.account, amount: String(leg.amount) })),
  };
}

const sameWish = (pending, wanted) =>
  pending.kind === 'payment' && pending.wanted.to === wanted.to && pending.wanted.currency === wanted.currency
  && pending.wanted.amount === String(wanted.amount) && (pending.wanted.request ?? null) === (wanted.request ?? null)
  && (pending.wanted.memo ?? null) === (wanted.memo ?? null);

/** Hands a note in and gives its receipt; a busy ledger is asked again a few times. */
async function post(pending) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await askText('POST', '/v1/notes', json({ note: pending.note, texts: pending.texts }, { Accept: 'text/plain' }));
    } catch (error) {
      const isBusy = error instanceof Problem && (error.status === 503 || error.status === 429);
      if (!isBusy || attempt === 2) throw error;
      await new Promise((resolve) => setTimeout(resolve, 400 << attempt));
    }
  }
}
