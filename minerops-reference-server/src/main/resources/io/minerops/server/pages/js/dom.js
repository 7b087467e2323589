/** Builds elements. Data of the server or a device is inserted as text, never as markup. */

/** The element with that id; the page is wrong where there is none. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page has no element #${id}`);
  }
  return element;
}

/**
 * An element.
 *
 * @param {string} tag its name
 * @param {object} properties `class`, `data`, `on` (listeners by event), names with a dash and `role`, `for`, `scope`,
 *   `colspan` as attributes, all else as properties; null and undefined are left out
 * @param {...*} children nodes and texts, also in arrays; null and undefined are left out
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined) {
      give(element, name, value);
    }
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return element;
}

const ATTRIBUTES = new Set(['role', 'for', 'scope', 'colspan', 'list', 'datetime']);

function give(element, name, value) {
  if (name === 'class') {
    element.className = value;
  } else if (name === 'data') {
    Object.assign(element.dataset, value);
  } else if (name === 'on') {
    Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
  } else if (name.includes('-') || ATTRIBUTES.has(name)) {
    element.setAttribute(name, value);
  } else {
    element[name] = value;
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a picture; all properties are attributes. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

/** A button that does something on this page. */
export function button(label, onClick, properties = {}) {
  return el('button', { type: 'button', on: { click: onClick }, ...properties }, label);
}

/** Changes a text only where it differs, so that nothing is announced or selected again without need. */
export function setText(target, value) {
  const element = typeof target === 'string' ? byId(target) : target;
  const text = String(value);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Redraws a part of the page and restores the focus to the control with the same `data-focus`. */
export function keepingFocus(container, draw) {
  const active = document.activeElement;
  const key = container.contains(active) ? active.dataset.focus : undefined;
  draw();
  if (key !== undefined && document.activeElement !== active) {
    container.querySelector(`[data-focus="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }
}

/** Term and description pairs for a `dl`. */
export function pairs(entries) {
  return entries.map(([term, ...description]) => el('div', {}, el('dt', {}, term), el('dd', {}, ...description)));
}

/** A word in a coloured frame; the colour only repeats the word. */
export function badge(kind, label = kind) {
  return el('span', { class: `badge badge-${kind}` }, label);
}

/** What an online miner does, as nodes, where that is anything but mining. */
export function workState(sample, isOnline) {
  return !isOnline || [undefined, 'mining', 'unknown'].includes(sample?.state) ? [] : [' ', badge(sample.state)];
}

/** The address of a miner's page. */
export const minerPage = (miner) => `/dashboard/miners/${encodeURIComponent(miner)}`;

/** The parameters behind the `#` of the address. */
export function hashParameters() {
  return new URLSearchParams(location.hash.slice(1));
}

/** Puts parameters behind the `#`, without an entry in the history. */
export function replaceHash(parameters) {
  const text = new URLSearchParams(parameters).toString();
  history.replaceState(null, '', location.pathname + location.search + (text ? `#${text}` : ''));
}
