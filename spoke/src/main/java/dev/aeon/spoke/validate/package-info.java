/**
 * Checks a schema before it is stored: that it compiles, and what its imports resolve to. Entry
 * type: {@link dev.aeon.spoke.validate.SchemaValidator}. It knows the compiler, not the store or
 * the server.
 */
package dev.aeon.spoke.validate;
