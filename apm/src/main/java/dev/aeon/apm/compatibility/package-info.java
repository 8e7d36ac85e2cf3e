/**
 * What a change of the protocol's version, or of a schema, would break (sections 5.2 and 5.5).
 * Entry types: {@link dev.aeon.apm.compatibility.FleetCheck} and {@link
 * dev.aeon.apm.compatibility.SchemaCheck}. Knows no channels: it reads what agents say of
 * themselves, and JSON Schemas.
 */
package dev.aeon.apm.compatibility;
