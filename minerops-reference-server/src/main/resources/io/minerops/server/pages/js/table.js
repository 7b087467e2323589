/** A table that can be sorted and leafed through. On a narrow screen the style sheet makes each row a card. */

import { button, el, keepingFocus, setText } from './dom.js';
import { number } from './format.js';

const PAGE_SIZE = 100;

/**
 * Takes over a table.
 *
 * @param {HTMLTableElement} table with a caption, else empty
 * @param {object[]} columns `{key, label, numeric?, class?, value?(row), cell(row)}`: a column with `value` can be sorted by it,
 *   `cell` gives text or nodes
 * @param {(row: object) => string} keyOf what a row is known by
 * @param {string} empty text if there are no rows
 * @param {{key: string, descending: boolean}} [sort]
 */
export function createTable(table, { columns, keyOf, empty, sort = null }) {
  const body = el('tbody', { role: 'rowgroup' }, note('Loading…', 'empty loading'));
  const position = el('span', { 'aria-live': 'polite' });
  const previous = button('Previous', () => turn(-1));
  const next = button('Next', () => turn(1));
  const pager = el('div', { class: 'pager', hidden: true }, position, previous, next);
  let rows = [];
  let page = 0;
  let order = sort;
  let nothing = empty;

  const headers = columns.map((column) => el('th', {
    scope: 'col', role: 'columnheader', class: classOf(column) },
    column.value ? button(column.label, () => sortBy(column.key)) : column.label));
  table.setAttribute('role', 'table');
  table.append(el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, headers)), body);
  table.closest('.table-frame').after(pager);

  function sortBy(key) {
    order = { key, descending: order?.key === key ? !order.descending : false };
    page = 0;
    arrange();
  }

  function turn(by) {
    page += by;
    draw();
    table.closest('.table-frame').scrollIntoView({ block: 'start' });
  }

  function arrange() {
    const column = columns.find((candidate) => candidate.key === order?.key);
    if (column) {
      rows = sorted(rows, column.value, order.descending);
    }
    columns.forEach(({ key, value }, index) => {
      if (value) {
        headers[index].setAttribute('aria-sort',
          key !== order?.key ? 'none' : order.descending ? 'descending' : 'ascending');
      }
    });
    draw();
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
    page = Math.min(Math.max(0, page), pages - 1);
    const shown = rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
    keepingFocus(body, () => body.replaceChildren(...(shown.length ? shown.map(drawRow) : [note(nothing, 'empty')])));
    pager.hidden = pages === 1;
    setText(position, `${number(page * PAGE_SIZE + 1)}–${number(page * PAGE_SIZE + shown.length)} of ${number(rows.length)}`);
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
  }

  function note(sentence, kind) {
    return el('tr', { role: 'row' }, el('td', { role: 'cell', class: kind, colspan: columns.length }, sentence));
  }

  function drawRow(row) {
    return el('tr', { role: 'row', data: { key: keyOf(row) } }, columns.map((column, index) =>
      el(index === 0 ? 'th' : 'td', {
        scope: index === 0 ? 'row' : null,
        role: index === 0 ? 'rowheader' : 'cell',
        class: classOf(column),
        data: { label: column.label },
      }, column.cell(row))));
  }

  return {
    /** Shows these rows, on the page of the table that was open; with another text if there are none. */
    show(list, emptyNow = empty) {
      rows = list;
      nothing = emptyNow;
      arrange();
    },
    toFirstPage() {
      page = 0;
    },
  };
}

const classOf = (column) => [column.numeric ? 'numeric' : '', column.class ?? ''].join(' ').trim();

/** A sorted copy; absent values come last in both directions. */
export function sorted(rows, value, descending) {
  const direction = descending ? -1 : 1;
  return rows.map((row) => [value(row), row]).sort(([a], [b]) => {
    const absentA = a === null || a === undefined;
    const absentB = b === null || b === undefined;
    if (absentA || absentB) {
      return absentA - absentB;
    }
    return direction * (typeof a === 'string' ? collator.compare(a, b) : a - b);
  }).map(([, row]) => row);
}

const collator = new Intl.Collator('en', { numeric: true });
