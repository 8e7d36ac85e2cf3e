/**
 * Schemas laid out in one style. Entry type: {@link
 * dev.aeon.spoke.validate.format.SchemaFormatter}. It knows words and brackets, not what they
 * declare, so that every edition is laid out alike.
 */
package dev.aeon.spoke.validate.format;
