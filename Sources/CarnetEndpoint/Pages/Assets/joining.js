// The note by which somebody who was invited asks to become a member: byte for byte that of the command line.

import { base64, fromBase64, fromUTF8 } from './bytes.js';
import { sign } from './keys.js';
import { noteID, noteText, signedNote } from './notes.js';

/** The text of the card: what people will call the member, in the words of the invitation. */
export const cardText = (handle, { name, kind }) => JSON.stringify({ handle, name, kind });

/** The `member` note that an invitation asks for, signed by the new key alone. `card` is the hash of the salted card. */
export async function joiningNote(origin, invitation, { number, until, nonce, card }, key) {
  const text = noteText(
    { kind: 'member', ledger: origin, signer: invitation.officer, nonce, until, key: fromBase64(invitation.key, 32) },
    { number, kind: invitation.kind, roles: null, memberkey: base64(key.publicKey), card });
  const note = await signedNote(text, `${origin}/${number}`, key.publicKey, await sign(key.privateKey, text));
  return { note: fromUTF8(note), id: await noteID(text) };
}

/** A name made into what may be a handle: `Zoé Durand` gives `zoe-durand`. */
export function suggestedHandle(name) {
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^[^a-z]+/, '').slice(0, 32).replace(/-+$/, '');
}
