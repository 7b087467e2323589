/** Says what went wrong where it went wrong: at the field that the server names, else below the form. */

import { setText } from './dom.js';

/**
 * Shows an error at the control whose `data-field` is the field at fault; its message element is the control's
 * `aria-describedby`. Where there is no such control the general element gets it. A refresh must not move the focus.
 */
export function showError(form, general, error, moveFocus = true) {
  clearErrors(form, general);
  const control = error.field ? form.querySelector(`[data-field="${CSS.escape(error.field)}"]`) : null;
  const message = control ? document.getElementById(control.getAttribute('aria-describedby')) : null;
  if (!message) {
    showBanner(general, error);
    return;
  }
  control.setAttribute('aria-invalid', 'true');
  setText(message, error.message);
  if (moveFocus) {
    control.focus();
  }
}

/** Whether the controls hold what they may; shows the first that does not, without a request. */
export function isValid(form, general) {
  const wrong = [...form.elements].find((control) => control.willValidate && !control.validity.valid);
  if (wrong) {
    showError(form, general, { field: wrong.dataset.field, message: wrong.validationMessage }, false);
  }
  return !wrong;
}

export function clearErrors(form, general) {
  showBanner(general, null);
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    setText(document.getElementById(control.getAttribute('aria-describedby')), '');
  }
}

/** Shows a failure, or hides its element. */
export function showBanner(banner, error) {
  setText(banner, error?.message ?? '');
  banner.hidden = !error;
}

/** Runs the action of a button, with the button disabled meanwhile and failures in the banner. */
export async function act(control, banner, action) {
  control.disabled = true;
  showBanner(banner, null);
  try {
    await action();
  } catch (error) {
    console.error(error);
    showBanner(banner, error);
  } finally {
    control.disabled = false;
  }
}
