/**
 * What a message may look like: the error catalog, immutable JSON objects, and the rules that
 * fields are checked against. Entry types: {@link dev.aeon.apm.schema.JsonObject} and {@link
 * dev.aeon.apm.schema.Schema}. Knows no message type, channel or agent.
 */
package dev.aeon.apm.schema;
