import { FieldDescriptorProto_Label, FieldDescriptorProto_Type } from '@bufbuild/protobuf/wkt';

// Numbers of the fields of descriptor.proto, of which the paths of source information are made.
const FILE_MESSAGES = 4;
const FILE_ENUMS = 5;
const FILE_SERVICES = 6;
const MESSAGE_FIELDS = 2;
const MESSAGE_NESTED = 3;
const MESSAGE_ENUMS = 4;
const MEMBERS = 2;

/** All that files declare, services first, each with its comment and its members. */
export function outline(files) {
  const declarations = files.flatMap(outlineOf);
  const ofKind = kind => declarations.filter(each => each.kind === kind);
  return [...ofKind('service'), ...ofKind('message'), ...ofKind('enum')];
}

function outlineOf(file) {
  const comments = new Map(
    (file.sourceCodeInfo?.location ?? []).map(each => [
      each.path.join('.'),
      (each.leadingComments || each.trailingComments).replaceAll(/^ /gm, '').trim(),
    ]),
  );
  const at = (...path) => comments.get(path.join('.')) ?? '';
  const prefix = file.package ? `${file.package}.` : '';
  const context = { at, file: file.name };
  return [
    ...file.service.map((each, index) => service(each, prefix, [FILE_SERVICES, index], context)),
    ...file.messageType.flatMap((each, index) => message(each, prefix, [FILE_MESSAGES, index], context)),
    ...file.enumType.map((each, index) => enumeration(each, prefix, [FILE_ENUMS, index], context)),
  ];
}

function service(of, prefix, path, { at, file }) {
  const entries = of.method.map((method, index) => ({ method, comment: at(...path, MEMBERS, index) }));
  return { kind: 'service', name: prefix + of.name, comment: at(...path), entries, file };
}

function enumeration(of, prefix, path, { at, file }) {
  const entries = of.value.map((value, index) => ({ value, comment: at(...path, MEMBERS, index) }));
  return { kind: 'enum', name: prefix + of.name, comment: at(...path), entries, file };
}

function message(of, prefix, path, context) {
  const name = prefix + of.name;
  const mapEntries = new Map(
    of.nestedType.filter(each => each.options?.mapEntry).map(each => [`.${name}.${each.name}`, each]),
  );
  const entries = of.field.map((field, index) => ({
    field,
    comment: context.at(...path, MESSAGE_FIELDS, index),
    mapEntry: mapEntries.get(field.typeName),
  }));
  const own = { kind: 'message', name, comment: context.at(...path), entries, file: context.file };
  const nested = of.nestedType.flatMap((each, index) =>
    each.options?.mapEntry ? [] : message(each, `${name}.`, [...path, MESSAGE_NESTED, index], context));
  const enums = of.enumType.map((each, index) =>
    enumeration(each, `${name}.`, [...path, MESSAGE_ENUMS, index], context));
  return [own, ...nested, ...enums];
}

/** A field's type as a schema writes it: a label, and words of which some name other types. */
export function typeOf(field, mapEntry) {
  if (mapEntry) {
    const [key, value] = mapEntry.field;
    return { label: '', words: [{ text: 'map<' }, word(key), { text: ', ' }, word(value), { text: '>' }] };
  }
  return { label: labelOf(field), words: [word(field)] };
}

function labelOf(field) {
  if (field.label === FieldDescriptorProto_Label.REPEATED) return 'repeated ';
  if (field.label === FieldDescriptorProto_Label.REQUIRED) return 'required ';
  return field.proto3Optional ? 'optional ' : '';
}

function word(field) {
  return field.typeName
    ? { ref: field.typeName.slice(1) }
    : { text: FieldDescriptorProto_Type[field.type].toLowerCase() };
}
