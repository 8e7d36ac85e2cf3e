/**
 * Full-text search over schemas. Entry type: {@link dev.aeon.spoke.search.SchemaSearch}. It knows
 * the store, no compiler and no HTTP; its index is a cache that the store can always rebuild.
 */
package dev.aeon.spoke.search;
