// Asking the endpoint. Three outcomes: an answer, a problem that the endpoint explains, or no answer.

/** The endpoint said no, or not now (RFC 9457). */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.code);
    Object.assign(this, { status, code: body.code, detail: body.detail, retryable: body.retryable, retryAfter });
  }
}

/** No answer came, or none that can be read: whether something was done is not known. */
export class NoAnswer extends Error {}

/** Sends a request and gives the response, or throws a problem or that there was no answer. */
export async function ask(method, path, { token, headers = {}, body, signal, seconds = 15 } = {}) {
  const patience = AbortSignal.timeout(seconds * 1000);
  const options = {
    method, body, cache: 'no-store', credentials: 'omit', redirect: 'error',
    headers: { 'Accept-Language': document.documentElement.lang, ...headers },
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  };
  if (token) options.headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NoAnswer(path);
  }
  if (response.ok) return response;
  let problem = null;
  if (response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    problem = await response.json().catch(() => null);
  }
  if (!problem?.code) throw new NoAnswer(`${path}: ${response.status}`);
  throw new Problem(response.status, problem, Number(response.headers.get('Retry-After')) || null);
}

async function read(response, how) {
  try {
    return await response[how]();
  } catch {
    throw new NoAnswer('cut');
  }
}

export const askJSON = async (method, path, options) => read(await ask(method, path, options), 'json');
export const askText = async (method, path, options) => read(await ask(method, path, options), 'text');

/** A JSON body with its header. */
export const json = (value, headers = {}) =>
  ({ body: JSON.stringify(value), headers: { 'Content-Type': 'application/json', ...headers } });
