import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { useEffect, useMemo } from 'react';
import { readers, useAnswer, versionPath } from './api.js';
import { useOwners } from './imports.js';
import { Answer } from './parts.jsx';
import { href } from './routes.js';
import { outline, typeOf } from './outline.js';

/** What a version declares, with its comments: services, messages, enums. */
export function Documentation({ info, rest }) {
  const descriptors = useAnswer(`${versionPath(info.module, info.version)}/descriptors`, readers.bytes);
  return <Answer of={descriptors}>{bytes => <Declarations info={info} bytes={bytes} chosen={rest[0]} />}</Answer>;
}

function Declarations({ info, bytes, chosen }) {
  const { own, imported } = useMemo(() => {
    const files = fromBinary(FileDescriptorSetSchema, bytes).file;
    const isOwn = file => info.files.includes(file.name);
    return { own: outline(files.filter(isOwn)), imported: outline(files.filter(file => !isOwn(file))) };
  }, [bytes, info]);
  const ownerOf = useOwners(info);
  useEffect(() => {
    if (chosen) document.getElementById(chosen)?.scrollIntoView();
  }, [chosen, own]);
  const homes = new Map([
    ...imported.map(each => [each.name, ownerOf(each.file)]),
    ...own.map(each => [each.name, info]),
  ]);
  const link = name => {
    const home = homes.get(name);
    return home ? <a href={href('modules', home.module, home.version, 'docs', name)}>{name}</a> : name;
  };
  if (own.length === 0) return <p>Nothing is declared.</p>;
  return (
    <div className="columns">
      <nav aria-label="Declarations">
        <ul>{own.map(each => <li key={each.name}>{link(each.name)}</li>)}</ul>
      </nav>
      <div>{own.map(each => <Declaration key={each.name} of={each} link={link} />)}</div>
    </div>
  );
}

function Declaration({ of: { kind, name, comment, entries, file }, link }) {
  const Table = { message: Fields, enum: Values, service: Methods }[kind];
  return (
    <article id={name} aria-label={name}>
      <h2><span className="kind">{kind}</span> {name}</h2>
      <p className="where">{file}</p>
      <Comment text={comment} />
      {entries.length > 0 && <Table of={entries} link={link} />}
    </article>
  );
}

function Comment({ text }) {
  return text ? <p className="comment-text">{text}</p> : null;
}

function Rows({ columns, children }) {
  return (
    <table>
      <thead><tr>{columns.map(each => <th key={each} scope="col">{each}</th>)}</tr></thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Fields({ of, link }) {
  return (
    <Rows columns={['Number', 'Field', 'Type', 'Comment']}>
      {of.map(({ field, comment, mapEntry }) => (
        <tr key={field.number}>
          <td>{field.number}</td>
          <td><code>{field.name}</code></td>
          <td><code><Type of={typeOf(field, mapEntry)} link={link} /></code></td>
          <td><Comment text={comment} /></td>
        </tr>
      ))}
    </Rows>
  );
}

function Type({ of: { label, words }, link }) {
  return <>{label}{words.map((word, index) => <span key={index}>{word.ref ? link(word.ref) : word.text}</span>)}</>;
}

function Values({ of }) {
  return (
    <Rows columns={['Number', 'Value', 'Comment']}>
      {of.map(({ value, comment }) => (
        <tr key={value.name}>
          <td>{value.number}</td><td><code>{value.name}</code></td><td><Comment text={comment} /></td>
        </tr>
      ))}
    </Rows>
  );
}

function Methods({ of, link }) {
  const side = (type, isStream) => <code>{isStream && 'stream '}{link(type.slice(1))}</code>;
  return (
    <Rows columns={['Method', 'Request', 'Response', 'Comment']}>
      {of.map(({ method, comment }) => (
        <tr key={method.name}>
          <td><code>{method.name}</code></td>
          <td>{side(method.inputType, method.clientStreaming)}</td>
          <td>{side(method.outputType, method.serverStreaming)}</td>
          <td><Comment text={comment} /></td>
        </tr>
      ))}
    </Rows>
  );
}
