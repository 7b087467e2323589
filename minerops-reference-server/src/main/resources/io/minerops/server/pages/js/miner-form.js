/** What a user says of a miner: location, site, owner, notes. */

import { put } from './api.js';
import { byId } from './dom.js';
import { clearErrors, showError } from './form-errors.js';

const FIELDS = ['location', 'site', 'owner', 'notes'];

/** Takes over the button and the dialog; `refresh` reloads the page. */
export function createMinerForm(refresh) {
  const dialog = byId('miner-dialog');
  const form = byId('miner-form');
  const errors = byId('miner-form-error');
  const edit = byId('miner-edit');
  const control = (name) => form.elements[name];
  let entry = null;

  byId('miner-cancel').addEventListener('click', () => dialog.close());
  edit.addEventListener('click', () => {
    clearErrors(form, errors);
    FIELDS.forEach((name) => {
      control(name).value = entry[name] ?? '';
    });
    dialog.showModal();
    control('location').focus();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await put(`/api/miners/${encodeURIComponent(entry.miner_ip)}`, changes());
      dialog.close();
      await refresh();
    } catch (error) {
      showError(form, errors, error);
    }
  });

  /** Only what the user changed, so that a change of someone else stays. */
  function changes() {
    return Object.fromEntries(FIELDS.map((name) => [name, control(name).value.trim()])
      .filter(([name, value]) => value !== (entry[name] ?? '')));
  }

  return {
    /** The registry's entry of the miner; while the form is open it keeps the one that it shows. */
    show(miner) {
      if (!dialog.open) {
        entry = miner;
        edit.disabled = false;
      }
    },
  };
}
