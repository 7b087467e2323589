/** What all pages share: navigation, the state of the refresh, the banner, the dialog that asks for a token. */

import { button, byId, el, setText } from './dom.js';
import { clock } from './format.js';
import { setToken, token, whenUnauthorized } from './api.js';
import { listen } from './live.js';
import { createRefresh } from './refresh.js';

const PAGES = [
  ['/dashboard', 'Fleet'],
  ['/dashboard/alerts', 'Alerts'],
  ['/dashboard/profitability', 'Profitability'],
  ['/dashboard/operation', 'Logs and jobs'],
];

/**
 * Fills the page's header and starts its refresh.
 *
 * @param {number} intervalMs the pause between two runs, which is all there is while no event comes
 * @param {() => Promise<void>} run loads and shows the figures
 * @param {string[]} [events] the names of the server's events after which the figures are others; none where left out
 */
export function startPage({ intervalMs, run, events = [] }) {
  const updated = el('span', { class: 'updated', 'aria-live': 'off' }, 'loading…');
  const live = el('span', { class: 'live', hidden: true, title: 'The server tells of changes at once' }, 'live');
  const banner = byId('banner');
  let loaded = false;
  const refresh = createRefresh({
    intervalMs,
    run,
    onSuccess(at) {
      loaded = true;
      setText(updated, `updated ${clock(at)}`);
      updated.classList.remove('is-old');
      banner.hidden = true;
    },
    onFailure(error) {
      console.error(error);
      updated.classList.add('is-old');
      if (!loaded) {
        setText(updated, 'not loaded');
        document.querySelectorAll('.loading').forEach((place) => setText(place, 'Not loaded.'));
      }
      const sentence = error.message.replace(/[^.!?]$/, '$&.');
      setText(banner, loaded ? `${sentence} The figures below are older.` : sentence);
      banner.hidden = false;
    },
  });
  const tokens = createTokenDialog(() => refresh.now());
  const header = byId('header');
  header.append(
    el('a', { class: 'brand', href: '/dashboard' }, 'Miner', el('b', {}, 'Ops')),
    navigation(),
    el('div', { class: 'refresh' }, live, updated, pauseButton(refresh, intervalMs),
      button('Refresh', () => refresh.now()), button('Token', () => tokens.open())),
  );
  refresh.now();
  if (events.length > 0) {
    listen({
      onEvent: (name) => events.includes(name) && refresh.soon(),
      onState: (open) => {
        live.hidden = !open;
      },
    });
  }
  return refresh;
}

function navigation() {
  const path = location.pathname.replace(/\/+$/, '');
  const here = path.startsWith('/dashboard/miners/') ? '/dashboard' : path;
  return el('nav', { 'aria-label': 'Pages' }, PAGES.map(([href, label]) =>
    el('a', { href, 'aria-current': href === here ? 'page' : null }, label)));
}

function pauseButton(refresh, intervalMs) {
  const toggle = button('Pause', () => {
    refresh.setPaused(!refresh.isPaused());
    setText(toggle, refresh.isPaused() ? 'Resume' : 'Pause');
    toggle.setAttribute('aria-pressed', String(refresh.isPaused()));
  }, { 'aria-pressed': 'false', title: `Refreshes every ${intervalMs / 1000} s` });
  return toggle;
}

/** One dialog for all requests that wait for a token; whoever closes it is not asked again until he opens it. */
function createTokenDialog(onToken) {
  const input = el('input', {
    type: 'password', id: 'token-input', autocomplete: 'off', required: true, spellcheck: false });
  const reason = el('p', {});
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'token-title' },
    el('form', { method: 'dialog', on: { submit: accept } },
      el('h2', { id: 'token-title' }, 'Access token'),
      reason,
      el('label', { for: 'token-input' }, 'Bearer token'),
      input,
      el('p', { class: 'hint' }, 'Kept in this tab only, until it is closed.'),
      el('div', { class: 'buttons' },
        button('Cancel', () => dialog.close()), el('button', { class: 'primary' }, 'Use token'))));
  document.body.append(dialog);

  let waiting = null;
  let settle = null;
  let declined = false;

  function accept(event) {
    event.preventDefault();
    setToken(input.value.trim());
    declined = false;
    dialog.close();
    if (!finish(true)) {
      onToken();
    }
  }

  /** Answers those who wait for a token, if any. */
  function finish(accepted) {
    const answer = settle;
    settle = null;
    waiting = null;
    input.value = '';
    answer?.(accepted);
    return answer !== null;
  }

  dialog.addEventListener('close', () => {
    // the event comes late: by then the dialog may have been opened again for a token that was refused
    if (!dialog.open && finish(false)) {
      declined = true;
    }
  });

  function open(sentence = token() ? 'A token is in use. A new one takes its place.' : 'Sent with every request.') {
    setText(reason, sentence);
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  function ask(hadToken) {
    if (declined) {
      return Promise.resolve(false);
    }
    if (!waiting) {
      waiting = new Promise((resolve) => {
        settle = resolve;
      });
      open(hadToken ? 'The server no longer accepts the token.' : 'This server asks for a token.');
    }
    return waiting;
  }

  whenUnauthorized(ask);
  return { open };
}
