/** Reads schemas of an OpenAPI document: follows references and puts the parts of a schema together. */

const DEEPEST = 5;

/** Reads the schemas of that document. */
export function createSchemas(document) {
  const target = (ref) => ref.slice(2).split('/').reduce(
    (node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);

  /** A node with its reference followed; what stands beside the reference wins. */
  function resolved(node) {
    if (!node.$ref) {
      return node;
    }
    const { $ref, ...own } = node;
    return { ...resolved(target($ref)), ...own };
  }

  /** All fields that a schema's parts name, and what else they say. */
  function gathered(schema, into = { fields: new Map(), required: new Set(), choices: [], byConstant: [] }) {
    const whole = resolved(schema);
    whole.allOf?.forEach((part) => gathered(part, into));
    Object.entries(whole.properties ?? {}).forEach(([name, field]) => {
      into.fields.set(name, { ...into.fields.get(name), ...resolved(field) });
    });
    whole.required?.forEach((name) => into.required.add(name));
    [...whole.oneOf ?? [], ...whole.anyOf ?? []].forEach((choice) => into.choices.push(choice));
    const constant = Object.entries(whole.if?.properties ?? {}).find(([, { const: value }]) => typeof value === 'string');
    if (constant) {
      into.byConstant.push({ label: `${constant[0]} ${constant[1].const}`, schema: whole.then });
    }
    return into;
  }

  /** Whether a choice is a shape of its own, and not only what must be there of the fields that are shown anyway. */
  const isShape = (choice) => choice.$ref !== undefined || choice.type === 'object';

  const isObject = (schema) => schema.properties || schema.allOf || schema.oneOf?.some((one) => resolved(one).type !== 'null');

  /** The rows of an object's fields, those of inner objects after it with their names put together. */
  function rows(schema, prefix = '', depth = 0) {
    const { fields, required, choices } = gathered(schema);
    if (depth > 0) {
      // an inner value that may have several shapes shows the fields of all of them
      choices.filter((choice) => isShape(choice) && isObject(resolved(choice)))
        .forEach((choice) => gathered(choice).fields.forEach((field, name) => fields.set(name, field)));
    }
    return [...fields].filter(([, field]) => field !== false).flatMap(([name, field]) => [
      { name: prefix + name, required: required.has(name), schema: field },
      ...(depth < DEEPEST ? inner(prefix + name, field, depth + 1) : []),
    ]);
  }

  function inner(name, field, depth) {
    const items = field.items ? resolved(field.items) : null;
    const others = typeof field.additionalProperties === 'object' ? resolved(field.additionalProperties) : null;
    if (items && isObject(items)) {
      return rows(items, `${name}[].`, depth);
    }
    if (others && isObject(others)) {
      return rows(others, `${name}.*.`, depth);
    }
    return isObject(field) ? rows(field, `${name}.`, depth) : [];
  }

  /**
   * A body or an answer as tables: one, or one for each of its shapes, and one for each value that decides over others.
   *
   * @returns {{label: string, rows: object[]}[]}
   */
  function tables(schema) {
    const whole = resolved(schema);
    const { choices, byConstant } = gathered(whole);
    const shapes = choices.filter(isShape).map(resolved).filter(isObject);
    const own = rows(whole);
    return [
      ...(own.length > 0 ? [{ label: '', rows: own }] : []),
      ...shapes.flatMap((shape) => tables(shape).map((table) => ({ ...table, label: table.label || shape.description || '' }))),
      ...withoutRepetition(byConstant.map(({ label, schema: then }) => ({ label, rows: rows(then).filter((row) => row.name.includes('.')) }))),
    ];
  }

  return { resolved, tables };
}

/** What all tables have in a table of its own, and then what each has besides. */
function withoutRepetition(tables) {
  const everywhere = (tables[0]?.rows ?? []).filter(({ name, schema }) => tables.every((table) =>
    table.rows.some((row) => row.name === name && row.schema.description === schema.description)));
  const names = new Set(everywhere.map((row) => row.name));
  return [
    { label: tables[0] ? `every ${tables[0].label.split(' ')[0]}` : '', rows: everywhere },
    ...tables.map(({ label, rows }) => ({ label, rows: rows.filter((row) => !names.has(row.name)) })),
  ].filter(({ rows }) => rows.length > 0);
}

/** What kind of value it is as text. */
export function typeOf(schema, resolved) {
  if (schema.const !== undefined) {
    return String(schema.const);
  }
  if (schema.enum) {
    return schema.enum.map(String).join(', ');
  }
  const types = [schema.type ?? 'object'].flat();
  return types.map((type) => (type === 'array' && schema.items ? `list of ${typeOf(resolved(schema.items), resolved)}` : type)).join(' or ');
}

/** Unit, range, default and what it depends on as text. */
export function limitsOf(schema) {
  const limits = [];
  const { minimum: least, maximum: most, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  if (least !== undefined && most !== undefined) {
    limits.push(`${least} to ${most}`);
  } else {
    add(limits, 'from', least);
    add(limits, 'to', most);
  }
  add(limits, 'above', above);
  add(limits, 'below', below);
  add(limits, 'in', schema['x-unit']);
  add(limits, 'at most', schema.maxLength, 'characters');
  add(limits, 'at most', schema.maxItems, 'items');
  add(limits, 'default', schema.default);
  for (const [keyword, label] of Object.entries(DEPENDS)) {
    add(limits, label, schema[keyword] === undefined ? undefined : [schema[keyword]].flat().join(' and '));
  }
  return limits.join(', ');
}

const DEPENDS = {
  'x-needs': 'only with',
  'x-not-with': 'not with',
  'x-at-most': 'at most',
  'x-at-least': 'at least',
  'x-below': 'below',
  'x-above': 'above',
  'x-after': 'after',
};

function add(limits, label, value, more = '') {
  if (value !== undefined) {
    limits.push(`${label} ${value} ${more}`.trim());
  }
}
