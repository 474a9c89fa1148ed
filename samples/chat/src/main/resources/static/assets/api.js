// HTTP requests to the application. An error response is thrown as an Error with the detail of its problem detail.

/** @import { Message, Room } from "contract" */

/**
 * The responses, by the paths of the requests.
 * @typedef {{
 *   "api/session": Session,
 *   "api/rooms": Room[],
 *   [messages: `api/rooms/${string}/messages${string}`]: Message[],
 *   "api/accounts/demo": string[],
 * }} GetResponses
 * @typedef {{
 *   "api/rooms": Room,
 *   [members: `api/rooms/${string}/members`]: Room,
 *   [messages: `api/rooms/${string}/messages`]: Message,
 *   "api/accounts": void,
 *   logout: void,
 * }} PostResponses
 * @typedef {{ me: string, lattestream: { key: string, cluster: string, endpoint?: string, tls: boolean, authEndpoint: string } }} Session
 */

const TIMEOUT = 15_000;

const csrf = () => decodeURIComponent(document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)?.[1] ?? "");

/** The CSRF header that Spring Security requires for modifying requests. The realtime client sends it to /auth as well. */
export const csrfHeaders = () => ({ "X-XSRF-TOKEN": csrf() });

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function request(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(TIMEOUT) });
  } catch {
    throw new Error("The chat does not respond.");
  }
  if (response.ok) {
    return response.headers.get("Content-Type")?.includes("json") ? response.json() : undefined;
  }
  if (response.status === 429) {
    throw new Error(`Too many attempts. Try again in ${response.headers.get("Retry-After")} s.`);
  }
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? `The request failed with status ${response.status}.`), { status: response.status });
}

/**
 * @template {keyof GetResponses} Path
 * @param {Path} path
 * @returns {Promise<GetResponses[Path]>}
 */
export const get = (path) => request(path);

/**
 * @template {keyof PostResponses} Path
 * @param {Path} path
 * @param {object} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<PostResponses[Path]>}
 */
export const post = (path, body, headers) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...csrfHeaders(), ...headers },
    body: JSON.stringify(body ?? {}),
  });

/**
 * @param {string} path
 * @param {Record<string, string>} fields
 */
export const postForm = (path, fields) =>
  request(path, { method: "POST", headers: csrfHeaders(), body: new URLSearchParams(fields) });
