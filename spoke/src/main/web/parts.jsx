import { useEffect } from 'react';
import { href, parted } from './routes.js';

/** What is shown of an answer that is late or refused; else what `children` makes of its value. */
export function Answer({ of, children }) {
  if (of.error) return <p role="alert" className="error">{of.error.message}</p>;
  if (of.value === undefined) return <p role="status">Loading…</p>;
  return children(of.value);
}

/** A page's heading, which is the window's title as well. */
export function Heading({ children, title }) {
  useEffect(() => {
    document.title = `${title} · Spoke`;
  }, [title]);
  return <h1>{children ?? title}</h1>;
}

export function VersionLink({ of }) {
  const { module, version } = parted(of);
  return <a href={href('modules', module, version)}>{of}</a>;
}

export function VersionLinks({ of, none }) {
  if (of.length === 0) return <p>{none}</p>;
  return <ul>{of.map(each => <li key={each}><VersionLink of={each} /></li>)}</ul>;
}
