// Amounts as people write and read them. Whole minor units as BigInt: digits are counted, nothing is rounded.

const largest = 9007199254740991n;

/** Why a text is no amount: `unreadable`, `ambiguous`, `too-precise` or `out-of-range`. */
export class AmountFault extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const space = /[ \u00a0\u202f]/;

/** The digits without the spaces between groups of three, null where groups are of another size. */
function ungrouped(text) {
  const groups = text.split(space);
  if (!groups.every((group) => /^[0-9]+$/.test(group))) return null;
  const isGrouped = groups.length === 1 || (groups[0].length <= 3 && groups.slice(1).every((g) => g.length === 3));
  return isGrouped ? groups.join('') : null;
}

function checked(value) {
  if (value < 1n || value > largest) throw new AmountFault('out-of-range');
  return value;
}

/** `1h`, `1h30`, `1 h 30`, `45min`, `45 min`; null for a text of another form. */
function minutes(text) {
  const parts = /^([0-9 \u00a0\u202f]*?)[ \u00a0\u202f]?([^0-9 \u00a0\u202f])(.*)$/s.exec(text.toLowerCase());
  const digits = parts && ungrouped(parts[1]);
  if (!digits) return null;
  const [unit, rest] = [parts[2], parts[3]];
  if (unit === 'm' && (rest === 'in' || rest === 'n')) return BigInt(digits);
  if (unit !== 'h') return null;
  const tail = rest.length > 1 && space.test(rest[0]) ? rest.slice(1) : rest;
  if (!/^([0-9]{2})?$/.test(tail) || Number(tail) > 59) throw new AmountFault('unreadable');
  return BigInt(digits) * 60n + BigInt(tail || '0');
}

/** Minor units of a typed amount: `12`, `12,5`, `12.50`, `1 234,50`; for time also `1h30`, `45min`. */
export function parseAmount(text, currency) {
  if (new TextEncoder().encode(text).length > 40) throw new AmountFault('unreadable');
  const time = currency.kind === 'mutual' && currency.scale === 0 ? minutes(text) : null;
  if (time !== null) return checked(time);
  const parts = text.split(/[.,]/);
  const whole = ungrouped(parts[0]);
  const decimals = parts[1] ?? '';
  if (whole === null || parts.length > 2 || (parts.length === 2 && !/^[0-9]+$/.test(decimals))) {
    throw new AmountFault('unreadable');
  }
  if (decimals.length > currency.scale) throw new AmountFault(decimals.length === 3 ? 'ambiguous' : 'too-precise');
  return checked(BigInt(whole + decimals.padEnd(currency.scale, '0')));
}

/** `1,234.50` in English, `1 234,50` in French with U+202F between groups. */
export function formatNumber(minorUnits, scale, language) {
  const value = BigInt(minorUnits);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale)
    .replace(/\B(?=([0-9]{3})+$)/g, language === 'fr' ? '\u202f' : ',');
  const sign = value < 0n ? '-' : '';
  return sign + whole + (scale > 0 ? (language === 'fr' ? ',' : '.') + digits.slice(-scale) : '');
}

/** The number as it is typed, without groups. */
export const plainNumber = (minorUnits, scale, language) =>
  formatNumber(minorUnits, scale, language).replace(/[\u202f,](?=[0-9]{3})/g, '');

/** The number with its currency's code, `1 234,50 MEL`; no break between the two. */
export const formatAmount = (minorUnits, currency, language) =>
  `${formatNumber(minorUnits, currency.scale, language)}\u00a0${currency.code}`;
