/** The REST API from its OpenAPI document: operations by feature, with parameters and responses. */

import { get } from './api.js';
import { createSchemas, limitsOf, typeOf } from './api-schema.js';
import { badge, byId, el, setText } from './dom.js';
import { startPage } from './shell.js';

/** It changes with the server alone. */
const REFRESH_MS = 3_600_000;
const METHODS = ['get', 'post', 'put', 'delete'];
const COLUMNS = ['Name', 'Value', 'Range', 'Meaning', 'Example'];

let shown = null;
let schemas = null;

startPage({ intervalMs: REFRESH_MS, run: load });
byId('api-filters').addEventListener('submit', (event) => event.preventDefault());
byId('api-search').addEventListener('input', filter);
window.addEventListener('hashchange', openNamed);

async function load() {
  const description = await get('/openapi.json');
  const text = JSON.stringify(description);
  if (text === shown) {
    return;
  }
  shown = text;
  schemas = createSchemas(description);
  const operations = Object.entries(description.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ method, path, shared: item.parameters ?? [], ...item[method] })));
  const features = description.tags.map((tag) => ({ ...tag, operations: operations.filter(({ tags }) => tags.includes(tag.name)) }));
  byId('features').replaceChildren(...features.map(({ name }) => el('li', {}, el('a', { href: `#feature-${name}` }, name))));
  byId('operations').replaceChildren(...features.map(feature));
  filter();
  openNamed();
}

function feature({ name, description, operations }) {
  return el('section', { class: 'panel', id: `feature-${name}`, 'aria-labelledby': `title-${name}` },
    el('h2', { id: `title-${name}` }, name[0].toUpperCase() + name.slice(1)),
    el('p', { class: 'hint' }, description),
    operations.map(operation));
}

function operation(described) {
  const details = el('details', { class: 'operation', id: described.operationId, data: { terms: terms(described) } },
    el('summary', {},
      badge(described.method === 'get' ? 'info' : described.method === 'delete' ? 'critical' : 'warning', described.method.toUpperCase()),
      el('code', {}, described.path),
      el('span', { class: 'says' }, described.summary)));
  // hundreds of tables would make the page slow before anybody looks at one
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) {
      details.append(body(described));
    }
  });
  return details;
}

/** What the search looks into. */
function terms({ path, method, summary, description = '', parameters = [], requestBody }) {
  const body = requestBody ? JSON.stringify(requestBody) + schemas.tables(content(requestBody).schema)
    .flatMap((table) => table.rows.map((row) => row.name)).join(' ') : '';
  return [method, path, summary, description, ...parameters.map((parameter) => schemas.resolved(parameter).name), body]
    .join(' ').toLowerCase();
}

const content = ({ content: types = {} }) => Object.entries(types).map(([type, { schema }]) => ({ type, schema }))[0] ?? {};

function body({ operationId, description, shared, parameters = [], requestBody, responses, security }) {
  const all = [...shared, ...parameters].map(schemas.resolved);
  return el('div', {},
    description ? el('p', {}, description) : null,
    el('p', { class: 'hint' }, isOpen(security) ? 'No token required.' : 'Requires a token or a session.'),
    all.length > 0 ? table('Parameters', all.map((parameter) => ({
      name: parameter.in === 'path' ? `{${parameter.name}}` : parameter.name,
      required: parameter.required ?? false,
      schema: { ...schemas.resolved(parameter.schema), ...dependencies(parameter), description: parameter.description },
    }))) : null,
    requestBody ? schemas.tables(content(requestBody).schema).map(({ label, rows }) =>
      table(`Body${requestBody.required ? '' : ', if any'}${label ? `: ${label}` : ''}`, rows)) : null,
    el('h4', {}, 'Responses'),
    el('ul', { class: 'answers' }, Object.entries(responses).map(([status, response]) =>
      el('li', {}, el('b', {}, status), ' ', schemas.resolved(response).description))),
    Object.entries(responses).filter(([status]) => status.startsWith('2')).map(([status, response]) => answer(operationId, status, response)));
}

const isOpen = (security) => security !== undefined && (security.length === 0 || security.some((way) => Object.keys(way).length === 0));

const dependencies = (parameter) => Object.fromEntries(Object.entries(parameter).filter(([name]) => name.startsWith('x-')));

function answer(operationId, status, response) {
  const { type, schema } = content(schemas.resolved(response));
  if (!schema) {
    return null;
  }
  const found = schemas.tables(schema).filter(({ rows }) => rows.length > 0);
  return found.length > 0 ? found.map(({ label, rows }) => table(`Response ${status}${label ? `: ${label}` : ''}`, rows))
    : el('p', { class: 'hint' }, `Response ${status}: ${type}.`);
}

function table(title, rows) {
  return el('div', {},
    el('h4', {}, title),
    el('div', { class: 'table-frame' },
      el('table', { class: 'cards', role: 'table' },
        el('caption', { class: 'visually-hidden' }, title),
        el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' },
          COLUMNS.map((column) => el('th', { scope: 'col', role: 'columnheader' }, column)))),
        el('tbody', { role: 'rowgroup' }, rows.map(row)))));
}

function row({ name, required, schema }) {
  const [, value, range, meaning, example] = COLUMNS;
  const cell = (label, ...said) => el('td', { role: 'cell', data: { label } }, ...said);
  const first = schema.examples?.find((one) => one !== null);
  return el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' }, name),
    cell(value, typeOf(schema, schemas.resolved), required ? '' : ', optional'),
    cell(range, limitsOf(schema) || '–'),
    el('td', { role: 'cell', class: 'wide', data: { label: meaning } }, schema.description ?? '–'),
    cell(example, first === undefined ? '–' : el('code', {}, typeof first === 'string' ? first : JSON.stringify(first))));
}

function filter() {
  const wanted = byId('api-search').value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  const all = document.querySelectorAll('.operation');
  all.forEach((details) => {
    details.hidden = !wanted.every((word) => details.dataset.terms.includes(word));
    found += details.hidden ? 0 : 1;
  });
  document.querySelectorAll('#operations > section').forEach((section) => {
    section.hidden = !section.querySelector('.operation:not([hidden])');
  });
  setText(byId('api-count'), found === all.length ? `${found} operations` : `${found} of ${all.length} operations`);
}

/** Opens what the address names behind the `#`. */
function openNamed() {
  const named = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (named?.matches('.operation')) {
    named.hidden = false;
    named.open = true;
    named.scrollIntoView();
    named.querySelector('summary').focus({ preventScroll: true });
  }
}
