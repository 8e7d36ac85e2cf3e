import { structuredPatch } from 'diff';
import { useMemo } from 'react';
import { filePath, modulePath, readers, useAnswer, versionPath } from './api.js';
import { Answer } from './parts.jsx';
import { href } from './routes.js';

/** How a version's text differs from another's: the one before it, unless told otherwise. */
export function Changes({ info, rest }) {
  const module = useAnswer(modulePath(info.module));
  return (
    <Answer of={module}>
      {({ versions }) => {
        const before = versions[versions.indexOf(info.version) - 1];
        const others = versions.filter(each => each !== info.version);
        const other = others.includes(rest[0]) ? rest[0] : (before ?? others[0]);
        if (!other) return <p>There is no other version.</p>;
        const choose = event => {
          window.location.hash = href('modules', info.module, info.version, 'changes', event.target.value);
        };
        return (
          <>
            <label>
              Since{' '}
              <select value={other} onChange={choose}>
                {others.toReversed().map(each => <option key={each}>{each}</option>)}
              </select>
            </label>
            <FileChanges key={other} info={info} other={other} />
          </>
        );
      }}
    </Answer>
  );
}

function FileChanges({ info, other }) {
  const earlier = useAnswer(versionPath(info.module, other));
  return (
    <Answer of={earlier}>
      {value => {
        const paths = [...new Set([...value.files, ...info.files])].sort();
        return paths.map(path => (
          <FileChange key={path} path={path}
            from={value.files.includes(path) ? filePath(info.module, other, path) : null}
            to={info.files.includes(path) ? filePath(info.module, info.version, path) : null} />
        ));
      }}
    </Answer>
  );
}

function FileChange({ path, from, to }) {
  const before = useAnswer(from, readers.text);
  const after = useAnswer(to, readers.text);
  const isThere = before.value !== undefined && after.value !== undefined;
  const hunks = useMemo(
    () => (isThere ? structuredPatch(path, path, before.value, after.value, '', '', { context: 3 }).hunks : []),
    [path, before.value, after.value, isThere],
  );
  if (!isThere) return <Answer of={before.error ? before : after.error ? after : {}} />;
  if (from && to && hunks.length === 0) return null;
  return (
    <figure>
      <figcaption>{path}{!from && ' (new)'}{!to && ' (removed)'}</figcaption>
      <pre className="source" tabIndex={0} aria-label={`Changes of ${path}`}>
        {hunks.flatMap((hunk, index) => [
          <span key={index} className="hunk">@@ line {hunk.newStart}{'\n'}</span>,
          ...hunk.lines.map((line, number) => <Line key={`${index}.${number}`} text={line} />),
        ])}
      </pre>
    </figure>
  );
}

function Line({ text }) {
  if (text.startsWith('+')) return <ins>{text}{'\n'}</ins>;
  if (text.startsWith('-')) return <del>{text}{'\n'}</del>;
  return <>{text}{'\n'}</>;
}
