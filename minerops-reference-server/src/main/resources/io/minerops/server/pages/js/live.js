/** Receives changes from the server: server-sent events over fetch, because an EventSource has no status. */

import { openStream } from './api.js';

const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 60_000;
/** The server gives a sign of life every 15 s. */
const SILENCE_MS = 50_000;

/**
 * Listens while the page is visible: a browser has few connections to one server, and a hidden tab must not
 * hold one.
 *
 * @param {(name: string) => void} onEvent an event of that name came
 * @param {(live: boolean) => void} onState whether the stream is open
 */
export function listen({ onEvent, onState }) {
  let connection = null;
  let timer = null;
  let pause = FIRST_PAUSE_MS;

  async function connect() {
    const mine = new AbortController();
    connection = mine;
    let wait = null;
    try {
      const response = await openStream('/api/events/stream', mine.signal);
      if (response.ok) {
        pause = FIRST_PAUSE_MS;
        onState(true);
        await read(response.body, mine, onEvent);
      } else {
        wait = Number(response.headers.get('Retry-After')) * 1000 || null;
      }
    } catch (error) {
      if (!mine.signal.aborted) {
        console.info('the stream of events has ended', error);
      }
    }
    onState(false);
    if (connection === mine) {
      connection = null;
      again(wait);
    }
  }

  function again(wait) {
    timer = setTimeout(connect, wait ?? pause);
    pause = Math.min(MAX_PAUSE_MS, pause * 2);
  }

  function follow() {
    clearTimeout(timer);
    if (document.hidden) {
      const open = connection;
      connection = null;
      open?.abort();
    } else if (!connection) {
      connect();
    }
  }

  document.addEventListener('visibilitychange', follow);
  // the request must not be counted among those that fail when the page is left
  addEventListener('pagehide', () => connection?.abort());
  follow();
}

async function read(body, controller, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const watchdog = setTimeout(() => controller.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(watchdog));
    if (done) {
      return;
    }
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const name of blocks.map(eventName).filter(Boolean)) {
      onEvent(name);
    }
  }
}

const eventName = (block) => /^event: (\w+)$/m.exec(block)?.[1];
