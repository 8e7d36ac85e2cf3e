/**
 * What changed between two images, told to people: a list of changes, what of it breaks whom, and
 * what to do about it. Entry type: {@link dev.aeon.spoke.validate.diff.SchemaDiff}. It knows images
 * and the rules of change, no registry.
 */
package dev.aeon.spoke.validate.diff;
