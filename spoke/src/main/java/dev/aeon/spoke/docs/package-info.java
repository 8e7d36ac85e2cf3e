/**
 * Documentation of a schema for people, made from its descriptors and comments. Entry type: {@link
 * dev.aeon.spoke.docs.SchemaDocument}. It knows no registry and no compiler.
 */
package dev.aeon.spoke.docs;
