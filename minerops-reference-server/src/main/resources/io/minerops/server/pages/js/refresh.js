/** Runs a page's loading again and again: never twice at a time, never while hidden. */

/** What changes all the time is shown once a second and not more often. */
const MIN_PAUSE_MS = 1_000;

/**
 * A timer that counts from the end of a run.
 *
 * @param {number} intervalMs the pause between two runs
 * @param {() => Promise<void>} run what is done; its failures go to `onFailure`
 * @param {(error: Error) => void} onFailure
 * @param {(atMillis: number) => void} onSuccess
 */
export function createRefresh({ intervalMs, run, onSuccess, onFailure }) {
  let timer = null;
  let running = null;
  let again = false;
  let heard = false;
  let paused = false;
  let dueAt = 0;
  let endedAt = 0;

  function schedule() {
    clearTimeout(timer);
    if (paused || document.hidden || running) {
      return;
    }
    timer = setTimeout(now, Math.max(0, dueAt - Date.now()));
  }

  async function once() {
    try {
      await run();
      onSuccess(Date.now());
    } catch (error) {
      onFailure(error);
    }
    endedAt = Date.now();
    dueAt = endedAt + intervalMs;
  }

  /** Runs now; while a run is under way, once more after it. */
  function now() {
    clearTimeout(timer);
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await once();
      } while (again);
    })().finally(() => {
      running = null;
      if (heard) {
        heard = false;
        soon();
      } else {
        schedule();
      }
    });
    return running;
  }

  /** Runs now on an event of the server, unless paused or hidden; many such calls in a row are one run. */
  function soon() {
    if (running) {
      // what is being read may be older than the event
      heard = true;
    } else if (!paused && !document.hidden) {
      dueAt = Math.min(dueAt, Math.max(Date.now(), endedAt + MIN_PAUSE_MS));
      schedule();
    }
  }

  function setPaused(value) {
    paused = value;
    if (!paused) {
      dueAt = 0;
    }
    schedule();
  }

  document.addEventListener('visibilitychange', schedule);
  return { now, soon, setPaused, isPaused: () => paused };
}
