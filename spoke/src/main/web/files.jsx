import { filePath, readers, useAnswer } from './api.js';
import { Answer } from './parts.jsx';
import { href } from './routes.js';
import { highlighted } from './highlight.jsx';

/** The files of a version, and the text of the one that is chosen. */
export function Files({ info: { module, version, files }, rest }) {
  const chosen = rest[0] ?? files[0];
  return (
    <div className="columns">
      <nav aria-label="Files">
        <ul>
          {files.map(path => (
            <li key={path}>
              <a href={href('modules', module, version, 'files', path)} aria-current={path === chosen ? 'page' : undefined}>
                {path}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {chosen && <Text path={filePath(module, version, chosen)} title={chosen} />}
    </div>
  );
}

function Text({ path, title }) {
  const text = useAnswer(path, readers.text);
  return (
    <Answer of={text}>
      {value => (
        <figure>
          <figcaption>{title} · <a href={path}>plain</a></figcaption>
          <pre className="source" tabIndex={0} aria-label={title}>{highlighted(value)}</pre>
        </figure>
      )}
    </Answer>
  );
}
