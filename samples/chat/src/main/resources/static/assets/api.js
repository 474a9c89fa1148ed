// The application over HTTP. A refusal is thrown as an Error in the words of its problem detail.

const TIMEOUT = 15_000;

const csrf = () => decodeURIComponent(document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)?.[1] ?? "");

/** The CSRF token that Spring Security requires; the realtime client sends it to /auth as well. */
export const csrfHeaders = () => ({ "X-XSRF-TOKEN": csrf() });

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
  throw Object.assign(new Error(problem.detail ?? `That did not work (${response.status}).`), { status: response.status });
}

export const get = (path) => request(path);

export const post = (path, body, headers) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...csrfHeaders(), ...headers },
    body: JSON.stringify(body ?? {}),
  });

export const postForm = (path, fields) =>
  request(path, { method: "POST", headers: csrfHeaders(), body: new URLSearchParams(fields) });
