/**
 * Turns versions into source code of a language, and that into archives. Entry type: {@link
 * dev.aeon.spoke.compile.SchemaCompiler}. It knows no store and no server.
 */
package dev.aeon.spoke.compile;
