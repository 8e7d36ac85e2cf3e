import { useEffect, useState } from 'react';
import { fetched, readers, versionPath } from './api.js';
import { parted } from './routes.js';

/** What a version depends on, each with its files, as far as it is fetched and may be read. */
function useDependencies(info) {
  const [dependencies, setDependencies] = useState([]);
  useEffect(() => {
    const aborter = new AbortController();
    const fetches = info.dependencies.map(parted).map(({ module, version }) =>
      fetched(versionPath(module, version), aborter.signal).then(readers.json));
    Promise.allSettled(fetches).then(all =>
      aborter.signal.aborted || setDependencies(all.flatMap(each => each.value ?? [])));
    return () => aborter.abort();
  }, [info]);
  return dependencies;
}

/** Tells the version that an imported file is of, if it is one that this version depends on. */
export function useOwners(info) {
  const dependencies = useDependencies(info);
  return file =>
    dependencies.find(({ module, files }) => files.some(path => path === file || `${module}/${path}` === file));
}
