import { useSyncExternalStore } from 'react';

/** The address of a page: words of a path behind the `#`, each escaped. */
export const href = (...words) => `#/${words.map(encodeURIComponent).join('/')}`;

const subscribe = listener => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

function decoded(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/** The words of the address that is shown. */
export function useRoute() {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded);
}

/** Splits `module@version`. */
export function parted(dependency) {
  const at = dependency.lastIndexOf('@');
  return { module: dependency.slice(0, at), version: dependency.slice(at + 1) };
}
