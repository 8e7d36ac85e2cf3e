import { modulePath, useAnswer } from './api.js';
import { Answer, Heading, VersionLinks } from './parts.jsx';
import { href } from './routes.js';

/** A module: its versions, what depends on it, what its policy demands. */
export function ModulePage({ module }) {
  const info = useAnswer(modulePath(module));
  return (
    <>
      <Heading title={module} />
      <Answer of={info}>
        {({ latest, versions }) => (
          <>
            <section aria-labelledby="versions">
              <h2 id="versions">Versions</h2>
              <ol className="versions">
                {versions.toReversed().map(version => (
                  <li key={version}>
                    <a href={href('modules', module, version)}>{version}</a>{version === latest && ' latest'}
                  </li>
                ))}
              </ol>
            </section>
            <Impact module={module} />
            <Policy module={module} />
          </>
        )}
      </Answer>
    </>
  );
}

function Impact({ module }) {
  const impact = useAnswer(`${modulePath(module)}/impact`);
  return (
    <section aria-labelledby="impact">
      <h2 id="impact">Depended on by</h2>
      <Answer of={impact}>{({ dependents }) => <VersionLinks of={dependents} none="No module depends on it." />}</Answer>
    </section>
  );
}

function Policy({ module }) {
  const policy = useAnswer(`${modulePath(module)}/policy`);
  return (
    <section aria-labelledby="policy">
      <h2 id="policy">Policy</h2>
      <Answer of={policy}>
        {({ lint, breaking, compatibility, everyRelease }) => (
          <dl>
            <dt>Lint</dt><dd>{lint?.join(', ') || 'nothing demanded'}</dd>
            <dt>Breaking</dt>
            <dd>{breaking?.length ? `${breaking.join(', ')}, against ${everyRelease ? 'every release' : 'the last release'}` : 'nothing demanded'}</dd>
            <dt>Compatibility</dt><dd>{compatibility ?? 'NONE'}</dd>
          </dl>
        )}
      </Answer>
    </section>
  );
}
