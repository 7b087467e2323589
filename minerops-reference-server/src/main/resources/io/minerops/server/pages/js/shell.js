/** What all pages share: navigation, the state of the refresh, the banner, logging out. */

import { button, byId, el, setText } from './dom.js';
import { act } from './form-errors.js';
import { clock } from './format.js';
import { onLoggedOut, remove, session } from './api.js';
import { listen } from './live.js';
import { createRefresh } from './refresh.js';

const PAGES = [
  ['/dashboard', 'Fleet'],
  ['/dashboard/alerts', 'Alerts'],
  ['/dashboard/profitability', 'Profitability'],
  ['/dashboard/statement', 'Statement'],
  ['/dashboard/curtailment', 'Curtailment'],
  ['/dashboard/operation', 'Logs and jobs'],
  ['/dashboard/api', 'API'],
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
  const live = el('span', { class: 'live', hidden: true, title: 'Live updates are on' }, 'live');
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
        document.querySelectorAll('.loading').forEach((element) => setText(element, 'Not loaded.'));
      }
      const sentence = error.message.replace(/[^.!?]$/, '$&.');
      setText(banner, loaded ? `${sentence} The figures below are older.` : sentence);
      banner.hidden = false;
    },
  });
  const header = byId('header');
  header.append(
    el('a', { class: 'brand', href: '/dashboard' }, 'Miner', el('b', {}, 'Ops')),
    navigation(),
    el('div', { class: 'refresh' }, live, updated, pauseButton(refresh, intervalMs),
      button('Refresh', () => refresh.now()), logOutButton(banner)),
  );
  onLoggedOut(() => {
    // what was typed into a dialog must not be lost
    if (!document.querySelector('dialog[open]')) {
      goToLogin();
    }
  });
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

/** Hidden if no log-in is required. */
function logOutButton(banner) {
  const logOut = button('Log out', () => act(logOut, banner, async () => {
    await remove('/api/session');
    location.replace('/login');
  }), { hidden: true });
  session().then(({ name, csrf_token: csrf }) => {
    logOut.hidden = csrf === null;
    logOut.title = `Logged in as ${name}`;
  }, (error) => console.error(error));
  return logOut;
}

function goToLogin() {
  location.replace(`/login?next=${encodeURIComponent(location.pathname + location.search)}${location.hash}`);
}
