/**
 * The registry's rules beside protoc and buf, as a user starts them: whole processes over thousands
 * of real files. Entry type: {@link dev.aeon.checks.bench.schema.SchemaRun}. It knows commands and
 * files, no class of Spoke.
 */
package dev.aeon.checks.bench.schema;
