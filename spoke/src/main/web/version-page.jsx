import { modulePath, useAnswer, versionPath } from './api.js';
import { Changes } from './changes.jsx';
import { Code } from './code.jsx';
import { Documentation } from './documentation.jsx';
import { Files } from './files.jsx';
import { Graph } from './graph.jsx';
import { Answer, Heading } from './parts.jsx';
import { href } from './routes.js';

const VIEWS = {
  files: { title: 'Files', Show: Files },
  docs: { title: 'Documentation', Show: Documentation },
  changes: { title: 'Changes', Show: Changes },
  graph: { title: 'Graph', Show: Graph },
  code: { title: 'Generated code', Show: Code },
};

/** A version, seen from one of several sides. */
export function VersionPage({ module, version, view, rest }) {
  const info = useAnswer(versionPath(module, version));
  const { title, Show } = VIEWS[view] ?? VIEWS.files;
  return (
    <>
      <Heading title={`${module} ${version}`}>
        <a href={href('modules', module)}>{module}</a> {version}
      </Heading>
      <Answer of={info}>
        {value => (
          <>
            <Facts info={value} />
            <Versions module={module} version={value.version} view={view} />
            <nav className="views" aria-label="Views of this version">
              {Object.entries(VIEWS).map(([key, each]) => (
                <a key={key} href={href('modules', module, version, key)}
                  aria-current={each.title === title ? 'page' : undefined}>
                  {each.title}
                </a>
              ))}
            </nav>
            <section aria-label={title}><Show info={value} rest={rest} /></section>
          </>
        )}
      </Answer>
    </>
  );
}

function Facts({ info }) {
  return (
    <>
      {info.description && <p>{info.description}</p>}
      <p className="facts">
        published <time dateTime={info.createdAt}>{new Date(info.createdAt).toLocaleString()}</time>
        {' · '}<code>{info.digest}</code>
      </p>
      <pre aria-label="How to fetch it">spoke pull -module {info.module} -version {info.version} -dir ./proto -recursive</pre>
    </>
  );
}

function Versions({ module, version, view }) {
  const { value } = useAnswer(modulePath(module));
  if (!value) return null;
  return (
    <label>
      Version{' '}
      <select value={version}
        onChange={event => { window.location.hash = href('modules', module, event.target.value, view); }}>
        {value.versions.toReversed().map(each => <option key={each}>{each}</option>)}
      </select>
    </label>
  );
}
