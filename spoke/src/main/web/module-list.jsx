import { useState } from 'react';
import { useAnswer } from './api.js';
import { Answer, Heading } from './parts.jsx';
import { href } from './routes.js';

/** All modules, a page at a time. */
export function ModuleList() {
  const [pages, setPages] = useState(['']);
  return (
    <>
      <Heading title="Modules" />
      <ul className="modules">
        {pages.map((after, index) => (
          <Page key={after} after={after} isFirst={index === 0} isLast={index === pages.length - 1}
            onMore={next => setPages([...pages, next])} />
        ))}
      </ul>
    </>
  );
}

function Page({ after, isFirst, isLast, onMore }) {
  const answer = useAnswer(`/modules?after=${encodeURIComponent(after)}`);
  if (!answer.value) return <li><Answer of={answer} /></li>;
  const { modules, next } = answer.value;
  if (isFirst && modules.length === 0) {
    return <li>There are no modules yet: <code>spoke push -module NAME -version v1.0.0 -dir ./proto</code></li>;
  }
  return (
    <>
      {modules.map(module => <li key={module}><a href={href('modules', module)}>{module}</a></li>)}
      {isLast && next && <li><button onClick={() => onMore(next)}>More</button></li>}
    </>
  );
}
