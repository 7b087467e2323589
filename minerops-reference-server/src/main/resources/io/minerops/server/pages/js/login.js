/** Logs in: a token once, a session from then on. */

import { post, session } from './api.js';
import { byId } from './dom.js';
import { act, showBanner } from './form-errors.js';

const form = byId('login-form');
const input = byId('login-token');
const error = byId('login-error');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  act(byId('login-submit'), error, logIn);
});

// a link on another site is followed without the cookie, so users with a session may still arrive here
session().then(({ right }) => (right === 'none' ? input.focus() : proceed()), (failure) => showBanner(error, failure));

async function logIn() {
  const token = input.value.trim();
  if (token === '') {
    refuse(new Error('Enter a token.'));
    return;
  }
  try {
    await post('/api/session', { token });
  } catch (failure) {
    refuse(failure.status === 401 ? new Error('This token is not accepted. Check it for missing characters.') : failure);
    return;
  }
  input.removeAttribute('aria-invalid');
  proceed();
}

function refuse(failure) {
  showBanner(error, failure);
  input.setAttribute('aria-invalid', 'true');
  input.select();
  input.focus();
}

function proceed() {
  location.replace(wanted());
}

/** The page that the visitor requested; only pages of this server. */
function wanted() {
  const next = new URLSearchParams(location.search).get('next') ?? '/dashboard';
  const target = new URL(next, location.origin);
  return target.origin === location.origin && target.pathname.startsWith('/dashboard')
    ? target.pathname + target.search + location.hash : '/dashboard';
}
