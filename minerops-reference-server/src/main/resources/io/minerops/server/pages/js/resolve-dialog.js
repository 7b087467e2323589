/** Prompts for the note of resolved alerts. */

import { byId, setText } from './dom.js';
import { clearErrors, showError } from './form-errors.js';

/** The dialog. */
export function createResolveDialog() {
  const dialog = byId('resolve-dialog');
  const form = byId('resolve-form');
  const note = byId('resolve-note');
  const errors = byId('resolve-error');
  let resolve = null;

  byId('resolve-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await resolve(note.value);
      dialog.close();
    } catch (error) {
      showError(form, errors, error);
    }
  });

  return {
    /** Opens; what is to be done with the note may fail, and the dialog then shows the error and stays open. */
    open(title, subject, action) {
      resolve = action;
      note.value = '';
      clearErrors(form, errors);
      setText('resolve-title', title);
      setText('resolve-subject', subject);
      dialog.showModal();
      note.focus();
    },
  };
}

/** Only what was filled in. */
export function given(fields) {
  return Object.fromEntries(Object.entries(fields)
    .map(([name, value]) => [name, (value ?? '').trim()]).filter(([, value]) => value !== ''));
}
