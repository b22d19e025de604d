// Run in a page: checks every vector of vectors.json against the pages' own modules and gives the failures.
// `load` imports a module of the pages by its name.
async function checkVectors(vectors, load) {
  const failures = [];
  const bytes = await load('bytes.js');
  const numbers = await load('numbers.js');
  const amounts = await load('amounts.js');
  const keys = await load('keys.js');
  const notes = await load('notes.js');
  const receipts = await load('receipts.js');
  const joining = await load('joining.js');
  const { default: words } = await load('words.js');
  const expect = (what, actual, expected) => {
    if (actual !== expected) failures.push(`${what}: ${actual}, not ${expected}`);
  };
  const refuses = async (what, body, holds = () => true) => {
    try {
      await body();
      failures.push(`${what}: accepted`);
    } catch (error) {
      if (!holds(error)) failures.push(`${what}: ${error}`);
    }
  };

  for (const { text, hex } of vectors.base64) {
    const decoded = bytes.fromBase64(text);
    expect(`base64 ${text}`, decoded && bytes.hex(decoded), hex);
    if (hex !== null) expect(`base64 of ${hex}`, bytes.base64(bytes.fromHex(hex)), text);
  }
  for (const { typed, number } of vectors.numbers) expect(`number ${typed}`, numbers.memberNumber(typed), number);
  for (const { typed, code } of vectors.codes) expect(`code ${typed}`, numbers.requestCode(typed), code);
  for (let count = 0; count < 20; count++) {
    const drawn = numbers.randomNumber();
    expect('a drawn number', numbers.memberNumber(drawn), drawn);
  }
  for (const { text, kind, scale, value, fault } of vectors.amounts) {
    let [actual, why] = [null, null];
    try {
      actual = String(amounts.parseAmount(text, { kind, scale }));
    } catch (error) {
      why = error.reason ?? String(error);
    }
    expect(`amount ${JSON.stringify(text)} ${kind}`, `${actual} ${why}`, `${value} ${fault}`);
  }
  for (const { value, scale, fr, en } of vectors.formats) {
    expect(`format ${value} ${scale}`, amounts.formatNumber(BigInt(value), scale, 'fr'), fr);
    expect(`format ${value} ${scale}`, amounts.formatNumber(BigInt(value), scale, 'en'), en);
  }
  for (const vector of vectors.words) {
    for (const typed of [vector.words, vector.short]) {
      const seed = await keys.seedOfWords(typed, words);
      expect('seed', bytes.hex(seed), vector.seed);
      const key = await keys.importSeed(seed);
      expect('key of the words', bytes.base64(key.publicKey), vector.key);
      expect('the seed is forgotten', bytes.hex(seed), '00'.repeat(32));
      expect('the key stays inside', key.privateKey.extractable, false);
    }
    expect('words of the seed', (await keys.wordsOfSeed(bytes.fromHex(vector.seed), words)).join(' '), vector.words);
    const [first, second] = vector.words.split(' ');
    if (first !== second) await refuses('swapped words', () => keys.seedOfWords(vector.swapped, words), (error) => error.reason === 'checksum');
    await refuses('an unknown word', () => keys.seedOfWords(vector.words.replace(first, 'zzzz'), words), (error) => error.reason === 'word' && error.position === 1);
    await refuses('23 words', () => keys.seedOfWords(vector.words.slice(first.length + 1), words), (error) => error.reason === 'count');
  }
  for (const { salt, text, hash } of vectors.salted) {
    expect('salted hash', await notes.saltedHash(bytes.fromBase64(salt), text), hash);
  }
  for (const { text, fits } of vectors.texts) {
    expect(`fits ${text.slice(0, 20)} (${text.length})`, notes.fitsBeside(text), fits);
    expect(`salted ${text.slice(0, 20)} (${text.length})`, (await notes.saltedText(text)) !== null, fits);
  }
  for (const vector of vectors.notes) {
    const key = await keys.importSeed(bytes.fromHex(vector.seed));
    const fields = Object.fromEntries(Object.entries(vector.fields).map(([name, value]) => [name, value === '-' ? null : value]));
    const text = notes.noteText({ ...vector, key: key.publicKey, nonce: bytes.fromBase64(vector.nonce) }, fields);
    const signature = await keys.sign(key.privateKey, text);
    const note = await notes.signedNote(text, `${vector.ledger}/${vector.signer}`, key.publicKey, signature);
    expect(`note ${vector.kind}`, bytes.fromUTF8(note), vector.note);
    expect(`id ${vector.kind}`, await notes.noteID(text), vector.id);
  }

  for (const vector of vectors.joining) {
    const key = await keys.importSeed(bytes.fromHex(vector.seed));
    const card = joining.cardText(vector.handle, vector);
    expect('card', card, vector.card);
    expect('hash of the card', await notes.saltedHash(bytes.fromBase64(vector.salt), card), vector.hash);
    const fields = { number: vector.number, until: vector.until, nonce: bytes.fromBase64(vector.nonce), card: vector.hash };
    const made = await joining.joiningNote(vector.origin, vector, fields, key);
    expect('joining note', made.note, vector.note);
    expect('id of a joining note', made.id, vector.id);
    expect('fingerprint', await numbers.fingerprint(key.publicKey), vector.fingerprint);
  }
  for (const [name, handle] of [['Zoé Durand', 'zoe-durand'], ['  L’Épi d’Or ', 'l-epi-d-or'], ['42 rue', 'rue'], ['!!', '']]) {
    expect(`handle for ${name}`, joining.suggestedHandle(name), handle);
  }

  const ledger = await notes.verifierKey(vectors.proofs.key);
  expect('an altered verifier key', await notes.verifierKey(vectors.proofs.key.replace('/lille+', '/lilla+')), null);
  for (const [number, receipt] of vectors.proofs.receipts.entries()) {
    const record = await receipts.checkReceipt(receipt, ledger);
    expect('receipt', record.number, BigInt(number));
    const rows = receipt.split('\n');
    // Every line of a receipt counts: one symbol changed anywhere, and it proves nothing.
    for (const [place, row] of rows.entries()) {
      if (row.length < 4) continue;
      const at = row.length >> 1;
      const other = row[at] === 'A' ? 'B' : 'A';
      const altered = rows.with(place, row.slice(0, at) + other + row.slice(at + 1)).join('\n');
      await refuses(`receipt ${number}, line ${place} altered`, () => receipts.checkReceipt(altered, ledger), (error) => error instanceof receipts.NotProven);
    }
  }
  const { older, consistency, card } = vectors.proofs;
  expect('consistency', (await receipts.checkConsistency(older, consistency, ledger)).size > BigInt(older.size), true);
  await refuses('another root', () => receipts.checkConsistency({ ...older, root: bytes.base64(new Uint8Array(32)) }, consistency, ledger));
  await refuses('a shorter journal', () => receipts.checkConsistency({ ...older, size: '1000' }, consistency, ledger));
  await refuses('a short proof', () => receipts.checkConsistency(older, { ...consistency, proof: consistency.proof.slice(1) }, ledger));
  expect('card', (await receipts.checkCard(card, ledger)).name, card.name);
  await refuses('an altered card', () => receipts.checkCard({ ...card, card: { ...card.card, text: card.card.text.replace('martin', 'marcel') } }, ledger));
  await refuses('another member’s card', () => receipts.checkCard({ ...card, number: '7Q4M2K9XA5' }, ledger));
  return failures;
}
