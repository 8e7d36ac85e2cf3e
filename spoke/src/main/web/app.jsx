import { useEffect, useRef, useState } from 'react';
import { token } from './api.js';
import { ModuleList } from './module-list.jsx';
import { ModulePage } from './module-page.jsx';
import { Heading } from './parts.jsx';
import { href, useRoute } from './routes.js';
import { Search } from './search.jsx';
import { VersionPage } from './version-page.jsx';

export function App() {
  const route = useRoute();
  const [secret, setSecret] = useState(token.get());
  const main = useRef(null);
  const place = route.slice(0, 3).join('/');
  const isFirst = useRef(true);
  // Whoever reads with the keyboard or by ear goes on in the page that was opened.
  useEffect(() => {
    if (!isFirst.current && !route.includes('search')) main.current.focus();
    isFirst.current = false;
  }, [place]);
  return (
    <>
      <a className="skip" href="#main" onClick={event => { event.preventDefault(); main.current.focus(); }}>
        Skip to content
      </a>
      <header>
        <a className="brand" href={href()}>Spoke</a>
        <SearchBox query={route[0] === 'search' ? (route[1] ?? '') : ''} />
        <nav aria-label="Server">
          <a href="/docs">Interface</a>
          <TokenBox secret={secret} onChange={changed => { token.set(changed); setSecret(changed); }} />
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1} key={secret}>
        <Page route={route} />
      </main>
    </>
  );
}

function Page({ route }) {
  const [kind, name, version, view, ...rest] = route;
  if (kind === undefined) return <ModuleList />;
  if (kind === 'search') return <Search query={name ?? ''} />;
  if (kind === 'modules' && version) {
    return <VersionPage module={name} version={version} view={view ?? 'files'} rest={rest} />;
  }
  if (kind === 'modules' && name) return <ModulePage module={name} />;
  return <><Heading title="Not found" /><p>There is no such page. <a href={href()}>All modules</a></p></>;
}

function SearchBox({ query }) {
  const input = useRef(null);
  useEffect(() => {
    input.current.value = query;
  }, [query]);
  const search = event => {
    event.preventDefault();
    window.location.hash = href('search', input.current.value.trim());
  };
  return (
    <form role="search" onSubmit={search}>
      <input ref={input} type="search" aria-label="Search schemas" placeholder="Search: user kind:field type:string" />
      <button>Search</button>
    </form>
  );
}

function TokenBox({ secret, onChange }) {
  const [isOpen, setOpen] = useState(false);
  const input = useRef(null);
  if (!isOpen) {
    return <button onClick={() => (secret ? onChange('') : setOpen(true))}>{secret ? 'Sign out' : 'Sign in'}</button>;
  }
  const signIn = event => {
    event.preventDefault();
    onChange(input.current.value.trim());
    setOpen(false);
  };
  return (
    <form onSubmit={signIn}>
      <input ref={input} type="password" aria-label="Token" placeholder="token" autoFocus autoComplete="off" />
      <button>Sign in</button>
    </form>
  );
}
