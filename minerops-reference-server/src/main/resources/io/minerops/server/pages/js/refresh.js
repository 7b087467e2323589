/** Runs a page's loading again and again: never twice at once, never while nobody looks. */

/**
 * A timer that counts from the end of a run.
 *
 * @param {number} intervalMs the pause between two runs
 * @param {() => Promise<void>} run what is done; its failures are told by `onFailure`
 * @param {(error: Error) => void} onFailure
 * @param {(atMillis: number) => void} onSuccess
 */
export function createRefresh({ intervalMs, run, onSuccess, onFailure }) {
  let timer = null;
  let running = null;
  let again = false;
  let paused = false;
  let dueAt = 0;

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
    dueAt = Date.now() + intervalMs;
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
      schedule();
    });
    return running;
  }

  function setPaused(value) {
    paused = value;
    if (!paused) {
      dueAt = 0;
    }
    schedule();
  }

  document.addEventListener('visibilitychange', schedule);
  return { now, setPaused, isPaused: () => paused };
}
