import { useEffect, useState } from 'react';

const TOKEN = 'spoke.token';

/** The secret this tab identifies itself with; forgotten when the tab is closed. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN) ?? '',
  set: secret => (secret ? sessionStorage.setItem(TOKEN, secret) : sessionStorage.removeItem(TOKEN)),
};

const segment = encodeURIComponent;
export const modulePath = module => `/modules/${segment(module)}`;
export const versionPath = (module, version) => `${modulePath(module)}/versions/${segment(version)}`;
export const filePath = (module, version, path) =>
  `${versionPath(module, version)}/files/${path.split('/').map(segment).join('/')}`;

/** The response to a request with the tab's token; throws what the server says is wrong. */
export async function fetched(path, signal) {
  const headers = token.get() ? { Authorization: `Bearer ${token.get()}` } : {};
  const response = await fetch(path, { headers, signal });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? `the server answers ${response.status}`);
}

export const readers = {
  json: response => response.json(),
  text: response => response.text(),
  bytes: async response => new Uint8Array(await response.arrayBuffer()),
};

/** Fetches something with the tab's token and has the browser save it. */
export async function download(path, name) {
  const url = URL.createObjectURL(await (await fetched(path)).blob());
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

/** What a path answers: `{ value }`, `{ error }`, or neither while it is on its way; an empty text where there is no path. */
export function useAnswer(path, reader = readers.json) {
  const [answer, setAnswer] = useState({});
  useEffect(() => {
    const aborter = new AbortController();
    if (path === null) {
      setAnswer({ value: '' });
      return undefined;
    }
    setAnswer({});
    fetched(path, aborter.signal)
      .then(reader)
      .then(value => setAnswer({ value }))
      .catch(error => error.name === 'AbortError' || setAnswer({ error }));
    return () => aborter.abort();
  }, [path, reader]);
  return answer;
}
