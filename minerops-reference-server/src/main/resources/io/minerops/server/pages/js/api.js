/** Talks to the server: JSON, bearer token, timeouts, and errors that say which field is at fault. */

const TOKEN_KEY = 'minerops.token';
const TIMEOUT_MS = 20_000;
const MAX_PAGE = 1_000;

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

let askForToken = async () => false;

/** Names what is called where the server wants a token; it tells whether there is one now. */
export function whenUnauthorized(ask) {
  askForToken = ask;
}

export const token = () => sessionStorage.getItem(TOKEN_KEY);

/** Keeps the token as long as this tab lives. */
export function setToken(value) {
  if (value) {
    sessionStorage.setItem(TOKEN_KEY, value);
  } else {
    sessionStorage.removeItem(TOKEN_KEY);
  }
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

/** The answer to a request that goes on, as it comes; a 401 is not asked about but left to the one who reads. */
export const openStream = (path, signal) => fetch(path, {
  headers: { Accept: 'text/event-stream', ...authorization(token()) }, cache: 'no-store', signal });

async function request(method, path, { query = {}, body, timeoutMs = TIMEOUT_MS, signal = null }) {
  for (;;) {
    const used = token();
    const response = await send(method, path + queryText(query), body, used, timeoutMs, signal);
    if (response.status !== 401) {
      return read(response);
    }
    // another request may have asked for a new token in the meantime
    if (token() === used && !(await askForToken(used !== null))) {
      throw new ApiError('A valid token is required.', 401);
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

const authorization = (bearer) => (bearer === null ? {} : { Authorization: `Bearer ${bearer}` });

async function send(method, url, body, bearer, timeoutMs, signal) {
  const headers = { Accept: 'application/json', ...authorization(bearer) };
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
    throw new ApiError(`The server answered ${response.status} without JSON.`, response.status);
  }
  if (response.ok) {
    return answer;
  }
  const wait = response.status === 429 ? response.headers.get('Retry-After') : null;
  const sentence = answer?.error ?? `The server answered ${response.status}.`;
  throw new ApiError(wait ? `${sentence} (again in ${wait} s)` : sentence, response.status, answer?.field ?? null, answer);
}

function unanswered(cause, timeoutMs) {
  return cause.name === 'TimeoutError'
    ? new ApiError(`The server gave no answer within ${timeoutMs / 1000} s.`, 0)
    : new ApiError('The server cannot be reached.', 0);
}
