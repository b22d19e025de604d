// What this browser keeps: the key, pins, waiting notes, receipts, and the last answers for reading offline.

const stores = ['values', 'pins', 'pending', 'receipts'];

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('carnet', 1);
    request.onupgradeneeded = () => stores.forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Runs one step in a transaction of its own; a change is on the disk before this returns. */
async function step(name, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (name, key) => step(name, 'readonly', (store) => store.get(key));
export const all = (name) => step(name, 'readonly', (store) => store.getAll());
export const put = (name, key, value) => step(name, 'readwrite', (store) => store.put(value, key));
export const remove = (name, key) => step(name, 'readwrite', (store) => store.delete(key));

/** Runs `body` while no other tab of this browser makes or settles notes. */
export const alone = (body) => navigator.locks.request('carnet-notes', body);
