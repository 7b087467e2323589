/** Talks to the server: JSON, the session's token with each change, timeouts, and errors that name the field at fault. */

const CSRF_HEADER = 'X-CSRF-Token';
const TIMEOUT_MS = 20_000;
/** The maximum of a page of a list, as in the library's Page. */
export const MAX_PAGE = 1_000;

/** What the server refused, or that it did not answer (status 0). */
export class ApiError extends Error {
  constructor(message, status, field = null, answer = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.field = field;
    this.answer = answer;
  }
}

let whenLoggedOut = () => {};

/** Names what is called where the server takes no more requests without a log-in. */
export function onLoggedOut(act) {
  whenLoggedOut = act;
}

let known = null;

/** The session: `{token_required, name, right, csrf_token}`; loaded once. */
export function session() {
  known ??= get('/api/session').catch((error) => {
    known = null;
    throw error;
  });
  return known;
}

/** Reads; parameters that are null, undefined or empty are left out. */
export const get = (path, query = {}, timeoutMs = TIMEOUT_MS, signal = null) =>
  request('GET', path, { query, timeoutMs, signal });
export const post = (path, body, timeoutMs = TIMEOUT_MS, signal = null) =>
  request('POST', path, { body, timeoutMs, signal });
export const put = (path, body) => request('PUT', path, { body });
export const remove = (path) => request('DELETE', path, {});

/** Reads a list page by page until its end or the bound; answers `{items, pages, next}`. */
export async function getAll(path, key, query = {}, bound = 10 * MAX_PAGE, timeoutMs = TIMEOUT_MS) {
  const items = [];
  const pages = [];
  let cursor = null;
  do {
    const limit = Math.min(MAX_PAGE, bound - items.length);
    const page = await get(path, { ...query, limit, cursor }, timeoutMs);
    items.push(...page[key]);
    pages.push(page);
    cursor = page.next ?? null;
  } while (cursor !== null && items.length < bound);
  return { items, pages, next: cursor };
}

/** The answer to a request that goes on, as it comes; what it may be is left to the one who reads. */
export const openStream = (path, signal) => fetch(path, {
  headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal });

async function request(method, path, { query = {}, body, timeoutMs = TIMEOUT_MS, signal = null }) {
  for (let again = method !== 'GET'; ; again = false) {
    const csrf = method === 'GET' ? null : (await session()).csrf_token;
    const response = await send(method, path + queryText(query), body, csrf, timeoutMs, signal);
    try {
      return await read(response);
    } catch (error) {
      if (again && error.status === 403 && error.field === CSRF_HEADER) {
        // the user logged in again in another tab
        known = null;
        continue;
      }
      if (error.status === 401) {
        known = null;
        whenLoggedOut();
      }
      throw error;
    }
  }
}

function queryText(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') {
      parameters.set(name, value);
    }
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

async function send(method, url, body, csrf, timeoutMs, signal) {
  const headers = { Accept: 'application/json', ...(csrf === null ? {} : { [CSRF_HEADER]: csrf }) };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    return await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) : AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw unanswered(cause, timeoutMs);
  }
}

async function read(response) {
  let answer;
  try {
    answer = await response.json();
  } catch (cause) {
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') {
      throw unanswered(cause, TIMEOUT_MS);
    }
    throw new ApiError(`The server returned ${response.status} without JSON.`, response.status);
  }
  if (response.ok) {
    return answer;
  }
  const wait = response.status === 429 ? response.headers.get('Retry-After') : null;
  const sentence = answer?.error ?? `The server returned ${response.status}.`;
  throw new ApiError(wait ? `${sentence} (again in ${wait} s)` : sentence, response.status, answer?.field ?? null, answer);
}

function unanswered(cause, timeoutMs) {
  return cause.name === 'TimeoutError'
    ? new ApiError(`The server did not respond within ${timeoutMs / 1000} s.`, 0)
    : new ApiError('The server cannot be reached.', 0);
}
