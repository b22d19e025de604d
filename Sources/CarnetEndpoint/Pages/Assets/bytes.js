// Bytes and their texts. Strict both ways: one text for one value, anything else is null.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const utf8 = (text) => new TextEncoder().encode(text);

/** The text of UTF-8; null where the bytes are none. */
export function fromUTF8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

export const equal = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);

/** Base64 with padding (RFC 4648, section 4). */
export function base64(bytes) {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a, b, c] = [bytes[index], bytes[index + 1], bytes[index + 2]];
    text += alphabet[a >> 2] + alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)];
    text += b === undefined ? '=' : alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)];
    text += c === undefined ? '=' : alphabet[c & 63];
  }
  return text;
}

/** The bytes that encode to exactly this text, null where there are none; of `count` bytes where it is given. */
export function fromBase64(text, count) {
  if (text.length % 4 !== 0) return null;
  const symbols = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((symbols.length * 3) / 4));
  let [bits, held, place] = [0, 0, 0];
  for (const symbol of symbols) {
    const value = alphabet.indexOf(symbol);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[place++] = (bits >> held) & 255;
    }
  }
  // What does not write back to the same text had stray bits or wrong padding.
  if (base64(bytes) !== text || (count !== undefined && bytes.length !== count)) return null;
  return bytes;
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes of lower-case hexadecimal, null for anything else. */
export function fromHex(text) {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));
